import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds, type Located, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { encodeMsg, encodeRecord } from "../../harness/wire/usp-write.ts";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import { tidily } from "./support/instances.ts";
import { subscribe, tellsValue, withChangeable } from "./support/notifications.ts";

const ANSWERS = "TR-369:R-MSG.0";
const NOT_UNDERSTOOD = "TR-369:R-MSG.1";
const ERRONEOUS = "TR-369:R-MTP.5";
const SUBSCRIBED = "TR-369:R-NOT.0";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";
const UP_TIME = "Device.LocalAgent.UpTime";

/** Milliseconds after each record for an answer that must not come, or the end of the connection. */
const MOMENT = 1_000;

/** Records of chance. */
const RANDOM_RECORDS = 20;
const LONGEST_RANDOM = 400;

/** Paths of one Get; requests at once, and paths of each; subscriptions to one parameter. */
const MANY_PATHS = 1_500;
const AT_ONCE = 200;
const PATHS_EACH = 60;
const SUBSCRIPTIONS_AT_ONCE = 30;

/** Readings of an agent that does not answer at first. */
const READINGS = 3;

const CUT = "assay-cut";

const message = (msgId: string): Buffer =>
  encodeMsg({
    header: { msgId, msgType: Header_MsgType.GET },
    body: { msgBody: { case: "request", value: { reqType: { case: "get", value: { paramPaths: [ENDPOINT_ID] } } } } },
  });

const around = ({ controller, agent }: UspBench, payload: Buffer): Buffer =>
  encodeRecord({
    version: controller.version,
    toId: agent.endpointId,
    fromId: controller.endpointId,
    recordType: { case: "noSessionContext", value: { payload } },
  });

/** How an agent is afterwards: what it answers, and whether it has been up all the time. */
interface Alive {
  readonly reading: UspReply;
  readonly endpointId: string;
  readonly up: { readonly before: number; readonly after: number } | undefined;
}

const upTimeIn = (reply: UspReply): number => Number(parametersIn(reply).get(UP_TIME)?.value ?? Number.NaN);

/** Does something that an agent has to bear, and looks how it is afterwards. */
async function borne<T>({ controller, agent }: UspBench, work: () => Promise<T>): Promise<T & { readonly alive: Alive }> {
  const paths = agent.supports(UP_TIME) ? [ENDPOINT_ID, UP_TIME] : [ENDPOINT_ID];
  const before = upTimeIn(await controller.get(paths));
  const seen = await work();
  const reading = await controller.get(paths);
  // One that recovers later shall not hang over the cases that follow.
  let latest = reading;
  for (let again = 1; latest.kind === "silence" && again < READINGS; again += 1) latest = await controller.get(paths);
  const after = upTimeIn(reading);
  const up = Number.isNaN(before) || Number.isNaN(after) ? undefined : { before, after };
  return { ...seen, alive: { reading, endpointId: agent.endpointId, up } };
}

function* isAlive(requirement: string, { reading, endpointId, up }: Alive): Iterable<Finding> {
  const { where } = reading.summary;
  yield same(requirement, parametersIn(reading).get(ENDPOINT_ID) ?? reading.summary, endpointId);
  if (up === undefined) return;
  yield holds(requirement, up.after >= up.before, {
    expected: `an UpTime of ${up.before} s or more`,
    actual: up.after >= up.before ? "so" : `${up.after} s: it has started anew`,
    where,
  });
}

/** Records one after another, and the first answer to one of them that was served. */
async function sendAll(
  { controller }: UspBench,
  records: readonly Buffer[],
  isServed: (log: UspRecordLog["record"]) => boolean,
): Promise<{ readonly served: UspRecordLog | undefined; readonly last: string }> {
  let last = "nothing was sent";
  let served: UspRecordLog | undefined;
  for (const record of records) {
    last = (await controller.send(record)).where;
    served ??= await controller.silence(MOMENT, isServed);
  }
  return { served, last };
}

/** The request was served, under its Message ID or what was left of that. */
const isServedCut = ({ message: answer }: UspRecordLog["record"]): boolean =>
  answer?.msgType === "GET_RESP" && CUT.startsWith(answer.msgId.value ?? "none");

const notServed = (requirement: string, served: UspRecordLog | undefined, last: string): Finding =>
  holds(requirement, served === undefined, {
    expected: "no GET_RESP",
    actual: served === undefined ? "none" : "GET_RESP",
    where: served?.where ?? `after ${last}`,
  });

/** Everything of these octets but the last, the last two, and so on to nothing. */
const cuts = (octets: Buffer): readonly Buffer[] =>
  Array.from(octets, (_, index) => octets.subarray(0, octets.length - 1 - index));

/** All of these were answered, each with what it asked for. */
function allAnswered(requirement: string, replies: readonly UspReply[], endpointId: string): Finding {
  const bad = replies.filter((reply) => parametersIn(reply).get(ENDPOINT_ID)?.value !== endpointId);
  const [first] = bad.length > 0 ? bad : replies;
  return holds(requirement, bad.length === 0 && replies.length > 0, {
    expected: `an answer to each of ${replies.length} requests`,
    actual: bad.length === 0 ? "so" : `none to ${bad.length}, as ${first?.summary.value}`,
    where: first?.summary.where ?? "",
  });
}

