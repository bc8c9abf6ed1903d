import { type Msg, MsgSchema } from "../../schema/usp/msg_pb.ts";
import {
  type Record,
  Record_PayloadSecurity,
  RecordSchema,
  SessionContextRecord_PayloadSARState,
} from "../../schema/usp/record_pb.ts";
import type { Located } from "../core/finding.ts";
import { type Naming, nameOf } from "./naming.ts";
import { readUsp, type WireFault, type WireMessage } from "./usp-lint.ts";
import { entriesAt, type Hit, hitsAt } from "./usp-path.ts";
import { typed } from "./usp-typed.ts";

/** What a record carries; `none` when nothing that the schema knows. */
export type RecordKind =
  | "no-session"
  | "session"
  | "websocket-connect"
  | "mqtt-connect"
  | "stomp-connect"
  | "disconnect"
  | "uds-connect"
  | "none";

/** A USP Record: read leniently, with everything that is wrong remembered beside it. */
export interface UspRecord {
  readonly octets: Buffer;
  /** How findings name it. */
  readonly where: string;
  /** Of the record and of the message in it, with offsets into `octets` and paths from the record. */
  readonly faults: readonly WireFault[];
  /** Absent when nothing of it could be read. */
  readonly record: Record | undefined;
  /**
   * The message in the clear: that of a record without session context, or of one with a session context that holds all of it. Of the
   * record that completes a segmented message it is put together by usp-segments.ts.
   */
  readonly message: UspMessage | undefined;
  readonly kind: RecordKind;
  /** The fields as they stood on the wire. */
  readonly root: WireMessage;
  /** A value of the record and its place: `from_id`, `session_context/sequence_id`. Else as `at` of a message. */
  at(path: string): Located;
}

/** A USP Message. Paths begin in its body: `response/get_resp/req_path_results[1]/err_code`. */
export interface UspMessage {
  readonly octets: Buffer;
  readonly where: string;
  readonly faults: readonly WireFault[];
  /** Absent when nothing of it could be read. */
  readonly msg: Msg | undefined;
  readonly msgId: Located;
  /** Name in the schema: `GET_RESP`; a number where the schema has no name; `""` when there is no header. */
  readonly msgType: string;
  /** The fields as they stood on the wire. */
  readonly root: WireMessage;
  /**
   * The value at a path of field names, as text, and its place. Lists count from 1, the first member is taken where a number is left
   * out; behind a map the rest of the path is a key: `…/result_params/Enable`. Enumerations are told by name, octets in hex, and a
   * message as the name of its type. Numbers, booleans and enumerations that were not sent have their default when the message around
   * them is there; texts that were not sent, or sent empty, are absent, except in lists, maps and oneofs. Throws for a path that
   * the schema does not have.
   */
  at(path: string): Located;
  /** All values at a path; a step without a number takes every member. Behind the name of a map: the values of its entries. */
  all(path: string): readonly Located[];
  /** The entries of the map at a path, in the order of the wire: `response/get_resp/req_path_results/resolved_path_results/result_params`. */
  entries(path: string): ReadonlyMap<string, Located>;
}

const KINDS = {
  noSessionContext: "no-session",
  sessionContext: "session",
  websocketConnect: "websocket-connect",
  mqttConnect: "mqtt-connect",
  stompConnect: "stomp-connect",
  disconnect: "disconnect",
  udsConnect: "uds-connect",
} as const;

/** Reads a USP Record and the message in it. Never throws, whatever the octets. */
export function decodeRecord(octets: Buffer, where: Naming): UspRecord {
  const { root, faults } = readUsp(RecordSchema, octets);
  const record = root.fields.size === 0 ? undefined : typed(RecordSchema, root);
  const content = record?.recordType.case;
  const payload = payloadOf(record, octets);
  const inside = payload === undefined ? undefined : readUsp(MsgSchema, payload.octets);
  const type = inside === undefined ? "" : typeOf(inside.root);
  const what = type !== "" ? type : (RecordSchema.fields.find(({ localName }) => localName === content)?.name ?? "nothing");
  const name = nameOf(where, what);
  const message =
    payload === undefined || inside === undefined ? undefined : messageOf(payload.octets, name, inside, payload.placeOf);
  const ofMessage = (message?.faults ?? []).map((fault) => ({ ...fault, path: under(payload?.path ?? "", fault.path) }));
  return {
    octets,
    where: name,
    faults: [...faults, ...ofMessage],
    record,
    message,
    kind: content === undefined ? "none" : KINDS[content],
    root,
    at: (path) => firstAt(root, path, (hit) => located(name, hit)),
  };
}

