import type { Clock } from "./clock.ts";
import type { DataModel } from "./data-model/model.ts";
import type { Running } from "./data-model/special-values.ts";
import type { Seams } from "./seams.ts";
import type { PhoneState } from "./state.ts";

/** The phone as its parts see it: what it knows, and what can be done to it as a whole. */
export interface Device {
  readonly clock: Clock;
  readonly seams: Seams;
  readonly state: PhoneState;
  readonly model: DataModel;
  readonly running: Running;
  /** In [0, 1). */
  random(): number;
  /** Keeps the state as it is now. */
  save(): void;
  /** Closes everything at once and starts anew. */
  restart(): void;
  /** Forgets everything that it was told, then restarts (TR-069 A.4.1.6). */
  factoryReset(): void;
  log(line: string): void;
}
