import type { TlsRange } from "../dial.ts";

/** What the agent's opening handshake says. */
export interface Handshake {
  readonly path: string;
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** How a record is put into frames. */
export interface Frames {
  readonly isBinary: boolean;
  readonly parts: readonly Buffer[];
  /** Default true, as a client has to. */
  readonly isMasked?: boolean;
}

/** How the agent uses WebSocket (TR-369 "WebSocket Binding"). */
export const socketSeams = {
  /** The opening handshake (R-WS.9, R-WS.10b, R-WS.10c). */
  handshake(path: string, endpointId: string): Handshake {
    const eid = `eid=${encodeURIComponent(endpointId).replace(/%3A/g, ":")}`;
    // The extension is for controllers of before version 1.3 (R-WS.10a).
    const headers = { "Sec-WebSocket-Extensions": `bbf-usp-protocol; eid="${endpointId}"` };
    return { path: `${path}${path.includes("?") ? "&" : "?"}${eid}`, protocols: ["v1.usp"], headers };
  },
  /** Versions of TLS that are spoken with the server (R-WS.22). */
  serverTls(): TlsRange {
    return { minVersion: "TLSv1.2" };
  },
  /** Whether a connection is made with a server that answers with this subprotocol (R-WS.12). */
  acceptsProtocol(protocol: string | undefined): boolean {
    return protocol === "v1.usp";
  },
  /** Whether a connection is made with a server that answers with these extensions, or none (R-WS.11b). */
  acceptsExtensions(_extensions: string | undefined): boolean {
    return true;
  },
  /** Close code for a frame that holds no record (R-WS.16); undefined when the agent does not mind. */
  onUnreadable(_isText: boolean): number | undefined {
    return 1003;
  },
  /** Whether a text frame that holds a record is one. */
  readsText(): boolean {
    return false;
  },
  /** Frames that a record goes out in; a record in one frame, which is binary (R-WS.14, R-WS.14a). */
  frames(octets: Buffer): Frames {
    return { isBinary: true, parts: [octets] };
  },
  /** Whether a record may come in several frames (R-WS.14b). */
  bearsFragments(): boolean {
    return true;
  },
  /** Whether the agent closes with a Close frame, and answers one by one (R-WS.8). */
  closesWithFrame(): boolean {
    return true;
  },
  /** The answer to a ping: its data; undefined for none (R-WS.13). */
  pong(data: Buffer): Buffer | undefined {
    return data;
  },
  /** Seconds between pings; undefined for none (R-WS.17). */
  pingEvery(keepAlive: number): number | undefined {
    return keepAlive;
  },
  /** Whether a connection goes on after a pong that nothing asked for. */
  bearsPong(): boolean {
    return true;
  },
  /** Whether a connection goes on whose peer has not answered a ping by the time of the next one. */
  bearsSilence(): boolean {
    return false;
  },
  /** Close code with which the agent leaves before it restarts, or when it is told to. */
  farewell(why: "restart" | "disabled"): number {
    return why === "restart" ? 1001 : 1000;
  },
  /** Number of the retry that comes after a failure, 1 for the first; `retries` is how many there were in a row. */
  nextRetry(retries: number): number {
    return retries + 1;
  },
  /** How many retries count, after a connection was made (R-WS.20). */
  retriesAfterSuccess(_retries: number): number {
    return 0;
  },
  /** How many retries count, after a start of the agent (R-WS.21). */
  retriesAfterBoot(_retries: number): number {
    return 0;
  },
  /** Range of the wait before a retry, in seconds; `minimum` is m, `multiplier` k in thousandths (R-WS.19). */
  retryRange(retry: number, minimum: number, multiplier: number): readonly [number, number] {
    const factor = multiplier / 1000;
    const row = Math.min(retry, 10);
    return [minimum * factor ** (row - 1), minimum * factor ** row];
  },
  /** The wait in seconds, somewhere in its range. `random` is in [0, 1). */
  retryWait([least, most]: readonly [number, number], random: number): number {
    return least + (most - least) * random;
  },
  /** Whether the agent tries again at all after a connection that was closed with this code. */
  reconnects(_code: number): boolean {
    return true;
  },
  /** How many connections the agent has with one controller (R-WS.4). */
  connections(): number {
    return 1;
  },
};
