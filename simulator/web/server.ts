import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Device } from "../device.ts";
import { Door } from "./door.ts";
import { readForm } from "./forms.ts";
import { type Page, text } from "./page.ts";
import { pageAt } from "./pages.ts";
import type { User } from "./user.ts";

export interface WebServer {
  readonly port: number;
  /** Port for HTTPS, if the phone offers it. */
  readonly securePort: number | undefined;
  /** Closes the ports and every connection. */
  close(): Promise<void>;
}

export interface WebPorts {
  readonly http: number;
  /** Undefined when the phone is to offer HTTPS only if it has been told to. */
  readonly https: number | undefined;
}

/** Largest file that can be uploaded, in octets; the vendor's phones have the same limit. */
const LARGEST_UPLOAD = 524_288;

const WAITING = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 };

/** The phone's web interface: the pages through which it is set up, and those that show what it holds. */
export async function startWebServer(device: Device, user: User, host: string, ports: WebPorts): Promise<WebServer> {
  const offers = device.seams.web.offers(device.state.settings.webserver_type ?? "", ports.https !== undefined);
  const door = new Door(device);
  const listeners: Listener[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  const open = async (server: Server, port: number): Promise<number> => {
    const listener = new Listener(device, server);
    listeners.push(listener);
    return listener.listen(port, host);
  };
  const serve = listenerFor((request, body) => answer(device, user, door, request, body));
  try {
    const secure = offers.https ? await tlsServer(device, serve) : undefined;
    const securePort = secure && (await open(secure, ports.https ?? 0));
    const plain = offers.http || securePort === undefined ? serve : listenerFor((request) => elsewhere(request, securePort));
    return { port: await open(createServer(WAITING, plain), ports.http), securePort, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The phone makes its certificate anew when it starts. What that needs is loaded only for a phone that speaks HTTPS. */
async function tlsServer({ clock, state }: Device, serve: RequestListener): Promise<Server> {
  const done = clock.busy();
  try {
    const { selfSigned } = await import("./certificate.ts");
    return createTlsServer({ ...WAITING, ...(await selfSigned(state.settings.mac ?? "", clock.now())) }, serve);
  } finally {
    done();
  }
}

/** A port with the connections to it. */
class Listener {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor({ clock }: Device, server: Server) {
    this.#server = server;
    // Of a server for TLS as well, this is the connection below it.
    server.on("connection", (socket: Socket) => {
      clock.watch(socket);
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}

/** Reads a request with its body and sends the page for it. A body that is too large is undefined. */
function listenerFor(pageFor: (request: IncomingMessage, body: Buffer | undefined) => Page): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_UPLOAD) chunks.push(chunk);
    });
    request.on("end", () => send(response, pageFor(request, size > LARGEST_UPLOAD ? undefined : Buffer.concat(chunks))));
    request.on("error", () => request.destroy());
  };
}

function send(response: ServerResponse, page: Page): void {
  response.sendDate = false;
  response.writeHead(page.status, {
    "Content-Type": page.type,
    "Content-Length": Buffer.byteLength(page.body),
    ...page.fields,
  });
  response.end(page.body);
  // Also when nobody waits for the page any more: the phone has taken the order.
  response.once("close", () => page.afterwards?.());
}

function answer(device: Device, user: User, door: Door, request: IncomingMessage, body: Buffer | undefined): Page {
  if (body === undefined) return text(413, "The file is too large.");
  const brought = readForm(request, body);
  const { pathname } = new URL(request.url ?? "/", "http://phone");
  return door.refusal(request, brought) ?? pageAt(device, user, pathname, brought);
}

/** Sends a visitor from HTTP to HTTPS. */
function elsewhere({ headers, url = "/" }: IncomingMessage, port: number): Page {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return { ...text(307, "This phone speaks HTTPS only."), fields: { Location: `https://${host}:${port}${url}` } };
}
