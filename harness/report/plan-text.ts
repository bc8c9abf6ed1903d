import { inWords, type PlannedCase, SLOW } from "../run/plan.ts";

export interface PlanTextOptions {
  /** Whom the run would examine: `the embedded simulated phone`, `192.168.1.20 with profiles/snom.yaml`. */
  readonly target: string;
  /** True when the phone's time is virtual: waiting costs nothing then. */
  readonly virtual: boolean;
  /** Seconds that the phone takes to come back after a reboot or a reset. */
  readonly rebootSeconds?: number;
}

/** Real seconds that a case takes besides its waits: a few sessions with a phone in the same network, or in this process. */
const PER_CASE = { device: 1.5, virtual: 0.03 };
const REBOOT_SECONDS = 60;

/** What `--plan` prints: what would run and in which order, what would not and why, how long, and what is done to the phone. */
export function planText<Bench>(planned: readonly PlannedCase<Bench>[], options: PlanTextOptions): string {
  const running = planned.filter(({ applicable }) => applicable === true).map((one) => one.case);
  const rough = running.filter(({ disturbs }) => disturbs !== undefined && disturbs !== "nothing");
  const slow = running.filter(({ waits }) => (waits ?? 0) > SLOW);
  const width = Math.max(0, ...running.map(({ id }) => id.length));
  const lines = [`Plan for ${options.target}. Nothing is sent.`, ""];
  let area = "";
  for (const one of running) {
    const heading = one.passive === true ? "Judged on everything recorded" : areaOf(one.id);
    if (heading !== area) lines.push(...(area === "" ? [] : [""]), heading);
    area = heading;
    const marks = [
      one.disturbs !== undefined && one.disturbs !== "nothing" ? one.disturbs : "",
      (one.waits ?? 0) > 0 && !options.virtual ? `waits ${inWords(one.waits ?? 0)}` : "",
    ].filter((mark) => mark !== "");
    lines.push(`  ${one.id.padEnd(width)}  ${one.title}${marks.length > 0 ? `  [${marks.join(", ")}]` : ""}`);
  }
  lines.push("", ...leftOut(planned));
  lines.push(`${running.length} cases would run, ${planned.length - running.length} would not.`);
  lines.push(`Estimated length: about ${inWords(Math.ceil(estimate(running, options)))}.`);
  for (const kind of [...new Set(rough.map(({ disturbs }) => disturbs))])
    lines.push(disturbing(rough.filter(({ disturbs }) => disturbs === kind).length, kind ?? ""));
  if (rough.length === 0) lines.push("No case reboots, resets or cuts off the phone.");
  if (slow.length > 0 && !options.virtual)
    lines.push(`Slow: ${slow.map((one) => `${one.id} (${inWords(one.waits ?? 0)})`).join(", ")}.`);
  return `${lines.join("\n")}\n`;
}

function leftOut<Bench>(planned: readonly PlannedCase<Bench>[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { case: one, applicable } of planned)
    if (applicable !== true) byReason.set(applicable.reason, [...(byReason.get(applicable.reason) ?? []), one.id]);
  if (byReason.size === 0) return [];
  return ["Would not run", ...[...byReason].flatMap(([reason, ids]) => [`  ${reason}`, ...ids.map((id) => `    ${id}`)]), ""];
}

function estimate(running: readonly PlannedCase<never>["case"][], options: PlanTextOptions): number {
  if (options.virtual) return running.length * PER_CASE.virtual + 2;
  const reboots = running.filter(({ disturbs }) => disturbs !== undefined && disturbs !== "nothing").length;
  const waiting = running.reduce((sum, { waits }) => sum + (waits ?? 0), 0);
  return running.length * PER_CASE.device + waiting + reboots * (options.rebootSeconds ?? REBOOT_SECONDS);
}

const areaOf = (id: string): string => id.split(".").slice(0, 2).join(" ");
const disturbing = (count: number, kind: string): string =>
  `${count} ${count === 1 ? "case disturbs" : "cases disturb"} the phone: ${kind}.`;
