import { type ParameterName, parameterNameList, parameterNames } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import { each, isResponse, responds } from "../support/answers.ts";
import {
  batches,
  holderOf,
  isObject,
  listAll,
  namesIn,
  parametersAmong,
  undotted,
  valueNamesIn,
  wholeModel,
} from "../support/model.ts";
import { deletingCreated } from "../support/objects.ts";
import { inSession, restoring } from "../support/stage.ts";
import { numberOf, readOnlyOf } from "../support/targets.ts";
import { otherOf, readOnlySetting } from "../support/writing.ts";

/** Names in one GetParameterValues: few enough for phones of small memory, which a case of its own is about. */
const BATCH = 4000;

/** Reads all parameters; a request that was refused is asked again in halves, so that the name at fault is found. */
async function readAll(
  session: Session,
  parameters: readonly string[],
): Promise<readonly { names: readonly string[]; reply: Reply }[]> {
  const waiting = [...batches(parameters, BATCH)];
  const read: { names: readonly string[]; reply: Reply }[] = [];
  let again = 24;
  for (let names = waiting.shift(); names !== undefined && !session.over; names = waiting.shift()) {
    const reply = await session.getParameterValues(names);
    if (reply.kind === "fault" && names.length > 1 && again > 0) {
      again -= 1;
      const half = names.length >> 1;
      waiting.unshift(names.slice(0, half), names.slice(half));
    } else read.push({ names, reply });
  }
  return read;
}

/** That `name`, which could (or could not) be changed, is listed so. */
function marked(
  requirement: string,
  name: string,
  can: boolean,
  found: ParameterName | undefined,
  replies: readonly Reply[],
): Finding {
  return holds(requirement, found?.writable === can, {
    expected: `Writable ${can ? 1 : 0} for ${name}`,
    actual: found?.writable === undefined ? "no Writable" : found.writable ? "1" : "0",
    where: found?.where ?? replies.map(({ summary }) => summary.where).join(" and "),
  });
}

