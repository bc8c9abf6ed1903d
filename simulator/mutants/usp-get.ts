import type { Mutant } from "./mutant.ts";
import { responding } from "./usp-answer.ts";

const AGENT = "Device.LocalAgent.";

/** What Get gives for one path. */
interface Result {
  readonly requestedPath: string;
  readonly errCode: number;
  readonly errMsg: string;
  readonly resolvedPathResults: { readonly resolvedPath: string; readonly resultParams: Readonly<Record<string, string>> }[];
}

/** Changes what Get gives. */
const results = (changed: (all: readonly Result[]) => readonly Result[]): Mutant["change"] =>
  responding("getResp", ({ reqPathResults = [] }) => {
    const all = reqPathResults.map(({ requestedPath = "", errCode = 0, errMsg = "", resolvedPathResults = [] }) => ({
      requestedPath,
      errCode,
      errMsg,
      resolvedPathResults: resolvedPathResults.map(({ resolvedPath = "", resultParams = {} }) => ({
        resolvedPath,
        resultParams,
      })),
    }));
    return { reqPathResults: [...changed(all)] };
  });

/** Changes parameters that Get gives of an object. */
const parameters = (changed: (params: Readonly<Record<string, string>>, object: string) => Readonly<Record<string, string>>) =>
  results((all) =>
    all.map((result) => ({
      ...result,
      resolvedPathResults: result.resolvedPathResults.map(({ resolvedPath, resultParams }) => ({
        resolvedPath,
        resultParams: changed(resultParams, resolvedPath),
      })),
    })),
  );

