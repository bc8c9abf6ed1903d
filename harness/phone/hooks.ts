import { spawn } from "node:child_process";
import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import { type Clock, realClock, within } from "../core/clock.ts";
import type { Access, Driver } from "./driver.ts";
import type { Hook, Reach } from "./profile.ts";
import type { LocalValue } from "./values.ts";

/** Characters of a hook's output that are kept, from its end. */
const KEPT = 2_000;

export interface HookOptions {
  readonly clock: Clock;
  readonly hooks: Reach["hooks"];
  /** Address of the phone, when it is known. */
  readonly host: string | undefined;
  note(text: string): void;
}

/** Lets the profile's hooks do what they are named for; everything else is left to `driver`. */
export function withHooks(driver: Driver, options: HookOptions): Driver {
  const { hooks } = options;
  const { powerCycle, localChange } = hooks;
  if (Object.keys(hooks).length === 0) return driver;
  let access: Access | undefined;
  const run = (name: keyof Reach["hooks"], hook: Hook, more: Record<string, string> = {}): Promise<void> =>
    runHook(name, hook, { ...variables(options.host, access), ...more }, options);
  return {
    setsCredentials: hooks.start === undefined && driver.setsCredentials,
    get secrets() {
      return driver.secrets;
    },
    get away() {
      return driver.away;
    },
    ...(driver.snom === undefined ? {} : { snom: driver.snom }),
    can: (way) => hooks[way] !== undefined || driver.can(way),
    async start(given) {
      access = given;
      const { start } = hooks;
      await driver.start(given, start === undefined ? undefined : () => run("start", start));
    },
    async provisionAgain() {
      const again = hooks.factoryReset ?? hooks.start;
      if (again === undefined) await driver.provisionAgain();
      else await run(hooks.factoryReset === undefined ? "start" : "factoryReset", again);
    },
    changeLocally: (local: LocalValue, value) =>
      localChange === undefined
        ? driver.changeLocally(local, value)
        : run("localChange", localChange, { ASSAY_PARAMETER: local.parameter, ASSAY_SETTING: local.setting, ASSAY_VALUE: value }),
    powerCycle: () => (powerCycle === undefined ? driver.powerCycle() : run("powerCycle", powerCycle)),
    settle: (resetAt) => driver.settle(resetAt),
    stop: () => driver.stop(),
  };
}

function variables(host: string | undefined, access: Access | undefined): Record<string, string> {
  return {
    ASSAY_TARGET: host ?? "",
    ASSAY_ACS_URL: access?.url ?? "",
    ASSAY_ACS_USERNAME: access?.username ?? "",
    ASSAY_ACS_PASSWORD: access?.password ?? "",
    ASSAY_CONNECTION_REQUEST_USERNAME: access?.connectionRequest.username ?? "",
    ASSAY_CONNECTION_REQUEST_PASSWORD: access?.connectionRequest.password ?? "",
  };
}

/**
 * Runs a hook and notes what it printed. Its time limit is of real time: the clock of the run knows nothing of other processes.
 * @throws Inconclusive `precondition` when it fails or takes too long
 */
export async function runHook(
  name: string,
  hook: Hook,
  env: Readonly<Record<string, string>>,
  { clock, note }: Pick<HookOptions, "clock" | "note">,
): Promise<void> {
  const done = clock.busy();
  // A group of its own, so that what the shell has started ends with it.
  const child = spawn("sh", ["-c", hook.command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => {
      output = (output + data.toString("utf8")).slice(-KEPT);
    });
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => resolve(message));
    child.once("exit", (code, signal) => resolve(code === 0 ? "" : code === null ? `ended by ${signal}` : `exit code ${code}`));
  });
  try {
    const trouble = (await within(realClock, hook.within, ended)) ?? `not done within ${inWords(hook.within)}`;
    const said = output.trim() === "" ? "" : `; it printed: ${output.trim()}`;
    if (trouble !== "") throw new Inconclusive("precondition", `the hook ${name} failed: ${trouble}${said}`);
    if (said !== "") note(`the hook ${name} is done${said}`);
  } finally {
    if (child.exitCode === null && child.pid !== undefined) endGroup(child.pid);
    done();
  }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It has ended by itself meanwhile.
  }
}
