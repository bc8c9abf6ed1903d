import type { UspModel } from "./model.ts";
import type { UspAgentSeams } from "./seams.ts";
import type { Rights } from "./trust.ts";

/** A value as a controller is told it: a secret is the empty string, but for those who may see it. */
export function toldValue(
  { model, seams, rights }: { readonly model: UspModel; readonly seams: UspAgentSeams; readonly rights: Rights },
  path: string,
): string {
  const shape = model.parameter(path);
  const isSecret = shape?.isHidden === true || (shape?.isSecured === true && !rights.showsSecured);
  return seams.toldValue(isSecret ? "" : model.value(path), shape?.type ?? "string");
}
