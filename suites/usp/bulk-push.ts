import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { gatherPushes, type Reported, readPush, upTime, withPushProfile } from "./support/bulk.ts";
import { growing, reportedObject, reportsObject, withBootParameters } from "./support/bulk-contents.ts";
import { oneParameter, PARAMETER, reported, TRANSFERS, twoTransfers, WELL_FORMED, wellFormed } from "./support/bulk-judging.ts";

/** Two Push! events of a profile. */
const twoPushes = (bench: UspBench, parameters: readonly Reported[]) =>
  withPushProfile(bench, { parameters }, async (profile, subscription) => {
    const begun = await profile.enable();
    const pushes = await gatherPushes(bench, subscription, 2, profile.twoReports);
    return { begun, within: profile.twoReports, transfers: pushes.map((push) => readPush(push, profile.layout)) };
  });

export const bulkPushCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.push",
    title: "reports a parameter in Push!, once in each interval",
    proves: [TRANSFERS, WELL_FORMED, PARAMETER],
    references: ["TP-469 10.10"],
    needs: ["usp-bulk-push"],
    waits: 130,
    drive(bench) {
      const uptime = upTime(bench);
      return growing(bench, uptime, () => twoPushes(bench, [uptime]));
    },
    *judge({ transfers, begun, within, growing: uptime }) {
      yield twoTransfers(transfers, begun, within);
      yield* wellFormed(transfers);
      yield* oneParameter(transfers, uptime);
    },
  }),
  uspCase({
    id: "usp.bulk.push-wildcard",
    title: "reports in Push! all parameters that a reference with wildcards finds",
    proves: [TRANSFERS, WELL_FORMED, "TR-369:R-BULK.9", PARAMETER],
    references: ["TP-469 10.11"],
    needs: ["usp-bulk-push", "usp-boot-parameters"],
    waits: 130,
    drive: (bench) =>
      withBootParameters(bench, "Enabled", async (one, expected) => ({ expected, ...(await twoPushes(bench, [one])) })),
    *judge({ transfers, begun, within, expected }) {
      yield twoTransfers(transfers, begun, within);
      yield* wellFormed(transfers);
      yield* reported("TR-369:R-BULK.9", transfers, expected);
    },
  }),
  uspCase({
    id: "usp.bulk.push-object",
    title: "reports in Push! all parameters of a table, each under its name",
    proves: [TRANSFERS, WELL_FORMED, "TR-369:R-BULK.10"],
    references: ["TP-469 10.12"],
    needs: ["usp-bulk-push"],
    waits: 130,
    async drive(bench) {
      const object = await reportedObject(bench, "Controller", "Device.LocalAgent.Controller.");
      return { object, ...(await twoPushes(bench, [object.reported])) };
    },
    *judge({ transfers, begun, within, object }) {
      yield twoTransfers(transfers, begun, within);
      yield* wellFormed(transfers);
      yield* reportsObject("TR-369:R-BULK.10", transfers, object);
    },
  }),
];
