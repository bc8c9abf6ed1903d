import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspParameter } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, sameSet } from "../../harness/core/finding.ts";
import { inResponse, refuses } from "./support/answers.ts";
import { hasValue, SUBSCRIPTIONS, switchOf, tidily } from "./support/instances.ts";
import { freshName, withSubscriptions } from "./support/making.ts";
import { byKeys } from "./support/nested.ts";
import { failuresTell, outcomes, resultsWith, suitable, tells, updates } from "./support/outcomes.ts";

const UPDATED = "TP-469:1.11#updated";
const VALUE = "TP-469:1.11#value";
const WHOLE = "TR-369:R-SET.1";
const PARAM_ERRS = "TP-469:1.14#param-errs";
const SEARCH = "TR-369:R-SET.2a";

/** Values of one parameter in all subscriptions, by path of the instance. */
async function column({ controller }: UspBench, name: string): Promise<ReadonlyMap<string, string>> {
  const reply = await controller.get([`${SUBSCRIPTIONS}*.${name}`]);
  if (reply.kind !== "response")
    throw new Inconclusive("precondition", `reading ${name} of all subscriptions: the agent gave ${reply.summary.value}`);
  return new Map([...parametersIn(reply)].map(([path, { value = "" }]) => [path.slice(0, -name.length), value]));
}

/** Sets something in all subscriptions, of which two are new and have the switch off; the others get their values back. */
const inAll = (bench: UspBench, settings: (name: string) => readonly UspParameter[], allowPartial: boolean) => {
  const { controller } = bench;
  const name = switchOf(bench.agent);
  return withSubscriptions(bench, [{ [name]: "false" }, { [name]: "false" }], async (paths) => {
    const before = await column(bench, name);
    const params = settings(name);
    try {
      const set = await controller.set([{ path: `${SUBSCRIPTIONS}*.`, params }], allowPartial);
      const seen = await controller.get(paths.map((path) => path + name));
      return { name, paths, all: [...before.keys()], set, seen };
    } finally {
      await tidily(async () => {
        const others = [...before].filter(([path]) => !paths.includes(path));
        const objects = others.map(([path, value]) => ({ path, params: [{ name, value }] }));
        if (objects.length > 0) await controller.set(objects, true);
      });
    }
  });
};

