import { instanceNumber, parameterAttributes, parameterNames, parameterValues } from "../../../harness/acs/read.ts";
import type { Reply, Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { upload } from "../../snom/support/map.ts";
import { isResponse } from "../../support/answers.ts";
import { comes } from "../../support/contacts.ts";
import { VALUE_CHANGE } from "../../support/local.ts";
import { isObject, undotted } from "../../support/model.ts";
import { rebooted } from "../../support/reboots.ts";
import { reset } from "../../support/resets.ts";
import { afterOwnRequests } from "../../support/sessions.ts";
import { demandEmpty } from "../../support/steps.ts";
import { after, type Judged, type Observation } from "../phone-judge.ts";
import { type Action, actionOf, type Command, type Surroundings, type World, type Writable } from "../phone-model.ts";
import { heard } from "./property.ts";

/** A list of commands on a phone, and what was seen after each of them. */
export interface Trail {
  readonly start: World;
  readonly surroundings: Surroundings;
  readonly seen: readonly Observation[];
}

/** What of a phone commands are tried on. */
export interface Ground {
  /** Tables in which instances are created. */
  readonly tables: readonly string[];
  /** Parameters outside the tables that are written, and what is tried. */
  readonly fixed: ReadonlyMap<string, Writable>;
  readonly surroundings: Surroundings;
  /** Whether each list of commands begins with a factory reset, so that the factory state is known. */
  readonly resets: boolean;
}

type Told = Pick<Observation, "names" | "values" | "notifications">;

/** Runs lists of commands on a phone, each from the same state. */
export class PhoneStage {
  readonly #bench: CwmpBench;
  readonly #ground: Ground;
  readonly #judged: Judged;
  readonly #before: Told;
  #session: Session;
  /** Whether the phone has one of our maps, with the parameters of our own. */
  #hasOwn = false;

  private constructor(bench: CwmpBench, ground: Ground, judged: Judged, session: Session, before: Told) {
    this.#bench = bench;
    this.#ground = ground;
    this.#judged = judged;
    this.#session = session;
    this.#before = before;
  }

  /** Looks at the phone as it is before the first command. */
  static async on(bench: CwmpBench, ground: Ground, judged: Judged): Promise<PhoneStage> {
    const session = await bench.acs.session();
    const before = await tell(session, ground, false);
    return new PhoneStage(bench, ground, judged, session, before);
  }

  /** Carries the commands out one after another, as long as the phone is as it has to be. */
  async run(commands: readonly Command[]): Promise<Trail> {
    const { surroundings } = this.#ground;
    try {
      const start = await this.#begin();
      const seen: Observation[] = [];
      let world = start;
      for (const command of commands) {
        const action = actionOf(command, world, surroundings);
        if (action === undefined) continue;
        const observation = await this.#observe(action, world);
        seen.push(observation);
        const outcome = after(world, observation, start, surroundings, this.#judged);
        if (outcome.findings.length > 0) break;
        world = outcome.world;
      }
      return { start, surroundings, seen };
    } finally {
      await this.#session.end();
    }
  }

  /** Deletes what was created, and puts back what was written. */
  async clear(session: Session): Promise<void> {
    const { tables } = this.#ground;
    const foreign = instancesAmong(this.#before.names.keys());
    for (const table of tables)
      for (const instance of instancesAmong(parameterNames(heard(await session.getParameterNames(table, true))).keys()))
        if (!foreign.includes(instance)) heard(await session.deleteObject(instance));
    const outside = (name: string): boolean => !tables.some((table) => name.startsWith(table));
    const values = [...this.#before.values].filter(([name]) => outside(name));
    if (values.length > 0)
      heard(await session.setParameterValues(values.map(([name, { value, type = "string" }]) => ({ name, value, type }))));
    const attributes = [...this.#before.notifications].flatMap(([name, notification]) =>
      notification === undefined || !outside(name) ? [] : [{ name, notification }],
    );
    if (attributes.length > 0) heard(await session.setParameterAttributes(attributes));
  }

  async #begin(): Promise<World> {
    const { acs, phone } = this.#bench;
    const { tables, fixed, surroundings, resets } = this.#ground;
    const [map] = surroundings.maps;
    if (this.#session.over) this.#session = await acs.session();
    if (resets) await this.#reset();
    else await this.clear(this.#session);
    if (map !== undefined && !resets && (await phone.snom.paramMap()) !== map) await this.#upload(map);
    const { names, values, notifications } = await this.#tell();
    return {
      tables,
      foreign: new Set(instancesAmong(names.keys())),
      instances: new Map(),
      gone: new Set(),
      writable: this.#hasOwn ? new Map([...fixed, ...surroundings.own]) : fixed,
      values: new Map([...values].filter(([name]) => !isInside(name, tables)).map(([name, { value }]) => [name, value])),
      notifications: new Map(
        [...notifications].flatMap(([name, value]) => (value === undefined || isInside(name, tables) ? [] : [[name, value]])),
      ),
      map: map === undefined ? undefined : await phone.snom.paramMap(),
    };
  }

  async #observe(action: Action, world: World): Promise<Observation> {
    const { reply, instance } = await this.#do(action, world);
    const told = await this.#tell();
    // A page of its own: it is fetched only when there may be something else in it.
    const shown = world.map !== undefined && action.kind !== "add";
    const map = shown ? await this.#bench.phone.snom.paramMap() : undefined;
    const { where } = this.#session.exchanges.at(-1) ?? this.#session.inform;
    return { action, reply, instance, ...told, map, where };
  }

  /** Carries an action out; a session is open before and afterwards. */
  async #do(action: Action, world: World): Promise<Pick<Observation, "reply" | "instance">> {
    const session = this.#session;
    switch (action.kind) {
      case "add": {
        const reply = heard(await session.addObject(action.table));
        const { value } = instanceNumber(reply);
        return {
          ...answered(reply, "AddObject"),
          instance: value === undefined ? undefined : `${undotted(action.table)}.${value}.`,
        };
      }
      case "delete":
        return answered(heard(await session.deleteObject(action.instance)), "DeleteObject");
      case "write":
        return answered(heard(await session.setParameterValues([action])), "SetParameterValues");
      case "notify":
        return answered(heard(await session.setParameterAttributes([action])), "SetParameterAttributes");
      case "reboot":
        this.#session = await rebooted(this.#bench, session);
        break;
      case "reset":
        await this.#reset();
        break;
      case "change":
        await this.#change(action.name, action.value, world.notifications.get(action.name) === 2);
        break;
      case "upload":
        await this.#upload(action.map);
        break;
    }
    return { reply: { ok: true, value: action.kind, where: this.#session.inform.where }, instance: undefined };
  }

  async #change(name: string, value: string, opensSession: boolean): Promise<void> {
    const { acs, phone } = this.#bench;
    await this.#session.end();
    const change = (): Promise<void> => phone.changeLocally(name, value);
    const came = opensSession ? await comes(acs, { trigger: change, event: VALUE_CHANGE }) : await change();
    this.#session = came ?? (await acs.session());
  }

  async #upload(map: string): Promise<void> {
    await this.#session.end();
    await upload(this.#bench, map);
    this.#session = await this.#bench.acs.session();
    this.#hasOwn = true;
  }

  async #reset(): Promise<void> {
    this.#session = await reset(this.#bench, this.#session);
    demandEmpty(await afterOwnRequests(this.#session, await this.#session.informResponse()));
    this.#hasOwn = false;
  }

  #tell(): Promise<Told> {
    return tell(this.#session, this.#ground, this.#hasOwn);
  }
}

/** Everything that commands can change, in a question for each table and two more. */
async function tell(session: Session, { tables, fixed, surroundings }: Ground, hasOwn: boolean): Promise<Told> {
  const { local, own } = surroundings;
  const names = new Map<string, boolean | undefined>();
  for (const table of tables)
    for (const { name, writable } of parameterNames(heard(await session.getParameterNames(table, false))).values())
      names.set(name, writable);
  // Where commands create and delete alone, that is all there is to see.
  if (fixed.size + own.size === 0 && local === undefined) return { names, values: new Map(), notifications: new Map() };
  // Some phones fault the path of a table that is empty.
  const filled = tables.filter((table) => [...names.keys()].some((name) => name.startsWith(table) && !isObject(name)));
  const others = [...(hasOwn ? own.keys() : []), ...(local === undefined ? [] : [local.name])];
  const valuesOf = [...filled, ...fixed.keys(), ...others];
  const attributesOf = [...filled, ...others];
  const values = valuesOf.length === 0 ? new Map() : parameterValues(heard(await session.getParameterValues(valuesOf)));
  const attributes =
    attributesOf.length === 0 ? new Map() : parameterAttributes(heard(await session.getParameterAttributes(attributesOf)));
  return { names, values, notifications: new Map([...attributes].map(([name, { notification }]) => [name, notification])) };
}

const isInside = (name: string, tables: readonly string[]): boolean => tables.some((table) => name.startsWith(table));

const instancesAmong = (names: Iterable<string>): readonly string[] => [...names].filter((name) => /\.\d+\.$/.test(name));

function answered(reply: Reply, method: string): Pick<Observation, "reply" | "instance"> {
  const { value, where } = reply.summary;
  return { reply: { ok: isResponse(reply, method), value, where }, instance: undefined };
}
