import { type MapType, type Modifier, parseParamMap, parseValue, type ValuePart } from "../../schema/param-map.ts";
import type { TableState } from "../state.ts";
import type { ModelSeams, ValueShape } from "./seams.ts";
import { isWritableSpecial } from "./special-values.ts";
import { isDeniable, isHidden, type Limits, limitsOf } from "./standard.ts";
import { type Column, TABLES, type TableShape } from "./tables.ts";

/** Where a parameter's value lives. */
export type Source =
  | { readonly kind: "static"; readonly text: string }
  | { readonly kind: "setting"; readonly key: string }
  | { readonly kind: "special"; readonly name: string; readonly index: string }
  | { readonly kind: "mixed"; readonly pieces: readonly Source[] }
  | { readonly kind: "cell"; readonly column: Column }
  | { readonly kind: "count"; readonly table: string };

export interface ParameterNode {
  readonly kind: "parameter";
  readonly name: string;
  readonly type: MapType;
  readonly writable: boolean;
  readonly hidden: boolean;
  readonly deniable: boolean;
  readonly limits: Limits;
  /** Absent in instances that an ACS made. */
  readonly modifier: Modifier | undefined;
  readonly source: Source;
}

export interface ObjectNode {
  readonly kind: "object";
  /** Path with the dot at its end. */
  readonly name: string;
  /** For a table whether instances can be added, for an instance whether it can be deleted. */
  readonly writable: boolean;
  /** Of a table that AddObject may know. */
  readonly table: TableShape | undefined;
  readonly children: ModelNode[];
}

export type ModelNode = ParameterNode | ObjectNode;

export interface Tree {
  readonly root: ObjectNode;
  readonly objects: ReadonlyMap<string, ObjectNode>;
  readonly parameters: ReadonlyMap<string, ParameterNode>;
  /** Names of the parameters that a setting shows in. */
  readonly bySetting: ReadonlyMap<string, readonly string[]>;
}

interface Definition {
  readonly name: string;
  readonly type: MapType;
  readonly modifier: Modifier;
  readonly source: Source;
  readonly shape: ValueShape;
}

/** The map that was read last: phones come and go with the same one. */
let lastRead: { text: string; definitions: readonly Definition[] } = { text: "", definitions: [] };

/** The data model that a map and the instances in `tables` make. Of two lines with one name the last counts. */
export function buildTree(mapText: string, tables: Readonly<Record<string, TableState>>, seams: ModelSeams): Tree {
  const objects = new Map<string, ObjectNode>();
  const parameters = new Map<string, ParameterNode>();
  const bySetting = new Map<string, string[]>();
  const root: ObjectNode = { kind: "object", name: "Device.", writable: false, table: undefined, children: [] };
  objects.set(root.name, root);

  const objectAt = (path: string): ObjectNode => {
    const known = objects.get(path);
    return known ?? addObject(path, false, undefined);
  };
  const addObject = (path: string, writable: boolean, table: TableShape | undefined): ObjectNode => {
    const parent = objectAt(path.slice(0, path.lastIndexOf(".", path.length - 2) + 1));
    const node: ObjectNode = { kind: "object", name: path, writable, table, children: [] };
    parent.children.push(node);
    objects.set(path, node);
    return node;
  };
  const addParameter = (node: ParameterNode): void => {
    objectAt(node.name.slice(0, node.name.lastIndexOf(".") + 1)).children.push(node);
    parameters.set(node.name, node);
  };
  const addTable = (parent: string, shape: TableShape): void => {
    const path = `${parent}${shape.name}.`;
    addParameter(counter(`${parent}${shape.name}NumberOfEntries`, path));
    addObject(path, shape.creatable, shape);
    for (const number of tables[path]?.instances ?? []) {
      const instance = `${path}${number}.`;
      addObject(instance, shape.creatable, undefined);
      for (const column of shape.columns) addParameter(cell(instance, column));
      for (const inner of seams.tablesInside(shape)) addTable(instance, inner);
    }
  };

  for (const { name, type, modifier, source, shape } of readDefinitions(mapText)) {
    if (!seams.isSupported(modifier)) continue;
    const writable = seams.isWritable(modifier, shape);
    addParameter({
      kind: "parameter",
      name,
      type,
      writable,
      modifier,
      source,
      hidden: isHidden(name),
      deniable: isDeniable(name),
      limits: limitsOf(name, type),
    });
    for (const key of settingsIn(source)) bySetting.set(key, [...(bySetting.get(key) ?? []), name]);
  }
  for (const [parent, shapes] of Object.entries(TABLES)) for (const shape of shapes) addTable(parent, shape);
  return { root, objects, parameters, bySetting };
}

function readDefinitions(text: string): readonly Definition[] {
  if (lastRead.text === text) return lastRead.definitions;
  const byName = new Map<string, Definition>();
  for (const line of parseParamMap(text).lines) {
    if (line.kind !== "parameter") continue;
    const sources = parseValue(line.value).map((part) => sourceOf(part, line.name));
    const [first = { kind: "static", text: "" } as const] = sources;
    const source: Source = sources.length > 1 ? { kind: "mixed", pieces: sources } : first;
    byName.set(line.name, { name: line.name, type: line.type, modifier: line.modifier, source, shape: shapeOf(source) });
  }
  lastRead = { text, definitions: [...byName.values()] };
  return lastRead.definitions;
}

function sourceOf(part: ValuePart, name: string): Source {
  if (part.kind === "text") return { kind: "static", text: part.text };
  const index = part.index === "n" ? (/\.(\d+)\.(?!.*\.\d+\.)/.exec(name)?.[1] ?? "") : (part.index ?? "");
  if (part.kind === "special") return { kind: "special", name: part.name, index };
  return { kind: "setting", key: part.name + index };
}

function shapeOf(source: Source): ValueShape {
  if (source.kind === "special") return isWritableSpecial(source.name) ? "writable special" : "special";
  return source.kind === "static" || source.kind === "setting" ? source.kind : "mixed";
}

function settingsIn(source: Source): readonly string[] {
  if (source.kind === "setting") return [source.key];
  return source.kind === "mixed" ? source.pieces.flatMap(settingsIn) : [];
}

const counter = (name: string, table: string): ParameterNode => ({
  kind: "parameter",
  name,
  type: "unsignedInt",
  writable: false,
  hidden: false,
  deniable: false,
  limits: {},
  modifier: "!=",
  source: { kind: "count", table },
});

const cell = (instance: string, column: Column): ParameterNode => ({
  kind: "parameter",
  name: instance + column.name,
  type: column.type,
  writable: true,
  hidden: false,
  deniable: false,
  limits: column.limits,
  modifier: undefined,
  source: { kind: "cell", column },
});
