import type { Clock } from "../clock.ts";
import type { PhoneState } from "../state.ts";
import { DEFAULT_SETTINGS, isSecret } from "./default-settings.ts";
import { readUspValue, USP_VALUES, type UspSeams } from "./usp-settings.ts";

/** What special values are made of besides the state. */
export interface Running {
  readonly clock: Clock;
  /** When the phone started, in milliseconds of the clock. */
  bootedAt: number;
  connectionRequestURL: string;
  /** Lines of the phone's own log, the last ones only. */
  readonly log: string[];
}

interface Special {
  /** Settings that it is made of, without their index. */
  readonly of?: readonly string[];
  read(state: PhoneState, running: Running, index: string, seams: UspSeams): string;
  write?(state: PhoneState, value: string, index: string): void;
}

const UPTIME: Special = { read: (_state, { clock, bootedAt }) => String(Math.floor((clock.now() - bootedAt) / 1000)) };
const ZERO: Special = { read: () => "0" };

/** Line.Enable of TR-104, by what the setting holds. */
const LINE_ENABLE: Readonly<Record<string, string>> = { on: "Enabled", off: "Disabled", quiescent: "Quiescent" };

const SPECIAL: Readonly<Record<string, Special>> = {
  LCS2_PRODUCT: { read: ({ settings }) => settings.phone_type ?? "" },
  SIM_UPTIME: UPTIME,
  SIM_CONNECTIONUPTIME: UPTIME,
  SIM_LOCALTIME: { read: (_state, { clock }) => new Date(clock.now()).toISOString().replace(/\.\d+/, "") },
  SIM_LOG: { read: (_state, { log }) => log.join("\n") },
  SIM_PARAMETERKEY: { read: ({ parameterKey }) => parameterKey },
  SIM_CNRURL: { read: (_state, { connectionRequestURL }) => connectionRequestURL },
  SIM_CONFIGFILE: { read: ({ settings }) => changedSettings(settings) },
  SIM_ADDRTYPE: {
    of: ["dhcp"],
    read: ({ settings }) => (settings.dhcp === "off" ? "Static" : "DHCP"),
    write(state, value) {
      state.settings.dhcp = value === "DHCP" ? "on" : "off";
    },
  },
  SIM_MACCOLON: { read: ({ settings }) => (settings.mac ?? "").replace(/(..)(?=.)/g, "$1:") },
  SIM_LINEENABLE: {
    of: ["user_active"],
    read: ({ settings }, _running, index) => LINE_ENABLE[settings[`user_active${index}`] ?? "off"] ?? "Disabled",
    write(state, value, index) {
      state.settings[`user_active${index}`] = Object.entries(LINE_ENABLE).find(([, shown]) => shown === value)?.[0] ?? "off";
    },
  },
  SIM_LINESTATUS: {
    of: ["user_active"],
    read: ({ settings }, _running, index) => (settings[`user_active${index}`] === "on" ? "Registering" : "Disabled"),
  },
  SIM_CALLSTATE: { read: () => "Idle" },
  SIM_RINGVOL: { of: ["vol_ringer"], read: ({ settings }) => settings.vol_ringer ?? "0" },
  SIM_GW_OUI: { read: ({ lan }) => lan.gateway.oui },
  SIM_GW_CLASS: { read: ({ lan }) => lan.gateway.productClass },
  SIM_GW_SERIAL: { read: ({ lan }) => lan.gateway.serialNumber },
  SIM_TOTALBYTESSENT: ZERO,
  SIM_TOTALBYTESRECEIVED: ZERO,
  SIM_TOTALPACKETSSENT: ZERO,
  SIM_TOTALPACKETSRECEIVED: ZERO,
  ...Object.fromEntries(
    Object.keys(USP_VALUES).map((name): readonly [string, Special] => [
      name,
      {
        of: USP_VALUES[name]?.of ?? [],
        read: ({ settings }, _running, index, seams) => readUspValue(name, index, settings, seams) ?? "",
      },
    ]),
  ),
};

export const isWritableSpecial = (name: string): boolean => SPECIAL[name]?.write !== undefined;

/** Names of the settings that a special value is made of. */
export const settingsOfSpecial = (name: string, index: string): readonly string[] =>
  SPECIAL[name]?.of?.map((setting) => setting + index) ?? [];

/** Undefined for a special value that the phone does not know. */
export function readSpecial(
  name: string,
  index: string,
  state: PhoneState,
  running: Running,
  seams: UspSeams,
): string | undefined {
  return SPECIAL[name]?.read(state, running, index, seams);
}

export function writeSpecial(name: string, index: string, value: string, state: PhoneState): void {
  SPECIAL[name]?.write?.(state, value, index);
}

/** Settings that are not as delivered, one on a line; a secret shows only that it is there. */
function changedSettings(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .filter(([name, value]) => value !== (DEFAULT_SETTINGS[name] ?? "") && !isSecret(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
