import type { Bench } from "../harness/bench/usp-bench.ts";
import type { AnyCase } from "../harness/core/case.ts";
import type { Requirement } from "../harness/core/verdict.ts";
import { cwmpCases } from "./cwmp/index.ts";
import { propertyRequirements } from "./ledger/properties.ts";
import { snomRequirements } from "./ledger/snom/index.ts";
import { tp469Requirements } from "./ledger/tp-469.ts";
import { tr069Requirements } from "./ledger/tr-069/index.ts";
import { tr111Requirements } from "./ledger/tr-111/index.ts";
import { tr369Requirements } from "./ledger/tr-369/index.ts";
import { uspDataModelRequirements } from "./ledger/usp-data-model.ts";
import { propertyCases } from "./properties/index.ts";
import { snomCases } from "./snom/index.ts";
import { tr111Cases } from "./tr111/index.ts";
import { uspCases } from "./usp/index.ts";

/** Every case of the suite, in the order of the standard; `planRun` brings them into running order. */
export const cases: readonly AnyCase<Bench>[] = [...cwmpCases, ...tr111Cases, ...snomCases, ...uspCases, ...propertyCases];

export { tp469Plan } from "./ledger/tp-469/index.ts";

/** Every row of every ledger. */
export const ledger: readonly Requirement[] = [
  ...tr069Requirements,
  ...tr111Requirements,
  ...snomRequirements,
  ...tr369Requirements,
  ...tp469Requirements,
  ...uspDataModelRequirements,
  ...propertyRequirements,
];

export const requirements: ReadonlyMap<string, Requirement> = new Map(ledger.map((row) => [row.id, row]));
