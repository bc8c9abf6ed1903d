import type { DataModel } from "../data-model/model.ts";
import type { ObjectNode, ParameterNode } from "../data-model/nodes.ts";
import type { TableShape } from "../data-model/tables.ts";
import type { CommandShape, EventShape, ObjectShape, ParameterShape } from "./shape.ts";

/** An object of the agent's supported data model. */
export interface SupportedObject {
  /** In the notation of the supported data model; a table's ends with `{i}.` */
  readonly path: string;
  readonly isTable: boolean;
  readonly creatable: boolean;
  readonly max: number;
  /** Whether its instances are the agent's own, not those of the param_map or of a table that CWMP knows too. */
  readonly isOwn: boolean;
  readonly keys: readonly (readonly string[])[];
  readonly parameters: Map<string, ParameterShape>;
  readonly commands: readonly CommandShape[];
  readonly events: readonly EventShape[];
  readonly children: SupportedObject[];
}

/** By path. Objects come before what is inside them. */
export type SupportedModel = ReadonlyMap<string, SupportedObject>;

export const ROOT = "Device.";

/** The path in the supported data model of an object, parameter, command or event that there is. */
export const supportedPath = (path: string): string => path.replace(/\.\d+(?=\.)/g, ".{i}");

/** The path of the object that holds what `path` names. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf(".", path.length - 2) + 1);

/** The table's own path, by that of its instances. */
export const tableOf = (path: string): string => path.replace(/\{i\}\.$/, "");

/** All that the agent supports: its schema, and whatever the phone's own data model has beside it. */
export function supportedBy(model: DataModel, schema: readonly ObjectShape[]): SupportedModel {
  const objects = new Map<string, SupportedObject>();
  const add = (path: string, rest: Partial<SupportedObject> = {}): SupportedObject => {
    const known = objects.get(path);
    if (known !== undefined) return known;
    const isTable = path.endsWith(".{i}.");
    const made: SupportedObject = {
      path,
      isTable,
      creatable: false,
      max: 0,
      isOwn: false,
      keys: [],
      commands: [],
      events: [],
      ...rest,
      parameters: new Map(),
      children: [],
    };
    if (path !== ROOT) add(parentOf(tableOf(path))).children.push(made);
    objects.set(path, made);
    return made;
  };

  for (const { parameters, ...shape } of schema) {
    const made = add(shape.path, { ...shape, isOwn: true });
    for (const parameter of parameters) made.parameters.set(parameter.name, parameter);
    if (!made.isTable) continue;
    const counter = tableOf(shape.path).split(".").at(-2);
    addParameter(add(parentOf(tableOf(shape.path))), {
      name: `${counter}NumberOfEntries`,
      type: "unsignedInt",
      access: "read",
      initial: "0",
      limits: {},
    });
  }
  const addTable = (path: string, { name, creatable, max, columns, tables }: TableShape): void => {
    const made = add(`${path}${name}.{i}.`, { creatable, max });
    for (const { name: column, type, initial, limits } of columns)
      addParameter(made, { name: column, type, access: "write", initial, limits, isOfMap: true });
    for (const inner of tables) addTable(made.path, inner);
  };
  const visit = (node: ObjectNode): void => {
    if (node.table !== undefined) addTable(parentOf(supportedPath(node.name)), node.table);
    for (const child of node.children)
      if (child.kind === "object") visit(child);
      else addParameter(add(parentOf(supportedPath(child.name))), shapeOf(child));
  };
  visit(model.root);
  return objects;
}

function addParameter({ parameters }: SupportedObject, shape: ParameterShape): void {
  if (!parameters.has(shape.name)) parameters.set(shape.name, shape);
}

/** Parameters that change by themselves. */
const RESTLESS = /UpTime$|CurrentLocalTime$|DeviceLog$|^Total(?:Bytes|Packets)/;

function shapeOf({ name, type, writable, limits }: ParameterNode): ParameterShape {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return {
    name: last,
    type,
    access: writable ? "write" : "read",
    initial: "",
    limits,
    isOfMap: true,
    ...(RESTLESS.test(last) ? { restless: true } : {}),
  };
}
