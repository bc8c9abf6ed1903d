import type { Reply } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { type Finding, sameSet } from "../../../harness/core/finding.ts";
import { inResponse } from "../../support/answers.ts";
import { isUnder, namesIn, undotted } from "../../support/model.ts";
import type { Stage } from "../../support/stage.ts";
import { line, onLines, own } from "./map.ts";

/** Modifiers by the name that a line with them has here. */
export const MODIFIERS = { Passive: "=", ReadOnly: "!=", Unsupported: "&=", Silent: "$=", Active: "*=" } as const;

/** One line with each modifier. */
const ALL = Object.entries(MODIFIERS).map(([name, modifier]) => line("string", name, modifier, "at first"));

/** Those that an ACS knows of. */
export const SUPPORTED: readonly (keyof typeof MODIFIERS)[] = ["Passive", "ReadOnly", "Silent", "Active"];

/** Does `work` on one line with each modifier. */
export const onAll = <Evidence>(bench: CwmpBench, work: (stage: Stage) => Promise<Evidence>): Promise<Evidence> =>
  onLines(bench, ALL, work);

/** That these parameters are listed, and no others below the object: those with `&=` are left out. */
export function* listed(requirement: string, reply: Reply, names: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GetParameterNames", function* () {
    const { value = [], where } = namesIn(reply);
    // Whether the object itself is listed, and with its dot, is not what is judged here.
    const below = value.map(undotted).filter((name) => isUnder(name, own("")));
    yield sameSet(requirement, { value: below, where }, names.map(own));
  });
}