export const robustCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.robust.truncated-records",
    title: "bears a record that ends at any octet",
    proves: [ERRONEOUS],
    references: ["TP-469 3.1"],
    waits: 1_200,
    drive: (bench) => borne(bench, () => sendAll(bench, cuts(around(bench, message(CUT))), isServedCut)),
    *judge({ served, last, alive }) {
      yield notServed(ERRONEOUS, served, last);
      yield* isAlive(ERRONEOUS, alive);
    },
  }),
  uspCase({
    id: "usp.robust.truncated-messages",
    title: "bears a message that ends at any octet, in a record that is sound",
    proves: [NOT_UNDERSTOOD],
    waits: 60,
    drive: (bench) =>
      borne(bench, () =>
        sendAll(
          bench,
          cuts(message(CUT)).map((cut) => around(bench, cut)),
          isServedCut,
        ),
      ),
    *judge({ served, last, alive }) {
      yield notServed(NOT_UNDERSTOOD, served, last);
      yield* isAlive(NOT_UNDERSTOOD, alive);
    },
  }),
  uspCase({
    id: "usp.robust.random-records",
    title: "bears records of random octets",
    proves: [ERRONEOUS],
    references: ["TP-469 3.1"],
    waits: 240,
    drive: (bench) => {
      const octets = (): Buffer =>
        Buffer.from(
          Array.from({ length: 1 + Math.floor(bench.random() * LONGEST_RANDOM) }, () => Math.floor(bench.random() * 256)),
        );
      const isAnswer = ({ message: answer }: UspRecordLog["record"]): boolean => answer?.at("response").value !== undefined;
      return borne(bench, () => sendAll(bench, Array.from({ length: RANDOM_RECORDS }, octets), isAnswer));
    },
    *judge({ served, last, alive }) {
      yield holds(ERRONEOUS, served === undefined, {
        expected: "no response",
        actual: served?.record.message?.msgType ?? "none",
        where: served?.where ?? `after ${last}`,
      });
      yield* isAlive(ERRONEOUS, alive);
    },
  }),
  uspCase({
    id: "usp.robust.many-paths",
    title: "answers a Get with a great many paths by a result for each, or by an Error",
    proves: [ANSWERS],
    drive: (bench) =>
      borne(bench, async () => ({ reply: await bench.controller.get(Array<string>(MANY_PATHS).fill(ENDPOINT_ID)) })),
    *judge({ reply, alive }) {
      const results = reply.all("response/get_resp/req_path_results").length;
      yield holds(ANSWERS, reply.kind === "error" || results === MANY_PATHS, {
        expected: `${MANY_PATHS} results, or an Error`,
        actual: reply.kind === "response" ? `${results} results` : (reply.summary.value ?? ""),
        where: reply.summary.where,
      });
      yield* isAlive(ANSWERS, alive);
    },
  }),
  uspCase({
    id: "usp.robust.flood",
    title: "answers every request of many that come at once",
    proves: [ANSWERS],
    drive: (bench) =>
      borne(bench, async () => {
        const { controller } = bench;
        const requests = Array.from({ length: AT_ONCE }, () => controller.get(Array<string>(PATHS_EACH).fill(ENDPOINT_ID)));
        return { replies: await Promise.all(requests) };
      }),
    *judge({ replies, alive }) {
      yield allAnswered(ANSWERS, replies, alive.endpointId);
      yield* isAlive(ANSWERS, alive);
    },
  }),
  uspCase({
    id: "usp.robust.many-subscriptions",
    title: "notifies every one of many subscriptions to the same parameter, once each",
    proves: [SUBSCRIBED],
    waits: 20,
    drive: (bench) =>
      withChangeable(bench, async ({ path, change }) => {
        const { controller, patience } = bench;
        const names = Array.from({ length: SUBSCRIPTIONS_AT_ONCE }, (_, index) => `storm-${index + 1}`);
        const made: Awaited<ReturnType<typeof subscribe>>[] = [];
        try {
          for (const name of names)
            made.push(await subscribe(bench, { name, type: "ValueChange", references: path, settings: { NotifRetry: "true" } }));
          const { value } = await change();
          const told: { readonly id: string; readonly log: UspRecordLog | undefined }[] = [];
          for (const subscription of made)
            told.push({
              id: subscription.id,
              log: await controller.next(tellsValue(subscription, path, value), patience.response),
            });
          const twice = await controller.silence(MOMENT * 10, ({ message: notify }) =>
            made.some(({ id }) => notify?.at("request/notify/subscription_id").value === id),
          );
          return { told, twice };
        } finally {
          await tidily(() => controller.delete(made.map((one) => one.path)));
        }
      }),
    *judge({ told, twice }) {
      const missing = told.flatMap(({ id, log }) => (log === undefined ? [id] : []));
      const last: Located = {
        value: undefined,
        where: told.findLast(({ log }) => log !== undefined)?.log?.where ?? "after the change",
      };
      yield holds(SUBSCRIBED, missing.length === 0, {
        expected: `a Notify for each of ${SUBSCRIPTIONS_AT_ONCE} subscriptions`,
        actual: missing.length === 0 ? "so" : `none for ${few(missing)}`,
        where: last.where,
      });
      yield holds(SUBSCRIBED, twice === undefined, {
        expected: "one Notify each",
        actual: twice === undefined ? "one each" : "another one",
        where: twice?.where ?? last.where,
      });
    },
  }),
];
