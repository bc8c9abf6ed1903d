import type { Phone } from "../../harness/phone/phone.ts";
import type { NumberValue } from "../../harness/phone/values.ts";

/** A writable unsignedInt: what the profile names, else the interval of the periodic Inform, which every phone has. */
export function numberOf(phone: Phone): NumberValue {
  if (phone.values.has("writableUnsignedInt")) return phone.values.writableUnsignedInt;
  return { path: phone.path("ManagementServer.PeriodicInformInterval"), min: 1, use: ["3601", "7201"] };
}

/** A writable boolean: what the profile names, else whether there are periodic Informs. */
export function booleanOf(phone: Phone): string {
  return phone.values.has("writableBoolean")
    ? phone.values.writableBoolean.path
    : phone.path("ManagementServer.PeriodicInformEnable");
}

/** A writable dateTime: what the profile names, else the reference time of the periodic Inform. */
export function dateTimeOf(phone: Phone): string {
  return phone.values.has("writableDateTime")
    ? phone.values.writableDateTime.path
    : phone.path("ManagementServer.PeriodicInformTime");
}

/** A parameter that cannot be written: what the profile names, else SoftwareVersion, which is read-only in every data model. */
export function readOnlyOf(phone: Phone): string {
  return phone.values.has("readOnly") ? phone.values.readOnly.path : phone.path("DeviceInfo.SoftwareVersion");
}

/** An object with parameters in it: what the profile names, else ManagementServer. */
export function objectOf(phone: Phone): string {
  return phone.values.has("objectForPartialPath") ? phone.values.objectForPartialPath.path : phone.path("ManagementServer.");
}

/** A name in another case: `Device.managementserver.url` for `Device.ManagementServer.URL`. The root keeps its own. */
export function otherCase(name: string): string {
  const root = name.indexOf(".") + 1;
  return name.slice(0, root) + name.slice(root).toLowerCase();
}
