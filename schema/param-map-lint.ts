import { brokenProblem } from "./lint-broken.ts";
import { encodingProblems, fileProblems, isUtf16, surrogateProblems } from "./lint-file.ts";
import { nameProblems, tr369Problems } from "./lint-map.ts";
import type { Problem } from "./lint-problem.ts";
import { placeholderLint } from "./lint-settings.ts";
import { valueProblems } from "./lint-value.ts";
import { parseParamMap } from "./param-map.ts";

export type { Problem } from "./lint-problem.ts";

/**
 * What is wrong with a param_map, in the order of the file. The rules are told in docs/param-map.md. Never throws.
 *
 * @param input the file as it is, or its text when the encoding is known to be right
 */
export function lintParamMap(input: string | Uint8Array): readonly Problem[] {
  const problems: Problem[] = [];
  if (typeof input !== "string") problems.push(...encodingProblems(input));
  // In the wrong encoding everything else would look wrong as well.
  if (typeof input !== "string" && isUtf16(input)) return problems;
  const text = typeof input === "string" ? input : new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
  const map = parseParamMap(text);
  const lines = map.lines.filter((line) => line.kind === "parameter");
  if (typeof input === "string") problems.push(...surrogateProblems(map));
  problems.push(...fileProblems(map, typeof input === "string" ? Buffer.byteLength(input) : input.length));
  problems.push(...nameProblems(lines));
  if (lines.length > 0) problems.push(...tr369Problems(map));
  const placeholders = placeholderLint();
  for (const line of map.lines) {
    if (line.kind === "broken") problems.push(brokenProblem(line));
    if (line.kind !== "parameter") continue;
    problems.push(...valueProblems(line));
    if (line.modifier !== "&=") problems.push(...placeholders(line));
  }
  return problems.sort((one, other) => one.line - other.line || one.column - other.column);
}
