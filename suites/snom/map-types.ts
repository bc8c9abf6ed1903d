import { boolean, integer, parameterValueList } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, same } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { each, faults, inResponse } from "../support/answers.ts";
import { misspeltAs, sameMoment } from "../support/lexical.ts";
import { inSession } from "../support/stage.ts";
import { giveOwn, readLines, saveBetween, typeIn } from "./support/lines.ts";
import { line, load, mapWith, onLines, own } from "./support/map.ts";

const UNKNOWN_TIME = "0001-01-01T00:00:00Z";

interface Typed {
  readonly id: string;
  readonly title: string;
  readonly type: string;
  /** Static values by name, as they stand in the map. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether a value read is the one of the line, where it may come in another form. */
  readonly alike?: (seen: string, value: string) => boolean;
}

/** A case that reads lines of one type, and wants type and value of each. */
function readsType({ type, values, alike, ...known }: Typed): AnyCase<CwmpBench> {
  const requirement = `SNOM-TR-069:Parameter-types#${type}`;
  return cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    drive: (bench) =>
      readLines(
        bench,
        Object.entries(values).map(([name, value]) => line(type, name, "=", value)),
      ),
    *judge(reply) {
      yield* giveOwn(requirement, reply, values, alike);
      for (const name of Object.keys(values)) yield same(requirement, typeIn(reply, name), type);
    },
  });
}

const sameNumber = (seen: string, value: string): boolean => integer(seen) === integer(value);
const sameTruth = (seen: string, value: string): boolean => boolean(seen) !== undefined && boolean(seen) === boolean(value);

/** Spellings that settings have for booleans beside those of the guide: name, word, value. */
const BOOLEAN_WORDS: readonly (readonly [string, string, string])[] = [
  ["On", "on", "true"],
  ["Yes", "yes", "true"],
  ["Off", "off", "false"],
  ["No", "no", "false"],
  ["Nothing", "", "false"],
];

/** Types, and values that they do not have. */
const MISFITS: readonly (readonly [string, string])[] = [
  ["int", "many"],
  ["int", "2147483648"],
  ["unsignedInt", "-1"],
  ["unsignedInt", "1.5"],
  ["boolean", "perhaps"],
  ["dateTime", "noon"],
];

const MIXTURE: readonly (readonly [string, string, string])[] = [
  ["Flag", "boolean", "1"],
  ["Level", "int", "1"],
  ["Text", "string", "1"],
  ["Count", "unsignedInt", "1"],
  ["Since", "dateTime", "2024-02-29T12:00:00Z"],
  ["Word", "string", "one"],
];

/** That every value in a reply has the lexical form and the range of its type. */
function* lexical(reply: Reply): Iterable<Finding> {
  const values = parameterValueList(reply);
  const good = { value: "values in the form of their types", where: values[0]?.where ?? reply.summary.where };
  yield* each("TR-069:A.2.1#lexical", values, good, ({ name, type, value, where }) => {
    const expected = misspeltAs(type, value);
    return expected === undefined ? undefined : { expected: `${name}: ${expected}`, actual: JSON.stringify(value), where };
  });
}

