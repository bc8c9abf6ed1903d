import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import { refuses } from "./support/answers.ts";
import { answersEach, blames, deletes, fails } from "./support/delete-results.ts";
import { instancesOf, SUBSCRIPTIONS } from "./support/instances.ts";
import { absentInstance, freshName, withEmptyTable, withSubscriptions } from "./support/making.ts";

const UNKNOWN = "Device.LocalAgent.InvalidObject.";

const PARTIAL = "TR-369:R-DEL.0";
const HOLISTIC = "TR-369:R-DEL.1";
const NOTHING = "TR-369:R-DEL.2a";
const BY_NUMBER = "TR-369:R-MSG.3";
const EXPRESSION = "TR-369:R-ARC.9";
const WILDCARD = "TR-369:R-ARC.10";
const DELETED = "TP-469:1.24#deleted";
const ABSENT = "TP-469:1.25#absent";
const PARAM_ERRS = "TP-469:1.26#param-errs";
const FAILURE = "TP-469:1.30#failure";
const UNIQUE_KEY = "TP-469:1.43#unique-key";
const ONLY = "TP-469:1.46#only";

/** What a Delete did: the answer, and what is in the table afterwards. */
interface Deletion {
  readonly reply: UspReply;
  readonly left: Left;
}

interface Left {
  readonly table: string;
  readonly instances: readonly string[];
}

/** Deletes, and looks at a table afterwards. */
async function deleting(
  { controller }: UspBench,
  paths: readonly string[],
  { allowPartial = false, table = SUBSCRIPTIONS }: { readonly allowPartial?: boolean; readonly table?: string } = {},
): Promise<Deletion> {
  const reply = await controller.delete(paths, allowPartial);
  return { reply, left: { table, instances: await instancesOf(controller, table) } };
}

const left = (requirement: string, { table, instances }: Left, isThere: boolean, paths: readonly string[]): Finding => {
  const wrong = paths.filter((path) => instances.includes(path) !== isThere);
  const actual = wrong.length === 0 ? "so" : `${few(wrong)} ${isThere ? "gone" : "still there"}`;
  const expected = `${few(paths)} ${isThere ? "still there" : "gone"}`;
  return holds(requirement, wrong.length === 0, { expected, actual, where: `${table} afterwards` });
};

const isGone = (requirement: string, there: Left, ...paths: readonly string[]): Finding => left(requirement, there, false, paths);
const isThere = (requirement: string, there: Left, ...paths: readonly string[]): Finding => left(requirement, there, true, paths);

const boot = (name: string, enable = "true") => ({ Enable: enable, ParameterName: `Device.LocalAgent.${name}` });

