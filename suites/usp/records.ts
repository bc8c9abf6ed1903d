import { create, toBinary } from "@bufbuild/protobuf";
import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { RecordFields, RequestBody, UspReply } from "../../harness/controller/controller.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { byPlan, type Finding, holds, present, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { encodeMsg, encodeRecord } from "../../harness/wire/usp-write.ts";
import { Header_MsgType, RequestSchema } from "../../schema/usp/msg_pb.ts";
import { Record_PayloadSecurity } from "../../schema/usp/record_pb.ts";
import { tellsEndpointId } from "./support/answers.ts";
import { known } from "./support/known.ts";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

const SAME_ID = "TR-369:R-MSG.9";
const FOREIGN = "TR-369:R-MSG.1";
const BY_BODY = "TR-369:R-MSG.10";
const FOR_OTHERS = "TR-369:R-E2E.1";
const ITSELF = "TP-469:2.1#own-id";
const ERRONEOUS = "TR-369:R-MTP.5";
const UNKNOWN_ENUM = "TR-369:R-ENC.2";
const TWO_TYPES = "TR-369:R-ENC.4";
const TWO_REQUESTS = "TR-369:R-ENC.5";
const LEAVES = "TR-369:R-MTP.7";

/** Milliseconds in which an agent that is told to reboot leaves. */
const LEAVING = 60_000;

/** Milliseconds for an answer that must not come: longer than any agent takes for one that must. */
const SILENT = 10_000;

const getOf = (msgId: string): Buffer =>
  encodeMsg({
    header: { msgId, msgType: Header_MsgType.GET },
    body: {
      msgBody: { case: "request", value: { reqType: { case: "get", value: { paramPaths: [ENDPOINT_ID] } } } },
    },
  });

const requestOf = (reqType: RequestBody): Uint8Array => toBinary(RequestSchema, create(RequestSchema, { reqType }));

/** The octets of a field that holds a message of fewer than 128 octets. */
const inField = (number: number, octets: Buffer): Buffer => Buffer.concat([Buffer.of((number << 3) | 2, octets.length), octets]);

/** A sound record with a message, but for the fields that are given. */
const around = ({ controller, agent }: UspBench, payload: Buffer, more: RecordFields = {}): RecordFields => ({
  version: controller.version,
  toId: agent.endpointId,
  fromId: controller.endpointId,
  recordType: { case: "noSessionContext", value: { payload } },
  ...more,
});

/** What came of something that must not be answered; afterwards the agent is shown to be alive. */
interface Unanswered {
  readonly came: UspRecordLog | undefined;
  readonly sent: UspRecordLog;
  readonly control: UspReply;
}

async function unanswered(bench: UspBench, record: Buffer | RecordFields, msgId: string): Promise<Unanswered> {
  const { controller } = bench;
  const sent = await controller.send(record);
  const came = await controller.silence(SILENT, ({ message }) => message?.msgId.value === msgId);
  return { came, sent, control: await controller.get([ENDPOINT_ID]) };
}

const isAlive = (requirement: string, control: UspReply): Finding =>
  holds(requirement, tellsEndpointId(control), {
    expected: "an answer to the Get that follows",
    actual: control.summary.value,
    where: control.summary.where,
  });

/** The test plan takes an Error for an answer too, to a record that is malformed in any way. */
function* isUnanswered(requirement: string, { came, sent, control }: Unanswered): Iterable<Finding> {
  const type = came?.record.message?.msgType;
  const finding = holds(requirement, came === undefined, {
    expected: "no answer",
    actual: type ?? "none",
    where: came?.where ?? `after ${sent.where}`,
  });
  yield byPlan(finding, type === "ERROR");
  yield isAlive(requirement, control);
}

async function asked(bench: UspBench, record: RecordFields, msgId: string): Promise<UspReply> {
  const { controller } = bench;
  return controller.reply(await controller.send(record), msgId);
}

const isError = (requirement: string, { kind, summary: { value, where } }: UspReply): Finding =>
  holds(requirement, kind === "error", { expected: "an Error", actual: value, where });