export const getParameterNamesModelCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.get-parameter-names.dots",
    title: "ends the names of objects with a dot, and of parameters with none",
    proves: ["TR-069:A.3.2.3#dots"],
    references: ["GPN-014"],
    drive: ({ acs, phone }) =>
      inSession({ acs }, async (session) => {
        const levels = await session.getParameterNames(phone.root, true);
        return {
          url: phone.path("ManagementServer.URL"),
          root: phone.root,
          replies: [levels, await listAll(session, phone)],
        };
      }),
    *judge({ url, root, replies }) {
      // An object is known by what is below it, or by its instance number; ManagementServer and URL are in every data model.
      const all = replies.flatMap((reply) => namesIn(reply).value ?? []);
      const objects = new Set([holderOf(url), ...all.map(holderOf)].map(undotted));
      for (const reply of replies) {
        yield responds("TR-069:A.3.2.3#dots", reply, "GetParameterNames");
        const good = { value: `a dot after objects such as ${root} only`, where: reply.summary.where };
        yield* each("TR-069:A.3.2.3#dots", parameterNameList(reply), good, ({ name, where }) => {
          const object = objects.has(undotted(name)) || /\.\d+$/.test(undotted(name));
          if (isObject(name) ? undotted(name) !== url : !object) return undefined;
          return { expected: object ? `${name}.` : undotted(name), actual: name, where };
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.complete",
    title: "lists every object above what it lists, and each name once",
    proves: ["TR-069:A.3.2.3#all-objects"],
    references: ["GPN-016"],
    drive: ({ acs, phone }) => inSession({ acs }, (session) => listAll(session, phone)),
    *judge(reply) {
      const { value: names = [], where } = namesIn(reply);
      const listed = new Set(names.map(undotted));
      const missing = [...new Set(names.map(holderOf))].filter((name) => name !== "" && !listed.has(undotted(name)));
      const seen = new Set<string>();
      const repeated = names.filter((name) => seen.size === seen.add(name).size);
      yield holds("TR-069:A.3.2.3#all-objects", missing.length === 0, {
        expected: "every object that holds something of the list",
        actual: missing.length > 0 ? `not listed: ${few(missing)}` : `${names.length} names`,
        where,
      });
      yield holds("TR-069:A.3.2.3#all-objects", repeated.length === 0, {
        expected: "no name twice",
        actual: repeated.length > 0 ? few(repeated) : "none",
        where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.readable",
    title: "can read every parameter that it lists",
    proves: ["TR-069:A.3.2.3#readable"],
    references: ["GPN-017"],
    drive: ({ acs, phone }) =>
      inSession({ acs }, async (session) => {
        return readAll(session, parametersAmong(await wholeModel(session, phone)));
      }),
    *judge(read) {
      // What a response leaves out is another case's business: here a fault is what must not come.
      const good = {
        value: `a value for each of the parameters, asked in ${read.length} requests`,
        where: read[0]?.reply.summary.where ?? "",
      };
      yield* each("TR-069:A.3.2.3#readable", read, good, ({ names, reply }) =>
        isResponse(reply, "GetParameterValues")
          ? undefined
          : {
              expected: `values of ${few(names, 3)}, which are listed`,
              actual: reply.summary.value ?? "nothing",
              where: reply.summary.where,
            },
      );
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.unlimited",
    title: "answers with its whole data model, however large",
    proves: ["TR-069:3.5#unlimited-response"],
    references: ["GPN-020"],
    drive: ({ acs, phone }) =>
      inSession({ acs }, async (session) => ({
        names: await session.getParameterNames(phone.root, false),
        values: await session.getParameterValues([phone.root]),
      })),
    *judge({ names, values }) {
      for (const [reply, method, { value = [] }] of [
        [names, "GetParameterNames", namesIn(names)],
        [values, "GetParameterValues", valueNamesIn(values)],
      ] as const)
        yield holds("TR-069:3.5#unlimited-response", value.length > 0, {
          expected: `${method}Response with all that is in the data model`,
          actual: isResponse(reply, method) ? `${value.length} members` : reply.summary.value,
          where: reply.summary.where,
        });
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.writable-parameters",
    title: "marks a parameter writable exactly when it can be written",
    proves: ["TR-069:A.3.2.3#writable"],
    references: ["GPN-015"],
    drive(bench) {
      const number = numberOf(bench.phone);
      const { path } = number;
      const readOnly = readOnlyOf(bench.phone);
      return restoring(bench, [path], async (stage) => {
        const names = [
          await stage.session.getParameterNames(path, false),
          await stage.session.getParameterNames(readOnly, false),
        ];
        for (const [index, name] of [path, readOnly].entries())
          if (names[index] === undefined || !parameterNames(names[index]).has(name))
            throw new Inconclusive("precondition", `the phone does not list ${name}: ${names[index]?.summary.value}`);
        const written = await stage.write([{ name: path, value: otherOf(stage, number), type: stage.typeOf(path) }]);
        return { path, readOnly, names, written, refused: await stage.write([await readOnlySetting(stage, readOnly)]) };
      });
    },
    *judge({ path, readOnly, names, written, refused }) {
      const listed = new Map(names.flatMap((reply) => [...parameterNames(reply)]));
      const is = isResponse(written, "SetParameterValues");
      // That a read-only parameter takes a value is judged with SetParameterValues; then there is nothing to hold its mark against.
      for (const { name, can } of [
        { name: path, can: is },
        ...(refused.kind === "fault" ? [{ name: readOnly, can: false }] : []),
      ])
        yield marked("TR-069:A.3.2.3#writable", name, can, listed.get(name), names);
    },
  }),
  cwmpCase({
    id: "cwmp.get-parameter-names.writable-tables",
    title: "marks tables and instances that can be extended or deleted as writable",
    proves: ["TR-069:A.3.2.3#writable-objects"],
    references: ["GPN-015"],
    needs: ["add-delete-object", "fixed-table"],
    drive: ({ acs, phone }) =>
      deletingCreated({ acs }, async (session, created) => {
        const { table, fixedTable } = phone.values;
        const instance = await created.add(session, table.path);
        // An object is listed beside its siblings and at the head of its own list: either will do here.
        const names = [];
        for (const { path } of [table, fixedTable])
          names.push(await session.getParameterNames(path, false), await session.getParameterNames(holderOf(path), true));
        return { names, can: [table.path, instance], cannot: [fixedTable.path] };
      }),
    *judge({ names, can, cannot }) {
      const listed = new Map(names.flatMap((reply) => parameterNameList(reply)).map((one) => [undotted(one.name), one]));
      for (const name of can) yield marked("TR-069:A.3.2.3#writable-objects", name, true, listed.get(undotted(name)), names);
      for (const name of cannot) yield marked("TR-069:A.3.2.3#writable-objects", name, false, listed.get(undotted(name)), names);
    },
  }),
];
