import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Duplex } from "node:stream";
import type { Cancel, Clock } from "../core/clock.ts";
import { prepare } from "./answer.ts";
import type { Connection } from "./connection.ts";
import type { Heard } from "./context.ts";
import { inWords, type Patience } from "./patience.ts";

/** Larger bodies are refused: a GetParameterValuesResponse over the whole data model of a phone has some hundred thousand octets. */
export const LARGEST_BODY = 8 * 1024 * 1024;

/** Octets of garbage that are kept in its record: enough to see what it was. The raw recording has more. */
const KEPT_GARBAGE = 64 * 1024;

/** Who is told what came over a connection. */
export interface Visitor {
  request(heard: Heard, connection: Connection): void;
  /** Octets that are no request, as far as they were kept. The connection is closed already, or about to be. */
  refused(connection: Connection, reason: string, raw: Buffer): void;
}

const CONTINUE = Buffer.from("HTTP/1.1 100 Continue\r\n\r\n", "latin1");

/**
 * What node's HTTP server gets in place of a socket. It only has to parse: what it would write (100 Continue, its own 400) goes
 * nowhere, and when it closes, nothing closes. Answers are written by us, on the real socket.
 */
class Parsed extends Duplex {
  readonly reader: Reader;

  constructor(reader: Reader) {
    super({ read() {}, write: (_chunk, _encoding, done) => done() });
    this.reader = reader;
  }
}

/** node's parser as a server that listens nowhere; connections are handed to it. Its own time limits run in real time, so they are off. */
const parser = createServer({
  keepAliveTimeout: 0,
  requestTimeout: 0,
  headersTimeout: 0,
  // Whether Host is there is for a rule to judge.
  requireHostHeader: false,
});
const readerOf = (stream: Duplex): Reader => (stream as Parsed).reader;
const onRequest = (request: IncomingMessage, response: ServerResponse): void =>
  readerOf(request.socket).request(request, response);
parser.timeout = 0;
parser.on("request", onRequest);
parser.on("checkExpectation", onRequest);
parser.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
  readerOf(request.socket).sendContinue(request);
  onRequest(request, response);
});
parser.on("connect", (request: IncomingMessage) => readerOf(request.socket).refuse("a CONNECT request", 405));
parser.on("clientError", (error: NodeJS.ErrnoException & { reason?: string }, stream) => {
  if (error.code === "HPE_HEADER_OVERFLOW") readerOf(stream).refuse("a head larger than 16 KB", 431);
  else readerOf(stream).refuse(`not HTTP: ${error.reason ?? error.message}`, 400);
});

/** Reads the requests of one connection. */
export class Reader {
  readonly #connection: Connection;
  readonly #visitor: Visitor;
  readonly #clock: Clock;
  readonly #patience: Patience;
  readonly #stream: Parsed;
  /** Requests are reported in the order they came, whichever of them node finishes first. */
  #order: Promise<void> = Promise.resolve();
  #startedAt = 0;
  #deadline: Cancel = () => {};
  /** Gives up the request whose body is being read. */
  #abandon: () => void = () => {};

  constructor(connection: Connection, visitor: Visitor, clock: Clock, patience: Patience) {
    this.#connection = connection;
    this.#visitor = visitor;
    this.#clock = clock;
    this.#patience = patience;
    this.#stream = new Parsed(this);
    this.#stream.on("error", () => {});
    parser.emit("connection", this.#stream);
    connection.onClose(() => this.#closed());
  }

  /** Takes octets as they come. */
  feed(data: Buffer): void {
    if (this.#connection.refused) return;
    const began = !this.#connection.splitter.inside;
    if (began) this.#startedAt = this.#clock.now();
    this.#connection.received(data);
    this.#watchCompletion(began);
    this.#stream.push(data);
  }

  /** A message that has begun has to be complete in time. */
  #watchCompletion(began: boolean): void {
    if (!this.#connection.splitter.inside) this.#deadline();
    else if (began) {
      const limit = this.#patience.request;
      this.#deadline = this.#clock.after(limit, () => this.refuse(`not complete ${inWords(limit)} after its first octet`, 408));
    }
  }

  sendContinue(request: IncomingMessage): void {
    if (announcedLength(request) <= LARGEST_BODY) void this.#connection.write(CONTINUE);
  }

  /** A head has been read; the body follows. */
  request(request: IncomingMessage, response: ServerResponse): void {
    const startedAt = this.#startedAt;
    if (announcedLength(request) > LARGEST_BODY) {
      this.#refuseBody();
      return;
    }
    const whole = new Promise<Buffer | undefined>((resolve) => {
      const parts: Buffer[] = [];
      let size = 0;
      request.on("data", (part: Buffer) => {
        size += part.length;
        if (size <= LARGEST_BODY) parts.push(part);
        else this.#refuseBody();
      });
      request.on("end", () => resolve(size <= LARGEST_BODY ? Buffer.concat(parts) : undefined));
      request.on("error", () => resolve(undefined));
      request.on("close", () => resolve(undefined));
      this.#abandon = () => {
        if (!request.complete) resolve(undefined);
      };
    });
    this.#inOrder(async () => {
      const body = await whole;
      // Lets node forget the request; 204 and keep-alive because it would otherwise stop reading after an HTTP/1.0 request.
      response.writeHead(204, { Connection: "keep-alive" }).end();
      const message = this.#connection.splitter.take();
      if (body === undefined || message === undefined || this.#connection.refused) return;
      const { method = "", url = "", httpVersion: version, rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, index) =>
        index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : [],
      );
      const endedAt = this.#clock.now();
      const closes = asksToClose(request);
      this.#visitor.request(
        { method, target: url, version, headers, body, message, startedAt, endedAt, closes },
        this.#connection,
      );
    });
  }

  #refuseBody(): void {
    this.refuse(`a body larger than ${LARGEST_BODY / 1024 / 1024} MB`, 413);
  }

  /** Octets that are no request: they are recorded once, answered with `status`, and the connection is closed. */
  refuse(reason: string, status: number): void {
    this.#abandon();
    this.#inOrder(() => {
      if (this.#connection.refused) return;
      this.#connection.refused = true;
      this.#deadline();
      this.#report(reason);
      void this.#connection.write(prepare({ status, close: true }).octets);
      this.#connection.end();
    });
  }

  #report(reason: string): void {
    const { splitter } = this.#connection;
    // Octets that node refuses may still be framed like a request.
    const parts: Buffer[] = [];
    for (let message = splitter.take(); message !== undefined; message = splitter.take()) parts.push(message.raw);
    this.#visitor.refused(
      this.#connection,
      reason,
      Buffer.from(Buffer.concat([...parts, splitter.rest]).subarray(0, KEPT_GARBAGE)),
    );
  }

  #closed(): void {
    this.#deadline();
    this.#abandon();
    this.#inOrder(() => {
      if (!this.#connection.refused && this.#connection.splitter.inside)
        this.#report("the connection was closed in the middle of a request");
      this.#connection.refused = true;
      this.#stream.destroy();
    });
  }

  #inOrder(action: () => void | Promise<void>): void {
    this.#order = this.#order.then(action).catch((error: unknown) => {
      // A fault of ours must cost this connection only.
      this.#report(`harness fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      this.#connection.refused = true;
      this.#connection.reset();
    });
  }
}

function announcedLength(request: IncomingMessage): number {
  return Number(request.headers["content-length"] ?? 0);
}

function asksToClose({ headers, httpVersion }: IncomingMessage): boolean {
  const connection = headers.connection ?? "";
  return /\bclose\b/i.test(connection) || (httpVersion === "1.0" && !/\bkeep-alive\b/i.test(connection));
}
