import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { CollectorWay, Delivery, Inbox } from "../../../harness/collector/collector.ts";
import { parametersIn, updatedIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { UspRecordLog } from "../../../harness/trace/usp.ts";
import { type BulkLayout, type BulkReading, readReports } from "../../../harness/wire/bulk-report.ts";
import { RFC_4180 } from "../../../harness/wire/csv.ts";
import { deletingMade, type Made } from "./instances.ts";
import { settings } from "./making.ts";
import { type Subscription, tellsEvent, withSubscription } from "./notifications.ts";
import { withValues } from "./values.ts";

export const BULK_DATA = "Device.BulkData.";
export const PROFILES = "Device.BulkData.Profile.";

/** The test plan's ReportingInterval, in seconds, where the agent takes one so short. */
const SHORTEST = 60;
/** Seconds beyond two intervals in which the plan wants two reports. */
const GRACE = 10;

type Values = Readonly<Record<string, string>>;
export type Encoding = BulkLayout["encoding"];

/** A parameter that a profile is to report. */
export interface Reported {
  /** What the report is to call it; empty for its path. */
  readonly name: string;
  readonly reference: string;
  readonly exclude?: true;
}

export interface WantedProfile {
  readonly protocol: "HTTP" | "USPEventNotif" | "MQTT";
  /** Default: one that the agent has. */
  readonly encoding?: Encoding;
  /** At least so many seconds between reports; default the shortest that the agent and the test plan take. */
  readonly interval?: number;
  /** Parameters of the profile besides, by relative path. */
  readonly values?: Values;
  readonly parameters: readonly Reported[];
  /** Parameters that go into the query of a transfer. */
  readonly query?: readonly Reported[];
}

/** A profile that has been made and is not enabled yet. */
export interface BulkProfile {
  /** `Device.BulkData.Profile.3.` */
  readonly path: string;
  /** Seconds between reports. */
  readonly interval: number;
  readonly layout: BulkLayout;
  /** Milliseconds in which the test plan wants two reports. */
  readonly twoReports: number;
  /** Switches it on; gives when that was asked for. @throws Inconclusive `precondition` when the agent does not take it */
  enable(): Promise<number>;
}

/** The parameter that the test plan lets report, or what stands for it where the agent has it elsewhere. */
export function upTime({ agent, recording }: UspBench, name = "UpTime"): Reported {
  const reference = ["Device.DeviceInfo.UpTime", "Device.LocalAgent.UpTime"].find((path) => agent.supports(path));
  if (reference === undefined) throw new Inconclusive("precondition", "the agent has no UpTime to report");
  recording.uses("upTime", reference);
  return { name, reference };
}

/**
 * Makes a profile for reports, and deletes it after `use`.
 * @throws Inconclusive `precondition` when the agent refuses it
 */
export const withProfile = <T>(bench: UspBench, wanted: WantedProfile, use: (profile: BulkProfile) => Promise<T>): Promise<T> =>
  withValues(
    bench,
    BULK_DATA,
    {},
    () =>
      deletingMade(bench.controller, async (made) => {
        const { protocol, encoding, interval, values = {}, parameters, query = [] } = wanted;
        const known = await bulkValues(bench);
        const chosen = encoding ?? (known.encodings.includes("JSON") ? "JSON" : "CSV");
        const seconds = Math.max(interval ?? SHORTEST, known.least);
        const given = { Protocol: protocol, EncodingType: chosen, ReportingInterval: String(seconds), ...values };
        const path = await made.add(PROFILES, settings(given));
        await addAll(made, `${path}Parameter.`, parameters);
        await addAll(made, `${path}HTTP.RequestURIParameter.`, query);
        const layout = await layoutOf(bench, path, chosen);
        const twoReports = (2 * seconds + GRACE) * 1000;
        return use({ path, interval: seconds, layout, twoReports, enable: () => enable(bench, path) });
      }),
    ["Enable"],
  );

async function addAll({ add }: Made, table: string, all: readonly Reported[]): Promise<void> {
  for (const { name, reference, exclude } of all)
    await add(table, settings({ Name: name, Reference: reference, ...(exclude === true ? { Exclude: "true" } : {}) }));
}

async function bulkValues({ controller }: UspBench): Promise<{ readonly least: number; readonly encodings: readonly string[] }> {
  const names = ["MinReportingInterval", "EncodingTypes"].map((name) => BULK_DATA + name);
  const shown = parametersIn(await controller.get(names));
  const [least, encodings] = names.map((name) => shown.get(name)?.value ?? "");
  return { least: Number(least), encodings: (encodings ?? "").split(",").map((one) => one.trim()) };
}

/** Enables bulk data and the profile in one Set, as the test plan does. */
async function enable({ controller }: UspBench, profile: string): Promise<number> {
  const objects = [BULK_DATA, profile].map((path) => ({ path, params: [{ name: "Enable", value: "true", required: true }] }));
  const reply = await controller.set(objects);
  if (reply.kind !== "response" || !updatedIn(reply).includes(`${profile}Enable`))
    throw new Inconclusive("precondition", `enabling ${profile}: the agent gave ${reply.summary.value}`);
  return reply.request.at;
}

/** How the agent will lay out reports of a profile, as it shows it itself. */
export async function layoutOf({ controller }: UspBench, profile: string, encoding: Encoding): Promise<BulkLayout> {
  const path = `${profile}${encoding}Encoding.`;
  const shown = parametersIn(await controller.get([path]));
  const value = (name: string, usual: string): string => unescaped(shown.get(path + name)?.value ?? usual);
  if (encoding === "JSON")
    return { encoding, format: value("ReportFormat", "") === "NameValuePair" ? "NameValuePair" : "ObjectHierarchy" };
  return {
    encoding,
    format: value("ReportFormat", "") === "ParameterPerRow" ? "ParameterPerRow" : "ParameterPerColumn",
    dialect: {
      field: value("FieldSeparator", RFC_4180.field),
      row: value("RowSeparator", RFC_4180.row),
      quote: value("EscapeCharacter", RFC_4180.quote),
    },
  };
}

/** Agents take over the separators of the data model as they are written there: as characters of XML. */
const unescaped = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll("&quot;", '"');

/** What a profile delivers over HTTP. */
export interface OverHttp {
  readonly profile: BulkProfile;
  readonly inbox: Inbox;
}

/** As `withProfile`, of a profile that delivers to a place of its own at the collector. */
export async function withHttpProfile<T>(
  bench: UspBench,
  wanted: Omit<WantedProfile, "protocol"> & { readonly way?: CollectorWay },
  use: (over: OverHttp) => Promise<T>,
): Promise<T> {
  const inbox = await bench.collector.open(wanted.way);
  const values = { "HTTP.URL": inbox.url, ...wanted.values };
  return withProfile(bench, { ...wanted, protocol: "HTTP", values }, (profile) => use({ profile, inbox }));
}

/** So many deliveries, or those that come within so many milliseconds. */
export async function gather({ clock }: UspBench, inbox: Inbox, count: number, within: number): Promise<readonly Delivery[]> {
  const until = clock.now() + within;
  const came: Delivery[] = [];
  while (came.length < count) {
    const delivery = await inbox.next(Math.max(0, until - clock.now()));
    if (delivery === undefined) break;
    came.push(delivery);
  }
  return came;
}

/** A transfer that has been read, by whatever way it came. */
export interface Transferred {
  readonly at: number;
  readonly where: string;
  readonly reading: BulkReading;
}

export const readDelivery = ({ body, at, where }: Delivery, layout: BulkLayout): Transferred => ({
  at,
  where,
  reading: readReports(body, layout, where),
});

/** What one `Push!` told; its argument `Data` as it came. */
export function readPush({ at, where, record }: UspRecordLog, layout: BulkLayout): Transferred {
  const data = record.message?.entries("request/notify/event/params").get("Data");
  const octets = Buffer.from(data?.value ?? "", "utf8");
  return { at, where, reading: readReports(octets, layout, where) };
}

/** As `withProfile`, of a profile that pushes its reports to a subscription. */
export const withPushProfile = <T>(
  bench: UspBench,
  wanted: Omit<WantedProfile, "protocol">,
  use: (profile: BulkProfile, subscription: Subscription) => Promise<T>,
): Promise<T> =>
  withProfile(bench, { ...wanted, protocol: "USPEventNotif" }, (profile) =>
    withSubscription(bench, { name: "bulk-push", type: "Event", references: `${profile.path}Push!` }, (subscription) =>
      use(profile, subscription),
    ),
  );

/** So many `Push!` events, or those that come within so many milliseconds. */
export async function gatherPushes(
  { clock, controller }: UspBench,
  subscription: Subscription,
  count: number,
  within: number,
): Promise<readonly UspRecordLog[]> {
  const until = clock.now() + within;
  const came: UspRecordLog[] = [];
  while (came.length < count) {
    const log = await controller.next(tellsEvent(subscription, "Push!"), Math.max(0, until - clock.now()));
    if (log === undefined) break;
    came.push(log);
  }
  return came;
}

/** One delivery of a profile, and what was read of it. */
export interface OneDelivery {
  readonly profile: BulkProfile;
  readonly delivery: Delivery;
  readonly transfer: Transferred;
}

/** Whether a delivery has to be one that can be read, when that is not what is judged. */
export type Demand = "readable" | "whatever";

/**
 * The first delivery of a profile.
 * @throws Inconclusive `precondition` when none comes, or none as demanded
 */
export const oneDelivery = (
  bench: UspBench,
  wanted: Omit<WantedProfile, "protocol">,
  demand: Demand = "readable",
): Promise<OneDelivery> =>
  withHttpProfile(bench, wanted, async ({ profile, inbox }) => {
    await profile.enable();
    const delivery = await inbox.next(profile.twoReports);
    if (delivery === undefined) throw new Inconclusive("precondition", "the agent delivers no report");
    const transfer = readDelivery(delivery, profile.layout);
    if (demand === "readable") demandReadable([transfer]);
    return { profile, delivery, transfer };
  });

/** @throws Inconclusive `precondition` when one of them cannot be read, or holds no report */
export function demandReadable(transfers: readonly Transferred[]): void {
  for (const { reading, where } of transfers) {
    const problem = reading.faults[0] ?? (reading.reports.length === 0 ? "there is no report in it" : undefined);
    if (problem !== undefined) throw new Inconclusive("precondition", `${where} cannot be read: ${problem}`);
  }
}
