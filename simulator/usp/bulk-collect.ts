import type { BulkSource, BulkValue } from "./bulk-seams.ts";
import type { UspModel } from "./model.ts";
import { readPath } from "./path.ts";
import { objectsBelow } from "./read.ts";
import type { Resolver } from "./resolve.ts";
import type { UspAgentSeams } from "./seams.ts";
import { EVERYTHING, type Rights, rightsOf } from "./trust.ts";

/** What reports are collected with. */
export interface BulkTools {
  readonly model: UspModel;
  readonly resolver: Resolver;
  readonly seams: UspAgentSeams;
}

/** The parameters that a profile reports, as they are now. What its references name and is not there is left out. */
export function collect(tools: BulkTools, profile: string): readonly BulkValue[] {
  const { model, seams } = tools;
  const table = `${profile}Parameter.`;
  const entries = model.instances(table).map((number) => {
    const value = (name: string): string => model.value(`${table}${number}.${name}`);
    const isOut = seams.bulkExcludes(model.isOn(`${table}${number}.Exclude`));
    return { isOut, sources: sourcesOf(tools, value("Name"), value("Reference")) };
  });
  const owner = model.value(`${profile}Controller`);
  const rights = owner === "" ? EVERYTHING : rightsOf(model, seams, `${owner.replace(/\.$/, "")}.`);
  const excluded = new Set(entries.flatMap(({ isOut, sources }) => (isOut ? sources.map(({ path }) => path) : [])));
  return entries
    .flatMap(({ isOut, sources }) => (isOut ? [] : sources))
    .filter(({ path }) => !excluded.has(path) && seams.bulkMay(rights.may("read value", path)))
    .map((source) => ({ name: seams.bulkName(source), ...toldValue(tools, source.path, rights) }));
}

function toldValue({ model, seams }: BulkTools, path: string, { showsSecured }: Rights): Omit<BulkValue, "name"> {
  const { isHidden = false, isSecured = false, type = "string" } = model.parameter(path) ?? {};
  return { value: seams.bulkValue(isHidden || (isSecured && !showsSecured) ? "" : model.value(path), type), type };
}

function sourcesOf({ model, resolver, seams }: BulkTools, name: string, reference: string): readonly BulkSource[] {
  const resolved = resolver.resolve(reference);
  if (resolved.kind !== "found") return [];
  const { leaf, objects } = resolved;
  const chosen = wildcardsOf(reference);
  return seams.bulkFound(objects).flatMap((object): readonly BulkSource[] => {
    const pieces = object.split(".");
    const instances = chosen.map((place) => Number(pieces[place]));
    const shared = { name, instances };
    if (leaf.kind === "parameter") return [{ ...shared, path: object + leaf.name, rest: undefined }];
    if (leaf.kind !== "object") return [];
    return objectsBelow(model, object).flatMap((inner) =>
      model.names(inner).map((last) => ({ ...shared, path: inner + last, rest: inner.slice(object.length) + last })),
    );
  });
}

/** Which pieces of a path stand for instances that it does not number; none of a path that follows references. */
function wildcardsOf(reference: string): readonly number[] {
  const steps = readPath(reference)?.steps ?? [];
  if (steps.some(({ kind }) => kind === "follow")) return [];
  return steps.flatMap(({ kind }, place) => (kind === "any" || kind === "expression" ? [place] : []));
}
