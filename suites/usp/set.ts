import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import type { Finding } from "../../harness/core/finding.ts";
import { refuses } from "./support/answers.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS, subscription, switchOf } from "./support/instances.ts";
import { freshName, withSubscriptions } from "./support/making.ts";
import { errorTells, failuresTell, outcomes, resultsWith, suitable, type Told, tellsOne, updates } from "./support/outcomes.ts";

const UPDATED = "TP-469:1.11#updated";
const VALUE = "TP-469:1.11#value";
const PARAM_ERRS = "TP-469:1.14#param-errs";
const FAILURE = "TP-469:1.16#failure";
const PARTIAL = "TR-369:R-SET.0";
const WHOLE = "TR-369:R-SET.1";
const REQUIRED = "TR-369:R-SET.2";

const UNKNOWN = { name: "InvalidParameter", value: "IrrelevantValue" };
const UNKNOWN_TOLD: Told = { param: /^InvalidParameter$/, says: UNKNOWN.name, code: 7010, request: "Set" };

/** What an Error tells of a parameter of this instance that is not in the data model. */
const unknownIn = (instance: string): Told => {
  const path = `${instance}${UNKNOWN.name}`;
  return { param: new RegExp(`^${path.replaceAll(".", "\\.")}$`), says: path, code: 7010, request: "Set" };
};

/** New subscriptions in which the switch that `set` turns on is off. */
const withSwitches = <Seen>(bench: UspBench, count: number, use: (paths: readonly string[], name: string) => Promise<Seen>) => {
  const name = switchOf(bench.agent);
  const off = Array.from({ length: count }, () => ({ [name]: "false" }));
  return withSubscriptions(bench, off, (paths) => use(paths, name));
};

/** Turns the switches of new subscriptions on, with more settings for some of them, and reads them. */
const switching = (
  bench: UspBench,
  { allowPartial = false, also }: { allowPartial?: boolean; also: readonly { required: boolean; more?: typeof UNKNOWN }[] },
) =>
  withSwitches(bench, also.length, async (paths, name) => {
    const { controller } = bench;
    const set = await controller.set(
      also.map(({ required, more }, index) => ({
        path: paths[index] ?? "",
        params: [{ name, value: "true", required }, ...(more === undefined ? [] : [{ ...more, required }])],
      })),
      allowPartial,
    );
    return { paths, name, set, seen: await controller.get(paths.map((path) => path + name)) };
  });

interface Switched {
  readonly paths: readonly string[];
  readonly name: string;
  readonly set: UspReply;
  readonly seen: UspReply;
}

/** That all of the instances are told as updated, each with its switch and nothing else. */
const allUpdated = (requirement: string, { paths, name, set }: Switched): Iterable<Finding> =>
  updates(requirement, set, new Map(paths.map((path) => [path, [name]])));

/** That the switches are on, or off. */
function* allHave(requirement: string, { name, seen }: Switched, paths: readonly string[], value: string): Iterable<Finding> {
  for (const path of paths) yield hasValue(requirement, seen, path + name, value);
}

const REQUIRED_ALONE = { required: true };
const REQUIRED_UNKNOWN = { required: true, more: UNKNOWN };

/** A parameter of a new subscription that may be written once, and what comes of writing it again. */
const writingAgain = (bench: UspBench, name: "ID" | "Alias") =>
  deletingMade(bench.controller, async ({ add }) => {
    const { controller } = bench;
    const value = freshName(bench);
    const first = { name, value };
    const others = subscription(name === "ID" ? value : freshName(bench)).filter((one) => one.name !== name);
    const path = await add(SUBSCRIPTIONS, [first, ...others]);
    const params = [{ name, value: `${value}-new`, required: true }];
    const set = await controller.set([{ path, params }]);
    return { path: path + name, value, set, seen: await controller.get([path + name]) };
  });

