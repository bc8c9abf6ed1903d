import { deflateSync, gzipSync } from "node:zlib";
import type { Trust } from "../dial.ts";
import type { Field } from "../http/message.ts";
import type { UspType } from "./shape.ts";

/** A parameter in a report. */
export interface BulkValue {
  /** As the report calls it. */
  readonly name: string;
  readonly value: string;
  readonly type: UspType;
}

/** What was collected at one time. */
export interface BulkReport {
  /** In milliseconds since the epoch. */
  readonly at: number;
  readonly values: readonly BulkValue[];
}

export type BulkEncoding = "JSON" | "CSV";

/** What a transfer over HTTP is made of, besides its body. */
export interface BulkHttpFacts {
  readonly encoding: BulkEncoding;
  /** ReportFormat of the encoding. */
  readonly format: string;
  readonly compression: string;
  /** By UseDateHeader, the time of the transfer. */
  readonly date: number | undefined;
}

/** How a parameter came to be in a report. */
export interface BulkSource {
  /** Name of the entry in the profile's Parameter table; empty to use paths. */
  readonly name: string;
  readonly path: string;
  /** Instance numbers in place of the wildcards of the reference, from left to right. */
  readonly instances: readonly number[];
  /** What follows in the path behind the object that the reference names; undefined when it names a parameter. */
  readonly rest: string | undefined;
}

/** Separators of the profile's CSVEncoding. */
export interface CsvDialect {
  readonly field: string;
  readonly row: string;
  readonly quote: string;
}

const MEDIA_TYPES: Readonly<Record<BulkEncoding, string>> = {
  JSON: "application/json; charset=UTF-8",
  CSV: "text/csv; charset=UTF-8; header=present",
};

const CODINGS: Readonly<Record<string, { readonly name: string; encode(content: Buffer): Buffer } | undefined>> = {
  GZIP: { name: "gzip", encode: (content) => gzipSync(content) },
  Deflate: { name: "deflate", encode: (content) => deflateSync(content) },
};

