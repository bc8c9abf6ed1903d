import type { CwmpBench } from "../harness/bench/bench.ts";
import type { AnyCase } from "../harness/core/case.ts";
import type { Requirement } from "../harness/core/verdict.ts";
import { cwmpCases } from "./cwmp/index.ts";
import { propertyRequirements } from "./ledger/properties.ts";
import { snomRequirements } from "./ledger/snom/index.ts";
import { tr069Requirements } from "./ledger/tr-069/index.ts";
import { propertyCases } from "./properties/index.ts";
import { snomCases } from "./snom/index.ts";

/** Every case of the suite, in the order of the standard; `planRun` brings them into running order. */
export const cases: readonly AnyCase<CwmpBench>[] = [...cwmpCases, ...snomCases, ...propertyCases];

/** Every row of every ledger. */
export const ledger: readonly Requirement[] = [...tr069Requirements, ...snomRequirements, ...propertyRequirements];

export const requirements: ReadonlyMap<string, Requirement> = new Map(ledger.map((row) => [row.id, row]));
