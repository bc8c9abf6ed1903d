import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { End } from "./end.ts";
import { isRoot, systemPath } from "./probe.ts";

const PROGRAM = [process.execPath, join(import.meta.dirname, "end.mjs")];

/** What to put before a command so that it runs in the network namespace of this process. */
export const enter = (pid: number): readonly string[] => [
  "nsenter",
  `--target=${pid}`,
  ...(isRoot() ? [] : ["--user", "--preserve-credentials"]),
  "--net",
];

/**
 * Starts an end, by a command that runs another one.
 * @throws Error with what it says when it does not come up
 */
export async function startOne(command: readonly string[]): Promise<{ readonly end: End; stop(): Promise<void> }> {
  const child = run([...command, ...PROGRAM], 1);
  const end = endAt(child, 0);
  const stop = await running(child, [end]);
  return { end, stop };
}

/**
 * Starts the gateway's end, and in a namespace below that one the phone's.
 * @throws Error with what they say when they do not come up
 */
export async function startPair(command: readonly string[]): Promise<{
  readonly ends: { readonly gateway: End; readonly phone: End };
  stop(): Promise<void>;
}> {
  const child = run([...command, ...PROGRAM, "with-phone"], 2);
  const ends = { gateway: endAt(child, 0), phone: endAt(child, 3) };
  const stop = await running(child, [ends.gateway, ends.phone]);
  return { ends, stop };
}

function run([command = "", ...args]: readonly string[], ends: 1 | 2): ChildProcess {
  const more = ends === 2 ? (["pipe", "pipe"] as const) : [];
  return spawn(command, args, { stdio: ["pipe", "pipe", "pipe", ...more], env: { ...process.env, PATH: systemPath() } });
}

/** The end whose input is this descriptor, and its output the next one. */
const endAt = ({ stdio }: ChildProcess, descriptor: number): End =>
  new End(stdio[descriptor] as Writable, stdio[descriptor + 1] as Readable);

/** Waits until all are up. @returns what stops them, and resolves when nothing of them is left */
async function running(child: ChildProcess, ends: readonly End[]): Promise<() => Promise<void>> {
  let said = "";
  child.stderr?.on("data", (data: Buffer) => {
    said += data.toString("utf8");
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve());
  });
  const failure = ended.then(() => {
    throw new Error(`no network namespace could be made: ${said.trim()}`);
  });
  // What it says comes after its end.
  await Promise.race([Promise.all(ends.map((end) => end.ready)).catch(() => failure), failure]);
  return async () => {
    await Promise.all([...ends.map((end) => end.stop()), ended]);
  };
}
