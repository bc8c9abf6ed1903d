import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import type { BulkLayout } from "../../harness/wire/bulk-report.ts";
import {
  demandReadable,
  layoutOf,
  type OverHttp,
  readDelivery,
  type Transferred,
  upTime,
  type WantedProfile,
  withHttpProfile,
} from "./support/bulk.ts";

import { reboot } from "./support/reboot.ts";

/** Milliseconds by which a report may come later than it is due. */
const SLACK = 3_000;

type Wanted = Pick<WantedProfile, "encoding" | "values">;

/** A profile that is to retain failed reports and does not retry. */
const failing = <T>(
  bench: UspBench,
  retained: number,
  { values, ...wanted }: Wanted,
  use: (over: OverHttp) => Promise<T>,
): Promise<T> =>
  withHttpProfile(
    bench,
    { ...wanted, parameters: [upTime(bench)], values: { NumberOfRetainedFailedReports: String(retained), ...values } },
    use,
  );

/**
 * The next delivery, read, and answered with `status`.
 * @throws Inconclusive `precondition` when it does not come, or cannot be read
 */
async function delivered({ profile, inbox }: OverHttp, status: number, layout: BulkLayout): Promise<Transferred> {
  inbox.answers = () => ({ status });
  const delivery = await inbox.next(profile.interval * 1000 + SLACK);
  if (delivery === undefined) throw new Inconclusive("precondition", "the agent does not deliver a report when it is due");
  const transfer = readDelivery(delivery, layout);
  demandReadable([transfer]);
  return transfer;
}

/** What the reports of a transfer are known by: their time, and how long the agent was up. */
const reportsOf = ({ reading }: Transferred): readonly string[] =>
  reading.reports.map(({ timestamp, values }) => `${timestamp.value ?? ""}: UpTime ${[...values.values()][0]?.value ?? ""}`);

/** That the last transfer holds its own report, and before it so many of those that failed. */
function holdsReports(requirement: string, transfers: readonly Transferred[], retained: number): Finding {
  const own = transfers.map((one) => reportsOf(one).at(-1) ?? "");
  const last = transfers.at(-1);
  const expected = own.slice(-1 - retained);
  const seen = last === undefined ? [] : reportsOf(last);
  return holds(requirement, seen.join() === expected.join() && new Set(own).size === own.length, {
    expected: `the reports ${few(expected)}`,
    actual: few(seen),
    where: last?.where ?? "",
  });
}

/** Two deliveries that fail, and a third that is taken. */
const thirdTaken = (bench: UspBench, retained: number, wanted: Wanted = {}): Promise<readonly Transferred[]> =>
  failing(bench, retained, wanted, async (over) => {
    const { layout, enable } = over.profile;
    await enable();
    const transfers: Transferred[] = [];
    for (const status of [503, 503, 200]) transfers.push(await delivered(over, status, layout));
    return transfers;
  });

export const bulkFailedCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.retained",
    title: "delivers failed reports that it is to retain with the next one",
    proves: ["TR-369:A.2.3.2#retained"],
    needs: ["usp-bulk-http"],
    waits: 190,
    drive: (bench) => thirdTaken(bench, 1),
    *judge(transfers) {
      yield holdsReports("TR-369:A.2.3.2#retained", transfers, 1);
    },
  }),
  uspCase({
    id: "usp.bulk.retained-csv",
    title: "appends reports in CSV to failed ones without a header line of their own",
    proves: ["TR-369:A.6.1#appended"],
    needs: ["usp-bulk-http-csv"],
    waits: 190,
    drive: (bench) => thirdTaken(bench, 2, { encoding: "CSV", values: { "CSVEncoding.ReportFormat": "ParameterPerColumn" } }),
    *judge(transfers) {
      yield holdsReports("TR-369:A.6.1#appended", transfers, 2);
    },
  }),
  uspCase({
    id: "usp.bulk.not-retained",
    title: "drops failed reports when it is to retain none",
    proves: ["TR-369:A.2.3.2#not-retained"],
    needs: ["usp-bulk-http"],
    waits: 190,
    drive: (bench) => thirdTaken(bench, 0),
    *judge(transfers) {
      yield holdsReports("TR-369:A.2.3.2#not-retained", transfers, 0);
    },
  }),
  uspCase({
    id: "usp.bulk.retained-encoding",
    title: "drops failed reports when the encoding of their profile is changed",
    proves: ["TR-369:A.2.3.2#encoding"],
    needs: ["usp-bulk-http-json", "usp-bulk-http-csv"],
    waits: 130,
    drive: (bench) =>
      failing(bench, -1, { encoding: "JSON" }, async (over) => {
        const { path, layout, enable } = over.profile;
        await enable();
        const failed = await delivered(over, 503, layout);
        const reply = await bench.controller.set([{ path, params: [{ name: "EncodingType", value: "CSV", required: true }] }]);
        if (!updatedIn(reply).includes(`${path}EncodingType`))
          throw new Inconclusive("precondition", `changing the encoding: the agent gave ${reply.summary.value}`);
        return [failed, await delivered(over, 200, await layoutOf(bench, path, "CSV"))];
      }),
    *judge(transfers) {
      yield holdsReports("TR-369:A.2.3.2#encoding", transfers, 0);
    },
  }),
  uspCase({
    id: "usp.bulk.retained-reboot",
    title: "keeps failed reports through a reboot when it is to",
    proves: ["TR-181:BulkData#persist"],
    needs: ["usp-bulk-http", "usp-bulk-persist", "usp-reboot"],
    disturbs: "reboot",
    waits: 130,
    drive: (bench) =>
      failing(bench, -1, { values: { "HTTP.PersistAcrossReboot": "true" } }, async (over) => {
        const { layout, enable } = over.profile;
        await enable();
        const failed = await delivered(over, 503, layout);
        await reboot(bench);
        return [failed, await delivered(over, 200, layout)];
      }),
    *judge(transfers) {
      yield holdsReports("TR-181:BulkData#persist", transfers, 1);
    },
  }),
];
