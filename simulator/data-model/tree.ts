import type { TableState } from "../state.ts";
import type { LineSource, ObjectNode, ParameterNode } from "./nodes.ts";
import { readDefinitions } from "./phone-map.ts";
import type { ModelSeams, ValueShape } from "./seams.ts";
import { isWritableSpecial, settingsOfSpecial } from "./special-values.ts";
import { isDeniable, isHidden, limitsOf } from "./standard.ts";
import { type Column, TABLES, type TableShape } from "./tables.ts";

export interface Tree {
  readonly root: ObjectNode;
  readonly objects: ReadonlyMap<string, ObjectNode>;
  readonly parameters: ReadonlyMap<string, ParameterNode>;
  /** Names of the parameters that a setting shows in. */
  readonly bySetting: ReadonlyMap<string, readonly string[]>;
}

/** What a tree is made of: the map, the instances of tables, and which settings the phone knows. */
export interface Ground {
  readonly paramMap: string;
  readonly tables: Readonly<Record<string, TableState>>;
  isKnown(setting: string): boolean;
  /** The notification that an ACS has set for a parameter. */
  notificationSet(name: string): number | undefined;
}

/** The data model that a map and the instances of tables make. */
export function buildTree({ paramMap, tables, isKnown, notificationSet }: Ground, seams: ModelSeams): Tree {
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

  for (const { name, type, modifier, source } of readDefinitions(paramMap, seams)) {
    if (!seams.isSupported(modifier)) continue;
    const settings = settingsIn(source);
    addParameter({
      kind: "parameter",
      name,
      type,
      get writable() {
        const notification = notificationSet(name);
        const now = notification === undefined ? modifier : seams.modifierAfter(modifier, notification);
        return seams.isWritable(now, shapeOf(source, isKnown, seams));
      },
      modifier,
      source,
      hidden: isHidden(name) || settings.some(seams.hidesSetting),
      deniable: isDeniable(name),
      limits: limitsOf(name, type),
    });
    for (const key of settings) {
      const others = bySetting.get(key);
      if (others === undefined) bySetting.set(key, [name]);
      else others.push(name);
    }
  }
  for (const [parent, shapes] of Object.entries(TABLES)) for (const shape of shapes) addTable(parent, shape);
  return { root, objects, parameters, bySetting };
}

function shapeOf(source: LineSource, isKnown: (setting: string) => boolean, seams: ModelSeams): ValueShape {
  if (source.kind === "special") return isWritableSpecial(source.name) ? "writable special" : "special";
  if (source.kind !== "setting") return source.kind;
  if (!isKnown(source.key)) return "unknown setting";
  return seams.settingMayChange(source.key, "", "acs") ? "setting" : "fixed setting";
}

/** Settings that a value is made of, each once. */
function settingsIn(source: LineSource): readonly string[] {
  switch (source.kind) {
    case "static":
      return [];
    case "setting":
      return [source.key];
    case "special":
      return settingsOfSpecial(source.name, source.index);
    case "mixed":
      return [...new Set(source.pieces.flatMap(settingsIn))];
  }
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
