import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, isIPv6, type Socket } from "node:net";
import { type Clock, within } from "../core/clock.ts";
import type { RawHeaders } from "../trace/exchange.ts";
import type { ConnectionLog, Recording } from "../trace/recording.ts";

/** One HTTP request of the phone to the file server. Times are milliseconds of the run's clock. */
export interface FileRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: RawHeaders;
  /** What was uploaded; empty for a GET. */
  readonly body: Buffer;
  readonly at: number;
  /** `GET /f3/settings.xml, connection 12`. */
  readonly where: string;
}

/** How a file is served, where it differs from 200 and the whole content. */
export interface Serving {
  /** Default 200 for GET, 201 for PUT. */
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: RawHeaders;
  /** Closes the connection after so many octets of the content. */
  readonly cutAfter?: number;
  /** Never answers. */
  readonly never?: true;
}

/** A place on the file server that only one file, or one upload, uses. */
export interface Offer {
  readonly url: string;
  /** What came for it so far. */
  readonly requests: readonly FileRequest[];
  /** The next request for it, or undefined when none comes within so many milliseconds; one that came unwaited counts. */
  next(within: number): Promise<FileRequest | undefined>;
}

/** The server that Download and Upload point to. */
export interface FileServer {
  readonly url: string;
  /** A file to be fetched by GET. */
  offer(name: string, content: string | Buffer, serving?: Serving): Offer;
  /** A place to PUT a file to. */
  accept(name: string, serving?: Serving): Offer;
  /** Takes back all offers, as between two cases. */
  settle(): void;
  stop(): Promise<void>;
}

export interface FileServerOptions {
  readonly clock: Clock;
  readonly recording: Recording;
  /** Local address to bind to. */
  readonly host: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Host name or address that the phone shall use; default `host`. */
  readonly advertise?: string;
}

/** Octets of an upload that are taken; a phone's configuration and log stay far below. */
const LARGEST_UPLOAD = 16 * 1024 * 1024;

/**
 * Starts a file server. Its connections are recorded with the purpose `file`.
 * @throws what `listen` throws, such as EADDRINUSE
 */
