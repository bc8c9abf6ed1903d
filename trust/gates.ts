import { askedByPlan, type PlanFacts, type Requirement } from "../harness/core/verdict.ts";
import type { Antagonist } from "../simulator/antagonists/index.ts";
import type { Mutant } from "../simulator/mutants/mutant.ts";
import type { Examined } from "./examine.ts";
import type { JobResult } from "./job.ts";

/** What a case is known by to the gates. */
export interface ProvingCase extends PlanFacts {
  readonly id: string;
  readonly title: string;
  /** Run only against mutants that name it. */
  readonly roams?: true;
}

/** Complaints, a sentence each; a gate that holds has none. */
export type Complaints = readonly string[];

/** The correct phone passes every case that applies to it. */
export function referencePasses({ cases, fault }: JobResult, phone: string): Complaints {
  if (fault !== undefined) return [`${phone}: ${fault}`];
  return cases
    .filter(({ verdict, plan = verdict }) => [verdict, plan].some((one) => one !== "pass" && one !== "not-applicable"))
    .map(({ id, verdict, plan, reason, details }) => {
      const byPlan = plan === undefined || plan === verdict ? "" : `, ${plan} by the certification plan`;
      return `${phone}: ${id} is ${verdict}${byPlan}: ${[reason, ...details].filter(Boolean).join("; ")}`;
    });
}

/** A variant fails nothing. Of the cases only those were run that it can change, so that some rules on the whole run may have met nothing. */
export function variantPasses({ id }: { readonly id: string }, result: JobResult): Complaints {
  const met = result.cases.filter(({ reason }) => reason?.startsWith("nothing was seen to judge") !== true);
  return referencePasses({ ...result, cases: met }, `variant ${id}`);
}

/** A case that applies to nothing that is examined proves nothing. @param references of all rigs */
export function everyCaseRuns(cases: readonly ProvingCase[], references: readonly JobResult[]): Complaints {
  const ran = new Set(
    references.flatMap((reference) => reference.cases.flatMap(({ id, verdict }) => (verdict === "not-applicable" ? [] : [id]))),
  );
  return cases.filter(({ id }) => !ran.has(id)).map(({ id }) => `${id} runs on no rig`);
}

/** The reference leaves nothing behind, so that no case can change another. */
export function nothingLeft({ cases }: JobResult): Complaints {
  return cases.flatMap(({ id, notes }) => notes.map((note) => `${id}: ${note}`));
}

/** What a mutant replaced was called, it was caught, and exactly as it says. Cases that roam were run only where it names them. */
export function mutantCaught(mutant: Mutant, { cases, reached = 0, fault }: JobResult): Complaints {
  if (fault !== undefined) return [`mutant ${mutant.id}: ${fault}`];
  if (reached === 0) return [`mutant ${mutant.id}: what it replaces was never called`];
  const claimed = new Set(Object.entries(mutant.caught).flatMap(([id, bad]) => bad.map((requirement) => `${id} ${requirement}`)));
  const seen = new Set(cases.flatMap(({ id, bad }) => bad.map((requirement) => `${id} ${requirement}`)));
  const details = new Map(cases.flatMap(badByKey));
  const faults = cases.filter(({ reason }) => reason?.startsWith("harness fault") === true);
  return [
    ...(claimed.size === 0 ? [`mutant ${mutant.id}: claims to be caught by nothing`] : []),
    ...[...claimed]
      .filter((key) => !seen.has(key))
      .map((key) => `mutant ${mutant.id}: not caught by ${key}${verdictIn(cases, key)}`),
    ...[...seen]
      .filter((key) => !claimed.has(key))
      .map((key) => `mutant ${mutant.id}: also caught by ${key}: ${details.get(key) ?? ""}`),
    ...faults.map(({ id, reason }) => `mutant ${mutant.id}: ${id}: ${reason}`),
  ];
}

const badByKey = ({ id, bad, details }: Examined): readonly (readonly [string, string])[] =>
  bad.map((requirement) => [`${id} ${requirement}`, details.find((detail) => detail.startsWith(requirement)) ?? ""] as const);

function verdictIn(cases: readonly Examined[], key: string): string {
  const found = cases.find(({ id }) => key.startsWith(`${id} `));
  return found === undefined
    ? ", which was not run"
    : ` (${found.verdict}${found.reason === undefined ? "" : `: ${found.reason}`})`;
}

