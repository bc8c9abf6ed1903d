import type { UspRecord } from "../wire/usp.ts";
import type { Frame } from "../wire/websocket.ts";
import type { RawHeaders } from "./exchange.ts";

/** Message transfer protocols that the suite speaks (TR-369 section 4). */
export type Mtp = "websocket" | "mqtt";

/** A USP Record that went over the wire. */
export interface UspRecordLog {
  /** Counts from 1 over the run, both directions together. */
  readonly number: number;
  /** Counts everything in this file over the run: what tells the order of things in the same millisecond. */
  readonly order: number;
  /** Milliseconds of the run's clock. */
  readonly at: number;
  readonly from: "agent" | "controller";
  readonly mtp: Mtp;
  /** Which TCP connection, counted from 1 over the run. */
  readonly connection: number;
  readonly caseId: string;
  readonly record: UspRecord;
  /** How a finding names it: `Record #12 (GET_RESP)`. */
  readonly where: string;
}

/** A request of an agent to open a WebSocket, and what it was answered. */
export interface UpgradeRecord {
  /** Counts from 1 over the run. */
  readonly number: number;
  /** As of a record. */
  readonly order: number;
  /** When it was complete, in milliseconds of the run's clock. */
  readonly at: number;
  readonly connection: number;
  readonly caseId: string;
  /** Start line and header fields as they came. */
  readonly head: string;
  readonly target: string;
  readonly headers: RawHeaders;
  /** EndpointID as the agent gives it, in the query or in the extension. */
  readonly eid: string | undefined;
  /** What RFC 6455 asks of it and it does not have. */
  readonly faults: readonly string[];
  /** Absent while, or when, none was given. */
  readonly answer: { readonly at: number; readonly status: number; readonly headers: RawHeaders } | undefined;
  /** `upgrade #3 (GET /usp)`. */
  readonly where: string;
}

/** A WebSocket frame that went over the wire. */
export interface FrameRecord {
  /** Counts from 1 over the run, both directions together. */
  readonly number: number;
  /** As of a record. */
  readonly order: number;
  readonly at: number;
  readonly from: "agent" | "controller";
  readonly connection: number;
  readonly caseId: string;
  /** Of data frames without the payload: the record has it. */
  readonly frame: Frame;
  /** `frame #7 (Ping)`. */
  readonly where: string;
}
