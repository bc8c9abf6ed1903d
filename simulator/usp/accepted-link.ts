import { WebSocket } from "ws";
import type { Clock } from "../clock.ts";
import type { Link, LinkEvents, Parting } from "./link.ts";
import type { RecordBody } from "./record.ts";
import type { UspAgentSeams } from "./seams.ts";

/** How long a peer has to answer a Close frame, in milliseconds. */
const CLOSE_WITHIN = 5000;

/** A WebSocket that a controller has opened. When it ends, it is over. */
export class AcceptedLink implements Link {
  readonly retries = 0;
  readonly #clock: Clock;
  readonly #seams: UspAgentSeams;
  readonly #socket: WebSocket;
  readonly #events: LinkEvents;

  /** @param ended called when the controller has left */
  constructor(clock: Clock, seams: UspAgentSeams, socket: WebSocket, events: LinkEvents, ended: () => void) {
    this.#clock = clock;
    this.#seams = seams;
    this.#socket = socket;
    this.#events = events;
    // "close" follows every error.
    socket.on("error", () => {});
    socket.on("message", (octets: Buffer, isBinary) => {
      if (isBinary || seams.readsText()) events.received(octets);
      else this.#refuse(true);
    });
    socket.on("close", ended);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  start(): void {
    this.#events.opened();
  }

  follow(): void {}

  greeting(): RecordBody {
    return { case: "websocketConnect", value: {} };
  }

  send(octets: Buffer): void {
    this.#socket.send(octets, { binary: true });
  }

  unreadable(): void {
    this.#refuse(false);
  }

  end(why: Parting): void {
    if (why === "unplugged") this.#socket.terminate();
    else this.#close(this.#seams.farewell(why));
  }

  #refuse(isText: boolean): void {
    const code = this.#seams.onUnreadable(isText);
    if (code !== undefined) this.#close(code);
  }

  #close(code: number): void {
    this.#socket.close(code);
    this.#clock.after(CLOSE_WITHIN, () => this.#socket.terminate());
  }
}
