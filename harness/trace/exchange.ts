import type { Envelope } from "../wire/soap.ts";

/** Header fields in the order and spelling of the wire. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** One HTTP request that the phone sent to the ACS, octet for octet. Times are milliseconds of the run's clock. */
export interface RequestRecord {
  readonly method: string;
  readonly target: string;
  /** `1.1` or `1.0`. */
  readonly version: string;
  readonly headers: RawHeaders;
  /** The body after chunked decoding, before content decoding. */
  readonly body: Buffer;
  /** Everything as it came: start line, headers, body with chunk framing. */
  readonly raw: Buffer;
  /** How many octets at the end of `raw` and `body` were not kept, because the message is larger than the recording keeps. */
  readonly omitted: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The SOAP envelope in the body; absent when the body is empty. */
  readonly envelope: Envelope | undefined;
}

/** What the ACS answered, as it was written. */
export interface ResponseRecord {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Buffer;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** A request of the phone and our answer to it; `response` is absent while, or when, none was given. */
export interface Exchange {
  /** Counts from 1 over the run. */
  readonly number: number;
  /** Which TCP connection, counted from 1 over the run. */
  readonly connection: number;
  /** Which CWMP session, counted from 1 over the run; absent for requests that belong to none. */
  readonly session: number | undefined;
  /** The case that was running. */
  readonly caseId: string;
  readonly request: RequestRecord;
  readonly response: ResponseRecord | undefined;
  /** How a finding names this message: `POST #12 (Inform), session 3`. */
  readonly where: string;
}

/** Octets that came to the ACS and are no request: not HTTP, more than we take, or never completed. */
export interface GarbageRecord {
  readonly connection: number;
  readonly session: number | undefined;
  readonly caseId: string;
  readonly at: number;
  /** Why they were refused, for a person: `not HTTP: Invalid method encountered`. */
  readonly reason: string;
  /** What came since the last complete request, as far as it was kept. */
  readonly raw: Buffer;
  readonly where: string;
}

/** What a connection of the run was for. */
export type Purpose = "cwmp" | "connection-request" | "file" | "web" | "usp" | "mqtt" | "bulk-data";

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** A TCP connection between the phone and us. */
export interface ConnectionRecord {
  /** Counts from 1 over the run, all purposes together. */
  readonly number: number;
  readonly purpose: Purpose;
  readonly caseId: string;
  /** True when the octets recorded are those inside TLS. */
  readonly tls: boolean;
  /** `TLSv1.3`; absent without TLS, and where its handshake failed. */
  readonly tlsVersion?: string;
  /** Who opened it. */
  readonly openedBy: "phone" | "harness";
  readonly harness: Endpoint;
  readonly phone: Endpoint;
  readonly openedAt: number;
  readonly closedAt: number | undefined;
  /** Which side ended it first; absent while it is open. */
  readonly closedBy: "phone" | "harness" | undefined;
}

/** Octets as they were read from, or written to, a connection. */
export interface OctetsRecord {
  readonly connection: number;
  readonly caseId: string;
  readonly from: "phone" | "harness";
  readonly at: number;
  readonly data: Buffer;
  /** How many octets followed these and were not kept. */
  readonly omitted: number;
}

/** Something that a case says it does or has seen, between the messages. */
export interface StepRecord {
  readonly caseId: string;
  readonly at: number;
  readonly text: string;
  /** The last connection that was opened before it: what tells the order of things in the same millisecond. */
  readonly connection: number;
  /** As of a USP record: what tells the order behind that connection. */
  readonly order: number;
}

/** An HTTP request that the harness sent to the phone: a connection request, or a visit to its web interface. */
export interface CallRecord {
  /** Counts from 1 over the run. */
  readonly number: number;
  readonly connection: number;
  readonly caseId: string;
  readonly purpose: Purpose;
  /** Start line, headers and body as written. */
  readonly request: Buffer;
  /** What came back, empty when nothing did. */
  readonly response: Buffer;
  /** Absent when no HTTP answer came. */
  readonly status: number | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  /** `connection request #2 (GET /tr069)`. */
  readonly where: string;
}
