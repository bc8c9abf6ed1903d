import type { UspChoice } from "../harness/bench/bench-options.ts";
import type { Bench } from "../harness/bench/usp-bench.ts";
import { isTlsRun, mtpsOfRun } from "../harness/bench/usp-servers.ts";
import type { AnyCase } from "../harness/core/case.ts";
import { type FeatureName, isFeature } from "../harness/phone/features.ts";
import type { Profile } from "../harness/phone/profile.ts";
import type { KnownFailure } from "../harness/run/known-failures.ts";
import { type PlannedCase, planRun } from "../harness/run/plan.ts";
import type { RanCase, TargetInfo } from "../harness/run/result.ts";
import { cases } from "../suites/index.ts";
import type { Address } from "./address.ts";
import type { DhcpPlace, Selection, Shard } from "./flags.ts";

/** Who is examined: the embedded phone, or a device, whose address is not needed when it comes to us by itself. */
export type Target =
  | { readonly kind: "simulator"; readonly realTime: boolean }
  | { readonly kind: "device"; readonly address?: Address };

/** The LAN that the phone is on, as far as the bench is its gateway. */
export type LanChoice =
  /** Two network namespaces of this machine, for the embedded phone. */
  | { readonly kind: "namespaces" }
  | ({ readonly kind: "interface" } & DhcpPlace)
  /** Cases that need one are not applicable; the reason says what to do about it. */
  | { readonly kind: "none"; readonly because: string };

/** What the worker, in which the cases run, has to know. Can be cloned between threads. */
export interface Job {
  readonly target: Target;
  readonly profile: string;
  readonly selection: Selection;
  readonly listen?: string;
  readonly usp: UspChoice;
  readonly lan: LanChoice;
  readonly seed: number;
  /** The way to one counterexample of a property: that one alone is run. */
  readonly path?: string;
  /** Flags, beside those that choose cases and the seed, with which a run like this one is started. */
  readonly flags: readonly string[];
  readonly reportFolder: string;
  readonly knownFailures: readonly KnownFailure[];
  /** Why the phone cannot be reached, when that is known before the start: no case is tried then. */
  readonly unreachable?: string;
  /** Name of the channel over which worker and main thread speak while the run goes on. */
  readonly channel: string;
}

declare module "vitest" {
  interface ProvidedContext {
    job: Job;
  }
}
declare module "@vitest/runner" {
  interface TaskMeta {
    ran?: RanCase;
  }
}

/** What the worker says while the run goes on, in this order for each case. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "about"; readonly target: Partial<TargetInfo> }
  | { readonly kind: "started"; readonly id: string }
  | { readonly kind: "waits"; readonly what: string }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "done"; readonly ran: RanCase }
  /** Nothing more will come. */
  | { readonly kind: "over" };

/** What the worker is told. */
export interface ToWorker {
  readonly kind: "interrupt";
}

/** True when the phone's time is virtual: waiting costs nothing then. */
export const isVirtual = (target: Target): boolean => target.kind === "simulator" && !target.realTime;

/**
 * The cases of a run, in running order. Main thread and worker come to the same list; the worker once more when it has learnt what
 * the phone supports.
 *
 * @param learnt whether the phone has a feature that its profile leaves to be learnt; before it is known, it is taken to have it
 * @throws {NothingSelected}
 */
export function planOf(
  { selection, target, usp, lan }: Pick<Job, "selection" | "target" | "usp" | "lan">,
  profile: Profile,
  learnt: (feature: FeatureName) => boolean = () => true,
): readonly PlannedCase<Bench>[] {
  const { shard, ...chosen } = selection;
  const planned = planRun<Bench>(cases, {
    ...chosen,
    claims(feature) {
      if (!isFeature(feature)) return undefined;
      const claim = profile.claims(feature);
      return claim === "learn" ? learnt(feature) : claim;
    },
    claimReason: (feature) => profile.claimReason(feature),
    allow: { ...profile.allow, slow: profile.allow.slow || isVirtual(target) },
    mtps: mtpsOfRun(profile, usp),
    tls: isTlsRun(profile, usp),
    noLan: lan.kind === "none" ? lan.because : undefined,
    mqttVersion: usp.mqttVersion ?? profile.reach.usp.mqtt.version,
  });
  return shard === undefined ? planned : planned.filter((_, index) => inShard(index, shard));
}

const inShard = (index: number, { index: part, count }: Shard): boolean => index % count === part - 1;

/** Ids and titles of every case that fits, as `--list` prints them. */
export function listOf(selection: Selection): readonly AnyCase<Bench>[] {
  const everything = { claims: () => true, claimReason: () => "", allow: { disturbs: [], slow: true } };
  const { shard, ...chosen } = selection;
  const fitting = planRun<Bench>(cases, { ...chosen, ...everything });
  return fitting.map((planned) => planned.case).filter((_, index) => shard === undefined || inShard(index, shard));
}
