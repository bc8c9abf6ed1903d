import { create } from "@bufbuild/protobuf";
import {
  type GetInstancesResp_RequestedPathResult as Result,
  GetInstancesResp_RequestedPathResultSchema as ResultSchema,
} from "../../schema/usp/msg_pb.ts";
import type { Mutant } from "./mutant.ts";
import { responding } from "./usp-answer.ts";

type Instances = Result["currInsts"];

/** Changes the results of a GetInstancesResp. */
const results = (edit: (results: readonly Result[]) => readonly Result[]): Mutant["change"] =>
  responding("getInstancesResp", ({ reqPathResults = [] }) => ({
    reqPathResults: [...edit(reqPathResults.map((one) => create(ResultSchema, one)))],
  }));

/** Changes the instances that are named for paths that fit. */
const instances = (of: RegExp, edit: (instances: Instances) => Instances): Mutant["change"] =>
  results((all) => all.map((one) => (of.test(one.requestedPath ?? "") ? { ...one, currInsts: edit(one.currInsts ?? []) } : one)));

/** Phones that answer GetInstances wrongly (TR-369 "The GetInstances Message"). */
export const uspInstancesMutants: readonly Mutant[] = [
  {
    id: "usp-instances-first-level-all",
    phone: "A phone that names what is inside instances too, although only the first level is asked for.",
    breaks: "TP-469:1.66#first-level",
    caught: {
      "usp.get-instances.first-level": ["TP-469:1.66#first-level"],
      "usp.get-instances.several-tables": ["TP-469:1.68#each-path"],
    },
    change: () => ({ usp: { goesInside: () => true } }),
  },
  {
    id: "usp-instances-no-keys",
    phone: "A phone that leaves out the unique keys of instances.",
    breaks: "TP-469:1.66#unique-keys",
    caught: { "usp.get-instances.unique-keys": ["TP-469:1.66#unique-keys"] },
    change: instances(/^/, (all) => all.map((one) => ({ ...one, uniqueKeys: {} }))),
  },
  {
    id: "usp-instances-first-level-only",
    phone: "A phone that names nothing but the first level of instances, whatever is asked for.",
    breaks: "TP-469:1.67#all-levels",
    caught: { "usp.get-instances.all-levels": ["TP-469:1.67#all-levels"] },
    change: () => ({ usp: { goesInside: () => false } }),
  },
  {
    id: "usp-instances-one-path",
    phone: "A phone that answers one path of a GetInstances, the last one.",
    breaks: "TP-469:1.68#each-path",
    caught: {
      "usp.get-instances.several-tables": ["TP-469:1.68#each-path"],
      "usp.get-instances.unknown-table": ["TP-469:1.66#unknown-path"],
    },
    change: results((all) => all.slice(-1)),
  },
  {
    id: "usp-instances-wildcard-first",
    phone: "A phone that takes a wildcard for the first instance alone.",
    breaks: "TP-469:1.70#wildcard",
    caught: { "usp.get-instances.wildcard": ["TP-469:1.70#wildcard"] },
    change: instances(/\*/, (all) => all.slice(0, 1)),
  },
  {
    id: "usp-instances-expression-nothing",
    phone: "A phone that finds nothing by an expression in a GetInstances.",
    breaks: "TP-469:1.71#search-expression",
    caught: { "usp.get-instances.search-expression": ["TP-469:1.71#search-expression"] },
    change: instances(/\[/, () => []),
  },
  {
    id: "usp-instances-unmatched-error",
    phone: "A phone that answers an expression without a match in a GetInstances with error 7016.",
    breaks: "TR-369:R-MSG.4a",
    caught: { "usp.get-instances.unmatched-expression": ["TR-369:R-MSG.4a"] },
    change: results((all) =>
      all.map((one) => (/\[/.test(one.requestedPath) && one.currInsts.length === 0 ? { ...one, errCode: 7016 } : one)),
    ),
  },
  {
    id: "usp-instances-unknown-empty",
    phone: "A phone that names no instances of a table that it does not have, and no error.",
    breaks: "TP-469:1.66#unknown-path",
    caught: { "usp.get-instances.unknown-table": ["TP-469:1.66#unknown-path"] },
    change: results((all) => all.map((one) => (one.errCode === 7026 ? { ...one, errCode: 0 } : one))),
  },
];
