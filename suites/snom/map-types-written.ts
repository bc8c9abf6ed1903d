import { boolean, integer } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, same } from "../../harness/core/finding.ts";
import { sameMoment } from "../support/lexical.ts";
import { kept, refuses, type Writing, writeAndRead, writeEach } from "../support/writing.ts";
import { giveOwn, prepare, settingNow, stands, typeIn } from "./support/lines.ts";
import { line, onLines, own } from "./support/map.ts";

interface Written {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly type: string;
  /** Static value of the line at first. */
  readonly first: string;
  readonly values: readonly string[];
  readonly alike: (seen: string, value: string) => boolean;
}

/** A case that writes values to a static line, and wants them taken, whatever form they are kept in. */
const takes = ({ requirement, type, first, values, alike, ...known }: Written): AnyCase<CwmpBench> =>
  cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    drive: (bench) => onLines(bench, [line(type, "Value", "=", first)], (stage) => writeEach(stage, own("Value"), values, type)),
    *judge(writings) {
      for (const writing of writings) {
        yield* kept(requirement, writing, alike);
        yield same(requirement, typeIn(writing.read, "Value"), type);
      }
    },
  });

/** A case that writes what is no value of the type, and wants it refused for that, and the line as it was. */
const refusesAll = ({ requirement, type, first, values, alike, ...known }: Written): AnyCase<CwmpBench> =>
  cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    async drive(bench) {
      const writings = await onLines(bench, [line(type, "Value", "=", first)], (stage) =>
        writeEach(stage, own("Value"), values, type),
      );
      return { writings, map: await bench.phone.snom.paramMap() };
    },
    *judge({ writings, map }) {
      for (const { set, read } of writings) {
        yield refuses(requirement, set, own("Value"), 9006, 9007);
        yield* giveOwn(requirement, read, { Value: first }, alike);
      }
      yield stands(requirement, map, "Value", line(type, "Value", "=", first));
    },
  });

const sameNumber = (seen: string, value: string): boolean => integer(seen) === integer(value);
const sameTruth = (seen: string, value: string): boolean => boolean(seen) !== undefined && boolean(seen) === boolean(value);

/** Lines and values that come with another type than the line's, from which the value can be told or not. */
const OTHER_TYPES: readonly (readonly [string, string, string, string, string])[] = [
  ["Text", "string", "seven", "7", "int"],
  ["Level", "int", "1", "7", "unsignedInt"],
  ["Count", "unsignedInt", "1", "7", "string"],
  ["Flag", "boolean", "0", "true", "string"],
  ["Since", "dateTime", "2024-02-29T12:00:00Z", "2025-06-30T23:59:59Z", "string"],
];

function* takenOrRefused({ setting: { name, value }, set, read }: Writing): Iterable<Finding> {
  const requirement = "TR-069:A.3.2.1#other-type";
  if (set.kind === "fault") yield refuses(requirement, set, name, 9006, 9007);
  else yield* kept(requirement, { setting: { name, value }, set, read }, alikeInAnyType);
}

const alikeInAnyType = (seen: string, value: string): boolean =>
  seen === value || sameTruth(seen, value) || sameMoment(seen, value);

/** That a type that cannot be the line's is told by its own code. */
const saysType = ({ setting: { name }, set }: { setting: { name: string }; set: Reply }): Finding =>
  refuses("PARAM-MAP:types#wrong-type-code", set, name, 9006);

