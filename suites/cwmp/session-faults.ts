import { faultElement, message } from "../../harness/acs/messages.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { passBy } from "../support/contacts.ts";
import { type FailedSession, failSession, tookForFailed } from "../support/failures.ts";
import { sentAgain } from "../support/repetition.ts";
import { afterOwnRequests, askHarmless, harmlessName, told } from "../support/sessions.ts";
import { demand } from "../support/steps.ts";
import { pendingTransfer } from "../support/transfers.ts";

const INTERNAL_ERROR = [8002, "Internal error"] as const;
/** Milliseconds that are over before any retry begins (5 s after the failure, TR-069 Table 3), with which a phone may close old ones. */
const BEFORE_RETRY = 4_000;

const RETRY_REQUEST = [8005, "Retry request"] as const;

/** The phone sent no SOAP fault, whatever else it did. */
const noFault = (requirement: string, { reply }: FailedSession): Finding =>
  holds(requirement, reply.kind !== "fault", {
    expected: "no SOAP fault",
    actual: reply.summary.value,
    where: reply.summary.where,
  });

/** Answers the phone's response to a request with `status`. */
async function failInSession(bench: CwmpBench, status: number): Promise<FailedSession> {
  const session = await bench.acs.session();
  const response = await askHarmless(session, bench.phone);
  demand(response, "GetParameterValues", "asking for a value");
  return failSession(bench, session, (options) => session.answer({ status }, options));
}

/** Faults the pending TransferComplete, and lets the phone report it again, as it has to. */
async function faultTransferComplete(bench: CwmpBench): Promise<{ reply: Reply; later: Reply; name: string }> {
  const { acs, phone } = bench;
  const session = await pendingTransfer(bench);
  const request = await session.informResponse();
  if (request.exchange?.request.envelope?.method !== "TransferComplete")
    throw new Inconclusive("precondition", `TransferComplete is to come, the phone gave: ${request.summary.value}`);
  const reply = await session.fault(...INTERNAL_ERROR);
  await afterOwnRequests(session, reply);
  const later = await askHarmless(session, phone);
  await session.end();
  await passBy(acs);
  await showAlive(bench);
  return { reply, later, name: harmlessName(phone) };
}

