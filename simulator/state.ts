import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AcsOrigin } from "./dhcp/discovery-seams.ts";
import type { GatewayInfo } from "./dhcp/reading-seams.ts";
import type { InterfaceAddress } from "./network.ts";
import type { BulkReport } from "./usp/bulk-seams.ts";

/** Attributes of a parameter (TR-069 A.3.2.4). */
export interface Attributes {
  /** 0 off, 1 passive, 2 active. */
  readonly notification: number;
  readonly accessList: readonly string[];
}

export interface TableState {
  /** Highest instance number ever given, so that none is given twice (A.3.2.6). */
  highest: number;
  instances: number[];
}

/** What the USP agent keeps beyond the phone's own data model. */
export interface UspState {
  /** By path of the table. */
  tables: Record<string, TableState>;
  /** By parameter. */
  values: Record<string, string>;
  /** When instances were made, in milliseconds of the clock, by path. */
  made: Record<string, number>;
  /** What the next Boot! tells. */
  boot: BootCause;
  /** Version of the firmware that ran last; empty before the first start. */
  version: string;
  /** Bulk data reports that were not delivered yet, by profile, the oldest first. */
  reports?: Record<string, readonly BulkReport[]>;
}

/** Why the phone started, as `Boot!` has it (TR-181 Device.Boot!). */
export interface BootCause {
  readonly cause: "LocalReboot" | "RemoteReboot" | "LocalFactoryReset" | "RemoteFactoryReset";
  readonly commandKey: string;
}

/** An event that the ACS has not confirmed. */
export interface QueuedEvent {
  readonly code: string;
  readonly commandKey: string;
  /** Id of the transfer that an `M Download` or `M Upload` tells of. */
  readonly transfer?: number;
}

/** A parameter that changed by other hands than the ACS's, and has not been reported. */
export interface Change {
  readonly name: string;
  /** Grows with every change, so that a change during a session is told from the one that the session reported. */
  readonly serial: number;
}

/** A download or upload that the ACS asked for, until it has confirmed its TransferComplete. */
export interface Transfer {
  readonly id: number;
  readonly direction: "download" | "upload";
  readonly commandKey: string;
  readonly fileType: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly fileSize: number;
  readonly targetFileName: string;
  /** When it is due, in milliseconds of the clock. */
  readonly due: number;
  readonly step: "waiting" | "running" | "done";
  readonly startTime?: number;
  readonly completeTime?: number;
  readonly faultCode?: number;
  readonly faultString?: string;
}

export interface ScheduledInform {
  readonly due: number;
  readonly commandKey: string;
}

/** A setting's value that lasts until a reboot, and the one in the phone's memory. */
export interface PassingValue {
  readonly value: string;
  readonly kept?: string | undefined;
}

/** Settings that keep the addresses of what changes the phone's looks. */
export type SkinSetting = "upload_gui" | "upload_web";

export interface VendorState {
  /** Name of the skin that it wears; empty for the one that it was delivered with. */
  skin: string;
  /** Tarballs that are still to be fetched, and the setting that keeps their address. */
  awaited: readonly { readonly setting: SkinSetting; readonly url: string }[];
  /** Addresses that the settings held when they were looked at last. */
  seen: Partial<Record<SkinSetting, string>>;
}

/** What DHCP has told the phone. */
export interface LanState {
  /** Who the gateway is. */
  gateway: GatewayInfo;
  /** The address that it had last. */
  address?: InterfaceAddress;
  /** The ACS that was named last; empty for none. */
  acsUrl: string;
  origin: AcsOrigin;
}

/** Everything that survives a loss of power. Plain data, so that it can be written as JSON. */
export interface PhoneState {
  /** By name; an indexed setting has its index as suffix, `user_name1`. */
  settings: Record<string, string>;
  /** Permission flags that a file has given to settings, by setting; those that are not here may be changed. */
  permissions: Record<string, string>;
  /** Settings whose values the user has given them. */
  userChanges: string[];
  /** Settings whose values last until a reboot. */
  passing: Record<string, PassingValue>;
  paramMap: string;
  /** Values written to parameters that map to no setting, and to cells of tables, by parameter name. */
  values: Record<string, string>;
  /** Attributes that differ from the default, by parameter name. */
  attributes: Record<string, Attributes>;
  /** By path of the table. */
  tables: Record<string, TableState>;
  parameterKey: string;
  events: QueuedEvent[];
  changes: Change[];
  changeSerial: number;
  transfers: Transfer[];
  lastTransfer: number;
  scheduled: ScheduledInform[];
  /** CommandKeys of the Reboot requests that the coming boot answers. */
  reboots: string[];
  /** How often in a row a session has failed. */
  retryCount: number;
  connectionRequest: { port: number; path: string };
  /** What the phone looks like beyond its delivery. */
  vendor: VendorState;
  lan: LanState;
  /** What its USP agent keeps. */
  usp: UspState;
}

export interface StateStore {
  readonly state: PhoneState;
  /** Keeps the state as it is now. */
  save(): void;
}

/** The state kept in `folder`, or in memory when there is none; `initial` makes the one of a phone that never ran. */
export function openState(folder: string | undefined, initial: () => PhoneState): StateStore {
  if (folder === undefined) return { state: initial(), save: () => {} };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "phone.json");
  const state = { ...initial(), ...readKept(file) };
  return {
    state,
    save() {
      // A loss of power in the middle leaves the old file as it was.
      writeFileSync(`${file}.new`, JSON.stringify(state, undefined, 1));
      renameSync(`${file}.new`, file);
    },
  };
}

function readKept(file: string): Partial<PhoneState> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<PhoneState>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Error(
      `The phone's memory ${file} cannot be read: ${(error as Error).message}. Delete it to start with a new phone.`,
    );
  }
}
