import { isDeepStrictEqual } from "node:util";
import type { Mutant } from "../simulator/mutants/mutant.ts";
import { reference, type Seams } from "../simulator/seams.ts";

/** By mutant, the cases in which it does at some point something else than the reference phone. */
export type Reach = Readonly<Record<string, readonly string[]>>;

type Behaviour = (...given: unknown[]) => unknown;

/** What a mutant would have done, beside what the reference phone does. */
interface Shadow {
  readonly mutant: string;
  readonly differs: Set<string>;
  /** Whether it does the same, given the same. */
  same(given: readonly unknown[], result: unknown): boolean;
}

/**
 * Seams around `reference` that note in which cases each mutant would have differed: seams hold no state, so that what a mutant
 * makes of the same arguments tells. A mutant that teaches the harness something else before the first case, or leaves the phone
 * in another state, may differ in further cases: `--thorough` runs them all.
 */
export function noting(mutants: readonly Mutant[], caseId: () => string): { readonly seams: Seams; reach(): Reach } {
  const all: Shadow[] = [];
  const areas = Object.entries(reference).map(([area, functions]) => {
    const noted = Object.entries(functions as Record<string, unknown>).map(([name, behaviour]) => {
      if (typeof behaviour !== "function") return [name, behaviour] as const;
      const shadows = mutants.flatMap((mutant) => shadowOf(mutant, area, name) ?? []);
      all.push(...shadows);
      const note = (...given: unknown[]): unknown => {
        const id = caseId();
        const result: unknown = Reflect.apply(behaviour, functions, given);
        for (const { differs, same } of shadows) if (!differs.has(id) && !same(given, result)) differs.add(id);
        return result;
      };
      return [name, note] as const;
    });
    return [area, Object.fromEntries(noted)] as const;
  });
  return {
    seams: Object.fromEntries(areas) as unknown as Seams,
    reach: () => Object.fromEntries(all.map(({ mutant, differs }) => [mutant, [...differs]])),
  };
}

function shadowOf(mutant: Mutant, area: string, name: string): Shadow | undefined {
  const change = mutant.change(reference) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const behaviour = change[area]?.[name];
  if (typeof behaviour !== "function") return undefined;
  const functions = { ...reference[area as keyof Seams], ...change[area] };
  return {
    mutant: mutant.id,
    differs: new Set(),
    same(given, result) {
      try {
        return isDeepStrictEqual(Reflect.apply(behaviour as Behaviour, functions, given), result);
      } catch {
        return false;
      }
    },
  };
}

/**
 * The cases that a mutant can change: those in which it would have differed from the reference phone, and those that it claims to
 * change. In all others it does, step by step, what the reference phone does. A case that roams may be changed by any mutant, and
 * is run only against those that name it: whether it meets the others is a matter of chance, and nothing is claimed of it.
 *
 * @param reach undefined for all cases, as far as they may be changed
 */
export function affected(mutant: Mutant, reach: Reach | undefined, cases: readonly RoamingCase[]): ReadonlySet<string> {
  const roaming = new Set(cases.filter(({ roams }) => roams === true).map(({ id }) => id));
  const reached = reach === undefined ? cases.map(({ id }) => id) : (reach[mutant.id] ?? []);
  return new Set([...reached.filter((id) => !roaming.has(id)), ...Object.keys(mutant.caught)]);
}

/** What a case is known by here. */
interface RoamingCase {
  readonly id: string;
  readonly roams?: true;
}
