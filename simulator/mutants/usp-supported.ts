import { create } from "@bufbuild/protobuf";
import {
  type GetSupportedDMResp_RequestedObjectResult as Result,
  GetSupportedDMResp_RequestedObjectResultSchema as ResultSchema,
  type GetSupportedDMResp_SupportedObjectResult as Supported,
  GetSupportedDMResp_SupportedObjectResultSchema as SupportedSchema,
} from "../../schema/usp/msg_pb.ts";
import type { Mutant } from "./mutant.ts";
import { responding } from "./usp-answer.ts";

/** Changes the results of a GetSupportedDMResp. */
const results = (edit: (results: readonly Result[]) => readonly Result[]): Mutant["change"] =>
  responding("getSupportedDmResp", ({ reqObjResults = [] }) => ({
    reqObjResults: [...edit(reqObjResults.map((one) => create(ResultSchema, one)))],
  }));

/** Changes the objects that are told for paths that fit. */
const objects = (of: RegExp, edit: (objects: readonly Supported[]) => readonly Supported[]): Mutant["change"] =>
  results((all) => all.map((one) => (of.test(one.reqObjPath) ? { ...one, supportedObjs: [...edit(one.supportedObjs)] } : one)));

/** An object with members that nobody asked for. */
const more = create(SupportedSchema, {
  supportedObjPath: "Device.",
  supportedCommands: [{ commandName: "Reboot()", commandType: 1 }],
  supportedEvents: [{ eventName: "Boot!" }],
});

