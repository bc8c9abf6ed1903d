import fc from "fast-check";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { effectiveLines, parseParamMap } from "../../schema/param-map.ts";
import { line, load, mapWith, upload } from "../snom/support/map.ts";
import { anyLine, differenceFrom, type OwnTold, ownLines, tellOwn } from "./support/lines.ts";
import { listsOf } from "./support/lists.ts";
import { property } from "./support/property.ts";

const LOADED = "PARAM-MAP:file#shown-as-loaded";
const LINES = "SNOM-TR-069:Values#every-line";
const BROKEN = "PARAM-MAP:file#broken-file";

/** Always there, so that our own object is never empty. */
const FIRST = line("string", "First", "=", "first");

/** Lines with their ends, comments and blank lines among them. */
const anyLines = listsOf(
  fc.tuple(
    fc.oneof({ weight: 4, arbitrary: anyLine }, { weight: 3, arbitrary: fc.constantFrom("# a", "#string:Device.X=1", "") }),
    fc.constantFrom("\n", "\n", "\r\n"),
  ),
  14,
);

/** Characters of a map that a finding shows. */
const TOLD = 40;

/** Where two texts differ first; undefined when they are the same. */
function firstDifference(one: string, other: string): number | undefined {
  if (one === other) return undefined;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return at;
}

interface Loaded {
  readonly sent: string;
  readonly shown: string;
  readonly told: OwnTold;
}

/** A map that is good, and what becomes of its lines: one is cut, doubled, mixed up or has something put into it. */
interface Damage {
  readonly lines: readonly string[];
  readonly line: number;
  readonly at: number;
  readonly gone: number;
  readonly put: string;
}

interface Damaged {
  readonly old: string;
  readonly sent: string;
  /** Status of the answer to the upload. */
  readonly status: number;
  readonly told: OwnTold;
}

const anyDamage: fc.Arbitrary<Damage> = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 5 }),
    line: fc.nat({ max: 4 }),
    at: fc.nat({ max: 60 }),
    gone: fc.constantFrom(0, 1, 2, 8, 200),
    put: fc.constantFrom("", "=", ":", "!", "\n", "\r", " ", "\t", "string", "Device.", "}"),
  })
  .filter(isPlain);

/** A name that is a parameter here and an object there is a riddle of its own. */
function isPlain(damage: Damage): boolean {
  const names = [...effectiveLines(parseParamMap([FIRST, ...damaged(damage)].join("\n"))).keys()];
  return names.every((name) => !names.some((other) => other.startsWith(`${name}.`)));
}

function damaged({ lines, line: number, at, gone, put }: Damage): readonly string[] {
  const place = number % lines.length;
  return lines.map((text, index) => (index === place ? text.slice(0, at) + put + text.slice(at + gone) : text));
}

/** @param base the phone's map, with `FIRST` at its end */
async function loadDamaged(bench: CwmpBench, base: string, damage: Damage): Promise<Damaged> {
  const old = `${base}${line("unsignedInt", "Alpha", "$=", "7")}\n${line("string", "Beta", "=", "old")}\n`;
  await upload(bench, old);
  const sent = base + [...damaged(damage), line("string", "Last", "=", "last"), ""].join("\n");
  const { status } = await load(bench, sent);
  return { old, sent, status, told: await tellOwn(bench) };
}

function* judgeDamaged(_damage: Damage, { old, sent, status, told }: Damaged): Iterable<Finding> {
  const { where } = told;
  const isBroken = parseParamMap(sent).lines.some(({ kind }) => kind === "broken");
  const asBefore = differenceFrom(ownLines(old), told);
  const asSent = differenceFrom(ownLines(sent), told);
  const taken = status >= 200 && status < 400;
  const wrong = taken ? asSent : asBefore;
  const ok = wrong === undefined && (taken || isBroken);
  yield holds(BROKEN, ok, {
    expected: taken
      ? (wrong?.expected ?? "the good lines of the map")
      : "the parameters from before, and a reason to refuse the map",
    actual: ok ? "so" : `${wrong?.actual ?? "a good map was refused"} (the upload was answered with status ${status})`,
    where,
  });
}

export const mapCases: readonly AnyCase<CwmpBench>[] = [
  property<readonly (readonly [string, string])[], Loaded>({
    id: "properties.map.any-lines",
    title: "shows any map as it was loaded, and has for each line the parameter that it says",
    proves: [LOADED, LINES],
    needs: ["param-map"],
    share: 1.5,
    async stage(bench, explore) {
      const base = await mapWith(bench, [FIRST]);
      return explore(anyLines, async (lines) => {
        const sent = base + lines.map(([text, end]) => text + end).join("");
        await upload(bench, sent);
        return { sent, shown: await bench.phone.snom.paramMap(), told: await tellOwn(bench) };
      });
    },
    *judge(_lines, { sent, shown, told }) {
      const at = firstDifference(sent, shown);
      yield holds(LOADED, at === undefined, {
        expected: at === undefined ? "the map as it was loaded" : JSON.stringify(sent.slice(at, at + TOLD)),
        actual: at === undefined ? "so" : JSON.stringify(shown.slice(at, at + TOLD)),
        where: at === undefined ? "param_map" : `param_map, line ${sent.slice(0, at).split("\n").length}`,
      });
      const wrong = differenceFrom(ownLines(sent), told);
      yield holds(LINES, wrong === undefined, {
        expected: "a parameter for each line",
        actual: "so",
        ...wrong,
        where: told.where,
      });
    },
    tell: (lines) => lines.map(([text, end]) => JSON.stringify(text + end)),
  }),
  property<Damage, Damaged>({
    id: "properties.map.any-damage",
    title: "has after a damaged map the parameters from before, or those of its good lines",
    proves: [BROKEN],
    needs: ["param-map"],
    share: 1.5,
    async stage(bench, explore) {
      const base = await mapWith(bench, [FIRST]);
      return explore(anyDamage, (damage) => loadDamaged(bench, base, damage));
    },
    judge: judgeDamaged,
    tell: (damage) => damaged(damage).map((text) => JSON.stringify(text)),
  }),
];
