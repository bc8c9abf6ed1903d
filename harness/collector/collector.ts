import type { AnswerOptions } from "../acs/answer.ts";
import type { Located } from "../core/finding.ts";
import type { RawHeaders } from "../trace/exchange.ts";

/** One transfer of bulk data, as it came over HTTP. Times are milliseconds of the run's clock. */
export interface Delivery {
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  /** The query, decoded; names may come more than once. */
  readonly query: URLSearchParams;
  readonly headers: RawHeaders;
  /** The only value of a header field, in any case of its name; absent when there is none, or more than one. */
  header(name: string): Located;
  /** What was transferred, after chunked decoding and without its Content-Encoding. */
  readonly body: Buffer;
  /** Whether the Content-Encoding, if there is one, could be undone. */
  readonly isReadable: boolean;
  /** When its last octet came. */
  readonly at: number;
  readonly connection: number;
  /** `delivery #3 (POST /b1)`. */
  readonly where: string;
}

/** How a delivery is answered: 200 without a body by default. */
export type DeliveryAnswer = AnswerOptions;

/** A place at the collector that only one case uses. */
export interface Inbox {
  readonly url: string;
  /** Everything that came so far. */
  readonly deliveries: readonly Delivery[];
  /** How what comes from now on is answered. */
  answers: (delivery: Delivery) => DeliveryAnswer;
  /** The next delivery that was not taken yet; undefined when none comes within so many milliseconds. */
  next(within: number): Promise<Delivery | undefined>;
}

/** How a place is reached: `impostor` is HTTPS with a certificate by an authority that nobody knows. */
export type CollectorWay = "http" | "https" | "impostor";

/** The bulk data collector: an HTTP server that agents deliver their reports to. */
export interface Collector {
  /** Opens a place for reports. @param way default `http` */
  open(way?: CollectorWay): Promise<Inbox>;
}
