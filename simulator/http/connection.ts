import type { Socket } from "node:net";
import type { Cancel, Clock } from "../clock.ts";
import { dial, type Trust } from "../dial.ts";
import type { HostFinder } from "../dns/resolver.ts";
import { BodyTooLong, HttpProtocolError } from "./message.ts";
import { type ReadingRules, type Response, ResponseReader } from "./response.ts";

export interface HttpRequest {
  /** Start line and header, complete. */
  readonly head: Buffer;
  /** The body as it goes over the wire. */
  readonly body: Buffer;
  readonly rules: ReadingRules;
  /** Milliseconds without an octet of the response after which it counts as missing. */
  readonly patience: number;
  readonly heldBack: HeldBack | undefined;
  /** Octets of a further request that is sent when no response has come after so many milliseconds. */
  readonly behind?: { readonly milliseconds: number; readonly octets: Buffer } | undefined;
}

/** The body waits for the server to answer 100 to the head. */
export interface HeldBack {
  /** Milliseconds after which it is sent all the same. */
  readonly milliseconds: number;
  /** Whether 100 releases it before. */
  readonly heedsContinue: boolean;
}

/** What came of a request. `partial` is what had arrived of the body of its response; `tooLong` says that it was more than the rules take. */
export type Exchanged =
  | { readonly kind: "response"; readonly response: Response }
  | { readonly kind: "failed"; readonly reason: string; readonly partial: Buffer; readonly tooLong: boolean };

export type Connected =
  | { readonly kind: "connected"; readonly connection: HttpConnection }
  | { readonly kind: "failed"; readonly reason: string };

interface Pending {
  readonly reader: ResponseReader;
  readonly patience: number;
  readonly settle: (outcome: Exchanged) => void;
  /** The body, as long as it is held back. */
  body: Buffer | undefined;
  silence: Cancel;
}

const CLOSED = "closed the connection";

/** A connection to an HTTP server that carries one exchange after the other, never two at once. */
export class HttpConnection {
  readonly #clock: Clock;
  readonly #socket: Socket;
  readonly #ownPort: boolean;
  #pending: Pending | undefined;
  #open = true;
  #exchanges = 0;

  /** `ownPort`: the local port was chosen, and will be wanted again. */
  constructor(clock: Clock, socket: Socket, ownPort: boolean) {
    this.#clock = clock;
    this.#socket = socket;
    this.#ownPort = ownPort;
    socket.on("data", (data: Buffer) => this.#hear(data));
    socket.on("end", () => this.#over(CLOSED));
    socket.on("close", () => this.#over(CLOSED));
    socket.on("error", (error) => this.#over(`broke the connection (${error.message})`));
  }

  /**
   * Whether another request can be sent. Between two exchanges it waits until a close by the server that is under way has been seen:
   * a request written into a closing connection would be lost, and must not be repeated.
   */
  async usable(): Promise<boolean> {
    if (this.#open && this.#exchanges > 0) await new Promise<void>((resolve) => this.#clock.after(0, resolve));
    return this.#open;
  }

  /** How many requests were sent. */
  get exchanges(): number {
    return this.#exchanges;
  }

  exchange(request: HttpRequest): Promise<Exchanged> {
    return new Promise((settle) => {
      if (!this.#open) {
        settle({ kind: "failed", reason: "the connection is closed", partial: Buffer.alloc(0), tooLong: false });
        return;
      }
      this.#exchanges += 1;
      const { head, body, rules, patience, heldBack, behind } = request;
      const reader = new ResponseReader(rules, (status) => {
        if (status === 100 && heldBack?.heedsContinue === true) this.#release(pending);
      });
      const pending: Pending = { reader, patience, settle, body: heldBack === undefined ? undefined : body, silence: () => {} };
      this.#pending = pending;
      this.#awaitOctets();
      this.#socket.write(heldBack === undefined ? Buffer.concat([head, body]) : head);
      if (heldBack !== undefined) this.#clock.after(heldBack.milliseconds, () => this.#release(pending));
      if (behind !== undefined)
        this.#clock.after(
          behind.milliseconds,
          () => pending === this.#pending && !reader.begun && this.#socket.write(behind.octets),
        );
    });
  }

  #release(pending: Pending): void {
    if (pending.body !== undefined && pending === this.#pending) this.#socket.write(pending.body);
    pending.body = undefined;
  }

  /** Closes the connection once everything is written. An exchange that is under way fails. */
  close(): void {
    this.#over("was cut off by the phone");
    // TIME_WAIT, which a reboot would end, outlasts the reboot of a simulated phone.
    if (this.#ownPort) this.#socket.resetAndDestroy();
    else this.#socket.destroySoon();
  }

  #awaitOctets(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    pending.silence();
    pending.silence = this.#clock.after(pending.patience, () => {
      this.#over(`has not answered for ${pending.patience / 1000} s`);
      this.#socket.destroy();
    });
  }

  #hear(data: Buffer): void {
    const pending = this.#pending;
    if (pending === undefined) {
      // Octets that nobody asked for: what comes next cannot be told apart from them.
      this.#open = false;
      this.#socket.destroy();
      return;
    }
    this.#awaitOctets();
    try {
      const response = pending.reader.feed(data);
      // A body that the server did not wait for would be taken for the next request.
      const closing = response?.closing === true || pending.body !== undefined;
      if (response !== undefined) this.#settle({ kind: "response", response: { ...response, closing } });
    } catch (error) {
      if (!(error instanceof HttpProtocolError)) throw error;
      this.#over(`broke HTTP: ${error.message}`, error instanceof BodyTooLong);
      this.#socket.destroy();
    }
  }

  /** The connection is of no more use; an exchange under way ends with what has come. */
  #over(how: string, tooLong = false): void {
    this.#open = false;
    const reader = this.#pending?.reader;
    if (reader === undefined) return;
    const response = how === CLOSED ? reader.end() : undefined;
    if (response !== undefined) {
      this.#settle({ kind: "response", response });
      return;
    }
    const where = reader.begun ? " in the middle of its response" : "";
    this.#settle({ kind: "failed", reason: `the server ${how}${where}`, partial: reader.partialBody, tooLong });
  }

