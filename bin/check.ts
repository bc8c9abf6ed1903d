import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { inWords } from "../harness/run/plan.ts";
import { type Flag, flagTable, type Mistake, mistakeIn, readWords } from "./argv.ts";
import { forgottenDashes, npmCommand, SWALLOWED } from "./npm.ts";
import { INTERRUPTED, WRONG_USAGE, wrongUsage } from "./usage.ts";

// The project's own tests: types, lint, unit and property tests, and the proof that the suite can fail.

const PROOF = "the proof that the suite can fail";
const ROOT = resolve(import.meta.dirname, "..");

interface Step {
  readonly name: string;
  /** A program of node_modules/.bin, or `node`. */
  readonly command: readonly [string, ...string[]];
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Done extends Counts {
  readonly step: Step;
  readonly milliseconds: number;
  readonly output: string;
}

/** Two at a time: the tests and the proof use several cores by themselves. */
const AT_ONCE = 2;

/** What is handed on to the proof; only the proof is run then. */
const PROOF_FLAGS: readonly Flag[] = [
  { name: "write", says: "writes docs/trust.md anew" },
  { name: "mutant", value: { shown: "TEXT" }, says: "proves only mutants whose id contains this" },
  { name: "variant", value: { shown: "TEXT" }, says: "proves only variants whose id contains this" },
  {
    name: "thorough",
    says: "runs every case against every mutant, not only those that it can change, and every variant by itself",
  },
];
const FLAGS: readonly Flag[] = [...PROOF_FLAGS, { name: "help", short: "h", says: "shows this text" }];

const HELP = `The project's own tests: types, lint, unit and property tests, and the proof that the suite can fail

  npm run check
  npm run check -- --mutant=inform

Flags, with each of which only the proof is run
${flagTable(FLAGS).join("\n")}
`;

/** In the order in which they begin. A step that prints `N passed, N failed`, or vitest's summary, counts for so many; any other for one. */
const STEPS: readonly Step[] = [
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "format and lint", command: ["biome", "check", "."] },
  { name: "promises", command: ["oxlint", "--type-aware"] },
  { name: "unit and property tests", command: ["vitest", "run"] },
  { name: PROOF, command: ["node", "--import", "tsx", "trust/prove.ts"] },
];

/** What a step's output says it counted. */
function countsIn(output: string, succeeded: boolean): Counts {
  const one = succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const plain = [...output.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);
  const tests = /^\s*Tests\s+(?:(\d+) failed \| )?(?:(\d+) passed)?/m.exec(output);
  const [passed, failed] = plain !== undefined ? [plain[1], plain[2]] : [tests?.[2], tests?.[1]];
  if (passed === undefined && failed === undefined) return one;
  // A step that ends badly though nothing it counted failed has failed all the same.
  return { passed: Number(passed ?? 0), failed: succeeded ? 0 : Math.max(1, Number(failed ?? 0)) };
}

const children = new Set<ChildProcess>();

// Whoever ends the check ends its steps with it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => {
    for (const child of children) child.kill(signal);
    process.exit(INTERRUPTED);
  });

function run(step: Step): Promise<Done> {
  const [program, ...args] = step.command;
  const started = performance.now();
  const file = program === "node" ? process.execPath : join(ROOT, "node_modules/.bin", program);
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(child);
    const keep = (data: Buffer): void => {
      output += data.toString();
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const end = (succeeded: boolean): void =>
      resolve({ step, milliseconds: performance.now() - started, output, ...countsIn(output, succeeded) });
    child.on("error", (error) => {
      output += error.message;
      end(false);
    });
    child.on("close", (code) => {
      children.delete(child);
      end(code === 0);
    });
  });
}

function tell({ step, milliseconds, output, passed, failed }: Done): void {
  const counted = passed + failed > 1 ? `, ${passed} passed, ${failed} failed` : "";
  process.stdout.write(`${failed === 0 ? "✓" : "✗"} ${step.name} (${inWords(milliseconds / 1000)}${counted})\n`);
  if (failed > 0) process.stdout.write(`\n${output.trimEnd()}\n\n`);
}

/** The steps that the command line asks for, or what is wrong with it. */
function stepsOf(argv: readonly string[]): readonly Step[] | Mistake | "help" {
  const command = npmCommand(process.env, "check");
  const swallowable = FLAGS.map(({ name, value }) => ({ flag: `--${name}`, takesValue: value !== undefined }));
  const forgotten = forgottenDashes(argv, process.env, swallowable);
  if (forgotten !== undefined) return { message: SWALLOWED, instead: forgotten };
  const words = readWords(argv, (name) => FLAGS.find((flag) => flag.name === name || flag.short === name));
  for (const word of words) {
    const mistake = mistakeIn(word, FLAGS, argv, command);
    if (mistake !== undefined) return mistake;
  }
  if (words.some((word) => word.kind === "flag" && word.flag.name === "help")) return "help";
  if (argv.length === 0) return STEPS;
  return STEPS.filter(({ name }) => name === PROOF).map((step) => ({ ...step, command: [...step.command, ...argv] }));
}

async function main(): Promise<number> {
  const steps = stepsOf(process.argv.slice(2));
  if (steps === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  if ("message" in steps) {
    process.stderr.write(wrongUsage(steps));
    return WRONG_USAGE;
  }
  const waiting = [...steps];
  const done: Done[] = [];
  const lane = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const one = await run(step);
      done.push(one);
      tell(one);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const total = (of: keyof Counts): number => done.reduce((sum, one) => sum + one[of], 0);
  process.stdout.write(`${total("passed")} passed, ${total("failed")} failed\n`);
  return total("failed") === 0 ? 0 : 1;
}

process.exitCode = await main();
