import type { Tools } from "./tools.ts";

/** Makes the settings that a subscription is to make when it is triggered (TriggerConfigSettings), each a path, `=`, and a value. */
export function configure({ model, resolver }: Pick<Tools, "model" | "resolver">, settings: readonly string[]): void {
  for (const setting of settings) {
    const cut = setting.lastIndexOf("=");
    const [path, value] = [setting.slice(0, cut), setting.slice(cut + 1)];
    const resolved = resolver.resolve(path);
    if (resolved.kind !== "found" || resolved.leaf.kind !== "parameter") continue;
    for (const object of resolved.objects)
      if (model.refusal(object + resolved.leaf.name, value, false) === undefined) model.write(object + resolved.leaf.name, value);
  }
}
