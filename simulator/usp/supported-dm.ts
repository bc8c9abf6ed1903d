import type { GetSupportedDM } from "../../schema/usp/msg_pb.ts";
import { type Answer, errorText, respond } from "./answer.ts";
import type { PathProblem } from "./message-seams.ts";
import { ROOT, type SupportedObject, supportedPath } from "./supported.ts";
import type { Wanted } from "./supported-seams.ts";
import type { Tools } from "./tools.ts";

/** What a path of the supported data model names; `member` is the name of a parameter, command or event. */
interface Named {
  readonly object: SupportedObject;
  readonly member: string;
}

const GRAMMAR = /^[A-Za-z_][\w-]*\.(?:[A-Za-z_][\w-]*\.(?:(?:[1-9]\d*|\{i\})\.)?)*(?:[A-Za-z_][\w-]*(?:\(\)|!)?)?$/;

/** GetSupportedDM (TR-369 "The GetSupportedDM Message"). */
export function getSupportedDm(tools: Tools, request: GetSupportedDM): Answer {
  const { seams, rights } = tools;
  const wanted: Wanted = {
    commands: request.returnCommands,
    events: request.returnEvents,
    parameters: request.returnParams,
    keys: request.returnUniqueKeySets,
  };
  const reqObjResults = seams.answered(request.objPaths).map((reqObjPath) => {
    const named = find(tools, reqObjPath);
    if (typeof named === "string") {
      const errCode = seams.pathCode(named, "getSupportedDm");
      return { reqObjPath, errCode, errMsg: errorText(errCode) };
    }
    const { object, member } = named;
    if (!mayKnow(tools, object, member)) {
      const errCode = seams.pathCode("unsupported", "getSupportedDm");
      return { reqObjPath, errCode, errMsg: errorText(errCode) };
    }
    const supportedObjs =
      member === ""
        ? below(object, request.firstLevelOnly).map((one) =>
            describe(tools, one, seams.toldMembers(wanted, isChild(one, object)), ""),
          )
        : [describe(tools, object, { commands: true, events: true, parameters: true, keys: false }, member)];
    return { reqObjPath, dataModelInstUri: seams.dataModelUri(), supportedObjs };
  });
  return respond({ case: "getSupportedDmResp", value: { reqObjResults } });

  function isChild(one: SupportedObject, asked: SupportedObject): boolean {
    return request.firstLevelOnly && one !== asked;
  }

  function below(object: SupportedObject, onlyFirst: boolean): readonly SupportedObject[] {
    const all = onlyFirst ? [object, ...object.children] : withAllBelow(object);
    const told = seams.toldSupported(all.map(({ path }) => path));
    return all.filter(({ path }) => told.includes(path) && rights.may("see supported object", path));
  }
}

const withAllBelow = (object: SupportedObject): readonly SupportedObject[] => [object, ...object.children.flatMap(withAllBelow)];

/** Whether a controller may know of an object, and of a member of it (R-GSP.0). */
function mayKnow({ rights }: Tools, { path }: SupportedObject, member: string): boolean {
  const use = /[)!]$/.test(member) ? "see command" : "see parameter";
  return rights.may("see supported object", path) && (member === "" || rights.may(use, path + member));
}

/** Finds what a path names, in either notation: with `{i}`, or with the number of an instance that is there. */
function find({ model, seams }: Tools, path: string): Named | PathProblem {
  if (!GRAMMAR.test(path) || !path.startsWith(ROOT)) return "syntax";
  const cut = path.lastIndexOf(".") + 1;
  const [holder, member] = [path.slice(0, cut), path.slice(cut)];
  // An instance number after a placeholder addresses nothing.
  if (/\{i\}.*\.\d+\./.test(holder)) return "syntax";
  const object = objectAt(holder);
  const whole = object === undefined || !hasMember(object, member) ? objectAt(seams.withDot(path, "getSupportedDm")) : undefined;
  const found = whole === undefined ? object : whole;
  if (found === undefined || (whole === undefined && !hasMember(found, member))) return "unsupported";
  if (!path.includes("{i}") && !model.has(whole === undefined ? holder : seams.withDot(path, "getSupportedDm"))) return "missing";
  return { object: found, member: whole === undefined ? member : "" };

  function objectAt(at: string): SupportedObject | undefined {
    const supported = supportedPath(at);
    return model.supported.get(supported) ?? model.supported.get(`${supported}{i}.`);
  }
}

const hasMember = ({ parameters, commands, events }: SupportedObject, member: string): boolean =>
  member === "" || parameters.has(member) || [...commands, ...events].some(({ name }) => name === member);

/** What is told of an object; with a member's name, only of that one. */
function describe(tools: Tools, object: SupportedObject, wanted: Wanted, member: string) {
  const { seams } = tools;
  const { path, isTable, creatable, keys } = object;
  const isWanted = ({ name }: { readonly name: string }): boolean => member === "" || name === member;
  const pick = <T extends { readonly name: string }>(
    all: readonly T[],
    of: "parameters" | "commands" | "events",
  ): readonly T[] => {
    const told = seams.toldNames(
      all.map(({ name }) => name),
      of,
    );
    return wanted[of] ? all.filter((one) => isWanted(one) && told.includes(one.name) && mayKnow(tools, object, one.name)) : [];
  };
  return {
    supportedObjPath: path,
    access: seams.objectAccess(creatable),
    isMultiInstance: isTable,
    supportedCommands: pick(object.commands, "commands").map(({ name, input, output, isAsync }) => ({
      commandName: name,
      inputArgNames: [...seams.toldNames(input, "input")],
      outputArgNames: [...seams.toldNames(output, "output")],
      commandType: seams.commandType(isAsync),
    })),
    supportedEvents: pick(object.events, "events").map(({ name, args }) => ({
      eventName: name,
      argNames: [...seams.toldNames(args, "args")],
    })),
    supportedParams: pick([...object.parameters.values()], "parameters").map(({ name, access, type, restless }) => ({
      paramName: name,
      access: seams.paramAccess(access),
      valueType: seams.valueType(type),
      valueChange: seams.valueChange(restless === true),
    })),
    uniqueKeySets: wanted.keys ? seams.toldKeySets(keys).map((names) => ({ keyNames: [...names] })) : [],
  };
}
