import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { AcsContext } from "../acs/context.ts";
import type { Located } from "../core/finding.ts";
import type { ConnectionLog } from "../trace/recording.ts";
import type { UspRecordLog } from "../trace/usp.ts";
import { decodeRecord } from "../wire/usp.ts";
import { encodeFrame, FrameReader, OPCODE } from "../wire/websocket.ts";
import { LARGEST_RECORD } from "./framing.ts";
import { EXTENSION, SUBPROTOCOL } from "./handshake.ts";
import { Mailbox } from "./mailbox.ts";
import { Signal } from "./signal.ts";

export interface DialOptions {
  /** `ws://192.168.1.20:8080/usp`. */
  readonly url: string;
  /** Who we are: put into the query, and into the extension. */
  readonly endpointId: string;
  /** Whether the subprotocol is offered; default true. */
  readonly offersProtocol?: boolean;
  /** Whether the extension bbf-usp-protocol is sent beside the query; default true. */
  readonly sendsExtension?: boolean;
}

/** What came of a WebSocket that we have asked an agent for. None of its methods throws. */
export interface Dialled {
  /** Of the agent's answer; absent when there was none. */
  readonly status: Located<number>;
  /** A header field of the answer, by its name in lower case. */
  header(name: string): Located;
  /** Whether it is open now. */
  readonly open: boolean;
  /** Sends one record. */
  send(octets: Buffer): Promise<void>;
  /** The next record that fits, or one that has come already; undefined when none comes in so many milliseconds. */
  next(fits: (log: UspRecordLog) => boolean, within: number): Promise<UspRecordLog | undefined>;
  /** Whether it is over within so many milliseconds. */
  closed(within: number): Promise<boolean>;
  /** Ends it. */
  end(): void;
}

const LONGEST_HEAD = 16 * 1024;
/** Any will do: what a mask protects from, a proxy between us and the agent, is not there. */
const MASK = Buffer.from([0x5a, 0xa5, 0x3c, 0xc3]);

/** Opens a WebSocket to an agent that listens, and gives what came of it. Never throws. */
export async function dial(
  context: Pick<AcsContext, "clock" | "recording" | "patience">,
  options: DialOptions,
): Promise<Dialled> {
  const connection = new Dialling(context, options);
  await connection.answered();
  return connection;
}

class Dialling implements Dialled {
  readonly #context: Pick<AcsContext, "clock" | "recording" | "patience">;
  readonly #socket: Socket;
  readonly #log: ConnectionLog;
  readonly #incoming: Mailbox<UspRecordLog>;
  readonly #reader = new FrameReader({ largest: LARGEST_RECORD, fromClient: false });
  readonly #answer = new Signal();
  readonly #over = new Signal();
  #head = Buffer.alloc(0);
  #lines: readonly string[] | undefined;
  #parts: Buffer[] = [];

