import type { ParamError } from "./answer.ts";
import { errorText } from "./answer.ts";
import type { Setting } from "./message-seams.ts";
import { keptValue } from "./references.ts";
import { parentOf } from "./supported.ts";
import { toldValue } from "./told.ts";
import { isInstance, type Tools } from "./tools.ts";

/** A setting that could not be written. */
export interface FailedSetting {
  readonly param: string;
  readonly errCode: number;
  readonly errMsg: string;
}

/** What came of the settings for one object. */
export interface Written {
  /** With the dot at its end. */
  readonly path: string;
  readonly failed: readonly FailedSetting[];
  /** Values after writing, by relative path. */
  readonly updated: Readonly<Record<string, string>>;
  /** Code of the first setting that makes the object fail. */
  readonly fatal: number | undefined;
}

/** What came of one path of a request: done, or failed for a reason of the path, or of the objects that it names. */
export interface Failed {
  readonly kind: "failed";
  readonly requestedPath: string;
  readonly code: number;
  readonly objects: readonly Written[];
  /** Path that the requested one was resolved to. */
  readonly place?: string;
}

const RELATIVE = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;

/** Writes the settings for one object, as far as they can be. */
export function writeSettings(tools: Tools, path: string, settings: readonly Setting[], isNew: boolean): Written {
  const { model, seams, rights } = tools;
  const failed: FailedSetting[] = [];
  const updated: Record<string, string> = {};
  let fatal: number | undefined;
  const request = isNew ? "add" : "set";
  const keys = new Set(isNew ? (model.shape(path)?.keys.flat() ?? []) : []);
  for (const { param, value, required } of settings) {
    const code = write(param, value);
    if (code === undefined) {
      if (rights.may("read update", path + param)) updated[param] = toldValue(tools, path + param);
      continue;
    }
    const errCode = seams.paramCode(code, param);
    failed.push({ param, errCode, errMsg: errorText(errCode) });
    if (seams.failsObject(required, keys.has(param), request, errCode)) fatal ??= errCode;
  }
  return { path, failed, updated, fatal };

  function write(param: string, value: string): number | undefined {
    const full = path + param;
    if (!RELATIVE.test(param) || !model.isThere(full)) return 7010;
    const use = isNew ? "give value" : "set value";
    if (!rights.may(use, full)) return seams.deniedCode(use);
    const refusal = model.refusal(full, value, isNew);
    if (refusal !== undefined) return refusal;
    const kept = keptValue(tools, full, value);
    if (kept === undefined) return 7012;
    const before = model.value(full);
    model.write(full, kept);
    if (isDuplicate(tools, parentOf(full), param.slice(param.lastIndexOf(".") + 1), request)) {
      model.write(full, before);
      return 7025;
    }
    if (model.own(full) !== undefined && !tools.written.has(full)) tools.written.set(full, before);
    return undefined;
  }
}

/** Whether another instance has the same keys, of a set that `name` is in. */
function isDuplicate({ model, seams }: Tools, path: string, name: string, by: "add" | "set"): boolean {
  const table = parentOf(path);
  const sets = isInstance(path) ? (model.shape(path)?.keys ?? []).filter((set) => set.includes(name)) : [];
  const others = model.instances(table).map((number) => `${table}${number}.`);
  return sets.some((set) => {
    const of = (instance: string): string[] => set.map((key) => model.value(instance + key));
    return others.some((other) => other !== path && seams.isDuplicate(of(path), of(other), by));
  });
}

/** Errors by path, of what failed in a message. */
export function errorsOf(failures: readonly Failed[], atRequest: boolean): readonly ParamError[] {
  return failures.flatMap(({ requestedPath, place = requestedPath, code, objects }): readonly ParamError[] => {
    const single = objects.flatMap(({ path, failed, fatal }) =>
      fatal === undefined
        ? []
        : failed.map(({ param, errCode, errMsg }) => ({
            paramPath: (atRequest ? place : path) + param,
            errCode,
            errMsg,
          })),
    );
    return single.length > 0 ? single : [{ paramPath: place, errCode: code, errMsg: errorText(code) }];
  });
}
