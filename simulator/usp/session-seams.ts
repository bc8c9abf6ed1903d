import { SessionContextRecord_PayloadSARState as SarState } from "../../schema/usp/record_pb.ts";

/** What the agent knows of a record of a session context that came. Its fields are 0 when it does not have them. */
export interface SessionFacts {
  readonly sessionId: bigint;
  readonly sequenceId: bigint;
  readonly expectedId: bigint;
  readonly payloadSecurity: number;
  /** The session context of the moment, and the record that the agent waits for in it. */
  readonly current: { readonly id: bigint; readonly expected: bigint; readonly payloadSecurity: number } | undefined;
}

/**
 * What becomes of a record of a session context:
 *
 * * `begin`: it is the first one of another session context
 * * `serve`: it is the next one
 * * `keep`: it waits for those before it
 * * `ignore`: it was there already
 * * `fail`: the agent begins another session context
 */
export type SessionReaction = "begin" | "serve" | "keep" | "ignore" | "fail";

/** Whether a record is signed, and well. */
export type Integrity = "unsigned" | "good" | "bad";

/** From here on a sequence_id is near the largest number of its type (R-E2E.8). */
const NEAR_THE_END = 2n ** 64n - 1n - 10_000n;

/** session_ids are greater than 1 (R-E2E.3). */
const FIRST_SESSION = 2n;

