import type { ListenOptions } from "../acs/acs.ts";
import type { Located } from "../core/finding.ts";
import type { FrameRecord, UpgradeRecord } from "../trace/usp.ts";
import type { FrameToSend } from "../wire/websocket.ts";
import type { Dialled, DialOptions } from "./dial.ts";
import type { Framing } from "./framing.ts";
import type { HandshakeAnswer } from "./handshake.ts";
import type { AgentLink } from "./transport.ts";

export type { Framing } from "./framing.ts";

/** How a WebSocket came to its end. */
export interface Closing {
  /** When its TCP connection was gone, or began to go, in milliseconds of the run's clock. */
  readonly at: number;
  /** Which side ended the TCP connection first. */
  readonly by: "phone" | "harness";
  /** The agent's Close frame; absent when it sent none, as a phone that loses its power. */
  readonly frame: FrameRecord | undefined;
  /** Status code in the agent's Close frame; absent when there is none. */
  readonly code: Located<number>;
  /** One located text: `Close 1003`, `Close without a status code`, `connection closed without a Close frame`. */
  readonly summary: Located;
}

/** A WebSocket that an agent has opened. None of its methods throws; on one that is closed, nothing is sent. */
export interface AgentConnection extends AgentLink {
  readonly mtp: "websocket";
  readonly upgrade: UpgradeRecord;
  /** When it was opened, in milliseconds of the run's clock. */
  readonly openedAt: number;
  /** False once either side has sent a Close frame or ended the TCP connection. */
  readonly open: boolean;
  /** Set once its TCP connection is ended. */
  readonly closing: Closing | undefined;
  /** Frames of both sides so far. */
  readonly frames: readonly FrameRecord[];
  /** Whether Pings are answered; back to true between cases. */
  answersPings: boolean;
  /** Sends one message. */
  send(octets: Buffer, framing?: Framing): Promise<void>;
  /** Sends one frame, legal or not. */
  sendFrame(frame: FrameToSend): Promise<void>;
  /** Writes octets as they are. */
  write(octets: Buffer): Promise<void>;
  /** Sends a Ping and waits for the Pong with its payload. @param within milliseconds; default `patience.response` */
  ping(payload?: Buffer, within?: number): Promise<FrameRecord | undefined>;
  /** The agent's next frame that fits, or one that came since the case began and was not taken. */
  nextFrame(fits: (frame: FrameRecord) => boolean, within: number): Promise<FrameRecord | undefined>;
  /**
   * Sends a Close frame and waits for the agent's; then, or when none comes, ends the TCP connection, which is the server's to do
   * (RFC 6455 7.1.1).
   * @param code default 1000; `false` for a Close frame without one
   * @param within milliseconds; default `patience.sessionEnd`
   */
  close(code?: number | false, reason?: string, within?: number): Promise<Closing>;
  /** Resets the TCP connection. */
  cut(): void;
  /** Ends the TCP connection without a Close frame. */
  hangUp(): void;
  /** How it ended; undefined when it is open after so many milliseconds. */
  closed(within: number): Promise<Closing | undefined>;
}

/** The WebSocket server of the controller, as cases see it. Connections of other agents than the one that is examined are not shown. */
export interface WebSocketControl {
  /** What the agent has been given. */
  readonly url: string;
  /** The open connection that was opened last. */
  readonly current: AgentConnection | undefined;
  /** All connections that are open now, oldest first. */
  readonly connections: readonly AgentConnection[];
  /** How requests to open a WebSocket are answered from now on; back to `{}` between cases. */
  answers: HandshakeAnswer;
  /** The next request to open a WebSocket, or one that came since the case began and was not taken; refused ones too. */
  attempt(within: number, fits?: (upgrade: UpgradeRecord) => boolean): Promise<UpgradeRecord | undefined>;
  /** The next connection that is opened, or one that was opened since the case began and was not taken. */
  opened(within: number): Promise<AgentConnection | undefined>;
  /** Opens a further port of the same server. @throws Error when it cannot be had */
  listen(options?: ListenOptions): Promise<{ readonly url: string; close(): Promise<void> }>;
  /** Opens a WebSocket to an agent that listens. Never throws. @param options endpointId: default the controller's */
  dial(options: Omit<DialOptions, "endpointId"> & Partial<DialOptions>): Promise<Dialled>;
}
