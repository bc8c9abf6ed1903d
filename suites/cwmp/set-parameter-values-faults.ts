import { parameterFaults, parameterValue } from "../../harness/acs/read.ts";
import type { ParameterSetting, Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same, sameSet } from "../../harness/core/finding.ts";
import type { FeatureName } from "../../harness/phone/features.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { faults, notTooLarge } from "../support/answers.ts";
import { restoring, type Stage } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { booleanOf, dateTimeOf, numberOf, objectOf, otherCase, readOnlyOf } from "../support/targets.ts";
import { kept, readOnlySetting, refuses, writeAndRead } from "../support/writing.ts";

/** Octets of a request that has to be taken (TR-069 3.5), without its envelope. */
const LARGE = 30_000;

const unknownIn = (phone: Phone): string => phone.path("ManagementServer.NoSuchParameter");
const intervalIn = (phone: Phone): string => phone.path("ManagementServer.PeriodicInformInterval");

interface BadSetting {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  readonly needs?: readonly FeatureName[];
  readonly codes: readonly number[];
  /** A parameter to save and put back, should the phone take what it ought to refuse. One that can be read at any rate. */
  save(phone: Phone): string;
  /** Each is sent in a request of its own. */
  settings(phone: Phone, stage: Stage): readonly ParameterSetting[] | Promise<readonly ParameterSetting[]>;
}

/** A case that writes values of one kind that a phone has to refuse, each with a fault that names the parameter. */
function badSetting({ requirement, codes, save, settings, ...known }: BadSetting): AnyCase<CwmpBench> {
  return cwmpCase({
    ...known,
    proves: [requirement],
    drive: (bench) =>
      restoring(bench, [save(bench.phone)], async (stage) => {
        const tries: { name: string; reply: Reply }[] = [];
        for (const setting of await settings(bench.phone, stage))
          tries.push({ name: setting.name, reply: await stage.write([setting]) });
        return tries;
      }),
    *judge(tries) {
      for (const { name, reply } of tries) yield refuses(requirement, reply, name, ...codes);
    },
  });
}

/** 9006 or 9007: where a text does not fit the type, both are right (our reading; the standard has no borderline). */
const TYPE_OR_VALUE = [9006, 9007];

