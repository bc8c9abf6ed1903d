import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, present, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { errorCode } from "./support/codes.ts";
import {
  getResults,
  objectsIn,
  RELATIVE,
  readable,
  requestedIn,
  tells,
  tellsAll,
  tellsOnly,
  tellsRelative,
} from "./support/get-results.ts";
import { instancesOf, SUBSCRIPTIONS } from "./support/instances.ts";
import { absentInstance, freshName, withEmptyTable, withSubscriptions } from "./support/making.ts";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";
const UNKNOWN = "Device.LocalAgent.InvalidParameter";

const INVALID_PATH = 7026;

const ALONE = "TR-369:R-GET.3";
const NO_MATCH = "TR-369:R-GET.1a";
const EMPTY = "TR-369:R-GET.1b";
const UNKNOWN_PATH = "TR-369:R-GET.0";
const BY_NUMBER = "TR-369:R-MSG.3";
const WILDCARD = "TR-369:R-ARC.10";
const INDEPENDENT = "TP-469:1.42#independent";
const UNIQUE_KEY = "TP-469:1.43#unique-key";

/** That each of these paths has a result of its own without an error, which tells nothing. */
function* tellsNothing(requirement: string, reply: UspReply, paths: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    const results = getResults(reply);
    yield sameSet(requirement, requestedIn(reply), paths);
    for (const { errCode } of results) yield same(requirement, errCode, 0);
    yield sameSet(requirement, { value: objectsIn(results), where: reply.summary.where }, []);
  });
}

/** That a GetResp has a result for this path with the error that it deserves. */
function* tellsUnknown(reply: UspReply, path: string): Iterable<Finding> {
  yield* inResponse(UNKNOWN_PATH, reply, "GET_RESP", function* () {
    const result = getResults(reply).find(({ requested }) => requested.value === path);
    const code = result?.errCode ?? { value: undefined, where: reply.summary.where };
    yield errorCode(UNKNOWN_PATH, code, INVALID_PATH, "Get");
  });
}

/** A text as it stands in a search expression. */
const quoted = (text: string): string => `"${text.replace(/%/g, "%25").replace(/"/g, "%22")}"`;

/** Asks for a parameter of one of two subscriptions by its keys (TR-181 has Recipient with ID). */
const askByKeys = (bench: UspBench) =>
  withSubscriptions(bench, [{}, {}], async ([path = ""]) => {
    const values = parametersIn(await bench.controller.get([path]));
    const keys = ["Recipient", "ID"].map((name) => {
      const { value } = values.get(path + name) ?? {};
      if (value === undefined) throw new Inconclusive("precondition", `the agent does not show ${path}${name}`);
      return `${name}==${quoted(value)}`;
    });
    return { path, reply: await bench.controller.get([`${SUBSCRIPTIONS}[${keys.join("&&")}].Enable`]) };
  });

