import { Record_PayloadSecurity, SessionContextRecord_PayloadSARState as SarState } from "../../schema/usp/record_pb.ts";
import { decodeMessage, type UspRecord } from "./usp.ts";

/** Octets of segments that are kept at most: an agent may begin a message and never end it. */
const MOST = 16 * 1024 * 1024;

interface Segment {
  readonly state: SarState;
  readonly octets: Buffer;
}

/**
 * Puts messages together from the segments that come in the records of one sender's session contexts (TR-369 "Segmented Message
 * Exchange"). Segments may come in any order, and more than once.
 */
export class Reassembly {
  #sessionId: bigint | undefined;
  readonly #segments = new Map<bigint, Segment>();
  #size = 0;

  /** The record with the message that it makes complete; as it is, when it makes none complete. */
  take(record: UspRecord): UspRecord {
    const content = record.record?.recordType;
    if (content?.case !== "sessionContext" || record.record?.payloadSecurity !== Record_PayloadSecurity.PLAINTEXT) return record;
    const { sessionId, sequenceId, payloadSarState: state, payload } = content.value;
    if (sessionId !== this.#sessionId) this.#forget(sessionId);
    if (state === SarState.NONE || this.#segments.has(sequenceId)) return record;
    const octets = Buffer.concat(payload);
    if (this.#size + octets.length > MOST) this.#forget(sessionId);
    this.#segments.set(sequenceId, { state, octets });
    this.#size += octets.length;
    const whole = this.#around(sequenceId);
    if (whole === undefined) return record;
    const joined = Buffer.concat(whole.map((sequence) => this.#segments.get(sequence)?.octets ?? Buffer.alloc(0)));
    for (const sequence of whole) this.#segments.delete(sequence);
    this.#size -= joined.length;
    // The name that the record has by itself tells what it is in the schema, which the message tells better.
    const message = decodeMessage(joined, (type) =>
      record.where.replace("session_context", `${type} in ${whole.length} segments`),
    );
    return { ...record, where: message.where, message, faults: [...record.faults, ...message.faults] };
  }

  /** Numbers of the segments of the message that this one belongs to, if they are all there. */
  #around(sequenceId: bigint): readonly bigint[] | undefined {
    let first = sequenceId;
    while (this.#segments.get(first)?.state !== SarState.BEGIN) {
      first -= 1n;
      if (!this.#segments.has(first)) return undefined;
    }
    const whole = [first];
    for (let next = first; this.#segments.get(next)?.state !== SarState.COMPLETE; whole.push(next)) {
      next += 1n;
      if (!this.#segments.has(next)) return undefined;
    }
    return whole;
  }

  #forget(sessionId: bigint): void {
    this.#sessionId = sessionId;
    this.#segments.clear();
    this.#size = 0;
  }
}
