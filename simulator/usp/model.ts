import type { DataModel } from "../data-model/model.ts";
import type { ParameterNode } from "../data-model/nodes.ts";
import type { Device } from "../device.ts";
import type { DeviceKind } from "../device-kind.ts";
import type { PhoneState } from "../state.ts";
import { withoutReferences } from "./dangling.ts";
import { deliveredUsp } from "./delivered.ts";
import { SUBSCRIPTION_TABLE, schemaOf } from "./schema.ts";
import type { UspAgentSeams } from "./seams.ts";
import type { ParameterShape } from "./shape.ts";
import { parentOf, type SupportedModel, type SupportedObject, supportedBy, supportedPath } from "./supported.ts";

/** Values that the agent knows and keeps nowhere, by path; undefined for all others. */
export type LiveValues = (path: string) => string | undefined;

/** Why a value cannot be written: error codes of TR-369. */
export type WriteError = 7010 | 7011 | 7012 | 7013;

/** Everything that a message may change, to put it back when it fails as a whole. */
type Memento = Pick<PhoneState, "settings" | "values" | "attributes" | "paramMap" | "tables" | "usp">;

/**
 * The data model as the USP agent shows it: the phone's own, which CWMP shows too, and the agent's tree `Device.LocalAgent.` over it.
 * A parameter of the param_map is read and written there, whatever instance of the agent's it belongs to.
 */
export class UspModel {
  readonly #state: PhoneState;
  readonly #model: DataModel;
  readonly #seams: UspAgentSeams;
  readonly #live: LiveValues;
  readonly #kind: DeviceKind;
  #supported: { readonly of: unknown; readonly model: SupportedModel } | undefined;

  constructor({ kind, state, model, seams }: Pick<Device, "kind" | "state" | "model" | "seams">, live: LiveValues) {
    this.#kind = kind;
    this.#state = state;
    this.#model = model;
    this.#seams = seams.usp;
    this.#live = live;
  }

  /** How many controllers the device is delivered with; their instance numbers come first. */
  get deliveredControllers(): number {
    return this.#kind === "snom" ? 2 : 1;
  }