export const deleteCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.delete.instance",
    title: "deletes an instance, and tells its path",
    proves: [DELETED],
    references: ["TP-469 1.24"],
    drive: (bench) =>
      withSubscriptions(bench, [{}, {}], async ([path = "", other = ""]) => ({
        path,
        other,
        ...(await deleting(bench, [path])),
      })),
    *judge({ path, other, reply, left }) {
      yield* answersEach(DELETED, reply, [path]);
      yield* deletes(DELETED, reply, path, [path]);
      yield isGone(DELETED, left, path);
      yield isThere(DELETED, left, other);
    },
  }),
  uspCase({
    id: "usp.delete.absent-instance",
    title: "takes a Delete of an instance that is not there for done",
    proves: [ABSENT],
    references: ["TP-469 1.25"],
    drive: async ({ controller }) => {
      const path = await absentInstance(controller);
      return { path, reply: await controller.delete([path]) };
    },
    *judge({ path, reply }) {
      yield* deletes(ABSENT, reply, path, []);
    },
  }),
  uspCase({
    id: "usp.delete.unknown-object",
    title: "refuses to delete an object that is not in its data model",
    proves: [HOLISTIC, PARAM_ERRS],
    references: ["TP-469 1.26"],
    drive: (bench) => deleting(bench, [UNKNOWN]),
    *judge({ reply }) {
      yield refuses(HOLISTIC, reply);
      yield* blames(PARAM_ERRS, reply, UNKNOWN);
    },
  }),
  uspCase({
    id: "usp.delete.several",
    title: "deletes several instances, and tells each in a result of its own",
    proves: [DELETED],
    references: ["TP-469 1.27"],
    drive: (bench) => withSubscriptions(bench, [{}, {}], async (paths) => ({ paths, ...(await deleting(bench, paths)) })),
    *judge({ paths, reply, left }) {
      yield* answersEach(DELETED, reply, paths);
      for (const path of paths) yield* deletes(DELETED, reply, path, [path]);
      yield isGone(DELETED, left, ...paths);
    },
  }),
  uspCase({
    id: "usp.delete.several-with-unknown",
    title: "deletes nothing when one of the paths is not in its data model",
    proves: [HOLISTIC, PARAM_ERRS],
    references: ["TP-469 1.28"],
    drive: (bench) =>
      withSubscriptions(bench, [{}], async ([path = ""]) => ({ path, ...(await deleting(bench, [path, UNKNOWN])) })),
    *judge({ path, reply, left }) {
      yield refuses(HOLISTIC, reply);
      yield isThere(HOLISTIC, left, path);
      yield* blames(PARAM_ERRS, reply, UNKNOWN);
    },
  }),
  uspCase({
    id: "usp.delete.absent-instance-partial",
    title: "takes a Delete with allow_partial of an instance that is not there for done",
    proves: [NOTHING],
    references: ["TP-469 1.29"],
    drive: async ({ controller }) => {
      const path = await absentInstance(controller);
      return { path, reply: await controller.delete([path], true) };
    },
    *judge({ path, reply }) {
      yield* deletes(NOTHING, reply, path, []);
    },
  }),
  uspCase({
    id: "usp.delete.unknown-object-partial",
    title: "tells by a failure that an object is not in its data model, with allow_partial",
    proves: [FAILURE],
    references: ["TP-469 1.30"],
    drive: (bench) => deleting(bench, [UNKNOWN], { allowPartial: true }),
    *judge({ reply }) {
      yield* answersEach(FAILURE, reply, [UNKNOWN]);
      yield* fails(FAILURE, reply, UNKNOWN);
    },
  }),
  uspCase({
    id: "usp.delete.several-with-unknown-partial",
    title: "deletes with allow_partial what it can, and tells by a failure what it cannot",
    proves: [PARTIAL, FAILURE],
    references: ["TP-469 1.31"],
    drive: (bench) =>
      withSubscriptions(bench, [{}], async ([path = ""]) => ({
        path,
        ...(await deleting(bench, [UNKNOWN, path], { allowPartial: true })),
      })),
    *judge({ path, reply, left }) {
      yield* deletes(PARTIAL, reply, path, [path]);
      yield isGone(PARTIAL, left, path);
      yield* fails(FAILURE, reply, UNKNOWN);
    },
  }),
  uspCase({
    id: "usp.delete.several-with-absent",
    title: "deletes one of two instances with allow_partial when the other is not there",
    proves: [PARTIAL, NOTHING],
    references: ["TP-469 1.32"],
    drive: (bench) =>
      withSubscriptions(bench, [{}], async ([path = ""]) => {
        const absent = await absentInstance(bench.controller);
        return { path, absent, ...(await deleting(bench, [absent, path], { allowPartial: true })) };
      }),
    *judge({ path, absent, reply, left }) {
      yield* deletes(PARTIAL, reply, path, [path]);
      yield isGone(PARTIAL, left, path);
      yield* deletes(NOTHING, reply, absent, []);
    },
  }),
  uspCase({
    id: "usp.delete.unique-key",
    title: "deletes an instance under unique keys, and tells it by number",
    proves: [UNIQUE_KEY, BY_NUMBER],
    references: ["TP-469 1.33"],
    needs: ["usp-boot-parameters"],
    drive: (bench) =>
      withEmptyTable(bench, async (table, add, endpointId) => {
        const instance = await add(boot("EndpointID"));
        const number = instance.slice(table.length);
        const path = `Device.LocalAgent.Controller.[EndpointID=="${endpointId}"].BootParameter.${number}`;
        return { path, instance, ...(await deleting(bench, [path], { table })) };
      }),
    *judge({ path, instance, reply, left }) {
      yield isGone(UNIQUE_KEY, left, instance);
      yield* deletes(BY_NUMBER, reply, path, [instance]);
    },
  }),
  uspCase({
    id: "usp.delete.wildcard",
    title: "deletes all instances of a table for a wildcard",
    proves: [WILDCARD],
    references: ["TP-469 1.34"],
    needs: ["usp-boot-parameters"],
    drive: (bench) =>
      withEmptyTable(bench, async (table, add) => {
        const instances = [await add(boot("EndpointID")), await add(boot("SoftwareVersion"))];
        const path = `${table}*.`;
        return { path, instances, ...(await deleting(bench, [path], { table })) };
      }),
    *judge({ path, instances, reply, left }) {
      yield* answersEach(WILDCARD, reply, [path]);
      yield* deletes(WILDCARD, reply, path, instances);
      yield isGone(WILDCARD, left, ...instances);
    },
  }),
  uspCase({
    id: "usp.delete.search",
    title: "deletes the instances that a search expression describes, and no others",
    proves: [EXPRESSION, ONLY],
    references: ["TP-469 1.35"],
    needs: ["usp-boot-parameters"],
    drive: (bench) =>
      withEmptyTable(bench, async (table, add) => {
        const on = [await add(boot("EndpointID")), await add(boot("UpTime"))];
        const off = await add(boot("SoftwareVersion", "false"));
        const path = `${table}[Enable==true].`;
        return { path, on, off, ...(await deleting(bench, [path], { table })) };
      }),
    *judge({ path, on, off, reply, left }) {
      yield* deletes(EXPRESSION, reply, path, on);
      yield isGone(EXPRESSION, left, ...on);
      yield isThere(ONLY, left, off);
    },
  }),
  uspCase({
    id: "usp.delete.unmatched-search",
    title: "takes a Delete by a search expression that nothing matches for done",
    proves: [NOTHING],
    references: ["TP-469 1.90"],
    drive: (bench) =>
      withSubscriptions(bench, [{}], async ([other = ""]) => {
        const path = `${SUBSCRIPTIONS}[ID=="${freshName(bench)}"].`;
        return { path, other, ...(await deleting(bench, [path])) };
      }),
    *judge({ path, other, reply, left }) {
      yield* deletes(NOTHING, reply, path, []);
      yield isThere(NOTHING, left, other);
    },
  }),
  uspCase({
    id: "usp.delete.fixed-instance",
    title: "refuses to delete an instance that no controller can delete",
    proves: [HOLISTIC],
    needs: ["usp-fixed-table"],
    drive: async (bench) => {
      const table = bench.agent.values.fixedTable.path;
      const [path] = await instancesOf(bench.controller, table);
      if (path === undefined) throw new Inconclusive("precondition", `the agent shows no instance of ${table}`);
      return { path, ...(await deleting(bench, [path], { table })) };
    },
    *judge({ path, reply, left }) {
      yield refuses(HOLISTIC, reply);
      yield isThere(HOLISTIC, left, path);
    },
  }),
  uspCase({
    id: "usp.delete.table",
    title: "refuses to delete a table",
    proves: [HOLISTIC],
    needs: ["usp-boot-parameters"],
    drive: (bench) =>
      withEmptyTable(bench, async (table, add) => {
        const instance = await add(boot("EndpointID"));
        return { instance, ...(await deleting(bench, [table], { table })) };
      }),
    *judge({ instance, reply, left }) {
      yield refuses(HOLISTIC, reply);
      yield isThere(HOLISTIC, left, instance);
    },
  }),
];