/** What each type of a map line means on the wire. */
export const mapTypeCases: readonly AnyCase<CwmpBench>[] = [
  readsType({
    id: "snom.map-types.string",
    title: "gives a line of type string as xsd:string with the value of the line",
    type: "string",
    // Texts that look like values of other types stay texts.
    values: { Text: "as it is", Digits: "0042", Truth: "on", Date: "2024-02-29T12:00:00Z" },
  }),
  readsType({
    id: "snom.map-types.int",
    title: "gives a line of type int as xsd:int, with its sign",
    type: "int",
    values: { Negative: "-5", Zero: "0", Least: "-2147483648", Most: "2147483647" },
    alike: sameNumber,
  }),
  readsType({
    id: "snom.map-types.unsigned-int",
    title: "gives a line of type unsignedInt as xsd:unsignedInt, up to 4294967295",
    type: "unsignedInt",
    values: { Zero: "0", Half: "2147483648", Most: "4294967295" },
    alike: sameNumber,
  }),
  readsType({
    id: "snom.map-types.boolean",
    title: "gives a line of type boolean as xsd:boolean, for true, false, 1 and 0",
    type: "boolean",
    values: { True: "true", False: "false", One: "1", Zero: "0" },
    alike: sameTruth,
  }),
  readsType({
    id: "snom.map-types.date-time",
    title: "gives a line of type dateTime as xsd:dateTime of the same moment",
    type: "dateTime",
    values: { Leap: "2024-02-29T12:00:00Z", Summer: "2025-06-30T23:59:59Z" },
    alike: sameMoment,
  }),
  cwmpCase({
    id: "snom.map-types.boolean-setting",
    title: "gives a setting that is on or off as a boolean of CWMP",
    proves: ["TR-069:A.2.1#lexical", "SNOM-TR-069:Values#boolean-setting"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("boolean", "Flag", "=", "{release_sound}")], async (stage) => {
        const rounds = [];
        for (const value of ["on", "off"]) {
          await saveBetween(bench, stage, { release_sound: value });
          rounds.push({ truth: value === "on", read: await stage.read(own("Flag")) });
        }
        return rounds;
      }),
    *judge(rounds) {
      for (const { truth, read } of rounds)
        yield* inResponse("SNOM-TR-069:Values#boolean-setting", read, "GetParameterValues", function* () {
          yield same("SNOM-TR-069:Values#boolean-setting", typeIn(read, "Flag"), "boolean");
          // The value by its lexical form or by the setting's word: that it has to be the former is the other requirement.
          const alike = (seen: string): boolean => /^(?:on|true|1|yes)$/.test(seen) === truth;
          yield* giveOwn("SNOM-TR-069:Values#boolean-setting", read, { Flag: String(truth) }, alike);
          yield* lexical(read);
        });
    },
  }),
  cwmpCase({
    id: "snom.map-types.boolean-words",
    title: "reads on, yes, off, no and nothing as booleans, whatever spelling a line has",
    proves: ["PARAM-MAP:types#boolean-words"],
    needs: ["param-map"],
    drive: (bench) =>
      readLines(
        bench,
        BOOLEAN_WORDS.map(([name, word]) => line("boolean", name, "=", word)),
      ),
    *judge(reply) {
      const values = Object.fromEntries(BOOLEAN_WORDS.map(([name, , value]) => [name, value]));
      yield* giveOwn("PARAM-MAP:types#boolean-words", reply, values, sameTruth);
    },
  }),
  cwmpCase({
    id: "snom.map-types.empty-number",
    title: "gives a number for a line of a number type without a value, and that is 0",
    proves: ["TR-069:A.2.1#lexical", "PARAM-MAP:types#empty-number"],
    needs: ["param-map"],
    drive: (bench) => readLines(bench, [line("int", "Level", "="), line("unsignedInt", "Count", "=")]),
    *judge(reply) {
      yield* inResponse("TR-069:A.2.1#lexical", reply, "GetParameterValues", () => lexical(reply));
      yield* giveOwn("PARAM-MAP:types#empty-number", reply, { Level: "0", Count: "0" }, sameNumber);
    },
  }),
  cwmpCase({
    id: "snom.map-types.empty-date-time",
    title: "gives Unknown Time for a line of type dateTime without a value",
    proves: ["TR-069:A.2.1#unknown-time"],
    needs: ["param-map"],
    drive: (bench) => readLines(bench, [line("dateTime", "Since", "=")]),
    *judge(reply) {
      yield* giveOwn("TR-069:A.2.1#unknown-time", reply, { Since: UNKNOWN_TIME });
    },
  }),
  cwmpCase({
    id: "snom.map-types.misfit",
    title: "never gives a value that its type does not allow, whatever stands in a line",
    // The guide does not say what becomes of such a line: the map may be refused, or the parameter be absent or have another value.
    proves: ["TR-069:A.2.1#lexical"],
    needs: ["param-map"],
    async drive(bench) {
      const names = MISFITS.map(([type, value], at) => [`Misfit${at + 1}`, type, value] as const);
      const map = await mapWith(
        bench,
        names.map(([name, type, value]) => line(type, name, "=", value)),
      );
      await load(bench, map);
      const replies = await inSession(bench, async (session) => {
        const given = [];
        for (const [name] of names) given.push(await session.getParameterValues([own(name)]));
        return given;
      });
      await showAlive(bench);
      return replies;
    },
    *judge(replies) {
      for (const reply of replies)
        if (reply.kind === "fault") yield faults("TR-069:A.2.1#lexical", reply, 9005, 9002);
        else yield* inResponse("TR-069:A.2.1#lexical", reply, "GetParameterValues", () => lexical(reply));
    },
  }),
  cwmpCase({
    id: "snom.map-types.mixture",
    title: "gives each parameter of a partial path the type of its own line",
    proves: ["SNOM-TR-069:Parameter-types#each-its-own"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(
        bench,
        MIXTURE.map(([name, type, value]) => line(type, name, "=", value)),
        (stage) => stage.read(own("")),
      ),
    *judge(reply) {
      const requirement = "SNOM-TR-069:Parameter-types#each-its-own";
      yield* inResponse(requirement, reply, "GetParameterValues", function* () {
        for (const [name, type] of MIXTURE) yield same(requirement, typeIn(reply, name), type);
      });
    },
  }),
];