/** Phones that answer Get wrongly (TR-369 "The Get Message"). */
export const uspGetMutants: readonly Mutant[] = [
  {
    id: "usp-get-parameter-in-path",
    phone: "A phone that names a parameter of Device.LocalAgent. in the path of its object.",
    breaks: "TR-369:R-GET.2",
    caught: {
      "usp.get.parameter": ["TP-469:1.36#value", "TR-369:R-GET.2"],
      "usp.get.parameters-of-one-object": ["TP-469:1.37#each-path"],
      "usp.get.parameters-of-two-objects": ["TP-469:1.37#each-path", "TR-369:R-GET.2"],
      "usp.get.unknown-among-others": ["TP-469:1.42#independent"],
      "usp.endpoint-id.form": ["TR-369:R-ARC.2a", "TR-369:R-ARC.5", "TR-369:R-ARC.6"],
      "usp.session.established": ["TR-369:R-E2E.4"],
      "usp.session.another": ["TR-369:R-E2E.6"],
      "usp.session.forbidden": ["TR-369:R-E2E.6a"],
      "usp.session.order": ["TR-369:R-E2E.20"],
      "usp.session.late": ["TR-369:R-E2E.20"],
      "usp.session.duplicate": ["TR-369:R-E2E.25"],
      "usp.session.segments-received": ["TR-369:R-E2E.20"],
      "usp.session.unreadable": ["TR-369:R-E2E.21"],
      "usp.session.segment-of-nothing": ["TR-369:R-E2E.21"],
      "usp.session.near-the-end": ["TR-369:R-E2E.8"],
      "usp.session.other-security": ["TR-369:R-E2E.19"],
      "usp.session.invalid-id": ["TR-369:R-E2E.24"],
      "usp.session.wrong-signature": ["TR-369:R-E2E.23"],
      "usp.record.wrong-signature": ["TR-369:R-E2E.30"],
      "usp.robust.truncated-records": ["TR-369:R-MTP.5"],
      "usp.robust.truncated-messages": ["TR-369:R-MSG.1"],
      "usp.robust.random-records": ["TR-369:R-MTP.5"],
      "usp.robust.many-paths": ["TR-369:R-MSG.0"],
      "usp.robust.flood": ["TR-369:R-MSG.0"],
    },
    change: ({ usp }) => ({
      usp: { resolvedPath: (object, name = "") => usp.resolvedPath(object, name) + (object === AGENT ? name : "") },
    }),
  },
  {
    id: "usp-get-parameter-with-siblings",
    phone: "A phone that gives all parameters of the object when it is asked for one.",
    breaks: "TR-369:R-GET.3",
    caught: {
      "usp.get.parameter": ["TR-369:R-GET.3"],
      "usp.get.parameters-of-one-object": ["TP-469:1.37#each-path"],
      "usp.get.parameters-of-two-objects": ["TP-469:1.37#each-path"],
      "usp.get.wildcard-parameter": ["TR-369:R-GET.3"],
      "usp.set.wildcard": ["TP-469:1.11#updated"],
    },
    change: () => ({ usp: { namedParameters: (_name, all) => all } }),
  },
  {
    id: "usp-get-endpoint-id-short",
    phone: "A phone that gives its EndpointID without the authority scheme.",
    breaks: "TP-469:1.36#value",
    caught: {
      "usp.get.parameter": ["TP-469:1.36#value"],
      "usp.get.parameters-of-one-object": ["TP-469:1.37#each-path"],
      "usp.get.parameters-of-two-objects": ["TP-469:1.37#each-path"],
      "usp.endpoint-id.form": ["TR-369:R-ARC.2a", "TR-369:R-ARC.5"],
      "usp.session.established": ["TR-369:R-E2E.4"],
      "usp.session.another": ["TR-369:R-E2E.6"],
      "usp.session.forbidden": ["TR-369:R-E2E.6a"],
      "usp.session.order": ["TR-369:R-E2E.20"],
      "usp.session.late": ["TR-369:R-E2E.20"],
      "usp.session.duplicate": ["TR-369:R-E2E.25"],
      "usp.session.segments-sent": ["TR-181:E2ESession#record-size"],
      "usp.session.segments-received": ["TR-369:R-E2E.20"],
      "usp.session.segments-in-disorder": ["TR-369:R-E2E.20"],
      "usp.session.unreadable": ["TR-369:R-E2E.21"],
      "usp.session.segment-of-nothing": ["TR-369:R-E2E.21"],
      "usp.session.near-the-end": ["TR-369:R-E2E.8"],
      "usp.session.other-security": ["TR-369:R-E2E.19"],
      "usp.session.invalid-id": ["TR-369:R-E2E.24"],
      "usp.session.wrong-signature": ["TR-369:R-E2E.23"],
      "usp.record.wrong-signature": ["TR-369:R-E2E.30"],
      "usp.robust.truncated-records": ["TR-369:R-MTP.5"],
      "usp.robust.truncated-messages": ["TR-369:R-MSG.1"],
      "usp.robust.random-records": ["TR-369:R-MTP.5"],
      "usp.robust.many-paths": ["TR-369:R-MSG.0"],
      "usp.robust.flood": ["TR-369:R-MSG.0"],
    },
    change: parameters(({ EndpointID, ...others }, object) =>
      object === AGENT && EndpointID !== undefined
        ? { ...others, EndpointID: EndpointID.replace(/^.*::/, "") }
        : { ...others, ...(EndpointID === undefined ? {} : { EndpointID }) },
    ),
  },
  {
    id: "usp-get-once-per-object",
    phone: "A phone that answers only the first of several paths in Device.LocalAgent.",
    breaks: "TP-469:1.37#each-path",
    caught: {
      "usp.get.parameters-of-one-object": ["TP-469:1.37#each-path"],
      "usp.robust.many-paths": ["TR-369:R-MSG.0"],
    },
    change: results((all) => {
      const isOfAgent = ({ resolvedPathResults: [first] }: Result): boolean => first?.resolvedPath === AGENT;
      return all.filter((result, place) => !isOfAgent(result) || all.findIndex(isOfAgent) === place);
    }),
  },
  {
    id: "usp-get-version-missing",
    phone: "A phone that leaves SoftwareVersion out when it is asked for the whole object.",
    breaks: "TP-469:1.39#whole",
    caught: { "usp.get.object": ["TP-469:1.39#whole"] },
    change: ({ usp }) => ({
      usp: {
        toldParameters: (names, object) =>
          usp.toldParameters(names, object).filter((name) => object !== AGENT || name !== "SoftwareVersion"),
      },
    }),
  },
  {
    id: "usp-get-creation-date-missing",
    phone: "A phone that leaves CreationDate out when it is asked for whole subscriptions.",
    breaks: "TP-469:1.39#whole",
    caught: { "usp.get.instance": ["TP-469:1.39#whole"], "usp.get.wildcard-object": ["TR-369:R-ARC.10"] },
    change: ({ usp }) => ({
      usp: { toldParameters: (names, object) => usp.toldParameters(names, object).filter((name) => name !== "CreationDate") },
    }),
  },
  {
    id: "usp-get-creation-date-by-path",
    phone: "A phone that gives the CreationDate of subscriptions under its whole path.",
    breaks: "TP-469:1.39#relative",
    caught: {
      "usp.get.instance": ["TP-469:1.39#relative", "TP-469:1.39#whole"],
      "usp.get.wildcard-object": ["TP-469:1.39#relative", "TR-369:R-ARC.10"],
    },
    change: parameters((params, object) =>
      Object.fromEntries(
        Object.entries(params).map(([name, value]) => [name === "CreationDate" ? object + name : name, value] as const),
      ),
    ),
  },
  {
    id: "usp-get-up-time-by-path",
    phone: "A phone that gives the UpTime of Device.LocalAgent. under its whole path.",
    breaks: "TP-469:1.39#relative",
    caught: {
      "usp.get.object": ["TP-469:1.39#relative", "TP-469:1.39#whole"],
      "usp.supported-dm.subtree": ["TP-469:1.72#subtree"],
      "usp.supported-dm.whole-model": ["TP-469:1.76#whole-model"],
    },
    change: parameters((params, object) =>
      Object.fromEntries(
        Object.entries(params).map(
          ([name, value]) => [object === AGENT && name === "UpTime" ? object + name : name, value] as const,
        ),
      ),
    ),
  },
  {
    id: "usp-get-unknown-7010",
    phone: "A phone that answers a Get of what is not in its data model with error 7010.",
    breaks: "TR-369:R-GET.0",
    caught: { "usp.get.unknown-parameter": ["TR-369:R-GET.0"], "usp.get.unknown-among-others": ["TR-369:R-GET.0"] },
    change: ({ usp }) => ({
      usp: {
        pathCode: (problem, request) => (request === "get" && problem === "unsupported" ? 7010 : usp.pathCode(problem, request)),
      },
    }),
  },
  {
    id: "usp-get-unknown-7012",
    phone: "A phone that answers a Get of what is not in its data model with a code for values.",
    breaks: "TR-369:R-GET.0",
    caught: { "usp.get.unknown-parameter": ["TR-369:R-GET.0"], "usp.get.unknown-among-others": ["TR-369:R-GET.0"] },
    change: ({ usp }) => ({
      usp: {
        pathCode: (problem, request) => (request === "get" && problem === "unsupported" ? 7012 : usp.pathCode(problem, request)),
      },
    }),
  },
  {
    id: "usp-get-absent-7016",
    phone: "A phone that answers a Get in an instance that is not there with error 7016.",
    breaks: "TR-369:R-GET.0",
    caught: { "usp.get.absent-instance": ["TR-369:R-GET.0"] },
    change: ({ usp }) => ({
      usp: {
        pathCode: (problem, request) => (request === "get" && problem === "missing" ? 7016 : usp.pathCode(problem, request)),
      },
    }),
  },
  {
    id: "usp-get-errors-alone",
    phone: "A phone that answers a Get of several paths with the errors among them and nothing else.",
    breaks: "TP-469:1.42#independent",
    caught: { "usp.get.unknown-among-others": ["TP-469:1.42#independent"] },
    change: results((all) => {
      const bad = all.filter(({ errCode }) => errCode !== 0);
      return bad.length > 0 ? bad : all;
    }),
  },
  {
    id: "usp-get-keys-as-asked",
    phone: "A phone that answers a Get with unique keys by the path that it was asked for.",
    breaks: "TR-369:R-MSG.3",
    caught: {
      "usp.get.unique-key": ["TP-469:1.43#unique-key", "TR-369:R-MSG.3"],
      "usp.message.instance-numbers": ["TR-369:R-MSG.3"],
      "usp.message.path-syntax": ["TR-369:R-ARC.7"],
    },
    change: results((all) =>
      all.map(({ requestedPath, resolvedPathResults, ...rest }) => {
        const asked = requestedPath.slice(0, requestedPath.lastIndexOf(".") + 1);
        const told = resolvedPathResults.map((one) => (asked.includes('=="') ? { ...one, resolvedPath: asked } : one));
        return { ...rest, requestedPath, resolvedPathResults: told };
      }),
    ),
  },
  {
    id: "usp-get-unmatched-error",
    phone: "A phone that takes a Get by a search path that nothing matches for an error.",
    breaks: "TR-369:R-GET.1a",
    caught: { "usp.get.unmatched-search": ["TR-369:R-GET.1a"] },
    change: ({ usp }) => ({
      usp: { absentCode: (request) => (request === "get" ? 7016 : usp.absentCode(request)) },
    }),
  },
  {
    id: "usp-get-empty-error",
    phone: "A phone that answers a Get of an empty table with an error.",
    breaks: "TR-369:R-GET.1b",
    caught: { "usp.get.empty-table": ["TR-369:R-GET.1b"] },
    change: () => ({ usp: { emptyCode: () => 7016 } }),
  },
  {
    id: "usp-get-depth-ignored",
    phone: "A phone that goes down all levels whatever max_depth says.",
    breaks: "TR-369:R-GET.5",
    caught: { "usp.get.max-depth": ["TR-369:R-GET.5"] },
    change: ({ usp }) => ({ usp: { depth: () => usp.depth(0) } }),
  },
  {
    id: "usp-get-one-level-more",
    phone: "A phone that goes down one level more than max_depth says.",
    breaks: "TR-369:R-GET.5",
    caught: { "usp.get.max-depth": ["TR-369:R-GET.5"] },
    change: ({ usp }) => ({ usp: { depth: (maxDepth) => usp.depth(maxDepth) + 1 } }),
  },
  {
    id: "usp-get-one-level-only",
    phone: "A phone that goes down one level for any max_depth.",
    breaks: "TP-469:1.89#children",
    caught: { "usp.get.max-depth": ["TP-469:1.89#children"] },
    change: ({ usp }) => ({ usp: { depth: (maxDepth) => (maxDepth === 0 ? usp.depth(maxDepth) : 1) } }),
  },
];
