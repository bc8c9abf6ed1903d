import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { deletedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { inResponse, refuses } from "./support/answers.ts";
import { errorCode } from "./support/codes.ts";
import { isDenied } from "./support/denied.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS, showing, subscription } from "./support/instances.ts";
import { freshName } from "./support/making.ts";
import { outcomes, updates } from "./support/outcomes.ts";
import { type PermissionSettings, withPermissions } from "./support/roles.ts";

const CHECKS = "TR-369:R-SEC.1";
const ALLOWED = "TP-469:2.11#allowed";
const CODE = "TP-469:2.12#code";
const FAILURE = "TP-469:2.18#failure";
const NEEDS = ["usp-controller-trust-writable"] as const;

const isThere = (requirement: string, paths: readonly string[], path: string, where: string): Finding =>
  holds(requirement, paths.includes(path), {
    expected: `${path} deleted`,
    actual: paths.length === 0 ? "none" : paths.join(),
    where,
  });

/** Adds a subscription while our roles have a further permission, and reads all when it is gone. */
const adding = (bench: UspBench, permission: PermissionSettings) =>
  deletingMade(bench.controller, async ({ add, note }) => {
    const { controller } = bench;
    // Without the permission it works.
    await add(SUBSCRIPTIONS, subscription(freshName(bench)));
    const id = freshName(bench);
    const added = await withPermissions(bench, [permission], async () =>
      note(await controller.add([{ path: SUBSCRIPTIONS, params: subscription(id) }])),
    );
    return { id, added, seen: await controller.get([SUBSCRIPTIONS]) };
  });

/** Does something to a new subscription while our roles have a further permission for it. */
const withOne = <T>(
  bench: UspBench,
  permission: (path: string) => PermissionSettings,
  use: (path: string, id: string) => Promise<T>,
) =>
  deletingMade(bench.controller, async ({ add }) => {
    const id = freshName(bench);
    const path = await add(SUBSCRIPTIONS, subscription(id));
    const reply = await withPermissions(bench, [permission(path)], () => use(path, id));
    return { id, path, reply, seen: await bench.controller.get([SUBSCRIPTIONS]) };
  });

const deleting = (bench: UspBench, InstantiatedObj: string) =>
  withOne(
    bench,
    (Targets) => ({ Targets, InstantiatedObj }),
    (path) => bench.controller.delete([path]),
  );

const setting = (bench: UspBench, Param: string) =>
  withOne(
    bench,
    (Targets) => ({ Targets, Param }),
    (path) => bench.controller.set([{ path, params: [{ name: "Enable", value: "true", required: true }] }]),
  );

const operating = (bench: UspBench, CommandEvent: string) => {
  const { command, args } = bench.agent.values.syncCommand;
  return withPermissions(bench, [{ Targets: command, CommandEvent }], () => bench.controller.operate(command, args));
};

const OPERATED = "response/operate_resp/operation_results";

export const accessCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.access.create",
    title: "creates an object when a role permits it",
    proves: [ALLOWED],
    references: ["TP-469 2.11"],
    needs: NEEDS,
    drive: (bench) => adding(bench, { Targets: SUBSCRIPTIONS, Obj: "rw--" }),
    *judge({ id, added, seen }) {
      yield* outcomes(ALLOWED, added, "ADD_RESP", "oper_success");
      yield showing(ALLOWED, seen, "ID", id, true);
    },
  }),
  uspCase({
    id: "usp.access.create-denied",
    title: "creates no object when the roles of the controller do not permit it",
    proves: [CHECKS, CODE],
    references: ["TP-469 2.12"],
    needs: NEEDS,
    drive: (bench) => adding(bench, { Targets: SUBSCRIPTIONS, Obj: "r---" }),
    *judge({ id, added, seen }) {
      yield refuses(CHECKS, added);
      yield showing(CHECKS, seen, "ID", id, false);
      yield isDenied(CODE, added);
    },
  }),
  uspCase({
    id: "usp.access.delete",
    title: "deletes an object when a role permits it",
    proves: [ALLOWED],
    references: ["TP-469 2.13"],
    needs: NEEDS,
    drive: (bench) => deleting(bench, "rw--"),
    *judge({ id, path, reply, seen }) {
      yield isThere(ALLOWED, deletedIn(reply), path, reply.summary.where);
      yield showing(ALLOWED, seen, "ID", id, false);
    },
  }),
  uspCase({
    id: "usp.access.delete-denied",
    title: "deletes no object when the roles of the controller do not permit it",
    proves: [CHECKS, CODE],
    references: ["TP-469 2.14"],
    needs: NEEDS,
    drive: (bench) => deleting(bench, "r---"),
    *judge({ id, reply, seen }) {
      yield refuses(CHECKS, reply);
      yield showing(CHECKS, seen, "ID", id, true);
      yield isDenied(CODE, reply);
    },
  }),
  uspCase({
    id: "usp.access.set",
    title: "sets a parameter when a role permits it",
    proves: [ALLOWED],
    references: ["TP-469 2.15"],
    needs: NEEDS,
    drive: (bench) => setting(bench, "rw--"),
    *judge({ path, reply, seen }) {
      yield* updates(ALLOWED, reply, new Map([[path, ["Enable"]]]));
      yield hasValue(ALLOWED, seen, `${path}Enable`, "true");
    },
  }),
  uspCase({
    id: "usp.access.set-denied",
    title: "sets no parameter when the roles of the controller do not permit it",
    proves: [CHECKS, CODE],
    references: ["TP-469 2.16"],
    needs: NEEDS,
    drive: (bench) => setting(bench, "r---"),
    *judge({ path, reply, seen }) {
      yield refuses(CHECKS, reply);
      yield hasValue(CHECKS, seen, `${path}Enable`, "false");
      yield isDenied(CODE, reply);
    },
  }),
  uspCase({
    id: "usp.access.operate",
    title: "runs a command when a role permits it",
    proves: [ALLOWED],
    references: ["TP-469 2.17"],
    needs: [...NEEDS, "usp-command"],
    drive: async (bench) => ({ reply: await operating(bench, "r-x-") }),
    *judge({ reply }) {
      yield* inResponse(ALLOWED, reply, "OPERATE_RESP", function* () {
        const { value, where } = reply.at(`${OPERATED}/req_output_args`);
        yield holds(ALLOWED, value !== undefined, { expected: "output arguments", actual: value ?? "none", where });
      });
    },
  }),
  uspCase({
    id: "usp.access.operate-denied",
    title: "runs no command when the roles of the controller do not permit it",
    proves: [CHECKS, FAILURE],
    references: ["TP-469 2.18"],
    needs: [...NEEDS, "usp-command"],
    async drive(bench) {
      const { command, args } = bench.agent.values.syncCommand;
      const control = await bench.controller.operate(command, args);
      if (control.at(`${OPERATED}/req_output_args`).value === undefined)
        throw new Inconclusive("precondition", `${command}: the agent gave ${control.summary.value}`);
      // From version 1.4 on, a command that fails is told in the response to it.
      const inResponseOnly = bench.agent.versions.includes("1.4");
      return { inResponseOnly, reply: await operating(bench, "r---") };
    },
    *judge({ inResponseOnly, reply }) {
      const done =
        reply.at(`${OPERATED}/req_output_args`).value !== undefined || reply.at(`${OPERATED}/req_obj_path`).value !== undefined;
      yield holds(CHECKS, (reply.kind === "response" || reply.kind === "error") && !done, {
        expected: "a command that is refused",
        actual: done ? "one that is run" : reply.summary.value,
        where: reply.summary.where,
      });
      if (inResponseOnly || reply.kind !== "error")
        yield errorCode(FAILURE, reply.at(`${OPERATED}/cmd_failure/err_code`), 7006, "Operate");
      else yield errorCode(FAILURE, reply.errorCode, 7006, "Operate");
    },
  }),
];
