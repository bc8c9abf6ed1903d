import type { Session } from "../acs/session.ts";
import type { GatewayIdentity } from "../dhcp/dhcp.ts";
import type { Credentials } from "../phone/profile.ts";

/**
 * A gateway as a CWMP client: the data model that belongs to the LAN on which the bench is the gateway for DHCP. Handed in by whoever
 * wires a run.
 */
export interface GatewayDevice {
  /** A device that has told who it is has been given this address, or has it already. */
  leased(device: Required<GatewayIdentity>, address: string): void;
  /** The address is nobody's any more. */
  released(address: string): void;
  stop(): Promise<void>;
}

/** What a gateway is started with. */
export interface GatewayGiven {
  /** Its ACS, and what it has to authenticate itself with there. */
  readonly acs: { readonly url: string } & Credentials;
  /** What connection requests to it are authenticated with. */
  readonly connectionRequest: Credentials;
  /** What DHCP tells of it. */
  readonly identity: Required<GatewayIdentity>;
  /** Address of its WAN, at which it listens. */
  readonly host: string;
}

/** Starts a gateway, which contacts its ACS by itself. */
export type StartGateway = (given: GatewayGiven) => Promise<GatewayDevice>;

/** The phone's gateway, which is managed by the same party as the phone (TR-111 Part 1, 1.2.3). */
export interface GatewayBench {
  readonly root: "InternetGatewayDevice.";
  /**
   * A session with the gateway, after its empty POST. It comes by a connection request, and knows by then of every lease so far.
   * @throws Inconclusive `precondition` when it does not come
   */
  session(): Promise<Session>;
  /** A port of the gateway's WAN that nobody has at this moment. */
  freePort(): Promise<number>;
}
