import { OPTION, optionName } from "./dhcp-names.ts";
import type { OctetProblem, Place } from "./octet-problem.ts";

/** An option with its whole value. */
export interface DhcpOption {
  readonly code: number;
  /** The value, without code and length. */
  readonly octets: Buffer;
}

/** Parts of a message that can hold options, in the order in which they are read (RFC 3396 section 5). */
export type OptionArea = "options" | "file" | "sname";

/** An option as it stood on the wire, once. */
export interface OptionInstance extends DhcpOption {
  /** Octet of the message at which its code stands. */
  readonly offset: number;
  /** Octet of the message at which its value stands, or would. */
  readonly valueOffset: number;
  readonly area: OptionArea;
  /** The length that it tells: more than its octets where the message, or the area, ends before. */
  readonly announced: number;
}

/** An option of a message: all instances of its code, joined in the order of the wire (RFC 3396 section 7). */
export interface ReadOption extends DhcpOption {
  /** Octet of the message at which the code of its first instance stands. */
  readonly offset: number;
  readonly instances: readonly OptionInstance[];
}

/** Where an octet of an option's value stands in the message. The end of the value is behind the last octet of its last instance. */
export function placeIn({ instances, offset }: ReadOption): Place {
  const places = instances.flatMap(({ octets, valueOffset }) => Array.from(octets, (_, index) => valueOffset + index));
  const last = instances.at(-1);
  const end = last === undefined ? offset : last.valueOffset + last.octets.length;
  return (at) => places[at] ?? end;
}

export interface OptionsRead {
  readonly options: readonly ReadOption[];
  readonly instances: readonly OptionInstance[];
  readonly problems: readonly OctetProblem[];
}

/** Where options can stand in a message: the field of their own, and two that the option overload may turn over to them (RFC 2131 section 2). */
const AREAS = { sname: { start: 44, end: 108 }, file: { start: 108, end: 236 }, options: { start: 240 } } as const;

/** Which fields hold options beside their own, by the value of option 52 (RFC 2132 9.3). */
const OVERLOADED: Readonly<Record<number, readonly ("file" | "sname")[]>> = { 1: ["file"], 2: ["sname"], 3: ["file", "sname"] };

/** Reads the options of a message that has the magic cookie, wherever they stand. Never throws. */
export function readOptions(message: Buffer): OptionsRead {
  const problems: OctetProblem[] = [];
  const instances = readArea(message, "options", message.length, problems);
  const overload = instances.find(({ code }) => code === OPTION.overload);
  for (const area of OVERLOADED[overload?.octets[0] ?? 0] ?? [])
    instances.push(...readArea(message, area, AREAS[area].end, problems));
  const options = joined(instances);
  for (const option of options) judgeOption(option, problems);
  return { options, instances, problems };
}

function readArea(message: Buffer, area: OptionArea, end: number, problems: OctetProblem[]): OptionInstance[] {
  const instances: OptionInstance[] = [];
  let offset: number = AREAS[area].start;
  while (offset < end) {
    const code = message.readUInt8(offset);
    if (code === OPTION.end) {
      problems.push(...behindEnd(message, offset + 1, end));
      return instances;
    }
    if (code === OPTION.pad) {
      offset += 1;
      continue;
    }
    const announced = offset + 1 < end ? message.readUInt8(offset + 1) : 0;
    const valueOffset = Math.min(offset + 2, end);
    const octets = message.subarray(valueOffset, Math.min(offset + 2 + announced, end));
    instances.push({ code, octets, offset, valueOffset, area, announced });
    if (offset + 2 + announced > end) {
      const left = offset + 1 < end ? `tells ${announced} octets, and ${octets.length} are left` : "ends before its length";
      problems.push({ kind: "truncated", offset, text: `${optionName(code)} ${left}`, clause: "RFC-2132:2" });
      return instances;
    }
    offset += 2 + announced;
  }
  problems.push({ kind: "end", offset: end, text: `no end option in the ${area} field`, clause: "RFC-2131:4.1" });
  return instances;
}

/** Behind the end option there may be padding alone: nobody reads what else stands there. */
function behindEnd(message: Buffer, start: number, end: number): readonly OctetProblem[] {
  for (let offset = start; offset < end; offset += 1) {
    const code = message.readUInt8(offset);
    if (code === OPTION.pad) continue;
    const what = code === OPTION.end ? "a second end option" : `${optionName(code)}, or octets that are no padding,`;
    return [{ kind: "end", offset, text: `${what} behind the end option`, clause: "RFC-2132:3.2" }];
  }
  return [];
}