/** Phones that tell their supported data model or their versions wrongly (TR-369 "The GetSupportedDM Message"). */
export const uspSupportedMutants: readonly Mutant[] = [
  {
    id: "usp-supported-part-missing",
    phone: "A phone that leaves the entries for MTPs out of the data model of Device.LocalAgent.",
    breaks: "TP-469:1.72#subtree",
    caught: { "usp.supported-dm.subtree": ["TP-469:1.72#subtree"] },
    change: objects(/^Device\.LocalAgent\.$/, (all) => {
      const isWhole = all.some(({ supportedParams }) => supportedParams.some(({ paramName }) => paramName === "SessionMode"));
      return isWhole ? all.filter(({ supportedObjPath }) => !supportedObjPath.includes(".MTP.")) : all;
    }),
  },
  {
    id: "usp-supported-type-unknown",
    phone: "A phone that does not tell the type of dates.",
    breaks: "TP-469:1.72#valid-fields",
    caught: { "usp.supported-dm.valid-fields": ["TP-469:1.72#valid-fields"] },
    change: ({ usp }) => ({ usp: { valueType: (type) => (type === "dateTime" ? 0 : usp.valueType(type)) } }),
  },
  {
    id: "usp-supported-arguments-absolute",
    phone: "A phone that tells arguments of events by full paths.",
    breaks: "TP-469:1.72#valid-fields",
    caught: {
      "usp.supported-dm.valid-fields": ["TP-469:1.72#valid-fields"],
      "usp.supported-dm.events": ["TP-469:1.98#events"],
    },
    change: ({ usp }) => ({
      usp: { toldNames: (names, of) => usp.toldNames(of === "args" ? names.map((name) => `Device.Boot!.${name}`) : names, of) },
    }),
  },
  {
    id: "usp-supported-first-level-all",
    phone: "A phone that tells everything below an object although only the first level is asked for.",
    breaks: "TP-469:1.73#children",
    caught: { "usp.supported-dm.first-level": ["TP-469:1.73#children"] },
    change: objects(/^Device\.LocalAgent\.$/, (all) =>
      all.some(({ supportedObjPath }) => supportedObjPath === "Device.LocalAgent.Controller.{i}.MTP.{i}.")
        ? all
        : [...all, create(SupportedSchema, { supportedObjPath: "Device.LocalAgent.Controller.{i}.MTP.{i}." })],
    ),
  },
  {
    id: "usp-supported-children-whole",
    phone: "A phone that tells the parameters of children with the first level.",
    breaks: "TP-469:1.73#bare-children",
    caught: { "usp.supported-dm.first-level": ["TP-469:1.73#bare-children"] },
    change: () => ({ usp: { toldMembers: (wanted) => wanted } }),
  },
  {
    id: "usp-supported-always-keys",
    phone: "A phone that tells the keys of children whether they are asked for or not.",
    breaks: "TP-469:1.74#nothing-unasked",
    caught: { "usp.supported-dm.no-options": ["TP-469:1.74#nothing-unasked"] },
    change: ({ usp }) => ({
      usp: { toldMembers: (wanted, isChild) => ({ ...usp.toldMembers(wanted, isChild), ...(isChild ? { keys: true } : {}) }) },
    }),
  },
  {
    id: "usp-supported-one-path",
    phone: "A phone that answers the first path of a GetSupportedDM and no other.",
    breaks: "TP-469:1.75#each-path",
    caught: { "usp.supported-dm.several-objects": ["TP-469:1.75#each-path"] },
    change: results((all) => all.slice(0, 1)),
  },
  {
    id: "usp-supported-own-tree-only",
    phone: "A phone that tells no objects but its own agent's when asked for commands and all else of the root.",
    breaks: "TP-469:1.76#whole-model",
    caught: { "usp.supported-dm.whole-model": ["TP-469:1.76#whole-model"] },
    change: objects(/^Device\.$/, (all) =>
      all.filter(({ supportedObjPath }) => /^Device\.(?:LocalAgent\..*)?$/.test(supportedObjPath)),
    ),
  },
  {
    id: "usp-supported-unsupported-code",
    phone: "A phone that takes an object that it does not support for one that has no instance.",
    breaks: "TP-469:1.77#error",
    caught: { "usp.supported-dm.unsupported-object": ["TP-469:1.77#error"] },
    change: results((all) => all.map((one) => (one.errCode === 7026 ? { ...one, errCode: 7016 } : one))),
  },
  {
    id: "usp-supported-unsupported-parameter",
    phone: "A phone that answers an object that it does not support with the code for a parameter.",
    breaks: "TP-469:1.77#error",
    caught: { "usp.supported-dm.unsupported-object": ["TP-469:1.77#error"] },
    change: results((all) => all.map((one) => (one.errCode === 7026 ? { ...one, errCode: 7010 } : one))),
  },
  {
    id: "usp-supported-no-input",
    phone: "A phone that tells commands without their input arguments.",
    breaks: "TP-469:1.97#commands",
    caught: { "usp.supported-dm.commands": ["TP-469:1.97#commands"] },
    change: ({ usp }) => ({ usp: { toldNames: (names, of) => usp.toldNames(of === "input" ? [] : names, of) } }),
  },
  {
    id: "usp-supported-no-event-arguments",
    phone: "A phone that tells events without their arguments.",
    breaks: "TP-469:1.98#events",
    caught: { "usp.supported-dm.events": ["TP-469:1.98#events"] },
    change: ({ usp }) => ({ usp: { toldNames: (names, of) => usp.toldNames(of === "args" ? [] : names, of) } }),
  },
  {
    id: "usp-supported-one-key-set",
    phone: "A phone that tells all keys of a table as one set.",
    breaks: "TP-469:1.99#key-sets",
    caught: { "usp.supported-dm.key-sets": ["TP-469:1.99#key-sets"] },
    change: ({ usp }) => ({ usp: { toldKeySets: (sets) => (sets.length === 0 ? [] : [usp.toldKeySets(sets).flat()]) } }),
  },
  {
    id: "usp-supported-command-and-more",
    phone: "A phone that tells the events of the object with a command that is asked for.",
    breaks: "TP-469:1.105#command",
    caught: { "usp.supported-dm.one-command": ["TP-469:1.105#command"] },
    change: objects(/\(\)$/, (all) => all.map((one) => ({ ...one, supportedEvents: more.supportedEvents }))),
  },
  {
    id: "usp-supported-event-and-more",
    phone: "A phone that tells a command of the object with an event that is asked for.",
    breaks: "TP-469:1.106#event",
    caught: { "usp.supported-dm.one-event": ["TP-469:1.106#event"] },
    change: objects(/!$/, (all) => all.map((one) => ({ ...one, supportedCommands: more.supportedCommands }))),
  },
  {
    id: "usp-supported-parameter-and-more",
    phone: "A phone that tells another object with a parameter that is asked for.",
    breaks: "TP-469:1.107#parameter",
    caught: { "usp.supported-dm.one-parameter": ["TP-469:1.107#parameter"] },
    change: objects(/\.EndpointID$/, (all) => [...all, more]),
  },
  {
    id: "usp-supported-no-protocol-answer",
    phone: "A phone that does not answer GetSupportedProtocol.",
    breaks: "TR-369:R-MSG.0",
    caught: {
      "usp.supported-protocol.versions": ["TP-469:1.80#versions", "TR-369:R-MSG.0"],
    },
    change: ({ usp }) => ({
      usp: { answer: (answer, to) => (to === "getSupportedProtocol" ? { kind: "none" } : usp.answer(answer, to)) },
    }),
  },
  {
    id: "usp-supported-versions-spelled",
    phone: "A phone that puts a v before each of its versions.",
    breaks: "TP-469:1.80#versions",
    caught: { "usp.supported-protocol.versions": ["TP-469:1.80#versions"] },
    change: ({ usp }) => ({ usp: { protocolVersions: () => usp.protocolVersions().replace(/(?<=^|,)/g, "v") } }),
  },
];
