import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { absent, type Finding, holds, present, same, sameSet } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import type { UspMessage } from "../../harness/wire/usp.ts";
import { hasValue } from "./support/instances.ts";
import { demandNotify, notified, notNotified, tellsOnBoardRequest } from "./support/notifications.ts";
import { gatherRetries, inRanges, rangeOf, retryRule } from "./support/retries.ts";
import { withValues } from "./support/values.ts";

/** OnBoardingRestartTime of the test plan, in seconds, and by how much the agent may miss it. */
const RESTART = 60;
const RESTART_SLACK = 4;

/** Retries that are waited for. */
const RETRIES = 2;

const COMMAND = "SendOnBoardRequest()";
const ON_BOARD = "OnBoardRequest";
const NOTIFY = "request/notify";
const IDENTITY = { oui: "ManufacturerOUI", product_class: "ProductClass", serial_number: "SerialNumber" } as const;

/** Asks for an OnBoardRequest. It is no matter whether that is answered: `send_resp` is false, as the test plan has it. */
const order = async ({ controller, agent }: UspBench): Promise<void> => {
  await controller.operate(
    `${agent.controllerPath}${COMMAND}`,
    {},
    { sendResp: false, commandKey: "assay-board", within: 1_000 },
  );
};

/** What a case makes of on-boarding is undone: the agent holds us for a controller that is known. */
const boarding = <T>(bench: UspBench, restart: number | undefined, use: () => Promise<T>): Promise<T> => {
  const { agent } = bench;
  const names = agent.supports(`${agent.controllerPath}OnBoardingComplete`) ? ["OnBoardingComplete"] : [];
  const values: Readonly<Record<string, string>> = restart === undefined ? {} : { OnBoardingRestartTime: String(restart) };
  return withValues(bench, agent.controllerPath, values, use, names);
};

/** What has to come, or to come again. */
const came = (requirement: string, log: UspRecordLog | undefined): Finding => notified(requirement, log, ON_BOARD, COMMAND);

/** A repetition that must not have come. */
const noMore = (requirement: string, log: UspRecordLog | undefined, after: UspRecordLog | undefined): Finding =>
  notNotified(requirement, log, `a further ${ON_BOARD}`, after?.where ?? COMMAND);

function* identity(message: UspMessage, known: ReadonlyMap<string, string>, versions: readonly string[]): Iterable<Finding> {
  for (const [field, name] of Object.entries(IDENTITY)) {
    const seen = message.at(`${NOTIFY}/on_board_req/${field}`);
    const value = known.get(`Device.DeviceInfo.${name}`);
    yield value === undefined
      ? present("TP-469:1.60#identity", seen, `a value of ${field}`)
      : same("TP-469:1.60#identity", { ...seen, value: seen.value ?? "" }, value);
  }
  const { value, where } = message.at(`${NOTIFY}/on_board_req/agent_supported_protocol_versions`);
  // An agent that has not told them when it was asked has them told here at least.
  yield versions.length === 0
    ? present("TP-469:1.60#identity", { value, where }, "USP versions")
    : sameSet("TP-469:1.60#identity", { value: value?.split(",").map((one) => one.trim()), where }, versions);
}