export const setParameterValuesFaultCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.set-parameter-values.duplicate",
    title: "refuses a request with the same parameter twice with fault 9003",
    proves: ["TR-069:A.3.2.1#duplicate"],
    references: ["SPV-008"],
    drive(bench) {
      const { path, use } = numberOf(bench.phone);
      return restoring(bench, [path], (stage) =>
        stage.write(use.map((value) => ({ name: path, value, type: stage.typeOf(path) }))),
      );
    },
    *judge(reply) {
      yield faults("TR-069:A.3.2.1#duplicate", reply, 9003);
    },
  }),
  badSetting({
    id: "cwmp.set-parameter-values.unknown-name",
    title: "refuses to write a parameter that does not exist, with 9005 for it",
    requirement: "TR-069:A.3.2.1#unknown-name",
    references: ["SPV-009"],
    codes: [9005],
    save: intervalIn,
    settings: (phone) => [{ name: unknownIn(phone), value: "1" }],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.partial-path",
    title: "refuses to write an object, with 9005 for it",
    requirement: "TR-069:A.3.2.1#partial-path",
    references: ["SPV-023"],
    codes: [9005],
    save: intervalIn,
    settings: (phone) => [{ name: objectOf(phone), value: "1" }],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.case",
    title: "refuses to write a name in another case, with 9005 for it",
    requirement: "TR-069:A.3.2.1#case",
    references: ["SPV-031"],
    codes: [9005],
    save: intervalIn,
    settings: (phone, stage) => [
      { name: otherCase(intervalIn(phone)), value: stage.before(intervalIn(phone)), type: "unsignedInt" },
    ],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.read-only",
    title: "refuses to write a read-only parameter, with 9008 for it",
    requirement: "TR-069:A.3.2.1#read-only",
    references: ["SPV-010"],
    codes: [9008],
    save: intervalIn,
    settings: async (phone, stage) => [await readOnlySetting(stage, readOnlyOf(phone))],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.parameter-key-by-name",
    title: "refuses to write ParameterKey by its name, with 9008 for it",
    requirement: "TR-106:3.4#parameter-key-read-only",
    references: ["SPV-025"],
    codes: [9008],
    save: intervalIn,
    settings: (phone) => [{ name: phone.path("ManagementServer.ParameterKey"), value: "assay" }],
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.out-of-range",
    title: "refuses a PeriodicInformInterval of 0",
    proves: ["TR-069:A.3.2.1#out-of-range", "TR-069:A.3.2.1#out-of-range-code"],
    references: ["SPV-012"],
    drive(bench) {
      const name = intervalIn(bench.phone);
      return restoring(bench, [name], async (stage) => ({
        name,
        reply: await stage.write([{ name, value: "0", type: stage.typeOf(name) }]),
      }));
    },
    *judge({ name, reply }) {
      // The text says 9007; 9006 for a number out of range is so common that it is only noted.
      const other = parameterFaults(reply).some((fault) => fault.name === name && fault.code === "9006");
      yield refuses("TR-069:A.3.2.1#out-of-range", reply, name, ...TYPE_OR_VALUE);
      yield holds("TR-069:A.3.2.1#out-of-range-code", !other, {
        expected: "not 9006 for a value whose type is right",
        actual: other ? "9006" : (reply.summary.value ?? "nothing"),
        where: reply.summary.where,
      });
    },
  }),
  badSetting({
    id: "cwmp.set-parameter-values.unsigned-range",
    title: "refuses numbers that no unsignedInt can hold",
    requirement: "TR-069:A.2.1#unsigned-range",
    references: ["SPV-012"],
    codes: TYPE_OR_VALUE,
    save: intervalIn,
    settings: (phone, stage) =>
      ["-1", "4294967296"].map((value) => ({ name: intervalIn(phone), value, type: stage.typeOf(intervalIn(phone)) })),
  }),
  badSetting({
    id: "cwmp.set-parameter-values.not-a-number",
    title: "refuses letters for a number",
    requirement: "TR-069:A.3.2.1#not-a-number",
    references: ["SPV-013"],
    codes: TYPE_OR_VALUE,
    save: intervalIn,
    settings: (phone) => [{ name: intervalIn(phone), value: "abc", type: "unsignedInt" }],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.not-a-boolean",
    title: "refuses words other than true and false for a boolean",
    requirement: "TR-069:A.3.2.1#not-a-boolean",
    references: ["SPV-013"],
    codes: TYPE_OR_VALUE,
    save: booleanOf,
    settings: (phone) => [{ name: booleanOf(phone), value: "maybe", type: "boolean" }],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.not-a-date",
    title: "refuses words for a dateTime",
    requirement: "TR-069:A.3.2.1#not-a-date",
    references: ["SPV-013"],
    codes: TYPE_OR_VALUE,
    save: dateTimeOf,
    settings: (phone) => [{ name: dateTimeOf(phone), value: "yesterday", type: "dateTime" }],
  }),
  badSetting({
    id: "cwmp.set-parameter-values.not-in-the-enumeration",
    title: "refuses a value outside an enumeration",
    requirement: "TR-069:A.3.2.1#enumeration",
    references: ["SPV-015"],
    needs: ["enumeration"],
    codes: [9007],
    save: ({ values }) => values.enumeration.path,
    settings: ({ values }) => [{ name: values.enumeration.path, value: values.enumeration.bad }],
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.primary-code",
    title: "answers parameters in error with 9003 as the code of the whole fault",
    proves: ["TR-069:A.3.2.1#primary-code"],
    references: ["SPV-009", "SPV-010"],
    drive: (bench) =>
      restoring(bench, [intervalIn(bench.phone)], async (stage) => [
        await stage.write([{ name: unknownIn(bench.phone), value: "1" }]),
        await stage.write([await readOnlySetting(stage, readOnlyOf(bench.phone))]),
      ]),
    *judge(replies) {
      for (const reply of replies) yield faults("TR-069:A.3.2.1#primary-code", reply, 9003);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.fault-for-each",
    title: "names each parameter in error, and no other, in its fault",
    proves: ["TR-069:A.3.2.1#fault-for-each"],
    references: ["SPV-016"],
    drive(bench) {
      const { phone } = bench;
      const good = numberOf(phone).path;
      return restoring(bench, [good, booleanOf(phone)], async (stage) => {
        const bad = [
          { name: unknownIn(phone), value: "1" },
          await readOnlySetting(stage, readOnlyOf(phone)),
          { name: booleanOf(phone), value: "maybe", type: "boolean" },
        ];
        const reply = await stage.write([{ name: good, value: stage.before(good), type: stage.typeOf(good) }, ...bad]);
        return { bad: bad.map(({ name }) => name), reply };
      });
    },
    *judge({ bad, reply }) {
      const { value: fault, where } = reply.at("Fault/detail/Fault");
      const named = fault === undefined ? undefined : parameterFaults(reply).map(({ name }) => name);
      yield sameSet("TR-069:A.3.2.1#fault-for-each", { value: named, where }, bad);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.atomic",
    title: "applies nothing of a request in which one parameter is in error",
    proves: ["TR-069:A.3.2.1#atomic"],
    references: ["SPV-017"],
    drive(bench) {
      const target = numberOf(bench.phone);
      return restoring(bench, [target.path], async (stage) => {
        const [first, second] = target.use;
        const setting = (value: string) => ({ name: target.path, value, type: stage.typeOf(target.path) });
        const bad = [{ name: unknownIn(bench.phone), value: "1" }, await readOnlySetting(stage, readOnlyOf(bench.phone))];
        // The control: alone, the good setting is taken.
        demand(await stage.write([setting(first)]), "SetParameterValues", `writing ${target.path} alone`);
        const tries = [];
        for (const settings of [
          [setting(second), ...bad],
          [...bad, setting(second)],
        ]) {
          const reply = await stage.write(settings);
          if (reply.kind !== "fault")
            throw new Inconclusive("precondition", `writing what cannot be written, the phone gave: ${reply.summary.value}`);
          tries.push(await stage.read(target.path));
        }
        return { path: target.path, value: first, tries };
      });
    },
    *judge({ path, value, tries }) {
      for (const read of tries) yield same("TR-069:A.3.2.1#atomic", parameterValue(read, path), value);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.long-strings",
    title: "keeps a long string whole, or refuses it, and never shortens it",
    // A.2.1 lets a phone refuse what is too long; what it takes has to read back as it was written.
    proves: ["TR-069:A.2.1#no-shortened-string"],
    references: ["SPV-014"],
    needs: ["writable-string"],
    drive(bench) {
      const { path, max } = bench.phone.values.writableString;
      const longest = Math.min(max, LARGE / 4);
      return restoring(bench, [path], async (stage) => {
        const fitting = await writeAndRead(stage, path, "0123456789".repeat(longest).slice(0, longest));
        return { fitting, tooLong: await writeAndRead(stage, path, "9876543210".repeat(longest).slice(0, longest + 1)) };
      });
    },
    *judge({ fitting, tooLong }) {
      const requirement = "TR-069:A.2.1#no-shortened-string";
      yield* kept(requirement, fitting);
      const { name, value } = tooLong.set.kind === "fault" ? fitting.setting : tooLong.setting;
      yield same(requirement, parameterValue(tooLong.read, name), value);
    },
  }),
  cwmpCase({
    id: "cwmp.set-parameter-values.large-request",
    title: "takes a request to write of nearly 32 kilobytes",
    proves: ["TR-069:3.5#large-request"],
    references: ["SPV-026"],
    drive: (bench) =>
      restoring(bench, [intervalIn(bench.phone)], (stage) => {
        // Names that do not exist: the whole request has to be read to refuse it for the right reason, and nothing is changed.
        const name = (index: number) => `${unknownIn(bench.phone)}WithALongNameAsVendorsLikeThem${index}`;
        const each =
          `<ParameterValueStruct><Name>${name(100)}</Name><Value xsi:type="xsd:string">1</Value></ParameterValueStruct>`.length;
        return stage.write(Array.from({ length: Math.floor(LARGE / each) }, (_, index) => ({ name: name(index), value: "1" })));
      }),
    *judge(reply) {
      yield notTooLarge("TR-069:3.5#large-request", reply, "fault 9003, for the names do not exist");
    },
  }),
];
