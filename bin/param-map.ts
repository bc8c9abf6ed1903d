import { readFileSync, writeFileSync } from "node:fs";
import { type ParamMap, parseParamMap } from "../schema/param-map.ts";
import { diffParamMaps } from "../schema/param-map-diff.ts";
import { lintParamMap, type Problem } from "../schema/param-map-lint.ts";
import { queryParamMap } from "../schema/param-map-query.ts";
import { tr369Additions, tr369States } from "../schema/tr369-lines.ts";
import { MAP_HELP, type MapCommand, readMapCommand } from "./param-map-flags.ts";
import { COLOURED, countText, differenceText, type Paint, PLAIN, printable, problemText, tr369Text } from "./param-map-text.ts";
import { WRONG_USAGE, wrongUsage } from "./usage.ts";

/** Exit code when a file cannot be read or written: EX_NOINPUT of sysexits. */
const NO_FILE = 66;

/** Thrown in this file only: what is said of a file that cannot be read or written. */
class NoFile extends Error {}

/** `npx assay`: the tools for people who write maps. Gives the exit code. */
export function main(argv: readonly string[]): number {
  // A reader that has seen enough, as `head` does, is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  try {
    return run(readMapCommand(argv));
  } catch (error) {
    if (!(error instanceof NoFile)) throw error;
    process.stderr.write(`${error.message}\n`);
    return NO_FILE;
  }
}

function run(command: MapCommand): number {
  switch (command.kind) {
    case "help":
      say(MAP_HELP);
      return 0;
    case "wrong":
      process.stderr.write(wrongUsage(command));
      return WRONG_USAGE;
    case "lint":
      return lint(command);
    case "diff":
      return diff(command);
    case "query":
      return query(command);
    case "tr369":
      return tr369(command);
  }
}

function lint({ files, json, strict }: MapCommand & { readonly kind: "lint" }): number {
  const paint = paintFor(process.stdout);
  const all: (Problem & { readonly file: string })[] = [];
  for (const file of files) {
    const octets = read(file);
    const { lines } = mapIn(octets);
    for (const problem of lintParamMap(octets)) {
      all.push({ file, ...problem });
      if (!json) say(problemText(file, problem, lines[problem.line - 1]?.text ?? "", paint));
    }
  }
  say(json ? jsonText(all) : countText(all, files.length));
  return all.some(({ severity }) => strict || severity === "error") ? 1 : 0;
}

function diff({ before, after, json }: MapCommand & { readonly kind: "diff" }): number {
  const differences = diffParamMaps(mapIn(read(before)), mapIn(read(after)));
  const paint = paintFor(process.stdout);
  if (json) say(jsonText(differences));
  else for (const difference of differences) say(differenceText(difference, paint));
  return differences.length === 0 ? 0 : 1;
}

function query({ file, path, json }: MapCommand & { readonly kind: "query" }): number {
  const found = queryParamMap(mapIn(read(file)), path);
  if (json) say(jsonText(found));
  else for (const { number, text } of found) say(`${number}: ${printable(text)}\n`);
  if (found.length === 0) process.stderr.write(`No line of ${file} holds a parameter that is, or is below, or fits ${path}\n`);
  return found.length === 0 ? 1 : 0;
}

function tr369({ file, json, output }: MapCommand & { readonly kind: "tr369" }): number {
  const octets = read(file);
  const map = mapIn(octets);
  const states = tr369States(map);
  const missing = states.filter(({ state }) => state.kind === "missing").length;
  const differing = states.filter(({ state }) => state.kind === "differs").length;
  // Where the map itself goes to standard output, what is said about it goes beside it.
  const beside = output === "-" ? process.stderr : process.stdout;
  const paint = paintFor(beside);
  if (json) say(jsonText(states));
  else {
    for (const { published, state } of states) beside.write(tr369Text(published, state, paint));
    const outcome = output === undefined ? "missing" : "added";
    beside.write(
      `${states.length - missing - differing} of ${states.length} lines there, ${missing} ${outcome}, ${differing} different\n`,
    );
  }
  // Octets behind octets: whatever the file holds, no other line of it changes.
  if (output !== undefined) write(output, Buffer.concat([octets, Buffer.from(tr369Additions(map))]));
  return differing === 0 && (missing === 0 || output !== undefined) ? 0 : 1;
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw new NoFile(
      `${file === "-" ? "Standard input" : file} cannot be read: ${reason(error)}; the path is relative to ${process.cwd()}`,
    );
  }
}

function write(file: string, octets: Buffer): void {
  try {
    writeFileSync(file === "-" ? 1 : file, octets);
  } catch (error) {
    throw new NoFile(`${file} cannot be written: ${reason(error)}`);
  }
}

const reason = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
      return "its permissions forbid it";
    default:
      return error instanceof Error ? error.message : String(error);
  }
};

const mapIn = (octets: Buffer): ParamMap => parseParamMap(octets.toString("utf8"));

const paintFor = (stream: NodeJS.WriteStream): Paint => (stream.isTTY && !process.env.NO_COLOR ? COLOURED : PLAIN);

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function say(text: string): void {
  process.stdout.write(text);
}