/** Get of what is not there, and by keys, wildcards and expressions. */
export const getPathCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.get.unknown-parameter",
    title: "answers an unknown parameter with error 7026",
    proves: [UNKNOWN_PATH],
    references: ["TP-469 1.41"],
    drive: async ({ controller }) => {
      const reply = await controller.get([UNKNOWN]);
      const { kind, summary } = await controller.get([ENDPOINT_ID]);
      if (kind !== "response")
        throw new Inconclusive("control-failed", `a Get of ${ENDPOINT_ID} afterwards gave ${summary.value}`);
      return { reply };
    },
    *judge({ reply }) {
      yield* tellsUnknown(reply, UNKNOWN);
    },
  }),
  uspCase({
    id: "usp.get.unknown-among-others",
    title: "answers an unknown parameter by an error, and the one beside it by its value",
    proves: [UNKNOWN_PATH, INDEPENDENT],
    references: ["TP-469 1.42"],
    drive: async ({ controller }) => ({ reply: await controller.get([ENDPOINT_ID, UNKNOWN]) }),
    *judge({ reply }) {
      yield* tellsUnknown(reply, UNKNOWN);
      yield* inResponse(INDEPENDENT, reply, "GET_RESP", function* () {
        const value = parametersIn(reply).get(ENDPOINT_ID) ?? { ...reply.summary, value: undefined };
        yield present(INDEPENDENT, value, `a value of ${ENDPOINT_ID}`);
      });
    },
  }),
  uspCase({
    id: "usp.get.absent-instance",
    title: "answers a parameter of an instance that is not there with error 7026",
    proves: [UNKNOWN_PATH],
    drive: async ({ controller }) => {
      const path = `${await absentInstance(controller)}Enable`;
      return { path, reply: await controller.get([path]) };
    },
    *judge({ path, reply }) {
      yield* tellsUnknown(reply, path);
    },
  }),
  uspCase({
    id: "usp.get.unique-key",
    title: "finds an instance by its unique keys, and gives its number",
    proves: [UNIQUE_KEY, BY_NUMBER],
    references: ["TP-469 1.43"],
    drive: askByKeys,
    *judge({ path, reply }) {
      yield* tells(UNIQUE_KEY, reply, [path]);
      yield* inResponse(BY_NUMBER, reply, "GET_RESP", function* () {
        const withKeys = objectsIn(getResults(reply)).filter((object) => object.includes("["));
        yield sameSet(BY_NUMBER, { value: withKeys, where: reply.summary.where }, []);
      });
    },
  }),
  uspCase({
    id: "usp.get.wildcard-parameter",
    title: "gives a parameter of all instances for a wildcard",
    proves: [WILDCARD, ALONE],
    references: ["TP-469 1.44"],
    drive: (bench) =>
      withSubscriptions(bench, [{}, {}], async () => ({
        instances: await instancesOf(bench.controller, SUBSCRIPTIONS),
        reply: await bench.controller.get([`${SUBSCRIPTIONS}*.Enable`]),
      })),
    *judge({ instances, reply }) {
      yield* tells(WILDCARD, reply, instances);
      yield* tellsOnly(ALONE, reply, "Enable");
    },
  }),
  uspCase({
    id: "usp.get.wildcard-object",
    title: "gives the parameters of all instances for a wildcard",
    proves: [WILDCARD, RELATIVE],
    references: ["TP-469 1.45"],
    drive: (bench) =>
      withSubscriptions(bench, [{}, {}], async () => {
        const instances = await instancesOf(bench.controller, SUBSCRIPTIONS);
        const expected = instances.flatMap((path) => [`${path}ID`, ...readable(bench.agent, `${SUBSCRIPTIONS}{i}.`, path)]);
        return { expected, reply: await bench.controller.get([`${SUBSCRIPTIONS}*.`]) };
      }),
    *judge({ expected, reply }) {
      yield* tellsAll(WILDCARD, reply, expected);
      yield* tellsRelative(reply);
    },
  }),
  uspCase({
    id: "usp.get.unmatched-search",
    title: "answers a search expression that nothing matches without results or error",
    proves: [NO_MATCH],
    references: ["TP-469 1.82", "TP-469 1.86"],
    drive: (bench) =>
      withSubscriptions(bench, [{}], async () => {
        const search = `${SUBSCRIPTIONS}[ID=="${freshName(bench)}"].`;
        const paths = [search, `${search}Enable`];
        return { paths, reply: await bench.controller.get(paths) };
      }),
    *judge({ paths, reply }) {
      yield* tellsNothing(NO_MATCH, reply, paths);
    },
  }),
  uspCase({
    id: "usp.get.empty-table",
    title: "answers the path of an empty table without results or error",
    proves: [EMPTY],
    references: ["TP-469 1.87"],
    needs: ["usp-boot-parameters"],
    drive: (bench) => withEmptyTable(bench, async (table) => ({ table, reply: await bench.controller.get([table]) })),
    *judge({ table, reply }) {
      yield* tellsNothing(EMPTY, reply, [table]);
    },
  }),
];
