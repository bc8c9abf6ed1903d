import { type Finding, holds, matches, present, same } from "../../../harness/core/finding.ts";
import type { UspMessage, UspRecord } from "../../../harness/wire/usp.ts";
import type { WireFault, WireFaultKind } from "../../../harness/wire/usp-lint.ts";
import { RequestSchema, ResponseSchema } from "../../../schema/usp/msg_pb.ts";
import { REPORTED_PATHS } from "./paths.ts";

/** The two ends of a conversation, by their Endpoint IDs. */
export interface Ends {
  readonly agent: string;
  readonly controller: string;
}

/** A rule for every record of an agent, judged on one record by itself. */
export interface RecordRule {
  /** The last two parts of its case's id. */
  readonly name: string;
  /** A fact in the present tense about the phone. */
  readonly title: string;
  readonly requirement: string;
  readonly references?: readonly string[];
  /** What one record shows; nothing where the rule does not concern it. */
  judge(record: UspRecord, ends: Ends): Iterable<Finding>;
}

/** Legal, however odd: a newer schema may have more fields, and no rule of Protocol Buffers forbids long integers. */
const LEGAL: readonly WireFaultKind[] = ["unknown-field", "non-minimal-varint"];
const OF_ONEOFS: readonly WireFaultKind[] = ["no-oneof-member", "second-oneof-member"];

const ofMessage = ({ path }: WireFault): boolean => /^(?:no_)?session_context\/payload\b/.test(path);
const ofOneof = ({ kind }: WireFault): boolean => OF_ONEOFS.includes(kind);
const ofSchema = (fault: WireFault): boolean => !LEGAL.includes(fault.kind) && !ofOneof(fault);

/** One finding for each fault, or one good finding for a record without any. */
function* faultless(
  requirement: string,
  expected: string,
  record: UspRecord,
  which: (fault: WireFault) => boolean,
): Iterable<Finding> {
  const faults = record.faults.filter(which);
  for (const { kind, path, offset, message } of faults)
    yield holds(requirement, false, {
      expected,
      actual: `${kind}: ${message}`,
      where: `${record.where}, octet ${offset}${path === "" ? "" : ` (${path})`}`,
    });
  if (faults.length === 0) yield holds(requirement, true, { expected, actual: "so", where: record.where });
}

/** Where a message can tell its type in its body, and the name that the header has for it. */
const BODIES: readonly (readonly [path: string, type: string])[] = [
  ["error", "ERROR"],
  ...[...RequestSchema.fields, ...ResponseSchema.fields].map(
    ({ name, parent }) => [`${parent.name.toLowerCase()}/${name}`, name.toUpperCase().replace("PROTOCOL", "PROTO")] as const,
  ),
];

/** Rules of which each concerns the message, when there is one. */
const inMessage = (judge: (message: UspMessage) => Iterable<Finding>): RecordRule["judge"] =>
  function* ({ message }) {
    if (message !== undefined) yield* judge(message);
  };

/** What has to be right in every record that an agent sends. */
export const recordRules: readonly RecordRule[] = [
  {
    name: "record.schema",
    title: "encodes records by the schema of the USP Record",
    requirement: "TR-369:R-ENC.1",
    references: ["TP-469 U2"],
    judge(record) {
      return faultless(this.requirement, "a USP Record", record, (fault) => !ofMessage(fault) && ofSchema(fault));
    },
  },
  {
    name: "record.oneofs",
    title: "sends one member of each oneof",
    requirement: "TR-369:R-ENC.3",
    references: ["TP-469 U2"],
    judge(record) {
      return faultless(this.requirement, "one member of each oneof", record, ofOneof);
    },
  },
  {
    name: "record.required-fields",
    title: "sends version and both Endpoint IDs in every record",
    requirement: "TR-369:R-MTP.4b",
    *judge(record, { agent, controller }) {
      yield matches(this.requirement, record.at("version"), /^\d+\.\d+$/, "a version of the form 1.4");
      yield same(this.requirement, record.at("from_id"), agent);
      yield same(this.requirement, record.at("to_id"), controller);
      if (record.kind === "mqtt-connect")
        yield matches(this.requirement, record.at("mqtt_connect/subscribed_topic"), /^[^+#]+$/, "a topic without wildcards");
      if (record.kind !== "session") return;
      for (const name of ["session_id", "sequence_id", "expected_id"])
        yield matches(this.requirement, record.at(`session_context/${name}`), /^[1-9]/, `a ${name} of 1 or more`);
    },
  },
  {
    name: "record.payload",
    title: "sends a payload in every record without session context",
    requirement: "TR-369:R-E2E.26",
    *judge(record) {
      if (record.kind !== "no-session") return;
      const { value, where } = record.at("no_session_context/payload");
      yield present(this.requirement, { value: value && `${value.length / 2} octets`, where }, "a payload");
    },
  },
  {
    name: "record.payload-security",
    title: "uses TLS for payloads within a session context alone",
    requirement: "TR-369:R-E2E.41",
    *judge(record) {
      if (record.kind !== "session") yield same(this.requirement, record.at("payload_security"), "PLAINTEXT");
    },
  },
  {
    name: "message.schema",
    title: "encodes messages by the schema of the USP Message",
    requirement: "TR-369:R-ENC.0",
    references: ["TP-469 U2"],
    *judge(record) {
      if (record.message === undefined) return;
      yield* faultless(this.requirement, "a USP Message", record, (fault) => ofMessage(fault) && ofSchema(fault));
    },
  },
  {
    name: "message.one-header",
    title: "sends messages with one header",
    requirement: "TR-369:R-MSG.6",
    judge: inMessage((message) => once("TR-369:R-MSG.6", message, "header")),
  },
  {
    name: "message.one-body",
    title: "sends messages with one body",
    requirement: "TR-369:R-MSG.7",
    judge: inMessage((message) => once("TR-369:R-MSG.7", message, "body")),
  },
  {
    name: "message.id",
    title: "gives every message a Message ID",
    requirement: "TR-369:R-MSG.8",
    judge: inMessage(function* ({ msgId }) {
      yield present("TR-369:R-MSG.8", msgId, "a Message ID");
    }),
  },
  {
    name: "message.type",
    title: "names the type of message that the body holds in the header",
    requirement: "TR-369:R-MSG.10",
    judge: inMessage(function* (message) {
      const type = BODIES.find(([path]) => message.at(path).value !== undefined)?.[1];
      // A body that tells nothing is another rule's finding.
      if (type !== undefined) yield same("TR-369:R-MSG.10", { value: message.msgType, where: message.msgId.where }, type);
    }),
  },
  {
    name: "message.instance-numbers",
    title: "names instances by their number in the paths that it reports",
    requirement: "TR-369:R-MSG.3",
    references: ["TP-469 U4"],
    judge: inMessage(function* (message) {
      for (const path of REPORTED_PATHS)
        for (const seen of message.all(path))
          yield matches("TR-369:R-MSG.3", seen, /^[^[\]*{}]*$/, "a path without wildcard, expression or alias");
    }),
  },
];

/** Two messages behind one another in a payload, too, are one with two headers and two bodies. */
function* once(requirement: string, { faults, root, where }: UspMessage, part: "header" | "body"): Iterable<Finding> {
  const more = faults.filter(({ kind, path }) => kind === "repeated" && path === part).length;
  const count = (root.fields.has(part) ? 1 : 0) + more;
  yield holds(requirement, count === 1, { expected: `one ${part}`, actual: `${count}`, where });
}
