import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Endpoint } from "../harness/core/network.ts";

/** What a socket at an end is opened with. */
interface EndSocketOptions {
  readonly port: number;
  readonly group?: string;
  /** Address of the interface, where what is sent to it is to be told from what is sent to everybody. */
  readonly own?: string;
  received(data: Buffer, from: Endpoint, to: string): void;
}

type Command =
  | { readonly kind: "open"; readonly port: number; readonly group?: string; readonly own?: string }
  | { readonly kind: "send"; readonly socket: number; readonly address: string; readonly port: number; readonly data: string }
  | { readonly kind: "close"; readonly socket: number }
  | { readonly kind: "ip"; readonly lines: readonly string[] }
  | { readonly kind: "prepare" };

type Message =
  | { readonly kind: "ready"; readonly pid: number }
  | { readonly kind: "done"; readonly id: number; readonly port?: number }
  | { readonly kind: "failed"; readonly id: number; readonly code: string; readonly message: string }
  | {
      readonly kind: "received";
      readonly socket: number;
      readonly address: string;
      readonly port: number;
      readonly to: string;
      readonly data: string;
    };

interface Waiting {
  resolve(port: number): void;
  reject(error: Error): void;
}

/** A socket inside a namespace, as it is known outside. */
export interface EndSocket {
  readonly port: number;
  /** Whether the datagram has left. */
  send(data: Buffer, to: Endpoint): Promise<boolean>;
  close(): Promise<void>;
}

/** The program lan/end.mjs in a namespace, spoken to over its standard input and output. */
export class End {
  /** Resolves when the program is up. */
  readonly ready: Promise<void>;
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>;
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #receivers = new Map<number, EndSocketOptions["received"]>();
  #pid = 0;
  #count = 0;
  #over = false;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    input.on("error", () => {});
    const lines = createInterface({ input: output });
    let up: () => void = () => {};
    let failed: (error: Error) => void = () => {};
    this.ready = new Promise((resolve, reject) => {
      up = resolve;
      failed = reject;
    });
    this.ready.catch(() => {});
    lines.on("line", (line) => {
      const message = JSON.parse(line) as Message;
      if (message.kind === "ready") {
        this.#pid = message.pid;
        up();
      } else this.#take(message);
    });
    this.ended = new Promise((resolve) => {
      lines.once("close", () => {
        this.#over = true;
        const error = new Error("the network of this run has ended");
        failed(error);
        for (const { reject } of this.#waiting.values()) reject(error);
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Its process; through it other programs enter its namespace. 0 until it is up. */
  get pid(): number {
    return this.#pid;
  }

  #take(message: Exclude<Message, { kind: "ready" }>): void {
    if (message.kind === "received") {
      const from = { address: message.address, port: message.port };
      this.#receivers.get(message.socket)?.(Buffer.from(message.data, "hex"), from, message.to);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "done") waiting?.resolve(message.port ?? 0);
    else waiting?.reject(Object.assign(new Error(message.message), message.code === "" ? {} : { code: message.code }));
  }

  #ask(command: Command, id = this.#nextId()): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(new Error("the network of this run has ended"));
        return;
      }
      this.#waiting.set(id, { resolve, reject });
      this.#input.write(`${JSON.stringify({ ...command, id })}\n`);
    });
  }

  #nextId(): number {
    this.#count += 1;
    return this.#count;
  }

  /** @throws Error with the code of the system, EADDRINUSE or EACCES */
  async open({ received, ...options }: EndSocketOptions): Promise<EndSocket> {
    const socket = this.#nextId();
    // Whoever opens it has to have it in hand before it receives anything.
    let early: (() => void)[] | undefined = [];
    this.#receivers.set(socket, (...heard) => {
      if (early === undefined) received(...heard);
      else early.push(() => this.#receivers.has(socket) && received(...heard));
    });
    try {
      const bound = await this.#ask({ kind: "open", ...options }, socket);
      setImmediate(() => {
        const all = early ?? [];
        early = undefined;
        for (const receive of all) receive();
      });
      return {
        port: bound,
        send: (data, { address, port }) =>
          this.#ask({ kind: "send", socket, address, port, data: data.toString("hex") }).then(
            () => true,
            () => false,
          ),
        close: async () => {
          this.#receivers.delete(socket);
          await this.#ask({ kind: "close", socket }).catch(() => {});
        },
      };
    } catch (error) {
      this.#receivers.delete(socket);
      throw error;
    }
  }

  /** Sets the switches of a network namespace that is ours alone: never those of the machine. */
  async prepare(): Promise<void> {
    await this.#ask({ kind: "prepare" });
  }

  /** Runs lines of ip(8) in the namespace. @throws Error with what ip says */
  async ip(lines: readonly string[]): Promise<void> {
    await this.#ask({ kind: "ip", lines });
  }

  /** Ends the program, and with it its namespace. */
  async stop(): Promise<void> {
    this.#input.end();
    await this.ended;
  }
}
