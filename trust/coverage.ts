import { isDeepStrictEqual } from "node:util";
import type { Change, Mutant } from "../simulator/mutants/mutant.ts";
import { reference, type Seams } from "../simulator/seams.ts";

/** By mutant or variant, the cases in which it does at some point something else than the reference phone. */
export type Reach = Readonly<Record<string, readonly string[]>>;

type Behaviour = (...given: unknown[]) => unknown;

/** A phone that does something its own way: a mutant or a variant. */
interface Deviant {
  readonly id: string;
  change(seams: Seams): Change;
}

/** What a deviant would have done, beside what the reference phone does. */
interface Shadow {
  readonly deviant: string;
  readonly differs: Set<string>;
  /** Whether it does the same, given the same. */
  same(given: readonly unknown[], result: unknown): boolean;
}

/**
 * Seams around `reference` that note in which cases each deviant would have differed: seams hold no state, so that what a mutant
 * makes of the same arguments tells. One that teaches the harness something else before the first case, or leaves the phone
 * in another state, may differ in further cases: `--thorough` runs them all.
 */
export function noting(deviants: readonly Deviant[], caseId: () => string): { readonly seams: Seams; reach(): Reach } {
  const all: Shadow[] = [];
  const areas = Object.entries(reference).map(([area, functions]) => {
    const noted = Object.entries(functions as Record<string, unknown>).map(([name, behaviour]) => {
      if (typeof behaviour !== "function") return [name, behaviour] as const;
      const shadows = deviants.flatMap((deviant) => shadowOf(deviant, area, name) ?? []);
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
    reach() {
      const reached: Record<string, readonly string[]> = {};
      for (const { deviant, differs } of all) reached[deviant] = [...new Set([...(reached[deviant] ?? []), ...differs])];
      return reached;
    },
  };
}

function shadowOf(deviant: Deviant, area: string, name: string): Shadow | undefined {
  const change = deviant.change(reference) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const behaviour = change[area]?.[name];
  if (typeof behaviour !== "function") return undefined;
  const functions = { ...reference[area as keyof Seams], ...change[area] };
  return {
    deviant: deviant.id,
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

/** A deviant that differs in more cases is run against so many of them. */
const MANY = 200;
const SAMPLE = 100;

/**
 * The cases that a mutant, or a variant, can change: those in which it would have differed from the reference phone, and those that it
 * claims to change. In all others it does, step by step, what the reference phone does. A case that roams may be changed by any mutant, and
 * is run only against those that name it: whether it meets the others is a matter of chance, and nothing is claimed of it.
 *
 * A mutant that differs nearly everywhere, in the way it ends a connection or in a value that few cases read, would cost as much as a
 * whole run each time: of such cases every so many-th is taken, always the same ones for the same mutant.
 *
 * @param reach undefined for all cases, as far as they may be changed
 */
export function affected(
  { id: deviant, caught }: Pick<Mutant, "id"> & Partial<Pick<Mutant, "caught">>,
  reach: Reach | undefined,
  cases: readonly RoamingCase[],
): readonly string[] {
  const roaming = new Set(cases.filter(({ roams }) => roams === true).map(({ id }) => id));
  const claimed = Object.keys(caught ?? {});
  if (reach === undefined) return [...new Set([...cases.flatMap(({ id }) => (roaming.has(id) ? [] : id)), ...claimed])];
  const reached = (reach[deviant] ?? []).filter((id) => !roaming.has(id));
  // Of a variant nothing is claimed beforehand: it is run against them all.
  const taken = caught !== undefined && reached.length > MANY ? sampled(reached, deviant) : reached;
  return [...new Set([...taken, ...claimed])];
}

/** Every so many-th of `ids`, from a place on that a name decides. */
function sampled(ids: readonly string[], name: string): readonly string[] {
  const step = ids.length / SAMPLE;
  const first = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % Math.ceil(step);
  return ids.filter((_, place) => Math.floor((place + first) / step) !== Math.floor((place + first - 1) / step));
}

/** What a case is known by here. */
interface RoamingCase {
  readonly id: string;
  readonly roams?: true;
}