  constructor(context: Pick<AcsContext, "clock" | "recording" | "patience">, options: DialOptions) {
    this.#context = context;
    const { clock, recording } = context;
    this.#incoming = new Mailbox(clock);
    const { hostname, port, pathname, search, host } = new URL(options.url);
    const at = { address: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 80) };
    const socket = connect({ host: at.address, port: at.port });
    this.#socket = socket;
    clock.watch(socket);
    socket.setNoDelay(true);
    const here = { address: "", port: 0 };
    this.#log = recording.connection({
      purpose: "usp",
      tls: false,
      openedBy: "harness",
      harness: here,
      phone: at,
      openedAt: clock.now(),
    });
    socket.once("connect", () => void this.#write(Buffer.from(requestFor(options, `${pathname}${search}`, host), "latin1")));
    socket.on("data", (data: Buffer) => this.#received(data));
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#log.closed(clock.now(), "phone");
      this.#answer.raise();
      this.#over.raise();
    });
  }

  async answered(): Promise<void> {
    const { clock, patience } = this.#context;
    if (!(await this.#answer.within(clock, patience.response))) this.end();
  }

  get #where(): string {
    return `connection ${this.#log.record.number}, opened by us`;
  }

  get status(): Located<number> {
    const [, code] = /^HTTP\/1\.1 (\d{3})/.exec(this.#lines?.[0] ?? "") ?? [];
    return { value: code === undefined ? undefined : Number(code), where: this.#where };
  }

  header(name: string): Located {
    const line = this.#lines?.find((one) => one.toLowerCase().startsWith(`${name}:`));
    return { value: line?.slice(name.length + 1).trim(), where: this.#where };
  }

  get open(): boolean {
    return this.status.value === 101 && !this.#socket.destroyed;
  }

  async send(octets: Buffer): Promise<void> {
    if (!this.open) return;
    this.#record("controller", octets);
    await this.#write(encodeFrame({ opcode: OPCODE.binary, payload: octets, mask: MASK }));
  }

  next(fits: (log: UspRecordLog) => boolean, within: number): Promise<UspRecordLog | undefined> {
    return this.#incoming.take(fits, within, this.#over);
  }

  closed(within: number): Promise<boolean> {
    return this.#over.within(this.#context.clock, within);
  }

  end(): void {
    this.#log.closed(this.#context.clock.now(), "harness");
    this.#socket.destroy();
  }

  #write(octets: Buffer): Promise<void> {
    this.#log.sent(this.#context.clock.now(), octets);
    return new Promise((resolve) => {
      this.#socket.write(octets, () => resolve());
      this.#socket.once("close", () => resolve());
    });
  }

  #received(data: Buffer): void {
    this.#log.received(this.#context.clock.now(), data);
    if (this.#lines === undefined) this.#heads(data);
    else this.#frames(data);
  }

  #heads(data: Buffer): void {
    this.#head = Buffer.concat([this.#head, data]);
    const end = this.#head.indexOf("\r\n\r\n");
    if (end < 0) {
      if (this.#head.length > LONGEST_HEAD) this.end();
      return;
    }
    this.#lines = this.#head.toString("latin1", 0, end).split("\r\n");
    this.#answer.raise();
    this.#frames(this.#head.subarray(end + 4));
  }

  #frames(data: Buffer): void {
    for (const { opcode, payload, fin } of this.#reader.feed(data)) {
      if (opcode === OPCODE.ping) void this.#write(encodeFrame({ opcode: OPCODE.pong, payload, mask: MASK }));
      else if (opcode === OPCODE.close) this.end();
      else if (opcode <= OPCODE.binary) {
        this.#parts.push(payload);
        if (fin) this.#incoming.deliver(this.#record("agent", Buffer.concat(this.#parts.splice(0))));
      }
    }
  }

  #record(from: UspRecordLog["from"], octets: Buffer): UspRecordLog {
    const { clock, recording } = this.#context;
    return recording.uspRecord((number) => {
      const record = decodeRecord(octets, (what) => `Record #${number} (${what})`);
      return { at: clock.now(), from, mtp: "websocket", connection: this.#log.record.number, record, where: record.where };
    });
  }
}

function requestFor({ endpointId, offersProtocol = true, sendsExtension = true }: DialOptions, target: string, host: string) {
  const eid = encodeURIComponent(endpointId);
  const key = createHash("sha1").update(endpointId).digest().subarray(0, 16).toString("base64");
  return [
    `GET ${target}${target.includes("?") ? "&" : "?"}eid=${eid} HTTP/1.1`,
    `Host: ${host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Key: ${key}`,
    "Sec-WebSocket-Version: 13",
    ...(offersProtocol ? [`Sec-WebSocket-Protocol: ${SUBPROTOCOL}`] : []),
    ...(sendsExtension ? [`Sec-WebSocket-Extensions: ${EXTENSION}; eid="${endpointId}"`] : []),
    "",
    "",
  ].join("\r\n");
}