export const recordCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.record.message-id",
    title: "answers under the Message ID of the request, whatever characters it has",
    proves: [SAME_ID],
    async drive(bench) {
      await known(bench);
      const msgId = "CPE Assay/é-000000000000000000000000000000001";
      return { msgId, reply: await bench.controller.get([ENDPOINT_ID], 0, { msgId }) };
    },
    *judge({ msgId, reply }) {
      yield same(SAME_ID, { value: reply.message?.msgId.value, where: reply.summary.where }, msgId);
    },
  }),
  uspCase({
    id: "usp.record.type-by-body",
    title: "goes by the body of a message where the header names another type",
    proves: [BY_BODY],
    async drive(bench) {
      await known(bench);
      const payload = encodeMsg({
        header: { msgId: "assay-by-body", msgType: Header_MsgType.GET_SUPPORTED_PROTO },
        body: {
          msgBody: { case: "request", value: { reqType: { case: "get", value: { paramPaths: [ENDPOINT_ID] } } } },
        },
      });
      return { reply: await asked(bench, around(bench, payload), "assay-by-body") };
    },
    *judge({ reply }) {
      yield same(BY_BODY, reply.summary, "GET_RESP");
    },
  }),
  uspCase({
    id: "usp.record.from-itself",
    title: "ignores a record that says it is from the agent itself",
    proves: [ITSELF],
    references: ["TP-469 2.1"],
    async drive(bench) {
      const record = around(bench, getOf("assay-from-itself"), { fromId: bench.agent.endpointId });
      return unanswered(bench, record, "assay-from-itself");
    },
    *judge(seen) {
      yield* isUnanswered(ITSELF, seen);
    },
  }),
  uspCase({
    id: "usp.record.for-others",
    title: "ignores a record that is for another Endpoint ID",
    proves: [FOR_OTHERS],
    references: ["TP-469 2.2"],
    async drive(bench) {
      const record = around(bench, getOf("assay-for-others"), { toId: "self::assay-somebody" });
      return unanswered(bench, record, "assay-for-others");
    },
    *judge(seen) {
      yield* isUnanswered(FOR_OTHERS, seen);
    },
  }),
  uspCase({
    id: "usp.record.without-source",
    title: "ignores a record that does not tell whom it is from",
    proves: [ERRONEOUS],
    references: ["TP-469 3.1"],
    async drive(bench) {
      return unanswered(bench, around(bench, getOf("assay-no-source"), { fromId: "" }), "assay-no-source");
    },
    *judge(seen) {
      yield* isUnanswered(ERRONEOUS, seen);
    },
  }),
  uspCase({
    id: "usp.record.tls-without-session",
    title: "answers a request in a record that cannot be taken as it is with an Error",
    proves: [ERRONEOUS],
    references: ["TP-469 3.1"],
    async drive(bench) {
      await known(bench);
      const payloadSecurity = Record_PayloadSecurity.TLS12;
      const reply = await asked(bench, around(bench, getOf("assay-tls"), { payloadSecurity }), "assay-tls");
      return { reply, control: await bench.controller.get([ENDPOINT_ID]) };
    },
    *judge({ reply, control }) {
      const isIgnored = reply.kind === "silence" && isAlive(ERRONEOUS, control).ok;
      yield byPlan(isError(ERRONEOUS, reply), isIgnored);
    },
  }),
  uspCase({
    id: "usp.record.unknown-enumeration",
    title: "answers a request in a record with an unknown payload security with an Error",
    proves: [UNKNOWN_ENUM],
    async drive(bench) {
      await known(bench);
      // payload_security is field 4, an integer; 77 is no value of it.
      const record = Buffer.concat([encodeRecord(around(bench, getOf("assay-enum"))), Buffer.of(0x20, 77)]);
      const sent = await bench.controller.send(record);
      return { reply: await bench.controller.reply(sent, "assay-enum") };
    },
    *judge({ reply }) {
      yield isError(UNKNOWN_ENUM, reply);
    },
  }),
  uspCase({
    id: "usp.record.two-record-types",
    title: "discards a record that has two members of its oneof",
    proves: [TWO_TYPES],
    async drive(bench) {
      const { recordType, ...rest } = around(bench, getOf("assay-two-types"));
      const connect = encodeRecord({ ...rest, recordType: { case: "websocketConnect", value: {} } });
      const record = Buffer.concat([connect, encodeRecord(recordType === undefined ? {} : { recordType })]);
      return unanswered(bench, record, "assay-two-types");
    },
    *judge(seen) {
      yield* isUnanswered(TWO_TYPES, seen);
    },
  }),
  uspCase({
    id: "usp.record.two-request-types",
    title: "answers a request that has two members of its oneof with error 7004",
    proves: [TWO_REQUESTS],
    async drive(bench) {
      await known(bench);
      const header = encodeMsg({ header: { msgId: "assay-two-requests", msgType: Header_MsgType.GET } });
      const both = [
        requestOf({ case: "get", value: { paramPaths: [ENDPOINT_ID] } }),
        requestOf({ case: "getSupportedProtocol", value: { controllerSupportedProtocolVersions: "1.3" } }),
      ];
      const payload = Buffer.concat([header, inField(2, inField(1, Buffer.concat(both)))]);
      return { reply: await asked(bench, around(bench, payload), "assay-two-requests") };
    },
    *judge({ reply }) {
      yield same(TWO_REQUESTS, reply.errorCode.value === undefined ? reply.summary : reply.errorCode, 7004);
    },
  }),
  uspCase({
    id: "usp.record.foreign-request",
    title: "bears a request that is none for agents, with an Error or without an answer",
    proves: [FOREIGN],
    async drive({ controller }) {
      const before = controller.current?.number;
      const value = { allowPartial: true, regPaths: [{ path: "Device.Assay." }] };
      const reply = await controller.request({ case: "register", value });
      const control = await controller.get([ENDPOINT_ID]);
      return { reply, control, stayed: controller.current?.number === before };
    },
    *judge({ reply, control, stayed }) {
      yield holds(FOREIGN, reply.kind === "error" || reply.kind === "silence", {
        expected: "an Error, or nothing",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      yield holds(FOREIGN, stayed && tellsEndpointId(control), {
        expected: "an answer to a Get on the same connection",
        actual: stayed ? control.summary.value : "the agent left that connection",
        where: control.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.record.disconnect",
    title: "takes leave by a Disconnect record before it reboots",
    proves: [LEAVES],
    needs: ["usp-reboot"],
    disturbs: "reboot",
    async drive({ controller, patience }) {
      const connection = controller.current;
      const reply = await controller.operate("Device.Reboot()");
      if (reply.summary.value !== "OPERATE_RESP")
        throw new Inconclusive("precondition", `Device.Reboot() was answered: ${reply.summary.value}`);
      const closing = await connection?.closed(LEAVING);
      if (closing === undefined) throw new Inconclusive("precondition", "the agent did not reboot: its connection stayed open");
      const came = await controller.next(({ kind }) => kind === "disconnect", patience.continuation);
      return { came: came?.where, where: closing.summary.where };
    },
    *judge({ came, where }) {
      yield present(LEAVES, { value: came, where: came ?? where }, "a Disconnect record");
    },
  }),
];
