import type { RecordBody } from "./record.ts";

/**
 * What a record that goes out is for: it answers one that came, carries a notification, or tells the controller whether the agent is
 * there.
 */
export type Purpose = "answer" | "notify" | "presence";

/** Why the agent leaves: the phone starts anew, the controller was switched off, or the plug was pulled. */
export type Parting = "restart" | "disabled" | "unplugged";

export interface LinkEvents {
  /** Records can be sent, for the first time or again. */
  opened(): void;
  /** What should be a record has come. */
  received(octets: Buffer): void;
}

/** The way to one controller over one MTP. It is made again whenever it breaks, until it is ended. */
export interface Link {
  readonly isOpen: boolean;
  /** How often in a row it has been tried again. */
  readonly retries: number;
  /** @param retries how many of them count from before a restart */
  start(retries: number): void;
  /** Values of the controller may have changed. */
  follow(): void;
  /** The connect record of this MTP (R-MTP.6). */
  greeting(): RecordBody;
  /** Sends a record. */
  send(octets: Buffer, purpose: Purpose): void;
  /** What came is no record that can be read: does what the MTP wants then. */
  unreadable(): void;
  /** Ends the link for good. */
  end(why: Parting): void;
}
