import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { Located } from "../../../harness/core/finding.ts";
import type { HeardMdns } from "../../../harness/dns/mdns.ts";
import { DNS_TYPE, type DnsRecord, sameName, txtPairs } from "../../../harness/wire/dns.ts";

const MTPS = "Device.LocalAgent.MTP.";

/** Services by which MTPs of agents are advertised (TR-369 "IANA-Registered USP Service Names"). */
const SERVICES: Readonly<Record<string, string>> = {
  MQTT: "_usp-agt-mqtt._tcp.local",
  STOMP: "_usp-agt-stomp._tcp.local",
  WebSocket: "_usp-agt-ws._tcp.local",
};

const isOn = (value: string | undefined): boolean => value === "true" || value === "1";

/** An MTP of the agent's that is to be advertised. */
export interface Advertised {
  readonly service: string;
  readonly protocol: string;
  /** A parameter of the MTP, `WebSocket.Path`; undefined when the agent does not show it. */
  value(name: string): string | undefined;
}

/** What the agent is to advertise by its data model. @throws Inconclusive `precondition` when that is nothing */
export async function toAdvertise({ controller }: UspBench): Promise<readonly Advertised[]> {
  const values = parametersIn(await controller.get([MTPS]));
  const mtps = [...values].flatMap(([path, { value: protocol = "" }]) => {
    const mtp = /^(Device\.LocalAgent\.MTP\.\d+\.)Protocol$/.exec(path)?.[1];
    const service = SERVICES[protocol];
    if (mtp === undefined || service === undefined) return [];
    const value = (name: string): string | undefined => values.get(mtp + name)?.value;
    // TR-181 gives EnableMDNS the default true.
    return isOn(value("Enable")) && isOn(value("EnableMDNS") ?? "true") ? [{ service, protocol, value }] : [];
  });
  if (mtps.length > 0) return mtps;
  throw new Inconclusive("precondition", `no MTP in ${MTPS} is enabled and has EnableMDNS`);
}

/** The one of this protocol, as the data model names it. @throws Inconclusive as `toAdvertise` */
export async function mtpOver(bench: UspBench, protocol: "MQTT" | "WebSocket"): Promise<Advertised> {
  const found = (await toAdvertise(bench)).find((mtp) => mtp.protocol === protocol);
  if (found === undefined) throw new Inconclusive("precondition", `no MTP over ${protocol} is to be advertised`);
  return found;
}

/** A record that was heard, and where. */
export interface HeardRecord {
  readonly record: DnsRecord;
  readonly where: string;
}

/** Every record of messages that are responses. */
export const recordsIn = (heard: readonly HeardMdns[]): readonly HeardRecord[] =>
  heard.flatMap(({ message, record: { where } }) =>
    message.response ? [...message.answers, ...message.additionals].map((record) => ({ record, where })) : [],
  );

/** Records of a type that belong to instances of a service, or, of type PTR, to the service itself. A goodbye is none. */
export const ofService = (
  records: readonly HeardRecord[],
  service: string,
  type: "PTR" | "SRV" | "TXT",
): readonly HeardRecord[] =>
  records.filter(
    ({ record }) =>
      record.type === DNS_TYPE[type] &&
      record.ttl > 0 &&
      (type === "PTR" ? sameName(record.name, service) : record.name.toLowerCase().endsWith(`.${service}`)),
  );

/** The instance that a record is about. */
export function instanceIn({ record: { data, labels } }: HeardRecord): string {
  const [first] = data.kind === "PTR" ? data.labels : labels;
  return first?.toString("utf8") ?? "";
}

/** An attribute of a TXT record; `""` when it has no value. */
export function attributeIn(text: HeardRecord | undefined, key: string, otherwise: string): Located {
  if (text?.record.data.kind !== "TXT") return { value: undefined, where: otherwise };
  const pair = txtPairs(text.record.data.strings).get(key);
  return { value: pair === undefined ? undefined : (pair.value?.toString("utf8") ?? ""), where: `${text.where}, TXT` };
}

/** Milliseconds of silence after which a device that has started does not announce itself any more, or not soon (RFC 6762 8.3). */
const QUIET = 5_000;

/** What a device announces by itself would pass for an answer: it is waited for before. */
async function untilQuiet({ lan }: UspBench): Promise<void> {
  for (let announcements = 0; announcements < 8; announcements += 1)
    if ((await lan.mdns.next(({ message }) => message.response, QUIET)) === undefined) return;
}

/** What the device says when it is asked for records of this type. */
export async function asked(bench: UspBench, name: string, type: "A" | "PTR" | "SRV" | "TXT"): Promise<HeardMdns | undefined> {
  const fits = ({ message }: HeardMdns): boolean =>
    message.response && message.answers.some((record) => record.type === DNS_TYPE[type] && sameName(record.name, name));
  const { lan, patience } = bench;
  await untilQuiet(bench);
  const answer = lan.mdns.next(fits, patience.response);
  lan.mdns.query(name, DNS_TYPE[type]);
  return answer;
}

/** How the device describes an MTP when it is asked. */
export interface Described {
  readonly mtp: Advertised;
  /** Its SRV record; undefined when it tells none. */
  readonly service: HeardRecord | undefined;
  /** Its TXT record; undefined when it tells none. */
  readonly text: HeardRecord | undefined;
  readonly where: string;
}

/** Asks for the instance of an MTP's service, and for what is to be known of it. */
export async function described(bench: UspBench, mtp: Advertised): Promise<Described> {
  const pointer = await asked(bench, mtp.service, "PTR");
  const records = [...recordsIn(pointer === undefined ? [] : [pointer])];
  const [instance] = ofService(records, mtp.service, "PTR").flatMap(({ record: { data } }) =>
    data.kind === "PTR" ? [data.name] : [],
  );
  for (const type of ["SRV", "TXT"] as const) {
    if (instance === undefined || ofService(records, mtp.service, type).length > 0) continue;
    const more = await asked(bench, instance, type);
    records.push(...recordsIn(more === undefined ? [] : [more]));
  }
  const [service] = ofService(records, mtp.service, "SRV");
  const [text] = ofService(records, mtp.service, "TXT");
  return { mtp, service, text, where: pointer?.record.where ?? `a query for ${mtp.service}` };
}