  get supported(): SupportedModel {
    const { root } = this.#model;
    if (this.#supported?.of !== root) this.#supported = { of: root, model: supportedBy(this.#model, schemaOf(this.#kind)) };
    return this.#supported.model;
  }

  /** The supported object of an instance, a table or a single object; `path` ends with a dot. */
  shape(path: string): SupportedObject | undefined {
    const supported = supportedPath(path);
    return this.supported.get(supported) ?? this.supported.get(`${supported}{i}.`);
  }

  parameter(path: string): ParameterShape | undefined {
    return this.supported.get(supportedPath(parentOf(path)))?.parameters.get(path.slice(path.lastIndexOf(".") + 1));
  }

  /** Instance numbers of a table. */
  instances(table: string): readonly number[] {
    const shape = this.supported.get(`${supportedPath(table)}{i}.`);
    if (shape === undefined) return [];
    if (!shape.isOwn)
      return (this.#model.object(table)?.children ?? []).flatMap(({ kind, name }) =>
        kind === "object" ? Number(name.slice(table.length, -1)) : [],
      );
    const { instances = [] } = this.#state.usp.tables[table] ?? {};
    return table === SUBSCRIPTION_TABLE ? instances.filter((one) => this.#isSubscription(`${table}${one}.`)) : instances;
  }

  /** A subscription of the map is one as long as it is switched on and has an ID. */
  #isSubscription(path: string): boolean {
    const id = this.#model.parameter(`${path}ID`);
    return id === undefined || (this.#model.value(id) !== "" && this.isOn(`${path}Enable`));
  }

  /** Whether an object is in the instantiated data model. */
  has(path: string): boolean {
    const parts = [...path.matchAll(/\.(\d+)\./g)];
    return (
      this.shape(path) !== undefined &&
      parts.every(({ index, 1: number }) => this.instances(path.slice(0, index + 1)).includes(Number(number)))
    );
  }

  /** Whether an object or parameter of the supported data model is there in this place: instances of the map differ in what they have. */
  isThere(path: string): boolean {
    if (path.endsWith(".")) return this.shape(path)?.isOwn === true || this.#model.object(path) !== undefined;
    return this.parameter(path)?.isOfMap !== true || this.#model.parameter(path) !== undefined;
  }

  /** Names of the parameters of an object. */
  names(object: string): readonly string[] {
    return [...(this.shape(object)?.parameters.keys() ?? [])].filter((name) => this.isThere(object + name));
  }

  /** What a controller reads. */
  value(path: string): string {
    const live = this.#live(path);
    if (live !== undefined) return live;
    const parameter = this.#model.parameter(path);
    if (parameter !== undefined) return this.#model.read(parameter);
    const kept = this.#state.usp.values[path];
    if (kept !== undefined) return kept;
    const shape = this.parameter(path);
    const table = /^(.*\.)(\w+)NumberOfEntries$/.exec(path);
    if (table !== null && this.shape(`${table[1]}${table[2]}.`)?.isTable)
      return String(this.instances(`${table[1]}${table[2]}.`).length);
    return shape?.initial ?? "";
  }

  /** A value itself, also of what nobody may read. */
  secret(path: string): string {
    const own = this.#model.parameter(path);
    return own === undefined ? (this.#state.usp.values[path] ?? "") : this.#model.value(own);
  }

  /** Whether a boolean holds, however the phone spells it. */
  isOn(path: string): boolean {
    return /^(true|1)$/.test(this.value(path));
  }

  /** Why `text` is no value that a controller may write; undefined when it is one. */
  refusal(path: string, text: string, isNew: boolean): WriteError | undefined {
    const shape = this.parameter(path);
    if (shape === undefined) return 7010;
    const own = this.#model.parameter(path);
    if (!this.#seams.mayWrite(own?.writable === false ? "read" : shape.access, isNew, shape.name)) return 7013;
    if (!this.#seams.isOfType(shape.type, text)) return 7011;
    const isGood =
      own === undefined ? this.#seams.isAllowed(shape, text) : this.#model.refusal(own, text, undefined) === undefined;
    return isGood && (shape.pattern?.test(text) ?? true) ? undefined : 7012;
  }

  /** Writes a value that `refusal` has nothing against. */
  write(path: string, text: string): void {
    const own = this.#model.parameter(path);
    const shape = this.parameter(path);
    if (own !== undefined) this.#model.write(own, text);
    else if (shape !== undefined) this.#state.usp.values[path] = this.#seams.kept(shape.type, text);
  }

  /** Sets a value that no controller may write. */
  set(path: string, text: string): void {
    this.#state.usp.values[path] = text;
  }

  /** The parameter of the phone's own data model behind a path. */
  own(path: string): ParameterNode | undefined {
    return this.#model.parameter(path);
  }

  /** Adds an instance to a table, and gives its path; undefined when no more fit. */
  add(table: string, now: number): string | undefined {
    const shape = this.supported.get(`${supportedPath(table)}{i}.`);
    const object = this.#model.object(table);
    if (shape === undefined || (!shape.isOwn && object === undefined)) return undefined;
    if (!shape.isOwn && object !== undefined) {
      const added = this.#model.addInstance(object);
      return added === undefined ? undefined : `${table}${added}.`;
    }
    const { highest, instances } = this.#state.usp.tables[table] ?? { highest: 0, instances: [] };
    if (instances.length >= shape.max) return undefined;
    const number = this.#seams.instanceNumber(highest, instances);
    this.#state.usp.tables[table] = { highest: Math.max(highest, number), instances: [...instances, number] };
    this.#state.usp.made[`${table}${number}.`] = now;
    return `${table}${number}.`;
  }

  /** Deletes an instance with all that is inside it. */
  delete(path: string): void {
    if (this.shape(path)?.isOwn === true) this.#deleteOwn(path);
    else this.#model.deleteInstance(path);
  }

  #deleteOwn(path: string): void {
    const table = parentOf(path);
    const { usp } = this.#state;
    const kept = usp.tables[table];
    const number = Number(path.slice(table.length, -1));
    const id = table === SUBSCRIPTION_TABLE ? this.#model.parameter(`${path}ID`) : undefined;
    const delivered =
      id?.writable === true ? Object.entries(deliveredUsp(this.#kind).values).filter(([name]) => name.startsWith(path)) : [];
    // A subscription of the map has lost its ID, and is there again when it is given another.
    if (id?.writable === true) this.#model.write(id, "");
    else if (kept !== undefined) usp.tables[table] = { ...kept, instances: kept.instances.filter((one) => one !== number) };
    const outside = <T>(byPath: Readonly<Record<string, T>>): Record<string, T> =>
      Object.fromEntries(Object.entries(byPath).filter(([name]) => !name.startsWith(path)));
    const left = withoutReferences(
      outside(usp.values),
      path,
      (one) => this.parameter(one),
      (isList) => this.#seams.dropsReference(isList),
    );
    usp.values = { ...left, ...Object.fromEntries(delivered) };
    usp.made = outside(usp.made);
    usp.tables = outside(usp.tables);
  }

  /** The agent has started. */
  boot(): void {
    const { tables } = this.#state.usp;
    for (const [table, kept] of Object.entries(tables))
      tables[table] = { ...kept, instances: [...this.#seams.instancesAfterBoot(kept.instances, table)] };
  }

  /** Names and values of the keys of an instance. */
  keysOf(path: string): Readonly<Record<string, string>> {
    const names = new Set(this.shape(path)?.keys.flat());
    return Object.fromEntries([...names].map((name) => [name, this.value(path + name)]));
  }

  memento(): Memento {
    const { settings, values, attributes, paramMap, tables, usp } = this.#state;
    return structuredClone({ settings, values, attributes, paramMap, tables, usp });
  }

  restore(memento: Memento): void {
    Object.assign(this.#state, memento);
    this.#model.rebuild();
  }
}
