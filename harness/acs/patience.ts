/** How long the harness waits for what, in milliseconds of the run's clock. A profile may set each of them. */
export interface Patience {
  /** For the next POST of a session after our answer. TR-069 3.4.2 gives either side at least 30 s. */
  readonly response: number;
  /** For an Inform after a trigger; a connection request has to lead to one within 30 s (TR-069 3.2.2). */
  readonly contact: number;
  /** For the first Inform of a phone of which nothing is known yet. */
  readonly firstContact: number;
  /** For the phone to close its connection after the last, empty answer. */
  readonly sessionEnd: number;
  /** For a session to go on over a new connection, when the phone closed the old one without announcing it. */
  readonly continuation: number;
  /** For a case to take a session that began unasked; then it is served by default. */
  readonly claim: number;
  /** For the phone to be back after a reboot or a factory reset. */
  readonly reboot: number;
  /** For a request to be complete after its first octet; then its connection is closed. */
  readonly request: number;
}

export const defaultPatience: Patience = {
  response: 30_000,
  contact: 30_000,
  firstContact: 300_000,
  sessionEnd: 10_000,
  continuation: 5_000,
  claim: 1_000,
  reboot: 120_000,
  request: 60_000,
};

/** Milliseconds as a person says them: `30 s`, `2.5 s`, `400 ms`. */
export function inWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${Math.round(milliseconds / 100) / 10} s`;
}
