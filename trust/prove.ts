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
    /** Runs every case against every mutant, not only those that it can change. */
    thorough: { type: "boolean", default: false },
    /** Writes docs/trust.md instead of comparing it. */
    write: { type: "boolean", default: false },
  },
});

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
if (flags.mutant === undefined)
  gate("every requirement of every case is broken by a mutant", everyRequirementKilled(cases, mutants));

const reference = await pool.run({ kind: "reference" });
gate("the reference phone passes", referencePasses(reference, "the reference phone"));
gate("the reference phone is left as it was", nothingLeft(reference));
console.log(`the reference phone: ${reference.cases.length} cases in ${seconds(reference.milliseconds)}`);

if (reference.reach !== undefined) {
  const reach = flags.thorough ? undefined : reference.reach;
  const chosen = mutants.filter(({ id }) => flags.mutant === undefined || id.includes(flags.mutant));
  const results = await Promise.all(
    chosen.map(async (mutant) => {
      const result = await pool.run({ kind: "mutant", id: mutant.id, reach });
      gate(`mutant ${mutant.id}`, mutantCaught(mutant, result));
      return result;
    }),
  );
  console.log(`${results.length} mutants in ${seconds(total(results))} of work`);
  if (flags.mutant === undefined) {
    const strangers = await Promise.all([
      ...variants.map(async ({ id }) => {
        const result = await pool.run({ kind: "variant", id });
        gate(`variant ${id}`, referencePasses(result, `variant ${id}`));
        return result;
      }),
      ...antagonists.map(async (antagonist) => {
        const result = await pool.run({ kind: "antagonist", id: antagonist.id });
        gate(`antagonist ${antagonist.id}`, antagonistPassesNothing(antagonist, result));
        return result;
      }),
    ]);
    console.log(`${variants.length} variants and ${antagonists.length} antagonists in ${seconds(total(strangers))} of work`);
  }
}
pool.stop();

const text = trustDocument(facts);
if (flags.write) writeFileSync(DOCUMENT, text);
else if (flags.mutant === undefined) {
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
