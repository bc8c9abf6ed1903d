import { DNS_TYPE, type DnsDataToWrite, type DnsQuestion, type DnsRecordToWrite, encodeDns, sameName } from "../wire/dns.ts";
import type { NameRecords } from "./dns.ts";

/** Seconds that a record may be kept where a case does not say. */
const TTL = 120;

/** Questions of one message that are answered; nobody who means well asks more. */
const MOST_QUESTIONS = 20;

type Question = Pick<DnsQuestion, "name" | "type">;

/** Names, and what there is under each. */
export class Zone {
  #names: { readonly name: string; readonly records: NameRecords }[] = [];

  /** @throws RangeError for what no message can hold */
  set(name: string, records: NameRecords | undefined): void {
    this.#names = this.#names.filter((one) => !sameName(one.name, name));
    if (records === undefined) return;
    // What cannot be written is the case's mistake, and has to show there.
    encodeDns({ answers: dataOf(records).map((data) => ({ name, ttl: records.ttl ?? TTL, data })) });
    this.#names.push({ name, records });
  }

  clear(): void {
    this.#names = [];
  }

  /** Records that answer these questions; undefined when there is nothing under any of their names. */
  answers(questions: readonly Question[]): DnsRecordToWrite[] | undefined {
    const found = questions.slice(0, MOST_QUESTIONS).flatMap((question) => this.#answer(question) ?? []);
    return found.length > 0 || questions.some((question) => this.#answer(question) !== undefined) ? found : undefined;
  }

  /** Addresses of the targets in these records, which a client would ask for next (RFC 2782, RFC 6763 section 12). */
  addresses(records: readonly DnsRecordToWrite[]): DnsRecordToWrite[] {
    const targets = new Set(records.flatMap(({ data }) => (data.kind === "SRV" ? [data.target] : [])));
    return [...targets].flatMap((name) =>
      [DNS_TYPE.A, DNS_TYPE.AAAA].flatMap((type) =>
        (this.#answer({ name, type }) ?? []).filter(({ data }) => data.kind !== "CNAME"),
      ),
    );
  }

  #answer({ name, type }: Question): DnsRecordToWrite[] | undefined {
    const found = this.#names.find((one) => sameName(one.name, name));
    if (found === undefined) return undefined;
    const { ttl = TTL } = found.records;
    const fits = (kind: DnsDataToWrite["kind"]): boolean =>
      type === DNS_TYPE.ANY || kind === "CNAME" || (kind !== "other" && DNS_TYPE[kind] === type);
    return dataOf(found.records).flatMap((data) => (fits(data.kind) ? [{ name: found.name, ttl, data }] : []));
  }
}

function dataOf({ a = [], aaaa = [], cname, ptr = [], srv = [], txt = [] }: NameRecords): DnsDataToWrite[] {
  return [
    ...(cname === undefined ? [] : [{ kind: "CNAME", name: cname } as const]),
    ...a.map((address) => ({ kind: "A", address }) as const),
    ...aaaa.map((address) => ({ kind: "AAAA", address }) as const),
    ...ptr.map((name) => ({ kind: "PTR", name }) as const),
    ...srv.map((service) => ({ kind: "SRV", ...service }) as const),
    ...txt.map((strings) => ({ kind: "TXT", strings }) as const),
  ];
}
