import { createRequire } from "node:module";
import { resolve } from "node:path";
import { createVitest, parseCLI, type Vitest, version } from "vitest/node";
import { Redactor } from "../harness/report/redact.ts";
import type { Screen } from "../harness/report/terminal.ts";
import { openReport, type Report } from "../harness/report/writers.ts";
import { exitCode, type TargetInfo } from "../harness/run/result.ts";
import { cases, requirements, tp469Plan } from "../suites/index.ts";
import { addressText } from "./address.ts";
import type { Mistake } from "./argv.ts";
import { claimFolder } from "./folder.ts";
import type { Job } from "./job.ts";
import { quoted } from "./npm.ts";
import type { Prepared } from "./prepare.ts";
import { AssayReporter } from "./reporter.ts";
import { againCommand, INTERRUPTED, suiteVersion } from "./usage.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** npm, a shell and the terminal may each pass on one Ctrl-C: what comes within so many real milliseconds is the same one. */
const SAME_SIGNAL = 700;

/** Shows the cursor, which vitest hides. */
const CURSOR = "\u001b[?25h\n";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs the planned cases through vitest, with all reports.
 *
 * @returns the exit code of docs/verdicts.md, computed from the verdicts (vitest's own says less), or why nothing was run
 */
export async function runCases(prepared: Prepared, job: Job): Promise<number | Mistake> {
  const claim = claimFolder(job.reportFolder);
  if (claim.kind === "taken")
    return {
      message: `process ${claim.by} is a run that writes its report into ${job.reportFolder}; give this one a folder of its own`,
      instead: `npm test -- --report-folder=${quoted(`${job.reportFolder}-2`)} …`,
    };
  try {
    return await runIn(prepared, job);
  } finally {
    claim.release();
  }
}

async function runIn({ request, profile, planned }: Prepared, job: Job): Promise<number | Mistake> {
  const reporter = new AssayReporter(job.channel);
  const before = new Map(SIGNALS.map((signal) => [signal, new Set(process.listeners(signal))]));
  const vitest = await startVitest(request.vitest, job, reporter);
  if ("message" in vitest) return vitest;
  // vitest ends the process at once, with the phone left as it is: its handlers go, ours come.
  for (const [signal, others] of before)
    for (const listener of process.listeners(signal)) if (!others.has(listener)) process.off(signal, listener);
  const report = openReport(job.reportFolder, {
    suiteVersion: suiteVersion(),
    target: targetOf(job),
    seed: job.seed,
    cases: planned.map(({ case: one, applicable }) => ({
      ...one,
      ...(applicable === true ? {} : { notApplicable: applicable.reason }),
    })),
    requirement: (id) => requirements.get(id),
    knownFailures: job.knownFailures,
    gate: request.gate,
    yardstick: request.yardstick,
    certification: tp469Plan(cases),
    command: (id) => againCommand(request, job.seed, id),
    terminal: screen(request.color),
    redactor: new Redactor(profile.secrets),
  });
  reporter.reportTo(report);
  const interruption = onSignals(report, reporter);
  await vitest.start();
  if (vitest.config.ui && !interruption.happened) await untilClosed(report, interruption);
  await vitest.close();
  await reporter.close();
  const { faults } = reporter;
  const result = await report.finish(interruption.happened ? { interrupted: interruption.by, faults } : { faults });
  return interruption.happened ? INTERRUPTED : exitCode(result, { gate: request.gate });
}

/** vitest, ready to start, or what it does not like about its flags. */
async function startVitest(handed: readonly string[], job: Job, reporter: AssayReporter): Promise<Vitest | Mistake> {
  if (handed.includes("--ui") && !isInstalled("@vitest/ui"))
    return { message: "--ui needs the package @vitest/ui", instead: `npm install --no-save @vitest/ui@${version}` };
  try {
    return await createVitest("test", vitestOptions(handed, job, reporter), { logLevel: "error" });
  } catch (error) {
    return { message: `vitest does not take its flags: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function vitestOptions(handed: readonly string[], job: Job, reporter: AssayReporter): Parameters<typeof createVitest>[1] {
  const { options } = parseCLI(["vitest", "run", ...handed]);
  const { reporter: theirs, ...rest } = options as typeof options & { readonly reporter?: string | string[] };
  const others = theirs === undefined ? [] : typeof theirs === "string" ? [theirs] : theirs;
  return {
    ...rest,
    root: ROOT,
    config: false,
    include: ["bin/cases.spec.ts"],
    provide: { job },
    reporters: [reporter, ...others],
    watch: rest.ui === true,
    // One phone, one worker, in a thread: bench and phone live in it, and it is torn down in order when the run is interrupted.
    pool: "threads",
    // See register.mjs.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    setupFiles: ["bin/register.mjs"],
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    // Each case has its own limits, see harness/run/runner.ts.
    testTimeout: 0,
    hookTimeout: 0,
  };
}

interface Interruption {
  readonly happened: boolean;
  readonly by: string;
  /** Called at the first signal. */
  onFirst: () => void;
}

/** The first signal ends the run in order, the second one at once. */
function onSignals(report: Report, reporter: AssayReporter): Interruption {
  const state = { happened: false, by: "", at: 0, onFirst: (): void => {} };
  for (const signal of SIGNALS)
    process.on(signal, () => {
      const now = Date.now();
      if (state.happened && now - state.at < SAME_SIGNAL) return;
      if (state.happened) {
        if (process.stdout.isTTY) process.stdout.write(CURSOR);
        process.exit(INTERRUPTED);
      }
      Object.assign(state, { happened: true, by: signal === "SIGINT" ? "Ctrl-C" : signal, at: now });
      report.note(`${state.by}: the running case ends and the phone gets its settings back; once more ends everything at once`);
      reporter.interrupt();
      state.onFirst();
    });
  return state;
}

/** vitest's page stays until Ctrl-C; the reports hold the first run. */
async function untilClosed(report: Report, interruption: Interruption): Promise<void> {
  report.note("vitest's page stays open until Ctrl-C; the reports hold this first run");
  await new Promise<void>((closed) => {
    interruption.onFirst = closed;
  });
}

/** What is known of the target before the phone has spoken. */
function targetOf({ target, profile }: Job): TargetInfo {
  const { kind } = target;
  const address =
    target.kind === "simulator"
      ? "embedded"
      : target.address === undefined
        ? "the device that contacts the ACS"
        : addressText(target.address);
  return { kind, address, profile, manufacturer: "", model: "", softwareVersion: "", serialNumber: "" };
}

function screen(color: boolean | undefined): Screen {
  const { stdout, env } = process;
  const live = stdout.isTTY === true && env.TERM !== "dumb" && env.CI === undefined;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0";
  // Whoever reads our output may go away (`| head`): the run goes on, and the reports are complete.
  stdout.on("error", () => {});
  return {
    write: (text) => stdout.write(text),
    color: color ?? (forced || (stdout.isTTY === true && (env.NO_COLOR ?? "") === "")),
    live,
    get columns() {
      // Some pseudo terminals say 0.
      return stdout.columns > 0 ? stdout.columns : 100;
    },
  };
}
