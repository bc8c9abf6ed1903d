import type { Finding } from "./finding.ts";

/** What a case does to the phone, from gentle to rough; the runner orders cases by it and the profile's `allow` opens it. */
export type Disturbance = "nothing" | "reboot" | "factory-reset" | "network";

/** The order in which cases run: what leaves the phone in peace comes first, what is judged on the whole trace last. */
export const DISTURBANCES: readonly Disturbance[] = ["nothing", "reboot", "network", "factory-reset"];

/**
 * A case is data with two functions. `drive` talks to the phone and returns what it saw; it never judges. `judge` is a pure
 * generator of findings; it never talks, never throws for a missing value, and does not stop at the first fault.
 *
 * @typeParam Bench what `drive` is given: the servers and the phone
 * @typeParam Evidence what `drive` saw
 */
export interface Case<Bench, Evidence> {
  /** `protocol.area.behaviour`, kebab case inside the segments; never renamed, never used again. */
  readonly id: string;
  /** A fact in the present tense about the phone, at most 80 characters, unique. */
  readonly title: string;
  /** Requirements, as ids of ledger rows, for each of which `judge` yields at least one finding. */
  readonly proves: readonly string[];
  /** Cross-references into test plans and our catalogue, such as `GPV-006`. Never the basis of a verdict. */
  readonly references?: readonly string[];
  /**
   * Requirements of `proves` that no test of TP-469 in `references` asks for: by the yardstick tp-469 they do not count. A case that
   * refers to no test of the plan is beyond it as a whole.
   */
  readonly beyondPlan?: readonly string[];
  /** Features that the phone's profile must claim; without one of them the case is not applicable. */
  readonly needs?: readonly string[];
  /** Message transfer protocol that the case is about, `websocket` or `mqtt`: over another one it is not applicable. */
  readonly mtp?: string;
  /** Version of MQTT that the case is about, `5.0` or `3.1.1`: over the other one it is not applicable. */
  readonly mqttVersion?: string;
  /** It is about TLS: without it, it is not applicable. */
  readonly tls?: true;
  readonly disturbs?: Disturbance;
  /** Longest time, in seconds, that the case waits for the phone by design (not counting patience). Over 60 it is marked slow. */
  readonly waits?: number;
  /** True for a rule judged on everything that was recorded in the run: it runs after all others. */
  readonly passive?: boolean;
  /**
   * True for a property: it goes where chance leads it, so that any fault of a phone may turn it red. The proof runs it only against
   * mutants that name it.
   */
  readonly roams?: true;
  drive(bench: Bench): Promise<Evidence>;
  judge(evidence: Evidence): Iterable<Finding>;
}

/** A case with its evidence type hidden, as lists of cases hold it. */
export interface AnyCase<Bench> extends Omit<Case<Bench, never>, "drive" | "judge"> {
  drive(bench: Bench): Promise<unknown>;
  judge(evidence: unknown): Iterable<Finding>;
}

/** Hides the evidence type of a case; the only place where it is lost, and `drive` and `judge` stay together. */
export function erase<Bench, Evidence>(one: Case<Bench, Evidence>): AnyCase<Bench> {
  return { ...one, judge: (evidence) => one.judge(evidence as Evidence) };
}

/**
 * Thrown by the harness, or by a `drive` whose control failed, when nothing can be said about the phone: the case is then
 * inconclusive with this reason. Never thrown because the phone answered wrongly.
 */
export class Inconclusive extends Error {
  override readonly name = "Inconclusive";
  readonly kind: "unreachable" | "precondition" | "control-failed" | "interrupted";

  constructor(kind: Inconclusive["kind"], reason: string) {
    super(reason);
    this.kind = kind;
  }
}
