import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";

const CONTROLLERS = "Device.LocalAgent.Controller.";
const MTPS = "Device.LocalAgent.MTP.";

const FIRST_LEVEL = "TP-469:1.66#first-level";
const UNIQUE_KEYS = "TP-469:1.66#unique-keys";
const ALL_LEVELS = "TP-469:1.67#all-levels";
const EACH_PATH = "TP-469:1.68#each-path";
const WILDCARD = "TP-469:1.70#wildcard";
const SEARCH = "TP-469:1.71#search-expression";
const UNMATCHED = "TR-369:R-MSG.4a";
const UNKNOWN_PATH = "TP-469:1.66#unknown-path";

const RESULTS = "response/get_instances_resp/req_path_results";

/** What one path of a GetInstances was answered. */
interface Result {
  readonly path: string;
  readonly errCode: string;
  readonly instances: readonly string[];
  readonly where: string;
}

const resultsIn = (reply: UspReply): readonly Result[] =>
  reply.all(RESULTS).map(({ where }, index) => {
    const at = `${RESULTS}[${index + 1}]`;
    return {
      path: reply.at(`${at}/requested_path`).value ?? "",
      errCode: reply.at(`${at}/err_code`).value ?? "",
      instances: reply.all(`${at}/curr_insts/instantiated_obj_path`).flatMap(({ value = [] }) => value),
      where,
    };
  });

/** That there is one result for each path that was asked for, without an error, and what each of them holds. */
function* eachPath(
  requirement: string,
  reply: UspReply,
  paths: readonly string[],
  judge: (result: Result) => Iterable<Finding>,
): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_INSTANCES_RESP", function* () {
    const results = resultsIn(reply);
    yield sameSet(requirement, { value: results.map(({ path }) => path), where: reply.summary.where }, paths);
    for (const result of results) {
      yield same(requirement, { value: result.errCode, where: result.where }, 0);
      if (result.errCode === "0") yield* judge(result);
    }
  });
}

/** Every instance on the way to a parameter: `Device.A.1.`, `Device.A.1.B.2.`. */
const instancesOnWay = (path: string): readonly string[] =>
  [...path.matchAll(/\.\d+(?=\.)/g)].map(({ index, 0: step }) => path.slice(0, index + step.length + 1));

/** Instances inside a table, at any depth, that a Get shows. @throws Inconclusive when it shows none */
async function shown({ controller }: UspBench, table: string): Promise<readonly string[]> {
  const reply = await controller.get([table]);
  const found = new Set([...parametersIn(reply).keys()].flatMap(instancesOnWay).filter((path) => path.startsWith(table)));
  if (found.size > 0) return [...found];
  throw new Inconclusive("precondition", `a Get of ${table} shows no instance: ${reply.summary.value}`);
}

const levelsBelow = (table: string, path: string): number => path.slice(table.length).split(".").length - 1;

