import type { Seams } from "../seams.ts";

/** What a mutant replaces: functions of one or more areas, by name. */
export type Change = { readonly [Area in keyof Seams]?: Partial<Seams[Area]> };

/** What a phone is examined on: see trust/rig.ts. */
export type RigId =
  | `${"snom" | "generic"}${"" | "-mqtt" | "-mqtt311"}${"" | "-tls"}`
  | `${"snom" | "cwmp" | "cwmp-found" | "generic" | "generic-mqtt"}-lan`;

/** A phone with exactly one thing wrong, to prove that a case can fail, and fails for the right reason. */
export interface Mutant {
  /** Kebab case, unique. */
  readonly id: string;
  /** "A phone that …" */
  readonly phone: string;
  /** Id of the requirement that it breaks. */
  readonly breaks: string;
  /** By case id, exactly the requirements whose findings turn bad. */
  readonly caught: Readonly<Record<string, readonly string[]>>;
  /** On which rig it is proven; default `snom`. */
  readonly rig?: RigId;
  /** Number of a quirk that was seen in the field, such as `M37`. */
  readonly quirk?: string;
  /** Replaces one behaviour, calling the original in `seams` where it can. */
  change(seams: Seams): Change;
}

export interface MutatedSeams {
  readonly seams: Seams;
  /** How often the phone has called what the mutant replaced. A mutant that was never reached proves nothing. */
  reached(): number;
}

/**
 * The phone of `mutant`: `reference` with its replacements.
 *
 * @throws Error when it replaces anything but exactly one function, or one that is not there
 */
export function applyMutant(reference: Seams, mutant: Pick<Mutant, "id" | "change">): MutatedSeams {
  let calls = 0;
  let replaced = 0;
  const areas: Record<string, unknown> = { ...reference };
  for (const [area, changes] of Object.entries(mutant.change(reference))) {
    const original = areas[area] as Record<string, unknown> | undefined;
    const mutated = { ...original };
    for (const [name, behaviour] of Object.entries(changes as Record<string, unknown>)) {
      if (typeof original?.[name] !== "function" || typeof behaviour !== "function")
        throw new Error(
          `Mutant ${mutant.id} replaces ${area}.${name}, which is not a behaviour of the phone: see simulator/seams.ts.`,
        );
      mutated[name] = (...given: unknown[]): unknown => {
        calls += 1;
        return Reflect.apply(behaviour, mutated, given);
      };
      replaced += 1;
    }
    areas[area] = mutated;
  }
  if (replaced !== 1) throw new Error(`Mutant ${mutant.id} replaces ${replaced} behaviours; a mutant replaces exactly one.`);
  return { seams: areas as unknown as Seams, reached: () => calls };
}
