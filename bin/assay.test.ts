import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

// The command line as a person meets it: a process with arguments, an exit code, and what it prints.

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "assay-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

function start(
  program: string,
  args: readonly string[],
  onOutput: (out: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
): Promise<Ended> {
  // What npm made of the command line that runs these tests is not ours.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|CI$|FORCE_COLOR)/.test(name)));
  const child = spawn(process.execPath, ["--import", "tsx", join("bin", program), ...args], { cwd: root, env });
  return new Promise((ended) => {
    let out = "";
    let error = "";
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      onOutput(out, (signal) => child.kill(signal));
    });
    child.stderr.on("data", (data: Buffer) => {
      error += data.toString();
    });
    child.on("close", (code) => ended({ code, out, error }));
  });
}

const assay = (...args: string[]): Promise<Ended> => start("assay.ts", args);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test.concurrent("what cannot be run is refused with 64, says why, and prints nothing else", { timeout: 90_000 }, async () => {
  const profile = file("profile.yaml", "name: x\nreach: { driver: snom }\nclaims: { uplaod: true }\n");
  const ended = await Promise.all([
    assay("--tagret=127.0.0.1"),
    assay(`--profile=${profile}`),
    start("phone.ts", ["--asc=http://127.0.0.1/"]),
  ]);
  expect(ended.map(({ code, out }) => ({ code, out }))).toEqual(ended.map(() => ({ code: 64, out: "" })));
  expect(ended.map(({ error }) => error.replaceAll(`${folder}/`, ""))).toEqual([
    "\nNothing was run: there is no flag --tagret: did you mean --target?\n\nType: npm test -- --target=127.0.0.1\n",
    "\nNothing was run: the profile is not valid.\n  profile.yaml, line 3, column 11: claims.uplaod is no field of a profile; did you mean upload?\n",
    "\nNothing was run: there is no flag --asc: did you mean --acs?\n\nType: npm run phone -- --acs=http://127.0.0.1/\n",
  ]);
});

test.concurrent("--list and --plan send nothing and end with 0", { timeout: 90_000 }, async () => {
  const [list, plan] = await Promise.all([assay("--list", "--case=cwmp.http.*"), assay("--plan", "--case=cwmp.http.*")]);
  expect([list.code, plan.code]).toEqual([0, 0]);
  expect(list.out).toMatch(/^cwmp\.http\.version +\S.*\n/);
  expect(plan.out).toContain("Plan for the embedded simulated phone with profiles/snom.yaml. Nothing is sent.");
});

test.concurrent("the embedded phone is examined in virtual time, and the last line is plain", { timeout: 90_000 }, async () => {
  const { code, out, error } = await assay("--case=cwmp.http.*", `--report-folder=${join(folder, "embedded")}`);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toContain("conformant in everything that was judged (exit code 0)");
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/^\d+ passed, 0 failed, 0 skipped$/);
});

test.concurrent("Ctrl-C while the phone is waited for ends the run with 130 and a complete report", {
  timeout: 90_000,
}, async () => {
  const report = join(folder, "interrupted");
  const profile = file("nobody.yaml", "name: nobody\nreach: { driver: generic, acs: { listen: '127.0.0.1:0' } }\n");
  const args = [`--profile=${profile}`, "--case=cwmp.http.*", `--report-folder=${report}`];
  const { code, out } = await start("assay.ts", args, (said, kill) => {
    if (said.includes("point the device to") && !said.includes("Ctrl-C:")) kill("SIGINT");
  });
  expect(code).toBe(130);
  expect(out).toContain("interrupted by Ctrl-C; what was judged stands (exit code 130)");
  const { cases } = JSON.parse(readFileSync(join(report, "result.json"), "utf8")) as { cases: { reason?: string }[] };
  expect(new Set(cases.map(({ reason }) => reason))).toEqual(new Set(["not run: interrupted"]));
});

test.concurrent("a target where nothing listens gives a complete report in which nothing is green", {
  timeout: 90_000,
}, async () => {
  const report = join(folder, "dead");
  const { code, out } = await assay("--target=127.0.0.1:9", "--case=cwmp.http.*", `--report-folder=${report}`);
  expect(code).toBe(2);
  expect(out).toContain("The phone cannot be reached.");
  expect(out.trimEnd().split("\n").at(-1)).toMatch(/^0 passed, 0 failed, 0 skipped, \d+ inconclusive$/);
  const result = JSON.parse(readFileSync(join(report, "result.json"), "utf8")) as {
    cases: { verdict: string; reason: string }[];
  };
  expect(new Set(result.cases.map(({ verdict }) => verdict))).toEqual(new Set(["inconclusive"]));
  expect(result.cases[0]?.reason).toMatch(
    /^the phone was never reached: nothing answers at 127\.0\.0\.1:9, .*connection refused/,
  );
});
