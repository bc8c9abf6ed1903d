import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn, supportedObjects } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { getResults, namesIn, objectsIn } from "./support/get-results.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS, subscription } from "./support/instances.ts";
import { freshName } from "./support/making.ts";
import { type PermissionSettings, withPermissions } from "./support/roles.ts";

const ABSENT = "TR-369:R-GET.1";
const LEFT_OUT = "TR-369:R-GET.4";
const ORDER = "TP-469:2.21#order";
const SUPPORTED = "TR-369:R-GSP.0";
const NEEDS = ["usp-controller-trust-writable"] as const;

const AGENT = "Device.LocalAgent.";
const MODEL = "Device.LocalAgent.Subscription.{i}.";
const CONTROL_MODEL = "Device.LocalAgent.Controller.{i}.";

/** A new subscription that `ask` reads before and while our roles have further permissions. */
const reading = (
  bench: UspBench,
  permissions: (path: string) => readonly PermissionSettings[],
  ask: (path: string) => readonly string[],
) =>
  deletingMade(bench.controller, async ({ add }) => {
    const { controller } = bench;
    const id = freshName(bench);
    const path = await add(SUBSCRIPTIONS, subscription(id));
    const before = parametersIn(await controller.get(ask(path)));
    if (!before.has(`${path}NotifType`))
      throw new Inconclusive("precondition", `the agent does not show ${path}NotifType to a controller that may read it`);
    const during = await withPermissions(bench, permissions(path), () => controller.get(ask(path)));
    return { id, path, during };
  });

/** That a Get of one path was answered by error 7026 in the result for it. */
function* isUnknown(requirement: string, reply: UspReply): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    const results = getResults(reply);
    yield same(requirement, { value: results.length, where: reply.summary.where }, 1);
    for (const { errCode } of results) yield same(requirement, errCode, 7026);
  });
}

/** The supported data model as it is told while our roles have a further permission for subscriptions. */
const modelUnder = async (bench: UspBench, permission: Omit<PermissionSettings, "Targets">) => {
  const { controller, agent } = bench;
  if (!agent.objects.has(MODEL) || !agent.objects.has(CONTROL_MODEL))
    throw new Inconclusive("precondition", `the agent did not tell ${MODEL} and ${CONTROL_MODEL} in its supported data model`);
  return withPermissions(bench, [{ Targets: SUBSCRIPTIONS, ...permission }], async () => ({
    around: await controller.getSupportedDM([AGENT], { params: true }),
    itself: await controller.getSupportedDM([MODEL], { params: true }),
  }));
};

const isTold = (requirement: string, reply: UspReply, object: string, is: boolean): Finding => {
  const told = [...supportedObjects(reply).keys()];
  return holds(requirement, told.includes(object) === is, {
    expected: `${is ? "" : "no "}${object}`,
    actual: told.length === 0 ? `nothing, but ${reply.summary.value}` : few(told),
    where: reply.summary.where,
  });
};

