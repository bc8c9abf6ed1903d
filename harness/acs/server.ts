import { Inconclusive } from "../core/case.ts";
import { urlHost } from "../phone/http.ts";
import type { Exchange } from "../trace/exchange.ts";
import type { AcsOptions, ContactOptions, Listener, ListenOptions, RunningAcs } from "./acs.ts";
import type { Authentication, AuthenticationRecord } from "./authentication.ts";
import { Authenticator } from "./authenticator.ts";
import { Contacts } from "./contacts.ts";
import type { AcsContext } from "./context.ts";
import { Door } from "./door.ts";
import { plainSpeech, type Speech } from "./messages.ts";
import { defaultPatience } from "./patience.ts";
import { Reader } from "./reader.ts";
import type { Session } from "./session.ts";
import { Sessions } from "./sessions.ts";

/** Requests of the phone that `session()` answers before its empty POST. */
const MOST_REQUESTS = 50;

/**
 * Starts the mock ACS.
 *
 * @throws Error when the port cannot be had
 */
export async function startAcs(options: AcsOptions): Promise<RunningAcs> {
  const acs = new MockAcs(options);
  await acs.start();
  return acs;
}

class MockAcs implements RunningAcs {
  speech: Speech;
  readonly #options: AcsOptions;
  readonly #context: AcsContext;
  readonly #authenticator: Authenticator;
  readonly #sessions: Sessions;
  readonly #contacts: Contacts;
  readonly #doors = new Set<Door>();
  readonly #waits: { readonly what: string }[] = [];
  #main: Door | undefined;
  #ids = 0;

  constructor(options: AcsOptions) {
    const { clock, recording, patience = defaultPatience, trigger = async () => {}, farewell = async () => {} } = options;
    this.#options = options;
    this.speech = { ...plainSpeech, ...options.speech };
    this.#authenticator = new Authenticator(options.authentication);
    this.#context = {
      clock,
      recording,
      patience,
      speech: () => this.speech,
      farewell,
      freshId: () => {
        this.#ids += 1;
        return `assay-${this.#ids}`;
      },
      waits: (what) => {
        const wait = { what };
        this.#waits.push(wait);
        options.onWait?.(this.waitingFor);
        return () => {
          const index = this.#waits.indexOf(wait);
          if (index >= 0) this.#waits.splice(index, 1);
          options.onWait?.(this.waitingFor);
        };
      },
    };
    this.#sessions = new Sessions(this.#context, this.#authenticator, (conversation) => this.#contacts.begun(conversation));
    this.#contacts = new Contacts(this.#context, () => this.#sessions.latestNumber, trigger);
  }

  async start(): Promise<void> {
    const { host, port = 0, tls } = this.#options;
    this.#main = await this.#open({ host, port, ...(tls === undefined ? {} : { tls }) });
  }

  get port(): number {
    return this.#main?.port ?? 0;
  }

  get url(): string {
    return this.#urlOf(this.#main, this.#options.advertise ?? this.#options.host);
  }

  get authentications(): readonly AuthenticationRecord[] {
    return this.#authenticator.records;
  }

  get waitingFor(): string | undefined {
    return this.#waits.at(-1)?.what;
  }

  get latestInform(): Exchange | undefined {
    return this.#sessions.latestInform;
  }

  onInform(listener: (inform: Exchange) => void): () => void {
    const listeners = this.#sessions.informListeners;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  contact(options: ContactOptions = {}): Promise<Session> {
    return quiet(this.#contacts.contact(options));
  }

  session(options: ContactOptions = {}): Promise<Session> {
    return quiet(this.#session(options));
  }

  async #session(options: ContactOptions): Promise<Session> {
    const session = await this.#contacts.contact(options);
    let reply = await session.informResponse();
    for (let count = 0; count < MOST_REQUESTS && (reply.kind === "request" || reply.kind === "inform"); count += 1)
      reply = await session.acknowledge();
    if (reply.kind === "empty") return session;
    await session.end();
    throw new Inconclusive(
      "precondition",
      `no empty POST after InformResponse, but: ${reply.summary.value} (${reply.summary.where})`,
    );
  }

  silence(milliseconds: number, options: Pick<ContactOptions, "event" | "accepts"> = {}): Promise<Session | undefined> {
    return quiet(this.#contacts.silence(milliseconds, options));
  }

  async settle(): Promise<void> {
    const { clock, patience } = this.#context;
    this.#contacts.settling();
    try {
      await this.#sessions.end(patience.response + patience.sessionEnd);
      // Connections without a session are closed unless one may be about to begin on them.
      for (const { connections } of this.#doors)
        for (const connection of connections)
          if (!this.#sessions.uses(connection) && clock.now() - connection.activeAt >= patience.sessionEnd) connection.end();
    } finally {
      this.#contacts.settled();
    }
  }

  requireAuthentication(authentication: Authentication): void {
    this.#authenticator.require(authentication);
  }

  expireNonces(): void {
    this.#authenticator.expireNonces();
  }

  async listen(options: ListenOptions = {}): Promise<Listener> {
    const { host = this.#options.host, port = 0, tls } = options;
    const door = await this.#open({ host, port, ...(tls === undefined ? {} : { tls }) });
    // Where the ACS listens on all addresses the phone needs the name that it was given.
    const url = this.#urlOf(door, options.host ?? this.#options.advertise ?? host);
    return {
      url,
      port: door.port,
      close: async () => {
        this.#doors.delete(door);
        await door.close();
      },
    };
  }

  async stop(): Promise<void> {
    this.#contacts.settling();
    this.#sessions.abort();
    await Promise.all([...this.#doors].map((door) => door.close()));
    this.#doors.clear();
  }

  async #open(at: { readonly host: string; readonly port: number; readonly tls?: ListenOptions["tls"] }): Promise<Door> {
    const context = this.#context;
    const door = await Door.open({
      ...at,
      context,
      purpose: "cwmp",
      attach: (connection) => {
        const reader = new Reader(connection, this.#sessions, context.clock, context.patience);
        return (data) => reader.feed(data);
      },
      refused: (connection, reason) => this.#sessions.refused(connection, reason, Buffer.alloc(0)),
    });
    this.#doors.add(door);
    return door;
  }

  #urlOf(door: Door | undefined, host: string): string {
    const { path = "/acs" } = this.#options;
    return `${door?.tls === true ? "https" : "http"}://${urlHost(host)}:${door?.port ?? 0}${path}`;
  }
}

/** A case that has failed while it waited does not look at this any more: its rejection then is no fault of the process. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
