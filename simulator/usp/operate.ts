import type { Operate } from "../../schema/usp/msg_pb.ts";
import { type Answer, errorText, respond } from "./answer.ts";
import type { CommandShape } from "./shape.ts";
import type { Tools } from "./tools.ts";

type Arguments = Readonly<Record<string, string>>;

/** What a command comes to: an end at once, or one that comes later. */
export type CommandOutcome =
  | { readonly kind: "done"; readonly output: Arguments }
  | { readonly kind: "started"; readonly request: string }
  | { readonly kind: "failed"; readonly code: number };

/** A command that is to be run. */
export interface CommandCall {
  /** Of the object that has it. */
  readonly object: string;
  readonly shape: CommandShape;
  readonly commandKey: string;
  readonly input: Arguments;
}

/** Operate (TR-369 "The Operate Message"). `run` runs one command of one object. */
export function operate(tools: Tools, request: Operate, run: (call: CommandCall) => CommandOutcome): Answer {
  const { resolver, model, seams, rights } = tools;
  const { command, commandKey, sendResp, inputArgs } = request;
  const resolved = resolver.resolve(command);
  const problem = resolved.kind !== "found" ? resolved.kind : resolved.leaf.kind === "command" ? undefined : "unsupported";
  if (resolved.kind !== "found" || resolved.leaf.kind !== "command") {
    const code = seams.pathCode(problem ?? "unsupported", "operate");
    return { kind: "error", code, params: [] };
  }
  const absent = resolved.objects.length === 0 ? seams.absentCode("operate") : 0;
  if (absent !== 0) return { kind: "error", code: absent, params: [] };
  const { name } = resolved.leaf;
  const operationResults = seams.operated(resolved.objects).flatMap((object) => {
    const shape = model.shape(object)?.commands.find((one) => one.name === name);
    if (shape === undefined) return [];
    const outcome = runChecked({ object, shape, commandKey, input: { ...inputArgs } });
    return [{ executedCommand: seams.told(object, command) + name, operationResp: responseOf(outcome) }];
  });
  if (!seams.answersOperate(sendResp)) return { kind: "none" };
  return respond({ case: "operateResp", value: { operationResults } });

  function runChecked(call: CommandCall): CommandOutcome {
    const { object, shape, input } = call;
    if (!rights.may("run", object + shape.name)) return { kind: "failed", code: seams.deniedCode("run") };
    const missing = shape.mandatory.some((argument) => input[argument] === undefined)
      ? seams.missingArgument(shape.name)
      : undefined;
    const unknown = Object.keys(input).some((argument) => !shape.input.includes(argument))
      ? seams.unknownArgument(shape.name)
      : undefined;
    const code = missing ?? unknown;
    return code === undefined ? run(call) : { kind: "failed", code };
  }
}

function responseOf(outcome: CommandOutcome) {
  switch (outcome.kind) {
    case "done":
      return { case: "reqOutputArgs" as const, value: { outputArgs: { ...outcome.output } } };
    case "started":
      return { case: "reqObjPath" as const, value: outcome.request };
    case "failed":
      return { case: "cmdFailure" as const, value: { errCode: outcome.code, errMsg: errorText(outcome.code) } };
  }
}
