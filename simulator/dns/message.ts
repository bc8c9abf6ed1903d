import { encodeName, readName } from "./names.ts";

/** Types of records that the phone has to do with (RFC 1035, 2782, 3596). */
const TYPES = { A: 1, CNAME: 5, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, ANY: 255 } as const;

/** What can be asked for. */
export type DnsType = keyof typeof TYPES;

/** The class of the internet; its highest bit is a flag of multicast DNS (RFC 6762 10.2 and 18.12). */
const INTERNET = 1;
const TOP_BIT = 0x8000;

export interface DnsQuestion {
  readonly name: string;
  /** Undefined for a type that the phone does not know. */
  readonly type: DnsType | undefined;
  /** Multicast DNS: an answer by unicast is welcome. */
  readonly unicast?: boolean;
}

export type DnsData =
  | { readonly type: "A" | "AAAA"; readonly address: string }
  | { readonly type: "PTR" | "CNAME"; readonly target: string }
  | { readonly type: "SRV"; readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }
  | { readonly type: "TXT"; readonly texts: readonly string[] };

export type DnsRecord = DnsData & {
  readonly name: string;
  /** Seconds. */
  readonly ttl: number;
  /** Multicast DNS: takes the place of all that was known before. */
  readonly flush?: boolean;
};

export interface DnsMessage {
  readonly id: number;
  readonly isResponse: boolean;
  readonly isAuthoritative?: boolean;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  /** Written, and not read. */
  readonly authorities?: readonly DnsRecord[];
  readonly additionals?: readonly DnsRecord[];
}

/** Flags of a message's second word (RFC 1035 4.1.1). */
const RESPONSE = 0x8000;
const AUTHORITATIVE = 0x0400;
const RECURSION_DESIRED = 0x0100;

const HEADER = 12;

const uint16 = (...values: readonly number[]): Buffer => {
  const octets = Buffer.alloc(values.length * 2);
  values.forEach((value, place) => {
    octets.writeUInt16BE(value, place * 2);
  });
  return octets;
};

/** @param message a query that is not multicast, whose id is not 0, asks for recursion */
export function encodeDns(message: DnsMessage): Buffer {
  const { id, isResponse, isAuthoritative = false, questions, answers, authorities = [], additionals = [] } = message;
  const flags = isResponse ? RESPONSE | (isAuthoritative ? AUTHORITATIVE : 0) : id === 0 ? 0 : RECURSION_DESIRED;
  return Buffer.concat([
    uint16(id, flags, questions.length, answers.length, authorities.length, additionals.length),
    ...questions.map(({ name, type = "ANY", unicast }) =>
      Buffer.concat([encodeName(name), uint16(TYPES[type], INTERNET | (unicast === true ? TOP_BIT : 0))]),
    ),
    ...[...answers, ...authorities, ...additionals].map(encodeRecord),
  ]);
}

function encodeRecord(record: DnsRecord): Buffer {
  const data = encodeData(record);
  const classed = INTERNET | (record.flush === true ? TOP_BIT : 0);
  return Buffer.concat([
    encodeName(record.name),
    uint16(TYPES[record.type], classed, Math.floor(record.ttl / 0x1_0000), record.ttl % 0x1_0000, data.length),
    data,
  ]);
}

function encodeData(data: DnsData): Buffer {
  switch (data.type) {
    case "A":
      return Buffer.from(data.address.split(".").map(Number));
    case "AAAA":
      return encodeAddress6(data.address);
    case "PTR":
    case "CNAME":
      return encodeName(data.target);
    case "SRV":
      return Buffer.concat([uint16(data.priority, data.weight, data.port), encodeName(data.target)]);
    case "TXT": {
      // A record without any text has one empty one (RFC 6763 6.1).
      const texts = data.texts.length === 0 ? [""] : data.texts;
      return Buffer.concat(
        texts.map((text) => {
          const octets = Buffer.from(text).subarray(0, 255);
          return Buffer.concat([Buffer.from([octets.length]), octets]);
        }),
      );
    }
  }
}

