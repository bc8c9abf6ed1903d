import type { InterfaceAddress, LanPort } from "../simulator/network.ts";
import { ethernet, ip } from "./interface.ts";
import { startOne } from "./program.ts";
import { routesToEverybody, Side } from "./side.ts";

/** Routes of others to the same places keep coming first: the machine may have interfaces that are not ours. */
const METRIC = 6768;

/**
 * Rule and table by which the interface without an address hears a server: a system that asks whether a sender could be answered
 * (rp_filter) drops what is sent to everybody otherwise. A default route for all would do the same, but then the phone's connections would
 * leave from nowhere, where they have to fail at once.
 */
const ANSWERABLE = { rule: `ipproto udp sport 68 dport 67 lookup ${METRIC} priority ${METRIC}`, table: METRIC };

/** The machine itself, and no other namespace. */
const HERE: readonly string[] = [];

/**
 * Takes an interface of this machine, or of the namespace that this process is in, for a phone's: its addresses are taken away, now and
 * whenever the phone has none. No other interface is touched. It hears no unicast to an address that it is about to be given, as this would
 * make it answer for addresses of others: whoever asks there for an address has to ask for the answer as a broadcast.
 * @returns the port, and what ends its use and leaves the interface without an address
 * @throws Error that says to the person at the terminal why it cannot be done, and what to do
 */
export async function openOwnInterface(name: string): Promise<LanPort & { stop(): Promise<void> }> {
  const { address: mac } = ethernet(name, `a phone on ${name}`, HERE);
  const { end, stop } = await startOne(HERE);
  const side = new Side({ busy: () => () => {} }, end);
  try {
    await side.ip(routesToEverybody(name, METRIC));
    const [towardsEverybody = ""] = ip(HERE, ["route", "get", "255.255.255.255"]).split("\n");
    if (!towardsEverybody.includes(` dev ${name} `))
      throw new Error(`what is sent to everybody does not leave by ${name} on this machine: ${towardsEverybody.trim()}`);
    // One that was killed may have left its rule.
    quietly(`rule del ${ANSWERABLE.rule}`);
    await side.ip([`rule add ${ANSWERABLE.rule}`, ...addressing(name, undefined)]);
  } catch (error) {
    withoutRoutesToEverybody(name).forEach(quietly);
    await stop();
    throw error;
  }
  return {
    mac: mac.toLowerCase(),
    open: (options) => side.open(options),
    configure: (given) => side.ip(addressing(name, given)),
    async stop() {
      side.flights.stop();
      await stop();
      // Not by the program at that end: Ctrl-C ends it as well.
      for (const line of cleared(name)) quietly(line);
      quietly(`route flush table ${ANSWERABLE.table}`);
      quietly(`rule del ${ANSWERABLE.rule}`);
    },
  };
}

/** Has something taken away that may not be there. */
function quietly(line: string): void {
  try {
    ip(HERE, line.split(" "));
  } catch {
    // It was not there, or the interface is gone.
  }
}

/** Lines for ip(8) that take away what `routesToEverybody` has made. */
const withoutRoutesToEverybody = (device: string): readonly string[] => [
  `route flush table local exact 255.255.255.255 dev ${device}`,
  `route flush table main exact 224.0.0.0/4 dev ${device}`,
];

/** Lines for ip(8) that leave the interface without address or route. */
const cleared = (device: string): readonly string[] => [
  `addr flush dev ${device}`,
  `route flush table main dev ${device}`,
  ...withoutRoutesToEverybody(device),
];

/** Lines for ip(8) that give the interface an address, or leave it with none. */
function addressing(device: string, given: InterfaceAddress | undefined): readonly string[] {
  return [
    ...cleared(device),
    ...(given === undefined ? [] : [`addr add ${given.address}/${given.prefix} brd + dev ${device}`]),
    ...routesToEverybody(device, METRIC),
    `route replace ${given === undefined ? `default dev ${device}` : "throw default"} table ${ANSWERABLE.table}`,
    ...(given?.router === undefined ? [] : [`route replace default via ${given.router} dev ${device} onlink metric ${METRIC}`]),
  ];
}
