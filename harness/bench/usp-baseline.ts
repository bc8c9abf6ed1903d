import type { Controller } from "../controller/controller.ts";
import { createdIn, deletedIn, instancesIn, parametersIn, updatedIn } from "../controller/read.ts";
import { few } from "../core/finding.ts";
import type { UspRecordLog } from "../trace/usp.ts";
import type { UspMessage } from "../wire/usp.ts";
import type { Snapshot } from "./usp-entries.ts";

/** What the controller has asked an agent to change in a stretch of the recording. */
export interface UspTouched {
  /** Tables, `Device.LocalAgent.Subscription.`, in which an instance was created or deleted, or may have been. */
  readonly tables: ReadonlySet<string>;
  /** Full paths of parameters. */
  readonly parameters: ReadonlySet<string>;
  /** When Device.FactoryReset() was last asked for, in milliseconds of the run's clock. */
  readonly resetAt: number | undefined;
  /** As `resetAt`, of Device.Reboot(). */
  readonly rebootAt: number | undefined;
}

/** A path that names one thing: no wildcard, no search, no reference followed. */
const isPlain = (path: string): boolean => /^Device\.[\w.-]*$/.test(path);
const tableOf = (instance: string): string => instance.replace(/[^.]*\.$/, "");

export function touchedByUsp(logs: readonly UspRecordLog[]): UspTouched {
  const tables = new Set<string>();
  const parameters = new Set<string>();
  let resetAt: number | undefined;
  let rebootAt: number | undefined;
  for (const { at, from, record } of logs) {
    const { message } = record;
    if (message?.msg === undefined) continue;
    if (from === "agent") {
      for (const instance of [...createdIn(message), ...deletedIn(message)]) tables.add(tableOf(instance));
      for (const name of updatedIn(message)) parameters.add(name);
      continue;
    }
    for (const { value = "" } of message.all("request/add/create_objs/obj_path")) if (isPlain(value)) tables.add(value);
    for (const name of settingsIn(message)) parameters.add(name);
    const { value: command } = message.at("request/operate/command");
    if (command === "Device.FactoryReset()") resetAt = at;
    if (command === "Device.Reboot()") rebootAt = at;
  }
  return { tables, parameters, resetAt, rebootAt };
}

/** Parameters that a Set names, as far as they are named plainly: it may have been done and never answered. */
function settingsIn({ msg }: UspMessage): readonly string[] {
  const body = msg?.body?.msgBody;
  const request = body?.case === "request" ? body.value.reqType : undefined;
  if (request?.case !== "set") return [];
  return request.value.updateObjs.flatMap(({ objPath, paramSettings }) =>
    isPlain(objPath) ? paramSettings.map(({ param }) => objPath + param) : [],
  );
}

/** How an agent was before the cases, and how to bring it back to that. Only what a case has touched is looked at. */
export class UspBaseline {
  readonly #isVolatile: (parameter: string) => boolean;
  #before: Snapshot;

  constructor(before: Snapshot, isVolatile: (parameter: string) => boolean) {
    this.#before = before;
    this.#isVolatile = isVolatile;
  }

  /** From now on the agent is to be brought back to this, as after a factory reset. */
  renew(before: Snapshot): void {
    this.#before = before;
  }

  /** Puts back what is different. @returns what was different, a sentence each */
  async putBack(controller: Controller, { tables, parameters }: UspTouched): Promise<readonly string[]> {
    const said: string[] = [];
    for (const table of tables) said.push(...(await this.#instances(controller, table)));
    return [...said, ...(await this.#values(controller, [...parameters]))];
  }

  async #instances(controller: Controller, table: string): Promise<readonly string[]> {
    const before = this.#instancesBefore(table);
    const reply = await controller.getInstances([table], true);
    if (reply.kind !== "response") return [`could not see what is left in ${table}: ${reply.summary.value}`];
    const now = instancesIn(reply).filter((path) => tableOf(path) === table);
    const extra = now.filter((path) => !before.has(path));
    const said: string[] = [];
    for (const instance of extra) {
      const deleted = await controller.delete([instance]);
      const done = deletedIn(deleted).includes(instance);
      said.push(`left ${instance}; ${done ? "deleted" : `could not be deleted: ${deleted.summary.value}`}`);
    }
    const gone = [...before].filter((path) => !now.includes(path));
    return gone.length === 0 ? said : [...said, `${few(gone)} is gone and cannot be put back`];
  }

  /** Instances of a table, as far as the parameters in them show them. */
  #instancesBefore(table: string): ReadonlySet<string> {
    const names = [...this.#before.keys()].filter((name) => name.startsWith(table));
    return new Set(names.flatMap((name) => /^\d+\./.exec(name.slice(table.length))?.map((number) => table + number) ?? []));
  }

  async #values(controller: Controller, parameters: readonly string[]): Promise<readonly string[]> {
    const known = parameters.filter((name) => this.#before.has(name) && !this.#isVolatile(name));
    if (known.length === 0) return [];
    const now = parametersIn(await controller.get(known));
    const changed = known.filter((name) => now.has(name) && (now.get(name)?.value ?? "") !== this.#before.get(name));
    const said: string[] = [];
    for (const full of changed) {
      const [was = "", is = ""] = [this.#before.get(full), now.get(full)?.value];
      const cut = full.lastIndexOf(".") + 1;
      const reply = await controller.set([
        { path: full.slice(0, cut), params: [{ name: full.slice(cut), value: was, required: true }] },
      ]);
      const how = updatedIn(reply).includes(full) ? "put back" : `could not be put back: ${reply.summary.value}`;
      said.push(`left ${full} = ${JSON.stringify(is)} (was ${JSON.stringify(was)}); ${how}`);
    }
    return said;
  }
}
