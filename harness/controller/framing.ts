import type { FrameToSend } from "../wire/websocket.ts";

/** Larger records are refused with 1009; a GetResp over the whole data model of a phone has some hundred thousand octets. */
export const LARGEST_RECORD = 8 * 1024 * 1024;

/** How a record is put into frames. */
export interface Framing {
  /** Octets of payload in each frame; the last one repeats. Default: one frame. */
  readonly fragments?: readonly number[];
  /** Opcode of the first frame; default binary (R-WS.14). */
  readonly opcode?: number;
  /** Sent between the first fragment and the second, as control frames may be. */
  readonly between?: readonly FrameToSend[];
}
