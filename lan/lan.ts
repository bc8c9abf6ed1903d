import type { GatewayPort } from "../harness/core/network.ts";
import type { InterfaceAddress, LanPort } from "../simulator/network.ts";
import type { BusyClock } from "./in-flight.ts";
import { unshareFlags } from "./probe.ts";
import { enter, startPair } from "./program.ts";
import { routesToEverybody, Side } from "./side.ts";

/** The gateway's side: its interface, and the address that the phone is to have. */
const GATEWAY = { address: "10.111.0.1", prefix: 24, mac: "02:00:00:00:00:01", phoneAddress: "10.111.0.20" } as const;

/** Two network namespaces, joined by a cable. Nobody else is on it, and nothing on it is seen outside. */
export interface Lan {
  readonly gateway: GatewayPort;
  readonly phone: LanPort;
  /** What to put before a command so that it runs on one side of the LAN; the interface there is named like the side. */
  inside(side: SideName): readonly string[];
  /** Takes it down. Resolves when nothing of it is left. */
  stop(): Promise<void>;
}

type SideName = "gateway" | "phone";

/** Unanswered questions for a hardware address are given up quickly: nobody who could answer is more than a cable away. */
const ASK_ONCE = "retrans 50 mcast_probes 1";

/** Table by which a client without an address hears what is sent to the one that it is about to be given, as clients with raw sockets do. */
const NEXT_ADDRESS = 100;

/**
 * Makes a LAN.
 * @param options.phoneMac hardware address of the phone's interface
 * @throws Error when it cannot; `lanProblem` tells why before
 */
export async function openLan(clock: BusyClock, { phoneMac = "02:00:00:00:00:02" } = {}): Promise<Lan> {
  const done = clock.busy();
  try {
    const { ends, stop } = await startPair(["unshare", ...unshareFlags()]);
    const sides = { gateway: new Side(clock, ends.gateway, GATEWAY), phone: new Side(clock, ends.phone) };
    sides.gateway.other = sides.phone;
    sides.phone.other = sides.gateway;
    const lan: Lan = {
      gateway: {
        ...GATEWAY,
        open: (socket) => sides.gateway.open(socket),
        async know(known, hardware) {
          await sides.gateway.ip([`neigh replace ${known} lladdr ${hardware} dev gateway nud permanent`]);
          sides.phone.known.add(known);
        },
      },
      phone: {
        mac: phoneMac,
        open: (socket) => sides.phone.open(socket),
        async configure(given) {
          await sides.phone.ip(addressing(given));
          sides.phone.subnet = given;
        },
      },
      inside: (side) => enter(ends[side].pid),
      async stop() {
        sides.gateway.flights.stop();
        sides.phone.flights.stop();
        await stop();
      },
    };
    try {
      await Promise.all([ends.gateway.prepare(), ends.phone.prepare()]);
      await ends.gateway.ip(gatewayInterface(phoneMac, ends.phone.pid));
      await ends.phone.ip(PHONE_INTERFACE);
      await lan.phone.configure(undefined);
      return lan;
    } catch (error) {
      await lan.stop();
      throw error;
    }
  } finally {
    done();
  }
}

/** Lines for ip(8) that make the cable, its other end in the namespace of the phone, and the gateway's interface. */
const gatewayInterface = (phoneMac: string, phone: number): readonly string[] => [
  "link set lo up",
  `link add gateway address ${GATEWAY.mac} type veth peer name phone address ${phoneMac} netns ${phone}`,
  "link set gateway addrgenmode none",
  `ntable change name arp_cache dev gateway ${ASK_ONCE}`,
  `addr add ${GATEWAY.address}/${GATEWAY.prefix} brd + dev gateway`,
  "link set gateway up",
  ...routesToEverybody("gateway"),
  "route replace default dev gateway",
];

/** Lines for ip(8) that make the phone's interface ready for any address. */
const PHONE_INTERFACE: readonly string[] = [
  "link set lo up",
  "link set phone addrgenmode none",
  `ntable change name arp_cache dev phone ${ASK_ONCE}`,
  "link set phone up",
  `rule add iif phone lookup ${NEXT_ADDRESS} priority ${NEXT_ADDRESS}`,
];

/** Lines for ip(8) that give the phone's interface an address, or leave it with none. */
function addressing(given: InterfaceAddress | undefined): readonly string[] {
  return [
    "addr flush dev phone",
    "route flush table main dev phone",
    `route flush table ${NEXT_ADDRESS} dev phone`,
    ...(given === undefined ? [] : [`addr add ${given.address}/${given.prefix} brd + dev phone`]),
    ...routesToEverybody("phone"),
    ...(given === undefined
      ? ["route replace default dev phone", `route replace local default dev phone table ${NEXT_ADDRESS}`]
      : []),
    ...(given?.router === undefined ? [] : [`route replace default via ${given.router} dev phone onlink`]),
  ];
}