/** What SetParameterValues may write to lines of each type. */
export const mapTypeWrittenCases: readonly AnyCase<CwmpBench>[] = [
  takes({
    id: "snom.map-types-written.int",
    title: "takes numbers of either sign for a line of type int",
    requirement: "PARAM-MAP:types#int-written",
    type: "int",
    first: "1",
    values: ["-12", "+7", "007", "-2147483648", "2147483647", "0"],
    alike: sameNumber,
  }),
  refusesAll({
    id: "snom.map-types-written.int-refused",
    title: "refuses what is no int for a line of that type, and keeps the line",
    requirement: "PARAM-MAP:types#int-refused",
    type: "int",
    first: "12",
    values: ["many", "", "1.5", "0x10", "2147483648", "-2147483649"],
    alike: sameNumber,
  }),
  takes({
    id: "snom.map-types-written.unsigned-int",
    title: "takes numbers up to 4294967295 for a line of type unsignedInt",
    requirement: "PARAM-MAP:types#unsigned-written",
    type: "unsignedInt",
    first: "1",
    values: ["0", "2147483648", "4294967295", "0042"],
    alike: sameNumber,
  }),
  refusesAll({
    id: "snom.map-types-written.unsigned-int-refused",
    title: "refuses what is no unsignedInt for a line of that type, and keeps the line",
    requirement: "TR-069:A.2.1#unsigned-range",
    type: "unsignedInt",
    first: "12",
    values: ["-1", "4294967296", "1.5", "many", ""],
    alike: sameNumber,
  }),
  takes({
    id: "snom.map-types-written.boolean",
    title: "takes 1, 0, true and false for a line of type boolean",
    requirement: "TR-069:A.2.1#boolean-values",
    type: "boolean",
    first: "0",
    values: ["1", "false", "true", "0"],
    alike: sameTruth,
  }),
  refusesAll({
    id: "snom.map-types-written.boolean-refused",
    title: "refuses words of settings for a line of type boolean, and keeps the line",
    requirement: "TR-069:A.3.2.1#not-a-boolean",
    type: "boolean",
    first: "true",
    values: ["off", "no", "FALSE", "2", ""],
    alike: sameTruth,
  }),
  cwmpCase({
    id: "snom.map-types-written.boolean-setting",
    title: "keeps a boolean in the words that its setting has",
    proves: ["SNOM-TR-069:Values#boolean-setting-written", "PARAM-MAP:types#own-spelling"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { release_sound: "off" });
      const rounds = [];
      for (const value of ["true", "0"]) {
        const writing = await onLines(bench, [line("boolean", "Flag", "=", "{release_sound}")], (stage) =>
          writeAndRead(stage, own("Flag"), value, "boolean"),
        );
        rounds.push({ writing, setting: await settingNow(bench, "release_sound") });
      }
      return rounds;
    },
    *judge(rounds) {
      for (const { writing, setting } of rounds) {
        yield* kept("SNOM-TR-069:Values#boolean-setting-written", writing, sameTruth);
        yield same("PARAM-MAP:types#own-spelling", setting, writing.setting.value === "true" ? "on" : "off");
      }
    },
  }),
  takes({
    id: "snom.map-types-written.date-time",
    title: "takes times with fractions of a second, and Unknown Time, for a dateTime line",
    requirement: "TR-069:A.2.1#date-time",
    type: "dateTime",
    first: "2020-01-01T00:00:00Z",
    values: ["2024-02-29T12:00:00Z", "2025-06-30T23:59:59.500Z", "0001-01-01T00:00:00Z"],
    alike: sameMoment,
  }),
  refusesAll({
    id: "snom.map-types-written.date-time-refused",
    title: "refuses what is no dateTime for a line of that type, and keeps the line",
    requirement: "TR-069:A.3.2.1#not-a-date",
    type: "dateTime",
    first: "2024-02-29T12:00:00Z",
    values: ["noon", "2024-02-29", "12:00:00Z", "2023-02-29T12:00:00Z", ""],
    alike: sameMoment,
  }),
  cwmpCase({
    id: "snom.map-types-written.other-type",
    title: "takes values typed otherwise than their line for what they are, or refuses",
    proves: ["TR-069:A.3.2.1#other-type"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(
        bench,
        OTHER_TYPES.map(([name, type, first]) => line(type, name, "=", first)),
        async (stage) => {
          const writings: Writing[] = [];
          for (const [name, , , value, type] of OTHER_TYPES) writings.push(await writeAndRead(stage, own(name), value, type));
          return writings;
        },
      ),
    *judge(writings) {
      for (const writing of writings) yield* takenOrRefused(writing);
    },
  }),
  cwmpCase({
    id: "snom.map-types-written.wrong-type",
    title: "refuses a type that cannot be the line's with fault 9006",
    proves: ["PARAM-MAP:types#wrong-type-code"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("int", "Level", "=", "1"), line("boolean", "Flag", "=", "0")], async (stage) => [
        await writeAndRead(stage, own("Level"), "2025-06-30T23:59:59Z", "dateTime"),
        await writeAndRead(stage, own("Flag"), "2025-06-30T23:59:59Z", "dateTime"),
      ]),
    *judge(writings) {
      for (const writing of writings) yield saysType(writing);
    },
  }),
];