export const onBoardCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.on-board.requested",
    title: "sends an OnBoardRequest that tells what it is when it is asked to",
    proves: ["TR-369:R-NOT.5", "TR-369:R-NOT.6", "TR-369:R-NOT.7", "TP-469:1.60#identity"],
    references: ["TP-469 1.60"],
    beyondPlan: ["TR-369:R-NOT.6"],
    needs: ["usp-send-on-board-request"],
    drive: (bench) =>
      boarding(bench, undefined, async () => {
        const { controller, agent, patience } = bench;
        const names = Object.values(IDENTITY).map((name) => `Device.DeviceInfo.${name}`);
        const shown = parametersIn(await controller.get(names));
        const known = new Map([...shown].map(([name, { value = "" }]) => [name, value] as const));
        await order(bench);
        const log = await controller.next(tellsOnBoardRequest, patience.contact);
        return { known, versions: agent.versions, log };
      }),
    *judge({ known, versions, log }) {
      yield came("TR-369:R-NOT.5", log);
      const message = log?.record.message;
      if (message === undefined) return;
      yield same("TR-369:R-NOT.6", message.at(`${NOTIFY}/send_resp`), true);
      yield absent("TR-369:R-NOT.7", message.at(`${NOTIFY}/subscription_id`), "an empty subscription_id");
      yield* identity(message, known, versions);
    },
  }),
  uspCase({
    id: "usp.on-board.retried",
    title: "repeats an OnBoardRequest until it is answered",
    proves: ["TR-369:R-NOT.6", "TR-369:R-NOT.6a"],
    needs: ["usp-send-on-board-request"],
    waits: 80,
    drive: (bench) =>
      boarding(bench, undefined, async () => {
        const { controller } = bench;
        const rule = await retryRule(bench);
        controller.answersNotify = (notify) => notify.at(`${NOTIFY}/on_board_req`).value === undefined;
        await order(bench);
        const sent = await gatherRetries(bench, rule, RETRIES, tellsOnBoardRequest);
        controller.answersNotify = () => true;
        const last = sent.at(-1);
        if (last?.record.message !== undefined) await controller.notifyResponse(last.record.message);
        const [, longest] = rangeOf(rule, RETRIES + 1);
        return { rule, sent, more: await controller.silence(longest + RESTART_SLACK * 1000, tellsOnBoardRequest) };
      }),
    *judge({ rule, sent, more }) {
      yield* inRanges("TR-369:R-NOT.6", rule, sent, [1, 2]);
      yield came("TR-369:R-NOT.6a", sent[1]);
      yield noMore("TR-369:R-NOT.6a", more, sent.at(-1));
    },
  }),
  uspCase({
    id: "usp.on-board.not-complete",
    title: "sets OnBoardingComplete to false when an OnBoardRequest is asked for",
    proves: ["TR-369:R-NOT.5"],
    references: ["TP-469 1.101"],
    needs: ["usp-send-on-board-request", "usp-on-boarding"],
    drive: (bench) =>
      boarding(bench, undefined, async () => {
        const complete = `${bench.agent.controllerPath}OnBoardingComplete`;
        await order(bench);
        await demandNotify(bench, tellsOnBoardRequest, ON_BOARD);
        return { complete, reply: await bench.controller.get([complete]) };
      }),
    *judge({ complete, reply }) {
      yield hasValue("TR-369:R-NOT.5", reply, complete, "false");
    },
  }),
  uspCase({
    id: "usp.on-board.again",
    title: "repeats its OnBoardRequest every OnBoardingRestartTime until it is complete",
    proves: ["TR-369:R-NOT.5", "TP-469:1.102#restart-time", "TP-469:1.102#complete"],
    references: ["TP-469 1.102"],
    needs: ["usp-send-on-board-request", "usp-on-boarding"],
    waits: 2 * RESTART + RESTART_SLACK,
    drive: (bench) =>
      boarding(bench, RESTART, async () => {
        const { controller, agent } = bench;
        await order(bench);
        const first = await demandNotify(bench, tellsOnBoardRequest, ON_BOARD);
        const second = await controller.next(tellsOnBoardRequest, 3 * RESTART * 1000);
        const params = [{ name: "OnBoardingComplete", value: "true", required: true }];
        await controller.set([{ path: agent.controllerPath, params }]);
        const third = await controller.silence((RESTART + RESTART_SLACK) * 1000, tellsOnBoardRequest);
        return { first, second, third };
      }),
    *judge({ first, second, third }) {
      yield came("TR-369:R-NOT.5", second);
      if (second !== undefined) {
        const waited = (second.at - first.at) / 1000;
        yield holds("TP-469:1.102#restart-time", Math.abs(waited - RESTART) <= RESTART_SLACK, {
          expected: `another one ${RESTART} s later, give or take ${RESTART_SLACK}`,
          actual: `${waited.toFixed(1)} s later`,
          where: second.where,
        });
      }
      yield noMore("TP-469:1.102#complete", third, second ?? first);
    },
  }),
  uspCase({
    id: "usp.on-board.once",
    title: "does not repeat an answered OnBoardRequest with an OnBoardingRestartTime of 0",
    proves: ["TP-469:1.103#disabled"],
    references: ["TP-469 1.103"],
    needs: ["usp-send-on-board-request", "usp-on-boarding"],
    waits: RESTART,
    drive: (bench) =>
      boarding(bench, 0, async () => {
        await order(bench);
        const first = await demandNotify(bench, tellsOnBoardRequest, ON_BOARD);
        return { first, second: await bench.controller.silence(RESTART * 1000, tellsOnBoardRequest) };
      }),
    *judge({ first, second }) {
      yield noMore("TP-469:1.103#disabled", second, first);
    },
  }),
];
