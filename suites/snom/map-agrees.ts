import { parameterAttributes, parameterNames, parameterValues } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { effectiveLines, type ParameterMapLine, parseParamMap, parseValue } from "../../schema/param-map.ts";
import { each } from "../support/answers.ts";
import { VALUE_TYPES } from "../support/lexical.ts";
import { batches, listAll } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";

const FILE = "SNOM-TR-069:The-param_map-file";

/** The lines that count in the phone's own map, as it is, with what the phone lists. */
interface Seen {
  readonly lines: readonly ParameterMapLine[];
  readonly names: Reply;
}

const seen = async (bench: CwmpBench, session: Session): Promise<Seen> => ({
  lines: [...effectiveLines(parseParamMap(await bench.phone.snom.paramMap())).values()],
  names: await listAll(session, bench.phone),
});

/** Asks for all of the map's parameters that the phone has, in requests that every phone can take. */
async function inBatches<Item>(
  { lines, names }: Seen,
  method: string,
  ask: (batch: readonly string[]) => Promise<Reply>,
  read: (reply: Reply) => ReadonlyMap<string, Item>,
): Promise<ReadonlyMap<string, Item>> {
  const known = parameterNames(names);
  const all = new Map<string, Item>();
  for (const batch of batches(lines.flatMap(({ name }) => (known.has(name) ? [name] : [])))) {
    const reply = await ask(batch);
    demand(reply, method, "reading the parameters of the map");
    for (const [name, item] of read(reply)) all.set(name, item);
  }
  return all;
}

/** Settings that nobody may write by CWMP: those of the vendor's own USP controller, and the stack's memory. */
const isFixed = (value: string): boolean =>
  /^\{(?:tr369_(?!enable\|)\w+\|1|tr69_(?:events|params|download_status))\}$/.test(value);

/** Whether a line's parameter has to be one that an ACS can write: a value of its own, or one setting. */
function isWritable({ modifier, value }: ParameterMapLine): boolean {
  const parts = parseValue(value);
  const kind = parts[0]?.kind ?? "text";
  return modifier !== "!=" && modifier !== "&=" && parts.length <= 1 && kind !== "special" && !isFixed(value);
}

/** That the map of the phone's own is its data model, line by line. */
export const mapAgreesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-agrees.names",
    title: "has the parameter of every line of its map, but for those with &=",
    proves: [`${FILE}#every-line`, `${FILE}#none-unsupported`],
    needs: ["param-map"],
    drive: (bench) => inSession(bench, (session) => seen(bench, session)),
    *judge({ lines, names }) {
      const listed = parameterNames(names);
      const { where } = names.summary;
      const of = (unsupported: boolean) => lines.filter(({ modifier }) => (modifier === "&=") === unsupported);
      yield* each(`${FILE}#every-line`, of(false), { value: "every parameter listed", where }, ({ name, number }) =>
        listed.has(name) ? undefined : { expected: `${name}, as line ${number} has it`, actual: "not listed", where },
      );
      yield* each(`${FILE}#none-unsupported`, of(true), { value: "none of them listed", where }, ({ name, number }) =>
        listed.has(name) ? { expected: `no ${name}, as line ${number} has it`, actual: "listed", where } : undefined,
      );
    },
  }),
  cwmpCase({
    id: "snom.map-agrees.access",
    title: "lists every parameter of its map as writable or not by the line's modifier",
    proves: [`${FILE}#read-only-lines`, `${FILE}#writable-lines`],
    needs: ["param-map"],
    drive: (bench) => inSession(bench, (session) => seen(bench, session)),
    *judge({ lines, names }) {
      const listed = parameterNames(names);
      const { where } = names.summary;
      const wrong =
        (expected: boolean) =>
        ({ name, number }: ParameterMapLine) => {
          const found = listed.get(name);
          return found === undefined || found.writable === expected
            ? undefined
            : {
                expected: `Writable ${expected} for line ${number}, ${name}`,
                actual: String(found.writable),
                where: found.where,
              };
        };
      const barred = lines.filter(({ modifier }) => modifier === "!=");
      yield* each(`${FILE}#read-only-lines`, barred, { value: "Writable false for every !=", where }, wrong(false));
      yield* each(
        `${FILE}#writable-lines`,
        lines.filter(isWritable),
        { value: "Writable true for all others", where },
        wrong(true),
      );
    },
  }),
  cwmpCase({
    id: "snom.map-agrees.types",
    title: "gives every parameter of its map the type of its line",
    proves: [`${FILE}#types`],
    needs: ["param-map"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const known = await seen(bench, session);
        const ask = (batch: readonly string[]): Promise<Reply> => session.getParameterValues(batch);
        return { ...known, values: await inBatches(known, "GetParameterValues", ask, parameterValues) };
      }),
    *judge({ lines, names, values }) {
      const good = { value: "the type of its line for every parameter", where: names.summary.where };
      yield* each(`${FILE}#types`, lines, good, ({ name, type, number }) => {
        const found = values.get(name);
        // One that has no type of CWMP at all is another case's business.
        return found === undefined || found.type === type || !VALUE_TYPES.includes(found.type ?? "")
          ? undefined
          : { expected: `xsd:${type} for line ${number}, ${name}`, actual: found.type ?? "no type", where: found.where };
      });
    },
  }),
  cwmpCase({
    id: "snom.map-agrees.attributes",
    title: "notifies of every parameter of its map with *= or $= as the modifier says",
    proves: [`${FILE}#notifications`],
    needs: ["param-map"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const known = await seen(bench, session);
        const ask = (batch: readonly string[]): Promise<Reply> => session.getParameterAttributes(batch);
        return { ...known, attributes: await inBatches(known, "GetParameterAttributes", ask, parameterAttributes) };
      }),
    *judge({ lines, names, attributes }) {
      const good = { value: "2 for every *=, 0 for every $=", where: names.summary.where };
      const telling = lines.filter(({ modifier }) => modifier === "*=" || modifier === "$=");
      yield* each(`${FILE}#notifications`, telling, good, ({ name, modifier, number }) => {
        const found = attributes.get(name);
        const expected = modifier === "*=" ? 2 : 0;
        return found === undefined || found.notification === expected
          ? undefined
          : { expected: `${expected} for line ${number}, ${name}`, actual: String(found.notification), where: found.where };
      });
    },
  }),
];
