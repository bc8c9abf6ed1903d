import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lanProblem } from "../lan/probe.ts";
import { antagonists } from "../simulator/antagonists/index.ts";
import { mutants } from "../simulator/mutants/index.ts";
import { variants } from "../simulator/variants/index.ts";
import { cases, ledger } from "../suites/index.ts";
import { bundlesOf } from "./bundles.ts";
import { affected } from "./coverage.ts";
import { trustDocument } from "./document.ts";
import {
  antagonistPassesNothing,
  type Complaints,
  everyCaseRuns,
  everyPlanCaseFails,
  everyRequirementKilled,
  ledgerHolds,
  mutantCaught,
  nothingLeft,
  referencePasses,
  variantPasses,
} from "./gates.ts";
import type { JobResult } from "./job.ts";
import { Pool } from "./pool.ts";
import { DEFAULT_RIG, RIGS } from "./rig.ts";

const DOCUMENT = join(import.meta.dirname, "../docs/trust.md");

const { values: flags } = parseArgs({
  options: {
    /** Only mutants whose id contains this. */
    mutant: { type: "string" },
    /** Only variants whose id contains this. */
    variant: { type: "string" },
    /** Runs every case against every mutant, not only those that it can change, and every variant by itself. */
    thorough: { type: "boolean", default: false },
    /** Writes docs/trust.md instead of comparing it. */
    write: { type: "boolean", default: false },
  },
});

/** Whether this is a part of the proof, for somebody who is at work on it. */
const part = flags.mutant !== undefined || flags.variant !== undefined;
/** Without the right to make a LAN, what needs one is not proven, and nothing else suffers. */
const noLan = lanProblem();
const rigs = RIGS.filter(({ lan }) => lan !== true || noLan === undefined);
const rigOfDeviant = ({ rig = DEFAULT_RIG }: { readonly rig?: string }): string => rig;
const hasRig = (deviant: { readonly rig?: string }): boolean => rigs.some(({ id }) => id === rigOfDeviant(deviant));
const fits = (id: string, wanted: string | undefined): boolean => !part || (wanted !== undefined && id.includes(wanted));
const chosenMutants = mutants.filter((one) => fits(one.id, flags.mutant) && hasRig(one));
const chosenVariants = variants.filter((one) => fits(one.id, flags.variant) && hasRig(one));
const chosenAntagonists = part ? [] : antagonists;

let passed = 0;
let failed = 0;

function gate(name: string, complaints: Complaints): void {
  if (complaints.length === 0) passed += 1;
  else failed += 1;
  if (complaints.length > 0) console.log(`FAILED ${name}\n${complaints.map((complaint) => `  ${complaint}`).join("\n")}`);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
const total = (results: readonly JobResult[]): number => results.reduce((sum, { milliseconds }) => sum + milliseconds, 0);

const pool = new Pool(availableParallelism());
const started = performance.now();
const facts = { cases, ledger, mutants, variants, antagonists };

gate("ledger, cases and mutants agree", ledgerHolds(cases, ledger, mutants));
if (!part) gate("every requirement of every case is broken by a mutant", everyRequirementKilled(cases, mutants));

const wanted = new Set([DEFAULT_RIG, ...[...chosenMutants, ...chosenVariants].map(rigOfDeviant)]);

// What takes long goes first, so that both ends of the work are short.
const references = new Map<string, JobResult>();
const referencesDone = rigs
  .filter(({ id }) => !part || wanted.has(id))
  .map(async ({ id }) => {
    const result = await pool.run({ kind: "reference", rig: id });
    references.set(id, result);
    gate(`the reference on the rig ${id} passes`, referencePasses(result, `the reference on the rig ${id}`));
    gate(`the reference on the rig ${id} is left as it was`, nothingLeft(result));
    console.log(`the reference on the rig ${id}: ${result.cases.length} cases in ${seconds(result.milliseconds)}`);
  });
const antagonistsDone = chosenAntagonists.map(async (antagonist) => {
  const result = await pool.run({ kind: "antagonist", id: antagonist.id });
  gate(`antagonist ${antagonist.id}`, antagonistPassesNothing(antagonist, result));
  return result;
});
await Promise.all(referencesDone);
if (noLan !== undefined) console.log(`NOT PROVEN: what needs a LAN (${RIGS.length - rigs.length} rigs): ${noLan}`);
else if (!part) gate("every case runs on some rig", everyCaseRuns(cases, [...references.values()]));

/** The cases that a mutant or variant is run against. */
const onlyOf = (deviant: (typeof mutants)[number] | (typeof variants)[number]): readonly string[] =>
  affected(deviant, flags.thorough ? undefined : (references.get(rigOfDeviant(deviant))?.reach ?? {}), cases);
const runVariants = (bundle: readonly (typeof variants)[number][]): Promise<JobResult> =>
  pool.run({ kind: "variants", ids: bundle.map(({ id }) => id), only: [...new Set(bundle.flatMap(onlyOf))] });
const bundles = flags.thorough ? chosenVariants.map((variant) => [variant]) : bundlesOf(chosenVariants);
const variantsDone = bundles.map(async (bundle) => {
  const together = await runVariants(bundle);
  const fails = bundle.some((variant) => variantPasses(variant, together).length > 0);
  const results = fails && bundle.length > 1 ? await Promise.all(bundle.map((variant) => runVariants([variant]))) : undefined;
  const complaints = bundle.map((variant, place) => variantPasses(variant, results?.[place] ?? together));
  for (const [place, { id }] of bundle.entries()) gate(`variant ${id}`, complaints[place] ?? []);
  // What none of them fails alone is wrong all the same.
  if (results !== undefined && complaints.flat().length === 0) {
    const names = bundle.map(({ id }) => id).join(" + ");
    gate(`variants ${names}`, variantPasses({ id: names }, together));
  }
  return { ...together, milliseconds: total([together, ...(results ?? [])]) };
});
const mutantsDone = chosenMutants.map(async (mutant) => {
  const result = await pool.run({ kind: "mutant", id: mutant.id, only: onlyOf(mutant) });
  gate(`mutant ${mutant.id}`, mutantCaught(mutant, result));
  return result;
});
for (const [what, done] of [
  ["antagonists", antagonistsDone],
  ["variants", variantsDone],
  ["mutants", mutantsDone],
] as const) {
  const results = await Promise.all(done);
  if (results.length > 0) console.log(`${results.length} ${what} in ${seconds(total(results))} of work`);
}
pool.stop();
if (!part)
  gate("the certification plan's cases fail by its own yardstick", everyPlanCaseFails(cases, await Promise.all(mutantsDone)));

const text = trustDocument(facts);
if (flags.write) writeFileSync(DOCUMENT, text);
else if (!part) {
  const current = (() => {
    try {
      return readFileSync(DOCUMENT, "utf8") === text;
    } catch {
      return false;
    }
  })();
  gate("docs/trust.md is current", current ? [] : ["it is not: npm run check -- --write"]);
}

console.log(`the proof took ${seconds(performance.now() - started)}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
