import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspParameter } from "../../harness/controller/controller.ts";
import { createdIn, instancesIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { few, holds, matches, same, sameSet } from "../../harness/core/finding.ts";
import { refuses } from "./support/answers.ts";
import { isDenied } from "./support/denied.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS, showing, subscription } from "./support/instances.ts";
import { freshName, withEmptyTable } from "./support/making.ts";
import { outcomes, resultsWith } from "./support/outcomes.ts";
import { withPermissions } from "./support/roles.ts";

const CHECKS = "TR-369:R-SEC.1";
const INDEPENDENT = "TR-369:R-ADD.0";
const WHOLE = "TR-369:R-ADD.2a";
const KEYS = "TR-369:R-ADD.6";
const CODE = "TP-469:2.12#code";
const NAMES = "TP-469:2.24#param-errs";
const DEFAULT = "TP-469:2.25#default";
const REQUIRED = "TR-369:R-ADD.3";
const NEEDS = ["usp-controller-trust-writable"] as const;

const EVERYWHERE = "Device.LocalAgent.Controller.*.BootParameter.";

/**
 * Adds a BootParameter, off, to all controllers, of which one that does not exist has a table where our roles may write no parameter.
 * `into` are the tables in which instances are then, beside those before.
 */
const addingEverywhere = (bench: UspBench, allowPartial: boolean) =>
  withEmptyTable(bench, (closed) =>
    deletingMade(bench.controller, async ({ note }) => {
      const { controller, agent } = bench;
      const open = `${agent.controllerPath}BootParameter.`;
      const all = async () => instancesIn(await controller.getInstances([EVERYWHERE]));
      const permissions = [
        { Targets: open, Param: "rw--" },
        { Targets: closed, Param: "r---" },
      ];
      const before = await all();
      const added = await withPermissions(bench, permissions, async () => {
        const params = [{ name: "Enable", value: "false", required: true }];
        return note(await controller.add([{ path: EVERYWHERE, params }], allowPartial));
      });
      const made = (await all()).filter((path) => !before.includes(path));
      return { open, closed, added, into: made.map((path) => path.replace(/\d+\.$/, "")) };
    }),
  );

/** Adds a subscription while our roles may not write Enable of any. */
const addingWithoutEnable = (bench: UspBench, more: readonly UspParameter[]) =>
  deletingMade(bench.controller, async ({ add, note }) => {
    const { controller } = bench;
    await add(SUBSCRIPTIONS, subscription(freshName(bench), [{ name: "Enable", value: "true" }]));
    const id = freshName(bench);
    const added = await withPermissions(bench, [{ Targets: `${SUBSCRIPTIONS}*.Enable`, Param: "r---" }], async () =>
      note(await controller.add([{ path: SUBSCRIPTIONS, params: subscription(id, more) }], true)),
    );
    return { id, added, made: createdIn(added)[0], seen: await controller.get([SUBSCRIPTIONS]) };
  });

export const accessAddCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.access.add-search-partial",
    title: "creates objects where the controller may, and tells where it may not",
    proves: [CHECKS, INDEPENDENT, CODE],
    references: ["TP-469 2.23"],
    needs: [...NEEDS, "usp-add-controller"],
    drive: (bench) => addingEverywhere(bench, true),
    *judge({ open, closed, added, into }) {
      const { where } = added.summary;
      const failed = resultsWith(added, "ADD_RESP", "oper_failure").length;
      const created = createdIn(added).map((path) => path.replace(/\d+\.$/, ""));
      yield holds(INDEPENDENT, created.includes(open) && into.includes(open), {
        expected: `an instance in ${open}`,
        actual: created.length === 0 ? `none, but ${added.summary.value}` : few(created),
        where,
      });
      yield holds(CHECKS, !into.includes(closed) && !created.includes(closed), {
        expected: `no instance in ${closed}`,
        actual: few(into),
        where,
      });
      yield same(CODE, { value: failed, where }, 1);
      yield isDenied(CODE, added);
    },
  }),
  uspCase({
    id: "usp.access.add-search-whole",
    title: "creates nothing of an Add when the controller may not in one place",
    proves: [CHECKS, WHOLE, CODE, NAMES],
    references: ["TP-469 2.24"],
    needs: [...NEEDS, "usp-add-controller"],
    drive: (bench) => addingEverywhere(bench, false),
    *judge({ closed, added, into }) {
      const { where } = added.summary;
      yield refuses(CHECKS, added);
      yield sameSet(WHOLE, { value: into, where }, []);
      yield isDenied(CODE, added);
      if (added.kind !== "error") return;
      const place = new RegExp(`^${closed.replaceAll(".", "\\.").replace(/\\\.$/, "")}(?:\\.|$)`);
      yield same(NAMES, { value: added.all("error/param_errs").length, where }, 1);
      yield matches(NAMES, added.at("error/param_errs[1]/param_path"), place, closed);
      yield same(NAMES, added.at("error/param_errs[1]/err_code"), 7006);
    },
  }),
  uspCase({
    id: "usp.access.add-without-parameter",
    title: "gives a parameter that the controller may not write its default in a new object",
    proves: [DEFAULT],
    references: ["TP-469 2.25"],
    needs: NEEDS,
    drive: (bench) => addingWithoutEnable(bench, []),
    *judge({ added, made, seen }) {
      yield* outcomes(DEFAULT, added, "ADD_RESP", "oper_success");
      if (made !== undefined) yield hasValue(DEFAULT, seen, `${made}Enable`, "false");
    },
  }),
  uspCase({
    id: "usp.access.add-with-parameter",
    title: "creates no object with a required parameter that the controller may not write",
    proves: [CHECKS, REQUIRED, CODE],
    references: ["TP-469 2.26"],
    needs: NEEDS,
    drive: (bench) => addingWithoutEnable(bench, [{ name: "Enable", value: "true", required: true }]),
    *judge({ id, added, seen }) {
      yield* outcomes(CHECKS, added, "ADD_RESP", "oper_failure");
      yield showing(REQUIRED, seen, "ID", id, false);
      yield isDenied(CODE, added);
    },
  }),
  uspCase({
    id: "usp.access.add-optional-parameter",
    title: "leaves a parameter alone that an Add asks for and the controller may not write",
    proves: [CHECKS, DEFAULT],
    needs: NEEDS,
    drive: (bench) => addingWithoutEnable(bench, [{ name: "Enable", value: "true" }]),
    *judge({ added, made, seen }) {
      yield* outcomes(DEFAULT, added, "ADD_RESP", "oper_success");
      if (made !== undefined) yield hasValue(CHECKS, seen, `${made}Enable`, "false");
    },
  }),
  uspCase({
    id: "usp.access.add-unreadable-key",
    title: "returns no unique key of a new object that the controller may not read",
    proves: [KEYS],
    needs: NEEDS,
    drive: (bench) =>
      deletingMade(bench.controller, async ({ note }) => {
        const { controller } = bench;
        const keys = async () => {
          const added = note(await controller.add([{ path: SUBSCRIPTIONS, params: subscription(freshName(bench)) }]));
          const [result] = resultsWith(added, "ADD_RESP", "oper_success");
          if (result === undefined) throw new Inconclusive("precondition", `an Add: the agent gave ${added.summary.value}`);
          return { told: [...added.entries(`${result}/unique_keys`).keys()], where: added.summary.where };
        };
        const before = await keys();
        if (!before.told.includes("ID"))
          throw new Inconclusive("precondition", "the agent tells no ID of a new subscription that the controller may read");
        return { during: await withPermissions(bench, [{ Targets: SUBSCRIPTIONS, Param: "-w--" }], keys) };
      }),
    *judge({ during: { told, where } }) {
      yield sameSet(KEYS, { value: told, where }, []);
    },
  }),
];
