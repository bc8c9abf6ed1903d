import type { Cancel, Clock } from "../core/clock.ts";
import type { Exchange, RawHeaders } from "../trace/exchange.ts";
import type { Recording } from "../trace/recording.ts";
import type { Connection } from "./connection.ts";
import type { Speech } from "./messages.ts";
import type { Patience } from "./patience.ts";
import type { Session } from "./session.ts";
import type { RawMessage } from "./splitter.ts";

/** What every part of the ACS works with. */
export interface AcsContext {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly patience: Patience;
  /** How our messages are written at this moment. */
  speech(): Speech;
  /** A cwmp:ID that this run has not used. */
  freshId(): string;
  /** Sends what the bench has to send at the end of a session. */
  farewell(session: Session): Promise<void>;
  /** Says what is waited for, for a progress line, until cancelled. */
  waits(what: string): Cancel;
}

/** A complete HTTP request, as it was read. */
export interface Heard {
  readonly method: string;
  readonly target: string;
  /** `1.1` or `1.0`. */
  readonly version: string;
  readonly headers: RawHeaders;
  /** The whole body after chunked decoding. */
  readonly body: Buffer;
  readonly message: RawMessage;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The phone wants the connection closed after our answer, by `Connection: close` or by HTTP/1.0 without keep-alive. */
  readonly closes: boolean;
}

/** A request that waits for our answer. */
export interface Incoming {
  readonly exchange: Exchange;
  readonly connection: Connection;
  readonly closes: boolean;
}

/** All values of a header field, in any case of its name. */
export function fieldValues(headers: RawHeaders, name: string): readonly string[] {
  return headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}

/** Nothing, or no more than white space, which some phones send for nothing. */
export const isBlank = (body: Buffer): boolean => /^\s*$/.test(body.toString("latin1"));
