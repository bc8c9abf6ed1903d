import { reference, type Seams } from "../simulator/seams.ts";
import type { Mutant } from "../simulator/mutants/mutant.ts";

/** By behaviour (`rpc.unknownMethod`), the cases in which the phone called it; "" stands for what precedes the first case. */
export type Reach = Readonly<Record<string, readonly string[]>>;

/** Seams that note which case called them, around `seams`. */
export function noting(seams: Seams, caseId: () => string): { readonly seams: Seams; reach(): Reach } {
  const reached = new Map<string, Set<string>>();
  const areas = Object.entries(seams).map(([area, functions]) => {
    const noted = Object.entries(functions as Record<string, unknown>).map(([name, behaviour]) => {
      if (typeof behaviour !== "function") return [name, behaviour] as const;
      const cases = new Set<string>();
      reached.set(`${area}.${name}`, cases);
      const note = (...given: unknown[]): unknown => {
        cases.add(caseId());
        return Reflect.apply(behaviour, functions, given);
      };
      return [name, note] as const;
    });
    return [area, Object.fromEntries(noted)] as const;
  });
  return {
    seams: Object.fromEntries(areas) as unknown as Seams,
    reach: () => Object.fromEntries([...reached].map(([behaviour, cases]) => [behaviour, [...cases]])),
  };
}

/** The behaviour that a mutant replaces, as `Reach` names it. */
export function replacedBy(mutant: Mutant): string {
  const [area = "", change = {}] = Object.entries(mutant.change(reference))[0] ?? [];
  return `${area}.${Object.keys(change)[0] ?? ""}`;
}

/**
 * The cases that a mutant can change: those in which the reference phone called the behaviour that it replaces, and those that it
 * claims to change. In all others it does, step by step, what the reference phone does.
 */
export function affected(mutant: Mutant, reach: Reach): ReadonlySet<string> {
  return new Set([...(reach[replacedBy(mutant)] ?? []), ...Object.keys(mutant.caught)]);
}
