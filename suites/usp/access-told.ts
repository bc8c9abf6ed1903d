import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { deletedIn, instancesIn, updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, same, sameSet } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { deletingMade, SUBSCRIPTIONS, subscription } from "./support/instances.ts";
import { freshName, withEmptyTable } from "./support/making.ts";
import { type PermissionSettings, withPermissions } from "./support/roles.ts";

const UPDATED = "TR-369:R-SET.3";
const DELETED = "TR-369:R-DEL.2";
const EACH = "TR-369:R-DEL.3";
const UNDELETED = "TR-369:R-DEL.4";
const LISTED = "TR-369:R-GIN.0";
const KEYS = "TR-369:R-GIN.1";
const NEEDS = ["usp-controller-trust-writable"] as const;

const CURRENT = "response/get_instances_resp/req_path_results/curr_insts";
const DONE = "response/delete_resp/deleted_obj_results/oper_status/oper_success";

/** Two new subscriptions, the first of which is asked about while our roles have further permissions for it. */
const withTwo = <T>(
  bench: UspBench,
  permission: (path: string) => PermissionSettings,
  use: (first: { readonly path: string; readonly id: string }) => Promise<T>,
) =>
  deletingMade(bench.controller, async ({ add }) => {
    const [id, other] = [freshName(bench), freshName(bench)];
    const path = await add(SUBSCRIPTIONS, subscription(id));
    const second = await add(SUBSCRIPTIONS, subscription(other));
    const before = await use({ path, id });
    return { path, second, before, during: await withPermissions(bench, [permission(path)], () => use({ path, id })) };
  });

const lists = (requirement: string, reply: UspReply, path: string, is: boolean): Finding => {
  const listed = instancesIn(reply);
  return holds(requirement, listed.includes(path) === is, {
    expected: `${is ? "" : "no "}${path}`,
    actual: listed.length === 0 ? `none, but ${reply.summary.value}` : few(listed),
    where: reply.summary.where,
  });
};

/** Names of the keys that a GetInstancesResp tells of an instance. */
const keysOf = (reply: UspReply, path: string): readonly string[] => {
  const place = reply.all(`${CURRENT}/instantiated_obj_path`).findIndex(({ value }) => value === path);
  return place < 0
    ? []
    : [...reply.entries(`response/get_instances_resp/req_path_results[1]/curr_insts[${place + 1}]/unique_keys`).keys()];
};

/** A control of what the agent does when the controller may. */
function demand(holdsTrue: boolean, what: string, { summary }: UspReply): void {
  if (!holdsTrue) throw new Inconclusive("precondition", `${what}: the agent gave ${summary.value}`);
}

/** Deletes all instances of a table of two, the first of which our roles may not delete, or as `permission` says. */
const deletingBoth = (bench: UspBench, permission: Omit<PermissionSettings, "Targets">) =>
  withEmptyTable(bench, async (table, add) => {
    const first = await add({ ParameterName: "Device.LocalAgent.SoftwareVersion" });
    const second = await add({ ParameterName: "Device.LocalAgent.UpTime" });
    const reply = await withPermissions(bench, [{ Targets: first, ...permission }], () =>
      bench.controller.delete([`${table}*.`], true),
    );
    return { first, second, reply };
  });