/** How reports are collected, encoded and sent (TR-369 Annex "Bulk Data Collection"). */
export const bulkSeams = {
  /** Milliseconds until the next report: the interval in seconds, in phase with a reference time unless that is unknown. */
  bulkDelay(now: number, interval: number, reference: number | undefined): number {
    const period = interval * 1000;
    if (reference === undefined) return period;
    const behind = (now - reference) % period;
    return behind < 0 ? -behind : period - behind;
  },
  /** Whether a profile reports. */
  bulkReports(isCollecting: boolean, isEnabled: boolean): boolean {
    return isCollecting && isEnabled;
  },
  /** What a report calls a parameter (R-BULK.9, R-BULK.10). */
  bulkName({ name, path, instances, rest }: BulkSource): string {
    if (name === "") return path;
    return [name, ...instances, ...(rest === undefined ? [] : [rest])].join(".");
  },
  /** Whether an entry of the profile takes parameters out of its reports (R-BULK.10a). */
  bulkExcludes(exclude: boolean): boolean {
    return exclude;
  },
  /** Parameters that a search path finds, by the objects that have them. */
  bulkFound(objects: readonly string[]): readonly string[] {
    return objects;
  },
  /** Whether a parameter is reported, by whether the controller that the profile belongs to may read it. */
  bulkMay(isAllowed: boolean): boolean {
    return isAllowed;
  },
  /** What a report tells of a parameter. */
  bulkValue(value: string, _type: UspType): string {
    return value;
  },
  /** Whether a report in JSON has objects inside one another, by its ReportFormat. */
  bulkIsTree(format: string): boolean {
    return format === "ObjectHierarchy";
  },
  /** The time of a report, by ReportTimestamp or RowTimestamp; undefined for none. */
  bulkTimestamp(kind: string, at: number): string | undefined {
    if (kind === "None") return undefined;
    return kind === "ISO-8601" ? new Date(at).toISOString().replace(/\.\d+/, "") : String(Math.floor(at / 1000));
  },
  /** A value in JSON, by its type ("Translating Data Types"). */
  bulkJsonValue(type: UspType, value: string): unknown {
    if (type === "boolean") return value === "true" || value === "1";
    return (type === "int" || type === "unsignedInt") && value !== "" ? Number(value) : value;
  },
  /** The reports of a transfer as one document. */
  bulkJson(reports: readonly unknown[]): string {
    return JSON.stringify({ Report: reports });
  },
  /** Columns of a report of one row for each parameter (R-BULK.12). */
  bulkColumns(): readonly string[] {
    return ["ParameterName", "ParameterValue", "ParameterType"];
  },
  /** What stands in those columns (R-BULK.12, R-BULK.13). */
  bulkRow({ name, value, type }: BulkValue): readonly string[] {
    return [name, value, type];
  },
  /** A field of a CSV document: in quotes when it holds what separates (RFC 4180). */
  bulkCsvField(text: string, { field, row, quote }: CsvDialect): string {
    const isPlain = ![field, row, quote, "\r", "\n"].some((mark) => mark !== "" && text.includes(mark));
    return isPlain || quote === "" ? text : quote + text.replaceAll(quote, quote + quote) + quote;
  },
  /** Rows of a CSV document, the header first (R-BULK.11). */
  bulkCsv(header: readonly string[], rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
    return [header, ...rows];
  },
  /** What separates fields and rows, and what quotes. */
  bulkDialect(dialect: CsvDialect): CsvDialect {
    return dialect;
  },
  /** Parameters of the query that every transfer has (R-BULK.1). */
  bulkIdentity(oui: string, productClass: string, serialNumber: string, _endpointId: string): readonly Field[] {
    return [
      ["oui", oui],
      ["pc", productClass],
      ["sn", serialNumber],
    ];
  },
  /** The query of a transfer: those, then what the profile asks for. */
  bulkQuery(identity: readonly Field[], asked: readonly Field[]): readonly Field[] {
    return [...identity, ...asked];
  },
  /** Media type of a report, over HTTP and MQTT (R-BULK.7, R-BULK.8a, R-BULK.11). */
  bulkMediaType(encoding: BulkEncoding, _protocol: "HTTP" | "MQTT"): string {
    return MEDIA_TYPES[encoding];
  },
  /** The URL that is delivered to, by that of the profile with its query. */
  bulkUrl(url: string): string {
    return url;
  },
  /** Whom the agent believes when a collector shows a certificate (R-BULK.6). */
  bulkTrust(trust: Trust): Trust | "anyone" {
    return trust;
  },
  bulkMethod(method: string): string {
    return method;
  },
  /** Header fields of a transfer besides those of every request (R-BULK.8). */
  bulkFields({ format, compression, date }: BulkHttpFacts): readonly Field[] {
    const coding = CODINGS[compression];
    return [
      ["BBF-Report-Format", format],
      ...(coding === undefined ? [] : [["Content-Encoding", coding.name] as const]),
      ...(date === undefined ? [] : [["Date", new Date(date).toUTCString()] as const]),
    ];
  },
  /** How the end of a body is told, and the body as it goes out. */
  bulkFraming(body: Buffer): { readonly field: Field; readonly body: Buffer } {
    return { field: ["Content-Length", String(body.length)], body };
  },
  bulkCompressed(content: Buffer, compression: string): Buffer {
    return CODINGS[compression]?.encode(content) ?? content;
  },
  /** Whether a transfer is delivered, by the status of its answer. */
  bulkDelivered(status: number): boolean {
    return status >= 200 && status < 300;
  },
  /** Whether a transfer that was not delivered is tried again (R-BULK.2); `status` is absent when no answer came. */
  bulkRetries(isEnabled: boolean, _status: number | undefined): boolean {
    return isEnabled;
  },
  /** Range of the wait before a retry, in seconds; `retry` counts from 1, `minimum` is m, `multiplier` k in thousandths (R-BULK.2, R-BULK.3). */
  bulkRange(retry: number, minimum: number, multiplier: number): readonly [number, number] {
    const factor = multiplier / 1000;
    const row = Math.min(retry, 10);
    return [minimum * factor ** (row - 1), minimum * factor ** row];
  },
  /** The wait in seconds, somewhere in its range. `random` is in [0, 1). */
  bulkWait([least, most]: readonly [number, number], random: number): number {
    return least + (most - least) * random;
  },
  /** How many retries count as done once a transfer is delivered (R-BULK.4). */
  bulkRetriesAfterDelivery(_done: number): number {
    return 0;
  },
  /** How many retries count as done once the agent has started anew (R-BULK.5). */
  bulkRetriesAfterBoot(_done: number): number {
    return 0;
  },
  /** Whether the retries of a report end when the next one is due. */
  bulkGivesUp(): boolean {
    return true;
  },
  /** Reports that were not delivered and go out with the next one, the oldest first. `room` is NumberOfRetainedFailedReports. */
  bulkRetained<Report>(failed: readonly Report[], room: number): readonly Report[] {
    return room < 0 ? failed : room === 0 ? [] : failed.slice(-room);
  },
  /** Whether reports that were not delivered outlive a restart, by PersistAcrossReboot. */
  bulkSurvivesBoot(persists: boolean): boolean {
    return persists;
  },
  /** Whether reports that were not delivered outlive a change of the encoding. */
  bulkKeepsAcrossEncodings(): boolean {
    return false;
  },
  /** The topic that reports are published to, by that of the profile. */
  bulkTopic(topic: string, _endpointId: string): string {
    return topic;
  },
  /** What is published. */
  bulkPayload(content: Buffer): Buffer {
    return content;
  },
  /** What `Push!` tells. */
  bulkPushed(data: string): Readonly<Record<string, string>> {
    return { Data: data };
  },
  /** Whether ForceCollection() collects at once. */
  bulkForced(): boolean {
    return true;
  },
  /** The controller that a profile belongs to, by the one that creates it. */
  bulkOwner(creator: string): string {
    return creator;
  },
};
