import { isIP, type Socket } from "node:net";
import { WebSocket } from "ws";
import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import { type CertificateCheck, dial, type Trust } from "../dial.ts";
import type { Link, LinkEvents, Parting } from "./link.ts";
import type { Locate } from "./locator.ts";
import type { RecordBody } from "./record.ts";
import type { UspAgentSeams } from "./seams.ts";

/** Where a controller is, and how it is to be reached (TR-181 Controller.{i}.MTP.{i}.WebSocket). */
export interface WebSocketTarget {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secured: boolean;
}

export interface WebSocketLinkOptions {
  readonly clock: Clock;
  readonly seams: UspAgentSeams;
  readonly target: WebSocketTarget;
  readonly endpointId: string;
  readonly trust: Trust | CertificateCheck | "anyone";
  random(): number;
  readonly locate: Locate | undefined;
  /** m in seconds and k in thousandths, as they are now. */
  retry(): { readonly minimum: number; readonly multiplier: number };
  /** KeepAliveInterval in seconds, as it is now. */
  keepAlive(): number;
  log(line: string): void;
}

/** The longest record, in octets; RFC 6455 wants a limit, TR-369 names none. */
const LONGEST = 4_194_304;

/** First octet of a frame that begins a binary message and does not end it: no FIN, opcode 2 (RFC 6455 5.2). */
const FIRST_OF_SEVERAL = 0x02;

/** What stands for a close code where there was none (RFC 6455 7.1.5). */
const NEVER_OPENED = 1006;

/** How long a peer has to answer a Close frame, in milliseconds. */
const CLOSE_WITHIN = 5000;

/** A WebSocket connection to a controller that is made again whenever it ends. */
export class WebSocketLink implements Link {
  readonly #options: WebSocketLinkOptions;
  readonly #events: LinkEvents;
  readonly #alarms: Alarms;
  /** Where the controller's host was found. */
  #address: string | undefined;
  #socket: WebSocket | undefined;
  #spare: WebSocket[] = [];
  #retries = 0;
  #isOver = false;
  /** KeepAliveInterval that the next ping was reckoned by. */
  #keepAlive = 0;
  /** Whether the last ping was not answered yet. */
  #awaitsPong = false;

