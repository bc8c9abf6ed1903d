import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Command, readCommand } from "./flags.ts";
import { claimFolder } from "./folder.ts";
import { list, type Prepared, prepare, reach } from "./prepare.ts";

const folder = mkdtempSync(join(tmpdir(), "assay-prepare-"));
afterAll(() => rmSync(folder, { recursive: true }));

function requestOf(...argv: string[]) {
  const command: Command = readCommand(argv, {});
  if (!("request" in command)) throw new Error(command.kind === "wrong" ? command.message : command.kind);
  return command.request;
}

function prepared(...argv: string[]): Prepared {
  const made = prepare(requestOf(...argv), "run");
  if ("kind" in made) throw new Error(made.message);
  return made;
}

const refusal = (...argv: string[]): string => {
  const made = prepare(requestOf(...argv), "run");
  return "kind" in made ? made.message.replaceAll(`${folder}/`, "") : "not refused";
};

test("files and selections that cannot be taken are refused before anything is started", () => {
  const known = join(folder, "known.yaml");
  writeFileSync(known, "- case: cwmp.http.version\n");
  expect(refusal("--profile=no/such.yaml")).toContain("no/such.yaml: cannot be read");
  expect(refusal(`--known-failures=${known}`)).toMatch(/known\.yaml, line 1, column 3: \S.* must be/);
  expect(refusal("--known-failures=no/such.yaml")).toContain("no/such.yaml: cannot be read");
  expect(refusal("--case=cwmp.http.version,cwmp.http.verzion")).toContain(
    "no case fits --case=cwmp.http.verzion; did you mean cwmp.http.version",
  );
  expect(refusal("-t", "no such case anywhere")).toContain('no case fits -t "no such case anywhere"');
  expect(refusal("--case=cwmp.http.version", "--shard=2/2")).toContain("no case fits --shard=2/2");
});

test("the shards of a run hold each of its cases once", () => {
  const ids = (...argv: string[]): string[] => prepared(...argv).planned.map(({ case: one }) => one.id);
  const shards = ["1/3", "2/3", "3/3"].flatMap((shard) => ids(`--shard=${shard}`));
  expect(shards.toSorted()).toEqual(ids().toSorted());
  const listed = list({ caseGlob: ["cwmp.http.*"], shard: { index: 1, count: 2 } });
  expect("kind" in listed ? 0 : listed.length).toBe(5);
});

test("who is examined follows from target and profile", () => {
  const generic = join(folder, "generic.yaml");
  writeFileSync(generic, "name: x\nreach: { driver: generic }\n");
  const targetOf = (purpose: "plan" | "run", ...argv: string[]) => {
    const made = prepare(requestOf(...argv), purpose);
    return "kind" in made ? made : made.job.target;
  };
  expect(targetOf("run")).toEqual({ kind: "simulator", realTime: false });
  expect(targetOf("run", "--profile=profiles/snom.yaml", "--real-time")).toEqual({ kind: "simulator", realTime: true });
  expect(targetOf("plan", "--profile=profiles/snom.yaml")).toEqual({ kind: "device" });
  expect(targetOf("run", `--profile=${generic}`)).toEqual({ kind: "device" });
  expect(targetOf("run", "--target=10.0.0.1:81")).toEqual({ kind: "device", address: { host: "10.0.0.1", port: 81 } });
  expect(prepared().job.seed).toBe(1);
});

test("a name that nobody knows is wrong usage; a port where nobody listens makes the run inconclusive", async () => {
  expect(await reach(prepared("--target=no.such.host.invalid"))).toMatchObject({ kind: "wrong" });
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  const target = `--target=127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  expect(await reach(prepared(target))).toEqual({});
  await new Promise((closed) => server.close(closed));
  expect(await reach(prepared(target))).toMatchObject({ unreachable: expect.stringContaining("connection refused") });
});

test("a folder is claimed by one run at a time, and a dead run claims nothing", () => {
  const place = join(folder, "report");
  const claim = claimFolder(place);
  expect(claim.kind).toBe("ours");
  if (claim.kind === "ours") claim.release();
  writeFileSync(join(place, ".running"), "2147483646");
  expect(claimFolder(place).kind).toBe("ours");
});
