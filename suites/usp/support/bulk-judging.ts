import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { Delivery } from "../../../harness/collector/collector.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { type Finding, few, holds, type Located } from "../../../harness/core/finding.ts";
import type { BulkReport } from "../../../harness/wire/bulk-report.ts";
import type { Transferred } from "./bulk.ts";

/** What the plan's metrics are called in the ledger, where no requirement of TR-369 has them. */
export const TRANSFERS = "TP-469:10.1#transfers";
export const WELL_FORMED = "TP-469:10.1#well-formed";
export const PARAMETER = "TP-469:10.1#parameter";

/** Who the agent is, as far as it shows that. */
export interface KnownIdentity {
  readonly oui: string | undefined;
  readonly pc: string | undefined;
  readonly sn: string | undefined;
  readonly eid: string;
}

export async function identityOf({ controller, agent }: UspBench): Promise<KnownIdentity> {
  const names = ["ManufacturerOUI", "ProductClass", "SerialNumber"].map((name) => `Device.DeviceInfo.${name}`);
  const shown = parametersIn(await controller.get(names));
  const [oui, pc, sn] = names.map((name) => shown.get(name)?.value);
  return { oui, pc, sn, eid: agent.endpointId };
}

/** That two transfers came in the time that the test plan allows. @param within milliseconds from `begun` */
export function twoTransfers(transfers: readonly Pick<Transferred, "at" | "where">[], begun: number, within: number): Finding {
  const inTime = transfers.filter(({ at }) => at - begun <= within);
  return holds(TRANSFERS, inTime.length >= 2, {
    expected: `2 transfers within ${within / 1000} s`,
    actual: `${inTime.length}`,
    where: transfers.at(-1)?.where ?? "after the profile was enabled",
  });
}

/** That every transfer can be read, and holds at least one report. */
export function* wellFormed(transfers: readonly Transferred[], requirement = WELL_FORMED): Iterable<Finding> {
  for (const { reading, where } of transfers) {
    const { faults, reports } = reading;
    const problem = faults.length > 0 ? few(faults) : reports.length === 0 ? "no report in it" : undefined;
    yield holds(requirement, problem === undefined, {
      expected: "a well-formed document with a report",
      actual: problem ?? `${reports.length} report${reports.length === 1 ? "" : "s"}`,
      where,
    });
  }
}

export const reportsIn = (transfers: readonly Transferred[]): readonly BulkReport[] =>
  transfers.flatMap(({ reading }) => reading.reports);

/** A number that grows, as it was read before and after the reports. */
export interface Growing {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Whether a value is a number that may have stood there in between. Agents count in whole seconds. */
export const isWithin = ({ value }: Located, { before, after }: Growing): boolean =>
  value !== undefined && /^\d+$/.test(value) && Number(value) >= before - 1 && Number(value) <= after + 1;

/** That every report holds one parameter and no other, with a value that it had in this time. */
export function* oneParameter(transfers: readonly Transferred[], growing: Growing): Iterable<Finding> {
  for (const { values, where } of reportsIn(transfers)) {
    const seen = values.get(growing.name);
    yield holds(PARAMETER, values.size === 1 && seen !== undefined && isWithin(seen, growing), {
      expected: `${growing.name} alone, from ${growing.before} to ${growing.after}`,
      actual: few([...values].map(([name, { value }]) => `${name} = ${value}`)),
      where: seen?.where ?? where,
    });
  }
}

/** That the query of every transfer tells whose it is (R-BULK.1). */
export function* identified(deliveries: readonly Delivery[], known: KnownIdentity): Iterable<Finding> {
  for (const { query, where } of deliveries) {
    const is = (name: keyof KnownIdentity): boolean => {
      const given = query.getAll(name);
      return given.length === 1 && (known[name] === undefined || given[0] === known[name]);
    };
    yield holds("TR-369:R-BULK.1", is("eid") || (is("oui") && is("pc") && is("sn")), {
      expected: `oui=${known.oui}, pc=${known.pc} and sn=${known.sn}, or eid=${known.eid}, in the query`,
      actual: few([...query].map(([name, value]) => `${name}=${value}`)),
      where,
    });
  }
}

/** A truth value however it is spelled; any other text as it is. */
const meant = (text: string): string => ({ "1": "true", "0": "false" })[text] ?? text;

/** The names in every report are exactly these, and the values those that are given. */
export function* reported(
  requirement: string,
  transfers: readonly Transferred[],
  expected: ReadonlyMap<string, string>,
): Iterable<Finding> {
  for (const { values, where } of reportsIn(transfers)) {
    const missing = [...expected.keys()].filter((name) => !values.has(name));
    const extra = [...values.keys()].filter((name) => !expected.has(name));
    yield holds(requirement, missing.length + extra.length === 0, {
      expected: few([...expected.keys()]),
      actual: missing.length + extra.length === 0 ? "these" : `missing ${few(missing)}; besides them ${few(extra)}`,
      where,
    });
    for (const [name, value] of expected) {
      const seen = values.get(name);
      if (seen === undefined) continue;
      yield holds(PARAMETER, meant(seen.value ?? "") === meant(value), {
        expected: `${name} = ${JSON.stringify(value)}`,
        actual: JSON.stringify(seen.value),
        where: seen.where,
      });
    }
  }
}