/** Reads a USP Message that no single record holds, as one put together from the segments of a session. Never throws. */
export function decodeMessage(octets: Buffer, where: Naming): UspMessage {
  const reading = readUsp(MsgSchema, octets);
  return messageOf(octets, nameOf(where, typeOf(reading.root) || "nothing"), reading, (offset) => offset);
}

const under = (outer: string, inner: string): string => (inner === "" ? outer : `${outer}/${inner}`);

interface Payload {
  readonly octets: Buffer;
  readonly path: string;
  /** Where in the record an octet of the payload stands. */
  readonly placeOf: (offset: number) => number;
}

/** The octets that must be a message, if the record has them all and in the clear. */
function payloadOf(record: Record | undefined, octets: Buffer): Payload | undefined {
  const type = record?.recordType;
  if (type?.case === "noSessionContext") return payloadFrom([type.value.payload], "no_session_context/payload", octets);
  // Without session context there is no TLS (R-E2E.41), whatever the record says of its payload.
  if (type?.case !== "sessionContext" || record?.payloadSecurity !== Record_PayloadSecurity.PLAINTEXT) return undefined;
  if (type.value.payloadSarState !== SessionContextRecord_PayloadSARState.NONE) return undefined;
  return payloadFrom(type.value.payload, "session_context/payload", octets);
}

/** The reader hands out parts of the record's own memory, which tells where they stood. */
function payloadFrom(parts: readonly Uint8Array[], path: string, octets: Buffer): Payload | undefined {
  const starts = parts.map((part) => part.byteOffset - octets.byteOffset);
  const [first] = parts;
  const joined = parts.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(parts);
  if (joined.length === 0) return undefined;
  const placeOf = (offset: number): number => {
    let left = offset;
    for (const [index, part] of parts.entries()) {
      if (left < part.length || index === parts.length - 1) return (starts[index] ?? 0) + left;
      left -= part.length;
    }
    return offset;
  };
  return { octets: joined, path, placeOf };
}

function messageOf(
  octets: Buffer,
  where: string,
  { root, faults }: { readonly root: WireMessage; readonly faults: readonly WireFault[] },
  placeOf: (offset: number) => number,
): UspMessage {
  const place = (hit: Hit): Located => located(where, { ...hit, offset: placeOf(hit.offset) });
  const inBody = (path: string): string => under("body", path);
  const outside = (hit: Hit): Located => place({ ...hit, path: hit.path.replace(/^body\/?/, "") });
  return {
    octets,
    where,
    faults: faults.map((fault) => ({ ...fault, offset: placeOf(fault.offset) })),
    msg: root.fields.size === 0 ? undefined : typed(MsgSchema, root),
    msgId: firstAt(root, "header/msg_id", place),
    msgType: typeOf(root),
    root,
    at: (path) => firstAt(root, inBody(path), outside),
    all: (path) => hitsAt(root, inBody(path)).hits.map(outside),
    entries: (path) => new Map([...entriesAt(root, inBody(path))].map(([key, hit]) => [key, outside(hit)])),
  };
}

const typeOf = (root: WireMessage): string => hitsAt(root, "header/msg_type").hits[0]?.value ?? "";

function firstAt(root: WireMessage, path: string, place: (hit: Hit) => Located): Located {
  const { hits, deepest } = hitsAt(root, path);
  return place(hits[0] ?? deepest);
}

function located(where: string, { value, offset, path }: Hit): Located {
  return { value, where: path === "" ? where : `${where}, octet ${offset} (${path})` };
}
