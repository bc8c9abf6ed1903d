import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { createdIn, parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { few, holds, sameSet } from "../../harness/core/finding.ts";
import { inResponse, refuses } from "./support/answers.ts";
import { deletingMade, instancesOf } from "./support/instances.ts";
import { freshName, settings } from "./support/making.ts";
import { anyKey, byKeys, demandKey, nestedTable } from "./support/nested.ts";
import { outcomes } from "./support/outcomes.ts";

const UNCHANGED = "TR-369:R-ADD.2a";
const EACH = "TR-369:R-ADD.0";
const SUCCESS = "TR-369:R-MSG.4a";

const CONTROLLERS = "Device.LocalAgent.Controller.";
const BOOT_PARAMETER = settings({ Enable: "true", ParameterName: "Device.LocalAgent.SoftwareVersion" }).map((one) => ({
  ...one,
  required: true,
}));

/** Two controllers that do not exist, and an expression that describes them alone; they are deleted afterwards. */
const withControllers = <Seen>(bench: UspBench, use: (paths: readonly [string, string], step: string) => Promise<Seen>) =>
  deletingMade(bench.controller, async ({ add }) => {
    if (!bench.agent.creates(`${CONTROLLERS}{i}.BootParameter.`))
      throw new Inconclusive("precondition", "the agent lets nobody create instances of Controller.{i}.BootParameter");
    const mark = freshName(bench);
    const make = () =>
      add(CONTROLLERS, settings({ EndpointID: `self::${freshName(bench)}`, ProvisioningCode: mark, Enable: "false" }));
    return use([await make(), await make()], `[ProvisioningCode=="${mark}"]`);
  });

export const addSearchCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.add.search-path",
    title: "creates an object in the tables that a search expression matches",
    proves: ["TP-469:1.95#created"],
    references: ["TP-469 1.95"],
    needs: ["usp-nested-table"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ note }) => {
        const { controller, agent } = bench;
        const { path: table, params, holder, among } = nestedTable(agent);
        const step = agent.supports(`${holder}Enable`) ? "[Enable==true]" : await byKeys(bench, holder);
        const added = note(await controller.add([{ path: among(step), params }]));
        return { table, added, paths: createdIn(added), seen: await controller.get([among("*")]) };
      }),
    *judge({ table, added, paths, seen }) {
      const requirement = "TP-469:1.95#created";
      yield* inResponse(requirement, added, "ADD_RESP", function* () {
        yield holds(
          requirement,
          paths.some((path) => path.startsWith(table)),
          {
            expected: `an instance in ${table}`,
            actual: few(paths),
            where: added.summary.where,
          },
        );
        const names = [...parametersIn(seen).keys()];
        for (const path of paths)
          yield holds(
            requirement,
            names.some((name) => name.startsWith(path)),
            {
              expected: path,
              actual: few(names),
              where: seen.summary.where,
            },
          );
      });
    },
  }),
  uspCase({
    id: "usp.add.search-path-fails",
    title: "changes nothing when an Add fails for one match of its search expression",
    proves: [UNCHANGED],
    needs: ["usp-nested-table"],
    drive: ({ controller, agent }) =>
      deletingMade(controller, async ({ add, note }) => {
        const nested = nestedTable(agent);
        demandKey(agent, nested);
        const everywhere = nested.among("*");
        // An instance that is there already is what makes one of the matches fail: its unique key is taken.
        await add(nested.path, nested.params);
        const before = await instancesOf(controller, everywhere);
        const path = nested.among(anyKey(agent, nested.holder));
        const params = nested.params.map((one) => ({ ...one, required: true }));
        const added = note(await controller.add([{ path, params }]));
        return { everywhere, before, added, after: await instancesOf(controller, everywhere) };
      }),
    *judge({ everywhere, before, added, after }) {
      yield refuses(UNCHANGED, added);
      const more = after.filter((path) => !before.includes(path));
      yield holds(UNCHANGED, more.length === 0, {
        expected: `no new instance in ${everywhere}`,
        actual: few(more),
        where: added.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.add.search-path-fails-partial",
    title: "creates an object where it can when an Add with allow_partial has an expression",
    proves: [EACH],
    needs: ["usp-nested-table", "usp-add-controller"],
    drive: (bench) =>
      withControllers(bench, async ([taken, free], step) => {
        const { controller } = bench;
        const first = await controller.add([{ path: `${taken}BootParameter.`, params: BOOT_PARAMETER }]);
        if (createdIn(first).length === 0)
          throw new Inconclusive("precondition", `creating an instance of BootParameter: the agent gave ${first.summary.value}`);
        const everywhere = `${CONTROLLERS}${step}.BootParameter.`;
        const added = await controller.add([{ path: everywhere, params: BOOT_PARAMETER }], true);
        return { free, added, there: await instancesOf(controller, `${free}BootParameter.`) };
      }),
    *judge({ free, added, there }) {
      yield* outcomes(EACH, added, "ADD_RESP", "oper_success", "oper_failure");
      yield holds(EACH, there.length > 0 && createdIn(added).every((path) => there.includes(path)), {
        expected: `a new instance in ${free}BootParameter.`,
        actual: few(there),
        where: added.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.add.nothing-matches",
    title: "takes an Add on a search path that matches nothing for a success",
    proves: [SUCCESS],
    needs: ["usp-nested-table"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ note }) => {
        const { params, holder, among } = nestedTable(bench.agent);
        const none = anyKey(bench.agent, holder).replace("!=", "==");
        return note(await bench.controller.add([{ path: among(none), params }]));
      }),
    *judge(added) {
      yield* outcomes(SUCCESS, added, "ADD_RESP", "oper_success");
      yield* inResponse(SUCCESS, added, "ADD_RESP", function* () {
        yield sameSet(SUCCESS, { value: createdIn(added), where: added.summary.where }, []);
      });
    },
  }),
];
