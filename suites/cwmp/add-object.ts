import { instanceNumber, parameterAttributeList, parameterNameList, parameterValue } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, same } from "../../harness/core/finding.ts";
import { each, inResponse, responds } from "../support/answers.ts";
import { notificationOf } from "../support/attributes.ts";
import { isObject, namesIn, undotted } from "../support/model.ts";
import { columnOf, countOf, deletingCreated, instancesOf, listing } from "../support/objects.ts";
import { rebooted } from "../support/reboots.ts";
import { currentValue, demand } from "../support/steps.ts";

const METHOD = "AddObject";
const needs = ["add-delete-object"] as const;

/** The attributes of a fresh instance. */
const freshAttributes = (bench: CwmpBench): Promise<Reply> =>
  deletingCreated(bench, async (session, created) =>
    session.getParameterAttributes([await created.add(session, bench.phone.values.table.path)]),
  );

/** What `check` misses in the attributes of each parameter of a fresh instance. */
function* everyAttribute(
  requirement: string,
  reply: Reply,
  wanted: string,
  check: (attribute: ReturnType<typeof parameterAttributeList>[number]) => string | undefined,
): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GetParameterAttributes", function* () {
    const list = parameterAttributeList(reply);
    const { where } = reply.summary;
    if (list.length === 0) yield holds(requirement, false, { expected: "parameters in the instance", actual: "none", where });
    else
      yield* each(requirement, list, { value: `${wanted} for ${list.length} parameters`, where }, (attribute) => {
        const actual = check(attribute);
        return actual === undefined
          ? undefined
          : { expected: wanted, actual: `${actual} for ${attribute.name}`, where: attribute.where };
      });
  });
}

