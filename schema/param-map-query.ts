import { effectiveLines, type ParameterMapLine, type ParamMap } from "./param-map.ts";

/**
 * The lines that count for a path: the full name of a parameter, a partial path with a dot at its end for all below an object, or a
 * pattern in which `*` stands for anything but a dot and `**` for anything.
 */
export function queryParamMap(map: ParamMap, path: string): readonly ParameterMapLine[] {
  const fits = fitting(path);
  return [...effectiveLines(map).values()].filter(({ name }) => fits(name));
}

function fitting(path: string): (name: string) => boolean {
  const below = path === "" || path.endsWith(".");
  if (!path.includes("*")) return (name) => (below ? name.startsWith(path) : name === path);
  const source = path
    .split(/(\*+)/)
    .map((part, index) => (index % 2 === 0 ? part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : part.length > 1 ? ".*" : "[^.]*"))
    .join("");
  const pattern = new RegExp(`^${source}${below ? "" : "$"}`);
  return (name) => pattern.test(name);
}
