import { splitList } from "./lists.ts";
import type { ParameterShape } from "./shape.ts";

/** Values without the references to an object that is gone, or to one inside it. */
export function withoutReferences(
  values: Readonly<Record<string, string>>,
  gone: string,
  shapeOf: (path: string) => ParameterShape | undefined,
  drops: (isList: boolean) => boolean,
): Record<string, string> {
  const isKept = (item: string): boolean => !`${item}.`.startsWith(gone);
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => {
      const shape = value.includes(gone.slice(0, -1)) ? shapeOf(path) : undefined;
      if (shape?.refersTo === undefined || shape.access === "read" || !drops(shape.isList === true)) return [path, value];
      return [path, splitList(value).filter(isKept).join(",")];
    }),
  );
}
