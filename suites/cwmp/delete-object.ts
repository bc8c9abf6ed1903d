import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { same, sameSet } from "../../harness/core/finding.ts";
import { faults, inResponse, responds } from "../support/answers.ts";
import { columnOf, countOf, deletingCreated, instancesIn, instancesOf, listing } from "../support/objects.ts";
import { rebooted } from "../support/reboots.ts";
import { currentValue, demand } from "../support/steps.ts";

const METHOD = "DeleteObject";
const needs = ["add-delete-object"] as const;

export const deleteObjectCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.delete-object.deletes",
    title: "deletes an object: it is neither listed nor readable any more",
    proves: ["TR-069:A.3.2.7#deleted", "TR-069:A.3.2.7#unavailable"],
    references: ["DEL-001"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const instance = await created.add(session, table);
        demand(await session.getParameterValues([instance]), "GetParameterValues", `reading ${instance}`);
        const deleted = await session.deleteObject(instance);
        const names = await session.getParameterNames(table, true);
        return { table, instance, deleted, names, values: await session.getParameterValues([instance]) };
      }),
    *judge({ table, instance, deleted, names, values }) {
      yield responds("TR-069:A.3.2.7#deleted", deleted, METHOD);
      // A table that is empty now may be faulted by phones: that is no sign of the instance.
      if (names.faultCode.value === undefined) yield* listing("TR-069:A.3.2.7#deleted", names, table, instance, false);
      yield faults("TR-069:A.3.2.7#unavailable", values, 9005);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.number-of-entries",
    title: "no longer counts a deleted object in its NumberOfEntries parameter",
    proves: ["TR-106:2.1.1#number-of-entries"],
    references: ["DEL-001"],
    needs: ["add-delete-object", "number-of-entries"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const first = await created.add(session, table);
        // One more, so that the count does not come to nothing, and not to the highest number.
        await created.add(session, table);
        await created.remove(session, first);
        return countOf(session, bench.phone);
      }),
    *judge({ instances, count }) {
      yield same("TR-106:2.1.1#number-of-entries", count, instances.length);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.others-unchanged",
    title: "leaves the other objects of the table with their numbers and values",
    proves: ["TR-069:A.3.2.7#others-unchanged"],
    references: ["DEL-002"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const first = await created.add(session, table);
        const column = await columnOf(session, bench.phone.values.table, first);
        const second = `${await created.add(session, table)}${column}`;
        demand(await session.setParameterValues([{ name: second, value: "17" }]), "SetParameterValues", `writing ${second}`);
        const before = await currentValue(session, second);
        const others = (await instancesOf(session, table)).filter((instance) => instance !== first);
        demand(await session.deleteObject(first), METHOD, `deleting ${first}`);
        const names = await session.getParameterNames(table, true);
        const after = parameterValue(await session.getParameterValues([second]), second);
        return { table, first, others, names, before, after };
      }),
    *judge({ table, first, others, names, before, after }) {
      yield* inResponse("TR-069:A.3.2.7#others-unchanged", names, "GetParameterNames", function* () {
        const { value = [], where } = instancesIn(names, table);
        const listed = { value: value.filter((instance) => instance !== first), where };
        yield sameSet("TR-069:A.3.2.7#others-unchanged", listed, others);
      });
      yield same("TR-069:A.3.2.7#others-unchanged", after, before);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.whole-branch",
    title: "deletes an object with the objects inside it",
    proves: ["TR-069:A.3.2.7#whole-branch"],
    references: ["DEL-007"],
    needs: ["nested-objects"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table, child } = bench.phone.values.nestedTable;
        const instance = await created.add(session, table);
        const inside = `${instance}${child}`;
        demand(await session.getParameterValues([inside]), "GetParameterValues", `reading ${inside}`);
        await created.remove(session, instance);
        return session.getParameterValues([inside]);
      }),
    *judge(values) {
      yield faults("TR-069:A.3.2.7#whole-branch", values, 9005);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.persistent",
    title: "does not bring a deleted object back with a reboot",
    proves: ["TR-069:A.3.2.7#persistent"],
    references: ["DEL-005"],
    needs: ["add-delete-object", "reboot"],
    disturbs: "reboot",
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table } = bench.phone.values.table;
        const kept = await created.add(session, table);
        const instance = await created.add(session, table);
        await created.remove(session, instance);
        const booted = await rebooted(bench, session);
        const names = await booted.getParameterNames(table, true);
        await booted.end();
        // The control: other objects outlive the reboot, so that the deletion is what is seen.
        if (!instancesIn(names, table).value?.includes(kept))
          throw new Inconclusive("control-failed", `${kept}, which was not deleted, is not listed after the reboot either`);
        return { table, instance, names };
      }),
    *judge({ table, instance, names }) {
      yield* listing("TR-069:A.3.2.7#persistent", names, table, instance, false);
    },
  }),
];
