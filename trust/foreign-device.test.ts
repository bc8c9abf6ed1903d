import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { RunResult } from "../harness/run/result.ts";

// A device that is reached by nothing but its profile and the hooks in it: a process of its own, on real sockets and in real time.

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "assay-foreign-"));
const own = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|CI$|FORCE_COLOR)/.test(name));
const env = { ...Object.fromEntries(own), DEVICE_FOLDER: join(folder, "device") };

afterAll(() => {
  execFileSync("sh", ["profiles/hooks/generic-device.sh", "stop"], { cwd: root, env });
  rmSync(folder, { recursive: true });
});

const CASES = [
  "usp.get.object",
  "usp.set.by-key",
  "usp.operate.reboot",
  "usp.boot.power-cycle",
  "usp.boot.local-reset",
  "usp.operate.factory-reset",
];

test("the generic device as a process is started, rebooted, cut off and reset by hooks", { timeout: 240_000 }, async () => {
  const report = join(folder, "report");
  const flags = ["--target=127.0.0.1", "--profile=profiles/generic-usp.yaml", `--case=${CASES.join(",")}`];
  const child = spawn(process.execPath, ["--import", "tsx", "bin/assay.ts", ...flags, `--report-folder=${report}`], {
    cwd: root,
    env,
    stdio: "ignore",
  });
  const code = await new Promise<number | null>((ended) => child.once("close", ended));
  const { cases } = JSON.parse(readFileSync(join(report, "result.json"), "utf8")) as RunResult;
  expect([code, cases.map(({ id, verdict }) => `${id} ${verdict}`).sort()]).toEqual([0, CASES.map((id) => `${id} pass`).sort()]);
  const told = (id: string): readonly string[] => cases.find((one) => one.id === id)?.steps ?? [];
  const done = (hook: string): unknown => expect.stringMatching(`^the hook ${hook} is done; it printed: the device runs as`);
  expect(told("usp.operate.reboot")).toContainEqual(done("reboot"));
  expect(told("usp.boot.power-cycle")).toContainEqual(done("powerCycle"));
  expect(told("usp.boot.local-reset")).toContainEqual(done("localReset"));
});
