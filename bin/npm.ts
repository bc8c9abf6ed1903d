import { edits } from "../harness/core/closest.ts";

/** A flag as npm may have swallowed it. */
export interface Swallowable {
  /** As it is typed, `--target` or `-t`. */
  readonly flag: string;
  readonly takesValue: boolean;
}

/** What is said when it happened. */
export const SWALLOWED = "npm keeps flags for itself unless -- stands before them";

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = "npm_config_";

/** Names that npm or its users set for reasons of their own and that look like one of ours. */
const OF_NPM = new Set([
  "cache",
  "call",
  "cert",
  "color",
  "os",
  "only",
  "tag",
  "prefix",
  "package",
  "silent",
  "timing",
  "usage",
  "version",
  "versions",
]);

/** Scripts of package.json that are started by `npm run`. */
const RUN = ["plan", "phone", "check"];

/**
 * What one types before the flags: `npm test --`, or `npm run plan --` when that is the script that runs.
 * @param usual the script of this program, when it runs without npm
 */
export function npmCommand(env: Environment, usual = "test"): string {
  const script = env.npm_lifecycle_event ?? usual;
  return RUN.includes(script) ? `npm run ${script} --` : "npm test --";
}

/**
 * The command that was meant when the `--` behind `npm test` was forgotten, or undefined. npm then keeps the flags for itself and leaves
 * nothing but variables in the environment, and words without their flag in the arguments.
 */
export function forgottenDashes(argv: readonly string[], env: Environment, flags: readonly Swallowable[]): string | undefined {
  const given = new Set(argv.filter((word) => word.startsWith("-")).map((word) => word.replace(/=.*$/, "")));
  const firstFlag = argv.findIndex((word) => word.startsWith("-"));
  const words = firstFlag < 0 ? [...argv] : argv.slice(0, firstFlag);
  const rest = firstFlag < 0 ? [] : argv.slice(firstFlag).filter((word) => word !== "--plan");
  const meant: string[] = [];
  for (const name of Object.keys(env)
    .filter((key) => key.startsWith(PREFIX))
    .sort()) {
    const found = flagOf(name.slice(PREFIX.length), flags);
    if (found === undefined || given.has(found.flag)) continue;
    const values = (env[name] ?? "").split("\n\n");
    for (const value of values) meant.push(written(found, value, words));
  }
  return meant.length === 0 ? undefined : [npmCommand(env), ...meant, ...rest].join(" ");
}

function flagOf(name: string, flags: readonly Swallowable[]): Swallowable | undefined {
  const plain = (flag: string): string =>
    flag
      .replace(/^--?(?:no-)?/, "")
      .replaceAll("-", "_")
      .toLowerCase();
  const same = flags.find(({ flag }) => plain(flag) === name);
  if (same !== undefined) return same;
  if (OF_NPM.has(name) || name.length < 4) return undefined;
  return flags.find(({ flag }) => plain(flag).length > 3 && edits(plain(flag), name) <= (plain(flag).length > 4 ? 2 : 1));
}

function written({ flag, takesValue }: Swallowable, value: string, words: string[]): string {
  if (!takesValue) return value === "" ? `${flag}=false` : flag;
  const meant = value === "true" || value === "" ? (words.shift() ?? "…") : value;
  return flag.startsWith("--") ? `${flag}=${quoted(meant)}` : `${flag} ${quoted(meant)}`;
}

/** A word as a shell takes it. */
export const quoted = (word: string): string => (/^[\w@%+=:,./…-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
