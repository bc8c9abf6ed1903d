import { modelSeams } from "../data-model/seams.ts";
import type { RequestKind } from "./message-seams.ts";
import { type Constant, type Operator, type Path, readPath } from "./path.ts";
import type { ParameterShape, UspType } from "./shape.ts";

/** What is compared: the parameter's type, and whether it is a list. */
export type Compared = Pick<ParameterShape, "type" | "isList">;

const isNumber = (type: UspType): boolean => type === "int" || type === "unsignedInt";

const UNKNOWN_TIME = "0001-01-01T00:00:00Z";

const truth = (text: string): boolean => text === "true" || text === "1";

function order(left: number, operator: Operator, right: number): boolean {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    case ">=":
      return left >= right;
    case "~=":
      return false;
  }
}

/** How paths are resolved (TR-369 "Path Names"). */
export const pathSeams = {
  /** A path as it is read, which may have blanks around operators (R-ARC.9a); undefined for one that is not understood. */
  read(path: string): Path | undefined {
    return readPath(path);
  },
  /** Whether a component of an expression can be: its operator and its constant fit the parameter's type. */
  isComparable({ type, isList }: Compared, operator: Operator, { isQuoted, text }: Constant): boolean {
    if (operator === "~=") return isList === true && isQuoted;
    const isEquality = operator === "==" || operator === "!=";
    switch (type) {
      case "string":
        return isEquality && isQuoted;
      case "boolean":
        return isEquality && !isQuoted && /^(true|false|1|0)$/.test(text);
      case "int":
      case "unsignedInt":
        return !isQuoted && /^[+-]?\d+$/.test(text);
      case "dateTime":
        return !isQuoted && modelSeams.isDateTime(text) && (isEquality || text !== UNKNOWN_TIME);
    }
  },
  /** Whether a value fits a component: by what the texts mean, not by how they are spelled. */
  matches(value: string, { type }: Compared, operator: Operator, { text }: Constant): boolean {
    if (operator === "~=")
      return value
        .split(",")
        .map((item) => item.trim())
        .includes(text);
    if (type === "boolean") return (truth(value) === truth(text)) === (operator === "==");
    if (isNumber(type)) return order(Number(value), operator, Number(text));
    if (type === "dateTime") return order(Date.parse(value), operator, Date.parse(text));
    return (value === text) === (operator === "==");
  },
  /** Whether an instance is one that an expression looks for, by its components. */
  isFound(fits: readonly boolean[]): boolean {
    return fits.every(Boolean);
  },
  /** Instances that a wildcard or an expression matches, of those that it could: all (R-ARC.9, R-ARC.10). */
  found(instances: readonly number[], _by: "wildcard" | "expression"): readonly number[] {
    return instances;
  },
  /** Items of a list of references that are followed. */
  followed(items: readonly string[], item: number | "all"): readonly string[] {
    return item === "all" ? items : items.slice(item - 1, item);
  },
  /** A path of an object as a request has it, with the dot that it should end with. */
  withDot(path: string, _request: RequestKind): string {
    return path === "" || path.endsWith(".") ? path : `${path}.`;
  },
  /** Paths as they are told, with instance numbers (R-MSG.3); `asked` is what was asked for. */
  told(path: string, _asked: string): string {
    return path;
  },
};