  constructor(options: WebSocketLinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
    this.#alarms = new Alarms(options.clock);
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** How often in a row it has been tried again. */
  get retries(): number {
    return this.#retries;
  }

  start(retries: number): void {
    this.#retries = retries;
    this.#connect();
  }

  /** The keep-alive interval may be another one than before. */
  follow(): void {
    if (this.#alarms.has("ping") && this.#options.keepAlive() !== this.#keepAlive) this.#armPing();
  }

  greeting(): RecordBody {
    return { case: "websocketConnect", value: {} };
  }

  send(octets: Buffer): void {
    const { isBinary, parts, isMasked = true } = this.#options.seams.frames(octets);
    parts.forEach((part, place) => {
      this.#socket?.send(part, { binary: isBinary, fin: place === parts.length - 1, mask: isMasked });
    });
  }

  unreadable(): void {
    this.#refuse(false);
  }

  /** Ends the link for good: with a Close frame, or at once when the plug is pulled. */
  end(why: Parting): void {
    this.#isOver = true;
    this.#alarms.cancelAll();
    for (const spare of this.#spare) spare.terminate();
    if (why === "unplugged" || !this.isOpen) this.#socket?.terminate();
    else this.#close(this.#options.seams.farewell(why));
  }

  /** Closes the connection with a code; it is made again unless the link is over. */
  #close(code: number): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.close(code);
    this.#options.clock.after(CLOSE_WITHIN, () => socket.terminate());
  }

  #refuse(isText: boolean): void {
    const code = this.#options.seams.onUnreadable(isText);
    if (code !== undefined) this.#close(code);
  }

  #take(octets: Buffer, isBinary: boolean): void {
    if (isBinary || this.#options.seams.readsText()) this.#events.received(octets);
    else this.#refuse(true);
  }

  #connect(): void {
    const { locate, target, log } = this.#options;
    if (locate === undefined || isIP(target.host) !== 0) {
      this.#connectThere();
      return;
    }
    void locate(target.host).then((address) => {
      if (this.#isOver) return;
      this.#address = address;
      if (address === undefined) {
        log(`the controller's host ${target.host} is not found`);
        this.#armRetry(NEVER_OPENED);
      } else this.#connectThere();
    });
  }

  #connectThere(): void {
    const { seams } = this.#options;
    const socket = this.#open();
    this.#socket = socket;
    socket.on("open", () => {
      this.#retries = seams.retriesAfterSuccess(this.#retries);
      while (this.#spare.length < seams.connections() - 1) this.#spare.push(this.#openSpare());
      this.#awaitsPong = false;
      this.#armPing();
      this.#events.opened();
    });
    socket.on("message", (octets: Buffer, isBinary) => this.#take(octets, isBinary));
    socket.on("ping", (data) => {
      const answer = seams.pong(data);
      if (answer !== undefined) socket.pong(answer);
    });
    socket.on("pong", () => {
      if (!this.#awaitsPong && !seams.bearsPong()) socket.terminate();
      this.#awaitsPong = false;
    });
    socket.on("close", (code) => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#alarms.cancel("ping");
      this.#options.log(`connection to the controller closed (${code})`);
      this.#armRetry(code);
    });
  }

  #openSpare(): WebSocket {
    const spare = this.#open();
    spare.on("message", (octets: Buffer, isBinary) => this.#take(octets, isBinary));
    return spare;
  }

  #open(): WebSocket {
    const { seams, target, endpointId } = this.#options;
    const { path, protocols, headers } = seams.handshake(target.path, endpointId);
    const host = target.host.includes(":") ? `[${target.host}]` : target.host;
    const socket = new WebSocket(`${target.secured ? "wss" : "ws"}://${host}:${target.port}${path}`, [...protocols], {
      finishRequest: (request) => {
        for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
        request.end();
      },
      perMessageDeflate: false,
      autoPong: false,
      maxPayload: LONGEST,
      createConnection: () => this.#dial(),
    });
    if (!seams.closesWithFrame()) socket.close = () => socket.terminate();
    // "close" follows every error.
    socket.on("error", () => {});
    socket.on("upgrade", (response) => {
      const answered = response.headers["sec-websocket-protocol"];
      const extensions = response.headers["sec-websocket-extensions"];
      if (!seams.acceptsProtocol(answered) || !seams.acceptsExtensions(extensions)) socket.terminate();
      // The library puts the frames of a message together itself.
      if (!seams.bearsFragments())
        response.socket.on("data", ([first = 0]: Buffer) => {
          if (first === FIRST_OF_SEVERAL) socket.terminate();
        });
      // The library would refuse what was accepted here.
      delete response.headers["sec-websocket-extensions"];
      if (protocols[0] === undefined) delete response.headers["sec-websocket-protocol"];
      else response.headers["sec-websocket-protocol"] = protocols[0];
    });
    return socket;
  }

  #dial(): Socket {
    const { clock, seams, target, trust } = this.#options;
    return dial(clock, { ...target, address: this.#address }, trust, seams.serverTls()).socket;
  }

  #armPing(): void {
    const { seams, keepAlive } = this.#options;
    this.#keepAlive = keepAlive();
    const seconds = seams.pingEvery(this.#keepAlive);
    if (seconds === undefined) return;
    this.#alarms.set("ping", seconds * 1000, () => {
      if (this.#awaitsPong && !seams.bearsSilence()) this.#socket?.terminate();
      else if (this.isOpen) {
        this.#awaitsPong = true;
        this.#socket?.ping();
        this.#armPing();
      }
    });
  }

  #armRetry(code: number): void {
    const { seams, retry, random } = this.#options;
    if (this.#isOver || !seams.reconnects(code)) return;
    this.#retries = seams.nextRetry(this.#retries);
    const { minimum, multiplier } = retry();
    const seconds = seams.retryWait(seams.retryRange(this.#retries, minimum, multiplier), random());
    this.#alarms.set("retry", seconds * 1000, () => this.#connect());
  }
}
