/** Longest label of a name, in octets (RFC 1035 2.3.4). */
const LONGEST_LABEL = 63;

/** The two bits that make a length octet a pointer to the rest of a name (RFC 1035 4.1.4). */
const POINTER = 0xc0;

/** Pointers that are followed in one name, so that a circle of them comes to an end. */
const MOST_POINTERS = 32;

/**
 * The labels of a name as text has them: a dot or backslash inside a label, which the instance name of a service may have, stands
 * behind a backslash (RFC 6763 4.3).
 */
export function labelsOf(name: string): readonly string[] {
  return [...name.matchAll(/(?:\\.|[^.\\])+/gs)].map(([label]) => label.replace(/\\(.)/gs, "$1"));
}

/** One label as part of a name. */
export const escapedLabel = (label: string): string => label.replace(/[.\\]/g, "\\$&");

/** Whether two names are one: the case of letters does not count (RFC 1035 2.3.3), nor does a dot at the end. */
export const sameName = (one: string, other: string): boolean =>
  labelsOf(one).join("\0").toLowerCase() === labelsOf(other).join("\0").toLowerCase();

/** Whether a name belongs to the domain of a link, where multicast DNS resolves it (RFC 6762 3). */
export const isLocalName = (name: string): boolean => labelsOf(name).at(-1)?.toLowerCase() === "local";

export function encodeName(name: string): Buffer {
  const labels = labelsOf(name).map((label) => Buffer.from(label).subarray(0, LONGEST_LABEL));
  return Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0])]);
}

/** The name that begins at `start`, and where what follows it begins. @throws RangeError when it is none */
export function readName(octets: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  let end: number | undefined;
  let pointers = 0;
  for (;;) {
    const length = octets.readUInt8(at);
    if ((length & POINTER) === POINTER) {
      pointers += 1;
      if (pointers > MOST_POINTERS) throw new RangeError("a name that never ends");
      end ??= at + 2;
      at = octets.readUInt16BE(at) & 0x3fff;
      continue;
    }
    at += 1;
    if (length === 0) break;
    if (length > LONGEST_LABEL || at + length > octets.length) throw new RangeError("a label that is too long");
    labels.push(escapedLabel(octets.toString("utf8", at, at + length)));
    at += length;
  }
  return { name: labels.join("."), end: end ?? at };
}