export const setCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.set.updates-one",
    title: "updates the object that a Set names, and tells what it has updated",
    proves: [UPDATED, VALUE],
    references: ["TP-469 1.11"],
    drive: (bench) => switching(bench, { also: [REQUIRED_ALONE] }),
    *judge(evidence) {
      yield* allUpdated(UPDATED, evidence);
      yield* allHave(VALUE, evidence, evidence.paths, "true");
    },
  }),
  uspCase({
    id: "usp.set.updates-one-partial",
    title: "updates the object that a Set with allow_partial names",
    proves: [PARTIAL, UPDATED],
    references: ["TP-469 1.12"],
    drive: (bench) => switching(bench, { allowPartial: true, also: [REQUIRED_ALONE] }),
    *judge(evidence) {
      yield* allUpdated(UPDATED, evidence);
      yield* allHave(PARTIAL, evidence, evidence.paths, "true");
    },
  }),
  uspCase({
    id: "usp.set.updates-several",
    title: "updates each of the objects that one Set names",
    proves: [UPDATED, VALUE],
    references: ["TP-469 1.13"],
    drive: (bench) => switching(bench, { also: [REQUIRED_ALONE, REQUIRED_ALONE] }),
    *judge(evidence) {
      yield* allUpdated(UPDATED, evidence);
      yield* allHave(VALUE, evidence, evidence.paths, "true");
    },
  }),
  uspCase({
    id: "usp.set.required-fails",
    title: "updates nothing in an object of which a required parameter fails",
    proves: [WHOLE, REQUIRED, PARAM_ERRS],
    references: ["TP-469 1.14"],
    drive: (bench) => switching(bench, { also: [REQUIRED_UNKNOWN] }),
    *judge(evidence) {
      const { paths, set } = evidence;
      yield refuses(WHOLE, set);
      yield* allHave(REQUIRED, evidence, paths, "false");
      yield* errorTells(PARAM_ERRS, set, unknownIn(paths[0] ?? ""));
    },
  }),
  uspCase({
    id: "usp.set.one-required-fails",
    title: "updates nothing by a Set when a required parameter of one object fails",
    proves: [WHOLE, PARAM_ERRS],
    references: ["TP-469 1.15"],
    drive: (bench) => switching(bench, { also: [REQUIRED_ALONE, REQUIRED_UNKNOWN] }),
    *judge(evidence) {
      const { paths, set } = evidence;
      yield refuses(WHOLE, set);
      yield* allHave(WHOLE, evidence, paths, "false");
      yield* errorTells(PARAM_ERRS, set, unknownIn(paths[1] ?? ""));
    },
  }),
  uspCase({
    id: "usp.set.one-fails-partial",
    title: "updates the good objects of a Set with allow_partial, and not the others",
    proves: [PARTIAL, REQUIRED, FAILURE],
    references: ["TP-469 1.16"],
    drive: (bench) => switching(bench, { allowPartial: true, also: [REQUIRED_ALONE, REQUIRED_UNKNOWN] }),
    *judge(evidence) {
      const { paths, set } = evidence;
      yield* allHave(PARTIAL, evidence, paths.slice(0, 1), "true");
      yield* allHave(REQUIRED, evidence, paths.slice(1), "false");
      yield* outcomes(FAILURE, set, "SET_RESP", "oper_success", "oper_failure");
      yield* suitable(FAILURE, set, "SET_RESP");
      yield* failuresTell(FAILURE, set, paths.slice(1), UNKNOWN_TOLD);
    },
  }),
  uspCase({
    id: "usp.set.optional-fails-partial",
    title: "updates what it can of an object when a parameter fails that is not required",
    proves: [VALUE, "TP-469:1.17#param-errs"],
    references: ["TP-469 1.17"],
    drive: (bench) => switching(bench, { allowPartial: true, also: [{ required: false, more: UNKNOWN }] }),
    *judge(evidence) {
      yield* allHave(VALUE, evidence, evidence.paths, "true");
      yield* optionalTold(evidence);
    },
  }),
  uspCase({
    id: "usp.set.optional-fails",
    title: "updates what it can where no required parameter fails, without allow_partial too",
    proves: [VALUE, "TP-469:1.17#param-errs"],
    drive: (bench) => switching(bench, { also: [{ required: false, more: UNKNOWN }] }),
    *judge(evidence) {
      yield* allHave(VALUE, evidence, evidence.paths, "true");
      yield* optionalTold(evidence);
    },
  }),
  uspCase({
    id: "usp.set.unique-key",
    title: "never changes a unique key that only serves to identify an object",
    proves: ["TR-369:R-KEY.1"],
    references: ["TP-469 1.96"],
    drive: (bench) => writingAgain(bench, "ID"),
    *judge({ path, value, set, seen }) {
      yield refuses("TR-369:R-KEY.1", set);
      yield hasValue("TR-369:R-KEY.1", seen, path, value);
    },
  }),
  uspCase({
    id: "usp.set.write-once",
    title: "keeps a parameter that may be written once, and was",
    proves: ["TP-469:1.104#write-once"],
    references: ["TP-469 1.104"],
    needs: ["usp-subscription-alias"],
    drive: (bench) => writingAgain(bench, "Alias"),
    *judge({ path, value, set, seen }) {
      yield refuses("TP-469:1.104#write-once", set);
      yield hasValue("TP-469:1.104#write-once", seen, path, value);
    },
  }),
];

/** That a SetResp tells the object as updated, with the parameter that failed beside the one that did not. */
function* optionalTold({ set }: Switched): Iterable<Finding> {
  const requirement = "TP-469:1.17#param-errs";
  yield* outcomes(requirement, set, "SET_RESP", "oper_success");
  for (const path of resultsWith(set, "SET_RESP", "oper_success"))
    yield* tellsOne(requirement, set, `${path}/updated_inst_results/param_errs`, UNKNOWN_TOLD);
}
