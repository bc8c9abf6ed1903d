import type { MapType, Modifier } from "../../schema/param-map.ts";
import type { Limits } from "./standard.ts";
import type { Column, TableShape } from "./tables.ts";

/** Where the value of a line's parameter lives. */
export type LineSource =
  | { readonly kind: "static"; readonly text: string }
  | { readonly kind: "setting"; readonly key: string }
  | { readonly kind: "special"; readonly name: string; readonly index: string }
  | { readonly kind: "mixed"; readonly pieces: readonly LineSource[] };

/** Where a parameter's value lives. */
export type Source =
  | LineSource
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
