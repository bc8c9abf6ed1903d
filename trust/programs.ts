import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import type { Readable } from "node:stream";
import { pause, realClock, within } from "../harness/core/clock.ts";

/** Which of these programs are not installed. */
export const missing = (...programs: readonly string[]): readonly string[] =>
  programs.filter(
    (name) => spawnSync("sh", ["-c", 'command -v "$0"', name], { env: { ...process.env, PATH: systemPath() } }).status !== 0,
  );

/** Where servers are found: not on everybody's path. */
const systemPath = (): string => `${process.env.PATH ?? ""}:/usr/sbin:/sbin`;

/** A program of others that runs beside a test. */
export interface StartedProgram {
  readonly child: ChildProcess;
  /** What it prints, line by line. */
  readonly lines: readonly string[];
  /** What it prints on its error output, where servers write their log. */
  readonly log: readonly string[];
}

/** Programs of others; they end with the test. */
export class Programs {
  readonly #running: ChildProcess[] = [];

  start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): StartedProgram {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PATH: systemPath(), ...env },
    });
    this.#running.push(child);
    return { child, lines: linesOf(child.stdout), log: linesOf(child.stderr) };
  }

  /** Ends them all, the last one first. */
  async stop(): Promise<void> {
    for (const child of this.#running.splice(0).toReversed()) await ended(child);
  }
}

/** Lines of an output, which grow as they come. */
function linesOf(output: Readable): readonly string[] {
  const lines: string[] = [];
  let rest = "";
  output.on("data", (data: Buffer) => {
    const parts = (rest + data.toString("utf8")).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  return lines;
}

/** Milliseconds that a program has for its end. */
const LAST_WORDS = 3000;

/** Asks a program to end, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<true>((resolve) => child.once("close", () => resolve(true)));
  child.kill();
  if ((await within(realClock, LAST_WORDS, gone)) === undefined) child.kill("SIGKILL");
  await gone;
}

/** A value that is there within so many seconds, sooner or later. @throws Error when it does not come */
export async function eventually<T>(find: () => T | undefined | Promise<T | undefined>, what = "it", seconds = 30): Promise<T> {
  for (let count = 0; count < 10 * seconds; count += 1) {
    const found = await find();
    if (found !== undefined) return found;
    await pause(realClock, 100);
  }
  throw new Error(`${what} does not come`);
}