export async function startFileServer(options: FileServerOptions): Promise<FileServer> {
  const { clock, host, port = 0, advertise = host } = options;
  const connections = new Map<Socket, ConnectionLog>();
  const places = new Map<string, Place>();
  let offers = 0;

  // Node's own timers run in real time, which is not the time of the run.
  const server = createServer(
    { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true },
    (request, response) => {
      const number = connections.get(request.socket)?.record.number ?? 0;
      const place = places.get(request.url ?? "");
      const body: Buffer[] = [];
      let size = 0;
      request.on("data", (data: Buffer) => {
        size += data.length;
        if (size <= LARGEST_UPLOAD) body.push(data);
      });
      // What does not come to its end is no request; its connection tells the rest.
      request.on("error", () => {});
      response.on("error", () => {});
      request.on("end", () => {
        place?.came(request, Buffer.concat(body), clock.now(), number);
        if (size > LARGEST_UPLOAD) respond(response, { status: 413, content: "" });
        else respond(response, answerTo(request.method ?? "", place));
      });
    },
  );
  server.on("connection", (socket) => {
    clock.watch(socket);
    connections.set(socket, recordOctets(socket, options));
    socket.once("close", () => connections.delete(socket));
  });
  server.on("clientError", (_, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  const url = `http://${isIPv6(advertise) ? `[${advertise}]` : advertise}:${bound}`;
  const open = (name: string, place: Pick<Place, "method" | "content" | "serving">): Offer => {
    offers += 1;
    const target = `/f${offers}/${encodeURIComponent(name)}`;
    const made = new Place(place, clock);
    places.set(target, made);
    return { url: url + target, requests: made.requests, next: (milliseconds) => made.next(milliseconds) };
  };
  const hangUp = (): void => {
    for (const [socket, log] of connections) {
      log.closed(clock.now(), "harness");
      socket.destroy();
    }
  };
  return {
    url,
    offer: (name, content, serving = {}) => open(name, { method: "GET", content, serving }),
    accept: (name, serving = {}) => open(name, { method: "PUT", content: "", serving }),
    settle() {
      places.clear();
      hangUp();
    },
    stop() {
      places.clear();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      hangUp();
      return closed;
    },
  };
}

/** One offer as the server sees it. */
class Place {
  readonly method: "GET" | "PUT";
  readonly content: string | Buffer;
  readonly serving: Serving;
  readonly requests: FileRequest[] = [];
  readonly #clock: Clock;
  #taken = 0;
  #wakers: (() => void)[] = [];

  constructor({ method, content, serving }: Pick<Place, "method" | "content" | "serving">, clock: Clock) {
    this.method = method;
    this.content = content;
    this.serving = serving;
    this.#clock = clock;
  }

  came({ method = "", url = "", rawHeaders }: IncomingMessage, body: Buffer, at: number, connection: number): void {
    const headers: [string, string][] = [];
    for (let index = 0; index + 1 < rawHeaders.length; index += 2)
      headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
    this.requests.push({ method, target: url, headers, body, at, where: `${method} ${url}, connection ${connection}` });
    for (const wake of this.#wakers.splice(0)) wake();
  }

  async next(milliseconds: number): Promise<FileRequest | undefined> {
    if (this.requests.length <= this.#taken) {
      const woken = new Promise<void>((resolve) => {
        this.#wakers.push(resolve);
      });
      await within(this.#clock, milliseconds, woken);
    }
    const request = this.requests[this.#taken];
    if (request !== undefined) this.#taken += 1;
    return request;
  }
}

/** Writes down everything that goes over a connection. */
function recordOctets(socket: Socket, { clock, recording }: FileServerOptions): ConnectionLog {
  const log = recording.connection({
    purpose: "file",
    tls: false,
    openedBy: "phone",
    harness: { address: socket.localAddress ?? "", port: socket.localPort ?? 0 },
    phone: { address: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 },
    openedAt: clock.now(),
  });
  const write = socket.write.bind(socket) as (data: string | Uint8Array, ...rest: unknown[]) => boolean;
  // The only place where what node:http makes of an answer can be seen as octets.
  socket.write = (data: string | Uint8Array, ...rest: unknown[]): boolean => {
    const encoding = typeof rest[0] === "string" ? (rest[0] as BufferEncoding) : "utf8";
    log.sent(clock.now(), typeof data === "string" ? Buffer.from(data, encoding) : Buffer.from(data));
    return write(data, ...rest);
  };
  socket.on("data", (data) => log.received(clock.now(), data));
  socket.on("end", () => log.closed(clock.now(), "phone"));
  socket.on("error", () => log.closed(clock.now(), "phone"));
  socket.on("close", () => log.closed(clock.now(), "phone"));
  return log;
}

interface FileAnswer extends Serving {
  readonly status: number;
  readonly content: string | Buffer;
}

function answerTo(method: string, place: Place | undefined): FileAnswer {
  if (place === undefined) return { status: 404, content: "" };
  const fits = place.method === "GET" ? method === "GET" || method === "HEAD" : method === "PUT" || method === "POST";
  if (!fits) return { status: 405, headers: [["Allow", place.method]], content: "" };
  const { status = place.method === "GET" ? 200 : 201, ...serving } = place.serving;
  return { ...serving, status, content: status < 300 ? place.content : "" };
}

function respond(response: ServerResponse, { status, content, contentType, headers = [], cutAfter, never }: FileAnswer): void {
  if (never === true) return;
  const body = Buffer.from(content);
  response.sendDate = false;
  response.writeHead(
    status,
    [
      ["Content-Type", contentType ?? "application/octet-stream"] as const,
      ...(status === 204 ? [] : [["Content-Length", String(body.length)] as const]),
      ...headers,
    ].flat(),
  );
  if (cutAfter === undefined) {
    response.end(body);
    return;
  }
  const { socket } = response;
  response.write(body.subarray(0, cutAfter), () => socket?.destroySoon());
}
