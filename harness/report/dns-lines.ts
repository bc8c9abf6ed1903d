import { type DnsMessage, type DnsRecord, dnsTypeName } from "../wire/dns.ts";
import { octetsText, problemLines, type Shown } from "./datagram-text.ts";

/** Records of one message that are shown; a flood has more. */
const MOST = 100;

/** Response codes by name (RFC 1035 4.1.1). */
const RCODES = ["", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

/** A message of DNS or multicast DNS, a record each line. */
export function dnsLines(message: DnsMessage): Omit<Shown, "role"> {
  const { name, id, rcode, questions, answers, authorities, additionals, problems } = message;
  const asked = questions.map(
    (one) => `question: ${one.name} ${dnsTypeName(one.type)}${one.unicastResponse ? ", unicast will do" : ""}`,
  );
  const told = Object.entries({ answer: answers, authority: authorities, additional: additionals }).flatMap(
    ([section, records]) => records.map((record) => `${section}: ${recordText(record)}`),
  );
  const all = [...asked, ...told];
  const more = all.length > MOST ? [`… ${all.length - MOST} more`] : [];
  const code = rcode === 0 ? "" : (RCODES[rcode] ?? `response code ${rcode}`);
  return {
    label: code === "" ? name : `${name}: ${code}`,
    lines: [`id ${id}${code === "" ? "" : `, ${code}`}`, ...all.slice(0, MOST), ...more, ...problemLines(problems)],
    mood: rcode !== 0 ? "fault" : problems.length > 0 ? "refused" : "ordinary",
  };
}

function recordText({ name, ttl, type, data, rdata, cacheFlush }: DnsRecord): string {
  return `${name} ${dnsTypeName(type)} ${dataText(data, rdata)}, ${ttl} s${cacheFlush ? ", flush" : ""}`;
}

function dataText(data: DnsRecord["data"], rdata: Buffer): string {
  switch (data.kind) {
    case "A":
    case "AAAA":
      return data.address;
    case "PTR":
    case "CNAME":
    case "NS":
      return data.name;
    case "SRV":
      return `${data.target}:${data.port}, priority ${data.priority}, weight ${data.weight}`;
    case "TXT":
      return data.strings.map(octetsText).join(" ");
    case "other":
      return `0x${rdata.toString("hex")}`;
  }
}
