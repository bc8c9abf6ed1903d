import type { Clock } from "../clock.ts";
import type { UspModel } from "./model.ts";
import type { Resolver } from "./resolve.ts";
import type { UspAgentSeams } from "./seams.ts";
import type { Rights } from "./trust.ts";

/** What requests are served with. */
export interface Tools {
  readonly model: UspModel;
  readonly resolver: Resolver;
  readonly seams: UspAgentSeams;
  readonly clock: Clock;
  /** Object of the controller that asks, `Device.LocalAgent.Controller.2.` */
  readonly controller: string;
  /** What that controller may do. */
  readonly rights: Rights;
  /** Parameters of the phone's own data model that were written, and what they held before. */
  readonly written: Map<string, string>;
}

/** Keys of an instance that the controller may read. */
export const visibleKeys = ({ model, rights }: Pick<Tools, "model" | "rights">, path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(model.keysOf(path)).filter(([name]) => rights.may("read key", path + name)));

/** Whether a path, which ends with a dot, is one of an instance. */
export const isInstance = (path: string): boolean => /\.\d+\.$/.test(path);
