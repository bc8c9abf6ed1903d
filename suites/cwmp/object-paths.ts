import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, sameSet } from "../../harness/core/finding.ts";
import { faults, inResponse } from "../support/answers.ts";
import { showNaming, undotted } from "../support/model.ts";
import { deletingCreated, instancesIn, instancesOf, listing } from "../support/objects.ts";

const needs = ["add-delete-object"] as const;

/** The table has the same instances as before. */
function* unchanged(requirement: string, names: Reply, table: string, before: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, names, "GetParameterNames", function* () {
    yield sameSet(requirement, instancesIn(names, table), before);
  });
}

/** AddObject for a path that has to be refused, in a session in which the right path is taken. */
const misadding = (bench: CwmpBench, pathOf: (table: string, instance: string) => string): Promise<Reply> =>
  deletingCreated(bench, async (session, created) => {
    const { path: table } = bench.phone.values.table;
    const path = pathOf(table, await created.add(session, table));
    const reply = await session.addObject(path);
    created.note(path, reply);
    return reply;
  });

/** DeleteObject for a path that has to be refused, and whether the instance is still there; then the right path is taken. */
const misdeleting = (bench: CwmpBench, pathOf: (table: string, instance: string) => string) =>
  deletingCreated(bench, async (session, created) => {
    const { path: table } = bench.phone.values.table;
    const instance = await created.add(session, table);
    const reply = await session.deleteObject(pathOf(table, instance));
    const names = await session.getParameterNames(table, true);
    return { table, instance, reply, names };
  });

/** A request about the instances of a table that an ACS can neither add to nor delete from. */
async function atFixedTable(bench: CwmpBench, ask: (session: Session, table: string, instance: string) => Promise<Reply>) {
  const session = await bench.acs.session();
  const { path: table } = bench.phone.values.fixedTable;
  const before = await instancesOf(session, table);
  const instance = before[0];
  if (instance === undefined) throw new Inconclusive("precondition", `${table} has no instance`);
  const reply = await ask(session, table, instance);
  const names = await session.getParameterNames(table, true);
  await session.end();
  return { table, before, reply, names };
}

export const objectPathCases: readonly AnyCase<CwmpBench>[] = [
  // For AddObject the standard lists both faults without saying which is for what: 9005 is meant, 9003 is accepted.
  cwmpCase({
    id: "cwmp.add-object.unknown-object",
    title: "refuses to add to an object outside its data model",
    proves: ["TR-069:A.3.2.6#unknown-object"],
    references: ["ADD-006"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      await showNaming(session, phone);
      const reply = await session.addObject(phone.path("X_NoSuchObject."));
      await session.end();
      return reply;
    },
    *judge(reply) {
      yield faults("TR-069:A.3.2.6#unknown-object", reply, 9005, 9003);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.single-object",
    title: "refuses to add to an object that there is only one of",
    proves: ["TR-069:A.3.2.6#single-object"],
    references: ["ADD-006"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      await showNaming(session, phone);
      const reply = await session.addObject(phone.path("ManagementServer."));
      await session.end();
      return reply;
    },
    *judge(reply) {
      yield faults("TR-069:A.3.2.6#single-object", reply, 9005, 9003);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.no-dot",
    title: "refuses to add to a table whose path lacks the dot at its end",
    proves: ["TR-069:A.3.2.6#dot"],
    references: ["ADD-006"],
    needs,
    drive: (bench) => misadding(bench, undotted),
    *judge(reply) {
      yield faults("TR-069:A.3.2.6#dot", reply, 9005, 9003);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.instance-path",
    title: "refuses to add to a path that has an instance number already",
    proves: ["TR-069:A.3.2.6#instance-path"],
    references: ["ADD-006"],
    needs,
    drive: (bench) => misadding(bench, (_, instance) => instance),
    *judge(reply) {
      yield faults("TR-069:A.3.2.6#instance-path", reply, 9005, 9003);
    },
  }),
  cwmpCase({
    id: "cwmp.add-object.fixed-table",
    title: "refuses to add to a table that an ACS cannot add to",
    proves: ["TR-069:A.3.2.6#fixed-table"],
    references: ["ADD-007"],
    needs: ["fixed-table"],
    drive: (bench) => atFixedTable(bench, (session, table) => session.addObject(table)),
    // No fault is named for this: any of the method's own but 9002, which is for errors of the phone.
    *judge({ table, before, reply, names }) {
      yield faults("TR-069:A.3.2.6#fixed-table", reply, 9001, 9003, 9004, 9005);
      yield* unchanged("TR-069:A.3.2.6#fixed-table", names, table, before);
    },
  }),
  // For DeleteObject, 9005 is required for whatever is not exactly the path of an instance that is there.
  cwmpCase({
    id: "cwmp.delete-object.unknown-object",
    title: "answers DeleteObject for a table outside its data model with fault 9005",
    proves: ["TR-069:A.3.2.7#unknown-object"],
    references: ["DEL-003"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      await showNaming(session, phone);
      const reply = await session.deleteObject(phone.path("X_NoSuchObject.1."));
      await session.end();
      return reply;
    },
    *judge(reply) {
      yield faults("TR-069:A.3.2.7#unknown-object", reply, 9005);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.missing-instance",
    title: "answers DeleteObject for an instance that is gone with fault 9005",
    proves: ["TR-069:A.3.2.7#missing-instance"],
    references: ["DEL-003"],
    needs,
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const instance = await created.add(session, bench.phone.values.table.path);
        await created.remove(session, instance);
        return session.deleteObject(instance);
      }),
    *judge(reply) {
      yield faults("TR-069:A.3.2.7#missing-instance", reply, 9005);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.table-path",
    title: "answers DeleteObject for a path without an instance number with fault 9005",
    proves: ["TR-069:A.3.2.7#table-path"],
    references: ["DEL-003"],
    needs,
    drive: (bench) => misdeleting(bench, (table) => table),
    *judge({ table, instance, reply, names }) {
      yield faults("TR-069:A.3.2.7#table-path", reply, 9005);
      yield* listing("TR-069:A.3.2.7#table-path", names, table, instance, true);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.no-dot",
    title: "answers DeleteObject for a path without the dot at its end with fault 9005",
    proves: ["TR-069:A.3.2.7#dot"],
    references: ["DEL-003"],
    needs,
    drive: (bench) => misdeleting(bench, (_, instance) => undotted(instance)),
    *judge({ table, instance, reply, names }) {
      yield faults("TR-069:A.3.2.7#dot", reply, 9005);
      yield* listing("TR-069:A.3.2.7#dot", names, table, instance, true);
    },
  }),
  cwmpCase({
    id: "cwmp.delete-object.fixed-table",
    title: "refuses to delete an object that an ACS cannot delete",
    proves: ["TR-069:A.3.2.7#fixed-table"],
    references: ["DEL-004"],
    needs: ["fixed-table"],
    drive: (bench) => atFixedTable(bench, (session, _, instance) => session.deleteObject(instance)),
    // No fault is named for this: any of the method's own but 9002, which is for errors of the phone.
    *judge({ table, before, reply, names }) {
      yield faults("TR-069:A.3.2.7#fixed-table", reply, 9001, 9003, 9005);
      yield* unchanged("TR-069:A.3.2.7#fixed-table", names, table, before);
    },
  }),
];
