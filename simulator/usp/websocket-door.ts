import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../clock.ts";
import type { UspAgentSeams } from "./seams.ts";

export interface WebSocketDoorOptions {
  readonly clock: Clock;
  readonly seams: UspAgentSeams;
  readonly host: string;
  endpointId(): string;
  /** Path of the agent's resource, as it is now. */
  path(): string;
  /** Whether a controller is one that may come, and whether it is there already; undefined for one that nobody knows. */
  known(eid: string): "away" | "here" | undefined;
  /** The port is open. */
  listening(): void;
  /** A controller has opened a WebSocket. */
  opened(eid: string, socket: WebSocket): void;
}

/** The longest record, in octets, as of the connections that the agent opens itself. */
const LONGEST = 4_194_304;

/** The agent as a WebSocket server: its port is open as long as it is on. */
export class WebSocketDoor {
  readonly #options: WebSocketDoorOptions;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(options: WebSocketDoorOptions) {
    this.#options = options;
  }

  /** The port, once it is open for the first time: it stays the same from then on. */
  get port(): number {
    return this.#port;
  }

  get isOpen(): boolean {
    return this.#server?.listening === true;
  }

  open(): void {
    if (this.#server !== undefined) return;
    const { clock, host } = this.#options;
    // Node's own timers run in real time, which is not the time of the phone.
    const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true }, (_, response) => {
      response.writeHead(426, { Upgrade: "websocket", Connection: "close" }).end();
    });
    server.on("connection", (socket) => {
      clock.watch(socket);
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
    // A port that cannot be had leaves the agent without this way to it, as a phone would be.
    server.on("error", () => done());
    const done = clock.busy();
    server.listen(this.#port, host, () => {
      this.#port = (server.address() as AddressInfo).port;
      done();
      this.#options.listening();
    });
    this.#server = server;
  }

  close(): void {
    this.#server?.close();
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { seams, endpointId, opened } = this.#options;
    const call = read(request);
    const refusal = this.#refusal(call);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: LONGEST,
      handleProtocols: () => seams.answeredProtocol() ?? false,
    });
    server.on("headers", (headers) => {
      const answer = call.extension === undefined ? undefined : seams.answeredExtension(endpointId());
      if (answer !== undefined) headers.push(`Sec-WebSocket-Extensions: ${answer}`);
    });
    server.handleUpgrade(request, socket, head, (accepted) => opened(call.eid, accepted));
  }

  /** Status that refuses a request; undefined for one that is good. */
  #refusal({ path: asked, eid, extension, protocols }: Call): string | undefined {
    const { seams, path, known } = this.#options;
    const is = known(eid);
    if (!seams.acceptsSessions()) return "503 Service Unavailable";
    if (!seams.isOwnPath(asked, path())) return "404 Not Found";
    if (seams.wantsProtocol() && !protocols.includes("v1.usp")) return "400 Bad Request";
    if (seams.wantsExtension() && extension === undefined) return "400 Bad Request";
    if (is === undefined) return "403 Forbidden";
    return is === "here" && seams.onSecondSession() === "refused" ? "409 Conflict" : undefined;
  }
}

/** What a controller asks for. */
interface Call {
  readonly path: string;
  readonly eid: string;
  /** EndpointID in the extension bbf-usp-protocol; undefined when it is not there. */
  readonly extension: string | undefined;
  readonly protocols: readonly string[];
}

function read({ url = "/", headers }: IncomingMessage): Call {
  const { pathname, searchParams } = new URL(url, "ws://agent");
  const extension = /bbf-usp-protocol\s*;\s*eid="?([^",;]*)"?/.exec(headers["sec-websocket-extensions"] ?? "")?.[1];
  const protocols = (headers["sec-websocket-protocol"] ?? "").split(",").map((one) => one.trim());
  return { path: pathname, eid: searchParams.get("eid") ?? extension ?? "", extension, protocols };
}
