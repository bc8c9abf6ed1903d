import { DEFAULT_SETTINGS } from "./data-model/default-settings.ts";
import type { Device } from "./device.ts";
import type { Author, SettingEntry } from "./setting-entry.ts";
import type { PassingValue } from "./state.ts";

/** What changes of settings ask of the rest of the phone. */
export interface SettingsSurroundings {
  /** Performs a change, and sees to what follows from it. */
  change(action: () => void): void;
  /** Parameters changed that the ACS may have to be told of. */
  report(names: readonly string[]): void;
  clearEvents(): void;
}

/** Those of the settings that `by` may change on this phone. */
export function allowedSettings(device: Device, entries: readonly SettingEntry[], by: Author): readonly SettingEntry[] {
  const { state, model, seams } = device;
  return entries.filter(({ name, value, permission = "" }) => {
    if (!model.knowsSetting(name) || !seams.model.settingMayChange(name, value, by)) return false;
    if (by === "user" && !seams.provisioning.userMayChange(state.permissions[name] ?? "")) return false;
    if (by !== "user" && !seams.provisioning.overwrites(permission, state.userChanges.includes(name))) return false;
    // A parameter that only the ACS may write stays as it is (TR-069 A.3.2.4); one that nobody writes says nothing of its settings.
    const shownIn = by === "acs" ? [] : model.parametersOf(name).filter(({ writable }) => writable);
    return shownIn.every((parameter) => seams.model.userMayWrite(model.attributes(parameter).accessList));
  });
}

/**
 * Changes settings, as far as `by` may. With `lasts` false they are back at what they were after a reboot. All but the ACS's own
 * changes are reported to the ACS.
 */
export function applySettings(
  device: Device,
  entries: readonly SettingEntry[],
  by: Author,
  around: SettingsSurroundings,
  lasts = true,
): void {
  const { state, model, seams } = device;
  const allowed = allowedSettings(device, entries, by);
  const given = (name: string): SettingEntry | undefined => allowed.findLast((entry) => entry.name === name);
  // The vendor's way to empty the queue of events; it comes before whatever the other settings give rise to.
  if (given("tr69_events")?.value === "") around.clearEvents();
  // Asked for once more, BOOTSTRAP is sent once more.
  if (by !== "acs" && given("tr69_bootstrap") !== undefined) state.settings.tr69_bootstrap = "off";
  const changed = allowed
    .filter(({ name, value }) => seams.model.isChange(name, state.settings[name], value))
    .map(({ name }) => name);
  const namesOf = (setting: string): readonly string[] => model.parametersOf(setting).map(({ name }) => name);
  // Reported first: another ACS URL discards what was to be reported to the old ACS.
  if (by !== "acs") around.report(changed.flatMap((name) => seams.model.reportedOf(name, namesOf)));
  around.change(() => {
    for (const entry of entries) keepPermission(device, entry, by);
    for (const entry of allowed) write(device, entry, lasts);
    const touched = new Set(by === "user" ? changed : allowed.map(({ name }) => name));
    const others = state.userChanges.filter((name) => !touched.has(name));
    state.userChanges = by === "user" ? [...others, ...touched] : others;
  });
}

function keepPermission({ state }: Device, { name, permission }: SettingEntry, by: Author): void {
  if (by === "user" || permission === undefined) return;
  if (permission === "") delete state.permissions[name];
  else state.permissions[name] = permission;
}

function write({ state, seams }: Device, { name, value }: SettingEntry, lasts: boolean): void {
  const before = state.settings[name];
  const isVolatile = seams.provisioning.isVolatile(state.permissions[name] ?? "");
  state.settings[name] = value;
  if (isVolatile) state.passing[name] = { value, kept: DEFAULT_SETTINGS[name] };
  else if (!lasts) state.passing[name] = { value, kept: state.passing[name]?.kept ?? before };
  else delete state.passing[name];
}

/** Keeps all settings as they are now, but those that a file wants volatile. */
export function storeSettings({ state, seams }: Device): void {
  const isVolatile = (name: string): boolean => seams.provisioning.isVolatile(state.permissions[name] ?? "");
  state.passing = Object.fromEntries(Object.entries(state.passing).filter(([name]) => isVolatile(name)));
}

/** Settings as the phone's memory has them: those that were only meant to last until a reboot are back at what they were. */
export function settingsFromMemory(
  settings: Readonly<Record<string, string>>,
  passing: Readonly<Record<string, PassingValue>>,
): Record<string, string> {
  const kept = { ...settings };
  for (const [name, { value, kept: before }] of Object.entries(passing)) {
    // Written since by the ACS, whose values last.
    if (settings[name] !== value) continue;
    if (before === undefined) delete kept[name];
    else kept[name] = before;
  }
  return kept;
}
