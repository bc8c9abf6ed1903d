import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseParamMap } from "../schema/param-map.ts";

/** So many lines are read in so many milliseconds. */
export const LINES = 100_000;
export const LIMIT = 300;

/** The best of so many runs counts: what else the machine does can only make a run longer. */
const RUNS = 7;

/** A map of so many lines, of the kinds that a phone's map has. */
export function mapOf(lines: number): string {
  const file = readFileSync(resolve(import.meta.dirname, "../vectors/param-map/phone.txt"), "utf8");
  const some = file.trimEnd().split("\n");
  const text = Array.from({ length: lines }, (_, index) => some[index % some.length] ?? "").join("\n");
  // Decoded anew, because a text that was joined is read differently from one that came from a file.
  return Buffer.from(`${text}\n`).toString("utf8");
}

/** Milliseconds to read a map. */
export const parsing = (text: string): number => best(() => parseParamMap(text).lines.length);

/** Milliseconds to cut a text at its line feeds. */
export const splitting = (text: string): number => best(() => text.split("\n").length);

/** By how much each time is longer than the one before. */
export const growths = (times: readonly number[]): readonly number[] =>
  times.slice(1).map((time, index) => time / (times[index] ?? time));

function best(work: () => number): number {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}
