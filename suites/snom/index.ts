import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { mapTypeCases } from "./map-types.ts";

/** Every case on what is the vendor's own, from the map to the phone's life before its first contact. */
export const snomCases: readonly AnyCase<CwmpBench>[] = [...mapTypeCases];
