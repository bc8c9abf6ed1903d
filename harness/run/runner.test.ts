import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AnyCase, erase, Inconclusive } from "../core/case.ts";
import { realClock } from "../core/clock.ts";
import { same } from "../core/finding.ts";
import type { Requirement } from "../core/verdict.ts";
import { Redactor } from "../report/redact.ts";
import { Recording } from "../trace/recording.ts";
import type { RunnerBench } from "./bench.ts";
import { Runner, type RunnerOptions } from "./runner.ts";

const row: Requirement = { id: "T:1#a", keyword: "MUST", who: "CPE", says: "says a", status: { kind: "tested" } };

function benched(answers = true): RunnerBench & { probes: number } {
  return {
    clock: realClock,
    recording: new Recording(),
    probes: 0,
    settle: () => Promise.resolve([]),
    probe() {
      this.probes += 1;
      return Promise.resolve(answers ? { answers } : { answers, reason: "no Inform within 5 s" });
    },
  };
}

/** What a phone that says something leaves in the recording. */
function heard(bench: RunnerBench): void {
  const connection = bench.recording.connection({
    purpose: "cwmp",
    tls: false,
    openedBy: "phone",
    harness: { address: "127.0.0.1", port: 1 },
    phone: { address: "127.0.0.1", port: 2 },
    openedAt: 1,
  });
  const raw = Buffer.from("POST / HTTP/1.1\r\nX-Token: geheimes-wort\r\n\r\n");
  connection.received(2, raw);
  bench.recording.exchange((number) => ({
    connection: connection.record.number,
    session: 1,
    where: `POST #${number}`,
    request: {
      method: "POST",
      target: "/",
      version: "1.1",
      headers: [["X-Token", "geheimes-wort"]],
      body: Buffer.alloc(0),
      raw,
      omitted: 0,
      startedAt: 2,
      endedAt: 2,
      envelope: undefined,
    },
  }));
}

type Drive = (bench: RunnerBench) => Promise<string>;
const one = (id: string, drive: Drive, more: Partial<AnyCase<RunnerBench>> = {}): AnyCase<RunnerBench> => ({
  ...erase<RunnerBench, string>({
    id,
    title: `does ${id}`,
    proves: ["T:1#a"],
    drive,
    *judge(seen) {
      yield same("T:1#a", { value: seen, where: "POST #1" }, "good");
    },
  }),
  ...more,
});

const runnerOn = (bench: RunnerBench, more: Partial<RunnerOptions<RunnerBench>> = {}) => {
  const runner = new Runner<RunnerBench>({ bench, requirements: new Map([[row.id, row]]), ...more });
  return (planned: AnyCase<RunnerBench>) => runner.run({ case: planned, applicable: true });
};

test("a case comes to pass, fail or inconclusive, and a fault of ours never counts against the phone", async () => {
  const run = runnerOn(benched());
  expect(await run(one("t.a.pass", async () => "good"))).toMatchObject({ verdict: "pass", area: "a", protocol: "t" });
  expect(await run(one("t.a.fail", async () => "bad"))).toMatchObject({
    verdict: "fail",
    findings: [{ keyword: "MUST", expected: '"good"', actual: '"bad"' }],
  });
  const precondition = () => Promise.reject(new Inconclusive("precondition", "no value to set"));
  expect(await run(one("t.a.pre", precondition))).toMatchObject({ verdict: "inconclusive", reason: "no value to set" });
  expect(await run(one("t.a.throws", () => Promise.reject(new TypeError("oops"))))).toMatchObject({
    verdict: "inconclusive",
    reason: "harness fault: oops",
  });
  const judge = function* () {
    yield same("T:1#unknown", { value: "x", where: "" }, "x");
  };
  expect((await run(one("t.a.unknown", async () => "good", { judge }))).reason).toContain(
    "no ledger has the requirement T:1#unknown",
  );
  expect((await run(one("t.a.mute", async () => "good", { judge: () => [] }))).verdict).toBe("inconclusive");
});

test("a case that hangs is ended, and the run goes on", async () => {
  const run = runnerOn(benched(), { limit: 30 });
  expect((await run(one("t.a.hangs", () => new Promise(() => {})))).reason).toMatch(
    /^harness fault: the case did not end within/,
  );
  expect((await run(one("t.a.next", async () => "good"))).verdict).toBe("pass");
});

test("a phone lost in a case makes it and the next ones inconclusive, until it is heard again", async () => {
  const bench = benched(false);
  const run = runnerOn(bench);
  const dies: Drive = async (given) => {
    heard(given);
    return "nothing within 30 s";
  };
  const lost = await run(one("t.a.dies", dies));
  expect(lost).toMatchObject({
    verdict: "inconclusive",
    reason: "the phone stopped answering during this case: no Inform within 5 s",
    findings: [{ ok: false }],
    lost: { inCase: "t.a.dies" },
  });
  expect((await run(one("t.a.next", async () => "good"))).reason).toBe(
    "not run: the phone stopped answering in t.a.dies and has not been heard of since",
  );
  heard(bench);
  expect((await run(one("t.a.later", async () => "good"))).verdict).toBe("pass");
});

test("a phone never heard is asked once, not once a case", async () => {
  const bench = benched(false);
  const run = runnerOn(bench);
  const nobody = () => Promise.reject(new Inconclusive("unreachable", "no Inform came within 60 s"));
  expect((await run(one("t.a.first", nobody))).reason).toBe("no Inform came within 60 s");
  expect((await run(one("t.a.second", async () => "good"))).reason).toBe(
    "the phone was never reached: no Inform came within 60 s",
  );
  expect(bench.probes).toBe(0);
});

test("an interruption ends the running case and spares the others", async () => {
  const interrupt = new AbortController();
  const run = runnerOn(benched(), { signal: interrupt.signal });
  const running = run(one("t.a.long", () => new Promise(() => {})));
  interrupt.abort();
  expect(await running).toMatchObject({ verdict: "inconclusive", reason: "interrupted" });
  expect((await run(one("t.a.next", async () => "good"))).reason).toBe("not run: interrupted");
});

test("evidence is written for the case alone, and holds no secret", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-evidence-"));
  const run = runnerOn(benched(), { reportFolder: folder, redactor: new Redactor(["geheimes-wort"]) });
  const ran = await run(
    one("t.a.leaks", async (bench) => {
      heard(bench);
      return "geheimes-wort";
    }),
  );
  const names = ["transcript.txt", "sequence.svg", "capture.pcapng"].map((name) => `evidence/t.a.leaks/${name}`);
  expect(ran.evidence).toEqual(names);
  expect(ran.findings[0]?.actual).toBe('"[redacted]"');
  for (const name of names) expect(readFileSync(join(folder, name), "latin1")).not.toContain("geheimes");
  expect(readFileSync(join(folder, names[0] ?? ""), "utf8")).toContain("X-Token: [redacted]");
  expect((await run(one("t.a.silent", () => Promise.reject(new Error("x"))))).evidence).toEqual([
    "evidence/t.a.silent/fault.txt",
  ]);
  expect(existsSync(join(folder, "evidence/t.a.silent/capture.pcapng"))).toBe(false);
  rmSync(folder, { recursive: true });
});
