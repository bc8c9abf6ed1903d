import { isUtf8 } from "node:buffer";
import type { OctetProblem } from "./octet-problem.ts";

/** A domain name as it was read. */
export interface DnsName {
  /**
   * The labels with dots between them, none at the end; the root is empty. A dot or a backslash in a label has a backslash in front, and
   * an octet that cannot be shown is `\DDD` (RFC 1035 5.1).
   */
  readonly name: string;
  readonly labels: readonly Buffer[];
}

/** A name, and what comes behind it. */
export interface NameRead extends DnsName {
  /** The octet behind the name; undefined when nobody can tell where it ends. */
  readonly next: number | undefined;
}

/** Most octets of a name, with the length octets of its labels and the root (RFC 1035 2.3.4). */
const LONGEST_NAME = 255;
/** Most octets of a label. */
const LONGEST_LABEL = 63;
const POINTER = 0xc0;
/** More pointers than a name can have labels lead nowhere, and would take their time. */
const MOST_POINTERS = 127;

/**
 * Reads a name of a message, compressed or not (RFC 1035 4.1.4). A pointer has to lead to something before whatever led to it, so there
 * is no circle.
 * @param end the octet behind the last that the name may have where it stands
 */
export function readName(message: Buffer, start: number, end: number, problems: OctetProblem[]): NameRead {
  const labels: Buffer[] = [];
  let at = start;
  /** Where the part of the name begins that is being read: what a pointer points to lies before it. */
  let part = start;
  let limit = end;
  let next: number | undefined;
  let length = 1;
  let pointers = 0;
  const finish = (behind: number | undefined): NameRead => ({ name: nameText(labels), labels, next: next ?? behind });
  const stop = (kind: OctetProblem["kind"], text: string, clause: string): NameRead => {
    problems.push({ kind, offset: at, text, clause });
    return finish(undefined);
  };
  for (;;) {
    const octet = at < limit ? message.readUInt8(at) : undefined;
    if (octet === undefined) return stop("truncated", "a name ends before its root", "RFC-1035:3.1");
    if (octet === 0) return finish(at + 1);
    if (octet >= POINTER) {
      if (at + 1 >= limit) return stop("truncated", "a pointer of one octet", "RFC-1035:4.1.4");
      const target = message.readUInt16BE(at) & 0x3fff;
      next ??= at + 2;
      if (target >= part) return stop("pointer", `a pointer to octet ${target}, which is not before the name`, "RFC-1035:4.1.4");
      pointers += 1;
      if (pointers > MOST_POINTERS) return stop("pointer", `more than ${MOST_POINTERS} pointers in a name`, "RFC-1035:4.1.4");
      [at, part, limit] = [target, target, message.length];
      continue;
    }
    if (octet > LONGEST_LABEL)
      return stop("value", `a label of a kind that does not exist (0x${octet.toString(16)})`, "RFC-1035:4.1.4");
    if (at + 1 + octet > limit)
      return stop("truncated", `a label of ${octet} octets, and ${limit - at - 1} are left`, "RFC-1035:3.1");
    length += 1 + octet;
    if (length > LONGEST_NAME) return stop("length", `a name of more than ${LONGEST_NAME} octets`, "RFC-1035:2.3.4");
    labels.push(message.subarray(at + 1, at + 1 + octet));
    at += 1 + octet;
  }
}

function nameText(labels: readonly Buffer[]): string {
  return labels.map(labelText).join(".");
}

function labelText(label: Buffer): string {
  const escaped = (octet: number): string => `\\${String(octet).padStart(3, "0")}`;
  // Names of multicast DNS are UTF-8 (RFC 6762 section 16).
  const text = isUtf8(label) ? label.toString("utf8") : label.toString("latin1");
  const hidden = isUtf8(label) ? /[\0-\x20\x7f]/g : /[\0-\x20\x7f-\xff]/g;
  return text.replace(/[.\\]/g, "\\$&").replace(hidden, (character) => escaped(character.charCodeAt(0)));
}

/** The octets of a name without compression. @throws RangeError for a label that is empty or too long, or a name that is too long */
export function nameOctets(name: string): Buffer {
  const labels = labelsOf(name);
  for (const label of labels)
    if (label.length === 0 || label.length > LONGEST_LABEL) throw new RangeError(`label of ${label.length} octets in ${name}`);
  const octets = Buffer.concat([...labels.flatMap((label) => [Buffer.of(label.length), label]), Buffer.of(0)]);
  if (octets.length > LONGEST_NAME) throw new RangeError(`name of ${octets.length} octets: ${name}`);
  return octets;
}

function labelsOf(name: string): readonly Buffer[] {
  if (name === "") return [];
  const parts = name.match(/\\\d{3}|\\.|[^\\]/gsu) ?? [];
  const labels: Buffer[][] = [[]];
  for (const part of parts) {
    if (part === ".") labels.push([]);
    else labels.at(-1)?.push(/^\\\d/.test(part) ? Buffer.of(Number(part.slice(1)) & 0xff) : Buffer.from(part.replace(/^\\/, "")));
  }
  return labels.map((label) => Buffer.concat(label));
}

/** Whether two names are one: letters of ASCII are, large or small (RFC 1035 2.3.3, RFC 4343). */
export function sameName(a: string, b: string): boolean {
  return lowerCase(a) === lowerCase(b);
}

/** Letters of ASCII become small, all others stay. */
function lowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
