import { type AnyCase, DISTURBANCES, type Disturbance } from "../core/case.ts";
import { closest } from "../core/closest.ts";

export interface PlannedCase<Bench> {
  readonly case: AnyCase<Bench>;
  readonly applicable: true | { readonly reason: string };
}

/** What the profile opens beyond gentle and quick cases. */
export interface Allowance {
  /** Disturbing cases that may run; gentle ones always may. */
  readonly disturbs: readonly Disturbance[];
  /** Whether cases may run that wait longer than a minute. True for an embedded phone, whose time is virtual. */
  readonly slow: boolean;
}

export interface PlanOptions {
  /** What the profile says about a feature; undefined when it says nothing. */
  claims(feature: string): boolean | undefined;
  /** Why a feature is not claimed, in words that name the profile's line where there is one. */
  claimReason(feature: string): string;
  readonly allow: Allowance;
  /** Message transfer protocols of this run; default all. */
  readonly mtps?: readonly string[];
  /** Whether USP messages travel over TLS in this run; default both ways. */
  readonly tls?: boolean;
  /** Why the bench is not the gateway of the phone's LAN in this run; undefined when it is. */
  readonly noLan?: string | undefined;
  /** Version of MQTT in this run; default any. */
  readonly mqttVersion?: string;
  /** First segment of the ids, `cwmp`. */
  readonly protocol?: string;
  /** Ids or globs (`cwmp.get-*`); a case is chosen when any fits. */
  readonly caseGlob?: readonly string[];
  /** As vitest's `-t`: a regular expression, looked for in `id title`. */
  readonly nameFilter?: string;
}

/** Seconds of waiting above which a case is slow. */
export const SLOW = 60;

/** A selection that chooses no case; `suggestions` are the ids closest to what was typed. */
export class NothingSelected extends Error {
  override readonly name = "NothingSelected";
  readonly suggestions: readonly string[];

  constructor(selection: string, suggestions: readonly string[]) {
    super(
      `no case fits ${selection}` +
        (suggestions.length > 0 ? `; did you mean ${suggestions.join(", ")}?` : "; --list shows every case"),
    );
    this.suggestions = suggestions;
  }
}

/**
 * The cases that a run consists of, in running order: what leaves the phone in peace first, then all that is about the run's second
 * MTP, what is judged on the whole trace last, and otherwise as the suite lists them.
 * @throws {NothingSelected} when the selection chooses no case
 */
export function planRun<Bench>(cases: readonly AnyCase<Bench>[], options: PlanOptions): readonly PlannedCase<Bench>[] {
  const chosen = cases.filter(
    (one) => ofProtocol(one.id, options.protocol) && fitsGlob(one.id, options.caseGlob) && fitsName(one, options.nameFilter),
  );
  if (chosen.length === 0) throw nothingSelected(cases, options);
  const rank = (one: AnyCase<Bench>): number =>
    one.passive === true ? DISTURBANCES.length : DISTURBANCES.indexOf(one.disturbs ?? "nothing");
  return chosen
    .toSorted((a, b) => turn(a, options) - turn(b, options) || rank(a) - rank(b))
    .map((one) => {
      const reason = reasonAgainst(one, options);
      return { case: one, applicable: reason === undefined ? true : { reason } };
    });
}

/** The agent comes over the first MTP until a case needs it over another one: it is pointed there once, for all of them. */
function turn({ mtp, passive }: AnyCase<never>, { mtps = [] }: PlanOptions): number {
  if (passive === true) return mtps.length;
  return mtp === undefined ? 0 : Math.max(0, mtps.indexOf(mtp));
}

/** Turns a glob (`*` any text, `?` one character, `{a,b}` either) into a regular expression for whole ids. */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
    .replace(/\{([^{}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(",", "|")})`)
    .replace(/[{}]/g, "\\$&");
  return new RegExp(`^${source}$`);
}

function ofProtocol(id: string, protocol: string | undefined): boolean {
  return protocol === undefined || id.startsWith(`${protocol}.`);
}

function fitsGlob(id: string, globs: readonly string[] | undefined): boolean {
  return globs === undefined || globs.length === 0 || globs.some((glob) => globPattern(glob).test(id));
}

function fitsName(one: { readonly id: string; readonly title: string }, filter: string | undefined): boolean {
  if (filter === undefined || filter === "") return true;
  const name = `${one.id} ${one.title}`;
  try {
    return new RegExp(filter).test(name);
  } catch {
    return name.includes(filter);
  }
}

function reasonAgainst(
  one: AnyCase<never>,
  { claims, claimReason, allow, mtps, mqttVersion, tls, noLan }: PlanOptions,
): string | undefined {
  // A LAN is no feature of the phone: whether there is one, how the run is set up decides.
  const lacking = (one.needs ?? []).find((feature) => feature !== "lan" && claims(feature) !== true);
  if (lacking !== undefined) return claimReason(lacking);
  if (noLan !== undefined && one.needs?.includes("lan") === true) return noLan;
  if (one.mtp !== undefined && mtps !== undefined && !mtps.includes(one.mtp))
    return `it is about ${nameOf(one.mtp)}, and in this run the agent comes over ${mtps.map(nameOf).join(" and ")} alone`;
  if (one.mqttVersion !== undefined && mqttVersion !== undefined && one.mqttVersion !== mqttVersion)
    return `it is about MQTT ${one.mqttVersion}, and in this run the agent speaks MQTT ${mqttVersion} (--mqtt-version)`;
  if (one.tls === true && tls === false) return "it is about TLS, and in this run USP messages travel without it (--tls)";
  const disturbs = one.disturbs ?? "nothing";
  if (disturbs !== "nothing" && !allow.disturbs.includes(disturbs))
    return `it disturbs the phone (${disturbs}), which the profile does not allow (allow: ${disturbs})`;
  if ((one.waits ?? 0) > SLOW && !allow.slow)
    return `it waits ${inWords(one.waits ?? 0)} in real time, which the profile does not allow (allow: slow)`;
  return undefined;
}

const nameOf = (mtp: string): string => (mtp === "mqtt" ? "MQTT" : "WebSocket");

function nothingSelected(cases: readonly AnyCase<never>[], options: PlanOptions): NothingSelected {
  const typed = [...(options.caseGlob ?? []), ...(options.nameFilter ? [options.nameFilter] : [])];
  const selection = [
    options.protocol === undefined ? "" : `--protocol=${options.protocol}`,
    ...(options.caseGlob ?? []).map((glob) => `--case=${glob}`),
    options.nameFilter ? `-t ${JSON.stringify(options.nameFilter)}` : "",
  ].filter((part) => part !== "");
  const ids = cases.map(({ id }) => id);
  const suggestions = typed.flatMap((word) => closest(word.replaceAll("*", ""), ids, 3));
  return new NothingSelected(selection.join(" ") || "this run: there are no cases", [...new Set(suggestions)].slice(0, 3));
}

/** Seconds as a person says them: `45 s`, `20 min`, `1 h 5 min`. */
export function inWords(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 100) return `${Math.round(seconds * 10) / 10} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
}
