import {
  type ParameterAttribute,
  type ParameterValue,
  parameterAttributes,
  parameterNames,
  parameterValues,
} from "../acs/read.ts";
import type { Session } from "../acs/session.ts";
import { few } from "../core/finding.ts";
import type { Learnt } from "../phone/learn.ts";
import type { Touched } from "./touched.ts";

/** How a phone was before the cases, and how to bring it back to that. Only what a case has touched is looked at. */
export class Baseline {
  readonly #isVolatile: (parameter: string) => boolean;
  #before: Pick<Learnt, "model" | "values" | "attributes">;

  constructor(before: Pick<Learnt, "model" | "values" | "attributes">, isVolatile: (parameter: string) => boolean) {
    this.#before = before;
    this.#isVolatile = isVolatile;
  }

  /** From now on the phone is to be brought back to this, as after a factory reset. */
  renew(before: Pick<Learnt, "model" | "values" | "attributes">): void {
    this.#before = before;
  }

  /** Whether any of it is known here and could have been changed. */
  concerns({ parameters, attributes, tables }: Touched): boolean {
    return (
      this.#known(parameters).length > 0 ||
      [...attributes].some((name) => this.#attributesUnder(name).length > 0) ||
      [...tables].some((path) => this.#before.model.has(path))
    );
  }

  /** Puts back what is different, in an open session. Never throws. @returns what was different, a sentence each */
  async putBack(session: Session, { parameters, attributes, tables }: Touched): Promise<readonly string[]> {
    const said: string[] = [];
    for (const path of tables) if (this.#before.model.has(path)) said.push(...(await this.#instances(session, path)));
    said.push(...(await this.#values(session, this.#known(parameters))));
    const names = new Set([...attributes].flatMap((name) => this.#attributesUnder(name)));
    if (names.size > 0) said.push(...(await this.#attributes(session, [...attributes])));
    return said;
  }

  #known(parameters: ReadonlySet<string>): readonly string[] {
    return [...parameters].filter((name) => this.#before.values.has(name) && !this.#isVolatile(name));
  }

  #attributesUnder(name: string): readonly string[] {
    const { attributes } = this.#before;
    return name.endsWith(".") ? [...attributes.keys()].filter((one) => one.startsWith(name)) : attributes.has(name) ? [name] : [];
  }

  async #values(session: Session, names: readonly string[]): Promise<readonly string[]> {
    if (names.length === 0) return [];
    const now = await readValues(session, names);
    const changed = names.flatMap((name) => {
      const [was, is] = [this.#before.values.get(name), now.get(name)];
      return was !== undefined && is !== undefined && was.value !== is.value ? [{ was, is }] : [];
    });
    if (changed.length === 0) return [];
    const reply = await session.setParameterValues(
      changed.map(({ was: { name, value, type = "string" } }) => ({ name, value, type })),
      "assay",
    );
    const how = reply.kind === "response" ? "put back" : `could not be put back: ${reply.summary.value}`;
    return changed.map(
      ({ was, is }) => `left ${was.name} = ${JSON.stringify(is.value)} (was ${JSON.stringify(was.value)}); ${how}`,
    );
  }

  async #instances(session: Session, path: string): Promise<readonly string[]> {
    const reply = await session.getParameterNames(path, true);
    if (reply.kind !== "response") return [`could not see what is left in ${path}: ${reply.summary.value}`];
    const isInstance = (name: string): boolean => name.startsWith(path) && /^\d+\.$/.test(name.slice(path.length));
    const now = [...parameterNames(reply).keys()].filter(isInstance);
    const before = [...this.#before.model.keys()].filter(isInstance);
    const said: string[] = [];
    for (const instance of now.filter((name) => !before.includes(name))) {
      const deleted = await session.deleteObject(instance, "assay");
      said.push(
        `left ${instance}; ${deleted.kind === "response" ? "deleted" : `could not be deleted: ${deleted.summary.value}`}`,
      );
    }
    const gone = before.filter((name) => !now.includes(name));
    return gone.length === 0 ? said : [...said, `${few(gone)} of ${path} is gone and cannot be put back`];
  }

  async #attributes(session: Session, names: readonly string[]): Promise<readonly string[]> {
    const reply = await session.getParameterAttributes(names);
    const changed = [...parameterAttributes(reply).values()].flatMap((is) => {
      const was = this.#before.attributes.get(is.name);
      return was !== undefined && attributesText(was) !== attributesText(is) ? [{ was, is }] : [];
    });
    if (changed.length === 0) return [];
    const back = await session.setParameterAttributes(
      changed.map(({ was: { name, notification, accessList } }) => ({
        name,
        ...(notification === undefined ? {} : { notification }),
        accessList,
      })),
    );
    const how = back.kind === "response" ? "put back" : `could not be put back: ${back.summary.value}`;
    return changed.map(
      ({ was, is }) => `left the attributes of ${was.name} at ${attributesText(is)} (were ${attributesText(was)}); ${how}`,
    );
  }
}

/** All values in one request; where the phone refuses that, one by one. */
async function readValues(session: Session, names: readonly string[]): Promise<ReadonlyMap<string, ParameterValue>> {
  const reply = await session.getParameterValues(names);
  if (reply.kind !== "fault" || names.length === 1) return parameterValues(reply);
  const values = new Map<string, ParameterValue>();
  for (const name of names)
    for (const [key, value] of parameterValues(await session.getParameterValues([name]))) values.set(key, value);
  return values;
}

const attributesText = ({ notification, accessList }: ParameterAttribute): string =>
  `Notification ${notification ?? "unknown"}, AccessList ${accessList.length === 0 ? "empty" : accessList.join(", ")}`;
