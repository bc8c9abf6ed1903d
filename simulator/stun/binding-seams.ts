import type { Endpoint } from "../network.ts";
import type { Purpose } from "./message-seams.ts";

/** What the last Binding Response told of the primary port. */
export interface Binding {
  readonly mapped: Endpoint;
  /** Whether that is another address or port than the phone's own. */
  readonly translated: boolean;
}

/** How long the phone may leave the binding alone, in seconds. */
export interface Periods {
  /** STUNMinimumKeepAlivePeriod. */
  readonly minimum: number;
  /** STUNMaximumKeepAlivePeriod; -1: none. */
  readonly maximum: number;
}

/** What is known of the time after which the binding is gone, in seconds without traffic. */
export interface Search {
  /** It lives at least so long. */
  readonly lives: number;
  /** It is gone after so long, or is not asked to live longer. */
  readonly gone: number;
}

/** Longest keep-alive period when the ACS sets none; no usual NAT keeps a silent binding longer. */
const LONGEST = 600;
/** A probe that nobody answers takes 1.5 s, and the binding has to be refreshed before the maximum period is over. */
const RESERVE = 2;
/** A search that leaves no more doubt than this is over. */
const NEAR_ENOUGH = 5;

const isSame = (one: Endpoint, other: Endpoint): boolean => one.address === other.address && one.port === other.port;

/** What the phone makes of the answers to its Binding Requests, and when it sends them: TR-069 G.2.1.1 to G.2.1.3. */
export const bindingSeams = {
  /** Whether STUN is on, by STUNEnable. */
  isEnabled(stunEnable: string): boolean {
    return stunEnable === "true";
  },
  /** Whether STUN begins anew when this has changed. */
  beginsAnewFor(_changed: "enabled" | "host" | "port"): boolean {
    return true;
  },
  /** Seconds for which requests are sent still when it is switched off. */
  goesOnFor(): number {
    return 0;
  },
  /** The periods that are gone by: those that are set now, not those that were set when STUN began. */
  periodsInForce(now: Periods, _atFirst: Periods): Periods {
    return now;
  },
  /** The server: that of STUNServerAddress, without one the host of the ACS; port 0 is none, so that it means the usual one. */
  server({ address, port, acsUrl }: { readonly address: string; readonly port: number; readonly acsUrl: string }): Endpoint {
    const host = URL.canParse(acsUrl) ? new URL(acsUrl).hostname : "";
    return { address: address === "" ? host : address, port: port === 0 ? 3478 : port };
  },
  /** Whether address or port are translated on the way. */
  isTranslated(local: Endpoint, mapped: Endpoint): boolean {
    return !isSame(local, mapped);
  },
  /** The binding after an answer to a request of the primary port, or to a probe, whose answer tells of another port. */
  bindingAfter(before: Binding | undefined, told: Binding, from: "primary" | "probe"): Binding | undefined {
    return from === "primary" ? told : before;
  },
  /**
   * Whether the server is told of a binding by BINDING-CHANGE: of the first one, and of each change. Since the last keep-alive it was
   * told so many times.
   */
  announces(before: Binding | undefined, now: Binding, _told: number): boolean {
    return before === undefined ? now.translated : !isSame(before.mapped, now.mapped);
  },
  /** Whether a BINDING-CHANGE that no answer came to is sent once more, after all its copies (G.2.1.3). */
  announcesAgain(): boolean {
    return false;
  },
  /** Whether the phone goes on with STUN after a request to which no answer came. */
  goesOnAfterFailure(_purpose: Purpose): boolean {
    return true;
  },
  /** UDPConnectionRequestAddress: where the phone can be reached; `shown` is what it was. */
  requestAddress(local: Endpoint, binding: Binding | undefined, _shown: string): string {
    const { address, port } = binding?.mapped ?? local;
    return `${address}:${port}`;
  },
  /** NATDetected; without STUN there is no binding. `shown` is what it was. */
  natDetected(binding: Binding | undefined, _shown: boolean): boolean {
    return binding?.translated ?? false;
  },
  /** Notification by which a change of UDPConnectionRequestAddress is reported, of the first one or a later one: as it is set. */
  notification(set: number, _change: "first" | "later"): number {
    return set;
  },
  /** Seconds for which a changed UDPConnectionRequestAddress is kept from being notified, so many after the last time (G.2.1.3). */
  notificationDelay(sinceLast: number, limit: number, isActive: boolean): number | undefined {
    return isActive ? Math.max(0, limit - sinceLast) : 0;
  },
  /** Whether the phone looks for the timeout of its binding: not where the ACS leaves it no choice (G.2.1.2). */
  searches({ minimum, maximum }: Periods, binding: Binding | undefined): boolean {
    return minimum !== maximum && binding?.translated === true;
  },
  /** What a search begins with. */
  searchBegins({ minimum, maximum }: Periods): Search {
    return { lives: minimum, gone: Math.max(minimum, (maximum < 0 ? Math.max(minimum, LONGEST) : maximum) - RESERVE) };
  },
  /** How long the binding is left alone before it is tested. A search that is over goes on testing what it has found. */
  probeAfter({ lives, gone }: Search): number {
    return Math.max(1, gone - lives <= NEAR_ENOUGH ? lives : (lives + gone) / 2);
  },
  /** What is known after a test. A binding that lives shorter than it did is looked for again. */
  afterProbe(search: Search, waited: number, alive: boolean, { minimum }: Periods): Search {
    if (alive) return { ...search, lives: waited };
    return { lives: waited > search.lives ? search.lives : minimum, gone: waited };
  },
  /** Seconds from one request of the primary port to the next, where no test comes before it. */
  keepAliveAfter({ minimum, maximum }: Periods): number {
    return Math.max(minimum, maximum < 0 ? LONGEST : maximum, 1);
  },
};