export const accessToldCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.access.updated-unreadable",
    title: "does not return an updated parameter that the controller may not read",
    proves: [UPDATED],
    needs: NEEDS,
    drive: async (bench) => {
      const { controller } = bench;
      const { path, during, before } = await withTwo(
        bench,
        (Targets) => ({ Targets, Param: "-w--" }),
        (first) => controller.set([{ path: first.path, params: [{ name: "Enable", value: "true", required: true }] }]),
      );
      demand(updatedIn(before).includes(`${path}Enable`), `writing ${path}Enable`, before);
      demand(during.kind === "response", `writing ${path}Enable without the right to read it`, during);
      return { during };
    },
    *judge({ during }) {
      yield sameSet(UPDATED, { value: updatedIn(during), where: during.summary.where }, []);
    },
  }),
  uspCase({
    id: "usp.access.deleted-unreadable",
    title: "does not tell of a deleted object that the controller may not read",
    proves: [DELETED],
    needs: NEEDS,
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const { controller } = bench;
        const path = await add(SUBSCRIPTIONS, subscription(freshName(bench)));
        const rights = { Obj: "-w--", InstantiatedObj: "-w--", Param: "-w--" };
        const during = await withPermissions(bench, [{ Targets: path, ...rights }], () => controller.delete([path]));
        const left = instancesIn(await controller.getInstances([SUBSCRIPTIONS], true));
        demand(during.kind === "response" && !left.includes(path), `deleting ${path} without the right to read it`, during);
        const other = await add(SUBSCRIPTIONS, subscription(freshName(bench)));
        const control = await controller.delete([other]);
        demand(deletedIn(control).includes(other), `deleting ${other}`, control);
        return { during };
      }),
    *judge({ during }) {
      yield sameSet(DELETED, { value: deletedIn(during), where: during.summary.where }, []);
    },
  }),
  uspCase({
    id: "usp.access.undeleted-told",
    title: "tells each object that a search path matched and that it could not delete",
    proves: [EACH],
    needs: [...NEEDS, "usp-add-controller"],
    drive: (bench) => deletingBoth(bench, { InstantiatedObj: "r---" }),
    *judge({ first, second, reply }) {
      const { where } = reply.summary;
      yield* inResponse(EACH, reply, "DELETE_RESP", function* () {
        yield sameSet(EACH, { value: deletedIn(reply), where }, [second]);
        const told = reply.all(`${DONE}/unaffected_path_errs/unaffected_path`).flatMap(({ value = [] }) => value);
        yield sameSet(EACH, { value: told, where }, [first]);
      });
    },
  }),
  uspCase({
    id: "usp.access.undeleted-unreadable",
    title: "does not tell of an undeleted object that the controller may not read",
    proves: [UNDELETED],
    needs: [...NEEDS, "usp-add-controller"],
    drive: (bench) => deletingBoth(bench, { InstantiatedObj: "----", Obj: "----", Param: "----" }),
    *judge({ second, reply }) {
      const { where } = reply.summary;
      yield* inResponse(UNDELETED, reply, "DELETE_RESP", function* () {
        yield sameSet(UNDELETED, { value: deletedIn(reply), where }, [second]);
        const told = reply.all(`${DONE}/unaffected_path_errs/unaffected_path`).flatMap(({ value = [] }) => value);
        yield sameSet(UNDELETED, { value: told, where }, []);
      });
    },
  }),
  uspCase({
    id: "usp.access.unlisted-instance",
    title: "lists no instance that the controller may not read",
    proves: [LISTED],
    needs: NEEDS,
    drive: async (bench) => {
      const seen = await withTwo(
        bench,
        (Targets) => ({ Targets, InstantiatedObj: "-w--" }),
        () => bench.controller.getInstances([SUBSCRIPTIONS], true),
      );
      demand(instancesIn(seen.before).includes(seen.path), `listing ${SUBSCRIPTIONS}`, seen.before);
      return seen;
    },
    *judge({ path, second, during }) {
      yield lists(LISTED, during, second, true);
      yield lists(LISTED, during, path, false);
    },
  }),
  uspCase({
    id: "usp.access.unsearchable-instance",
    title: "finds no instance by a parameter that the controller may not read",
    proves: [LISTED],
    needs: NEEDS,
    drive: async (bench) => {
      const seen = await withTwo(
        bench,
        (path) => ({ Targets: `${path}ID`, Param: "-w--" }),
        ({ id }) => bench.controller.getInstances([`${SUBSCRIPTIONS}[ID=="${id}"].`], true),
      );
      demand(instancesIn(seen.before).includes(seen.path), `searching in ${SUBSCRIPTIONS}`, seen.before);
      return seen;
    },
    *judge({ during }) {
      yield* inResponse(LISTED, during, "GET_INSTANCES_RESP", function* () {
        yield sameSet(LISTED, { value: instancesIn(during), where: during.summary.where }, []);
      });
    },
  }),
  uspCase({
    id: "usp.access.unreadable-key",
    title: "tells no unique key of an instance that the controller may not read",
    proves: [KEYS],
    needs: NEEDS,
    drive: async (bench) => {
      const seen = await withTwo(
        bench,
        (path) => ({ Targets: `${path}ID`, Param: "-w--" }),
        () => bench.controller.getInstances([SUBSCRIPTIONS], true),
      );
      demand(keysOf(seen.before, seen.path).includes("ID"), "the keys of a subscription", seen.before);
      return seen;
    },
    *judge({ path, second, during }) {
      const { where } = during.summary;
      yield lists(KEYS, during, path, true);
      for (const [instance, expected] of [
        [path, false],
        [second, true],
      ] as const)
        yield same(KEYS, { value: keysOf(during, instance).includes("ID"), where }, expected);
    },
  }),
];
