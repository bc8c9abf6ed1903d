import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { isWithin } from "./ipv4.ts";
import { isRoot, systemPath } from "./probe.ts";

/** What has to be known of an interface of this machine before a server gets an address beside it. */
export interface InterfaceOfMachine {
  readonly mac: string;
  /** The machine's own address in the network of the target. */
  readonly address: string;
  /** Length of that network's prefix, in bits. */
  readonly prefix: number;
}

/** Somebody that the machine has asked for on an interface; without a hardware address, nobody has answered. */
export interface Neighbour {
  readonly address: string;
  readonly mac: string | undefined;
}

/** What `ip -json address` tells of an interface, as far as it is looked at. */
interface Listed {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly link_type: string;
  readonly address?: string;
  readonly addr_info: readonly { readonly family: string; readonly local: string; readonly prefixlen: number }[];
}

/** What is put before a command of the system, and nothing for this machine itself. */
type Place = readonly string[];

/** An Ethernet interface that is up, as `ip` lists it. */
type Ethernet = Listed & { readonly address: string };

/**
 * Looks for an interface of this machine that something can be put on.
 * @param what that is, as the subject of a sentence
 * @throws Error that says to the person at the terminal why there is none, and what to do
 */
export function ethernet(name: string, what: string, place: Place): Ethernet {
  if (!isRoot()) throw new Error(`${what} needs the rights of root: run the same with sudo`);
  const all = ask<Listed>(place, ["address", "show"]);
  const found = all.find(({ ifname }) => ifname === name);
  const others = all.filter(({ link_type }) => link_type === "ether").map(({ ifname }) => ifname);
  if (found === undefined) throw new Error(`${name} is no interface of this machine; there are ${others.join(", ") || "none"}`);
  const { link_type, address, flags } = found;
  if (link_type !== "ether" || address === undefined)
    throw new Error(`${name} is no Ethernet interface; there are ${others.join(", ") || "none"}`);
  if (!flags.includes("LOWER_UP")) throw new Error(`${name} is down, or has no cable: ip link set ${name} up`);
  return { ...found, address };
}

/**
 * Looks at an interface that leads to a target, and whether a server can be put there.
 * @throws Error that says to the person at the terminal why not, and what to do
 */
export function lookAt(name: string, target: string, place: Place): InterfaceOfMachine {
  const found = ethernet(name, `a DHCP server on ${name}`, place);
  if (existsSync(`/sys/class/net/${name}/wireless`))
    throw new Error(
      `${name} is a Wi-Fi interface, which lets no second hardware address through: connect this machine to the phone's LAN by cable`,
    );
  const own = found.addr_info.find(({ family, local, prefixlen }) => family === "inet" && isWithin(target, local, prefixlen));
  if (own === undefined)
    throw new Error(
      `the phone ${target} is not in a network of ${name}: name the interface that leads to it without a router in between, ` +
        `and give that an address of the phone's network`,
    );
  return { mac: found.address, address: own.local, prefix: own.prefixlen };
}

/** What has come of the machine's questions for hardware addresses on this interface; of those that it still asks there is nothing. */
export const neighbours = (name: string, place: Place): readonly Neighbour[] =>
  ask<{ readonly dst: string; readonly lladdr?: string; readonly state: readonly string[] }>(place, [
    "-4",
    "neighbour",
    "show",
    "dev",
    name,
  ])
    .filter(({ state, lladdr }) => lladdr !== undefined || state.includes("FAILED"))
    .map(({ dst, lladdr, state }) => ({ address: dst, mac: state.includes("FAILED") ? undefined : lladdr?.toLowerCase() }));

/** @throws Error with what ip(8) says */
export function ip(place: Place, args: readonly string[]): string {
  const [command = "", ...before] = [...place, "ip"];
  const env = { ...process.env, PATH: systemPath() };
  const { status, stdout, stderr, error } = spawnSync(command, [...before, ...args], { encoding: "utf8", env });
  if (error !== undefined) throw new Error(`the program ip cannot be run (${error.message}): install the package iproute2`);
  if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr.trim()}`);
  return stdout;
}

const ask = <T>(place: Place, args: readonly string[]): readonly T[] =>
  JSON.parse(ip(place, ["-json", ...args]).trim() || "[]") as readonly T[];
