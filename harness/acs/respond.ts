import { within } from "../core/clock.ts";
import { type Answer, type Prepared, prepare } from "./answer.ts";
import type { AcsContext, Incoming } from "./context.ts";

/** An answer, ready for the request it answers. */
export function answerTo({ closes }: Incoming, answer: Answer, cookie?: string): Prepared {
  // Whoever asks for the connection to be closed gets that, unless the answer says otherwise (RFC 9112 9.6).
  return prepare(closes && answer.close === undefined ? { ...answer, close: true } : answer, cookie);
}

/**
 * Writes an answer and records it. Never throws and never hangs: a phone that does not read is cut off.
 *
 * @returns when its last octet went out, milliseconds of the clock
 */
export async function send(
  { clock, recording, patience }: AcsContext,
  { exchange, connection }: Incoming,
  prepared: Prepared,
): Promise<number> {
  const { delay, ...options } = prepared.options;
  // Waited for here, and not by the connection, so that nothing is left waiting when the connection is closed meanwhile.
  if (delay !== undefined) await within(clock, delay, new Promise<void>((resolve) => connection.onClose(resolve)));
  if (connection.closed) return clock.now();
  const { status, headers, body, octets } = prepared;
  const pieces = options.pieces === undefined ? 0 : (octets.length / options.pieces.octets) * options.pieces.every;
  const startedAt = clock.now();
  const sent = await within(clock, pieces + patience.response, connection.send({ ...prepared, options }));
  if (sent === undefined) connection.reset();
  const times = sent ?? { startedAt, endedAt: clock.now() };
  // Nothing went out when it is cut off before its first octet.
  if (options.never !== true && options.cut !== 0) recording.answered(exchange, { status, headers, body, ...times });
  return times.endedAt;
}
