import { modelSeams } from "../data-model/seams.ts";
import type { Access, ParameterShape, UspType } from "./shape.ts";

/** What values of the agent's own parameters can be (TR-369 "Parameter and Argument Value Encoding"). */
export const valueSeams = {
  /** Whether a controller may write a parameter; one that is written once only while its object is new. */
  mayWrite(access: Access, isNew: boolean, _name: string): boolean {
    return access === "write" || (access === "once" && isNew);
  },
  /** Whether a text is one of a type: the lexical forms of XML Schema (R-ENC.6). */
  isOfType(type: UspType, text: string): boolean {
    switch (type) {
      case "boolean":
        return modelSeams.isBoolean(text);
      case "int":
        return modelSeams.isInt(text);
      case "unsignedInt":
        return modelSeams.isUnsignedInt(text);
      case "dateTime":
        return modelSeams.isDateTime(text);
      case "string":
        return true;
    }
  },
  /** Whether a value is within the limits of its parameter. */
  isAllowed({ type, limits }: Pick<ParameterShape, "type" | "limits">, text: string): boolean {
    if (type === "int" || type === "unsignedInt") return modelSeams.isInRange(Number(text), limits);
    return type !== "string" || (modelSeams.isShortEnough(text, limits) && modelSeams.isListed(text, limits));
  },
  /** How a value is kept, and told: canonical. */
  kept(type: UspType, text: string): string {
    if (type === "boolean") return String(text === "true" || text === "1");
    return type === "int" || type === "unsignedInt" ? String(Number(text)) : text;
  },
  /** Number of a new instance; `highest` is the highest ever given. One that was used is not given again (R-ARC.8). */
  instanceNumber(highest: number, _instances: readonly number[]): number {
    return highest + 1;
  },
  /** Numbers of a table's instances after a start of the agent: they stay (R-ARC.8). */
  instancesAfterBoot(instances: readonly number[], _table: string): readonly number[] {
    return instances;
  },
  /** A key that the agent gives an instance that was added without (R-ADD.5). */
  ownKey(_table: string, number: number): string {
    return `cpe-${number}`;
  },
};