  #settle(outcome: Exchanged): void {
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.silence();
    pending?.settle(outcome);
  }
}

export interface OpeningOptions {
  /** Milliseconds that a connection may take. */
  readonly patience: number;
  /** Whose certificates are good. */
  readonly trust: Trust | "anyone";
  /** Port of the phone's own; the system chooses it when it is 0, or not there. */
  readonly localPort?: number;
  /** Finds where the server is; without it the system does. */
  readonly hosts?: HostFinder | undefined;
}

/** Opens a connection to the server of an `http:` or `https:` URL, at one of its addresses after the other. Never throws. */
export async function openConnection(clock: Clock, url: URL, options: OpeningOptions): Promise<Connected> {
  const { hosts } = options;
  if (hosts === undefined) return connectTo(clock, url, options);
  let failed: Connected = { kind: "failed", reason: `no connection to ${url.host} (no address)` };
  for (const address of await hosts.addresses(hostOf(url))) {
    const connected = await connectTo(clock, url, options, address);
    if (connected.kind === "connected") {
      hosts.reached(hostOf(url), address);
      return connected;
    }
    failed = connected;
  }
  return failed;
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, "$1");

function connectTo(
  clock: Clock,
  url: URL,
  { patience, trust, localPort = 0 }: OpeningOptions,
  address?: string,
): Promise<Connected> {
  return new Promise((resolve) => {
    const secured = url.protocol === "https:";
    const port = url.port === "" ? (secured ? 443 : 80) : Number(url.port);
    const place = { host: hostOf(url), port, secured, ...(localPort === 0 ? {} : { localPort }) };
    const { tcp, socket, ready } = dial(clock, address === undefined ? place : { ...place, address }, trust);
    const fail = (reason: string): void => {
      cancel();
      socket.destroy();
      tcp.destroy();
      resolve({ kind: "failed", reason });
    };
    const refused = (error: Error): void => fail(`no connection to ${url.host} (${error.message})`);
    const cancel = clock.after(patience, () => fail(`no connection to ${url.host} within ${patience / 1000} s`));
    // A socket without a listener for errors would end the process; the connection adds its own.
    for (const end of new Set([socket, tcp])) end.on("error", refused);
    socket.once(ready, () => {
      cancel();
      resolve({ kind: "connected", connection: new HttpConnection(clock, socket, localPort !== 0) });
    });
  });
}
