import { mkdtempSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunResult } from "../harness/run/result.ts";
import { ip } from "../lan/interface.ts";
import { isRoot, lanProblem } from "../lan/probe.ts";
import { enter } from "../lan/program.ts";
import { dnsmasq, ProgramFolder, udhcpc } from "./dhcp-programs.ts";
import { ended, eventually, missing, Programs, type StartedProgram } from "./programs.ts";

// A run as in a lab, from the command line to the report: the phone is a program of its own on a machine of its own, and gets its first
// lease from the lab's DHCP server. Both machines are namespaces, joined by a cable; everything is in real time.

const absent = missing("dnsmasq", "udhcpc", "nsenter");
const because =
  lanProblem() ??
  (isRoot() ? undefined : "it needs the rights of root") ??
  (absent.length === 0 ? undefined : `not installed: ${absent.join(", ")}`);
if (because !== undefined) console.warn(`no run as in a lab is made: ${because}`);

const root = resolve(import.meta.dirname, "..");
/** The run is no part of the one that this test is in. */
const otherwise = Object.keys(process.env).filter((name) => /^(npm_|VITEST|CI$|FORCE_COLOR)/.test(name));
const env: NodeJS.ProcessEnv = Object.fromEntries(otherwise.map((name) => [name, undefined]));

let folder: ProgramFolder;
const programs = new Programs();

beforeEach(() => {
  folder = new ProgramFolder(mkdtempSync(join(tmpdir(), "assay-lab-")));
});

afterEach(async () => {
  await programs.stop();
  rmSync(folder.path, { recursive: true });
});

/** A machine, as far as networks go. */
interface Machine {
  readonly pid: number;
  /** What ip(8) says there. */
  ip(line: string): string;
  start(command: readonly string[]): StartedProgram;
}

async function machine(): Promise<Machine> {
  const { child } = programs.start("unshare", ["--net", "sleep", "600"]);
  const { pid = 0 } = child;
  const network = (process: number | string): string => readlinkSync(`/proc/${process}/ns/net`);
  await eventually(() => (network(pid) === network("self") ? undefined : true), "a network namespace");
  const place = enter(pid);
  const made: Machine = {
    pid,
    ip: (line) => ip(place, line.split(" ")),
    start(command) {
      const [first = "", ...rest] = [...place, ...command];
      return programs.start(first, rest, env);
    },
  };
  made.ip("link set lo up");
  return made;
}

/** The machine of the lab with its interface `gateway`, and the phone's with `phone`, and another client's `other` on the same LAN. */
async function lab(): Promise<{ readonly here: Machine; readonly there: Machine }> {
  const here = await machine();
  const there = await machine();
  ip([], `link add name gateway netns ${here.pid} type veth peer name phone netns ${there.pid}`.split(" "));
  here.ip("address add 10.111.0.1/24 dev gateway");
  here.ip("link set gateway up");
  there.ip("link set phone up");
  there.ip("link add link phone name other type macvlan mode bridge");
  there.ip("link set other up");
  there.ip("address add 192.0.2.1/24 dev other");
  there.ip("route add default via 192.0.2.2 dev other");
  return { here, there };
}

const node = (program: string, ...flags: readonly string[]): readonly string[] => [
  process.execPath,
  ...["--import", "tsx", join(root, "bin", program)],
  ...flags,
];

/** The exit code of a program that has not ended yet, when it has said everything. */
const codeOf = ({ child }: StartedProgram): Promise<number | null> => new Promise((resolved) => child.once("close", resolved));

/** Addresses that the phone has said it was given. */
const addressesOf = ({ lines }: StartedProgram): readonly string[] =>
  lines.flatMap((line) => /Address: ([\d.]+)\/24$/.exec(line)?.[1] ?? []);

const CASES = [
  "cwmp.inform.changed-only",
  "tr111.association.dhcp",
  "tr111.device-identity.discover",
  "tr111.gateway-info.parameters",
];

test.runIf(because === undefined)(
  "a phone of the lab is examined, and nobody else is answered",
  { timeout: 300_000 },
  async () => {
    const { here, there } = await lab();
    const before = there.ip("route show");
    const usual = here.start(dnsmasq(folder, []).command);
    await eventually(() => usual.log.find((line) => /sockets bound exclusively/.test(line)), "the DHCP server of the lab");
    const phone = there.start(node("phone.ts", "--lan=phone", "--port=80"));
    const address = await eventually(() => addressesOf(phone)[0], "the phone's first lease");
    const other = udhcpc(folder, ["-t", "2", "-T", "1"], "other").command;
    expect(await codeOf(there.start(other))).toBe(0);
    await ended(usual.child);

    const report = join(folder.path, "report");
    const flags = [
      `--target=${address}`,
      "--dhcp-interface=gateway",
      "--profile=profiles/snom.yaml",
      `--case=${CASES.join(",")}`,
    ];
    const run = here.start(node("assay.ts", ...flags, `--report-folder=${report}`));
    // It looks for a free address and at the phone's settings before.
    await eventually(() => addressesOf(phone)[1], "a lease that the run has given", 120);
    const refused = there.start(other);
    expect(await codeOf(refused)).toBe(1);
    expect(run.child.exitCode, "the run was over before the other client had given up").toBe(null);
    expect(await codeOf(run)).toBe(0);
    expect(run.lines.at(-1)).toBe("4 passed, 0 failed, 0 skipped");

    const { cases } = JSON.parse(readFileSync(join(report, "result.json"), "utf8")) as RunResult;
    expect(cases.map(({ id, verdict }) => `${id} ${verdict}`).sort()).toEqual(CASES.map((id) => `${id} pass`));
    // As the phone had it before, and by which the ACS has called it in the meantime.
    expect(new Set(addressesOf(phone))).toEqual(new Set([address]));
    expect(there.ip("-4 -brief address show dev other")).toContain("192.0.2.1/24");
    await ended(phone.child);
    expect([there.ip("route show"), there.ip("-4 -brief address show dev phone")]).toEqual([before, ""]);
  },
);
