/** Types of a parameter value, TR-069 A.2.1 and TR-106 3.2: others cannot be read by an ACS. */
export const VALUE_TYPES: readonly string[] = [
  "string",
  "int",
  "unsignedInt",
  "long",
  "unsignedLong",
  "boolean",
  "dateTime",
  "base64",
  "base64Binary",
  "hexBinary",
];

/** What is wrong with a value for its type, `undefined` when nothing is. */
type Check = (text: string) => string | undefined;

const whole =
  (min: bigint, max: bigint): Check =>
  (text) => {
    if (!/^[+-]?\d+$/.test(text)) return `an integer from ${min} to ${max}`;
    const value = BigInt(text.replace(/^\+/, ""));
    return value >= min && value <= max ? undefined : `an integer from ${min} to ${max}`;
  };

const pattern =
  (shape: RegExp, called: string): Check =>
  (text) =>
    shape.test(text) ? undefined : called;

/**
 * A dateTime. Only a time since boot, which has a year below 1000, goes without a time zone (TR-069 A.2.1); that the zone is UTC
 * is not asked, for parameters may say otherwise.
 */
const dateTime: Check = (text) => {
  const [, year, month, day, hour, minute, zone] =
    /^(-?\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d):\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (
    year === undefined ||
    Number(month) > 12 ||
    Number(month) < 1 ||
    Number(day) > 31 ||
    Number(day) < 1 ||
    Number(hour) > 24 ||
    Number(minute) > 59
  )
    return "a dateTime such as 2024-01-31T12:00:00Z";
  return zone === undefined && Number(year) >= 1000 ? "a dateTime with a time zone" : undefined;
};

const CHECKS: Readonly<Record<string, Check>> = {
  int: whole(-(2n ** 31n), 2n ** 31n - 1n),
  unsignedInt: whole(0n, 2n ** 32n - 1n),
  long: whole(-(2n ** 63n), 2n ** 63n - 1n),
  unsignedLong: whole(0n, 2n ** 64n - 1n),
  boolean: pattern(/^(?:0|1|true|false)$/, "0, 1, true or false"),
  dateTime,
  base64: pattern(/^(?:[A-Za-z0-9+/]{4}|\s)*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "base64"),
  base64Binary: pattern(/^(?:[A-Za-z0-9+/]{4}|\s)*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, "base64"),
  hexBinary: pattern(/^(?:[0-9A-Fa-f]{2})*$/, "pairs of hexadecimal digits"),
};

/** What a value of this type would have to be, when it is not. Strings, and types that are not known, may be anything. */
export const misspeltAs = (type: string | undefined, value: string): string | undefined => CHECKS[type ?? ""]?.(value.trim());

/** The moment that a dateTime stands for, in milliseconds, whatever its zone; without a zone it is read as UTC. */
export const momentOf = (text: string | undefined): number | undefined => {
  const time = text?.trim() ?? "";
  const value = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(time) ? time : `${time}Z`);
  return Number.isNaN(value) ? undefined : value;
};

/** Two dateTimes that are the same moment, to the second: a phone need not keep fractions. */
export const sameMoment = (seen: string, written: string): boolean => {
  const [one, other] = [momentOf(seen), momentOf(written)];
  return one !== undefined && other !== undefined && Math.abs(one - other) < 1000;
};
