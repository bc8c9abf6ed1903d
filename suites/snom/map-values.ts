import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { responds } from "../support/answers.ts";
import { rebooted } from "../support/reboots.ts";
import { demand } from "../support/steps.ts";
import { kept, refuses, writeAndRead } from "../support/writing.ts";
import { giveOwn, othersStand, prepare, readLines, saveBetween, settingNow, stands, writableIn } from "./support/lines.ts";
import { line, mapWith, onLines, own, upload } from "./support/map.ts";

/** A static line, the map before it was written and after, and the writing itself. */
const writeStatic = async (bench: CwmpBench, lines: readonly string[], value: string) => {
  const before = await mapWith(bench, lines);
  const writing = await onLines(bench, lines, (stage) => writeAndRead(stage, own("Text"), value));
  return { writing, before, after: await bench.phone.snom.paramMap() };
};

/** Where static, dynamic, indexed, special and mixed values of map lines come from, and where they go. */
export const mapValueCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-values.static",
    title: "stores a static value in its line of the map",
    proves: ["SNOM-TR-069:Values#static", "SNOM-TR-069:Values#static-stored"],
    needs: ["param-map"],
    drive: (bench) => writeStatic(bench, [line("string", "Text", "=", "at first")], "and then"),
    *judge({ writing, after }) {
      yield* kept("SNOM-TR-069:Values#static", writing);
      yield stands("SNOM-TR-069:Values#static-stored", after, "Text", line("string", "Text", "=", "and then"));
    },
  }),
  cwmpCase({
    id: "snom.map-values.other-lines",
    title: "leaves every other line of the map as it is when it stores a value",
    proves: ["PARAM-MAP:writing#other-lines"],
    needs: ["param-map"],
    drive: (bench) =>
      writeStatic(
        bench,
        ["# a comment of the lab", "", line("string", "Text", "=", "1"), line("string", "Last", "$=", " {phone_type} ")],
        "2",
      ),
    *judge({ writing, before, after }) {
      yield responds("PARAM-MAP:writing#other-lines", writing.set, "SetParameterValues");
      yield othersStand("PARAM-MAP:writing#other-lines", before, after, "Text");
    },
  }),
  cwmpCase({
    id: "snom.map-values.static-persistent",
    title: "keeps a value stored in its line across a reboot",
    proves: ["TR-069:A.3.2.1#persistent"],
    needs: ["param-map", "reboot"],
    disturbs: "reboot",
    drive: (bench) =>
      onLines(bench, [line("string", "Text", "=", "at first")], async (stage) => {
        const setting = { name: own("Text"), value: "and then" };
        const set = await stage.write([setting]);
        stage.session = await rebooted(bench, stage.session);
        return { setting, set, read: await stage.read(own("Text")) };
      }),
    *judge(writing) {
      yield* kept("TR-069:A.3.2.1#persistent", writing);
    },
  }),
  cwmpCase({
    id: "snom.map-values.loaded-again",
    title: "gives the values of a map that is loaded, not those written before",
    proves: ["PARAM-MAP:loading#new-values"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("string", "Text", "=", "as loaded")], async (stage) => {
        demand(await stage.write([{ name: own("Text"), value: "written" }]), "SetParameterValues", "writing a value");
        await stage.session.end();
        await upload(bench, await mapWith(bench, [line("string", "Text", "=", "as loaded")]));
        await stage.nextSession();
        return stage.read(own("Text"));
      }),
    *judge(reply) {
      yield* giveOwn("PARAM-MAP:loading#new-values", reply, { Text: "as loaded" });
    },
  }),
  cwmpCase({
    id: "snom.map-values.dynamic",
    title: "gives the setting that a line names, as it is at that moment",
    proves: ["SNOM-TR-069:Values#dynamic"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("string", "Server", "!=", "{ntp_server}")], async (stage) => {
        const rounds = [];
        for (const value of ["one.assay.example", "two.assay.example"]) {
          await saveBetween(bench, stage, { ntp_server: value });
          rounds.push({ value, read: await stage.read(own("Server")) });
        }
        return rounds;
      }),
    *judge(rounds) {
      for (const { value, read } of rounds) yield* giveOwn("SNOM-TR-069:Values#dynamic", read, { Server: value });
    },
  }),
  cwmpCase({
    id: "snom.map-values.dynamic-written",
    title: "writes through a line to the setting that it names, and leaves the line",
    proves: ["SNOM-TR-069:Values#dynamic-written", "PARAM-MAP:writing#placeholder-stays"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { ntp_server: "one.assay.example" });
      const writing = await onLines(bench, [line("string", "Server", "=", "{ntp_server}")], (stage) =>
        writeAndRead(stage, own("Server"), "two.assay.example"),
      );
      return { writing, setting: await settingNow(bench, "ntp_server"), map: await bench.phone.snom.paramMap() };
    },
    *judge({ writing, setting, map }) {
      yield* kept("SNOM-TR-069:Values#dynamic-written", writing);
      yield same("SNOM-TR-069:Values#dynamic-written", setting, "two.assay.example");
      yield stands("PARAM-MAP:writing#placeholder-stays", map, "Server", line("string", "Server", "=", "{ntp_server}"));
    },
  }),
  cwmpCase({
    id: "snom.map-values.shared",
    title: "gives one setting in every line that names it, also after a write to one",
    proves: ["SNOM-TR-069:Values#shared-setting"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { ntp_server: "one.assay.example" });
      const lines = ["First", "Second", "Third"].map((name) => line("string", name, "=", "{ntp_server}"));
      return onLines(bench, lines, async (stage) => ({
        set: await stage.write([{ name: own("Second"), value: "two.assay.example" }]),
        read: await stage.read(own("First"), own("Second"), own("Third")),
      }));
    },
    *judge({ set, read }) {
      yield responds("SNOM-TR-069:Values#shared-setting", set, "SetParameterValues");
      const value = "two.assay.example";
      yield* giveOwn("SNOM-TR-069:Values#shared-setting", read, { First: value, Second: value, Third: value });
    },
  }),
  cwmpCase({
    id: "snom.map-values.indexed",
    title: "gives each index of a setting its own value",
    proves: ["SNOM-TR-069:Values#indexed"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { user_realname1: "Assay One", user_realname2: "Assay Two" });
      return readLines(
        bench,
        [1, 2].map((index) => line("string", `Name${index}`, "=", `{user_realname|${index}}`)),
      );
    },
    *judge(reply) {
      yield* giveOwn("SNOM-TR-069:Values#indexed", reply, { Name1: "Assay One", Name2: "Assay Two" });
    },
  }),
  cwmpCase({
    id: "snom.map-values.indexed-written",
    title: "writes to the index of a setting that the line names, and to no other",
    proves: ["SNOM-TR-069:Values#indexed-written"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { user_realname1: "Assay One", user_realname2: "Assay Two" });
      const writing = await onLines(bench, [line("string", "Name", "=", "{user_realname|2}")], (stage) =>
        writeAndRead(stage, own("Name"), "Assay Three"),
      );
      return { writing, one: await settingNow(bench, "user_realname1"), two: await settingNow(bench, "user_realname2") };
    },
    *judge({ writing, one, two }) {
      yield* kept("SNOM-TR-069:Values#indexed-written", writing);
      yield same("SNOM-TR-069:Values#indexed-written", one, "Assay One");
      yield same("SNOM-TR-069:Values#indexed-written", two, "Assay Three");
    },
  }),
  cwmpCase({
    id: "snom.map-values.index-by-name",
    title: "takes n for an index as the last instance number in the name of the parameter",
    // The guide's own sample has it so; that it means an index of the setting there, and not that the letter is to be replaced, is ours.
    proves: ["PARAM-MAP:values#index-n"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { user_realname1: "Assay One", user_realname2: "Assay Two" });
      const names = ["Line.1.Name", "Line.2.Name", "Group.2.Line.1.Name"];
      return readLines(
        bench,
        names.map((name) => line("string", name, "=", "{user_realname|n}")),
      );
    },
    *judge(reply) {
      const values = { "Line.1.Name": "Assay One", "Line.2.Name": "Assay Two", "Group.2.Line.1.Name": "Assay One" };
      yield* giveOwn("PARAM-MAP:values#index-n", reply, values);
    },
  }),
  cwmpCase({
    id: "snom.map-values.special",
    title: "fills in the special value LCS2_PRODUCT, alone and within a text",
    proves: ["SNOM-TR-069:Values#special", "SNOM-TR-069:Values#mixed"],
    needs: ["param-map"],
    async drive(bench) {
      const reply = await readLines(bench, [
        line("string", "Product", "!=", "{LCS2_PRODUCT}"),
        line("string", "Mine", "!=", "This is my {LCS2_PRODUCT}."),
      ]);
      return { reply, number: /\d+/.exec(bench.phone.identity.model)?.[0] ?? "" };
    },
    *judge({ reply, number }) {
      const { value = "", where } = parameterValue(reply, own("Product"));
      // Products are numbered, as snom370 is; how the name is spelt around the number is the phone's own.
      yield holds("SNOM-TR-069:Values#special", /^[^\s{}]+$/.test(value) && value.includes(number), {
        expected: `the name of the product, with ${number} in it`,
        actual: JSON.stringify(value),
        where,
      });
      yield* giveOwn("SNOM-TR-069:Values#mixed", reply, { Mine: `This is my ${value}.` });
    },
  }),
  cwmpCase({
    id: "snom.map-values.placeholders",
    title: "fills in every placeholder of a value, with the text between them",
    proves: ["SNOM-TR-069:Values#mixed"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { user_realname1: "One", user_realname2: "Two", ntp_server: "one.assay.example" });
      return readLines(bench, [
        line("string", "Pair", "!=", "<{user_realname|1}> and {user_realname|2}@{ntp_server};"),
        line("string", "Close", "!=", "{user_realname|1}{user_realname|2}"),
        line("string", "Twice", "!=", "{user_realname|2}-{user_realname|2}"),
      ]);
    },
    *judge(reply) {
      const values = { Pair: "<One> and Two@one.assay.example;", Close: "OneTwo", Twice: "Two-Two" };
      yield* giveOwn("SNOM-TR-069:Values#mixed", reply, values);
    },
  }),
  cwmpCase({
    id: "snom.map-values.mixed-written",
    title: "lets nobody write a value that is text and placeholders",
    // A text with placeholders cannot be taken back out of a value, and replacing the line would lose the setting.
    proves: ["PARAM-MAP:values#mixed-read-only"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { user_realname1: "One" });
      const lines = [line("string", "Name", "=", "Line of {user_realname|1}"), line("string", "Product", "=", "{LCS2_PRODUCT}")];
      const seen = await onLines(bench, lines, async (stage) => ({
        names: await stage.session.getParameterNames(own(""), false),
        writings: [
          await writeAndRead(stage, own("Name"), "Line of Two", "string"),
          await writeAndRead(stage, own("Product"), "snom1", "string"),
        ],
      }));
      return { ...seen, setting: await settingNow(bench, "user_realname1") };
    },
    *judge({ names, writings, setting }) {
      const requirement = "PARAM-MAP:values#mixed-read-only";
      for (const {
        set,
        setting: { name },
      } of writings)
        yield refuses(requirement, set, name, 9008);
      for (const name of ["Name", "Product"]) yield same(requirement, writableIn(names, name), false);
      yield* giveOwn(requirement, writings[0]?.read ?? names, { Name: "Line of One" });
      yield same(requirement, setting, "One");
    },
  }),
  cwmpCase({
    id: "snom.map-values.unknown",
    title: "gives an empty value for settings and special values that it does not have",
    proves: ["PARAM-MAP:values#unknown-setting", "PARAM-MAP:values#unknown-special"],
    needs: ["param-map"],
    drive: (bench) =>
      readLines(bench, [
        line("string", "Setting", "!=", "{assay_no_such_setting}"),
        line("string", "Special", "!=", "{ASSAY_NO_SUCH_VALUE|1}"),
        line("string", "Beside", "!=", "<{assay_no_such_setting}>"),
      ]),
    *judge(reply) {
      yield* giveOwn("PARAM-MAP:values#unknown-setting", reply, { Setting: "", Beside: "<>" });
      yield* giveOwn("PARAM-MAP:values#unknown-special", reply, { Special: "" });
    },
  }),
];
