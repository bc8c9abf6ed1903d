import type { Tools } from "./tools.ts";

/** What Boot! tells a controller beside the start itself: the values of the parameters in its BootParameter table, by their paths. */
export function bootParameters(
  { model, resolver, seams }: Pick<Tools, "model" | "resolver" | "seams">,
  controller: string,
): Readonly<Record<string, string>> {
  const table = `${controller}BootParameter.`;
  const told = model.instances(table).filter((number) => seams.tellsBootParameter(model.isOn(`${table}${number}.Enable`)));
  const values = told.flatMap((number) => {
    const resolved = resolver.resolve(model.value(`${table}${number}.ParameterName`));
    if (resolved.kind !== "found" || resolved.leaf.kind !== "parameter") return [];
    const { name } = resolved.leaf;
    return resolved.objects.map((object) => [object + name, model.value(object + name)] as const);
  });
  return Object.fromEntries(values);
}
