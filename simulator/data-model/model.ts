import type { Attributes, PhoneState, TableState } from "../state.ts";
import type { ModelSeams } from "./seams.ts";
import { type Running, readSpecial, writeSpecial } from "./special-values.ts";
import { buildTree, type ObjectNode, type ParameterNode, type Source, type Tree } from "./tree.ts";

/** Why a value cannot be written: fault codes of TR-069 A.5.1. */
export type WriteFault = 9005 | 9006 | 9007 | 9008;

/**
 * The phone's data model: the parameters of its map and tables, over the state that they show. It knows nothing of messages;
 * what an ACS may do and what comes of it is decided in `cwmp/`.
 */
export class DataModel {
  readonly #state: PhoneState;
  readonly #running: Running;
  readonly #seams: ModelSeams;
  #tree: Tree | undefined;

  constructor(state: PhoneState, running: Running, seams: ModelSeams) {
    this.#state = state;
    this.#running = running;
    this.#seams = seams;
  }

  get #current(): Tree {
    this.#tree ??= buildTree(this.#state.paramMap, this.#state.tables, this.#seams);
    return this.#tree;
  }

  /** To be called when the map, or the instances of a table, are others than before. */
  rebuild(): void {
    this.#tree = undefined;
  }

  get root(): ObjectNode {
    return this.#current.root;
  }

  parameter(name: string): ParameterNode | undefined {
    const { parameters } = this.#current;
    return parameters.get(name) ?? this.#seams.findParameter(parameters, name);
  }

  /** `path` ends with a dot. */
  object(path: string): ObjectNode | undefined {
    const { objects } = this.#current;
    return objects.get(path) ?? this.#seams.findObject(objects, path);
  }

  /** Every parameter below an object, in the model's order. */
  parametersBelow(object: ObjectNode): ParameterNode[] {
    return object.children.flatMap((child) => (child.kind === "object" ? this.parametersBelow(child) : [child]));
  }

  /** Parameters in which a setting shows. */
  parametersOf(setting: string): readonly ParameterNode[] {
    const { bySetting, parameters } = this.#current;
    return (bySetting.get(setting) ?? []).flatMap((name) => parameters.get(name) ?? []);
  }

  /** Whether there is a parameter of this name or an object at this path. */
  has(name: string): boolean {
    return this.#current.parameters.has(name) || this.#current.objects.has(name);
  }

  /** What an ACS reads. */
  read(parameter: ParameterNode): string {
    const value = this.value(parameter);
    return parameter.hidden ? this.#seams.shownHidden(value) : value;
  }

  /** The value itself in its CWMP form, also of what an ACS may not read. */
  value(parameter: ParameterNode): string {
    const raw = this.#raw(parameter.source, parameter.name);
    switch (parameter.type) {
      case "boolean":
        return this.#seams.shownBoolean(raw);
      case "int":
      case "unsignedInt":
        return this.#seams.shownNumber(raw);
      case "dateTime":
        return this.#seams.shownDateTime(raw);
      case "string":
        return this.#seams.shownString(raw);
    }
  }

  /** The value by name; empty when the map has no such parameter. */
  valueOf(name: string): string {
    const parameter = this.#current.parameters.get(name);
    return parameter === undefined ? "" : this.value(parameter);
  }

  #raw(source: Source, name: string): string {
    switch (source.kind) {
      case "static":
        return this.#state.values[name] ?? source.text;
      case "setting":
        return this.#state.settings[source.key] ?? "";
      case "special":
        return readSpecial(source.name, source.index, this.#state, this.#running);
      case "mixed":
        return source.pieces.map((piece) => (piece.kind === "static" ? piece.text : this.#raw(piece, name))).join("");
      case "cell":
        return this.#state.values[name] ?? this.#seams.initialValue(source.column, name, this.#state.values);
      case "count":
        return String(this.#seams.numberOfEntries(this.#state.tables[source.table]?.instances ?? []));
    }
  }

  /** Why `text`, said to be of `type`, is no value for a parameter; undefined when it is one. */
  refusal(parameter: ParameterNode, text: string, type: string | undefined): 9006 | 9007 | undefined {
    const { limits } = parameter;
    const seams = this.#seams;
    if (!seams.isTypeOf(parameter.type, type)) return 9006;
    const trimmed = text.trim();
    switch (parameter.type) {
      case "boolean":
        return seams.isBoolean(trimmed) ? undefined : 9007;
      case "int":
        return seams.isInt(trimmed) && seams.isInRange(Number(trimmed), limits) ? undefined : 9007;
      case "unsignedInt":
        return seams.isUnsignedInt(trimmed) && seams.isInRange(Number(trimmed), limits) ? undefined : 9007;
      case "dateTime":
        return seams.isDateTime(trimmed) ? undefined : 9007;
      case "string":
        return seams.isShortEnough(text, limits) && seams.isListed(text, limits) && seams.isUrl(text, limits) ? undefined : 9007;
    }
  }

  /** Writes a value that `refusal` has nothing against. */
  write(parameter: ParameterNode, text: string): void {
    const { source, name } = parameter;
    const stored = this.#stored(parameter, text);
    if (source.kind === "setting") this.#state.settings[source.key] = stored;
    else if (source.kind === "special") writeSpecial(source.name, source.index, stored, this.#state);
    else this.#state.values[name] = stored;
  }

  #stored(parameter: ParameterNode, text: string): string {
    switch (parameter.type) {
      case "boolean":
        return this.#seams.storedBoolean(text.trim(), this.#raw(parameter.source, parameter.name));
      case "int":
      case "unsignedInt":
        return this.#seams.storedNumber(text.trim());
      case "dateTime":
        return this.#seams.storedDateTime(text.trim());
      case "string":
        return this.#seams.storedString(text);
    }
  }

  attributes(parameter: ParameterNode): Attributes {
    const kept = this.#state.attributes[parameter.name];
    if (kept !== undefined) return kept;
    if (parameter.modifier === undefined) return this.#seams.newAttributes(parameter.name, this.#state.attributes);
    return {
      notification: this.#seams.defaultNotification(parameter.modifier, parameter.name),
      accessList: this.#seams.defaultAccessList(parameter.modifier),
    };
  }

  setAttributes(name: string, attributes: Attributes): void {
    this.#state.attributes[name] = attributes;
  }

  /** Adds an instance to a table and gives its number; undefined when no more fit. */
  addInstance(table: ObjectNode): number | undefined {
    const known: TableState = this.#state.tables[table.name] ?? { highest: 0, instances: [] };
    if (this.#seams.isFull(known.instances, table.table?.max ?? 0, table.name)) return undefined;
    const number = this.#seams.nextInstance(known);
    this.#state.tables[table.name] = { highest: Math.max(known.highest, number), instances: [...known.instances, number] };
    this.rebuild();
    return number;
  }

  /** Deletes the instance at `path` with all that belongs to it. */
  deleteInstance(path: string): void {
    const cut = path.lastIndexOf(".", path.length - 2) + 1;
    const table = this.#state.tables[path.slice(0, cut)];
    if (table !== undefined) table.instances = this.#seams.instancesWithout(table.instances, Number(path.slice(cut, -1)));
    this.#state.values = this.#seams.withoutBranch(this.#state.values, path);
    this.#state.attributes = this.#seams.withoutBranch(this.#state.attributes, path);
    this.#state.tables = this.#seams.tablesWithout(this.#state.tables, path);
    this.rebuild();
  }
}
