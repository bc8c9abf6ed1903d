import type { Clock } from "../core/clock.ts";
import type { Exchange } from "../trace/exchange.ts";
import type { Recording } from "../trace/recording.ts";
import type { Authentication, AuthenticationRecord } from "./authentication.ts";
import type { Speech } from "./messages.ts";
import type { Patience } from "./patience.ts";
import type { Session } from "./session.ts";

export interface ContactOptions {
  /**
   * What makes the phone come. `usual` (default): the bench's way, a connection request or the fallback it has learnt; not
   * used when a fitting session is already waiting. `none`: it comes by itself. A function: called once we listen; only a
   * session that begins after it was called is taken.
   */
  readonly trigger?: "usual" | "none" | (() => Promise<unknown>);
  /** An EventCode that the Inform must have, such as `4 VALUE CHANGE`. */
  readonly event?: string;
  /** Further conditions on the Inform. */
  readonly accepts?: (inform: Exchange) => boolean;
  /** Milliseconds to wait for it after the trigger; default `patience.contact`. */
  readonly within?: number;
}

/** A further address at which the same ACS is reached, as redirects need it. */
export interface Listener {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Local address to bind to; default the one of the ACS. */
  readonly host?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Present: HTTPS with these PEM texts. */
  readonly tls?: {
    readonly key: string;
    readonly cert: string;
    readonly ca?: string;
    readonly requestCert?: boolean;
    /** The newest version of TLS that is spoken; default TLS 1.3. */
    readonly maxVersion?: "TLSv1.2";
    /** Versions and ciphers that are not safe any more are spoken too: what a phone uses is for a case to judge. */
    readonly lenient?: true;
  };
}

/** The mock ACS as cases see it. Sessions that no case takes are served by default and stay in the recording. */
export interface Acs {
  /** The URL that the phone has to use. */
  readonly url: string;
  /** How our messages are written from now on; a case that changes it sets it back. */
  speech: Speech;
  /** The phone's requests with credentials, or without where they were asked for, and what was wrong with them. */
  readonly authentications: readonly AuthenticationRecord[];
  /** What the ACS waits for at this moment, for a progress line; absent when it waits for nothing. */
  readonly waitingFor: string | undefined;
  /** The latest Inform of the phone, whichever session it was in. */
  readonly latestInform: Exchange | undefined;
  /** Calls `listener` for every Inform that was accepted, before anything is answered; gives a function that stops it. */
  onInform(listener: (inform: Exchange) => void): () => void;

  /**
   * The next Inform that fits, not yet answered. Sessions in between that do not fit are served by default.
   * @throws Inconclusive `unreachable` when none comes in time
   */
  contact(options?: ContactOptions): Promise<Session>;
  /**
   * contact(), InformResponse, and the phone's own requests answered, up to its empty POST, which is left outstanding.
   * @throws Inconclusive `unreachable` when no Inform comes, `precondition` when no empty POST follows
   */
  session(options?: ContactOptions): Promise<Session>;
  /** Waits `milliseconds` and gives the first contact that came meanwhile without any trigger, if one did; it ends the wait. */
  silence(milliseconds: number, options?: Pick<ContactOptions, "event" | "accepts">): Promise<Session | undefined>;
  /** Ends every session that is still open, as between two cases. Never throws. */
  settle(): Promise<void>;

  /** From the next request on the phone has to authenticate like this; `{ scheme: "none" }` ends it. */
  requireAuthentication(authentication: Authentication): void;
  /** Nonces given so far are no longer good: the next use of one is answered with `stale=true`. */
  expireNonces(): void;
  /** Opens a further port of the same ACS. */
  listen(options?: ListenOptions): Promise<Listener>;
}

export interface AcsOptions {
  readonly clock: Clock;
  readonly recording: Recording;
  /** Default: `defaultPatience`. */
  readonly patience?: Patience;
  /** Local address to bind to, such as `127.0.0.1` or `0.0.0.0`. */
  readonly host: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly tls?: ListenOptions["tls"];
  /** Host name or address that the phone shall use; default `host`. */
  readonly advertise?: string;
  /** Path of the ACS URL; default `/acs`. */
  readonly path?: string;
  readonly speech?: Partial<Speech>;
  readonly authentication?: Authentication;
  /**
   * Makes the phone open a session. May resolve with `{ within }`, the milliseconds in which the session is to be expected,
   * when that is not `patience.contact`; a rejection passes through to whoever waits for the contact.
   */
  readonly trigger?: () => Promise<unknown>;
  /** Called when `waitingFor` changes. */
  readonly onWait?: (what: string | undefined) => void;
  /** Called before the ACS ends a session, when the phone has nothing more to say: the last occasion to send it a request. */
  readonly farewell?: (session: Session) => Promise<void>;
}

/** An ACS that runs, as the bench holds it. */
export interface RunningAcs extends Acs {
  readonly port: number;
  /** Closes all listeners and connections. */
  stop(): Promise<void>;
}