/** Every requirement of every case turns bad for at least one mutant. */
export function everyRequirementKilled(cases: readonly ProvingCase[], mutants: readonly Mutant[]): Complaints {
  const killed = new Set(
    mutants.flatMap(({ caught }) =>
      Object.entries(caught).flatMap(([id, bad]) => bad.map((requirement) => `${id} ${requirement}`)),
    ),
  );
  return cases.flatMap(({ id, proves }) =>
    proves
      .filter((requirement) => !killed.has(`${id} ${requirement}`))
      .map((requirement) => `${id}: no mutant breaks ${requirement}`),
  );
}

/** Whatever the certification plan asks for turns bad by its own, looser words too, for at least one mutant. @param results of all mutants */
export function everyPlanCaseFails(cases: readonly ProvingCase[], results: readonly JobResult[]): Complaints {
  const failed = new Set(
    results.flatMap((one) => one.cases.flatMap(({ id, isBadByPlan }) => (isBadByPlan === true ? [id] : []))),
  );
  return cases
    .filter((one) => askedByPlan(one).length > 0 && !failed.has(one.id))
    .map(({ id }) => `${id}: no mutant fails it by the certification plan`);
}

/** A phone that is dead, mute, lying or babbling passes nothing. */
export function antagonistPassesNothing(antagonist: Antagonist, { cases, fault }: JobResult): Complaints {
  if (fault !== undefined) return [`antagonist ${antagonist.id}: ${fault}`];
  const passed = cases.filter(({ verdict, plan }) => verdict === "pass" || plan === "pass");
  const faults = cases.filter(({ reason }) => reason?.startsWith("harness fault") === true);
  return [
    ...passed.map(
      ({ id, verdict }) => `antagonist ${antagonist.id} passes ${id}${verdict === "pass" ? "" : " by the certification plan"}`,
    ),
    ...faults.map(({ id, reason }) => `antagonist ${antagonist.id}: ${id}: ${reason}`),
  ];
}

/** Names are unique and of the right form, and cases, ledger and mutants speak of the same requirements. */
export function ledgerHolds(
  cases: readonly ProvingCase[],
  ledger: readonly Requirement[],
  mutants: readonly Mutant[],
): Complaints {
  const rows = new Map(ledger.map((row) => [row.id, row]));
  const proven = new Set(cases.flatMap(({ proves }) => proves));
  const ids = new Set(cases.map(({ id }) => id));
  return [
    ...twice(ledger.map(({ id }) => id)).map((id) => `the ledger has ${id} twice`),
    ...twice(cases.map(({ id }) => id)).map((id) => `there are two cases ${id}`),
    ...twice(cases.map(({ title }) => title)).map((title) => `two cases have the title "${title}"`),
    ...twice(mutants.map(({ id }) => id)).map((id) => `there are two mutants ${id}`),
    ...cases
      .filter(({ title }) => title.length > 80)
      .map(({ id, title }) => `${id}: its title has ${title.length} characters, over 80`),
    ...cases.filter(({ title }) => /\bshould\b|\btests? that\b/i.test(title)).map(({ id }) => `${id}: its title states no fact`),
    ...cases
      .filter(({ id }) => !/^[a-z][a-z0-9]*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*){2}$/.test(id))
      .map(({ id }) => `${id} is not protocol.area.behaviour`),
    ...cases.filter(({ proves }) => proves.length === 0).map(({ id }) => `${id} proves nothing`),
    ...[...proven].filter((id) => !rows.has(id)).map((id) => `no ledger has ${id}`),
    ...ledger.filter(({ id, status }) => status.kind === "tested" && !proven.has(id)).map(({ id }) => `no case proves ${id}`),
    ...ledger
      .filter(({ id, status }) => status.kind !== "tested" && proven.has(id))
      .map(({ id }) => `${id} is proven and not marked as tested`),
    ...mutants
      .filter(({ breaks }) => !proven.has(breaks))
      .map(({ id, breaks }) => `mutant ${id} breaks ${breaks}, which no case proves`),
    ...mutants.flatMap(({ id, caught }) =>
      Object.keys(caught)
        .filter((caseId) => !ids.has(caseId))
        .map((caseId) => `mutant ${id} is caught by ${caseId}, which is no case`),
    ),
    ...mutants
      .filter(({ breaks, caught }) => !Object.values(caught).some((bad) => bad.includes(breaks)))
      .map(({ id, breaks }) => `mutant ${id} breaks ${breaks} and is not caught for it`),
    ...mutants
      .filter(({ phone }) => !/^A phone (?:that|whose) .+\.$/.test(phone))
      .map(({ id }) => `mutant ${id}: say "A phone that …."`),
  ];
}

const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
