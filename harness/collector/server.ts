import type { ListenOptions } from "../acs/acs.ts";
import { prepare } from "../acs/answer.ts";
import type { Connection } from "../acs/connection.ts";
import { type AcsContext, fieldValues, type Heard } from "../acs/context.ts";
import { Door } from "../acs/door.ts";
import { Reader } from "../acs/reader.ts";
import { uncoded } from "../acs/record.ts";
import { Mailbox } from "../controller/mailbox.ts";
import { urlHost } from "../phone/http.ts";
import type { Collector, CollectorWay, Delivery, Inbox } from "./collector.ts";

export interface CollectorOptions {
  readonly context: Pick<AcsContext, "clock" | "recording" | "patience">;
  /** Local address to bind to. */
  readonly host: string;
  /** Host name or address that the agent shall use; default `host`. */
  readonly advertise?: string;
  /** Gives the certificate for places over TLS: one that the device believes, or one by an authority that nobody knows. */
  tls(isKnown: boolean): Promise<NonNullable<ListenOptions["tls"]>>;
}

/** A collector as whoever has started it sees it. */
export interface RunningCollector extends Collector {
  /** Takes back all places, as between two cases. */
  settle(): void;
  stop(): Promise<void>;
}

/** A place and what came for it. */
class Place implements Inbox {
  readonly url: string;
  readonly deliveries: Delivery[] = [];
  readonly mailbox: Mailbox<Delivery>;
  answers: Inbox["answers"] = () => ({ status: 200 });

  constructor(url: string, mailbox: Mailbox<Delivery>) {
    this.url = url;
    this.mailbox = mailbox;
  }

  next(within: number): Promise<Delivery | undefined> {
    return this.mailbox.take(() => true, within);
  }
}

/**
 * A bulk data collector, which listens from the first place on that is opened. Its connections are recorded with the purpose
 * `bulk-data`; chunked transfers are taken (TR-369 R-BULK.0).
 */
export class BulkDataCollector implements RunningCollector {
  readonly #options: CollectorOptions;
  readonly #doors = new Map<CollectorWay, Door>();
  readonly #places = new Map<string, Place>();
  #made = 0;
  #came = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  async open(way: CollectorWay = "http"): Promise<Inbox> {
    const { host, advertise = host, context } = this.#options;
    const door = await this.#door(way);
    const scheme = door.tls ? "https" : "http";
    this.#made += 1;
    const path = `/b${this.#made}`;
    const place = new Place(`${scheme}://${urlHost(advertise)}:${door.port}${path}`, new Mailbox(context.clock));
    this.#places.set(path, place);
    return place;
  }

  settle(): void {
    this.#places.clear();
    for (const { connections } of this.#doors.values()) for (const connection of connections) connection.end();
  }

  async stop(): Promise<void> {
    this.#places.clear();
    await Promise.all([...this.#doors.values()].map((door) => door.close()));
    this.#doors.clear();
  }

  async #door(way: CollectorWay): Promise<Door> {
    const open = this.#doors.get(way);
    if (open !== undefined) return open;
    const { context, host, tls } = this.#options;
    const visitor = {
      request: (heard: Heard, connection: Connection) => this.#take(heard, connection),
      refused: (connection: Connection, reason: string, raw: Buffer) => this.#refused(connection, reason, raw),
    };
    const door = await Door.open({
      context,
      purpose: "bulk-data",
      host,
      port: 0,
      ...(way === "http" ? {} : { tls: await tls(way === "https") }),
      attach: (connection) => {
        const reader = new Reader(connection, visitor, context.clock, context.patience);
        return (data) => reader.feed(data);
      },
      refused: (connection, reason) => this.#refused(connection, reason, Buffer.alloc(0)),
    });
    this.#doors.set(way, door);
    return door;
  }

  #take(heard: Heard, connection: Connection): void {
    this.#came += 1;
    const [path = ""] = heard.target.split("?", 1);
    const place = this.#places.get(path);
    const delivery = deliveryOf(heard, connection, `delivery #${this.#came} (${heard.method} ${path})`);
    const answer = place?.answers(delivery) ?? { status: 404 };
    const closes = answer.close ?? heard.closes;
    void connection.send(prepare({ ...answer, ...(closes ? { close: true } : {}) }));
    place?.deliveries.push(delivery);
    place?.mailbox.deliver(delivery);
  }

  #refused(connection: Connection, reason: string, raw: Buffer): void {
    const { clock, recording } = this.#options.context;
    const where = `connection ${connection.number}`;
    recording.refused({ connection: connection.number, session: undefined, at: clock.now(), reason, raw, where });
  }
}

function deliveryOf({ method, target, headers, body, endedAt }: Heard, { number }: Connection, where: string): Delivery {
  const content = uncoded(headers, body);
  return {
    method,
    target,
    query: new URLSearchParams(target.split("?").slice(1).join("?")),
    headers,
    header(name) {
      const [value, ...more] = fieldValues(headers, name.toLowerCase());
      return { value: more.length === 0 ? value?.trim() : undefined, where };
    },
    body: content ?? body,
    isReadable: content !== undefined,
    at: endedAt,
    connection: number,
    where,
  };
}
