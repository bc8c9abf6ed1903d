import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { passBy } from "../support/contacts.ts";
import { askHarmless, came } from "../support/sessions.ts";
import { demand } from "../support/steps.ts";
import { holdRequests } from "../support/texts.ts";
import { pendingTransfer } from "../support/transfers.ts";

const needs = ["download"] as const;

/** With more than one request pending the phone chooses which to send (TR-069 3.7.1.3): any will do. */
const sentRequest = (requirement: string, reply: Reply): Finding =>
  came(requirement, reply, "request", "TransferComplete, its pending request");

/** What the phone sends when its Inform, with a TransferComplete pending, is answered with this value of HoldRequests. */
async function answeredWith(bench: CwmpBench, value: string | undefined): Promise<Reply> {
  const session = await pendingTransfer(bench);
  const reply = await session.informResponse(value === undefined ? {} : { header: holdRequests(value) });
  await session.end();
  await showAlive(bench);
  return reply;
}

export const holdRequestsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.hold-requests.not-held",
    title: "sends a pending request before its empty POST",
    proves: ["TR-069:3.7.1.3#pending-request-first"],
    references: ["SES-018"],
    needs,
    drive: (bench) => answeredWith(bench, undefined),
    *judge(reply) {
      yield sentRequest("TR-069:3.7.1.3#pending-request-first", reply);
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.one",
    title: "keeps its request back while HoldRequests is 1",
    proves: ["TR-069:3.7.1.3#held"],
    references: ["SES-014"],
    needs,
    drive: (bench) => answeredWith(bench, "1"),
    *judge(reply) {
      yield came("TR-069:3.7.1.3#held", reply, "empty", "an empty POST");
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.true",
    title: "keeps its request back while HoldRequests is true",
    proves: ["TR-069:3.5#hold-requests-true"],
    references: ["SES-016"],
    needs,
    drive: (bench) => answeredWith(bench, "true"),
    // Table 4 writes the values as 0 and 1; as a Boolean the header has these names for them, too.
    *judge(reply) {
      yield came("TR-069:3.5#hold-requests-true", reply, "empty", "an empty POST");
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.zero",
    title: "sends a pending request when HoldRequests is 0",
    proves: ["TR-069:3.5#hold-requests-zero"],
    references: ["SES-016"],
    needs,
    drive: (bench) => answeredWith(bench, "0"),
    *judge(reply) {
      yield sentRequest("TR-069:3.5#hold-requests-zero", reply);
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.answers-while-held",
    title: "answers requests while HoldRequests is 1",
    proves: ["TR-069:3.7.1.3#response-while-held"],
    references: ["SES-015"],
    needs,
    async drive(bench) {
      const session = await pendingTransfer(bench);
      held(await session.informResponse({ header: holdRequests("1") }));
      const reply = await askHarmless(session, bench.phone, { header: holdRequests("1") });
      await session.end();
      await showAlive(bench);
      return reply;
    },
    *judge(reply) {
      yield came("TR-069:3.7.1.3#response-while-held", reply, "response", "GetParameterValuesResponse");
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.released",
    title: "sends the request it held back once an empty answer releases it",
    proves: ["TR-069:3.7.1.3#released"],
    references: ["SES-015"],
    needs,
    async drive(bench) {
      const session = await pendingTransfer(bench);
      held(await session.informResponse({ header: holdRequests("1") }));
      const reply = await session.answer({});
      await session.end();
      await showAlive(bench);
      return reply;
    },
    // The empty POST under HoldRequests does not say that nothing is pending: conditions of 3.7.1.3 for outgoing requests.
    *judge(reply) {
      yield sentRequest("TR-069:3.7.1.3#released", reply);
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.released-after-request",
    title: "sends the request it held back after it has answered one",
    proves: ["TR-069:3.7.1.3#released-after-request"],
    references: ["SES-015"],
    needs,
    async drive(bench) {
      const session = await pendingTransfer(bench);
      held(await session.informResponse({ header: holdRequests("1") }));
      const answer = await askHarmless(session, bench.phone, { header: holdRequests("1") });
      demand(answer, "GetParameterValues", "asking for a value while requests are held");
      const reply = await session.answer({});
      await session.end();
      await showAlive(bench);
      return reply;
    },
    *judge(reply) {
      yield sentRequest("TR-069:3.7.1.3#released-after-request", reply);
    },
  }),
  cwmpCase({
    id: "cwmp.hold-requests.after-empty-post",
    title: "sends no request after its empty POST, even with one pending",
    proves: ["TR-069:3.7.1.3#none-after-empty-post"],
    references: ["SES-017"],
    needs,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await pendingTransfer(bench);
      const report = await session.informResponse();
      if (report.kind !== "request")
        throw new Inconclusive("precondition", `TransferComplete is to come, the phone gave: ${report.summary.value}`);
      // Faulted, it stays pending.
      const emptyPost = await session.fault(8002, "Internal error");
      if (emptyPost.kind !== "empty")
        throw new Inconclusive("precondition", `an empty POST is to come, the phone gave: ${emptyPost.summary.value}`);
      const replies = [await askHarmless(session, phone), await session.answer({})];
      await session.end();
      await passBy(acs);
      await showAlive(bench);
      return replies;
    },
    *judge(replies) {
      for (const { kind, summary } of replies)
        yield holds("TR-069:3.7.1.3#none-after-empty-post", kind !== "request", {
          expected: "no request of the phone in this session",
          actual: summary.value,
          where: summary.where,
        });
    },
  }),
];

/** The phone holds its request back, as a case that goes on from there needs it. */
function held(reply: Reply): void {
  if (reply.kind === "empty") return;
  throw new Inconclusive("precondition", `with HoldRequests 1 the phone sent: ${reply.summary.value}`);
}
