import { effectiveLines, type MapLine, type ParameterMapLine, type ParamMap } from "./param-map.ts";

/** Part of a parameter's line in which two maps differ. */
export type DifferingPart = "type" | "modifier" | "value";

/** One parameter that two maps do not have alike, or a line of one of them that is no parameter's and that the other does not have. */
export type Difference =
  | { readonly kind: "removed"; readonly name: string; readonly before: ParameterMapLine }
  | { readonly kind: "added"; readonly name: string; readonly after: ParameterMapLine }
  | {
      readonly kind: "changed";
      readonly name: string;
      readonly before: ParameterMapLine;
      readonly after: ParameterMapLine;
      readonly in: readonly DifferingPart[];
    }
  | { readonly kind: "broken"; readonly side: "before" | "after"; readonly line: MapLine & { readonly kind: "broken" } };

/**
 * What differs between two maps, parameter by parameter: order, comments, blank lines, line ends and repeated lines make no difference
 * to a phone, and so make none here. In the order of the first map, then of the second one.
 */
export function diffParamMaps(before: ParamMap, after: ParamMap): readonly Difference[] {
  const [old, young] = [effectiveLines(before), effectiveLines(after)];
  const differences: Difference[] = [];
  for (const [name, line] of old) {
    const now = young.get(name);
    if (now === undefined) {
      differences.push({ kind: "removed", name, before: line });
      continue;
    }
    const parts = (["type", "modifier", "value"] as const).filter((part) => line[part] !== now[part]);
    if (parts.length > 0) differences.push({ kind: "changed", name, before: line, after: now, in: parts });
  }
  for (const [name, line] of young) if (!old.has(name)) differences.push({ kind: "added", name, after: line });
  for (const [side, map, other] of [
    ["before", before, after],
    ["after", after, before],
  ] as const) {
    const known = new Set(other.lines.filter(({ kind }) => kind === "broken").map(({ text }) => text));
    for (const line of map.lines)
      if (line.kind === "broken" && !known.has(line.text)) differences.push({ kind: "broken", side, line });
  }
  return differences;
}
