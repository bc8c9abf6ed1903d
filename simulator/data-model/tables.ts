import type { MapType } from "../../schema/param-map.ts";
import type { Limits } from "./standard.ts";

export interface Column {
  readonly name: string;
  readonly type: MapType;
  readonly initial: string;
  readonly limits: Limits;
}

/** A table that no line of a map can describe, because its instances come and go. */
export interface TableShape {
  /** Name of the table's object, without dots. */
  readonly name: string;
  /** Whether AddObject and DeleteObject work on it. */
  readonly creatable: boolean;
  /** How many instances fit. */
  readonly max: number;
  readonly columns: readonly Column[];
  /** Tables inside every instance. */
  readonly tables: readonly TableShape[];
}

const text = (name: string, length: number): Column => ({ name, type: "string", initial: "", limits: { length } });

/** Tables by the object that holds them. Each has a counter beside it, its name followed by `NumberOfEntries`. */
export const TABLES: Readonly<Record<string, readonly TableShape[]>> = {
  "Device.": [
    { name: "X_Snom_Speeddial", creatable: true, max: 33, columns: [text("Number", 64), text("Name", 64)], tables: [] },
    {
      name: "X_Snom_Directory",
      creatable: true,
      max: 100,
      columns: [text("Name", 64), { name: "Blocked", type: "boolean", initial: "false", limits: {} }],
      tables: [{ name: "Contact", creatable: true, max: 8, columns: [text("Number", 64), text("Type", 16)], tables: [] }],
    },
  ],
  "Device.DeviceInfo.": [{ name: "VendorLogFile", creatable: false, max: 0, columns: [text("Name", 64)], tables: [] }],
};

/** Whether a name is one of a table's, or of its counter: those are the phone's own, and no line of a map makes them. */
export function isInTable(name: string): boolean {
  return Object.entries(TABLES).some(([parent, shapes]) =>
    shapes.some((shape) => {
      const path = parent + shape.name;
      return name.startsWith(`${path}.`) || name === `${path}NumberOfEntries`;
    }),
  );
}