export const setPathCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.set.by-key",
    title: "updates an object that is addressed by its unique keys",
    proves: [UPDATED, VALUE],
    references: ["TP-469 1.18"],
    drive: (bench) => {
      const { controller } = bench;
      const name = switchOf(bench.agent);
      return withSubscriptions(bench, [{ [name]: "false" }, { [name]: "false" }], async ([path = "", other = ""]) => {
        const asked = `${SUBSCRIPTIONS}${await byKeys(bench, path)}.`;
        const set = await controller.set([{ path: asked, params: [{ name, value: "true", required: true }] }]);
        return { name, path, other, set, seen: await controller.get([path + name, other + name]) };
      });
    },
    *judge({ name, path, other, set, seen }) {
      yield* updates(UPDATED, set, new Map([[path, [name]]]));
      yield hasValue(VALUE, seen, path + name, "true");
      yield hasValue(VALUE, seen, other + name, "false");
    },
  }),
  uspCase({
    id: "usp.set.wildcard",
    title: "updates all objects that a wildcard matches, and tells each",
    proves: [UPDATED, VALUE],
    references: ["TP-469 1.19"],
    drive: (bench) => inAll(bench, (name) => [{ name, value: "true", required: true }], false),
    *judge({ name, paths, all, set, seen }) {
      yield* updates(UPDATED, set, new Map(all.map((path) => [path, [name]])));
      for (const path of paths) yield hasValue(VALUE, seen, path + name, "true");
    },
  }),
  uspCase({
    id: "usp.set.wildcard-fails",
    title: "refuses a Set of a parameter that no object matched by its wildcard has",
    proves: [WHOLE, PARAM_ERRS],
    references: ["TP-469 1.20"],
    drive: (bench) => inAll(bench, () => [{ name: "InvalidParameter", value: "IrrelevantValue", required: true }], false),
    *judge({ all, set }) {
      yield refuses(WHOLE, set);
      if (set.kind !== "error") return;
      const errors = set.all("error/param_errs");
      yield holds(PARAM_ERRS, errors.length > 0, {
        expected: "a failed parameter",
        actual: errors.length,
        where: set.summary.where,
      });
      const says = "InvalidParameter of a subscription";
      const param = new RegExp(`^(?:${all.map((path) => path.replaceAll(".", "\\.")).join("|")})InvalidParameter$`);
      for (const index of errors.keys())
        yield* tells(PARAM_ERRS, set, `error/param_errs[${index + 1}]`, { param, says, code: 7010, request: "Set" });
    },
  }),
  uspCase({
    id: "usp.set.wildcard-fails-partial",
    title: "updates none of the objects that a wildcard matches when one fails",
    proves: [SEARCH],
    references: ["TP-469 1.21"],
    drive: (bench) =>
      inAll(
        bench,
        (name) => [
          { name, value: "true" },
          { name: "Enable", value: "InvalidValue", required: true },
        ],
        true,
      ),
    *judge({ name, paths, all, set, seen }) {
      for (const path of paths) yield hasValue(SEARCH, seen, path + name, "false");
      // An Error will do as well as a response.
      if (set.kind === "error") return;
      yield* outcomes(SEARCH, set, "SET_RESP", "oper_failure");
      yield* suitable(SEARCH, set, "SET_RESP");
      yield* failuresTell(SEARCH, set, all, { param: /^Enable$/, says: "Enable", code: 7011, request: "Set" });
    },
  }),
  uspCase({
    id: "usp.set.expression",
    title: "updates the objects that a search expression describes, and no others",
    proves: [UPDATED, VALUE, "TP-469:1.22#only"],
    references: ["TP-469 1.22"],
    drive: (bench) => {
      const { controller } = bench;
      const name = switchOf(bench.agent);
      const id = freshName(bench);
      // No other subscription is touched: nobody else's has this ID.
      const chosen = { ID: id, [name]: "false" };
      const left = { ID: `${id}-2`, [name]: "false" };
      return withSubscriptions(bench, [chosen, left], async ([path = "", other = ""]) => {
        const asked = `${SUBSCRIPTIONS}[ID=="${id}"].`;
        const set = await controller.set([{ path: asked, params: [{ name, value: "true", required: true }] }]);
        return { name, path, other, set, seen: await controller.get([path + name, other + name]) };
      });
    },
    *judge({ name, path, other, set, seen }) {
      yield* updates(UPDATED, set, new Map([[path, [name]]]));
      yield hasValue(VALUE, seen, path + name, "true");
      yield hasValue("TP-469:1.22#only", seen, other + name, "false");
    },
  }),
  uspCase({
    id: "usp.set.nothing-matches",
    title: "takes a Set on a search path that matches nothing for a success",
    proves: ["TR-369:R-MSG.4a"],
    references: ["TP-469 1.23"],
    drive: async ({ controller, agent }) => {
      const params = [{ name: switchOf(agent), value: "true", required: true }];
      return controller.set([{ path: `${SUBSCRIPTIONS}[Recipient=="InvalidValue"].`, params }], true);
    },
    *judge(reply) {
      const requirement = "TR-369:R-MSG.4a";
      yield* outcomes(requirement, reply, "SET_RESP", "oper_success");
      yield* inResponse(requirement, reply, "SET_RESP", function* () {
        const value = resultsWith(reply, "SET_RESP", "oper_success").flatMap((path) =>
          reply.all(`${path}/updated_inst_results/affected_path`).map(({ value: told = "" }) => told),
        );
        yield sameSet(requirement, { value, where: reply.summary.where }, []);
      });
    },
  }),
];
