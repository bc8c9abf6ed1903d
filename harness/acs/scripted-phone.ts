import { connect, type Socket } from "node:net";
import { realClock } from "../core/clock.ts";
import { Recording } from "../trace/recording.ts";
import type { AcsOptions, RunningAcs } from "./acs.ts";
import { defaultPatience, type Patience } from "./patience.ts";
import { startAcs } from "./server.ts";

/** Everything short, as nothing here waits for a real phone. */
const patience: Patience = {
  ...defaultPatience,
  response: 1000,
  contact: 1000,
  sessionEnd: 300,
  continuation: 200,
  claim: 150,
  request: 300,
};

export interface StartedAcs extends RunningAcs {
  readonly recording: Recording;
}

const running: RunningAcs[] = [];
const phones: Phone[] = [];

/** An ACS on a free port; by default nothing makes a phone come but the test. */
export async function started(options: Partial<AcsOptions> = {}): Promise<StartedAcs> {
  const recording = new Recording();
  const acs = await startAcs({ clock: realClock, recording, patience, host: "127.0.0.1", ...options });
  running.push(acs);
  return Object.assign(acs, { recording });
}

/** Ends what the tests of a file have started; a scripted phone that failed makes the test fail. */
export async function stopAll(): Promise<void> {
  for (const phone of phones) phone.close();
  await Promise.all(running.splice(0).map((acs) => acs.stop()));
  await Promise.all(phones.splice(0).map(({ playing }) => playing));
}

export interface PhoneAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const SOAP = 'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:cwmp="urn:dslforum-org:cwmp-1-0"';

/** A message of a phone; an Inform has the EventCodes given. */
export function soap(method: string, { events = ["6 CONNECTION REQUEST"], id = "1", inside = "" } = {}): string {
  const structs = events.map((code) => `<EventStruct><EventCode>${code}</EventCode><CommandKey/></EventStruct>`);
  const content = method === "Inform" ? `<Event>${structs.join("")}</Event>` : inside;
  const body = method === "Fault" ? `<s:Fault>${content}</s:Fault>` : `<cwmp:${method}>${content}</cwmp:${method}>`;
  return `<s:Envelope ${SOAP}><s:Header><cwmp:ID s:mustUnderstand="1">${id}</cwmp:ID></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** A phone that does what the test says, over one connection at a time. */
export class Phone {
  /** Sent with every POST. */
  cookie: string | undefined;
  playing: Promise<void> = Promise.resolve();
  readonly port: number;
  #socket: Socket | undefined;
  #received = "";
  #wake: () => void = () => {};

  constructor({ port }: { readonly port: number }) {
    this.port = port;
    phones.push(this);
  }

  plays(script: () => Promise<void>): void {
    this.playing = script();
    this.playing.catch(() => {});
  }

  /** Sends an envelope with this method, or nothing for `""`, and gives the answer. */
  post(
    method: string,
    options: { readonly body?: string; readonly events?: string[]; readonly headers?: readonly string[] } = {},
  ): Promise<PhoneAnswer> {
    const body =
      options.body ?? (method === "" ? "" : soap(method, options.events === undefined ? {} : { events: options.events }));
    const headers = ["POST /acs HTTP/1.1", "Host: acs", `Content-Length: ${Buffer.byteLength(body)}`, ...(options.headers ?? [])];
    if (this.cookie !== undefined) headers.push(`Cookie: ${this.cookie}`);
    this.write(`${headers.join("\r\n")}\r\n\r\n${body}`);
    return this.answer();
  }

  write(octets: string | Buffer): void {
    if (this.#socket === undefined || this.#socket.destroyed) {
      this.#socket = connect({ port: this.port, host: "127.0.0.1", noDelay: true });
      this.#received = "";
      this.#socket.on("data", (data: Buffer) => {
        this.#received += data.toString("latin1");
        this.#wake();
      });
      this.#socket.on("error", () => {});
      this.#socket.on("close", () => this.#wake());
    }
    this.#socket.write(octets);
  }

  /** The next answer; status 0 when the connection ends before it is complete. */
  async answer(): Promise<PhoneAnswer> {
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      const lines = this.#received.slice(0, Math.max(0, end)).split("\r\n");
      const headers = new Map(
        lines.slice(1).map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
      );
      const length = Number(headers.get("content-length") ?? 0);
      if (end >= 0 && this.#received.length >= end + 4 + length) {
        const body = this.#received.slice(end + 4, end + 4 + length);
        this.#received = this.#received.slice(end + 4 + length);
        return { status: Number(lines[0]?.split(" ")[1]), headers, body };
      }
      if (this.#socket?.destroyed !== false) return { status: 0, headers, body: this.#received };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Reads nothing any more. */
  pause(): void {
    this.#socket?.pause();
  }

  close(): void {
    this.#socket?.destroy();
  }
}