export const sessionFaultsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.session-faults.retry-inform",
    title: "repeats its Inform in the same session on fault 8005",
    proves: ["TR-069:3.7.1.6#retry-inform"],
    references: ["SES-019"],
    async drive(bench) {
      const session = await bench.acs.contact();
      const { inform } = session;
      const reply = await session.fault(...RETRY_REQUEST);
      await session.end();
      await showAlive(bench);
      return { inform, reply };
    },
    *judge({ inform, reply }) {
      yield sentAgain("TR-069:3.7.1.6#retry-inform", reply, inform);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.inform-fault",
    title: "gives a session up when its Inform is answered with a fault",
    proves: ["TR-069:3.7.1.4#inform-fault"],
    references: ["SES-020"],
    waits: 30,
    async drive(bench) {
      const session = await bench.acs.contact();
      return failSession(bench, session, (options) => session.fault(...INTERNAL_ERROR, options));
    },
    *judge(failed) {
      yield* tookForFailed("TR-069:3.7.1.4#inform-fault", failed);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.closes-connection",
    title: "closes the connection of a session that failed",
    proves: ["TR-069:3.4.2#closes-after-failure"],
    references: ["SES-020"],
    waits: 30,
    async drive(bench) {
      const session = await bench.acs.contact();
      const failed = await failSession(bench, session, () => session.answer({ status: 503 }, { within: BEFORE_RETRY }));
      if (failed.reply.kind !== "closed" && failed.reply.kind !== "silence")
        throw new Inconclusive("precondition", `the session was to fail, it went on with: ${failed.reply.summary.value}`);
      return failed;
    },
    *judge({ reply: { kind, summary } }) {
      yield holds("TR-069:3.4.2#closes-after-failure", kind === "closed", {
        expected: "the phone closes the connection",
        actual: summary.value,
        where: summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.transfer-complete-fault",
    title: "goes on with the session when its TransferComplete is faulted",
    proves: ["TR-069:3.7.1.4#fault-continues"],
    references: ["SES-021"],
    needs: ["download"],
    drive: faultTransferComplete,
    *judge({ reply, later, name }) {
      const goesOn = reply.kind === "empty" || reply.kind === "request";
      yield holds("TR-069:3.7.1.4#fault-continues", goesOn, {
        expected: "an empty POST, or another request",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      yield told("TR-069:3.7.1.4#fault-continues", later, name);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.transfer-complete-fault-not-repeated",
    title: "does not repeat a faulted TransferComplete in the same session",
    proves: ["TR-069:3.7.1.6#no-retry-after-fault"],
    references: ["SES-021"],
    needs: ["download"],
    drive: faultTransferComplete,
    // 3.7.1.6 forbids it, A.3.3.2 speaks of "the current session or a new one": hence no MUST.
    *judge({ reply }) {
      const repeated = reply.exchange?.request.envelope?.method === "TransferComplete";
      yield holds("TR-069:3.7.1.6#no-retry-after-fault", !repeated, {
        expected: "anything but the TransferComplete",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.retry-transfer-complete",
    title: "repeats its TransferComplete in the same session on fault 8005",
    proves: ["TR-069:3.7.1.6#retry-request"],
    references: ["SES-022"],
    needs: ["download"],
    async drive(bench) {
      const session = await pendingTransfer(bench);
      const request = await session.informResponse();
      if (request.kind !== "request" || request.exchange === undefined)
        throw new Inconclusive("precondition", `a request is to come, the phone gave: ${request.summary.value}`);
      const reply = await session.fault(...RETRY_REQUEST);
      await session.end();
      await showAlive(bench);
      return { reply, request: request.exchange };
    },
    *judge({ reply, request }) {
      yield sentAgain("TR-069:3.7.1.6#retry-request", reply, request);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.http-error-on-inform",
    title: "gives a session up when its Inform is answered with 503",
    proves: ["TR-069:3.7.1.4#http-error-on-inform"],
    references: ["SES-023"],
    waits: 30,
    async drive(bench) {
      const session = await bench.acs.contact();
      return failSession(bench, session, (options) => session.answer({ status: 503 }, options));
    },
    *judge(failed) {
      yield* tookForFailed("TR-069:3.7.1.4#http-error-on-inform", failed);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.http-400-in-session",
    title: "gives a session up when its response is answered with 400",
    proves: ["TR-069:3.7.1.4#http-error-in-session"],
    references: ["SES-024"],
    waits: 30,
    drive: (bench) => failInSession(bench, 400),
    *judge(failed) {
      yield* tookForFailed("TR-069:3.7.1.4#http-error-in-session", failed);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.http-500-in-session",
    title: "gives a session up when its response is answered with 500",
    proves: ["TR-069:3.7.1.4#http-error-in-session"],
    references: ["SES-024"],
    waits: 30,
    drive: (bench) => failInSession(bench, 500),
    *judge(failed) {
      yield* tookForFailed("TR-069:3.7.1.4#http-error-in-session", failed);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.no-fault-to-response",
    title: "answers a response that it did not ask for with no fault",
    proves: ["TR-069:3.5#no-fault-to-response"],
    references: ["FLT-006"],
    waits: 30,
    async drive(bench) {
      const session = await bench.acs.session();
      return failSession(bench, session, (options) => session.informResponse(options));
    },
    // It may ignore the second InformResponse, or take it for a violation of the protocol and end the session.
    *judge(failed) {
      yield noFault("TR-069:3.5#no-fault-to-response", failed);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.no-fault-to-fault",
    title: "answers a fault with no fault",
    proves: ["TR-069:3.5#no-fault-to-fault"],
    references: ["FLT-006"],
    waits: 30,
    async drive(bench) {
      const { speech } = bench.acs;
      const session = await bench.acs.session();
      const body = message(speech, { id: "assay-1", body: faultElement(speech, ...INTERNAL_ERROR) });
      return failSession(bench, session, (options) => session.answer({ body }, options));
    },
    *judge(failed) {
      yield noFault("TR-069:3.5#no-fault-to-fault", failed);
    },
  }),
  cwmpCase({
    id: "cwmp.session-faults.missing-argument",
    title: "answers a GetParameterNames without NextLevel with an error",
    proves: ["TR-069:A.2.2#missing-argument"],
    references: ["FLT-008"],
    waits: 30,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      const path = `<ParameterPath>${phone.root}</ParameterPath>`;
      return failSession(bench, session, (options) => session.request("GetParameterNames", path, options));
    },
    // An argument is missing, so that the message breaks the schema: 9003, or the end of a session that violates the protocol.
    *judge({ reply: { kind, summary } }) {
      yield holds("TR-069:A.2.2#missing-argument", kind === "fault" || kind === "closed", {
        expected: "a fault, or the end of the session",
        actual: summary.value,
        where: summary.where,
      });
    },
  }),
];
