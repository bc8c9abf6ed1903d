import { spawn } from "node:child_process";
import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import { type Clock, realClock, within } from "../core/clock.ts";
import type { Access } from "./driver.ts";
import type { Hands } from "./hands.ts";
import type { Hook, HookName, Reach } from "./profile.ts";

/** Characters of a hook's output that are kept, from its end. */
const KEPT = 2_000;

export interface HookOptions {
  readonly clock: Clock;
  readonly hooks: Reach["hooks"];
  /** Address of the phone, when it is known. */
  readonly host: string | undefined;
  note(text: string): void;
}

/** The profile's hooks as hands at the device; undefined when there are none. */
export function handsOf(options: HookOptions): Hands | undefined {
  const { hooks, host } = options;
  if (Object.keys(hooks).length === 0) return undefined;
  const doing =
    (name: HookName, hook: Hook) =>
    (access: Access, more: Readonly<Record<string, string>> = {}): Promise<void> =>
      runHook(name, hook, { ...variables(host, access), ...more }, options);
  const named = (name: Exclude<HookName, "localChange">) => {
    const hook = hooks[name];
    return hook === undefined ? {} : { [name]: doing(name, hook) };
  };
  const { localChange } = hooks;
  return {
    ...named("start"),
    ...named("powerCycle"),
    ...named("reboot"),
    ...named("factoryReset"),
    ...named("localReset"),
    ...named("stop"),
    ...(localChange === undefined
      ? {}
      : {
          localChange: (access, { parameter, setting }, value) =>
            doing("localChange", localChange)(access, {
              ASSAY_PARAMETER: parameter,
              ASSAY_SETTING: setting,
              ASSAY_VALUE: value,
            }),
        }),
  };
}

function variables(
  host: string | undefined,
  { url, username, password, usp, authority, connectionRequest }: Access,
): Record<string, string> {
  return {
    ASSAY_TARGET: host ?? "",
    ASSAY_ACS_URL: url,
    ASSAY_ACS_USERNAME: username,
    ASSAY_ACS_PASSWORD: password,
    ASSAY_AUTHORITY: authority ?? "",
    ASSAY_USP_URL: usp?.url ?? "",
    ASSAY_USP_MTP: usp?.mtp ?? "",
    ASSAY_USP_MQTT_VERSION: usp?.mqtt?.version ?? "",
    ASSAY_USP_TOPIC: usp?.mqtt?.topic ?? "",
    ASSAY_USP_AGENT_TOPIC: usp?.mqtt?.agentTopic ?? "",
    ASSAY_USP_USERNAME: usp?.mqtt?.credentials?.username ?? "",
    ASSAY_USP_PASSWORD: usp?.mqtt?.credentials?.password ?? "",
    ASSAY_USP_ENDPOINT_ID: usp?.endpointId ?? "",
    ASSAY_CONNECTION_REQUEST_USERNAME: connectionRequest.username,
    ASSAY_CONNECTION_REQUEST_PASSWORD: connectionRequest.password,
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
