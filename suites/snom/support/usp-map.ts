import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { effectiveLines, type ParameterMapLine, parseParamMap } from "../../../schema/param-map.ts";
import { TR369_LINES } from "../../../schema/tr369-lines.ts";

/** The published lines for TR-369 as lines of a map. */
export const PUBLISHED: readonly ParameterMapLine[] = [...effectiveLines(parseParamMap(TR369_LINES.join("\n"))).values()];

/** The phone's map without them, and with `more` at its end. */
export async function mapWithout({ phone }: Pick<CwmpBench, "phone">, more: readonly string[]): Promise<string> {
  const names = new Set(PUBLISHED.map(({ name }) => name));
  const { lines } = parseParamMap(await phone.snom.paramMap());
  const kept = lines.filter((one) => !(one.kind === "parameter" && names.has(one.name)));
  return [...kept.map((one) => one.text), ...more, ""].join("\n");
}
