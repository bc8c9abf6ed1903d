import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import type { Cancel } from "../core/clock.ts";
import type { Purpose } from "../trace/exchange.ts";
import type { ListenOptions } from "./acs.ts";
import { Connection } from "./connection.ts";
import type { AcsContext } from "./context.ts";

/** Connections that one port takes at a time; further ones are closed at once. */
const MOST_CONNECTIONS = 256;

export interface DoorOptions {
  readonly context: Pick<AcsContext, "clock" | "recording" | "patience">;
  /** What its connections are for. */
  readonly purpose: Purpose;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly tls?: ListenOptions["tls"];
  /** Takes a new connection, and gives what reads its octets. */
  attach(connection: Connection): (data: Buffer) => void;
  /** A TLS handshake that failed; the connection is closed already, or about to be. */
  refused(connection: Connection, reason: string): void;
}

/** A port that phones connect to, and its connections. */
export class Door {
  readonly connections = new Set<Connection>();
  readonly #options: DoorOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Below TLS, by the other end's address: the TCP connection, and what ends the time limit of its handshake. */
  readonly #carriers = new Map<string, { readonly socket: Socket; readonly cancel: Cancel }>();

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
    const { requestCert = false, lenient = false, ...options } = tls;
    const versions = lenient ? ({ minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const) : {};
    const server = createTlsServer({ ...options, requestCert, rejectUnauthorized: false, ...versions, noDelay: true }, (socket) =>
      this.#accept(socket),
    );
    server.on("connection", (socket: Socket) => {
      // The octets below TLS are what is in flight: those of a handshake are none of the connection inside.
      context.clock.watch(socket);
      // node's own limit for the handshake runs in real time.
      const cancel = context.clock.after(context.patience.request, () => socket.destroy());
      this.#sockets.add(socket);
      const name = nameOf(socket);
      this.#carriers.set(name, { socket, cancel });
      socket.once("close", () => {
        cancel();
        this.#sockets.delete(socket);
        if (this.#carriers.get(name)?.socket === socket) this.#carriers.delete(name);
      });
    });
    server.on("tlsClientError", (error, socket) => this.#refuseHandshake(error, socket));
    return server;
  }

  #accept(socket: Socket): void {
    this.#handshaken(socket);
    const connection = this.#connectionOf(socket);
    this.#sockets.add(socket);
    this.connections.add(connection);
    connection.onClose(() => {
      this.#sockets.delete(socket);
      this.connections.delete(connection);
    });
    socket.on("data", this.#options.attach(connection));
  }

  #connectionOf(socket: Socket): Connection {
    const { clock, recording } = this.#options.context;
    if (!this.tls) clock.watch(socket);
    const tlsVersion = socket instanceof TLSSocket ? socket.getProtocol() : null;
    const log = recording.connection({
      purpose: this.#options.purpose,
      tls: this.tls,
      ...(tlsVersion === null ? {} : { tlsVersion }),
      openedBy: "phone",
      harness: { address: plain(socket.localAddress), port: socket.localPort ?? this.port },
      phone: { address: plain(socket.remoteAddress), port: socket.remotePort ?? 0 },
      openedAt: clock.now(),
    });
    return new Connection(socket, log, clock, this.#carriers.get(nameOf(socket))?.socket);
  }

  /** The time limit for a handshake is off. */
  #handshaken(socket: Socket): void {
    this.#carriers.get(nameOf(socket))?.cancel();
  }

  /** A handshake that failed, as when the phone does not trust our certificate. */
  #refuseHandshake(error: Error, socket: TLSSocket): void {
    this.#handshaken(socket);
    const connection = this.#connectionOf(socket);
    connection.refused = true;
    this.#options.refused(connection, `TLS: ${error.message}`);
    socket.destroy();
  }
}

const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress}:${remotePort}`;

/** IPv4 addresses as such, also when the socket is one of IPv6. */
const plain = (address: string | undefined): string => (address ?? "").replace(/^::ffff:/, "");
