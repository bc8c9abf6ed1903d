import { splitList } from "./lists.ts";
import { isInstance, type Tools } from "./tools.ts";

/** What is kept of the value of a parameter: as it is, unless it names objects; undefined when one of them is not there. */
export function keptValue({ model, resolver, seams }: Pick<Tools, "model" | "resolver" | "seams">, path: string, value: string) {
  const shape = model.parameter(path);
  if (shape?.refersTo === undefined || value === "") return value;
  const items = (shape.isList === true ? splitList(value) : [value]).map((item) => {
    const resolved = resolver.resolve(item.replace(/\.?$/, "."));
    const objects =
      resolved.kind === "found" && resolved.shape.path === shape.refersTo ? resolved.objects.filter(isInstance) : [];
    return seams.keptReference(item, objects.length === 1 ? objects[0]?.slice(0, -1) : undefined);
  });
  return items.some((item) => item === undefined) ? undefined : items.join(",");
}
