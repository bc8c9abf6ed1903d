import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import type { Notification } from "./notify-seams.ts";
import type { UspAgentSeams } from "./seams.ts";

/** A notification that is to be delivered. */
export interface Letter {
  readonly notification: Notification;
  /** Its subscription; absent when it has none. */
  readonly subscription?: string;
  /** Seconds after which it is no longer retried; 0 for never. */
  readonly expiration: number;
  /** Whether whoever subscribed to it still does. */
  isWanted(): boolean;
  confirmed?(): void;
}

interface Pending extends Letter {
  readonly messageId: string;
  sentAt: number | undefined;
  retries: number;
}

export interface OutboxOptions {
  readonly clock: Clock;
  readonly seams: UspAgentSeams;
  random(): number;
  nextMessageId(): string;
  /** Number of the first retry of a notification of this subscription. */
  firstRetry(subscription: string | undefined): number;
  /** The next retry of a notification of this subscription has this number. */
  noteRetry(subscription: string | undefined, retry: number): void;
  /** m in seconds and k in thousandths, as they are now. */
  retry(): { readonly minimum: number; readonly multiplier: number };
  isOpen(): boolean;
  transmit(messageId: string, notification: Notification): void;
}

/** Notifications for one controller, until they are delivered (TR-369 "Responses to Notifications and Notification Retry"). */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #alarms: Alarms;
  #pending: Pending[] = [];

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#alarms = new Alarms(options.clock);
  }

  post(letter: Letter): void {
    if (!this.#options.seams.hasRoom(this.#pending.length)) return;
    const pending = { ...letter, messageId: this.#options.nextMessageId(), sentAt: undefined, retries: 0 };
    this.#pending.push(pending);
    this.#send(pending);
  }

  /** Sends what could not be sent while there was no connection. */
  flush(): void {
    for (const pending of [...this.#pending]) if (!this.#alarms.has(pending.messageId)) this.#send(pending);
  }

  /** A response has come. */
  confirm(messageId: string, subscriptionId: string): void {
    const { seams } = this.#options;
    const found = this.#pending.find(({ messageId: own, notification }) =>
      seams.confirms(own, messageId, notification.subscriptionId === subscriptionId),
    );
    if (found === undefined) return;
    this.#drop(found);
    found.confirmed?.();
  }

  close(): void {
    this.#alarms.cancelAll();
    this.#pending = [];
  }

  #send(pending: Pending): void {
    const { clock, seams, isOpen } = this.#options;
    const age = pending.sentAt === undefined ? 0 : (clock.now() - pending.sentAt) / 1000;
    if (!pending.isWanted() || (pending.sentAt !== undefined && !seams.goesOnNotifying(age, pending.expiration)))
      this.#drop(pending);
    else if (isOpen()) this.#transmit(pending);
  }

  #transmit(pending: Pending): void {
    const { clock, transmit } = this.#options;
    pending.sentAt ??= clock.now();
    transmit(pending.messageId, pending.notification);
    if (pending.notification.sendResp === true) this.#armRetry(pending);
    else this.#drop(pending);
  }

  #armRetry(pending: Pending): void {
    const { seams, retry, random, firstRetry, noteRetry } = this.#options;
    pending.retries = pending.retries === 0 ? firstRetry(pending.subscription) : pending.retries + 1;
    noteRetry(pending.subscription, pending.retries);
    const { minimum, multiplier } = retry();
    const seconds = seams.notifyWait(seams.notifyRange(pending.retries, minimum, multiplier), random());
    this.#alarms.set(pending.messageId, seconds * 1000, () => this.#send(pending));
  }

  #drop(pending: Pending): void {
    this.#alarms.cancel(pending.messageId);
    this.#pending = this.#pending.filter((one) => one !== pending);
  }
}
