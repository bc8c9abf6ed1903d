import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { VirtualClock } from "../core/virtual-clock.ts";
import { basic, digestOf, parseFields } from "./digest.ts";

/** Ways in which web interfaces of real phones are particular. */
interface Habits {
  /** What it asks for. */
  scheme: "none" | "basic" | "digest";
  /** Speaks TLS with a certificate that it has signed itself. */
  tls: boolean;
  /** Sends everybody to this port by HTTPS. */
  redirectsTo: number | undefined;
  /** What its file of settings is written in; nothing in it says so. */
  encoding: "utf8" | "latin1";
  /** `keep-alive`: hangs up on requests without it; `close`: leaves requests with keep-alive unanswered. */
  wants: "keep-alive" | "close" | undefined;
  /** How it tells where an answer ends. */
  framing: "length" | "chunked" | "close";
  /** Milliseconds that it takes for its settings. */
  slow: number;
  /** Shows this in place of every page. */
  login: string | undefined;
}

/** As much of a Snom phone's web interface as the driver uses, and not only as it should be. For tests. */
export class TinyPhone {
  /** Pages that it has shown. */
  readonly visits: string[] = [];
  /** Requests whose credentials it did not take. */
  badLogins = 0;
  settings: Record<string, string> = {
    tr69_acs_url: "http://old/",
    tr69_use_acs: "off",
    ntp_server: "ntp.old",
    user_name1: "ana",
  };
  map = "string:Device.A=1\n";
  /** Answers with 503 so many times, as while it starts. */
  starting = 0;
  /** The nonce of its challenges; other ones are stale. */
  nonce = "n1";
  server: Server | undefined;
  readonly #habits: Habits;

  constructor(habits: Partial<Habits> = {}) {
    this.#habits = {
      scheme: "none",
      tls: false,
      redirectsTo: undefined,
      encoding: "utf8",
      wants: undefined,
      framing: "length",
      slow: 0,
      login: undefined,
      ...habits,
    };
  }

  listen(clock: VirtualClock): Promise<number> {
    const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
      const body: Buffer[] = [];
      request.on("data", (data: Buffer) => body.push(data));
      request.on("end", () => this.#answer(request, response, Buffer.concat(body), clock));
    };
    const server = this.#habits.tls
      ? createTlsServer({ keepAliveTimeout: 0, key: KEY, cert: CERTIFICATE }, onRequest)
      : createServer({ keepAliveTimeout: 0 }, onRequest);
    this.server = server;
    server.on("connection", (socket) => clock.phone.watch(socket));
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
  }

  #answer(request: IncomingMessage, response: ServerResponse, body: Buffer, clock: VirtualClock): void {
    const { redirectsTo, wants, login, scheme, slow } = this.#habits;
    const url = new URL(request.url ?? "/", "http://phone");
    if (redirectsTo !== undefined) {
      response.writeHead(307, { Location: `https://127.0.0.1:${redirectsTo}${request.url}` }).end();
      return;
    }
    if (wants === "keep-alive" && request.headers.connection !== "keep-alive") return void request.socket.destroy();
    if (wants === "close" && request.headers.connection !== "close") return;
    if (!this.#isLetIn(request)) {
      if (request.headers.authorization !== undefined) this.badLogins += 1;
      const challenge = scheme === "basic" ? 'Basic realm="p"' : `Digest realm="p", nonce="${this.nonce}", qop="auth"`;
      response.writeHead(401, { "WWW-Authenticate": challenge }).end();
      return;
    }
    this.visits.push(`${request.method} ${request.url}`);
    if (this.starting > 0) {
      this.starting -= 1;
      response.writeHead(503).end();
      return;
    }
    clock.phone.after(url.pathname === "/settings.xml" ? slow : 0, () =>
      this.#write(response, login ?? this.#page(request, url, body)),
    );
  }

  #page(request: IncomingMessage, url: URL, body: Buffer): string {
    if (url.pathname === "/settings.xml") return this.#xml();
    if (url.pathname === "/param_map") {
      const form = request.headers["content-type"]?.startsWith("multipart/form-data") === true;
      if (request.method === "POST") this.map = form ? fileIn(body.toString()) : body.toString();
      return this.map;
    }
    for (const [name, value] of url.searchParams) if (name in this.settings || /^tr69_/.test(name)) this.settings[name] = value;
    return "<html></html>";
  }

  #write(response: ServerResponse, page: string): void {
    const { encoding, framing } = this.#habits;
    const octets = Buffer.from(page, encoding);
    if (framing === "length") response.setHeader("Content-Length", octets.length);
    if (framing === "close") {
      // No length and no chunks: the end of the connection is the end of the page.
      response.socket?.end(Buffer.concat([Buffer.from("HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n"), octets]));
      return;
    }
    const half = Math.ceil(octets.length / 2);
    response.write(octets.subarray(0, half));
    response.end(octets.subarray(half));
  }

  #xml(): string {
    const list = Object.entries(this.settings).map(([name, value]) => {
      const [, word, index] = /^(.*?)(\d*)$/.exec(name) ?? [];
      return `<${word}${index === "" || name.startsWith("tr69") ? "" : ` idx="${index}"`} perm="">${value.replaceAll("&", "&amp;")}</${word}>`;
    });
    return `<?xml version="1.0"?><settings><phone-settings e="2">${list.join("")}</phone-settings></settings>`;
  }

  #isLetIn({ headers: { authorization = "" }, method = "" }: IncomingMessage): boolean {
    const { scheme } = this.#habits;
    if (scheme === "none") return true;
    if (scheme === "basic") return authorization === basic("admin", "s3cret");
    const fields = parseFields(authorization);
    if (!authorization.startsWith("Digest ") || fields.nonce !== this.nonce) return false;
    return fields.response === digestOf(fields, "s3cret", method);
  }
}

/** The one file in a form. */
function fileIn(form: string): string {
  const boundary = form.split("\r\n", 1)[0] ?? "";
  const begin = form.indexOf("\r\n\r\n") + 4;
  return form.slice(begin, form.indexOf(`\r\n${boundary}--`, begin));
}

/** Of a phone that does not exist. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdzCCAR2gAwIBAgIUM7AsrCOnZzi1qYOpmBr1SRUcpxUwCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFcGhvbmUwIBcNMjYxMTI2MDYzNTU1WhgPMjEyNjExMDIwNjM1
NTVaMBAxDjAMBgNVBAMMBXBob25lMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
eOdhZZAr4oK9NYp+CgxIC5hgROQnxhcUx8I+plX7WzXBQ2//3+pA6qGZDJHgAacC
Dr9XG6WuWCGs5PXkybWCnKNTMFEwHQYDVR0OBBYEFL/ytwfZVpjj3Rb0UmANLxRw
s1IyMB8GA1UdIwQYMBaAFL/ytwfZVpjj3Rb0UmANLxRws1IyMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhANAix1EoSYWz/OHLZIUI2tvE7cCmZfW8
Y8jMejNVQSmjAiAjq/qQlcYfTGHlyFm8E3fAg3H4PnAYkf5SOhtlGG/lBw==
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPjmSta+gEBkqPXUu
5y3cZ9bvuyYupI5gvwXGQJ18sQKhRANCAAR452FlkCvigr01in4KDEgLmGBE5CfG
FxTHwj6mVftbNcFDb//f6kDqoZkMkeABpwIOv1cbpa5YIazk9eTJtYKc
-----END PRIVATE KEY-----
`;
