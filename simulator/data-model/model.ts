import type { Attributes, PhoneState, TableState } from "../state.ts";
import { DEFAULT_SETTINGS } from "./default-settings.ts";
import { INTERNAL_SETTINGS, readInternal } from "./internal-settings.ts";
import type { ObjectNode, ParameterNode, Source } from "./nodes.ts";
import { fitsLine, readSource, writtenMap } from "./phone-map.ts";
import type { ModelSeams } from "./seams.ts";
import { type Running, readSpecial, writeSpecial } from "./special-values.ts";
import { buildTree, type Tree } from "./tree.ts";

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
    const { paramMap, tables } = this.#state;
    this.#tree ??= buildTree(
      {
        paramMap,
        tables,
        isKnown: (setting) => this.knowsSetting(setting),
        notificationSet: (name) => this.#state.attributes[name]?.notification,
      },
      this.#seams,
    );
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

  /** Whether the phone has a setting of this name, its index included. */
  knowsSetting(name: string): boolean {
    return (
      [DEFAULT_SETTINGS, this.#state.settings].some((settings) => Object.hasOwn(settings, name)) || INTERNAL_SETTINGS.has(name)
    );
  }

  /** The param_map as a file, with all that was written into it. */
  mapText(): string {
    const { paramMap, values, attributes } = this.#state;
    return writtenMap(paramMap, values, attributes, this.#seams);
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
        return this.#seams.shownNumber(raw, parameter.type);
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
    const written = this.#state.values[name];
    if (written !== undefined) return this.#seams.writtenValue(source.kind === "static" ? source.text : "", written);
    switch (source.kind) {
      case "static":
        return source.text;
      case "setting":
        return this.#setting(source.key);
      case "special":
        return this.#seams.shownSpecial(
          source.name,
          readSpecial(source.name, source.index, this.#state, this.#running, this.#seams),
        );
      case "mixed":
        return this.#seams.joined(source.pieces.map((piece) => this.#raw(piece, "")));
      case "cell":
        return this.#seams.initialValue(source.column, name, this.#state.values);
      case "count":
        return String(this.#seams.numberOfEntries(this.#state.tables[source.table]?.instances ?? []));
    }
  }

  #setting(key: string): string {
    const { settings } = this.#state;
    if (!this.knowsSetting(key)) return this.#seams.unknownSetting(key);
    const text = settings[key] ?? DEFAULT_SETTINGS[key] ?? "";
    if (this.#seams.readsAgain(text)) return this.#raw(readSource(text, "", this.#seams), "");
    return readInternal(key, this.#state) ?? this.#seams.shownSetting(key, text, settings.mac ?? "");
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
        if (parameter.source.kind === "static" && !this.#fitsLine(parameter.name, text)) return 9007;
        return seams.isShortEnough(text, limits) && seams.isListed(text, limits) && seams.isUrl(text, limits) ? undefined : 9007;
    }
  }

  /** Whether a line of the map can hold a value, and say the same when it is read again. */
  #fitsLine(name: string, text: string): boolean {
    return this.#seams.writtenInLine(text) !== "refused" && fitsLine(this.#state.paramMap, name, text);
  }

  /** Writes a value that `refusal` has nothing against. */
  write(parameter: ParameterNode, text: string): void {
    const { source, name } = parameter;
    const stored = this.#stored(parameter, text);
    if (source.kind === "setting" && this.#seams.writesThrough(source.key)) this.#state.settings[source.key] = stored;
    else if (source.kind === "special") writeSpecial(source.name, source.index, stored, this.#state);
    else if (source.kind === "static" && this.#seams.writtenInLine(stored) === "raw") this.#writeRaw(name, stored);
    else this.#state.values[name] = stored;
  }

  #writeRaw(name: string, stored: string): void {
    const { [name]: _before, ...others } = this.#state.values;
    this.#state.paramMap = writtenMap(this.#state.paramMap, { [name]: stored }, {}, this.#seams);
    this.#state.values = others;
    this.rebuild();
  }

  #stored(parameter: ParameterNode, text: string): string {
    switch (parameter.type) {
      case "boolean":
        return this.#seams.storedBoolean(text.trim(), this.#spelling(parameter));
      case "int":
      case "unsignedInt":
        return this.#seams.storedNumber(text.trim());
      case "dateTime":
        return this.#seams.storedDateTime(text.trim());
      case "string":
        return this.#seams.storedString(text);
    }
  }

  /** What tells how a boolean is spelled: its text so far. A line of the map that has none is spelled as CWMP does. */
  #spelling({ source, name }: ParameterNode): string {
    const text = this.#raw(source, name);
    return text === "" && source.kind !== "setting" ? "false" : text;
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
