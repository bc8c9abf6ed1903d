import { createHash } from "node:crypto";
import { lookup } from "node:dns/promises";
import type { GatewayPort } from "../harness/core/network.ts";
import { type InterfaceOfMachine, ip, lookAt, type Neighbour, neighbours } from "./interface.ts";
import { addressOf, broadcastOf, isWithin, numberOf } from "./ipv4.ts";
import { startOne } from "./program.ts";
import { routesToEverybody, Side, type Subnet } from "./side.ts";

/** Where in a lab a server is to be. */
export interface LabOptions {
  /** Address or name of the phone, the only client that may be answered. */
  readonly target: string;
  /** The server's own address with the length of the prefix, `10.0.0.5/24`; without it the highest of the subnet that is free. */
  readonly address?: string;
  /** What is put before the commands that look at the machine, where it is not this one. */
  readonly place?: readonly string[];
}

/** Milliseconds in which whoever has an address tells it: three questions, a second apart. */
const ANSWERS_WITHIN = 3200;

/** Addresses that are tried at a time, and at most. */
const CANDIDATES = 8;
const MOST_CANDIDATES = 64;

/** Nobody listens there, and nobody is harmed by what comes (RFC 863). */
const DISCARD = 9;

/**
 * Puts a server beside an interface of this machine: a second hardware address on the same cable (macvlan), in a network namespace of
 * its own, so that it cannot be heard on any other interface and nothing of the machine's own network changes.
 * @throws Error that says to the person at the terminal why it cannot be done, and what to do
 */
export async function openLabInterface(
  name: string,
  { target, address, place = [] }: LabOptions,
): Promise<{ readonly gateway: GatewayPort; stop(): Promise<void> }> {
  const { address: phoneAddress } = await lookup(target, { family: 4 });
  const machine = lookAt(name, phoneAddress, place);
  const wanted = address === undefined ? undefined : given(address, phoneAddress);
  const knocker = await Knocker.start(name, place);
  let own: Subnet;
  let onlyClient: string;
  try {
    onlyClient = await knocker.phone(phoneAddress);
    own = wanted ?? (await knocker.free(machine));
  } finally {
    await knocker.stop();
  }
  const mac = secondMac(machine.mac);
  const { end, stop } = await startOne([...place, "unshare", "--net"]);
  try {
    await end.prepare();
    const link = ["link", "add", "link", name, "name", "gateway", "address", mac, "netns", String(end.pid)];
    ip(place, [...link, "type", "macvlan", "mode", "bridge"]);
    await end.ip([
      "link set lo up",
      "link set gateway addrgenmode none",
      `addr add ${own.address}/${own.prefix} brd + dev gateway`,
      "link set gateway up",
      ...routesToEverybody("gateway"),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  const side = new Side({ busy: () => () => {} }, end, own);
  return {
    gateway: {
      address: own.address,
      prefix: own.prefix,
      mac,
      phoneAddress,
      onlyClient,
      open: (options) => side.open(options),
      know: (known, hardware) => side.ip([`neigh replace ${known} lladdr ${hardware} dev gateway nud permanent`]),
    },
    async stop() {
      side.flights.stop();
      await stop();
    },
  };
}

/** Makes the machine ask for hardware addresses, by sending something to those who may be there. */
class Knocker {
  readonly #name: string;
  readonly #place: readonly string[];
  readonly #program: Awaited<ReturnType<typeof startOne>>;

  private constructor(name: string, place: readonly string[], program: Awaited<ReturnType<typeof startOne>>) {
    this.#name = name;
    this.#place = place;
    this.#program = program;
  }

  static async start(name: string, place: readonly string[]): Promise<Knocker> {
    return new Knocker(name, place, await startOne(place));
  }

  /** The hardware addresses of those of them who answer. */
  async whoIsAt(addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const socket = await this.#program.end.open({ port: 0, received() {} });
    for (const address of addresses) await socket.send(Buffer.alloc(1), { address, port: DISCARD });
    const start = performance.now();
    let known: readonly Neighbour[] = [];
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      known = neighbours(this.#name, this.#place).filter(({ address }) => addresses.includes(address));
    } while (known.length < addresses.length && performance.now() - start < ANSWERS_WITHIN);
    await socket.close();
    return new Map(known.flatMap(({ address, mac }) => (mac === undefined ? [] : [[address, mac]])));
  }

  /** @throws Error when it does not answer */
  async phone(address: string): Promise<string> {
    const mac = (await this.whoIsAt([address])).get(address);
    if (mac === undefined)
      throw new Error(`nobody answers for ${address} on ${this.#name}: check the cable, and that the phone is on`);
    return mac;
  }

  /** The highest address of the machine's network that nobody answers at. @throws Error when there is none */
  async free({ address, prefix }: InterfaceOfMachine): Promise<Subnet> {
    const last = numberOf(broadcastOf(address, prefix));
    // Neither the network's own address, nor the one by which all in it are reached.
    const count = Math.min(Math.max(2 ** (32 - prefix) - 2, 0), MOST_CANDIDATES);
    const all = Array.from({ length: count }, (_, index) => addressOf(last - 1 - index)).filter(
      (candidate) => candidate !== address,
    );
    while (all.length > 0) {
      const some = all.splice(0, CANDIDATES);
      const taken = await this.whoIsAt(some);
      const free = some.find((candidate) => !taken.has(candidate));
      if (free !== undefined) return { address: free, prefix };
    }
    throw new Error(`no free address was found in the network of ${address}/${prefix}: name one with --dhcp-address`);
  }

  stop(): Promise<void> {
    return this.#program.stop();
  }
}

/** @throws Error when this is no address for a server, or not one that reaches the phone */
function given(text: string, phone: string): Subnet {
  const [address = "", bits] = text.split("/");
  const prefix = Number(bits);
  if (!(prefix >= 8 && prefix <= 30) || numberOf(address) >= 2 ** 32)
    throw new Error(
      `${text} is no address for a server: an IPv4 address and the length of its network's prefix, 8 to 30, are wanted`,
    );
  if (!isWithin(phone, address, prefix)) throw new Error(`the phone ${phone} is not in the network of ${text}`);
  return { address, prefix };
}

/** A hardware address of nobody else, and the same in every run: locally administered, made of the interface's own. */
function secondMac(mac: string): string {
  const octets = [0x06, ...createHash("sha256").update(`cpe-assay ${mac}`).digest().subarray(0, 5)];
  return octets.map((octet) => octet.toString(16).padStart(2, "0")).join(":");
}
