import { Inconclusive } from "../core/case.ts";

/** A command and the arguments it takes without harm. */
export interface UspCommand {
  /** `Device.SelfTestDiagnostics()`. */
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

/** A table in which Add creates instances, and parameters that a new one takes. */
export interface UspTable {
  /** Ends with a dot. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * What USP cases have to test with: the objects, parameters and commands of the test plan TP-469, or those that stand in for them on
 * this device, as the plan allows. Paths are full ones, with instance numbers.
 */
export interface UspTestValues {
  /** A writable string without consequences; ValueChange is provoked with it. */
  readonly writableString: { readonly path: string; readonly use: readonly [string, string] };
  readonly readOnly: { readonly path: string };
  /** A table inside an instance of another one. */
  readonly nestedTable: UspTable;
  /** A table whose instances a controller can neither create nor delete. */
  readonly fixedTable: { readonly path: string };
  /** A command that is done at once, and leaves the device as it is. */
  readonly syncCommand: UspCommand;
  readonly asyncCommand: UspCommand;
  readonly commandWithArguments: UspCommand;
  /** A secured parameter (TR-106) and a value that it takes. Nothing that an agent tells shows which ones are. */
  readonly securedParameter: { readonly path: string; readonly value: string };
  /** A writable parameter that names an object, which has an Alias: `Device.DeviceInfo.BootFirmwareImage`. It is written, and not changed. */
  readonly reference: { readonly path: string };
  /** Firmware that the device takes: a file, or what the simulated device takes for one, and the SoftwareVersion that it then shows. */
  readonly firmware: { readonly file?: string; readonly version: string };
}

export type UspValueName = keyof UspTestValues;

/** Reading one that nobody knows throws `Inconclusive`, as `Values` does. */
export interface UspValues extends UspTestValues {
  has(name: UspValueName): boolean;
}

const NAMES: readonly UspValueName[] = [
  "writableString",
  "readOnly",
  "nestedTable",
  "fixedTable",
  "syncCommand",
  "asyncCommand",
  "commandWithArguments",
  "securedParameter",
  "reference",
  "firmware",
];

/** What of a value a report names: its command or its path, where it has one. */
function naming(value: object): string {
  if ("command" in value) return String(value.command);
  return "path" in value ? String(value.path) : JSON.stringify(value);
}

/**
 * Makes `UspValues` of what is known.
 * @param onUse called with the name, and the path or command, of each value that is read
 */
export function makeUspValues(known: Partial<UspTestValues>, onUse: (name: UspValueName, what: string) => void): UspValues {
  const target = { has: (name: UspValueName) => known[name] !== undefined };
  for (const name of NAMES) {
    Object.defineProperty(target, name, {
      enumerable: true,
      get() {
        const value = known[name];
        if (value !== undefined) {
          onUse(name, naming(value));
          return value;
        }
        throw new Inconclusive(
          "precondition",
          `the agent has shown nothing to use as ${name}; name it under values: usp: in the profile`,
        );
      },
    });
  }
  return target as UspValues;
}
