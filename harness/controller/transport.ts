import type { Publishing } from "../broker/mqtt-control.ts";
import type { Located } from "../core/finding.ts";
import type { Mtp } from "../trace/usp.ts";
import type { Framing } from "./framing.ts";

export type { Mtp } from "../trace/usp.ts";

/** How a record is sent: in frames of a WebSocket, or by a PUBLISH. What is said for the other transport is not heeded. */
export interface Sending extends Framing {
  readonly publish?: Publishing;
}

/** How a connection came to its end. */
export interface LinkEnd {
  /** When its TCP connection was gone, or began to go, in milliseconds of the run's clock. */
  readonly at: number;
  /** Which side ended the TCP connection first. */
  readonly by: "phone" | "harness";
  /** One located text. */
  readonly summary: Located;
}

/** A connection over which an agent can be reached, whatever carries it. None of its methods throws. */
export interface AgentLink {
  readonly mtp: Mtp;
  /** Number of its TCP connection, counted over the run. */
  readonly number: number;
  /** EndpointID that the agent has given in the transport; absent, or empty, when it gave none. */
  readonly eid: string | undefined;
  /** Since when records can be sent over it, in milliseconds of the run's clock. */
  readonly openedAt: number;
  /** False once either side has ended it. */
  readonly open: boolean;
  /** Sends one record. */
  send(octets: Buffer, sending?: Sending): Promise<void>;
  /** How it ended; undefined when it is open after so many milliseconds. */
  closed(within: number): Promise<LinkEnd | undefined>;
}

/** Who is told what happens on the connections of a transport. */
export interface TransportListener {
  opened(link: AgentLink): void;
  message(octets: Buffer, link: AgentLink): void;
  closed(link: AgentLink): void;
  /** Whether it is the agent's: another device in the same network may have been given this controller too. */
  isOurs(link: Pick<AgentLink, "eid">): boolean;
}