export const addObjectCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.add-object.creates",
    title: "creates an object under a number that no other has, and lists it",
    proves: ["TR-069:A.3.2.6#instance-number", "TR-069:A.3.2.6#created"],
    references: ["ADD-001"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        // A first one, so that there is a number that could be given twice.
        created.note(table, await session.addObject(table));
        const before = await instancesOf(session, table);
        const added = await session.addObject(table);
        const instance = created.note(table, added);
        return { table, before, added, instance, names: await session.getParameterNames(table, true) };
      }),
    *judge({ table, before, added, instance, names }) {
      yield* inResponse("TR-069:A.3.2.6#instance-number", added, METHOD, function* () {
        const { value, where } = instanceNumber(added);
        yield holds("TR-069:A.3.2.6#instance-number", instance !== undefined && !before.includes(instance), {
          expected: "a number from 1 that no instance had before",
          actual: instance !== undefined ? `${value}, which was there` : (value ?? "no number"),
          where,
        });
      });
      if (instance !== undefined) yield* listing("TR-069:A.3.2.6#created", names, table, instance, true);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.number-of-entries",
    title: "counts a created object in its NumberOfEntries parameter",
    proves: ["TR-106:2.1.1#number-of-entries"],
    references: ["ADD-001"],
    needs: ["add-delete-object", "number-of-entries"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        await created.add(session, table);
        return countOf(session, bench.phone);
      }),
    *judge({ instances, count }) {
      yield same("TR-106:2.1.1#number-of-entries", count, instances.length);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.notification-off",
    title: "creates objects whose parameters notify of nothing",
    proves: ["TR-069:A.3.2.6#notification-off"],
    references: ["ADD-002"],
    needs,
    drive: freshAttributes,
    // The data model could say otherwise for a parameter; the standard ones say so for none below a table that an ACS can add to.
    *judge(reply) {
      yield* everyAttribute("TR-069:A.3.2.6#notification-off", reply, "Notification 0", ({ notification }) =>
        notification === 0 ? undefined : `Notification ${notification ?? "absent"}`,
      );
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.full-access",
    title: "creates objects to whose parameters everybody has access",
    proves: ["TR-069:A.3.2.6#full-access"],
    references: ["ADD-002"],
    needs,
    drive: freshAttributes,
    *judge(reply) {
      yield* everyAttribute("TR-069:A.3.2.6#full-access", reply, "Subscriber in AccessList", ({ accessList }) =>
        accessList.includes("Subscriber") ? undefined : accessList.join(", ") || "an empty AccessList",
      );
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.default-values",
    title: "creates objects with default values, whatever others of their kind have",
    proves: ["TR-069:A.3.2.6#default-values"],
    references: ["ADD-002"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const instance = await created.add(session, table);
        const column = await columnOf(session, bench.phone.values.table, instance);
        const first = `${instance}${column}`;
        const fresh = await currentValue(session, first);
        const changed = fresh === "17" ? "18" : "17";
        demand(await session.setParameterValues([{ name: first, value: changed }]), "SetParameterValues", `writing ${first}`);
        const second = `${await created.add(session, table)}${column}`;
        return { changed, seen: parameterValue(await session.getParameterValues([second]), second) };
      }),
    // The default of a name or number may differ from instance to instance: so it is only not what was written to another one.
    *judge({ changed, seen }) {
      yield holds("TR-069:A.3.2.6#default-values", seen.value !== undefined && seen.value !== changed, {
        expected: "a value other than the one written to an earlier instance",
        actual: seen.value === undefined ? undefined : JSON.stringify(seen.value),
        where: seen.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.usable-at-once",
    title: "lets a created object be written, read and notified of in the same session",
    proves: ["TR-069:A.3.2.6#usable-at-once"],
    references: ["ADD-009"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { table } = bench.phone.values;
        const instance = await created.add(session, table.path);
        const name = `${instance}${await columnOf(session, table, instance)}`;
        const written = await session.setParameterValues([{ name, value: "17" }]);
        const values = await session.getParameterValues([name]);
        const set = await session.setParameterAttributes([{ name, notification: 1 }]);
        return { name, written, values, set, read: await session.getParameterAttributes([name]) };
      }),
    *judge({ name, written, values, set, read }) {
      const requirement = "TR-069:A.3.2.6#usable-at-once";
      yield responds(requirement, written, "SetParameterValues");
      yield same(requirement, parameterValue(values, name), "17");
      yield responds(requirement, set, "SetParameterAttributes");
      yield same(requirement, notificationOf(read, name), 1);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.whole-branch",
    title: "creates an object with the objects inside it",
    proves: ["TR-069:A.3.2.6#whole-branch"],
    references: ["ADD-010"],
    needs: ["nested-objects"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table, child } = bench.phone.values.nestedTable;
        const instance = await created.add(session, table);
        return { inside: `${instance}${child}`, names: await session.getParameterNames(instance, false) };
      }),
    *judge({ inside, names }) {
      yield* inResponse("TR-069:A.3.2.6#whole-branch", names, "GetParameterNames", function* () {
        const { value = [], where } = namesIn(names);
        yield holds("TR-069:A.3.2.6#whole-branch", value.map(undotted).includes(undotted(inside)), {
          expected: inside,
          actual: few(value),
          where,
        });
      });
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.nested",
    title: "creates an object inside one created in the same session",
    proves: ["TR-069:A.3.2.6#nested"],
    references: ["ADD-010"],
    needs: ["nested-objects"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const instance = await created.add(session, bench.phone.values.nestedTable.path);
        const names = await session.getParameterNames(instance, false);
        const table = parameterNameList(names).find(
          ({ name, writable }) => writable === true && name !== instance && isObject(name) && !/\.\d+\.$/.test(name),
        );
        if (table === undefined)
          throw new Inconclusive("precondition", `no table was listed below ${instance} that an ACS can add to`);
        return session.addObject(table.name);
      }),
    *judge(reply) {
      yield responds("TR-069:A.3.2.6#nested", reply, METHOD);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.number-not-reused",
    title: "gives a created object no number that a deleted one had",
    proves: ["TR-069:A.3.2.6#number-not-reused"],
    references: ["ADD-004"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const first = await created.add(session, table);
        await created.remove(session, first);
        const again = await session.addObject(table);
        return { first, again, second: created.note(table, again) };
      }),
    *judge({ first, again, second }) {
      yield holds("TR-069:A.3.2.6#number-not-reused", second !== undefined && second !== first, {
        expected: `an instance other than ${first}`,
        actual: second ?? again.summary.value,
        where: instanceNumber(again).where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.persistent",
    title: "keeps a created object and its number over a reboot",
    proves: ["TR-069:A.3.2.6#persistent"],
    references: ["ADD-005"],
    needs: ["add-delete-object", "reboot"],
    disturbs: "reboot",
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const instance = await created.add(session, table);
        const booted = await rebooted(bench, session);
        const names = await booted.getParameterNames(table, true);
        await booted.end();
        return { table, instance, names };
      }),
    *judge({ table, instance, names }) {
      yield* listing("TR-069:A.3.2.6#persistent", names, table, instance, true);
    },
  }),
];
