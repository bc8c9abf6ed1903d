import { eventCodes, status } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { inResponse } from "../support/answers.ts";
import { pendingTransfer } from "../support/transfers.ts";
import { settingIn } from "./support/provisioning.ts";
import { keep, resetByAcs, resetByUser, SILENT } from "./support/reset.ts";

const RESET = "SNOM-TR-069:FactoryReset";

const QUEUE = "GetQueuedTransfersResponse/TransferList/QueuedTransferStruct";

/** What a phone still had to do when it was reset. */
export const factoryResetPendingCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.factory-reset.events",
    title: "has no undelivered events left after a reset",
    proves: [`${RESET}#events`],
    needs: ["snom", "download"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { phone } = bench;
      const session = await pendingTransfer(bench);
      // Refused, what the Inform tells of stays to be delivered (TR-069 3.7.1.5).
      await session.answer({ status: 503 }, { within: 2_000 });
      const before = settingIn(await phone.snom.settings(), "tr69_events");
      if (before.value === undefined || before.value === "")
        throw new Inconclusive("precondition", "the phone does not show its undelivered events as tr69_events");
      const { seen, inform } = await resetByUser(bench, async (settings) => settingIn(settings, "tr69_events"));
      return { before: before.value, seen, inform };
    },
    *judge({ before, seen, inform }) {
      const kept = seen.value?.includes(before) === true;
      yield holds(`${RESET}#events`, !kept, {
        expected: `no ${before} in tr69_events`,
        actual: seen.value,
        where: seen.where,
      });
      const { value = [], where } = eventCodes(inform);
      yield holds(`${RESET}#events`, !value.includes("7 TRANSFER COMPLETE"), {
        expected: "no 7 TRANSFER COMPLETE at the first contact",
        actual: value.join(", "),
        where,
      });
    },
  }),
  cwmpCase({
    id: "snom.factory-reset.queued-transfers",
    title: "has no queued transfer left after a reset",
    proves: [`${RESET}#queued-transfers`],
    needs: ["snom", "factory-reset", "download", "queued-transfers"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { acs, files } = bench;
      const session = await acs.session();
      const { url } = files.offer("later.xml", "");
      const queued = await session.download({ fileType: "3 Vendor Configuration File", url, delaySeconds: 3600 });
      if (status(queued, "Download").value !== "1")
        throw new Inconclusive("precondition", `a Download in an hour was answered with ${queued.summary.value}`);
      const before = await session.getQueuedTransfers();
      if (before.elements(QUEUE).length === 0)
        throw new Inconclusive("precondition", `the queue does not hold the Download: ${before.summary.value}`);
      await resetByAcs(bench, session, keep);
      const again = await acs.session();
      const after = await again.getQueuedTransfers();
      await again.end();
      return after;
    },
    *judge(after) {
      yield* inResponse(`${RESET}#queued-transfers`, after, "GetQueuedTransfers", function* () {
        const left = after.elements(QUEUE).length;
        yield holds(`${RESET}#queued-transfers`, left === 0, {
          expected: "an empty TransferList",
          actual: left === 0 ? "empty" : `${left} transfers`,
          where: after.at("GetQueuedTransfersResponse/TransferList").where,
        });
      });
    },
  }),
  cwmpCase({
    id: "snom.factory-reset.setting-server",
    title: "asks the provisioning server of before no more after a reset",
    proves: [`${RESET}#standard-provisioning`],
    needs: ["snom", "factory-reset", "provisioning"],
    disturbs: "factory-reset",
    waits: SILENT / 1000,
    async drive(bench) {
      const { acs, files, phone } = bench;
      const folder = files.folder();
      await phone.snom.save({ setting_server: folder.url });
      const session = await acs.session();
      const asked = folder.requests.length;
      const { seen } = await resetByAcs(bench, session, async (settings) => {
        await folder.next(SILENT);
        return settingIn(settings, "setting_server");
      });
      return { seen, url: folder.url, requests: folder.requests.slice(asked) };
    },
    *judge({ seen, url, requests }) {
      yield holds(`${RESET}#standard-provisioning`, seen.value !== url, {
        expected: "another setting_server than before",
        actual: seen.value,
        where: seen.where,
      });
      yield holds(`${RESET}#standard-provisioning`, requests.length === 0, {
        expected: "no request at the server of before",
        actual: requests.map(({ method, target }) => `${method} ${target}`).join(", ") || "none",
        where: requests[0]?.where ?? url,
      });
    },
  }),
];
