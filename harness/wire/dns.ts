import { DNS_TYPE, type DnsData, type DnsDataToWrite, dnsTypeName, readData, writeData } from "./dns-data.ts";
import { type DnsName, nameOctets, readName } from "./dns-name.ts";
import { type Naming, nameOf } from "./naming.ts";
import type { OctetProblem } from "./octet-problem.ts";
import { numberOctets } from "./octets.ts";

export { DNS_TYPE, type DnsData, type DnsDataToWrite, dnsTypeName, type TxtPair, txtPairs } from "./dns-data.ts";
export { sameName } from "./dns-name.ts";

/** A question of a message (RFC 1035 4.1.2). */
export interface DnsQuestion extends DnsName {
  readonly type: number;
  /** Without its first bit. */
  readonly class: number;
  /** Its first bit: in multicast DNS, a unicast answer will do (RFC 6762 5.4). */
  readonly unicastResponse: boolean;
  /** Octet of the message at which it stands. */
  readonly offset: number;
}

/** A record of a message (RFC 1035 4.1.3). */
export interface DnsRecord extends DnsName {
  readonly type: number;
  /** Without its first bit, except in an OPT record, which has a size there. */
  readonly class: number;
  /** Its first bit: in multicast DNS, all else that is known under this name and type is out of date (RFC 6762 10.2). */
  readonly cacheFlush: boolean;
  /** Seconds. */
  readonly ttl: number;
  readonly data: DnsData;
  /** The data as it stood. */
  readonly rdata: Buffer;
  /** Octet of the message at which it stands. */
  readonly offset: number;
}

/** A message of DNS or multicast DNS: read leniently, with everything that is wrong remembered beside it. */
export interface DnsMessage {
  readonly octets: Buffer;
  /** How findings name it. */
  readonly where: string;
  /** `DNS query for example.org A`, `DNS response of example.org A`, `nothing`. */
  readonly name: string;
  readonly id: number;
  readonly response: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly rcode: number;
  readonly questions: readonly DnsQuestion[];
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
  readonly problems: readonly OctetProblem[];
}

const HEAD = 12;
const FLAG = { response: 0x8000, authoritative: 0x0400, truncated: 0x0200, recursionDesired: 0x0100, recursionAvailable: 0x0080 };
/** The bit that is zero in all messages; its two neighbours belong to DNSSEC. */
const RESERVED = 0x0040;
const FIRST_BIT = 0x8000;

/** Reads a message. Never throws, whatever the octets; what comes behind something that cannot be read is left out. */
export function decodeDns(octets: Buffer, where: Naming): DnsMessage {
  const problems: OctetProblem[] = [];
  const head = octets.length < HEAD ? Buffer.concat([octets], HEAD) : octets;
  const flags = head.readUInt16BE(2);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const reader = new SectionReader(octets, problems);
  if (octets.length < HEAD) {
    const text = `${octets.length} octets; a message has at least ${HEAD}`;
    problems.push({ kind: "truncated", offset: octets.length, text, clause: "RFC-1035:4.1.1" });
  }
  if (has(RESERVED)) problems.push({ kind: "value", offset: 3, text: "a reserved flag is set", clause: "RFC-1035:4.1.1" });
  const questions = reader.questions(head.readUInt16BE(4));
  const answers = reader.records("answer", head.readUInt16BE(6));
  const authorities = reader.records("authority", head.readUInt16BE(8));
  const additionals = reader.records("additional", head.readUInt16BE(10));
  reader.finish();
  const subject = questions[0] ?? answers[0];
  const about =
    subject === undefined ? "" : `${has(FLAG.response) ? " of" : " for"} ${subject.name} ${dnsTypeName(subject.type)}`;
  const name = octets.length < HEAD ? "nothing" : `DNS ${has(FLAG.response) ? "response" : "query"}${about}`;
  return {
    octets,
    where: nameOf(where, name),
    name,
    id: head.readUInt16BE(0),
    response: has(FLAG.response),
    opcode: (flags >> 11) & 15,
    authoritative: has(FLAG.authoritative),
    truncated: has(FLAG.truncated),
    recursionDesired: has(FLAG.recursionDesired),
    recursionAvailable: has(FLAG.recursionAvailable),
    rcode: flags & 15,
    ...{ questions, answers, authorities, additionals, problems },
  };
}

/** Reads one section after the other, until something cannot be read. */
class SectionReader {
  readonly #octets: Buffer;
  readonly #problems: OctetProblem[];
  /** Undefined when nobody can tell where the next thing stands. */
  #at: number | undefined = HEAD;

  constructor(octets: Buffer, problems: OctetProblem[]) {
    this.#octets = octets;
    this.#problems = problems;
    if (octets.length < HEAD) this.#at = undefined;
  }

