import type { Learnt } from "./learn.ts";
import { nameGlob, type TestValues, UNSAFE, VOLATILE } from "./values.ts";

/** Writable strings without consequences, by how little they matter, with the longest value that TR-106 and TR-181 give them. */
const STRINGS: readonly (readonly [name: string, max: number])[] = [
  ["DeviceInfo.ProvisioningCode", 64],
  ["Config.PersistentData", 256],
  ["Time.NTPServer2", 64],
  ["UserInterface.ISPName", 64],
];

/** Parameters for which TR-106 lets a CPE refuse active notification. */
const DENIABLE = ["DeviceInfo.UpTime", "DeviceInfo.DeviceLog", "ManagementServer.ParameterKey", "Time.CurrentLocalTime"];

const READ_ONLY = [
  "DeviceInfo.SoftwareVersion",
  "DeviceInfo.HardwareVersion",
  "DeviceInfo.SerialNumber",
  "DeviceInfo.Manufacturer",
];

/** A place where the model has `{i}`. */
const isInstance = (name: string): boolean => /\.\d+\.$/.test(name);

/**
 * What a phone's data model offers to test with. Only names of the standard are taken for values that will be written: a device that is
 * not ours is not written to on a guess.
 *
 * @param unsafe globs of full names
 */
export function learnValues({ root, model, values }: Learnt, unsafe: readonly string[]): Partial<TestValues> {
  const harms = unsafe.map(nameGlob);
  const full = (name: string): string => root + name;
  const writable = (name: string): boolean => model.get(full(name)) === true && !harms.some((glob) => glob.test(full(name)));
  const exists = (name: string): boolean => model.has(full(name)) || values.has(full(name));
  const learnt: { -readonly [Name in keyof TestValues]?: TestValues[Name] } = {};

  const text = STRINGS.find(([name]) => writable(name) && (values.get(full(name))?.type ?? "string") === "string");
  if (text !== undefined) learnt.writableString = { path: full(text[0]), max: text[1], use: ["assay.one", "assay.two"] };
  const simple = { interval: "PeriodicInformInterval", enable: "PeriodicInformEnable", time: "PeriodicInformTime" };
  if (writable(`ManagementServer.${simple.interval}`))
    learnt.writableUnsignedInt = { path: full(`ManagementServer.${simple.interval}`), min: 1, use: ["7200", "10800"] };
  if (writable(`ManagementServer.${simple.enable}`)) learnt.writableBoolean = { path: full(`ManagementServer.${simple.enable}`) };
  if (writable(`ManagementServer.${simple.time}`)) learnt.writableDateTime = { path: full(`ManagementServer.${simple.time}`) };

  const fixed = READ_ONLY.find((name) => exists(name) && model.get(full(name)) !== true);
  if (fixed !== undefined) learnt.readOnly = { path: full(fixed) };
  const deniable = DENIABLE.find(exists);
  if (deniable !== undefined) learnt.deniable = { path: full(deniable) };
  if (exists("DeviceInfo.") || exists("DeviceInfo.SoftwareVersion")) learnt.objectForPartialPath = { path: full("DeviceInfo.") };
  return {
    ...learnt,
    ...learnTables(model, (path) => harms.some((glob) => glob.test(path))),
    ...learnEnumeration({ model, values }),
  };
}

function learnTables(model: ReadonlyMap<string, boolean>, harms: (path: string) => boolean): Partial<TestValues> {
  const learnt: { -readonly [Name in keyof TestValues]?: TestValues[Name] } = {};
  const names = [...model.keys()];
  const objects = names.filter((name) => name.endsWith(".") && !isInstance(name));
  const below = (path: string): readonly string[] => names.filter((name) => name.startsWith(path) && name !== path);
  const column = (path: string): string | undefined =>
    names
      .map((name) =>
        model.get(name) === true && name.startsWith(path) ? /^\d+\.(\w+)$/.exec(name.slice(path.length))?.[1] : undefined,
      )
      .find((one) => one !== undefined);
  const creatable = objects
    .filter((path) => model.get(path) === true && !harms(path))
    .sort((a, b) => a.split(".").length - b.split(".").length);
  const counted = (path: string): string => `${path.slice(0, -1)}NumberOfEntries`;
  const table = creatable.find((path) => model.has(counted(path))) ?? creatable[0];
  if (table !== undefined) {
    learnt.table = { path: table, max: undefined, column: column(table) };
    if (model.has(counted(table))) learnt.numberOfEntries = { path: counted(table) };
  }
  for (const path of creatable) {
    const child = below(path)
      .map((name) => /^\d+\.(\w+\.)$/.exec(name.slice(path.length))?.[1])
      .find((one) => one !== undefined);
    if (child === undefined) continue;
    learnt.nestedTable = { path, max: undefined, column: column(path), child };
    break;
  }
  const empty = objects.find((path) => below(path).length === 0 && path !== table);
  if (empty !== undefined) learnt.emptyTable = { path: empty };
  const fixedTable = objects.find(
    (path) => model.get(path) === false && below(path).some((name) => /^\d+\.$/.test(name.slice(path.length))),
  );
  if (fixedTable !== undefined) learnt.fixedTable = { path: fixedTable };
  return learnt;
}

/** TR-104: Line.Enable takes Disabled, Quiescent and Enabled, and nothing else. */
function learnEnumeration({ model, values }: Pick<Learnt, "model" | "values">): Partial<TestValues> {
  const path = [...model.keys()].find(
    (name) => /\.VoiceService\.\d+\.VoiceProfile\.\d+\.Line\.\d+\.Enable$/.test(name) && model.get(name) === true,
  );
  const now = path === undefined ? undefined : values.get(path)?.value.trim();
  if (path === undefined || now === undefined || !["Disabled", "Quiescent", "Enabled"].includes(now)) return {};
  return { enumeration: { path, good: now === "Quiescent" ? "Disabled" : "Quiescent", bad: "Sometimes" } };
}

/** A name of the profile under the phone's root, unless it has a root already. */
export const underRoot = (root: string, name: string): string =>
  /^(?:Device|InternetGatewayDevice)\./.test(name) ? name : root + name;

/** The profile's values with full names. */
export function resolveValues(values: Partial<TestValues>, root: string): Partial<TestValues> {
  const resolved = Object.entries(values).map(([name, value]) => {
    const { path, parameter } = value as { path?: string; parameter?: string };
    return [
      name,
      {
        ...value,
        ...(path === undefined ? {} : { path: underRoot(root, path) }),
        ...(parameter === undefined ? {} : { parameter: underRoot(root, parameter) }),
      },
    ];
  });
  return Object.fromEntries(resolved) as Partial<TestValues>;
}

/** Names of the profile's values that the phone's data model does not have; nothing when the model is not known. */
export function missingValues(values: Partial<TestValues>, { model }: Pick<Learnt, "model">): readonly string[] {
  if (model.size === 0) return [];
  return Object.entries(values).flatMap(([name, value]) => {
    const path = "path" in value ? value.path : value.parameter;
    return model.has(path) ? [] : [`values.${name} names ${path}, which the phone does not have`];
  });
}

/** Globs of full names: those of values.ts and of the profile. */
export const globs = (which: "volatile" | "unsafe", root: string, profile: readonly string[]): readonly string[] => [
  ...(which === "volatile" ? VOLATILE : UNSAFE).map((one) => root + one),
  ...profile.map((one) => underRoot(root, one)),
];
