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

/** Milliseconds to read each of these maps. */
export const parsing = (texts: readonly string[]): readonly number[] => best(texts, (text) => parseParamMap(text).lines.length);

/** Milliseconds to cut each of these texts at its line feeds. */
export const splitting = (texts: readonly string[]): readonly number[] => best(texts, (text) => text.split("\n").length);

/** In rounds through all texts: what slows the machine down for a while then meets each of them, and does not look like growth. */
function best(texts: readonly string[], work: (text: string) => number): readonly number[] {
  const times = texts.map(() => Number.POSITIVE_INFINITY);
  for (let run = 0; run < RUNS; run += 1)
    for (const [index, text] of texts.entries()) {
      const started = performance.now();
      work(text);
      times[index] = Math.min(times[index] ?? 0, performance.now() - started);
    }
  return times;
}
