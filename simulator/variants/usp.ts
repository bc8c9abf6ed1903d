import { BinaryReader } from "@bufbuild/protobuf/wire";
import type { Answer, ResponseBody } from "../usp/answer.ts";
import type { Variant } from "./variant.ts";

/** The fields of a message the other way round; those inside of them stay as they are. */
function reversed(octets: Uint8Array): Uint8Array {
  const reader = new BinaryReader(octets);
  const fields: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const [number, wireType] = reader.tag();
    reader.skip(wireType, number);
    fields.unshift(octets.subarray(from, reader.pos));
  }
  return Buffer.concat(fields);
}

/** Field 1000, which no version of the schema has: text. */
const UNKNOWN = Buffer.from("c23e056173736179", "hex");

/** A response with each list of its results as `change` makes it. */
function withResults(answer: Answer, change: (results: readonly unknown[]) => readonly unknown[]): Answer {
  if (answer.kind !== "response") return answer;
  const { case: name, value } = answer.response;
  const lists = Object.entries(value ?? {}).map(([field, held]) => [field, Array.isArray(held) ? change(held) : held]);
  return { kind: "response", response: { case: name, value: Object.fromEntries(lists) } as ResponseBody };
}

/** The same with another `errMsg` wherever there is one. */
function retold(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.map((one) => retold(one, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, held]) => [field, field === "errMsg" && held !== "" ? text : retold(held, text)]),
  );
}

function withErrorTexts(answer: Answer, text: string): Answer {
  switch (answer.kind) {
    case "response":
      return { kind: "response", response: retold(answer.response, text) as ResponseBody };
    case "error":
      return { ...answer, params: answer.params.map((one) => ({ ...one, errMsg: text })) };
    case "none":
      return answer;
  }
}

/** Phones whose USP agent does what the standard leaves to it in another way. */
export const uspVariants: readonly Variant[] = [
  {
    id: "usp-reversed",
    phone: "A phone that has everything the other way round: fields, results, objects, parameters, and its supported data model.",
    clause: "Protocol Buffers encoding: fields in any order; TR-369 has no order of results",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        writtenRecord: (octets) => reversed(usp.writtenRecord(octets)),
        writtenMessage: (octets, type) => reversed(usp.writtenMessage(octets, type)),
        answer: (answer, to) => withResults(usp.answer(answer, to), (results) => results.toReversed()),
        toldObjects: (objects) => usp.toldObjects(objects).toReversed(),
        toldParameters: (names, object) => usp.toldParameters(names, object).toReversed(),
        found: (instances, by) => usp.found(instances, by).toReversed(),
        toldGone: (paths, asked) => usp.toldGone(paths, asked).toReversed(),
        toldSupported: (paths) => usp.toldSupported(paths).toReversed(),
        toldNames: (names, of) => usp.toldNames(names, of).toReversed(),
        toldKeySets: (sets) => usp.toldKeySets(sets).map((keys) => keys.toReversed()),
        toldKeys: (keys, path) => Object.fromEntries(Object.entries(usp.toldKeys(keys, path)).toReversed()),
      },
    }),
  },
  {
    id: "usp-newer",
    phone: "A phone of a later version, with fields that the schema does not have and long ids of its own.",
    clause: "Protocol Buffers: fields that are not known are passed over; TR-369 R-MSG.8 leaves open what an id looks like",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        writtenRecord: (octets) => Buffer.concat([usp.writtenRecord(octets), UNKNOWN]),
        writtenMessage: (octets, type) => Buffer.concat([UNKNOWN, usp.writtenMessage(octets, type)]),
        notifyId: (count, bootedAt) => `urn:uuid:6ba7b810-9dad-11d1-80b4-${bootedAt}-${String(count).padStart(12, "0")}`,
        recordVersion: () => "1.5",
        protocolVersions: () => "1.0, 1.1, 1.2, 1.3, 1.4, 1.5",
      },
    }),
  },
  {
    id: "usp-older",
    phone: "A phone that puts USP 1.0 into its records, and has no texts for errors.",
    clause: "TR-369 R-E2E.4 and USP Record: the version of the sender; err_msg has nothing that has to be in it",
    rig: "generic",
    change: ({ usp }) => ({
      usp: { recordVersion: () => "1.0", answer: (answer, to) => withErrorTexts(usp.answer(answer, to), "") },
    }),
  },
  {
    id: "usp-wordy",
    phone: "A phone that tells errors at length and in Greek, and has unusual keys and numbers for new instances.",
    clause: "TR-369: err_msg is for people; instance numbers need not be consecutive; R-ADD.5 leaves keys to the agent",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        answer: (answer, to) => withErrorTexts(usp.answer(answer, to), "Η διαδρομή δεν υπάρχει 🙁 ".repeat(40)),
        ownKey: (table, number) => `X_${"long-".repeat(6)}${usp.ownKey(table, number)}`,
        instanceNumber: (highest, instances) => usp.instanceNumber(highest, instances) + 40,
      },
    }),
  },
  {
    id: "usp-numeric-booleans",
    phone: "A phone that spells booleans 1 and 0.",
    clause: "TR-369 R-ENC.6 and XML Schema: lexical representations of boolean",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        toldValue: (value, type) => {
          const told = usp.toldValue(value, type);
          return type === "boolean" ? (told === "true" ? "1" : "0") : told;
        },
      },
    }),
  },
  {
    id: "usp-slow",
    phone: "A phone that answers after four seconds, and notifies of changes five seconds after them.",
    clause: "TR-369 names no time for an answer; R-NOT.0a: a notification within ten seconds",
    rig: "generic",
    change: () => ({ usp: { answerDelay: () => 4000, notifyDelay: () => 5000 } }),
  },
  {
    id: "usp-notifies-first",
    phone: "A phone that notifies of what a request changes before it answers the request.",
    clause: "TR-369 has no order of notifications and answers",
    rig: "generic",
    change: () => ({ usp: { notifiesFirst: () => true } }),
  },
  {
    id: "usp-other-codes",
    phone: "A phone that has other codes for objects that fail because of a parameter, and for what failed as a whole.",
    clause: "TR-369 table of error codes: 7017, 7020 and 7021 all fit; the code of the message is one of those that fit",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        objectCode: (request, code) => {
          const usual = usp.objectCode(request, code);
          return usual === 7017 ? 7021 : usual === 7021 ? 7020 : usual;
        },
        errorCode: (codes) => (codes.some((code) => code === 7017 || code === 7021) ? 7000 : usp.errorCode(codes)),
      },
    }),
  },
  {
    id: "usp-lazy-connections",
    phone: "A phone that waits as long as it may before it comes again, and takes leave for good.",
    clause: "TR-369 R-WS.19: any moment of the range; RFC 6455 7.4.1 leaves the code to who closes",
    rig: "generic",
    change: () => ({
      usp: {
        retryWait: ([, most]) => most,
        notifyWait: ([, most]) => most,
        farewell: () => 1000,
      },
    }),
  },
  {
    id: "usp-eager-connections",
    phone: "A phone that comes again as soon as it may, and tells no extension in its handshake.",
    clause: "TR-369 R-WS.19: any moment of the range; R-WS.10a is removed in version 1.3",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        retryWait: ([least]) => least,
        notifyWait: ([least]) => least,
        handshake: (path, endpointId) => ({ ...usp.handshake(path, endpointId), headers: {} }),
      },
    }),
  },
];
