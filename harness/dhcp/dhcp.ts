import type { DatagramRecord } from "../trace/datagram.ts";
import type { DhcpMessage, DhcpOption } from "../wire/dhcp.ts";

/** Who a gateway is, as it tells devices (TR-111 Part 1, 1.2.5); what is absent is not told. */
export interface GatewayIdentity {
  readonly oui?: string;
  readonly serial?: string;
  readonly productClass?: string;
}

/** What the server says to one kind of request. */
export type DhcpReply =
  | {
      readonly kind: "answer";
      /**
       * Told in option 125 whether the client told who it is or not; undefined, or empty, tells none. Where the reply says nothing of
       * it: the gateway of the run, to clients that have told their device identity (TR-111 1.2.1).
       */
      readonly gateway?: GatewayIdentity | undefined;
      /** Options beside, or in place of, what the server sends by itself, by code; several of one code are several instances, in this order. */
      readonly options?: readonly DhcpOption[];
      /** Codes of options that the server sends by itself, and leaves out here. */
      readonly omits?: readonly number[];
      /** Octets in place of the end option and what is behind it: for messages that are cut, or whose last option runs out of them. */
      readonly tail?: Buffer;
      /** Seconds of the lease. */
      readonly lease?: number;
    }
  | { readonly kind: "silence" }
  | { readonly kind: "nak" };

/**
 * A step of the conversation: which request of the phone is answered. `request` selects an offer, or asks for the address that the phone had
 * before it started anew; `renewal` is asked of us alone, `rebinding` of any server (RFC 2131 4.3.2).
 */
export type DhcpStep = "discover" | "request" | "renewal" | "rebinding" | "inform";

/** A DHCP message of the phone, and where it came. */
export interface HeardDhcp {
  readonly step: DhcpStep | "decline" | "release" | "other";
  readonly message: DhcpMessage;
  readonly record: DatagramRecord;
  /** What it was answered; undefined where nothing was said. */
  readonly reply: DatagramRecord | undefined;
}

/** What the phone was given last. */
export interface Lease {
  readonly address: string;
  /** Seconds. */
  readonly seconds: number;
  /** When the ACK was sent, in milliseconds of the run's clock. */
  readonly since: number;
}

/** The DHCP server of the gateway that the bench is, as cases use it. */
export interface DhcpServer {
  /** Who the gateway is by default. */
  readonly gateway: Required<GatewayIdentity>;
  /**
   * What it answers from now on, until the case is over; what is not named stays as it was.
   * @throws RangeError for what no message can hold
   */
  answers(replies: Partial<Record<DhcpStep, DhcpReply>>): void;
  /** Messages of the phone in this run, oldest first; in a flood the oldest are let go. */
  readonly heard: readonly HeardDhcp[];
  /** What the phone holds; undefined before its first lease, after its release, and when it has run out. */
  readonly lease: Lease | undefined;
  /**
   * The next message of the phone, from now on, at one of these steps, once it was answered, or was not where silence is the answer.
   * Undefined when none comes within so many milliseconds.
   */
  next(steps: readonly HeardDhcp["step"][], within: number): Promise<HeardDhcp | undefined>;
}
