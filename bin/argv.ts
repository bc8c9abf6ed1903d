import { nearest } from "./nearest.ts";
import { quoted } from "./npm.ts";

/** A flag that one of our programs takes. */
export interface Flag {
  /** Without dashes: `known-failures`. */
  readonly name: string;
  /** One letter, taken with a single dash. */
  readonly short?: string;
  /** Present when the flag takes a value: what the help text shows for it. An `optional` one may be left out. */
  readonly value?: { readonly shown: string; readonly optional?: true };
  /** What it does, for the help text. */
  readonly says: string;
}

/** One thing on a command line. */
export type Word<F extends Flag> =
  /** `typed` is the flag as it was typed, with its dashes and without its value; `words` are the one or two words that it took. */
  | {
      readonly kind: "flag";
      readonly flag: F;
      readonly typed: string;
      readonly value: string | undefined;
      readonly words: readonly string[];
    }
  | { readonly kind: "needs-value"; readonly flag: F; readonly typed: string }
  | { readonly kind: "takes-none"; readonly flag: F; readonly typed: string; readonly value: string }
  | { readonly kind: "unknown"; readonly typed: string }
  | { readonly kind: "stray"; readonly word: string };

/**
 * Reads a command line strictly: nothing is guessed, skipped or taken for something else. `--name=value`, `--name value`, `-t value`
 * and `-tvalue` are the same; a value that begins with a dash needs the `=`.
 *
 * @param find the flag of a name, or of a letter, as it was typed without dashes
 */
export function readWords<F extends Flag>(argv: readonly string[], find: (name: string) => F | undefined): readonly Word<F>[] {
  const read: Word<F>[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const parts = split(word);
    if (parts === undefined) {
      read.push({ kind: "stray", word });
      continue;
    }
    const { typed, name, inline } = parts;
    const flag = find(name);
    if (flag === undefined) read.push({ kind: "unknown", typed });
    else if (flag.value === undefined)
      read.push(
        inline === undefined
          ? { kind: "flag", flag, typed, value: undefined, words: [word] }
          : { kind: "takes-none", flag, typed, value: inline },
      );
    else if (inline === "") read.push({ kind: "needs-value", flag, typed });
    else if (inline !== undefined || flag.value.optional === true)
      read.push({ kind: "flag", flag, typed, value: inline, words: [word] });
    else if (rest[0] === undefined || rest[0] === "" || rest[0].startsWith("-")) read.push({ kind: "needs-value", flag, typed });
    else {
      const value = rest.shift() ?? "";
      read.push({ kind: "flag", flag, typed, value, words: [word, value] });
    }
  }
  return read;
}

function split(word: string): { readonly typed: string; readonly name: string; readonly inline: string | undefined } | undefined {
  const [, name, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
  if (name !== undefined) return { typed: `--${name}`, name, inline };
  const [, letter, behind, attached] = /^-([^-=])(?:=([\s\S]*)|([\s\S]+))?$/.exec(word) ?? [];
  return letter === undefined ? undefined : { typed: `-${letter}`, name: letter, inline: behind ?? attached };
}

/** What is wrong with a command line, and what to type instead. */
export interface Mistake {
  readonly message: string;
  readonly instead?: string;
}

/**
 * What is wrong with a word, as far as the flags alone tell.
 *
 * @param argv the whole command line, for the corrected one
 * @param command what stands before the flags, `npm test --`
 */
export function mistakeIn<F extends Flag>(
  word: Word<F>,
  flags: readonly Flag[],
  argv: readonly string[],
  command: string,
): Mistake | undefined {
  switch (word.kind) {
    case "unknown": {
      const names = flags.map(({ name }) => name);
      const meant = nearest(word.typed.replace(/^-+/, ""), names);
      if (meant === undefined) return { message: `there is no flag ${word.typed}`, instead: `${command} --help` };
      const corrected = argv.map((one) => (split(one)?.typed === word.typed ? one.replace(word.typed, `--${meant}`) : one));
      return {
        message: `there is no flag ${word.typed}: did you mean --${meant}?`,
        instead: [command, ...corrected.map(quoted)].join(" "),
      };
    }
    case "needs-value":
      return { message: `${word.typed} needs a value`, instead: `${command} ${word.typed}=${word.flag.value?.shown ?? ""}` };
    case "takes-none":
      return {
        message: `${word.typed} takes no value, and ${JSON.stringify(word.value)} stands behind it`,
        instead: `${command} ${word.typed}`,
      };
    case "stray":
      return { ...standsAlone(word.word), instead: `${command} --help` };
    case "flag":
      return undefined;
  }
}

/** What is said of a word that belongs to no flag. */
export const standsAlone = (word: string): Mistake => ({
  message: `${JSON.stringify(word)} stands alone, and a word without a flag means nothing here`,
});

/** How a flag is typed: `--target=ADDRESS`, `-t, --testNamePattern=PATTERN`. */
export function shownFlag({ name, short, value }: Flag): string {
  const behind = value === undefined ? "" : value.optional === true ? `[=${value.shown}]` : `=${value.shown}`;
  return `${short === undefined ? "" : `-${short}, `}--${name}${behind}`;
}

/** A table of flags as a help text shows it. */
export function flagTable(flags: readonly Flag[]): readonly string[] {
  const width = Math.max(...flags.map((flag) => shownFlag(flag).length));
  return flags.map((flag) => `  ${shownFlag(flag).padEnd(width)}  ${flag.says}`);
}