  questions(count: number): readonly DnsQuestion[] {
    return this.#each(count, "question", 4, ({ name, labels }, offset, at) => {
      const classOctets = this.#octets.readUInt16BE(at + 2);
      this.#at = at + 4;
      const [dnsClass, unicastResponse] = [classOctets & ~FIRST_BIT, (classOctets & FIRST_BIT) !== 0];
      return { name, labels, type: this.#octets.readUInt16BE(at), class: dnsClass, unicastResponse, offset };
    });
  }

  records(section: string, count: number): readonly DnsRecord[] {
    return this.#each(count, `record of the ${section} section`, 10, ({ name, labels }, offset, at) => {
      const octets = this.#octets;
      const type = octets.readUInt16BE(at);
      const classOctets = octets.readUInt16BE(at + 2);
      const length = octets.readUInt16BE(at + 8);
      const start = at + 10;
      const end = Math.min(start + length, octets.length);
      const data = readData(octets, type, { start, end }, this.#problems);
      if (start + length > octets.length) this.#cut(`${length} octets of data, and ${end - start} are left`, at + 8);
      else this.#at = end;
      const split = type !== DNS_TYPE.OPT;
      return {
        ...{ name, labels, type, offset, data },
        class: split ? classOctets & ~FIRST_BIT : classOctets,
        cacheFlush: split && (classOctets & FIRST_BIT) !== 0,
        ttl: octets.readUInt32BE(at + 4),
        rdata: octets.subarray(start, end),
      };
    });
  }

  /** Nothing may stand behind the last section. */
  finish(): void {
    if (this.#at === undefined || this.#at >= this.#octets.length) return;
    const text = `${this.#octets.length - this.#at} octets behind the last record`;
    this.#problems.push({ kind: "trailing", offset: this.#at, text, clause: "RFC-1035:4.1" });
  }

  /** @param fixed octets behind the name that there are in any case */
  #each<T>(count: number, what: string, fixed: number, read: (name: DnsName, offset: number, at: number) => T): readonly T[] {
    const found: T[] = [];
    for (let index = 0; index < count && this.#at !== undefined; index += 1) {
      const offset: number = this.#at;
      if (offset >= this.#octets.length) {
        this.#cut(`${what} ${index + 1} of ${count} is not there`, offset);
        break;
      }
      const { next, ...name } = readName(this.#octets, offset, this.#octets.length, this.#problems);
      if (next === undefined) this.#at = undefined;
      else if (next + fixed > this.#octets.length) this.#cut(`${what} ${index + 1} of ${count} is cut`, next);
      else found.push(read(name, offset, next));
    }
    return found;
  }

  #cut(text: string, offset: number): void {
    this.#problems.push({ kind: "truncated", offset, text, clause: "RFC-1035:4.1" });
    this.#at = undefined;
  }
}

export interface DnsQuestionToWrite {
  readonly name: string;
  readonly type: number;
  /** Default 1, the Internet. */
  readonly class?: number;
  readonly unicastResponse?: boolean;
}

export interface DnsRecordToWrite {
  readonly name: string;
  /** Default 1, the Internet. */
  readonly class?: number;
  readonly cacheFlush?: boolean;
  /** Seconds. */
  readonly ttl: number;
  readonly data: DnsDataToWrite;
}

/** A message to be written. What is left out is 0, false or empty. */
export interface DnsToWrite {
  readonly id?: number;
  readonly response?: boolean;
  readonly opcode?: number;
  readonly authoritative?: boolean;
  readonly truncated?: boolean;
  readonly recursionDesired?: boolean;
  readonly recursionAvailable?: boolean;
  readonly rcode?: number;
  readonly questions?: readonly DnsQuestionToWrite[];
  readonly answers?: readonly DnsRecordToWrite[];
  readonly authorities?: readonly DnsRecordToWrite[];
  readonly additionals?: readonly DnsRecordToWrite[];
}

/** The octets of a message, its names without compression. @throws RangeError when something does not fit */
export function encodeDns(message: DnsToWrite): Buffer {
  const { questions = [], answers = [], authorities = [], additionals = [] } = message;
  const flags = (Object.keys(FLAG) as (keyof typeof FLAG)[]).reduce(
    (all, name) => all | (message[name] === true ? FLAG[name] : 0),
    0,
  );
  const codes = ((message.opcode ?? 0) << 11) | (message.rcode ?? 0);
  const numbers = [message.id ?? 0, flags | codes, questions.length, answers.length, authorities.length, additionals.length];
  return Buffer.concat([
    ...numbers.map((number) => numberOctets(number, 2)),
    ...questions.map(questionOctets),
    ...[...answers, ...authorities, ...additionals].map(recordOctets),
  ]);
}

function questionOctets({ name, type, class: dnsClass = 1, unicastResponse = false }: DnsQuestionToWrite): Buffer {
  return Buffer.concat([nameOctets(name), numberOctets(type, 2), classOctets(dnsClass, unicastResponse)]);
}

function recordOctets({ name, class: dnsClass = 1, cacheFlush = false, ttl, data }: DnsRecordToWrite): Buffer {
  const { type, rdata } = writeData(data);
  const fixed = [numberOctets(type, 2), classOctets(dnsClass, cacheFlush), numberOctets(ttl, 4), numberOctets(rdata.length, 2)];
  return Buffer.concat([nameOctets(name), ...fixed, rdata]);
}

const classOctets = (dnsClass: number, firstBit: boolean): Buffer => numberOctets(dnsClass | (firstBit ? FIRST_BIT : 0), 2);
