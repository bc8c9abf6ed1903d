/**
 * What a judge yields: one comparison of what the phone did with what a clause asks, and the place where it was seen.
 */
export interface Finding {
  /** Id of a ledger row, such as `TR-069:A.3.2.2#unknown-name`. */
  readonly requirement: string;
  readonly ok: boolean;
  /**
   * Whether what was seen is good enough for the test plan TP-469, where that asks less than the requirement: any fitting code in place
   * of the right one. Absent: as `ok`.
   */
  readonly byPlan?: boolean;
  /** What the clause asks, in words or as a literal. */
  readonly expected: string;
  /** What was seen, in words or as a literal. */
  readonly actual: string;
  /** Where it was seen: message, line and column, or octets. */
  readonly where: string;
}

/** A value together with the place it came from. An absent value is ordinary: `value` is then undefined. */
export interface Located<T = string> {
  readonly value: T | undefined;
  readonly where: string;
}

/** What `same` and its siblings can compare with: numbers and booleans by their usual lexical form. */
export type Literal = string | number | boolean;

const quoted = (value: unknown): string => (value === undefined ? "absent" : JSON.stringify(String(value)));

/** A finding from a truth value, for everything that the helpers below do not say better. */
export function holds(requirement: string, ok: boolean, seen: { expected: string; actual: unknown; where: string }): Finding {
  return { requirement, ok, expected: seen.expected, actual: describe(seen.actual), where: seen.where };
}

/** The finding as it is, beside what the test plan makes of the same sight: the plan may ask for less, never for more. */
export const byPlan = (finding: Finding, isEnough: boolean): Finding => ({ ...finding, byPlan: finding.ok || isEnough });

/** The value is there and, as text, equals `expected`. Surrounding white space counts: trim it before, where the clause allows. */
export function same(requirement: string, seen: Located<Literal>, expected: Literal): Finding {
  return {
    requirement,
    ok: seen.value !== undefined && String(seen.value) === String(expected),
    expected: quoted(expected),
    actual: quoted(seen.value),
    where: seen.where,
  };
}

/** The value is there and equals one of `expected`. */
export function oneOf(requirement: string, seen: Located<Literal>, expected: readonly Literal[]): Finding {
  return {
    requirement,
    ok: seen.value !== undefined && expected.some((literal) => String(literal) === String(seen.value)),
    expected: `one of ${expected.map(quoted).join(", ")}`,
    actual: quoted(seen.value),
    where: seen.where,
  };
}

/** The value is there and matches `pattern`, which `expected` puts into words. */
export function matches(requirement: string, seen: Located, pattern: RegExp, expected: string): Finding {
  return {
    requirement,
    ok: seen.value !== undefined && pattern.test(seen.value),
    expected,
    actual: quoted(seen.value),
    where: seen.where,
  };
}

/** The value is there, whatever it is. */
export function present(requirement: string, seen: Located<unknown>, expected: string): Finding {
  return { requirement, ok: seen.value !== undefined, expected, actual: describe(seen.value), where: seen.where };
}

/** The value is not there. */
export function absent(requirement: string, seen: Located<unknown>, expected: string): Finding {
  return { requirement, ok: seen.value === undefined, expected, actual: describe(seen.value), where: seen.where };
}

/** Both lists hold the same members, in any order, each as often. `actual` names what is missing and what is too many. */
export function sameSet(requirement: string, seen: Located<readonly string[]>, expected: readonly string[]): Finding {
  const left = new Map<string, number>();
  for (const member of expected) left.set(member, (left.get(member) ?? 0) + 1);
  for (const member of seen.value ?? []) left.set(member, (left.get(member) ?? 0) - 1);
  const missing = [...left].filter(([, count]) => count > 0).map(([member]) => member);
  const extra = [...left].filter(([, count]) => count < 0).map(([member]) => member);
  const actual =
    seen.value === undefined
      ? "absent"
      : missing.length + extra.length === 0
        ? `the same ${seen.value.length}`
        : [missing.length > 0 ? `missing ${few(missing)}` : "", extra.length > 0 ? `unexpected or repeated ${few(extra)}` : ""]
            .filter((part) => part !== "")
            .join("; ");
  return {
    requirement,
    ok: seen.value !== undefined && missing.length === 0 && extra.length === 0,
    expected: `${expected.length} in any order: ${few(expected)}`,
    actual,
    where: seen.where,
  };
}

/** The first few members of a long list, and how many there are in all. */
export function few(members: readonly string[], shown = 8): string {
  const head = members.slice(0, shown).map(quoted).join(", ");
  return members.length > shown ? `${head} and ${members.length - shown} more` : head === "" ? "none" : head;
}

function describe(value: unknown): string {
  if (value === undefined) return "absent";
  return typeof value === "string" ? value : String(value);
}
