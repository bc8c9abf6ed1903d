import type { DatagramRecord } from "../trace/datagram.ts";
import { addressOf, type DhcpMessage } from "../wire/dhcp.ts";
import { OPTION } from "../wire/dhcp-names.ts";
import type { DhcpStep, HeardDhcp } from "./dhcp.ts";

const NOWHERE = "0.0.0.0";

/** Messages whose type alone tells the step. */
const STEPS: ReadonlyMap<DhcpMessage["type"], HeardDhcp["step"]> = new Map([
  ["DISCOVER", "discover"],
  ["INFORM", "inform"],
  ["DECLINE", "decline"],
  ["RELEASE", "release"],
]);

/**
 * Which step of the conversation a message of a client is (RFC 2131 4.3.2 and 4.3.6, Table 4).
 * @param server our own address
 * @param held address that the client has from us, if any
 */
export function stepOf(
  message: DhcpMessage,
  { destination }: Pick<DatagramRecord, "destination">,
  server: string,
  held: string | undefined,
): HeardDhcp["step"] {
  if (message.type !== "REQUEST") return STEPS.get(message.type) ?? "other";
  if (!extendsLease(message, held)) return "request";
  return destination.address === server ? "renewal" : "rebinding";
}

/** A client that selects leaves ciaddr empty, one that renews names no server; of one that does neither, what it holds decides. */
const extendsLease = (message: DhcpMessage, held: string | undefined): boolean =>
  message.ciaddr !== NOWHERE && (addressOf(message, OPTION.serverIdentifier) === undefined || message.ciaddr === held);

/** Whether a step is one that is answered. */
export const isStep = (step: HeardDhcp["step"]): step is DhcpStep => step !== "decline" && step !== "release" && step !== "other";

/** What a client wants of us. */
export type Wanted =
  /** To go on with exactly this address. */
  | { readonly kind: "address"; readonly address: string }
  /** Any address, or none. */
  | { readonly kind: "any" }
  /** Nothing: it has taken the offer of another server. */
  | { readonly kind: "other-server" };

/** What address a request is for. A wish in a DHCPDISCOVER binds nobody. @param server our own address */
export function wantedAddress(step: DhcpStep, message: DhcpMessage, server: string): Wanted {
  if (step === "discover" || step === "inform") return { kind: "any" };
  if (step !== "request") return { kind: "address", address: message.ciaddr };
  const selected = addressOf(message, OPTION.serverIdentifier);
  if (selected !== undefined && selected !== server) return { kind: "other-server" };
  const address = addressOf(message, OPTION.requestedAddress) ?? message.ciaddr;
  return address === NOWHERE ? { kind: "any" } : { kind: "address", address };
}
