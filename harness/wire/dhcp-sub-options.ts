import { BROADBAND_FORUM, OPTION } from "./dhcp-names.ts";
import type { OctetProblem, Place } from "./octet-problem.ts";
import { numberOctets } from "./octets.ts";

/** A sub-option of option 125 or 43, or an option inside option 17 of DHCPv6. */
export interface SubOption {
  readonly code: number;
  /** As it was sent, with whatever octets it ends in. */
  readonly value: Buffer;
  /** Octet at which its code stands. */
  readonly offset: number;
  /** The length that it tells: more than its value where the octets end before. */
  readonly announced: number;
}

/** A sub-option to be written; text is written in UTF-8, without a NUL. */
export interface SubOptionToWrite {
  readonly code: number;
  readonly value: string | Buffer;
}

/** Octets of a code, and of a length: 1 in DHCPv4, 2 in DHCPv6. */
export type Width = 1 | 2;

interface Fields {
  readonly start: number;
  readonly end: number;
  readonly width: Width;
  readonly clause: string;
  /** Codes 0 and 255 are pad and end, as in option 43 (RFC 2132 8.4). In option 125 they are codes like any other (RFC 3925 section 4). */
  readonly padded?: boolean;
}

/** Reads code, length and value again and again, up to the end. What is wrong goes to `problems`. */
export function readSubOptions(octets: Buffer, fields: Fields, place: Place, problems: OctetProblem[]): readonly SubOption[] {
  const { start, end, width, clause, padded = false } = fields;
  const subOptions: SubOption[] = [];
  const known = new Set<number>();
  let at = start;
  while (at < end) {
    if (padded && octets[at] === OPTION.pad) {
      at += 1;
      continue;
    }
    if (padded && octets[at] === OPTION.end) {
      const behind = octets.subarray(at + 1, end).findIndex((octet) => octet !== OPTION.pad);
      if (behind !== -1)
        problems.push({ kind: "end", offset: place(at + 1 + behind), text: "octets behind the end option in it", clause });
      break;
    }
    if (at + 2 * width > end) {
      const text = `${counted(end - at)} behind the last sub-option`;
      problems.push({ kind: "trailing", offset: place(at), text, clause });
      break;
    }
    const code = octets.readUIntBE(at, width);
    const announced = octets.readUIntBE(at + width, width);
    const value = octets.subarray(at + 2 * width, Math.min(at + 2 * width + announced, end));
    subOptions.push({ code, value, offset: place(at), announced });
    if (known.has(code)) problems.push({ kind: "duplicate", offset: place(at), text: `sub-option ${code} again`, clause });
    known.add(code);
    judgeLength(`sub-option ${code}`, { announced, left: value.length, offset: place(at + width) }, clause, problems);
    at += 2 * width + announced;
  }
  return subOptions;
}

/** `1 octet`, `4 octets`. */
export const counted = (octets: number): string => `${octets} ${octets === 1 ? "octet" : "octets"}`;

interface Told {
  readonly announced: number;
  readonly left: number;
  /** Where the length stands. */
  readonly offset: number;
}

/** A length of 0, or one that is more than what is left. */
export function judgeLength(what: string, { announced, left, offset }: Told, clause: string, problems: OctetProblem[]): void {
  if (left < announced) {
    const text = `${what} has ${counted(announced)} by its length, and ${left} ${left === 1 ? "is" : "are"} left`;
    problems.push({ kind: "truncated", offset, text, clause });
  } else if (announced === 0) problems.push({ kind: "empty", offset, text: `${what} is empty`, clause });
}

/** 3561 with the least significant octet first, as a processor of that kind writes it that forgets the order of the network. */
const REVERSED = 0xe90d0000;

export function judgeEnterprise(enterprise: number, offset: number, clause: string, problems: OctetProblem[]): void {
  if (enterprise !== REVERSED) return;
  const text = `enterprise number ${enterprise} (0xe90d0000) is ${BROADBAND_FORUM} in the wrong byte order`;
  problems.push({ kind: "byte-order", offset, text, clause });
}

/** @throws RangeError when a code or a length does not fit its octets */
export function writeSubOptions(subOptions: readonly SubOptionToWrite[], width: Width): Buffer {
  return Buffer.concat(subOptions.flatMap(({ code, value }) => [numberOctets(code, width), counting(Buffer.from(value), width)]));
}

/** Octets with their length in front. @throws RangeError when it does not fit */
export function counting(octets: Buffer, width: Width): Buffer {
  return Buffer.concat([numberOctets(octets.length, width), octets]);
}

/** @throws RangeError when it does not fit */
export function enterpriseOctets(enterprise: number): Buffer {
  return numberOctets(enterprise, 4);
}