export const accessReadCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.access.get-parameter-left-out",
    title: "leaves a parameter out of an object that the controller may not read",
    proves: [LEFT_OUT],
    references: ["TP-469 2.22"],
    needs: NEEDS,
    drive: (bench) =>
      reading(
        bench,
        (path) => [
          { Targets: path, Param: "rw--" },
          { Targets: `${path}NotifType`, Param: "----" },
        ],
        (path) => [path],
      ),
    *judge({ id, path, during }) {
      yield hasValue(LEFT_OUT, during, `${path}ID`, id);
      const names = [...parametersIn(during).keys()];
      yield holds(LEFT_OUT, !names.includes(`${path}NotifType`), {
        expected: `no ${path}NotifType`,
        actual: few(names),
        where: during.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.access.get-unreadable-parameter",
    title: "answers a parameter that the controller may not read as if it had none",
    proves: [ABSENT],
    needs: NEEDS,
    drive: (bench) =>
      reading(
        bench,
        (path) => [{ Targets: `${path}NotifType`, Param: "-w--" }],
        (path) => [`${path}NotifType`],
      ),
    *judge({ during }) {
      yield* isUnknown(ABSENT, during);
    },
  }),
  uspCase({
    id: "usp.access.get-unreadable-object",
    title: "answers an object that the controller may not read as if it had none",
    proves: [ABSENT],
    needs: NEEDS,
    drive: (bench) =>
      reading(
        bench,
        (path) => [{ Targets: path, Obj: "-w--" }],
        (path) => [path],
      ),
    *judge({ during }) {
      yield* isUnknown(ABSENT, during);
    },
  }),
  uspCase({
    id: "usp.access.get-object-left-out",
    title: "leaves an object out of a whole that the controller may not read",
    proves: [ABSENT],
    needs: NEEDS,
    drive: (bench) =>
      reading(
        bench,
        (path) => [{ Targets: path, Obj: "-w--" }],
        () => [SUBSCRIPTIONS],
      ),
    *judge({ path, during }) {
      yield* inResponse(ABSENT, during, "GET_RESP", function* () {
        const objects = objectsIn(getResults(during));
        const actual = few(objects);
        const { where } = during.summary;
        yield holds(ABSENT, !objects.includes(path), { expected: `no ${path}`, actual, where });
      });
    },
  }),
  uspCase({
    id: "usp.access.order",
    title: "goes by the permission with the highest Order of those that overlap",
    proves: [ORDER],
    references: ["TP-469 2.21"],
    needs: NEEDS,
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const { controller } = bench;
        const id = freshName(bench);
        const path = await add(SUBSCRIPTIONS, subscription(id));
        const permission = (Param: string): PermissionSettings => ({ Targets: path, Param });
        return withPermissions(bench, [permission("----"), permission("rw--")], async () => {
          const open = await controller.get([SUBSCRIPTIONS]);
          const closed = await withPermissions(bench, [permission("----")], () => controller.get([SUBSCRIPTIONS]));
          return { id, path, open, closed };
        });
      }),
    *judge({ id, path, open, closed }) {
      yield hasValue(ORDER, open, `${path}ID`, id);
      yield* inResponse(ORDER, closed, "GET_RESP", function* () {
        const shown = namesIn(getResults(closed)).filter((name) => name.startsWith(path));
        yield sameSet(ORDER, { value: shown, where: closed.summary.where }, []);
      });
    },
  }),
  uspCase({
    id: "usp.access.supported-object",
    title: "leaves out of the supported data model an object that may not be read",
    proves: [SUPPORTED],
    needs: NEEDS,
    drive: (bench) => modelUnder(bench, { Obj: "-w--", Param: "-w--", CommandEvent: "--x-" }),
    *judge({ around, itself }) {
      yield isTold(SUPPORTED, around, CONTROL_MODEL, true);
      yield isTold(SUPPORTED, around, MODEL, false);
      yield* inResponse(SUPPORTED, itself, "GET_SUPPORTED_DM_RESP", function* () {
        yield same(SUPPORTED, itself.at("response/get_supported_dm_resp/req_obj_results[1]/err_code"), 7026);
      });
    },
  }),
  uspCase({
    id: "usp.access.supported-parameters",
    title: "leaves out of the supported data model parameters that may not be read",
    proves: [SUPPORTED],
    needs: NEEDS,
    drive: (bench) => modelUnder(bench, { Param: "-w--" }),
    *judge({ around, itself }) {
      for (const reply of [around, itself]) {
        yield isTold(SUPPORTED, reply, MODEL, true);
        const names = [...(supportedObjects(reply).get(MODEL)?.params.keys() ?? [])];
        yield sameSet(SUPPORTED, { value: names, where: reply.summary.where }, []);
      }
      const controls = supportedObjects(around).get(CONTROL_MODEL)?.params.size ?? 0;
      yield holds(SUPPORTED, controls > 0, {
        expected: `parameters of ${CONTROL_MODEL}`,
        actual: controls,
        where: around.summary.where,
      });
    },
  }),
];
