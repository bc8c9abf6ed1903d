import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { antagonists } from "../simulator/antagonists/index.ts";
import { mutants } from "../simulator/mutants/index.ts";
import { variants } from "../simulator/variants/index.ts";
import { cases, ledger } from "../suites/index.ts";
import { trustDocument } from "./document.ts";
import {
  antagonistPassesNothing,
  type Complaints,
  everyRequirementKilled,
  ledgerHolds,
  mutantCaught,
  nothingLeft,
  referencePasses,
} from "./gates.ts";
import type { JobResult } from "./job.ts";
import { Pool } from "./pool.ts";

const DOCUMENT = join(import.meta.dirname, "../docs/trust.md");

const { values: flags } = parseArgs({
  options: {
    /** Only mutants whose id contains this. */
    mutant: { type: "string" },
    /** Only variants whose id contains this. */
    variant: { type: "string" },
    /** Runs every case against every mutant, not only those that it can change. */
    thorough: { type: "boolean", default: false },
    /** Writes docs/trust.md instead of comparing it. */
    write: { type: "boolean", default: false },
  },
});

/** Whether this is a part of the proof, for somebody who is at work on it. */
const part = flags.mutant !== undefined || flags.variant !== undefined;
const chosenMutants = mutants.filter(({ id }) => !part || (flags.mutant !== undefined && id.includes(flags.mutant)));
const chosenVariants = variants.filter(({ id }) => !part || (flags.variant !== undefined && id.includes(flags.variant)));
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

const reference = await pool.run({ kind: "reference" });
gate("the reference phone passes", referencePasses(reference, "the reference phone"));
gate("the reference phone is left as it was", nothingLeft(reference));
console.log(`the reference phone: ${reference.cases.length} cases in ${seconds(reference.milliseconds)}`);

if (reference.reach !== undefined) {
  const reach = flags.thorough ? undefined : reference.reach;
  const results = await Promise.all(
    chosenMutants.map(async (mutant) => {
      const result = await pool.run({ kind: "mutant", id: mutant.id, reach });
      gate(`mutant ${mutant.id}`, mutantCaught(mutant, result));
      return result;
    }),
  );
  console.log(`${results.length} mutants in ${seconds(total(results))} of work`);
  const strangers = await Promise.all([
    ...chosenVariants.map(async ({ id }) => {
      const result = await pool.run({ kind: "variant", id });
      gate(`variant ${id}`, referencePasses(result, `variant ${id}`));
      return result;
    }),
    ...chosenAntagonists.map(async (antagonist) => {
      const result = await pool.run({ kind: "antagonist", id: antagonist.id });
      gate(`antagonist ${antagonist.id}`, antagonistPassesNothing(antagonist, result));
      return result;
    }),
  ]);
  const counted = `${chosenVariants.length} variants and ${chosenAntagonists.length} antagonists`;
  console.log(`${counted} in ${seconds(total(strangers))} of work`);
}
pool.stop();

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
