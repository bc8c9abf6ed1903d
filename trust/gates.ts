import type { Requirement } from "../harness/core/verdict.ts";
import type { Antagonist } from "../simulator/antagonists/index.ts";
import type { Mutant } from "../simulator/mutants/mutant.ts";
import type { Examined } from "./examine.ts";
import type { JobResult } from "./job.ts";

/** What a case is known by to the gates. */
export interface ProvingCase {
  readonly id: string;
  readonly title: string;
  readonly proves: readonly string[];
  /** Run only against mutants that name it. */
  readonly roams?: true;
}

/** Complaints, a sentence each; a gate that holds has none. */
export type Complaints = readonly string[];

/** The correct phone passes every case that applies to it. */
export function referencePasses({ cases, fault }: JobResult, phone: string): Complaints {
  if (fault !== undefined) return [`${phone}: ${fault}`];
  return cases
    .filter(({ verdict }) => verdict !== "pass" && verdict !== "not-applicable")
    .map(
      ({ id, verdict, reason, details }) => `${phone}: ${id} is ${verdict}: ${[reason, ...details].filter(Boolean).join("; ")}`,
    );
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

/** A phone that is dead, mute, lying or babbling passes nothing. */
export function antagonistPassesNothing(antagonist: Antagonist, { cases, fault }: JobResult): Complaints {
  if (fault !== undefined) return [`antagonist ${antagonist.id}: ${fault}`];
  const passed = cases.filter(({ verdict }) => verdict === "pass");
  const faults = cases.filter(({ reason }) => reason?.startsWith("harness fault") === true);
  return [
    ...passed.map(({ id }) => `antagonist ${antagonist.id} passes ${id}`),
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
      .filter(({ id }) => !/^[a-z]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*){2}$/.test(id))
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
