import type { RawHeaders } from "../trace/exchange.ts";

/** One thing that went over the wire in a case, as transcript and sequence diagram show it. */
export interface Message {
  readonly kind: "message";
  /** Milliseconds of the run's clock. */
  readonly at: number;
  readonly from: "phone" | "harness";
  readonly connection: number;
  /** Of what goes over no connection: what tells its order behind those that it follows. */
  readonly order?: number;
  /** Who the harness is here: `ACS`, `controller`, `file server`, … */
  readonly role: string;
  /** How findings name the message, `POST #12 (Inform), session 3`; for an answer the message it answers. */
  readonly where: string;
  /** A few words: `Inform`, `200 InformResponse`, `GET /tr069`. */
  readonly label: string;
  /** Start line and header fields. */
  readonly head: string;
  readonly body: Buffer;
  /** Octets of the body that were not kept. */
  readonly omitted: number;
  readonly mood: "ordinary" | "fault" | "refused";
}

/** Start line and header fields, a line each. */
export function headOf(start: string, headers: RawHeaders): string {
  return [start, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\n");
}
