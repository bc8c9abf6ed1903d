import { createHash } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { fieldValues } from "../acs/context.ts";
import type { RawHeaders } from "../trace/exchange.ts";

/** The subprotocol of USP records in Protocol Buffers (R-WS.9). */
export const SUBPROTOCOL = "v1.usp";
/** The WebSocket extension that carries an EndpointID (R-WS.11a). */
export const EXTENSION = "bbf-usp-protocol";

/** A request to open a WebSocket, as it was read. */
export interface Handshake {
  readonly method: string;
  readonly target: string;
  /** `1.1`. */
  readonly version: string;
  readonly headers: RawHeaders;
  /** The path of the target, without its query. */
  readonly path: string;
  /** Subprotocols that are offered, best first. */
  readonly protocols: readonly string[];
  /** Value of `eid` in the query as it is written there, percent-encoding and all; undefined without one. */
  readonly rawEid: string | undefined;
  /** EndpointID in the query, decoded. */
  readonly queryEid: string | undefined;
  /** EndpointID in Sec-WebSocket-Extensions, without quotes. */
  readonly extensionEid: string | undefined;
  /** Whether `bbf-usp-protocol` is among the extensions that are offered. */
  readonly offersExtension: boolean;
  /** What RFC 6455 4.2.1 asks of it and it does not have, a few words each. */
  readonly faults: readonly string[];
}

const LINE = /^(\S+) (\S+) HTTP\/(\d\.\d)$/;
const FIELD = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/;

/** Reads the head of a request; undefined when it is not HTTP. */
export function readHandshake(head: string): Handshake | undefined {
  const [start = "", ...lines] = head.split("\r\n").filter((line) => line !== "");
  const [, method, target, version] = LINE.exec(start) ?? [];
  if (method === undefined || target === undefined || version === undefined) return undefined;
  const headers: [string, string][] = [];
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    headers.push([name, value]);
  }
  const [path = "", query = ""] = target.split("?", 2);
  const rawEid = /(?:^|&)eid=([^&]*)/.exec(query)?.[1];
  const extensions = membersOf(headers, "sec-websocket-extensions");
  const offered = extensions.find((extension) => extension.split(";", 1)[0]?.trim() === EXTENSION);
  const parameter = /;\s*eid\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/.exec(offered ?? "");
  return {
    method,
    target,
    version,
    headers,
    path,
    protocols: membersOf(headers, "sec-websocket-protocol"),
    rawEid,
    queryEid: rawEid === undefined ? undefined : decoded(rawEid),
    extensionEid: parameter?.[1]?.replace(/\\(.)/g, "$1") ?? parameter?.[2],
    offersExtension: offered !== undefined,
    faults: faultsOf(method, version, headers),
  };
}

/** Members of a list in a header field; a comma in quotes separates nothing. */
const membersOf = (headers: RawHeaders, name: string): readonly string[] =>
  (
    fieldValues(headers, name)
      .join(",")
      .match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? []
  )
    .map((one) => one.trim())
    .filter(Boolean);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function faultsOf(method: string, version: string, headers: RawHeaders): readonly string[] {
  const first = (name: string): string => fieldValues(headers, name)[0] ?? "";
  const has = (name: string, token: string): boolean => membersOf(headers, name).some((one) => one.toLowerCase() === token);
  return [
    method === "GET" ? "" : `method ${method}`,
    Number(version) >= 1.1 ? "" : `HTTP/${version}`,
    fieldValues(headers, "host").length === 1 ? "" : "not one Host",
    has("upgrade", "websocket") ? "" : "no Upgrade: websocket",
    has("connection", "upgrade") ? "" : "no Connection: Upgrade",
    // 16 octets in base64.
    /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(first("sec-websocket-key")) ? "" : "no Sec-WebSocket-Key of 16 octets",
    first("sec-websocket-version") === "13" ? "" : "no Sec-WebSocket-Version: 13",
  ].filter((fault) => fault !== "");
}

/** How requests to open a WebSocket are answered. */
export interface HandshakeAnswer {
  /** Default 101; any other opens nothing. */
  readonly status?: number;
  /** Sec-WebSocket-Protocol; `false` for none. Default `v1.usp`. */
  readonly protocol?: string | false;
  /** Sec-WebSocket-Extensions with our EndpointID. Default `offered`: only when the client offers it (R-WS.11a). */
  readonly extension?: "offered" | "always" | "never";
  /** Sec-WebSocket-Accept; default the right one. */
  readonly accept?: string;
  /** Further header fields. */
  readonly extra?: RawHeaders;
  /** Milliseconds from the request to the answer. */
  readonly delay?: number;
  /** Nothing is answered, and the connection stays open. */
  readonly never?: true;
  /** The connection is closed in place of an answer. */
  readonly hangUp?: true;
}

/** The answer as it is written. */
export interface WrittenAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly octets: Buffer;
}

/** Constant of RFC 6455 1.3. */
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * The answer to a request to open a WebSocket. Without what the answer cannot be made of, or without `v1.usp` among the subprotocols
 * (R-WS.12a), it is 400 whatever was asked for.
 */
export function answerTo(handshake: Handshake | undefined, answer: HandshakeAnswer, endpointId: string): WrittenAnswer {
  const key = handshake === undefined ? undefined : fieldValues(handshake.headers, "sec-websocket-key")[0];
  const opens = handshake?.protocols.includes(SUBPROTOCOL) === true && key !== undefined;
  const { status = 101, protocol = SUBPROTOCOL, extension = "offered", extra = [] } = answer;
  if (!opens || status !== 101)
    return written(opens ? status : 400, [["Content-Length", "0"], ["Connection", "close"], ...extra]);
  const accept =
    answer.accept ??
    createHash("sha1")
      .update(key + GUID)
      .digest("base64");
  const names = extension === "always" || (extension === "offered" && handshake.offersExtension);
  return written(101, [
    ["Upgrade", "websocket"],
    ["Connection", "Upgrade"],
    ["Sec-WebSocket-Accept", accept],
    ...(protocol === false ? [] : ([["Sec-WebSocket-Protocol", protocol]] as const)),
    ...(names ? ([["Sec-WebSocket-Extensions", `${EXTENSION}; eid="${endpointId}"`]] as const) : []),
    ...extra,
  ]);
}

function written(status: number, headers: RawHeaders): WrittenAnswer {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return { status, headers, octets: Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1") };
}
