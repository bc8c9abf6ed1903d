import type { Bench, UspAgent } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import {
  getResults,
  namesIn,
  objectsIn,
  RELATIVE,
  readable,
  requestedIn,
  tells,
  tellsAll,
  tellsOnly,
  tellsRelative,
} from "./support/get-results.ts";
import { SUBSCRIPTIONS } from "./support/instances.ts";
import { withSubscriptions } from "./support/making.ts";

const AGENT = "Device.LocalAgent.";
const ENDPOINT_ID = `${AGENT}EndpointID`;

const HOLDER = "TR-369:R-GET.2";
const ALONE = "TR-369:R-GET.3";
const DEPTH = "TR-369:R-GET.5";
const VALUE = "TP-469:1.36#value";
const EACH_PATH = "TP-469:1.37#each-path";
const WHOLE = "TP-469:1.39#whole";
const LEVELS = "TP-469:1.89#children";

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf(".") + 1);

/** That each path, of a parameter, has a result of its own with that parameter. */
function* tellsEach(reply: UspReply, parameters: readonly string[], endpointId: string): Iterable<Finding> {
  yield* inResponse(EACH_PATH, reply, "GET_RESP", function* () {
    yield same(EACH_PATH, parametersIn(reply).get(ENDPOINT_ID) ?? { ...reply.summary, value: undefined }, endpointId);
    yield sameSet(EACH_PATH, requestedIn(reply), parameters);
    for (const result of getResults(reply)) {
      yield same(EACH_PATH, result.errCode, 0);
      yield sameSet(EACH_PATH, { value: namesIn([result]), where: result.where }, [result.requested.value ?? ""]);
    }
  });
}

/** Tables and single objects right inside Device.LocalAgent. */
const partsOf = ({ objects }: UspAgent): readonly string[] =>
  [...objects.keys()].flatMap((path) => /^(Device\.LocalAgent\.\w+\.)(?:\{i\}\.)?$/.exec(path)?.[1] ?? []);

/** How far below Device.LocalAgent. an object is; a table and its instances are one level. */
const levelOf = (object: string): number => object.slice(AGENT.length).match(/[A-Za-z]\w*\./g)?.length ?? 0;

/** Get of parameters, objects and instances by their plain paths. */
export const getCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.get.parameter",
    title: "gives the value of a parameter, under the path of its object",
    proves: [HOLDER, ALONE, VALUE],
    references: ["TP-469 1.36"],
    drive: async ({ controller, agent }) => ({ endpointId: agent.endpointId, reply: await controller.get([ENDPOINT_ID]) }),
    *judge({ endpointId, reply }) {
      yield* tells(HOLDER, reply, [AGENT]);
      yield* tellsOnly(ALONE, reply, "EndpointID");
      yield* inResponse(VALUE, reply, "GET_RESP", function* () {
        yield same(VALUE, parametersIn(reply).get(ENDPOINT_ID) ?? { ...reply.summary, value: undefined }, endpointId);
      });
    },
  }),
  uspCase({
    id: "usp.get.parameters-of-one-object",
    title: "gives two parameters of one object in a result each",
    proves: [EACH_PATH],
    references: ["TP-469 1.37"],
    drive: async ({ controller, agent }) => {
      const paths = [ENDPOINT_ID, `${AGENT}SoftwareVersion`];
      return { paths, endpointId: agent.endpointId, reply: await controller.get(paths) };
    },
    *judge({ paths, endpointId, reply }) {
      yield* tellsEach(reply, paths, endpointId);
    },
  }),
  uspCase({
    id: "usp.get.parameters-of-two-objects",
    title: "gives parameters of two objects in a result each",
    proves: [EACH_PATH, HOLDER],
    references: ["TP-469 1.38"],
    drive: (bench) =>
      withSubscriptions(bench, [{}], async ([path = ""]) => {
        const paths = [ENDPOINT_ID, `${path}Enable`];
        return { paths, endpointId: bench.agent.endpointId, reply: await bench.controller.get(paths) };
      }),
    *judge({ paths, endpointId, reply }) {
      yield* tellsEach(reply, paths, endpointId);
      yield* tells(HOLDER, reply, paths.map(parentOf));
    },
  }),
  uspCase({
    id: "usp.get.object",
    title: "gives all parameters of an object and of everything inside it",
    proves: [WHOLE, RELATIVE],
    references: ["TP-469 1.39"],
    drive: async ({ controller, agent }) => {
      const reply = await controller.get([AGENT]);
      const parts = namesIn(getResults(await controller.get(partsOf(agent))));
      return { reply, expected: [ENDPOINT_ID, ...readable(agent, AGENT, AGENT), ...parts] };
    },
    *judge({ reply, expected }) {
      yield* tellsAll(WHOLE, reply, expected);
      yield* tellsRelative(reply);
    },
  }),
  uspCase({
    id: "usp.get.instance",
    title: "gives all parameters of an instance, and nothing outside it",
    proves: [WHOLE, RELATIVE],
    references: ["TP-469 1.40"],
    drive: (bench) =>
      withSubscriptions(bench, [{}, {}], async ([path = ""]) => ({
        path,
        expected: [`${path}ID`, ...readable(bench.agent, `${SUBSCRIPTIONS}{i}.`, path)],
        reply: await bench.controller.get([path]),
      })),
    *judge({ path, expected, reply }) {
      yield* tellsAll(WHOLE, reply, expected);
      const outside = objectsIn(getResults(reply)).filter((object) => !object.startsWith(path));
      yield sameSet(WHOLE, { value: outside, where: reply.summary.where }, []);
      yield* tellsRelative(reply);
    },
  }),
  uspCase({
    id: "usp.get.max-depth",
    title: "goes down as many levels as max_depth says, and all the way for 0",
    proves: [DEPTH, LEVELS],
    references: ["TP-469 1.89"],
    drive: async ({ controller, agent }) => ({
      one: await controller.get([AGENT], 1),
      two: await controller.get([AGENT], 2),
      all: await controller.get([AGENT], 0),
      entry: agent.controllerPath,
      mtp: agent.mtpPath,
    }),
    *judge({ one, two, all, entry, mtp }) {
      for (const [reply, depth] of [[one, 1] as const, [two, 2] as const])
        yield* inResponse(DEPTH, reply, "GET_RESP", function* () {
          const deeper = objectsIn(getResults(reply)).filter((object) => levelOf(object) >= depth);
          const actual = deeper.length === 0 ? "so" : few(deeper);
          const expected = `nothing deeper than max_depth ${depth}`;
          yield holds(DEPTH, deeper.length === 0, { expected, actual, where: reply.summary.where });
        });
      yield* tellsAll(LEVELS, one, [ENDPOINT_ID]);
      yield* tellsAll(LEVELS, two, [ENDPOINT_ID, `${entry}EndpointID`]);
      yield* tellsAll(LEVELS, all, [ENDPOINT_ID, `${entry}EndpointID`, `${mtp}Protocol`]);
    },
  }),
];
