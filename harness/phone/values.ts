import { Inconclusive } from "../core/case.ts";

/** A writable string with no consequences. */
export interface StringValue {
  readonly path: string;
  /** Longest value that it takes, in characters. */
  readonly max: number;
  /** Two different values that it takes. */
  readonly use: readonly [string, string];
}

export interface NumberValue {
  readonly path: string;
  readonly min: number;
  readonly use: readonly [string, string];
}

export interface TableValue {
  /** Ends with a dot: `Device.X_Snom_Speeddial.`. */
  readonly path: string;
  /** How many instances fit; absent when that is not known. */
  readonly max: number | undefined;
  /** A writable string inside every instance, `Number`; absent when none is known. */
  readonly column: string | undefined;
}

export interface LocalValue {
  readonly parameter: string;
  /** What the driver, or the hook, calls it. */
  readonly setting: string;
  /** Two values as the phone's own side writes them. */
  readonly values: readonly [string, string];
}

export interface EnumerationValue {
  readonly path: string;
  readonly good: string;
  readonly bad: string;
}

/** What a run has to test with. All paths are full ones, under the phone's root. */
export interface TestValues {
  readonly writableString: StringValue;
  readonly writableUnsignedInt: NumberValue;
  readonly writableBoolean: { readonly path: string };
  readonly writableDateTime: { readonly path: string };
  readonly readOnly: { readonly path: string };
  readonly table: TableValue;
  /** The parameter that counts the instances of `table`. */
  readonly numberOfEntries: { readonly path: string };
  /** A creatable table; `child` is an object inside every instance, `SIP.`. */
  readonly nestedTable: TableValue & { readonly child: string };
  readonly emptyTable: { readonly path: string };
  readonly fixedTable: { readonly path: string };
  readonly local: LocalValue;
  readonly enumeration: EnumerationValue;
  /** An object with several parameters, for partial paths. */
  readonly objectForPartialPath: { readonly path: string };
  /** A parameter for which active notification may be refused. */
  readonly deniable: { readonly path: string };
}

export type ValueName = keyof TestValues;

/**
 * Values to test with, from the profile or else learnt. Reading one that nobody knows throws `Inconclusive`, so that a case needs
 * no check of its own; cases that need what a phone may lack say so in `needs` and are then not applicable.
 */
export interface Values extends TestValues {
  has(name: ValueName): boolean;
  /** Whether a parameter changes by itself or is hidden, so that before and after cannot be compared. */
  isVolatile(parameter: string): boolean;
  /** Whether writing the parameter could cut the phone off. */
  isUnsafe(parameter: string): boolean;
}

const VALUE_NAMES: readonly ValueName[] = [
  "writableString",
  "writableUnsignedInt",
  "writableBoolean",
  "writableDateTime",
  "readOnly",
  "table",
  "numberOfEntries",
  "nestedTable",
  "emptyTable",
  "fixedTable",
  "local",
  "enumeration",
  "objectForPartialPath",
  "deniable",
];

/** Names (as `*` globs, relative to the root) of parameters that change by themselves or never read back what was written. */
export const VOLATILE: readonly string[] = [
  "DeviceInfo.UpTime",
  "DeviceInfo.DeviceLog",
  "DeviceInfo.MemoryStatus.*",
  "DeviceInfo.ProcessStatus.*",
  "DeviceInfo.VendorLogFile.*",
  "ManagementServer.ParameterKey",
  "ManagementServer.ConnectionRequestURL",
  "Time.CurrentLocalTime",
  "Config.ConfigFile",
  "*.Stats.*",
  "*Password",
];

/** Names (as `*` globs, relative to the root) of parameters that are never written without need. */
export const UNSAFE: readonly string[] = [
  "ManagementServer.URL",
  "ManagementServer.Username",
  "ManagementServer.Password",
  "ManagementServer.EnableCWMP",
  "ManagementServer.ConnectionRequest*",
  "ManagementServer.HTTPConnectionRequestEnable",
  "LAN.*",
  "WANDevice.*",
  "LANDevice.*",
  "IP.*",
  "Ethernet.*",
  "Routing.*",
  "*Password",
  "*Reset",
  "*ResetStatistics",
];

/** Makes `Values` of what is known. `volatile` and `unsafe` are globs of full names. */
export function makeValues(known: Partial<TestValues>, volatile: readonly string[], unsafe: readonly string[]): Values {
  const changes = volatile.map(nameGlob);
  const harms = unsafe.map(nameGlob);
  const target = {
    has: (name: ValueName) => known[name] !== undefined,
    isVolatile: (parameter: string) => changes.some((glob) => glob.test(parameter)),
    isUnsafe: (parameter: string) => harms.some((glob) => glob.test(parameter)),
  };
  for (const name of VALUE_NAMES) {
    Object.defineProperty(target, name, {
      enumerable: true,
      get() {
        const value = known[name];
        if (value !== undefined) return value;
        throw new Inconclusive(
          "precondition",
          `the phone has shown nothing to use as ${name}; name it under values: in the profile`,
        );
      },
    });
  }
  return target as Values;
}

/** A glob of parameter names, in which `*` stands for any text. */
export function nameGlob(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+?^$()|[\]{}\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}