function joined(instances: readonly OptionInstance[]): readonly ReadOption[] {
  const byCode = new Map<number, OptionInstance[]>();
  for (const instance of instances) {
    const before = byCode.get(instance.code);
    if (before === undefined) byCode.set(instance.code, [instance]);
    else before.push(instance);
  }
  return [...byCode].map(([code, all]) => {
    const [first] = all;
    const octets = first !== undefined && all.length === 1 ? first.octets : Buffer.concat(all.map((one) => one.octets));
    return { code, octets, offset: first?.offset ?? 0, instances: all };
  });
}

interface Lengths {
  readonly least: number;
  /** Absent where there is no most. */
  readonly most?: number;
  /** Its octets come in groups of so many. */
  readonly groups?: number;
  readonly clause: string;
}

const exactly = (octets: number, clause: string): Lengths => ({ least: octets, most: octets, clause });

/** Lengths of values by code. Options of a fixed length are those that may stand once (RFC 2131 4.1); lists and texts may be split. */
const LENGTHS: Readonly<Record<number, Lengths>> = {
  1: exactly(4, "RFC-2132:3.3"),
  3: { least: 4, groups: 4, clause: "RFC-2132:3.5" },
  6: { least: 4, groups: 4, clause: "RFC-2132:3.8" },
  12: { least: 1, clause: "RFC-2132:3.14" },
  15: { least: 1, clause: "RFC-2132:3.17" },
  28: exactly(4, "RFC-2132:5.3"),
  42: { least: 4, groups: 4, clause: "RFC-2132:8.3" },
  43: { least: 1, clause: "RFC-2132:8.4" },
  50: exactly(4, "RFC-2132:9.1"),
  51: exactly(4, "RFC-2132:9.2"),
  52: exactly(1, "RFC-2132:9.3"),
  53: exactly(1, "RFC-2132:9.6"),
  54: exactly(4, "RFC-2132:9.7"),
  55: { least: 1, clause: "RFC-2132:9.8" },
  56: { least: 1, clause: "RFC-2132:9.9" },
  57: exactly(2, "RFC-2132:9.10"),
  58: exactly(4, "RFC-2132:9.11"),
  59: exactly(4, "RFC-2132:9.12"),
  60: { least: 1, clause: "RFC-2132:9.13" },
  61: { least: 2, clause: "RFC-2132:9.14" },
  66: { least: 1, clause: "RFC-2132:9.4" },
  67: { least: 1, clause: "RFC-2132:9.5" },
  124: { least: 5, clause: "RFC-3925:3" },
  125: { least: 5, clause: "RFC-3925:4" },
};

function judgeOption({ code, octets, offset, instances }: ReadOption, problems: OctetProblem[]): void {
  const lengths = LENGTHS[code];
  if (lengths === undefined) return;
  const { least, most, groups = 1, clause } = lengths;
  const [, second] = instances;
  if (most !== undefined && second !== undefined)
    problems.push({ kind: "duplicate", offset: second.offset, text: `${optionName(code)} again`, clause: "RFC-2131:4.1" });
  // Of one that stands twice, the lengths count one by one.
  for (const one of most === undefined ? [{ octets, offset }] : instances) {
    const { length } = one.octets;
    if (length >= least && length <= (most ?? length) && length % groups === 0) continue;
    const needs = most === undefined ? `at least ${least}${groups === 1 ? "" : `, in groups of ${groups}`}` : String(most);
    const text = `${optionName(code)} has ${length} octets; it has ${needs}`;
    problems.push({ kind: length === 0 ? "empty" : "length", offset: one.offset, text, clause });
  }
  const [value = 0] = octets;
  if (code === OPTION.overload && octets.length > 0 && OVERLOADED[value] === undefined)
    problems.push({ kind: "value", offset, text: `${optionName(code)} is ${value}; it is 1, 2 or 3`, clause });
}

/** The longest value of one instance of an option. */
const LONGEST = 255;

/**
 * Options as octets, without the end option. A value longer than 255 octets is split (RFC 3396 section 6); a Buffer is written as it
 * stands, for what no encoder should write.
 */
export function writeOptions(options: readonly (DhcpOption | Buffer)[]): Buffer {
  return Buffer.concat(
    options.flatMap((option) => {
      if (Buffer.isBuffer(option)) return [option];
      const pieces = Math.max(1, Math.ceil(option.octets.length / LONGEST));
      return Array.from({ length: pieces }, (_, index) => {
        const piece = option.octets.subarray(index * LONGEST, (index + 1) * LONGEST);
        return Buffer.concat([Buffer.of(option.code, piece.length), piece]);
      });
    }),
  );
}
