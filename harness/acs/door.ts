import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import type { Cancel } from "../core/clock.ts";
import type { ListenOptions } from "./acs.ts";
import { Connection } from "./connection.ts";
import type { AcsContext } from "./context.ts";
import { Reader, type Visitor } from "./reader.ts";

/** Connections that one port takes at a time; further ones are closed at once. */
const MOST_CONNECTIONS = 256;

export interface DoorOptions {
  readonly context: AcsContext;
  readonly visitor: Visitor;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly tls?: ListenOptions["tls"];
}

/** A port of the ACS and its connections. */
export class Door {
  readonly connections = new Set<Connection>();
  readonly #options: DoorOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Ends the time limit of a TLS handshake, by the other end's address. */
  readonly #handshakes = new Map<string, Cancel>();

  private constructor(options: DoorOptions) {
    this.#options = options;
    this.#server = this.#createServer();
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** @throws Error when the port cannot be had; its message is for the person at the terminal */
  static async open(options: DoorOptions): Promise<Door> {
    const door = new Door(options);
    const { host, port } = options;
    const done = options.context.clock.busy();
    try {
      await new Promise<void>((resolve, reject) => {
        door.#server.once("error", reject);
        door.#server.listen({ host, port }, () => resolve());
      });
    } finally {
      done();
    }
    // Such as too many open files while accepting: that connection is lost, the others go on.
    door.#server.on("error", () => {});
    return door;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  get tls(): boolean {
    return this.#options.tls !== undefined;
  }

  /** Takes no new connections, and ends the present ones. */
  async close(): Promise<void> {
    const done = this.#options.context.clock.busy();
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    for (const connection of this.connections) connection.end();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    done();
  }

  #createServer(): Server {
    const { tls, context } = this.#options;
    if (tls === undefined) return createServer({ noDelay: true }, (socket) => this.#accept(socket));
    const { key, cert, ca, requestCert = false } = tls;
    const server = createTlsServer(
      { key, cert, requestCert, rejectUnauthorized: false, ...(ca === undefined ? {} : { ca }), noDelay: true },
      (socket) => this.#accept(socket),
    );
    server.on("connection", (socket: Socket) => {
      // node's own limit for the handshake runs in real time.
      const cancel = context.clock.after(context.patience.request, () => socket.destroy());
      this.#sockets.add(socket);
      this.#handshakes.set(nameOf(socket), cancel);
      socket.once("close", () => {
        cancel();
        this.#sockets.delete(socket);
      });
    });
    server.on("tlsClientError", (error, socket) => this.#refuseHandshake(error, socket));
    return server;
  }

  #accept(socket: Socket): void {
    const { context, visitor } = this.#options;
    this.#handshaken(socket);
    const connection = this.#connectionOf(socket);
    this.#sockets.add(socket);
    this.connections.add(connection);
    connection.onClose(() => {
      this.#sockets.delete(socket);
      this.connections.delete(connection);
    });
    const reader = new Reader(connection, visitor, context.clock, context.patience);
    socket.on("data", (data: Buffer) => reader.feed(data));
  }

  #connectionOf(socket: Socket): Connection {
    const { clock, recording } = this.#options.context;
    clock.watch(socket);
    const log = recording.connection({
      purpose: "cwmp",
      tls: this.tls,
      openedBy: "phone",
      harness: { address: plain(socket.localAddress), port: socket.localPort ?? this.port },
      phone: { address: plain(socket.remoteAddress), port: socket.remotePort ?? 0 },
      openedAt: clock.now(),
    });
    return new Connection(socket, log, clock);
  }

  /** The time limit for a handshake is off. */
  #handshaken(socket: Socket): void {
    this.#handshakes.get(nameOf(socket))?.();
    this.#handshakes.delete(nameOf(socket));
  }

  /** A handshake that failed, as when the phone does not trust our certificate. */
  #refuseHandshake(error: Error, socket: TLSSocket): void {
    this.#handshaken(socket);
    const connection = this.#connectionOf(socket);
    connection.refused = true;
    this.#options.visitor.refused(connection, `TLS: ${error.message}`, Buffer.alloc(0));
    socket.destroy();
  }
}

const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress}:${remotePort}`;

/** IPv4 addresses as such, also when the socket is one of IPv6. */
const plain = (address: string | undefined): string => (address ?? "").replace(/^::ffff:/, "");
