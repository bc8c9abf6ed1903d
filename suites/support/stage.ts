import type { Acs, ContactOptions } from "../../harness/acs/acs.ts";
import { informValue, type ParameterValue, parameterValues } from "../../harness/acs/read.ts";
import type { ParameterSetting, Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { VALUE_TYPES } from "./lexical.ts";
import { tidyUp } from "./steps.ts";

/** Opens a session, does `work` in it, and ends it, whatever happened. */
export async function inSession<Evidence>(
  { acs }: Pick<CwmpBench, "acs">,
  work: (session: Session) => Promise<Evidence>,
): Promise<Evidence> {
  const session = await acs.session();
  try {
    return await work(session);
  } finally {
    await session.end();
  }
}

/** Where a case that writes does its work. */
export class Stage {
  readonly #acs: Acs;
  readonly #before: ReadonlyMap<string, ParameterValue>;
  /** The ParameterKey before the case. */
  readonly key: string;
  /** The session that is open now. */
  session: Session;

  constructor(acs: Acs, session: Session, before: ReadonlyMap<string, ParameterValue>, key: string) {
    this.#acs = acs;
    this.session = session;
    this.#before = before;
    this.key = key;
  }

  /** Value of a saved parameter before the case. */
  before(name: string): string {
    return this.#before.get(name)?.value ?? "";
  }

  /** Type of a saved parameter as the phone itself gave it, `string` when it gave none that CWMP has. */
  typeOf(name: string): string {
    const { type = "" } = this.#before.get(name) ?? {};
    return VALUE_TYPES.includes(type) ? type : "string";
  }

  /** SetParameterValues, with the ParameterKey that was there before unless another is given. */
  write(settings: readonly ParameterSetting[], key = this.key): Promise<Reply> {
    return this.session.setParameterValues(settings, key);
  }

  read(...names: readonly string[]): Promise<Reply> {
    return this.session.getParameterValues(names);
  }

  /** Ends the session and opens the next one. */
  async nextSession(options?: ContactOptions): Promise<Session> {
    await this.session.end();
    this.session = await this.#acs.session(options);
    return this.session;
  }

  /** Writes everything back as it was, and ends the session. */
  restore(): Promise<void> {
    return tidyUp(this.#acs, this.session, async (last) => {
      const settings = [...this.#before.values()].map(({ name, value }) => ({ name, value, type: this.typeOf(name) }));
      const reply = await last.setParameterValues(settings, this.key);
      // One value that the phone does not take back must not keep the others from being put back.
      if (reply.kind === "fault" && settings.length > 1)
        for (const setting of settings) await last.setParameterValues([setting], this.key);
    });
  }
}

/**
 * Saves the values of `parameters` (none: only the ParameterKey), does `work`, and writes them back, also when it failed. That
 * the values can be read is the control of every case that is done so.
 * @throws Inconclusive when a value cannot be read, so that it could not be put back
 */
export async function restoring<Evidence>(
  { acs, phone }: CwmpBench,
  parameters: readonly string[],
  work: (stage: Stage) => Promise<Evidence>,
): Promise<Evidence> {
  const session = await acs.session();
  const key = informValue(session.inform, phone.path("ManagementServer.ParameterKey")).value ?? "";
  const saved = new Map<string, ParameterValue>();
  if (parameters.length > 0) {
    const reply = await session.getParameterValues(parameters);
    for (const name of parameters) {
      const value = parameterValues(reply).get(name);
      if (value !== undefined) saved.set(name, value);
    }
    if (saved.size < parameters.length) {
      await session.end();
      const missing = parameters.filter((name) => !saved.has(name)).join(", ");
      throw new Inconclusive(
        "precondition",
        `${missing} cannot be saved; asked for the value, the phone gave: ${reply.summary.value}`,
      );
    }
  }
  const stage = new Stage(acs, session, saved, key);
  try {
    return await work(stage);
  } finally {
    await stage.restore();
  }
}
