import { errorAt, type Problem, warningAt } from "./lint-problem.ts";
import type { ParameterMapLine, ParamMap } from "./param-map.ts";
import { TR369_LINES, tr369States } from "./tr369-lines.ts";

/** What is wrong with the names of a map, taken together. */
export function* nameProblems(lines: readonly ParameterMapLine[]): Generator<Problem> {
  const first = new Map<string, ParameterMapLine>();
  const objects = objectsOf(lines);
  const spelling = spellingLint();
  for (const line of lines) {
    const at = { line, index: line.type.length + 1 };
    const before = first.get(line.name);
    if (before !== undefined) {
      yield errorAt(at, {
        rule: "duplicate",
        message: `${line.name} stands on line ${before.number} already${before.type === line.type ? "" : ` as ${before.type}`}, and only the last line of a name counts`,
        remedy: `delete line ${before.number} or this one`,
      });
      continue;
    }
    first.set(line.name, line);
    yield* spelling(line);
    if (objects.has(line.name))
      yield errorAt(at, {
        rule: "parameter-and-object",
        message: `${line.name} is a parameter here, and an object on line ${objects.get(line.name)?.number}`,
        remedy: "give one of the two another name",
      });
  }
}

/** Each object path, without its last dot, with the first line that makes it one. */
function objectsOf(lines: readonly ParameterMapLine[]): ReadonlyMap<string, ParameterMapLine> {
  const objects = new Map<string, ParameterMapLine>();
  for (const line of lines)
    for (let dot = line.name.lastIndexOf("."); dot > 0; dot = line.name.lastIndexOf(".", dot - 1)) {
      const path = line.name.slice(0, dot);
      // Whoever made this path an object did so for all above it.
      if (objects.has(path)) break;
      objects.set(path, line);
    }
  return objects;
}

const PREFIX = /(?<=\.)X_snom_/i;

/** A linter of upper and lower case in names, which is told names one by one. */
function spellingLint(): (line: ParameterMapLine) => Generator<Problem> {
  const lower = new Map<string, string>();
  /** The vendor's prefix as first spelt below an object, and whether another spelling there was told of. */
  const prefixes = new Map<string, { readonly spelt: string; readonly line: ParameterMapLine; told: boolean }>();

  return function* problems(line) {
    const key = line.name.toLowerCase();
    const twin = lower.get(key);
    if (twin === undefined) lower.set(key, line.name);
    else if (twin.replace(PREFIX, "") !== line.name.replace(PREFIX, ""))
      yield warningAt(
        { line, index: line.type.length + 1 },
        {
          rule: "name-case",
          message: `${line.name} and ${twin} differ in upper and lower case only, and are two parameters`,
          remedy: "spell both alike if one is meant",
        },
      );
    const found = PREFIX.exec(line.name);
    if (found === null) return;
    const [spelt] = found;
    const parent = line.name.slice(0, found.index);
    const before = prefixes.get(parent);
    if (before === undefined) prefixes.set(parent, { spelt, line, told: false });
    else if (before.spelt !== spelt && !before.told) {
      before.told = true;
      yield warningAt(
        { line, index: line.type.length + 1 + found.index },
        {
          rule: "vendor-prefix",
          message: `${spelt} stands here, and ${before.spelt} on line ${before.line.number}: names tell upper from lower case`,
          remedy: `use one spelling below ${parent}`,
        },
      );
    }
  };
}

/** What a map lacks for the USP agent. */
export function* tr369Problems(map: ParamMap): Generator<Problem> {
  const states = tr369States(map);
  const missing = states.filter(({ state }) => state.kind === "missing");
  const [top] = map.lines;
  if (missing.length > 0 && top !== undefined)
    yield warningAt(
      { line: top, index: 0 },
      {
        rule: "tr369-missing",
        message: `${missing.length === TR369_LINES.length ? "all" : `${missing.length} of the`} ${TR369_LINES.length} lines for TR-369 are missing, and without them the USP agent does not run`,
        remedy: "npx assay param-map tr369 FILE says which, and with --add adds them",
      },
    );
  for (const { published, state } of states)
    if (state.kind === "differs")
      yield warningAt(
        { line: state.line, index: 0 },
        {
          rule: "tr369-differs",
          message: `the ${state.in.join(" and ")} of this line for TR-369 is not what the vendor has published`,
          remedy: `write ${published}`,
        },
      );
}
