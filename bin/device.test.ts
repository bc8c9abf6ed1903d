import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import type { CaseResult } from "../harness/run/result.ts";

// The simulated phone as a program of its own, examined over the network in real time, as a real device is.

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "assay-device-"));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => rmSync(folder, { recursive: true }));

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|CI$|FORCE_COLOR)/.test(name)));

function launch(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", join("bin", program), ...args], { cwd: root, env });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Starts a phone and gives it once its web interface is up. */
function phone(args: readonly string[]): Promise<{ child: ChildProcess; port: string }> {
  const child = launch("phone.ts", ["--port=0", ...args]);
  return new Promise((found) => {
    let said = "";
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString();
      const port = /Web interface +http:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1];
      if (port !== undefined) found({ child, port });
    });
  });
}

interface Examined {
  readonly code: number | null;
  readonly cases: readonly CaseResult[];
}

async function examine(name: string, args: readonly string[], onOutput: (said: string) => void = () => {}): Promise<Examined> {
  const report = join(folder, name);
  const child = launch("assay.ts", [...args, `--report-folder=${report}`]);
  let said = "";
  child.stdout?.on("data", (data: Buffer) => {
    said += data.toString();
    onOutput(said);
  });
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  const { cases } = JSON.parse(readFileSync(join(report, "result.json"), "utf8")) as { cases: CaseResult[] };
  return { code, cases };
}

const verdicts = (cases: readonly CaseResult[]) => [...new Set(cases.map(({ verdict }) => verdict))];

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

test("a Snom phone, and one with a fault", { timeout: 240_000 }, async () => {
  const { port } = await phone([]);
  const sound = await examine("sound", [`--target=127.0.0.1:${port}`, "--case=cwmp.get-parameter-values.*,cwmp.soap.*"]);
  expect([sound.code, verdicts(sound.cases)]).toEqual([0, ["pass"]]);
  const faulty = await phone(["--mutant=gpv-unknown-dropped"]);
  const found = await examine("faulty", [`--target=127.0.0.1:${faulty.port}`, "--case=cwmp.get-parameter-values.{one,case}"]);
  expect(found.code).toBe(1);
  expect(found.cases.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["cwmp.get-parameter-values.one", "pass"],
    ["cwmp.get-parameter-values.case", "fail"],
  ]);
});

test("a device that no driver knows", { timeout: 240_000 }, async () => {
  const port = await freePort();
  const profile = join(folder, "unknown.yaml");
  const generic = readFileSync(join(root, "profiles/generic-cwmp.yaml"), "utf8");
  writeFileSync(profile, generic.replace("0.0.0.0:7547", `127.0.0.1:${port}`));
  await phone([`--acs=http://127.0.0.1:${port}/acs`]);
  const { code, cases } = await examine("unknown", [
    `--profile=${profile}`,
    "--case=cwmp.get-parameter-names.*,cwmp.add-object.*",
  ]);
  expect(code).toBe(0);
  expect(verdicts(cases.filter(({ reason }) => reason === undefined))).toEqual(["pass"]);
  expect(cases.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(35);
});

test("a Snom phone that fetches its settings from the bench", { timeout: 240_000 }, async () => {
  const [acs, settings] = [await freePort(), await freePort()];
  const profile = join(folder, "d8xx.yaml");
  const d8xx = readFileSync(join(root, "profiles/snom-d8xx.yaml"), "utf8");
  writeFileSync(profile, d8xx.replace("0.0.0.0:7547", `127.0.0.1:${acs}`).replace("0.0.0.0:8080", `127.0.0.1:${settings}`));
  let started: Promise<unknown> | undefined;
  const args = [`--profile=${profile}`, "--case=cwmp.get-rpc-methods.*,cwmp.factory-reset.*"];
  const { code, cases } = await examine("d8xx", args, (said) => {
    const url = /let the phone fetch its settings from (\S+):/.exec(said.replace(/\s+/g, " "))?.[1];
    if (url !== undefined) started ??= phone([`--provisioning-server=${url}`]);
  });
  expect([code, started === undefined]).toEqual([0, false]);
  expect(cases.filter(({ verdict }) => verdict === "pass").map(({ area }) => area)).toEqual(
    expect.arrayContaining(["get-rpc-methods", "factory-reset"]),
  );
});

test("a phone that dies in the middle of a run", { timeout: 240_000 }, async () => {
  const profile = join(folder, "impatient.yaml");
  writeFileSync(profile, `${readFileSync(join(root, "profiles/snom.yaml"), "utf8")}\npatience: { contact: 5, reboot: 10 }\n`);
  const { child, port } = await phone([]);
  const args = [`--target=127.0.0.1:${port}`, `--profile=${profile}`, "--case=cwmp.set-parameter-values.*"];
  const { code, cases } = await examine("dying", args, (said) => {
    if (said.includes("25 of ")) child.kill("SIGKILL");
  });
  expect(code).toBe(2);
  expect(verdicts(cases).sort()).toEqual(["inconclusive", "pass"]);
  const lost = cases.filter(({ verdict }) => verdict === "inconclusive");
  expect(lost[0]?.reason).toMatch(/^the phone stopped answering during this case: |connection refused/);
});
