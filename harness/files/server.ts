import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, isIPv6, type Socket } from "node:net";
import type { Clock } from "../core/clock.ts";
import type { ConnectionLog, Recording } from "../trace/recording.ts";
import { type Content, type Folder, type Offer, Places, type Serving } from "./places.ts";

export type { FileRequest, Folder, Offer, Serving } from "./places.ts";

/** The server that Download, Upload and provisioning point to. */
export interface FileServer {
  readonly url: string;
  /** A file to be fetched by GET. */
  offer(name: string, content: string | Buffer, serving?: Serving): Offer;
  /** A place to PUT a file to. */
  accept(name: string, serving?: Serving): Offer;
  /** A folder of its own, empty at first, as a provisioning server has. */
  folder(): Folder;
  /** Answers every GET for which there is no other file with what `content` gives at that moment. */
  everything(content: () => string, serving?: Serving): Pick<Offer, "requests" | "next">;
  /** Takes back all offers and folders, as between two cases. */
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
  const places = new Places(clock);

  // Node's own timers run in real time, which is not the time of the run.
  const server = createServer(
    { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true },
    (request, response) => {
      const number = connections.get(request.socket)?.record.number ?? 0;
      const target = request.url ?? "";
      const place = places.of(target);
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
        place?.visits.came(request, Buffer.concat(body), number);
        if (size > LARGEST_UPLOAD) respond(response, { status: 413, content: "" });
        else respond(response, answerTo(request.method ?? "", place?.at(target)));
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
  const hangUp = (): void => {
    for (const [socket, log] of connections) {
      log.closed(clock.now(), "harness");
      socket.destroy();
    }
  };
  return {
    url,
    offer: (name, content, serving = {}) => places.open(url, name, { method: "GET", content, serving }),
    accept: (name, serving = {}) => places.open(url, name, { method: "PUT", content: "", serving }),
    folder: () => places.folder(url),
    everything: (content, serving = {}) => places.everything(() => ({ method: "GET", content: content(), serving })),
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

function answerTo(method: string, found: Content | undefined): FileAnswer {
  if (found === undefined) return { status: 404, content: "" };
  const fits = found.method === "GET" ? method === "GET" || method === "HEAD" : method === "PUT" || method === "POST";
  if (!fits) return { status: 405, headers: [["Allow", found.method]], content: "" };
  const { status = found.method === "GET" ? 200 : 201, ...serving } = found.serving;
  return { ...serving, status, content: status < 300 || status >= 400 ? found.content : "" };
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
