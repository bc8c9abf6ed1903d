import type { Bench, UspAgent, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { createdIn, parametersIn, supportedPath } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds, present, same } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS, showing, subscription } from "./support/instances.ts";
import { freshName } from "./support/making.ts";
import { byKeys, nestedTable } from "./support/nested.ts";
import { outcomes, resultsWith, tellsNone } from "./support/outcomes.ts";

const CREATED = "TP-469:1.1#created";
const VALUES = "TP-469:1.1#values";
const KEYS = "TP-469:1.1#unique-keys";

const ENABLED = { name: "Enable", value: "true" };

/** Adds so many subscriptions by one message, and reads them. */
const addSubscriptions = (bench: UspBench, count: number, allowPartial: boolean) =>
  deletingMade(bench.controller, async ({ note }) => {
    const { controller, agent } = bench;
    const ids = Array.from({ length: count }, () => freshName(bench));
    const objects = ids.map((id) => ({ path: SUBSCRIPTIONS, params: subscription(id, [ENABLED]) }));
    const added = note(await controller.add(objects, allowPartial));
    return { ids, added, keys: keysOf(agent, SUBSCRIPTIONS), seen: await controller.get([SUBSCRIPTIONS]) };
  });

/** Names of the unique keys that the agent has in a table of the standard. */
const keysOf = (agent: UspAgent, table: string): readonly string[] =>
  ["Alias", "Recipient", "ID", "ParameterName"].filter((name) => agent.supports(`${supportedPath(table)}{i}.${name}`));

/** That what was asked for is told as created, without failed parameters, and is there. */
function* isCreated(requirement: string, { ids, added, seen }: { ids: readonly string[]; added: UspReply; seen: UspReply }) {
  yield* outcomes(requirement, added, "ADD_RESP", ...ids.map(() => "oper_success" as const));
  for (const path of resultsWith(added, "ADD_RESP", "oper_success")) yield* tellsNone(requirement, added, path);
  for (const id of ids) yield showing(requirement, seen, "ID", id, true);
}

/** That each instance that was asked for has the values it was asked for with. */
function* haveValues({ ids, seen }: { ids: readonly string[]; seen: UspReply }): Iterable<Finding> {
  const shown = [...parametersIn(seen)];
  for (const id of ids) {
    const name = shown.find(([path, { value }]) => path.endsWith(".ID") && value === id)?.[0];
    const path = name?.replace(/ID$/, "") ?? SUBSCRIPTIONS;
    for (const { name: param, value } of subscription(id, [ENABLED])) yield hasValue(VALUES, seen, path + param, value);
  }
}

/** That each created instance is told with all of its unique keys. */
function* haveKeys({ added, keys }: { added: UspReply; keys: readonly string[] }): Iterable<Finding> {
  yield* inResponse(KEYS, added, "ADD_RESP", function* () {
    const results = resultsWith(added, "ADD_RESP", "oper_success");
    yield present(KEYS, { value: results[0], where: added.summary.where }, "a created instance");
    for (const path of results) {
      const told = [...added.entries(`${path}/unique_keys`)].flatMap(([name, { value }]) => (value === "" ? [] : name));
      yield holds(KEYS, told.length >= keys.length && keys.every((name) => told.includes(name)), {
        expected: `the unique keys ${few(keys)}`,
        actual: few(told),
        where: added.at(path).where,
      });
    }
  });
}

export const addCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.add.creates-one",
    title: "creates the object that an Add asks for, and tells its unique keys",
    proves: [CREATED, VALUES, KEYS],
    references: ["TP-469 1.1"],
    drive: (bench) => addSubscriptions(bench, 1, false),
    *judge(evidence) {
      yield* isCreated(CREATED, evidence);
      yield* haveValues(evidence);
      yield* haveKeys(evidence);
    },
  }),
  uspCase({
    id: "usp.add.creates-one-partial",
    title: "creates the object that an Add with allow_partial asks for",
    proves: ["TR-369:R-ADD.0", VALUES],
    references: ["TP-469 1.2"],
    drive: (bench) => addSubscriptions(bench, 1, true),
    *judge(evidence) {
      yield* isCreated("TR-369:R-ADD.0", evidence);
      yield* haveValues(evidence);
    },
  }),
  uspCase({
    id: "usp.add.creates-several",
    title: "creates each of the objects that one Add asks for",
    proves: [CREATED, VALUES, KEYS],
    references: ["TP-469 1.5"],
    drive: (bench) => addSubscriptions(bench, 2, false),
    *judge(evidence) {
      yield* isCreated(CREATED, evidence);
      yield* haveValues(evidence);
      yield* haveKeys(evidence);
    },
  }),
  uspCase({
    id: "usp.add.gives-keys",
    title: "gives unique keys that an Add leaves out, no two objects the same",
    proves: ["TR-369:R-ADD.5", "TP-469:1.81#unique"],
    references: ["TP-469 1.81"],
    drive: ({ controller, agent }) =>
      deletingMade(controller, async ({ note }) => {
        const references = ["Device.LocalAgent.SoftwareVersion", "Device.LocalAgent.EndpointID"];
        const objects = references.map((value) => ({
          path: SUBSCRIPTIONS,
          params: [
            { name: "NotifType", value: "ValueChange" },
            { name: "ReferenceList", value },
          ],
        }));
        return { added: note(await controller.add(objects)), keys: keysOf(agent, SUBSCRIPTIONS) };
      }),
    *judge({ added, keys }) {
      yield* outcomes("TR-369:R-ADD.5", added, "ADD_RESP", "oper_success", "oper_success");
      const given = resultsWith(added, "ADD_RESP", "oper_success").map((path) => added.entries(`${path}/unique_keys`));
      for (const told of given)
        for (const name of keys) {
          const { value = "", where } = told.get(name) ?? { where: added.summary.where };
          yield holds("TR-369:R-ADD.5", value !== "", { expected: `a value for ${name}`, actual: value || "none", where });
        }
      for (const name of keys) {
        const [first, second] = given.map((told) => told.get(name));
        if (first?.value === undefined || second?.value === undefined) continue;
        const isShared = name === "Recipient";
        yield holds("TP-469:1.81#unique", (first.value === second.value) === isShared, {
          expected: isShared ? `the Recipient ${first.value}` : `a ${name} other than ${first.value}`,
          actual: second.value,
          where: second.where,
        });
      }
    },
  }),
  uspCase({
    id: "usp.add.inside-by-key",
    title: "creates an object inside of one that is addressed by its unique key",
    proves: ["TP-469:1.10#created"],
    references: ["TP-469 1.10"],
    needs: ["usp-nested-table"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ note }) => {
        const { path: table, params, holder, among } = nestedTable(bench.agent);
        const asked = among(await byKeys(bench, holder));
        const added = note(await bench.controller.add([{ path: asked, params }]));
        const [path = table] = createdIn(added);
        return { table, params, path, added, seen: await bench.controller.get([path]) };
      }),
    *judge({ table, params, path, added, seen }) {
      yield* outcomes("TP-469:1.10#created", added, "ADD_RESP", "oper_success");
      yield same("TP-469:1.10#created", { value: path.replace(/\d+\.$/, ""), where: added.summary.where }, table);
      for (const { name, value } of params) yield hasValue("TP-469:1.10#created", seen, path + name, value);
    },
  }),
];
