import type { ParameterValue } from "../acs/read.ts";
import type { ParameterSetting, Session } from "../acs/session.ts";

/** Parameters that the bench itself sets for a run, with what they were. */
export class ChangedParameters {
  readonly #before: ReadonlyMap<string, ParameterValue>;
  readonly #settings = new Map<string, ParameterSetting>();

  /** @param before values from before anything was set */
  constructor(before: ReadonlyMap<string, ParameterValue>) {
    this.#before = before;
  }

  get isEmpty(): boolean {
    return this.#settings.size === 0;
  }

  /** Values as they are with what was set. */
  over(values: ReadonlyMap<string, ParameterValue>): ReadonlyMap<string, ParameterValue> {
    const set = [...this.#settings.values()].map(
      ({ name, value, type }) => [name, { name, value, type, where: "the bench" }] as const,
    );
    return new Map([...values, ...set]);
  }

  /** Sets them; false when the phone refuses. */
  async set(session: Session, settings: readonly ParameterSetting[]): Promise<boolean> {
    const reply = await session.setParameterValues(settings, "assay");
    if (reply.kind !== "response") return false;
    for (const setting of settings) this.#settings.set(setting.name, setting);
    return true;
  }

  /** Sets them once more, after the phone has lost them. */
  async again(session: Session): Promise<void> {
    if (!this.isEmpty) await session.setParameterValues([...this.#settings.values()], "assay");
  }

  /** Gives them back their values of before the run. @returns what could not be put back, a sentence each */
  async putBack(session: Session): Promise<readonly string[]> {
    const problems: string[] = [];
    const back: ParameterSetting[] = [];
    for (const { name, type = "string" } of this.#settings.values()) {
      const was = this.#before.get(name);
      // Passwords read back empty (TR-106 3.4): what was there is not known.
      if (was === undefined || /Password$/.test(name))
        problems.push(`set ${name} anew: the run has changed it, and its value from before cannot be read`);
      else back.push({ name, value: was.value, type: was.type ?? type });
    }
    if (back.length === 0) return problems;
    const reply = await session.setParameterValues(back, "assay");
    if (reply.kind !== "response")
      problems.push(`${back.map(({ name }) => name).join(", ")} could not be put back: ${reply.summary.value}`);
    return problems;
  }
}
