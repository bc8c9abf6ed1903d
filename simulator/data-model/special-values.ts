import type { Clock } from "../clock.ts";
import type { PhoneState } from "../state.ts";
import { DEFAULT_SETTINGS, isSecret } from "./default-settings.ts";

/** What special values are made of besides the state. */
export interface Running {
  readonly clock: Clock;
  /** When the phone started, in milliseconds of the clock. */
  bootedAt: number;
  connectionRequestURL: string;
  /** Lines of the phone's own log, the last ones only. */
  readonly log: string[];
}

type Read = (state: PhoneState, running: Running, index: string) => string;
type Write = (state: PhoneState, value: string, index: string) => void;

const uptime: Read = (_state, { clock, bootedAt }) => String(Math.floor((clock.now() - bootedAt) / 1000));
const nothing: Read = () => "";
const zero: Read = () => "0";

/** Line.Enable of TR-104, by what the setting holds. */
const LINE_ENABLE: Readonly<Record<string, string>> = { on: "Enabled", off: "Disabled", quiescent: "Quiescent" };

const READ: Readonly<Record<string, Read>> = {
  LCS2_PRODUCT: ({ settings }) => settings.phone_type ?? "",
  SIM_UPTIME: uptime,
  SIM_CONNECTIONUPTIME: uptime,
  SIM_LOCALTIME: (_state, { clock }) => new Date(clock.now()).toISOString().replace(/\.\d+/, ""),
  SIM_LOG: (_state, { log }) => log.join("\n"),
  SIM_PARAMETERKEY: ({ parameterKey }) => parameterKey,
  SIM_CNRURL: (_state, { connectionRequestURL }) => connectionRequestURL,
  SIM_CONFIGFILE: ({ settings }) => changedSettings(settings),
  SIM_ADDRTYPE: ({ settings }) => (settings.dhcp === "off" ? "Static" : "DHCP"),
  SIM_MACCOLON: ({ settings }) => (settings.mac ?? "").replace(/(..)(?=.)/g, "$1:"),
  SIM_LINEENABLE: ({ settings }, _running, index) => LINE_ENABLE[settings[`user_active${index}`] ?? "off"] ?? "Disabled",
  SIM_LINESTATUS: ({ settings }, _running, index) => (settings[`user_active${index}`] === "on" ? "Registering" : "Disabled"),
  SIM_CALLSTATE: () => "Idle",
  SIM_RINGVOL: ({ settings }) => settings.vol_ringer ?? "0",
  SIM_GW_OUI: nothing,
  SIM_GW_CLASS: nothing,
  SIM_GW_SERIAL: nothing,
  SIM_TOTALBYTESSENT: zero,
  SIM_TOTALBYTESRECEIVED: zero,
  SIM_TOTALPACKETSSENT: zero,
  SIM_TOTALPACKETSRECEIVED: zero,
};

const WRITE: Readonly<Record<string, Write>> = {
  SIM_ADDRTYPE(state, value) {
    state.settings.dhcp = value === "DHCP" ? "on" : "off";
  },
  SIM_LINEENABLE(state, value, index) {
    state.settings[`user_active${index}`] = Object.entries(LINE_ENABLE).find(([, shown]) => shown === value)?.[0] ?? "off";
  },
};

export const isWritableSpecial = (name: string): boolean => Object.hasOwn(WRITE, name);

/** Empty for a special value that the phone does not know. */
export function readSpecial(name: string, index: string, state: PhoneState, running: Running): string {
  return READ[name]?.(state, running, index) ?? "";
}

export function writeSpecial(name: string, index: string, value: string, state: PhoneState): void {
  WRITE[name]?.(state, value, index);
}

/** Settings that are not as delivered, one on a line; a secret shows only that it is there. */
function changedSettings(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .filter(([name, value]) => value !== (DEFAULT_SETTINGS[name] ?? "") && !isSecret(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
