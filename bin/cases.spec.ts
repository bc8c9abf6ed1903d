import { BroadcastChannel } from "node:worker_threads";
import { afterAll, beforeAll, inject, test } from "vitest";
import { loadProfile } from "../harness/phone/profile.ts";
import { layOver } from "../harness/run/known-failures.ts";
import { isKnown, type RanCase } from "../harness/run/result.ts";
import { type FromWorker, planOf } from "./job.ts";
import { type Lab, openLab } from "./lab.ts";

// Hands the cases to vitest: one test for each, in the order of the plan, all in one worker, because there is one phone.

const job = inject("job");
const profile = loadProfile(job.profile);
const planned = planOf(job, profile);
const interruption = new AbortController();
const channel = new BroadcastChannel(job.channel);
channel.onmessage = () => interruption.abort();
const say = (said: FromWorker): void => channel.postMessage(said);
let lab: Lab | undefined;

say({ kind: "ready" });

beforeAll(async () => {
  if (planned.some(({ applicable }) => applicable === true)) lab = await openLab(job, profile, say, interruption.signal);
});

afterAll(async () => {
  await lab?.stop();
  say({ kind: "over" });
  channel.close();
});

for (const one of planned) {
  test(`${one.case.id} ${one.case.title}`, async ({ task, skip }) => {
    if (lab === undefined) return skip(one.applicable === true ? "" : one.applicable.reason);
    if (one.applicable === true) say({ kind: "started", id: one.case.id });
    const ran = await lab.run(one);
    say({ kind: "done", ran });
    task.meta.ran = ran;
    outcome(ran, skip);
  });
}

/** What vitest's own reporters and its page are to show; the verdict that counts is the one in `ran`. */
function outcome(ran: RanCase, skip: (note: string) => never): void {
  const [laid = ran] = layOver(job.knownFailures, [ran], new Date().toISOString().slice(0, 10)).cases;
  if (ran.verdict === "not-applicable") skip(ran.reason ?? "");
  if (isKnown(laid)) skip(`known failure: ${(laid.known ?? []).map(({ because }) => because).join("; ")}`);
  if (ran.verdict === "inconclusive") throw shown("Inconclusive", ran.reason ?? "");
  const bad = ran.findings.filter(({ ok }) => !ok);
  if (ran.verdict === "fail")
    throw shown(
      "Failed",
      bad
        .map(
          ({ requirement, keyword, expected, actual, where }) =>
            `${keyword} ${requirement}: expected ${expected}, was ${actual} (${where})`,
        )
        .join("\n"),
    );
}

/** Without a stack: the place that matters is on the wire, not in this file. */
function shown(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}`;
  return error;
}
