import type { Endpoint } from "../core/network.ts";
import type { DatagramRecord } from "../trace/datagram.ts";
import type { StunMessage } from "../wire/stun.ts";
import type { WrittenAttribute } from "../wire/stun-write.ts";
import type { UdpConnectionRequest } from "./connection-request.ts";

/** A NAT gateway between the phone and the STUN server. */
export interface Nat {
  /** Address that it gives the phone; absent keeps the phone's own, so that the port alone is translated. */
  readonly address?: string;
  /** Port of the first binding; further ones count up. Absent keeps the phone's own, so that the address alone is translated. */
  readonly firstPort?: number;
  /** Seconds that a binding lives after the last datagram of the phone; absent: for ever. */
  readonly timeoutSeconds?: number;
}

/** What the server does with a Binding Request. */
export type StunReply =
  | {
      readonly kind: "response";
      /** Default: the address and port from which the server saw it. */
      readonly mapped?: Endpoint;
      /** MESSAGE-INTEGRITY: `right` (default) one where the request has one, `wrong` one that no key gives, `none` none. */
      readonly integrity?: "right" | "wrong" | "none";
      /** In place of the transaction id of the request. */
      readonly transactionId?: Buffer;
      /** Attributes beside those of RFC 3489. */
      readonly extra?: readonly WrittenAttribute[];
    }
  | { readonly kind: "error"; readonly code: number; readonly phrase?: string }
  | { readonly kind: "octets"; readonly octets: Buffer }
  | { readonly kind: "silence" };

/** A datagram of the phone at the server. */
export interface HeardStun {
  readonly record: DatagramRecord;
  readonly message: StunMessage;
  /** Milliseconds of the run's clock. */
  readonly at: number;
  /** Address and port of the phone's own. */
  readonly source: Endpoint;
  /** Address and port behind the NAT, as the server sees them; without NAT those of the phone. */
  readonly seen: Endpoint;
  /** Port of ours at which it came. */
  readonly port: number;
}

/** Secret that server and phone share (TR-111 2.2.2.1). */
export interface StunCredentials {
  readonly username: string;
  readonly password: string;
}

/**
 * The STUN server of the ACS, the NAT before it and the sender of UDP connection requests, as cases use them. What a case sets lasts
 * until it is over: then there is no NAT, and every request is answered.
 */
export interface StunBench {
  /** Where the server is, for the phone. */
  readonly address: string;
  readonly port: number;
  /** Everything that the phone has sent to the server since the case began, oldest first. */
  readonly heard: readonly HeardStun[];
  /** Ports at which STUN is heard: those of the server, and 3478 of the LAN where there is one. */
  readonly listensAt: readonly Endpoint[];
  /** The secret by which MESSAGE-INTEGRITY is made and judged. */
  credentials: StunCredentials | undefined;
  /** From now on there is this NAT, with no binding yet; undefined takes it away. */
  nat(nat: Nat | undefined): void;
  /** The NAT forgets all bindings: what the phone sends next gets another port, and what goes to the ports of before is lost. */
  changeBindings(): void;
  /** What the server says from now on. */
  answers(answer: (request: HeardStun) => StunReply): void;
  /** The next datagram of the phone that fits and was not given yet; those before it are passed over. Undefined after so many milliseconds. */
  next(within: number, fits?: (heard: HeardStun) => boolean): Promise<HeardStun | undefined>;
  /** Opens a further port of the same server, until the case is over. */
  furtherPort(): Promise<number>;
  /** Where the NAT sends what goes to this address; undefined when it has no binding for it. */
  phoneBehind(address: Endpoint): Endpoint | undefined;
  /** Timestamp and message id for a connection request, greater than all that were given before. */
  stamp(): { readonly ts: number; readonly id: number };
  /** Sends a connection request from the server's own address and port, `copies` times. What no binding waits for is lost. */
  connectionRequest(to: Endpoint, request: UdpConnectionRequest, copies?: number): DatagramRecord;
  /** Sends any octets from the server's own address and port. */
  send(to: Endpoint, octets: Buffer): DatagramRecord;
}
