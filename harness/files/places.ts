import type { IncomingMessage } from "node:http";
import { type Clock, within } from "../core/clock.ts";
import type { RawHeaders } from "../trace/exchange.ts";

/** One HTTP request of the phone to the file server. Times are milliseconds of the run's clock. */
export interface FileRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: RawHeaders;
  /** What was uploaded; empty for a GET. */
  readonly body: Buffer;
  readonly at: number;
  /** `GET /f3/settings.xml, connection 12`. */
  readonly where: string;
}

/** How a file is served, where it differs from 200 and the whole content. */
export interface Serving {
  /** Default 200 for GET, 201 for PUT. */
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: RawHeaders;
  /** Closes the connection after so many octets of the content. */
  readonly cutAfter?: number;
  /** Never answers. */
  readonly never?: true;
}

/** A place on the file server that only one file, or one upload, uses. */
export interface Offer {
  readonly url: string;
  /** What came for it so far. */
  readonly requests: readonly FileRequest[];
  /** The next request for it, or undefined when none comes within so many milliseconds; one that came unwaited counts. */
  next(within: number): Promise<FileRequest | undefined>;
}

/** A folder on the file server that only one case uses, as a provisioning server offers one. */
export interface Folder {
  /** Ends with a slash. */
  readonly url: string;
  /** Every request for something in it, also for what is not there. */
  readonly requests: readonly FileRequest[];
  /**
   * Puts a file into it, or another one in its place.
   * @param name may have folders of its own, `snom/settings.xml`
   * @returns its URL
   */
  put(name: string, content: string | Buffer, serving?: Serving): string;
  /** From now on it is answered with 404. */
  remove(name: string): void;
  /**
   * The next request that no `next` has given yet, or undefined when none comes within so many milliseconds; one that came unwaited
   * counts.
   * @param name of the file asked for, without the query; others are left for other waits
   */
  next(within: number, name?: string | RegExp): Promise<FileRequest | undefined>;
}

/** How a request for one target is answered. */
export interface Content {
  readonly method: "GET" | "PUT";
  readonly content: string | Buffer;
  readonly serving: Serving;
}

/** What came for a place, waited for or not. */
export class Visits {
  readonly requests: FileRequest[] = [];
  readonly #clock: Clock;
  readonly #taken = new Set<FileRequest>();
  #wakers: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  came({ method = "", url = "", rawHeaders }: IncomingMessage, body: Buffer, connection: number): void {
    const headers: [string, string][] = [];
    for (let index = 0; index + 1 < rawHeaders.length; index += 2)
      headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
    const where = `${method} ${url}, connection ${connection}`;
    this.requests.push({ method, target: url, headers, body, at: this.#clock.now(), where });
    for (const wake of this.#wakers.splice(0)) wake();
  }

  async next(milliseconds: number, fits: (request: FileRequest) => boolean = () => true): Promise<FileRequest | undefined> {
    const until = this.#clock.now() + milliseconds;
    for (;;) {
      const request = this.requests.find((one) => !this.#taken.has(one) && fits(one));
      if (request !== undefined) this.#taken.add(request);
      const left = until - this.#clock.now();
      if (request !== undefined || left <= 0) return request;
      const woken = new Promise<void>((resolve) => {
        this.#wakers.push(resolve);
      });
      await within(this.#clock, left, woken);
    }
  }
}

/** What is offered under one target, or under all that begin with one. */
export interface Place {
  readonly visits: Visits;
  at(target: string): Content | undefined;
}

/** Everything that a file server offers at a moment, by its target. */
export class Places {
  readonly #clock: Clock;
  readonly #places = new Map<string, Place>();
  #made = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The place that a request belongs to: its own, or the folder that it lies in, or that for everything else. */
  of(target: string): Place | undefined {
    const folder = /^\/\w+\//.exec(target)?.[0] ?? "";
    return this.#places.get(target) ?? this.#places.get(folder) ?? this.#places.get("");
  }

  /** Whatever has no place of its own is answered with this. */
  everything(content: () => Content): Pick<Offer, "requests" | "next"> {
    const visits = new Visits(this.#clock);
    this.#places.set("", { visits, at: content });
    return { requests: visits.requests, next: (milliseconds) => visits.next(milliseconds) };
  }

  clear(): void {
    this.#places.clear();
  }

  /** @param server URL of the server, without a slash at its end */
  open(server: string, name: string, content: Content): Offer {
    this.#made += 1;
    const target = `/f${this.#made}/${encodeURIComponent(name)}`;
    const visits = new Visits(this.#clock);
    this.#places.set(target, { visits, at: () => content });
    return { url: server + target, requests: visits.requests, next: (milliseconds) => visits.next(milliseconds) };
  }

  /** @param server URL of the server, without a slash at its end */
  folder(server: string): Folder {
    this.#made += 1;
    const base = `/f${this.#made}/`;
    const url = server + base;
    const visits = new Visits(this.#clock);
    const files = new Map<string, Content>();
    const nameOf = (target: string): string => decoded(target.slice(base.length).replace(/[?#].*$/s, ""));
    this.#places.set(base, { visits, at: (target) => files.get(nameOf(target)) });
    return {
      url,
      requests: visits.requests,
      put(name, content, serving = {}) {
        files.set(name, { method: "GET", content, serving });
        return url + name.split("/").map(encodeURIComponent).join("/");
      },
      remove: (name) => void files.delete(name),
      next(milliseconds, name) {
        const fits = (asked: string): boolean =>
          name === undefined || (typeof name === "string" ? asked === name : new RegExp(name.source, name.flags).test(asked));
        return visits.next(milliseconds, ({ target }) => fits(nameOf(target)));
      },
    };
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