function encodeAddress6(address: string): Buffer {
  const [head = "", tail] = address.split("::");
  const groups = (text: string): readonly number[] =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const between = new Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0);
  return uint16(...before, ...between, ...after);
}

/**
 * What a datagram says; undefined when it is no message of DNS, or tells of a failure. Records of other types and classes are left out.
 */
export function decodeDns(octets: Buffer): DnsMessage | undefined {
  try {
    return read(octets);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(octets: Buffer): DnsMessage | undefined {
  const [id, flags, asked, answered, authorities, more] = [0, 2, 4, 6, 8, 10].map((at) => octets.readUInt16BE(at));
  if (id === undefined || flags === undefined || (flags & 0x0f) !== 0) return undefined;
  const questions: DnsQuestion[] = [];
  let at = HEADER;
  for (let count = asked ?? 0; count > 0; count -= 1) {
    const { name, end } = readName(octets, at);
    questions.push({ name, type: typeOf(octets.readUInt16BE(end)), unicast: (octets.readUInt16BE(end + 2) & TOP_BIT) !== 0 });
    at = end + 4;
  }
  const records = (count: number): DnsRecord[] => {
    const found: DnsRecord[] = [];
    for (let left = count; left > 0; left -= 1) {
      const { record, end } = readRecord(octets, at);
      if (record !== undefined) found.push(record);
      at = end;
    }
    return found;
  };
  const answers = records(answered ?? 0);
  records(authorities ?? 0);
  const isResponse = (flags & RESPONSE) !== 0;
  const isAuthoritative = (flags & AUTHORITATIVE) !== 0;
  return { id, isResponse, isAuthoritative, questions, answers, additionals: records(more ?? 0) };
}

const typeOf = (code: number): DnsType | undefined => (Object.keys(TYPES) as DnsType[]).find((type) => TYPES[type] === code);

function readRecord(octets: Buffer, start: number): { readonly record: DnsRecord | undefined; readonly end: number } {
  const { name, end: at } = readName(octets, start);
  const [type, classed] = [typeOf(octets.readUInt16BE(at)), octets.readUInt16BE(at + 2)];
  const ttl = octets.readUInt32BE(at + 4);
  const begin = at + 10;
  const end = begin + octets.readUInt16BE(at + 8);
  if (end > octets.length) throw new RangeError("a record that is cut off");
  const data = (classed & ~TOP_BIT) === INTERNET && type !== undefined ? readData(type, octets, begin, end) : undefined;
  return { record: data === undefined ? undefined : { name, ttl, flush: (classed & TOP_BIT) !== 0, ...data }, end };
}

function readData(type: DnsType, octets: Buffer, begin: number, end: number): DnsData | undefined {
  switch (type) {
    case "A":
      return end - begin === 4 ? { type, address: [...octets.subarray(begin, end)].join(".") } : undefined;
    case "AAAA":
      return end - begin === 16 ? { type, address: addressIn(octets.subarray(begin, end)) } : undefined;
    case "PTR":
    case "CNAME":
      return { type, target: readName(octets, begin).name };
    case "SRV": {
      const [priority = 0, weight = 0, port = 0] = [0, 2, 4].map((offset) => octets.readUInt16BE(begin + offset));
      return { type, priority, weight, port, target: readName(octets, begin + 6).name };
    }
    case "TXT":
      return { type, texts: textsIn(octets.subarray(begin, end)) };
    case "ANY":
      return undefined;
  }
}

const addressIn = (octets: Buffer): string =>
  Array.from({ length: 8 }, (_, group) => octets.readUInt16BE(group * 2).toString(16)).join(":");

function textsIn(octets: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < octets.length; at += 1 + octets.readUInt8(at)) {
    const end = at + 1 + octets.readUInt8(at);
    if (end > octets.length) throw new RangeError("a text that is cut off");
    texts.push(octets.toString("utf8", at + 1, end));
  }
  return texts.filter((text) => text !== "");
}
