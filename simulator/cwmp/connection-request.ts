import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Clock } from "../clock.ts";
import { type AuthFields, type Credentials, isBasic, parseCredentials, randomHex } from "../http/digest.ts";
import type { Field } from "../http/message.ts";
import type { ConnectionRequestSeams } from "./connection-request-seams.ts";

export interface ConnectionRequestOptions {
  readonly clock: Clock;
  readonly seams: ConnectionRequestSeams;
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** Path of ConnectionRequestURL, with its slash. */
  readonly path: string;
  /** ConnectionRequestUsername and ConnectionRequestPassword as they are now. */
  credentials(): Credentials;
  /** Decides on a rightly authenticated request; it must not start the session yet. */
  accept(): "accepted" | "busy";
  /** Called once for each accepted request, with its Accept field, when its answer is written: now the session may start. */
  afterwards(accept: string | undefined): void;
  /** Numbers in [0, 1), for nonces. */
  random(): number;
}

export interface ConnectionRequestServer {
  readonly port: number;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

interface Nonce {
  readonly issued: number;
  used: number;
}

interface Answer {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly body: string;
  readonly close: boolean;
  readonly accepted: boolean;
}

/** How late an answer is that does not come before the session, in milliseconds. */
const LATE_ANSWER = 1000;

/** More than anyone needs who asks for a challenge and answers it. */
const KEPT_NONCES = 1000;

const answer = (status: number, fields: readonly Field[] = [], more: Partial<Answer> = {}): Answer => ({
  status,
  fields,
  body: "",
  close: false,
  accepted: false,
  ...more,
});

/** Listens for connection requests of the ACS (TR-069 3.2.2). Rejects when the port cannot be had. */
export async function startConnectionRequestServer(options: ConnectionRequestOptions): Promise<ConnectionRequestServer> {
  const { clock, seams, host } = options;
  const judge = new Judge(options);
  const sockets = new Set<Socket>();
  const server = createServer(
    { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, maxHeaderSize: 8192 },
    (request, response) => {
      request.resume();
      const given = judge.answer(request);
      let due = given.accepted;
      const afterwards = (): void => {
        if (due) options.afterwards(request.headers.accept);
        due = false;
      };
      // The phone has accepted, so the session starts even when nobody is left to hear it.
      response.once("close", afterwards);
      if (!given.accepted || seams.answersFirst(request.headers.accept)) return write(response, given, afterwards);
      afterwards();
      clock.after(LATE_ANSWER, () => write(response, given, afterwards));
    },
  );
  server.on("connection", (socket: Socket) => {
    clock.watch(socket);
    if (!seams.admitsConnection(sockets.size)) return socket.destroy();
    socket.setNoDelay(true);
    sockets.add(socket);
    const touch = (): (() => void) => clock.after(seams.idleTimeout(), () => socket.destroy());
    let idle = touch();
    socket.on("data", () => {
      idle();
      idle = touch();
    });
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      idle();
      sockets.delete(socket);
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    if (socket.writable)
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`, () => socket.destroy());
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function write(response: ServerResponse, { status, fields, body, close }: Answer, written: () => void): void {
  response.sendDate = false;
  for (const [name, value] of fields) response.setHeader(name, value);
  if (status !== 204) response.setHeader("Content-Length", Buffer.byteLength(body));
  if (close) response.setHeader("Connection", "close");
  response.writeHead(status).end(body, written);
}

/** Decides on each request, and remembers nonces and load. */
class Judge {
  readonly #options: ConnectionRequestOptions;
  readonly #nonces = new Map<string, Nonce>();
  #accepted: readonly number[] = [];
  #firstCredentials: Credentials | undefined;

  constructor(options: ConnectionRequestOptions) {
    this.#options = options;
  }

  answer(request: IncomingMessage): Answer {
    const { seams, clock, path } = this.#options;
    const { method = "", url: target = "", headers } = request;
    if (!seams.acceptsMethod(method)) return answer(seams.methodStatus(), [["Allow", "GET"]]);
    if (!seams.acceptsTarget(pathOf(target), path)) return answer(seams.targetStatus());
    if (!seams.acceptsHost(headers.host, request.socket.localPort)) return answer(seams.targetStatus());
    if (!seams.acceptsContent(Number(headers["content-length"] ?? 0))) return answer(400);
    const given = headers.authorization === undefined ? undefined : parseCredentials(headers.authorization);
    const credentials = seams.credentials(this.#options.credentials(), this.#first());
    const scheme = seams.scheme(headers.accept);
    const right =
      scheme === "basic"
        ? given !== undefined && isBasic(given, credentials)
        : seams.authenticates(given, { ...credentials, realm: seams.realm(), method, target });
    if (!right) return this.#challenge(scheme, false);
    if (given?.scheme === "digest" && !this.#useNonce(given)) return this.#challenge(scheme, true);
    const now = clock.now();
    if (!seams.withinRate(this.#accepted, now)) return answer(seams.busyStatus("rate"), seams.busyFields());
    if (this.#options.accept() === "busy") return answer(seams.busyStatus("session"), seams.busyFields());
    this.#accepted = [...this.#accepted.slice(-KEPT_NONCES), now];
    const { accept } = headers;
    return answer(seams.acceptedStatus(accept), [], { body: seams.acceptedBody(accept), accepted: true });
  }

  /** The first credentials that were set when somebody came. */
  #first(): Credentials {
    const now = this.#options.credentials();
    if (now.username !== "" || now.password !== "") this.#firstCredentials ??= now;
    return this.#firstCredentials ?? now;
  }

  #challenge(scheme: "digest" | "basic", stale: boolean): Answer {
    const { seams, clock, random } = this.#options;
    if (scheme === "basic") return answer(401, [["WWW-Authenticate", `Basic realm="${seams.realm()}"`]]);
    const nonce = randomHex(random, 16);
    this.#nonces.set(nonce, { issued: clock.now(), used: 0 });
    const [oldest] = this.#nonces.keys();
    if (this.#nonces.size > KEPT_NONCES && oldest !== undefined) this.#nonces.delete(oldest);
    const value = seams.challenge(seams.realm(), nonce, stale);
    return answer(401, [["WWW-Authenticate", value]], { close: seams.closesAfterChallenge() });
  }

  /** Whether the nonce of right credentials may be used this once more: the same nonce and count twice is a replay. */
  #useNonce({ parameters }: AuthFields): boolean {
    const { seams, clock } = this.#options;
    const nonce = this.#nonces.get(parameters.get("nonce") ?? "");
    const known = nonce !== undefined && clock.now() - nonce.issued <= seams.nonceLifetime();
    // Credentials of the old style have no count: such a nonce is good for one request.
    const count = Number.parseInt(parameters.get("nc") ?? "1", 16);
    if (!seams.acceptsNonce({ known, used: nonce?.used ?? 0 }, count)) return false;
    if (nonce !== undefined) nonce.used = count;
    return true;
  }
}

/** A proxy would ask for the whole URL (RFC 9112 3.2.2). */
function pathOf(target: string): string {
  if (target.startsWith("/") || !URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}