/** Records in a session context, "Exchange of USP Records within an E2E Session Context". */
export const sessionContextSeams = {
  /** Whether a controller may have a session context at all, by SessionMode (R-E2E.6a). */
  allowsSession(mode: string): boolean {
    return mode !== "Forbid";
  },
  /** Whether requests without session context are served, by SessionMode. */
  servesPlain(mode: string): boolean {
    return mode !== "Require";
  },
  /** The disconnect record that ends a session context when a request comes without one, and answers that; undefined to serve it. */
  onPlainInSession(): { readonly reasonCode: number; readonly reason: string } | undefined {
    return undefined;
  },
  /** Whether the agent's own messages go out in a session context, by SessionMode; `isUp` as well when one has just expired. */
  sendsInSession(mode: string, isUp: boolean): boolean {
    return mode === "Require" || (mode !== "Forbid" && isUp);
  },
  /** The disconnect record that ends a session context while the connection stays (R-E2E.6b). */
  onSessionEnded(): { readonly reasonCode: number; readonly reason: string } | undefined {
    return { reasonCode: 7105, reason: "Session context terminated" };
  },
  /** Whether the agent begins a session context as soon as it has to have one, and not only when it has something to say. */
  beginsWhenRequired(): boolean {
    return false;
  },
  /** The disconnect record that ends a session context which has failed, before another one begins; undefined for none. */
  onSessionFailed(): { readonly reasonCode: number; readonly reason: string } | undefined {
    return undefined;
  },
  /** Whether another session context is tried at once after a failure, and not only after the first interval (R-E2E.10). */
  triesAtOnce(): boolean {
    return true;
  },
  /** session_id of a session context that the agent begins. `random` is in [0, 1), `last` that of the one before. */
  newSessionId(random: number, last: bigint): bigint {
    const id = FIRST_SESSION + BigInt(Math.floor(random * 2 ** 31));
    return id === last ? id + 1n : id;
  },
  /** session_id of the agent's own records, by that of the session context. */
  ownSessionId(id: bigint): bigint {
    return id;
  },
  /** What becomes of a record (R-E2E.4, 6, 8, 19, 20, 24, 25). */
  sessionReaction(facts: SessionFacts): SessionReaction {
    const { sessionId, sequenceId, expectedId, payloadSecurity, current } = facts;
    if (sessionId < FIRST_SESSION || sequenceId < 1n || expectedId < 1n) return "fail";
    if (sequenceId >= NEAR_THE_END) return "fail";
    if (current?.id !== sessionId) return sequenceId === 1n ? "begin" : "fail";
    if (current.payloadSecurity !== payloadSecurity) return "fail";
    if (sequenceId === current.expected) return "serve";
    return sequenceId > current.expected ? "keep" : "ignore";
  },
  /** Records that the agent counts as sent when the controller begins another session context (R-E2E.6), `before` in the last one. */
  countAtBegin(_before: bigint): bigint {
    return 0n;
  },
  /** sequence_id of the agent's record that is `count` records after its first one (R-E2E.14, R-E2E.15). */
  sequenceId(count: bigint, _isOwnSession: boolean): bigint {
    return count + 1n;
  },
  /** The record that the agent waits for once it has had one (R-E2E.20). */
  nextExpected(sequenceId: bigint): bigint {
    return sequenceId + 1n;
  },
  /** expected_id of a record of the agent's, by the record that it waits for (R-E2E.17). */
  toldExpected(expected: bigint): bigint {
    return expected;
  },
  /** payload_security of a record of the agent's, by that of its session context (R-E2E.18). */
  sessionSecurity(security: number, _isEmpty: boolean): number {
    return security;
  },
  /** Whether the agent asks for the records that are missing before one that came early. */
  asksForMissing(): boolean {
    return false;
  },
  /** Whether a record that was sent is kept when the controller says that it waits for another (R-E2E.16). */
  keepsSent(sequenceId: bigint, expectedId: bigint): boolean {
    return sequenceId >= expectedId;
  },
  /** Whether a record that was sent again so often is sent once more; -1 knows no end (MaxRetransmitTries). */
  retransmits(tries: number, most: number): boolean {
    return most < 0 || tries < most;
  },
  /** The record that answers a request for another one, by its sequence_id. */
  retransmitted(retransmitId: bigint): bigint {
    return retransmitId;
  },
  /** The octets that go into one record each, when `room` octets fit; undefined room is endless. */
  segments(payload: Uint8Array, room: number | undefined): readonly Uint8Array[] {
    if (room === undefined || payload.length <= room) return [payload];
    const count = Math.ceil(payload.length / room);
    return Array.from({ length: count }, (_, index) => payload.subarray(index * room, (index + 1) * room));
  },
  /** payload_sar_state of a segment, and payloadrec_sar_state. */
  segmentState(index: number, count: number): { readonly payload: SarState; readonly payloadRecord: SarState } {
    const of = (state: SarState) => ({ payload: state, payloadRecord: state });
    if (count === 1) return of(SarState.NONE);
    return of(index === 0 ? SarState.BEGIN : index === count - 1 ? SarState.COMPLETE : SarState.INPROCESS);
  },
  /** The octets of a message, once its last segment is there. */
  joined(parts: readonly Uint8Array[]): Uint8Array {
    return Buffer.concat(parts);
  },
  /** Whether a session context in which nothing has happened for so many seconds is over; none ends by itself for 0 (R-E2E.7). */
  isSessionOver(idle: number, expiration: number): boolean {
    return expiration > 0 && idle >= expiration;
  },
  /** Whether the agent begins a new session context after a record that it could not process, for whatever reason (R-E2E.21). */
  restartsAfter(_why: "record" | "retransmission" | "message" | "segments" | "integrity"): boolean {
    return true;
  },
  /** The range in seconds of the wait before a retry of a session context, counted from 1 (R-E2E.10, R-E2E.11). */
  sessionRetryRange(retry: number, minimum: number, multiplier: number): readonly [number, number] {
    const factor = multiplier / 1000;
    const row = Math.min(retry, 10);
    return [minimum * factor ** (row - 1), minimum * factor ** row];
  },
  /** The wait in seconds, somewhere in its range. `random` is in [0, 1). */
  sessionRetryWait([least, most]: readonly [number, number], random: number): number {
    return least + (most - least) * random;
  },
  /** How many retries are counted once a record was processed (R-E2E.12). */
  sessionRetriesAfterSuccess(_retries: number): number {
    return 0;
  },
  /** How many retries are counted after a restart of the phone (R-E2E.13). */
  sessionRetriesAfterBoot(_retries: number): number {
    return 0;
  },
  /** Whether a record is taken, by its signature (R-E2E.30). */
  takesSigned(integrity: Integrity): boolean {
    return integrity !== "bad";
  },
};