export const getInstancesCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.get-instances.first-level",
    title: "with first_level_only names all instances of a table, and none inside them",
    proves: [FIRST_LEVEL],
    references: ["TP-469 1.66"],
    async drive(bench) {
      const expected = (await shown(bench, CONTROLLERS)).filter((path) => levelsBelow(CONTROLLERS, path) === 1);
      return { expected, reply: await bench.controller.getInstances([CONTROLLERS], true) };
    },
    *judge({ expected, reply }) {
      yield* eachPath(FIRST_LEVEL, reply, [CONTROLLERS], function* ({ instances, where }) {
        yield sameSet(FIRST_LEVEL, { value: instances, where }, expected);
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.unique-keys",
    title: "tells the unique keys of each instance and their values",
    proves: [UNIQUE_KEYS],
    async drive({ controller, agent }) {
      const path = agent.controllerPath;
      const sets = agent.objects.get(`${CONTROLLERS}{i}.`)?.uniqueKeySets ?? [];
      const keys = [...new Set(["EndpointID", ...sets.flat()])];
      const values = parametersIn(await controller.get(keys.map((key) => path + key)));
      return { path, keys, values, reply: await controller.getInstances([CONTROLLERS], true) };
    },
    *judge({ path, keys, values, reply }) {
      yield* eachPath(UNIQUE_KEYS, reply, [CONTROLLERS], function* ({ instances, where }) {
        const place = instances.indexOf(path) + 1;
        yield holds(UNIQUE_KEYS, place > 0, { expected: path, actual: few(instances), where });
        if (place === 0) return;
        const told = reply.entries(`${RESULTS}/curr_insts[${place}]/unique_keys`);
        for (const key of keys) {
          const value = values.get(path + key)?.value;
          if (value !== undefined)
            yield same(UNIQUE_KEYS, told.get(key) ?? { value: undefined, where: `${where}, ${key}` }, value);
        }
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.all-levels",
    title: "without first_level_only names the instances inside instances too",
    proves: [ALL_LEVELS],
    references: ["TP-469 1.67"],
    async drive(bench) {
      const expected = await shown(bench, CONTROLLERS);
      return { expected, reply: await bench.controller.getInstances([CONTROLLERS], false) };
    },
    *judge({ expected, reply }) {
      yield* eachPath(ALL_LEVELS, reply, [CONTROLLERS], function* ({ instances, where }) {
        // An instance without a parameter to read is in no GetResp.
        const missing = expected.filter((path) => !instances.includes(path));
        yield holds(ALL_LEVELS, missing.length === 0, {
          expected: `all ${expected.length} instances that a Get shows`,
          actual: missing.length === 0 ? "all of them" : `without ${few(missing)}`,
          where,
        });
        const foreign = instances.filter((path) => !path.startsWith(CONTROLLERS));
        yield same(ALL_LEVELS, { value: few(foreign), where }, "none");
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.several-tables",
    title: "gives a result for each table that is asked for",
    proves: [EACH_PATH],
    references: ["TP-469 1.68"],
    async drive(bench) {
      const expected = new Map<string, number>();
      for (const table of [CONTROLLERS, MTPS]) {
        const instances = (await shown(bench, table)).filter((path) => levelsBelow(table, path) === 1);
        expected.set(table, instances.length);
      }
      return { expected, reply: await bench.controller.getInstances([CONTROLLERS, MTPS], true) };
    },
    *judge({ expected, reply }) {
      yield* eachPath(EACH_PATH, reply, [...expected.keys()], function* ({ path, instances, where }) {
        yield same(EACH_PATH, { value: instances.length, where }, expected.get(path) ?? 0);
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.wildcard",
    title: "names the instances of a table inside all instances of another one",
    proves: [WILDCARD],
    references: ["TP-469 1.70"],
    async drive(bench) {
      const expected = (await shown(bench, CONTROLLERS)).filter((path) =>
        /^\d+\.MTP\.\d+\.$/.test(path.slice(CONTROLLERS.length)),
      );
      return { expected, reply: await bench.controller.getInstances([`${CONTROLLERS}*.MTP.`], true) };
    },
    *judge({ expected, reply }) {
      yield* eachPath(WILDCARD, reply, [`${CONTROLLERS}*.MTP.`], function* ({ instances, where }) {
        yield sameSet(WILDCARD, { value: instances, where }, expected);
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.search-expression",
    title: "names the instances of a table inside the instance that an expression finds",
    proves: [SEARCH],
    references: ["TP-469 1.71"],
    async drive(bench) {
      const { controller, agent } = bench;
      const path = `${CONTROLLERS}[EndpointID=="${controller.endpointId}"].MTP.`;
      const inside = `${agent.controllerPath}MTP.`;
      const expected = (await shown(bench, inside)).filter((one) => levelsBelow(inside, one) === 1);
      return { path, expected, reply: await controller.getInstances([path], false) };
    },
    *judge({ path, expected, reply }) {
      yield* eachPath(SEARCH, reply, [path], function* ({ instances, where }) {
        yield sameSet(SEARCH, { value: instances, where }, expected);
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.unmatched-expression",
    title: "answers an expression that finds no instance with an empty success",
    proves: [UNMATCHED],
    references: ["TP-469 1.83"],
    async drive({ controller }) {
      const path = `${CONTROLLERS}[EndpointID=="self::assay-nobody"].MTP.`;
      return { path, reply: await controller.getInstances([path]) };
    },
    *judge({ path, reply }) {
      yield* eachPath(UNMATCHED, reply, [path], function* ({ instances, where }) {
        yield same(UNMATCHED, { value: few(instances), where }, "none");
      });
    },
  }),
  uspCase({
    id: "usp.get-instances.unknown-table",
    title: "answers a table that is not in its data model with an error of its own",
    proves: [UNKNOWN_PATH],
    async drive({ controller }) {
      const path = "Device.LocalAgent.UnsupportedObject.";
      return { path, reply: await controller.getInstances([path, CONTROLLERS], true) };
    },
    *judge({ path, reply }) {
      yield* inResponse(UNKNOWN_PATH, reply, "GET_INSTANCES_RESP", function* () {
        const results = resultsIn(reply);
        const [unknown, known] = [path, CONTROLLERS].map((one) => results.find((result) => result.path === one));
        const { where } = reply.summary;
        yield same(UNKNOWN_PATH, { value: unknown?.errCode, where: unknown?.where ?? where }, 7026);
        yield same(UNKNOWN_PATH, { value: known?.errCode, where: known?.where ?? where }, 0);
      });
    },
  }),
];
