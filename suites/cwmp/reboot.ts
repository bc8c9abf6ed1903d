import { eventCodes, events, hasEvent } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { comes } from "../support/contacts.ts";
import { back } from "../support/reboots.ts";

/** Calls Reboot with this CommandKey and gives the answer and, when it was accepted, the Inform after the boot. */
async function reboot(bench: CwmpBench, commandKey: string) {
  const { acs } = bench;
  const session = await acs.session();
  const reply = await session.reboot(commandKey);
  await session.end();
  if (reply.kind !== "response") return { reply, boot: undefined };
  const contact = await back(bench, (within) => acs.contact({ trigger: "none", event: "1 BOOT", within }));
  await contact.end();
  return { reply, boot: contact.inform };
}

const keyOf = (boot: Exchange | undefined, event: string) => {
  const found = events(boot).find(({ code }) => code === event);
  return { value: found?.commandKey, where: found?.where ?? boot?.where ?? "no Inform after a boot" };
};

/** A key of 32 characters, the most that string(32) holds, with what XML has to escape and what is more than one octet. */
const HARD_KEY = `<&>"' reboot — ü漢 0123456789abcd`;

const LONG_KEY = "a key of 33 characters 0123456789";

export const rebootCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.reboot.reboots",
    title: "answers Reboot, ends the session and boots",
    proves: ["TR-069:A.3.2.9#response", "TR-069:A.3.2.9#reboots"],
    references: ["RBT-001"],
    needs: ["reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const { acs } = bench;
      const session = await acs.session();
      const reply = await session.reboot("reboots");
      await session.end();
      const next = await back(bench, (within) => comes(acs, { trigger: "none", within }));
      await next?.end();
      if (next === undefined) await showAlive(bench);
      return { reply, next: next?.inform };
    },
    *judge({ reply, next }) {
      yield same("TR-069:A.3.2.9#response", reply.summary, "RebootResponse");
      yield holds("TR-069:A.3.2.9#reboots", hasEvent(next, "1 BOOT"), {
        expected: "1 BOOT in the next Inform",
        actual: next === undefined ? "no Inform, and a phone that has not rebooted" : eventCodes(next).value?.join(", "),
        where: next?.where ?? reply.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.reboot.command-key",
    title: "returns the CommandKey of Reboot character for character",
    proves: ["TR-069:A.3.2.9#command-key"],
    references: ["RBT-002", "EVT-016"],
    needs: ["reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const { reply, boot } = await reboot(bench, HARD_KEY);
      if (boot === undefined) throw new Inconclusive("precondition", `Reboot was answered: ${reply.summary.value}`);
      return keyOf(boot, "M Reboot");
    },
    *judge(key) {
      yield same("TR-069:A.3.2.9#command-key", key, HARD_KEY);
    },
  }),
  cwmpCase({
    id: "cwmp.reboot.empty-command-key",
    title: "sends M Reboot also for an empty CommandKey",
    proves: ["TR-069:A.3.2.9#empty-command-key"],
    references: ["RBT-002"],
    needs: ["reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const { reply, boot } = await reboot(bench, "");
      if (boot === undefined) throw new Inconclusive("precondition", `Reboot was answered: ${reply.summary.value}`);
      return keyOf(boot, "M Reboot");
    },
    *judge(key) {
      yield same("TR-069:A.3.2.9#empty-command-key", key, "");
    },
  }),
  cwmpCase({
    id: "cwmp.reboot.long-command-key",
    title: "does not shorten a CommandKey that is too long",
    proves: ["TR-069:A.3.2.9#long-command-key"],
    references: ["RBT-005"],
    needs: ["reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const { reply, boot } = await reboot(bench, LONG_KEY);
      if (reply.kind !== "response" && reply.kind !== "fault")
        throw new Inconclusive("precondition", `Reboot was answered: ${reply.summary.value}`);
      return { reply, key: keyOf(boot, "M Reboot") };
    },
    *judge({ reply, key }) {
      // A.2.1 leaves it to the phone to refuse a text that is too long; what it takes it has to return.
      if (reply.kind === "fault") yield same("TR-069:A.3.2.9#long-command-key", reply.faultCode, 9003);
      else yield same("TR-069:A.3.2.9#long-command-key", key, LONG_KEY);
    },
  }),
];
