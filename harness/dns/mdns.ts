import type { DatagramRecord } from "../trace/datagram.ts";
import type { DnsMessage, DnsToWrite } from "../wire/dns.ts";
import type { NameRecords } from "./dns.ts";

/** A message of multicast DNS that the phone sent. */
export interface HeardMdns {
  readonly message: DnsMessage;
  readonly record: DatagramRecord;
}

/** A peer of the phone in multicast DNS (RFC 6762) at the gateway that the bench is. */
export interface MdnsPeer {
  /** What we answer for under a name, until the case is over; undefined: nothing any more. Nothing is announced by itself. */
  name(name: string, records: NameRecords | undefined): void;
  /** Every message of the phone in this run, oldest first; in a flood the oldest are let go. */
  readonly heard: readonly HeardMdns[];
  /** Asks everybody for records of this type, a number of `DNS_TYPE`. */
  query(name: string, type: number): DatagramRecord;
  /** Sends a message to everybody: an announcement, a goodbye, a question. */
  send(message: DnsToWrite): DatagramRecord;
  /** The next message that fits, from now on; undefined when none comes within so many milliseconds. */
  next(fits: (heard: HeardMdns) => boolean, within: number): Promise<HeardMdns | undefined>;
}
