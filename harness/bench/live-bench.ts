import type { RunningAcs } from "../acs/acs.ts";
import type { Authentication } from "../acs/authentication.ts";
import type { Speech } from "../acs/messages.ts";
import type { Session } from "../acs/session.ts";
import { Inconclusive } from "../core/case.ts";
import type { Away, Driver, Settled } from "../phone/driver.ts";
import { type Learnt, learn } from "../phone/learn.ts";
import { Baseline } from "./baseline.ts";
import type { ChangedParameters } from "./changed-parameters.ts";
import type { LiveUsp } from "./live-usp.ts";
import type { RunningBench } from "./running-bench.ts";
import { SharedBench, type SharedParts } from "./shared-bench.ts";
import { type Touched, touchedIn } from "./touched.ts";
import type { UspBench } from "./usp-bench.ts";

export interface LiveBenchParts extends SharedParts {
  readonly acs: RunningAcs;
  /** Absent when the profile disclaims USP. */
  readonly usp: LiveUsp | undefined;
  readonly driver: Driver;
  readonly learnt: Learnt;
  /** What the bench itself has changed for the run. */
  readonly changed: ChangedParameters;
  readonly authentication: Authentication;
  readonly address: string;
  note(text: string): void;
  waitsFor(what: string | undefined): void;
}

/** Servers and phone, started and wired; knows how to bring the phone back to where it was. */
export class LiveBench extends SharedBench implements RunningBench {
  readonly acs: RunningAcs;
  readonly about: RunningBench["about"];
  readonly #parts: LiveBenchParts;
  readonly #speech: Speech;
  readonly #baseline: Baseline;
  #settledAt: number;
  #lost = false;

  constructor(parts: LiveBenchParts) {
    super(parts);
    this.#parts = parts;
    this.acs = parts.acs;
    this.about = { address: parts.address, identity: parts.learnt.identity };
    this.#speech = parts.acs.speech;
    this.#baseline = new Baseline({ ...parts.learnt, values: parts.changed.over(parts.learnt.values) }, (parameter) =>
      parts.phone.values.isVolatile(parameter),
    );
    this.#settledAt = parts.recording.latest;
  }

  get usp(): UspBench {
    const { usp } = this.#parts;
    if (usp === undefined) throw new Inconclusive("precondition", "the profile does not claim usp");
    return usp.of(this);
  }

  async settle(): Promise<readonly string[]> {
    const { acs, files, usp, networks, driver, authentication } = this.#parts;
    await acs.settle();
    files.settle();
    networks.answerAsUsual();
    acs.speech = this.#speech;
    acs.requireAuthentication(authentication);
    const touched = touchedIn(this.recording.slice(this.#settledAt + 1), this.#away());
    const said: string[] = [];
    try {
      if (touched.owes === "0 BOOTSTRAP") await this.#giveAcsAgain();
      const settled = await driver.settle(latest(touched.resetAt, usp?.resetAt));
      said.push(...settled.left, ...(await this.#bringBack(touched, settled)));
      said.push(...(await networks.settle()), ...((await usp?.settle(touched.reset)) ?? []));
    } catch (error) {
      said.push(`what this case left could not be looked at: ${messageOf(error)}`);
    }
    this.#settledAt = this.recording.latest;
    return said;
  }

  async probe(): Promise<Awaited<ReturnType<RunningBench["probe"]>>> {
    try {
      const session = await this.acs.contact();
      await session.end();
      this.#lost = false;
      return { answers: true };
    } catch (error) {
      this.#lost = true;
      return { answers: false, reason: messageOf(error) };
    }
  }

  protected override async end(): Promise<void> {
    const { acs, files, usp, networks, driver, changed, note, waitsFor } = this.#parts;
    waitsFor("the phone's settings to be put back");
    try {
      if (!this.#lost && !changed.isEmpty) await this.#putBackOwn();
      for (const problem of await driver.stop()) note(problem);
    } catch (error) {
      note(`the phone's settings could not be put back: ${messageOf(error)}`);
    } finally {
      waitsFor(undefined);
      await Promise.allSettled([acs.stop(), files.stop(), usp?.stop(), networks.stop()]);
    }
  }

  async #putBackOwn(): Promise<void> {
    const { acs, changed, note } = this.#parts;
    await acs.settle();
    const session = await acs.session();
    for (const problem of await changed.putBack(session)) note(problem);
    await session.end();
  }

  /** What has taken the phone from its ACS besides CWMP. */
  #away(): Away | undefined {
    const { driver, usp } = this.#parts;
    const at = usp?.resetAt;
    return at === undefined ? driver.away : { at: latest(at, driver.away?.at) ?? at, reset: true };
  }

  /** A phone that has been reset, or sent elsewhere, and has not come since. */
  async #giveAcsAgain(): Promise<void> {
    const { acs, patience } = this.#parts;
    const session = await acs.session({ trigger: () => this.phone.provisionAgain(), within: patience.reboot });
    await session.end();
  }

  /** A session after what a case has left open, in which what it has changed is put back. */
  async #bringBack(touched: Touched, { changed, comes }: Settled): Promise<readonly string[]> {
    const seen = changed ? this.#withLocal(touched) : touched;
    const owes = touched.owes === "1 BOOT";
    if (!seen.reset && !seen.unfinished && !owes && !changed && !this.#baseline.concerns(seen)) return [];
    const { acs, patience } = this.#parts;
    // A phone may take Reboot and stay as it is; it is asked then as always.
    if (owes) await this.#unasked({ event: "1 BOOT", within: patience.reboot });
    if (comes) await this.#unasked({ within: patience.contact });
    const session = await acs.session();
    const said = seen.reset ? await this.#beginAnew(session) : await this.#baseline.putBack(session, seen);
    await session.end();
    return said;
  }

  /** A session that the phone opens by itself, if it does. */
  async #unasked(expected: { readonly event?: string; readonly within: number }): Promise<void> {
    const session = await this.#parts.acs.contact({ trigger: "none", ...expected }).catch(() => undefined);
    await session?.end();
  }

  /** After a factory reset: what the bench has told the phone over CWMP is lost, and what it is compared with is another. */
  async #beginAnew(session: Session): Promise<readonly string[]> {
    const { changed, patience } = this.#parts;
    await changed.again(session);
    const anew = await learn(session, { patience, note() {}, reopen: async () => undefined });
    this.#baseline.renew(anew.learnt);
    return [];
  }

  #withLocal(touched: Touched): Touched {
    const { values } = this.phone;
    return values.has("local") ? { ...touched, parameters: new Set([...touched.parameters, values.local.parameter]) } : touched;
  }
}

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
