import { connect, isIPv6, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Clock } from "../core/clock.ts";
import type { Purpose, RawHeaders } from "../trace/exchange.ts";
import type { Recording } from "../trace/recording.ts";
import { parseResponse, type Response } from "./http-response.ts";

/** One HTTP request of ours to the phone. */
export interface Call {
  readonly url: URL;
  readonly method: string;
  /** Beside Host, which comes first, and Content-Length, which a body adds. */
  readonly headers?: RawHeaders;
  readonly body?: string;
  /** Sends exactly these octets instead of method, headers and body. */
  readonly raw?: Buffer;
  /** Milliseconds from the first try to connect to the last octet of the answer. */
  readonly within: number;
  readonly purpose: Purpose;
}

/** What the phone answered to one HTTP request. */
export interface CallAnswer {
  /** `status`: an HTTP answer; `closed`: the connection ended without one; `refused`: no connection; `silence`: nothing in time. */
  readonly kind: "status" | "closed" | "refused" | "silence";
  /** 0 when no HTTP answer came. */
  readonly status: number;
  readonly headers: RawHeaders;
  /** The body after chunked decoding. */
  readonly body: Buffer;
  /** The Authorization value that was sent, if any; for replaying it. */
  readonly authorization: string | undefined;
  /** `connection request #2 (GET /tr069)`. */
  readonly where: string;
  /** When the answer was complete, or given up; milliseconds of the run's clock. */
  readonly endedAt: number;
  /** `204 No Content`, `connection refused`, `nothing within 10 s`. */
  readonly summary: string;
  /** All values of a header field. */
  header(name: string): readonly string[];
}

/** Answers are read up to this many octets; a phone's largest page, settings.xml, has some hundred thousand. */
const LARGEST_ANSWER = 8 * 1024 * 1024;

export interface Wire {
  readonly clock: Clock;
  readonly recording: Recording;
}

/** Sends one request over a connection of its own, octet for octet as told, and records both directions. Never throws. */
export function call({ clock, recording }: Wire, request: Call): Promise<CallAnswer> {
  const octets = request.raw ?? octetsOf(request);
  const startedAt = clock.now();
  const authorization = request.headers?.find(([name]) => name.toLowerCase() === "authorization")?.[1];
  return new Promise((resolve) => {
    const socket = open(request.url, clock);
    const received: Buffer[] = [];
    let size = 0;
    let connected = false;
    let settled = false;
    let log: ReturnType<Recording["connection"]> | undefined;

    const settle = (kind: Exclude<CallAnswer["kind"], "status">, why: string): void => {
      if (settled) return;
      settled = true;
      cancel();
      const response = Buffer.concat(received);
      const parsed = parseResponse(response, request.method, true);
      const endedAt = clock.now();
      log?.closed(endedAt, kind === "closed" && parsed?.complete !== true ? "phone" : "harness");
      socket.destroy();
      const { where } = recording.call({
        connection: log?.record.number ?? 0,
        purpose: request.purpose,
        request: octets,
        response,
        status: parsed?.status,
        startedAt,
        endedAt,
      });
      resolve(answerOf(parsed, { kind, why, authorization, where, endedAt }));
    };

    const cancel = clock.after(request.within, () =>
      settle(connected ? "silence" : "refused", `nothing within ${request.within / 1000} s`),
    );
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (connected) settle("closed", `connection broken (${error.code ?? error.message})`);
      else
        settle(
          "refused",
          error.code === "ECONNREFUSED" ? "connection refused" : `no connection (${error.code ?? error.message})`,
        );
    });
    socket.once("close", () => settle(connected ? "closed" : "refused", "connection closed without an answer"));
    socket.once(request.url.protocol === "https:" ? "secureConnect" : "connect", () => {
      connected = true;
      log = recording.connection({
        purpose: request.purpose,
        tls: request.url.protocol === "https:",
        openedBy: "harness",
        harness: { address: socket.localAddress ?? "", port: socket.localPort ?? 0 },
        phone: { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 },
        openedAt: clock.now(),
      });
      log.sent(clock.now(), octets);
      socket.write(octets);
    });
    socket.on("data", (data: Buffer) => {
      if (settled) return;
      log?.received(clock.now(), data);
      received.push(data);
      size += data.length;
      const complete = parseResponse(received.length === 1 ? data : Buffer.concat(received), request.method, false)?.complete;
      if (complete === true || size > LARGEST_ANSWER) settle("closed", "");
    });
  });
}

function open(url: URL, clock: Clock): Socket {
  const tls = url.protocol === "https:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  const tcp = connect({ host, port, noDelay: true });
  // Below TLS, where the octets of a handshake are seen too.
  clock.watch(tcp);
  if (!tls) return tcp;
  // Phones carry self-signed certificates, and nothing is judged on this connection. Old firmware speaks nothing newer than TLS 1.0,
  // with keys that are short by now.
  return connectTls({ socket: tcp, rejectUnauthorized: false, minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" });
}

function octetsOf({ url, method, headers = [], body }: Call): Buffer {
  const lines = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`, "utf8");
}

interface Circumstances {
  readonly kind: Exclude<CallAnswer["kind"], "status">;
  readonly why: string;
  readonly authorization: string | undefined;
  readonly where: string;
  readonly endedAt: number;
}

function answerOf(response: Response | undefined, { kind, why, ...rest }: Circumstances): CallAnswer {
  const headers = response?.headers ?? [];
  return {
    ...rest,
    kind: response === undefined ? kind : "status",
    status: response?.status ?? 0,
    headers,
    body: response?.body ?? Buffer.alloc(0),
    summary: response === undefined ? why : `${response.status} ${response.reason}`.trim(),
    header: (name) => headers.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) => value),
  };
}

/** `host` as it stands in a URL: IPv6 addresses in brackets. */
export const urlHost = (host: string): string => (isIPv6(host) ? `[${host}]` : host);
