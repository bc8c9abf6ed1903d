import type { DatagramRecord } from "../trace/datagram.ts";
import type { DnsQuestion } from "../wire/dns.ts";

/** What there is under a name. */
export interface NameRecords {
  /** IPv4 addresses. */
  readonly a?: readonly string[];
  readonly aaaa?: readonly string[];
  readonly cname?: string;
  readonly ptr?: readonly string[];
  readonly srv?: readonly Service[];
  /** TXT records, each of them a list of strings. */
  readonly txt?: readonly (readonly string[])[];
  /** Seconds that a record may be kept; default 120. */
  readonly ttl?: number;
}

/** Where a service is (RFC 2782). */
export interface Service {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

/** A question of the phone. */
export interface HeardQuery {
  readonly question: DnsQuestion;
  readonly record: DatagramRecord;
  /** What it was answered; undefined where it was no query that can be answered. */
  readonly reply: DatagramRecord | undefined;
}

/** The DNS server of the gateway that the bench is. It knows what a case tells it, and nothing else: other names do not exist. */
export interface DnsServer {
  /** What there is under a name, until the case is over; undefined: it does not exist. Names end without a dot, and their case does not matter. */
  name(name: string, records: NameRecords | undefined): void;
  /** Every question of the phone in this run, oldest first; in a flood the oldest are let go. */
  readonly queries: readonly HeardQuery[];
  /** The next question about this name (default: any), from now on; undefined when none comes within so many milliseconds. */
  next(name: string | undefined, within: number): Promise<HeardQuery | undefined>;
}
