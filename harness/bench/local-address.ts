import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { type Clock, realClock, within } from "../core/clock.ts";

/** Real milliseconds that looking up a host name may take. */
const LOOKUP = 5_000;

/**
 * The address of this machine that a device at `host` sees. Nothing is sent: connecting a UDP socket only asks the routing table.
 * @returns undefined when there is no way to that host
 */
export async function localAddressTowards(host: string, clock: Clock): Promise<string | undefined> {
  const done = clock.busy();
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  const address = new Promise<string | undefined>((resolve) => {
    socket.once("error", () => resolve(undefined));
    socket.connect(9, host, () => resolve(socket.address().address));
  });
  try {
    return await within(realClock, LOOKUP, address);
  } finally {
    socket.close();
    done();
  }
}

/** The first IPv4 address of this machine that others can reach, for a device whose address nobody knows. */
export function anyLocalAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
