import { spawnSync } from "node:child_process";

/** Milliseconds that an attempt may take. */
const PATIENCE = 5000;

/** Where programs are looked for: those that only an administrator uses are not on everybody's path. */
export const systemPath = (): string => `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;

export const isRoot = (): boolean => process.getuid?.() === 0;

/** How unshare(1) makes a network namespace here: whoever is not root needs to be root of a user namespace first. */
export const unshareFlags = (): readonly string[] => (isRoot() ? ["--net"] : ["--user", "--map-root-user", "--net"]);

let known: { readonly problem: string | undefined } | undefined;

/** Why no LAN can be made on this machine, and what to do about it; `undefined` where one can. Asked once, by making one. */
export function lanProblem(): string | undefined {
  known ??= { problem: attempt() };
  return known.problem;
}

function attempt(): string | undefined {
  if (process.platform !== "linux") return "a LAN is made of Linux network namespaces: run this on Linux";
  // Names after `name`, as ip(8) takes single letters for its own words.
  const args = [...unshareFlags(), "ip", "link", "add", "name", "gateway", "type", "veth", "peer", "name", "phone"];
  const env = { ...process.env, PATH: systemPath(), LC_ALL: "C" };
  const { error, status, stderr } = spawnSync("unshare", args, { encoding: "utf8", timeout: PATIENCE, env });
  if (status === 0) return undefined;
  const isMissing = error !== undefined && "code" in error && error.code === "ENOENT";
  return problemOf(isMissing ? undefined : (stderr?.trim() ?? "") || (error?.message ?? ""), isRoot());
}

/**
 * What was in the way of an attempt, and what to do about it.
 * @param said what unshare(1), or ip(8) within it, has said to its failure; undefined where there is no unshare
 */
export function problemOf(said: string | undefined, root: boolean): string {
  if (said === undefined) return "the program unshare is not installed: install the package util-linux";
  if (/failed to execute ip\b/.test(said)) return "the program ip is not installed: install the package iproute2";
  if (/not supported|Unknown device type/i.test(said))
    return "this kernel has no veth interfaces: load the module veth (modprobe veth)";
  if (!/not permitted|denied|cannot open|write failed|No space left/i.test(said)) return `no LAN can be made here: ${said}`;
  return root
    ? "network namespaces may not be made here: give this container the capabilities SYS_ADMIN and NET_ADMIN"
    : "network namespaces may not be made by this user: run as root, or allow user namespaces to everybody " +
        "(sysctl kernel.unprivileged_userns_clone=1, on Ubuntu sysctl kernel.apparmor_restrict_unprivileged_userns=0)";
}
