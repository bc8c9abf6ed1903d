import { planText } from "../harness/report/plan-text.ts";
import { addressText } from "./address.ts";
import type { Mistake } from "./argv.ts";
import { type Request, readCommand } from "./flags.ts";
import { isVirtual } from "./job.ts";
import { list, type Prepared, prepare, reach } from "./prepare.ts";
import { helpText, suiteVersion, WRONG_USAGE, wrongUsage } from "./usage.ts";

/** `npm test` and `npm run plan`. Gives the exit code. */
async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "wrong":
      return refuse(command);
    case "help":
      return say(helpText());
    case "version":
      return say(`${suiteVersion()}\n`);
    case "list":
      return listCases(command.request);
    case "plan":
      return plan(command.request);
    case "run":
      return run(command.request);
  }
}

function listCases({ selection }: Request): number {
  const fitting = list(selection);
  if ("kind" in fitting) return refuse(fitting);
  const width = Math.max(...fitting.map(({ id }) => id.length));
  return say(fitting.map(({ id, title }) => `${id.padEnd(width)}  ${title}\n`).join(""));
}

function plan(request: Request): number {
  const prepared = prepare(request, "plan");
  if ("kind" in prepared) return refuse(prepared);
  const { planned, job, profile } = prepared;
  return say(
    planText(planned, {
      target: examined(prepared),
      virtual: isVirtual(job.target),
      rebootSeconds: profile.patience.reboot / 2000,
    }),
  );
}

async function run(request: Request): Promise<number> {
  const prepared = prepare(request, "run");
  if ("kind" in prepared) return refuse(prepared);
  const reached = await reach(prepared);
  if ("kind" in reached) return refuse(reached);
  // Loaded only now, because vitest takes its time, and most mistakes and questions need none of it.
  const { runCases } = await import("./run.ts");
  const ended = await runCases(prepared, { ...prepared.job, ...reached });
  return typeof ended === "number" ? ended : refuse(ended);
}

function examined({ job: { target, profile } }: Prepared): string {
  if (target.kind === "simulator") return `the embedded simulated phone with ${profile}`;
  return `${target.address === undefined ? "a phone" : addressText(target.address)} with ${profile}`;
}

function refuse(mistake: Mistake): number {
  process.stderr.write(wrongUsage(mistake));
  return WRONG_USAGE;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

process.exitCode = await main();
