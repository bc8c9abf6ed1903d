import { type Flag, flagTable, type Mistake, mistakeIn, readWords } from "./argv.ts";
import { nearest } from "./nearest.ts";
import { quoted } from "./npm.ts";

/** What `npx assay param-map` is asked to do. A file `-` is what comes in on standard input. */
export type MapCommand =
  | { readonly kind: "help" }
  | { readonly kind: "lint"; readonly files: readonly string[]; readonly json: boolean; readonly strict: boolean }
  | { readonly kind: "diff"; readonly before: string; readonly after: string; readonly json: boolean }
  | { readonly kind: "query"; readonly file: string; readonly path: string; readonly json: boolean }
  | {
      readonly kind: "tr369";
      readonly file: string;
      readonly json: boolean;
      /** Where the map with the missing lines goes; without one nothing is added. */
      readonly output: string | undefined;
    }
  | ({ readonly kind: "wrong" } & Mistake);

const COMMAND = "npx assay param-map";

const HELP: Flag = { name: "help", short: "h", says: "shows this text" };
const JSON_FLAG: Flag = { name: "json", says: "writes JSON instead of text for people" };

/** The flags of each command, and how many words without a flag it takes. */
const COMMANDS = {
  lint: {
    flags: [JSON_FLAG, { name: "strict", says: "a warning counts like an error" }, HELP],
    words: { least: 1, most: Number.POSITIVE_INFINITY, shown: "FILE…" },
    says: "what is wrong with a map, where, and what to do about it",
  },
  diff: {
    flags: [JSON_FLAG, HELP],
    words: { least: 2, most: 2, shown: "BEFORE AFTER" },
    says: "which parameters two maps do not have alike",
  },
  query: {
    flags: [JSON_FLAG, HELP],
    words: { least: 2, most: 2, shown: "FILE PATH" },
    says: "the lines for a parameter, for all below an object (Device.Time.), or for a pattern (Device.*.*Password)",
  },
  tr369: {
    flags: [
      JSON_FLAG,
      { name: "add", says: "writes the map with the missing lines at its end" },
      { name: "write", says: "with --add: writes it to FILE itself" },
      { name: "output", value: { shown: "FILE" }, says: "with --add: writes it there (default: standard output)" },
      HELP,
    ],
    words: { least: 1, most: 1, shown: "FILE" },
    says: "which of the 52 lines for TR-369 are missing or differ: without them no USP agent runs",
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly flags: readonly Flag[];
      readonly words: { readonly least: number; readonly most: number; readonly shown: string };
      readonly says: string;
    }
  >
>;

type Name = keyof typeof COMMANDS;

const NAMES = Object.keys(COMMANDS) as readonly Name[];

/** `npx assay param-map --help`. */
export const MAP_HELP = `Tools for the param_map of a Snom phone

${NAMES.map((name) => `  ${COMMAND} ${`${name} ${COMMANDS[name].words.shown}`.padEnd(19)}  ${COMMANDS[name].says}`).join("\n")}

${NAMES.map((name) => `Flags of ${name}\n${flagTable(COMMANDS[name].flags.filter((flag) => flag !== HELP)).join("\n")}`).join("\n\n")}

A file - is what comes in on standard input. docs/param-map.md tells the format and every rule.

Exit codes
  0   nothing wrong; no difference; something found; all 52 lines there
  1   an error, or with --strict a warning; a difference; nothing found; lines missing or different
  64  wrong usage
  66  a file that cannot be read or written
`;

/** Reads what stands behind `npx assay`. */
export function readMapCommand(argv: readonly string[]): MapCommand {
  const [room, typed, ...rest] = argv;
  if (room === undefined || room === "--help" || room === "-h") return { kind: "help" };
  if (room !== "param-map")
    return { kind: "wrong", message: `npx assay has no ${JSON.stringify(room)}, only param-map`, instead: `${COMMAND} --help` };
  if (typed === undefined || typed === "--help" || typed === "-h") return { kind: "help" };
  const name = NAMES.find((one) => one === typed);
  if (name !== undefined) return commandOf(name, rest);
  const meant = nearest(typed, NAMES);
  return {
    kind: "wrong",
    message: `param-map has no ${JSON.stringify(typed)}${meant === undefined ? "" : `: did you mean ${meant}?`}`,
    instead: meant === undefined ? `${COMMAND} --help` : [COMMAND, meant, ...rest.map(quoted)].join(" "),
  };
}

function commandOf(name: Name, argv: readonly string[]): MapCommand {
  const flags: readonly Flag[] = COMMANDS[name].flags;
  const { least, most, shown } = COMMANDS[name].words;
  const given = new Map<string, string>();
  const files: string[] = [];
  for (const word of readWords(argv, (typed) => flags.find((flag) => flag.name === typed || flag.short === typed))) {
    if (word.kind === "stray") {
      files.push(word.word);
      continue;
    }
    const mistake = mistakeIn(word, flags, argv, `${COMMAND} ${name}`);
    if (mistake !== undefined) return { kind: "wrong", ...mistake };
    if (word.kind !== "flag") continue;
    if (given.has(word.flag.name)) return { kind: "wrong", message: `${word.typed} stands there twice` };
    given.set(word.flag.name, word.value ?? "");
  }
  if (given.has("help")) return { kind: "help" };
  const usage = `${COMMAND} ${name} ${shown}`;
  if (files.length < least || files.length > most)
    return {
      kind: "wrong",
      message: `${name} takes ${shown}, and ${files.length === 0 ? "no file" : files.map((file) => JSON.stringify(file)).join(" ")} stands there`,
      instead: usage,
    };
  const [first = "", second = ""] = files;
  if (files.filter((file) => file === "-").length > 1)
    return { kind: "wrong", message: "standard input can be read once only", instead: usage };
  const json = given.has("json");
  switch (name) {
    case "lint":
      return { kind: "lint", files, json, strict: given.has("strict") };
    case "diff":
      return { kind: "diff", before: first, after: second, json };
    case "query":
      return { kind: "query", file: first, path: second, json };
    case "tr369":
      return tr369Command(first, json, given);
  }
}

function tr369Command(file: string, json: boolean, given: ReadonlyMap<string, string>): MapCommand {
  const instead = `${COMMAND} tr369 ${quoted(file)} --add`;
  const [add, write, output] = [given.has("add"), given.has("write"), given.get("output")];
  if (!add && (write || output !== undefined))
    return {
      kind: "wrong",
      message: `--${write ? "write" : "output"} says where to, and only --add has something to write`,
      instead,
    };
  if (write && output !== undefined)
    return { kind: "wrong", message: "--write and --output are two places for one map", instead };
  if (write && file === "-")
    return { kind: "wrong", message: "--write has no file to write to, because the map comes from standard input", instead };
  if (add && json && !write && output === undefined)
    return {
      kind: "wrong",
      message: "--json and the map cannot both go to standard output",
      instead: `${instead} --json --write`,
    };
  return { kind: "tr369", file, json, output: write ? file : add ? (output ?? "-") : undefined };
}
