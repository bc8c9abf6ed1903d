import type { Mutant } from "./mutant.ts";

const GET_SUPPORTED_PROTO_RESP = 18;
const GET_SUPPORTED_DM_RESP = 13;

/** Message IDs that the bench makes by itself. */
const isUsual = (id: string): boolean => /^assay-/.test(id);

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

/** The field of a message that begins at `start`, head and all; its length is less than 128. */
const fieldAt = (octets: Uint8Array, start: number): Uint8Array => octets.subarray(start, start + 2 + (octets[start + 1] ?? 0));

/** Phones that get records, or the frame of messages, wrong (TR-369 "USP Record Encapsulation", "Message Encoding"). */
export const uspRecordsMutants: readonly Mutant[] = [
  {
    id: "usp-records-octets-behind",
    phone: "A phone that sends an octet too many behind large records.",
    breaks: "TR-369:R-ENC.1",
    caught: { "usp.record.schema": ["TR-369:R-ENC.1"] },
    change: ({ usp }) => ({
      usp: { writtenRecord: (octets) => joined(usp.writtenRecord(octets), Buffer.of(...(octets.length > 4096 ? [0x0f] : []))) },
    }),
  },
  {
    id: "usp-records-two-types",
    phone: "A phone that puts a connect record into each of its large records.",
    breaks: "TR-369:R-ENC.3",
    caught: { "usp.record.oneofs": ["TR-369:R-ENC.3"] },
    change: ({ usp }) => ({
      usp: {
        writtenRecord: (octets) => joined(Buffer.of(...(octets.length > 4096 ? [0x4a, 0] : [])), usp.writtenRecord(octets)),
      },
    }),
  },
  {
    id: "usp-records-version-major",
    phone: "A phone that leaves the minor part out of the version in its records.",
    breaks: "TR-369:R-MTP.4b",
    caught: { "usp.record.required-fields": ["TR-369:R-MTP.4b"] },
    change: () => ({ usp: { recordVersion: () => "1" } }),
  },
  {
    id: "usp-records-no-payload",
    phone: "A phone that sends an empty payload in place of its versions.",
    breaks: "TR-369:R-E2E.26",
    caught: {
      "usp.record.payload": ["TR-369:R-E2E.26"],
      "usp.supported-protocol.versions": ["TP-469:1.80#versions", "TR-369:R-MSG.0"],
    },
    change: ({ usp }) => ({
      usp: {
        writtenMessage: (octets, type) =>
          type === GET_SUPPORTED_PROTO_RESP ? new Uint8Array() : usp.writtenMessage(octets, type),
      },
    }),
  },
  {
    id: "usp-records-says-tls",
    phone: "A phone that says TLS of payloads that it sends in the clear.",
    breaks: "TR-369:R-E2E.41",
    caught: { "usp.record.payload-security": ["TR-369:R-E2E.41"] },
    change: () => ({ usp: { payloadSecurity: () => 1 } }),
  },
  {
    id: "usp-records-message-behind",
    phone: "A phone that sends an octet too many behind its supported data model.",
    breaks: "TR-369:R-ENC.0",
    caught: { "usp.message.schema": ["TR-369:R-ENC.0"] },
    change: ({ usp }) => ({
      usp: {
        writtenMessage: (octets, type) =>
          joined(usp.writtenMessage(octets, type), Buffer.of(...(type === GET_SUPPORTED_DM_RESP ? [0x0f] : []))),
      },
    }),
  },
  {
    id: "usp-records-two-headers",
    phone: "A phone that writes the header of its versions twice.",
    breaks: "TR-369:R-MSG.6",
    caught: { "usp.message.one-header": ["TR-369:R-MSG.6"], "usp.message.schema": ["TR-369:R-ENC.0"] },
    change: ({ usp }) => ({
      usp: {
        writtenMessage: (octets, type) =>
          type === GET_SUPPORTED_PROTO_RESP ? joined(fieldAt(octets, 0), octets) : usp.writtenMessage(octets, type),
      },
    }),
  },
  {
    id: "usp-records-two-bodies",
    phone: "A phone that writes the body of its versions twice.",
    breaks: "TR-369:R-MSG.7",
    caught: { "usp.message.one-body": ["TR-369:R-MSG.7"], "usp.message.schema": ["TR-369:R-ENC.0"] },
    change: ({ usp }) => ({
      usp: {
        writtenMessage: (octets, type) =>
          type === GET_SUPPORTED_PROTO_RESP
            ? joined(octets, fieldAt(octets, fieldAt(octets, 0).length))
            : usp.writtenMessage(octets, type),
      },
    }),
  },
  {
    id: "usp-records-foreign-id-dropped",
    phone: "A phone that sends no Message ID back but a simple one.",
    breaks: "TR-369:R-MSG.8",
    caught: {
      "usp.message.id": ["TR-369:R-MSG.8"],
      "usp.message.answers-by-id": ["TR-369:R-MSG.9"],
      "usp.record.message-id": ["TR-369:R-MSG.9"],
    },
    change: ({ usp }) => ({ usp: { answerId: (id) => (isUsual(id) ? usp.answerId(id) : "") } }),
  },
  {
    id: "usp-records-long-id-cut",
    phone: "A phone that cuts a Message ID off after 32 characters.",
    breaks: "TR-369:R-MSG.9",
    caught: { "usp.message.answers-by-id": ["TR-369:R-MSG.9"], "usp.record.message-id": ["TR-369:R-MSG.9"] },
    change: ({ usp }) => ({ usp: { answerId: (id) => usp.answerId(id).slice(0, 32) } }),
  },
  {
    id: "usp-records-wrong-type",
    phone: "A phone that calls its versions a GetResp in the header.",
    breaks: "TR-369:R-MSG.10",
    caught: {
      "usp.message.type": ["TR-369:R-MSG.10"],
      "usp.supported-protocol.versions": ["TP-469:1.80#versions"],
    },
    change: ({ usp }) => ({ usp: { messageType: (type) => usp.messageType(type === GET_SUPPORTED_PROTO_RESP ? 2 : type) } }),
  },
  {
    id: "usp-records-goes-by-header",
    phone: "A phone that refuses a request whose header names another type.",
    breaks: "TR-369:R-MSG.10",
    caught: { "usp.record.type-by-body": ["TR-369:R-MSG.10"] },
    change: () => ({ usp: { goesByBody: () => false } }),
  },
  {
    id: "usp-records-path-as-asked",
    phone: "A phone that repeats the wildcard of a search path in the path of what it found.",
    breaks: "TR-369:R-MSG.3",
    caught: {
      "usp.message.instance-numbers": ["TR-369:R-MSG.3"],
      "usp.message.path-syntax": ["TR-369:R-ARC.7"],
      "usp.get-instances.wildcard": ["TP-469:1.70#wildcard"],
    },
    change: ({ usp }) => ({
      usp: { told: (path, asked) => (/Controller\.\*\.MTP\.$/.test(asked) ? asked : usp.told(path, asked)) },
    }),
  },
  {
    id: "usp-records-answers-in-session",
    phone: "A phone that answers in a session context that nobody began.",
    breaks: "TR-369:R-MSG.0a",
    caught: { "usp.message.answers-in-kind": ["TR-369:R-MSG.0a"] },
    change: () => ({ usp: { answersInSession: () => true } }),
  },
  {
    id: "usp-records-no-connect",
    phone: "A phone that sends no connect record.",
    breaks: "TR-369:R-MTP.6",
    caught: { "usp.record.connect": ["TR-369:R-MTP.6"], "usp.record.connect-first": ["TR-369:R-MTP.8"] },
    change: () => ({ usp: { sendsConnect: () => false } }),
  },
  {
    id: "usp-records-no-second-connect",
    phone: "A phone that sends no other connect record after a disconnect record.",
    breaks: "TR-369:R-MTP.8",
    caught: { "usp.record.connect-first": ["TR-369:R-MTP.8"] },
    change: () => ({ usp: { greetsAgain: () => false } }),
  },
  {
    id: "usp-records-takes-for-others",
    phone: "A phone that takes records for any Endpoint ID.",
    breaks: "TR-369:R-E2E.1",
    caught: { "usp.record.for-others": ["TR-369:R-E2E.1"] },
    change: ({ usp }) => ({ usp: { verdict: (facts) => usp.verdict({ ...facts, toId: facts.ownId }) } }),
  },
  {
    id: "usp-records-takes-without-source",
    phone: "A phone that takes a record that says nothing of its source for one of its controller's.",
    breaks: "TR-369:R-MTP.5",
    caught: { "usp.record.without-source": ["TR-369:R-MTP.5"] },
    change: ({ usp }) => ({
      usp: { verdict: (facts) => usp.verdict({ ...facts, fromId: facts.fromId === "" ? facts.controllerId : facts.fromId }) },
    }),
  },
  {
    id: "usp-records-serves-tls",
    phone: "A phone that serves a request that says TLS and is in the clear.",
    breaks: "TR-369:R-MTP.5",
    caught: { "usp.record.tls-without-session": ["TR-369:R-MTP.5"] },
    change: ({ usp }) => ({ usp: { verdict: (facts) => (facts.payloadSecurity === 1 ? "serve" : usp.verdict(facts)) } }),
  },
  {
    id: "usp-records-unknown-silent",
    phone: "A phone that says nothing to a record with an unknown payload security.",
    breaks: "TR-369:R-ENC.2",
    caught: { "usp.record.unknown-enumeration": ["TR-369:R-ENC.2"] },
    change: ({ usp }) => ({ usp: { verdict: (facts) => (facts.payloadSecurity > 1 ? "ignore" : usp.verdict(facts)) } }),
  },
  {
    id: "usp-records-last-type-wins",
    phone: "A phone that takes the last of two record types.",
    breaks: "TR-369:R-ENC.4",
    caught: { "usp.record.two-record-types": ["TR-369:R-ENC.4"] },
    change: () => ({ usp: { onAmbiguousRecord: () => "serve" } }),
  },
  {
    id: "usp-records-oneof-code",
    phone: "A phone that answers a request of two types with error 7003.",
    breaks: "TR-369:R-ENC.5",
    caught: { "usp.record.two-request-types": ["TR-369:R-ENC.5"] },
    change: ({ usp }) => ({
      usp: { onMessageProblem: (problem) => (problem === "oneof" ? 7003 : usp.onMessageProblem(problem)) },
    }),
  },
  {
    id: "usp-records-leaves-at-foreign",
    phone: "A phone that closes its connection on a request that is none for agents.",
    breaks: "TR-369:R-MSG.1",
    caught: { "usp.record.foreign-request": ["TR-369:R-MSG.1"] },
    change: ({ usp }) => ({
      usp: { onMessageProblem: (problem) => (problem === "not for agents" ? "close" : usp.onMessageProblem(problem)) },
    }),
  },
  {
    id: "usp-records-session-silent",
    phone: "A phone that says nothing to a session context.",
    breaks: "TR-369:R-E2E.6a",
    caught: { "usp.session.forbidden": ["TR-369:R-E2E.6a", "TR-369:R-MTP.9"] },
    change: () => ({ usp: { onSessionContext: () => undefined } }),
  },
  {
    id: "usp-records-no-farewell",
    phone: "A phone that reboots without a Disconnect record.",
    breaks: "TR-369:R-MTP.7",
    caught: { "usp.record.disconnect": ["TR-369:R-MTP.7"] },
    change: () => ({ usp: { leave: () => undefined } }),
  },
  {
    id: "usp-records-boolean-words",
    phone: "A phone that spells a boolean in a word of its own.",
    breaks: "TR-369:R-ENC.6",
    caught: { "usp.values.lexical-forms": ["TR-369:R-ENC.6"] },
    change: ({ usp }) => ({
      usp: {
        answer: (given, to) => {
          const answer = usp.answer(structuredClone(given), to);
          if (answer.kind === "response" && answer.response.case === "getResp")
            for (const { resolvedPathResults = [] } of answer.response.value.reqPathResults ?? [])
              for (const { resultParams = {} } of resolvedPathResults)
                if (resultParams.EnableMDNS !== undefined) resultParams.EnableMDNS = "off";
          return answer;
        },
      },
    }),
  },
  {
    id: "usp-records-session-no-reason",
    phone: "A phone that refuses a session context by a code without words.",
    breaks: "TR-369:R-MTP.9",
    caught: { "usp.session.forbidden": ["TR-369:R-MTP.9"] },
    change: () => ({ usp: { onSessionContext: () => ({ reasonCode: 7106, reason: "" }) } }),
  },
];
