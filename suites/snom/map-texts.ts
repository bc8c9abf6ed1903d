import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { isResponse } from "../support/answers.ts";
import { inSession } from "../support/stage.ts";
import { kept, refuses, writeEach } from "../support/writing.ts";
import { giveOwn, lineIn, readLines, stands } from "./support/lines.ts";
import { line, load, mapWith, onLines, own } from "./support/map.ts";

interface Texts {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  /** Static values of string lines, by name. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A case that reads static texts, and wants each of them character for character. */
const readsTexts = ({ requirement, texts, ...known }: Texts): AnyCase<CwmpBench> =>
  cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    drive: (bench) =>
      readLines(
        bench,
        Object.entries(texts).map(([name, text]) => line("string", name, "!=", text)),
      ),
    *judge(reply) {
      yield* giveOwn(requirement, reply, texts);
    },
  });

/** A case that writes texts to a static line, and wants each of them back, and the last of them in the map. */
const writesTexts = ({ requirement, texts, ...known }: Texts): AnyCase<CwmpBench> => {
  const values = Object.values(texts);
  return cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    async drive(bench) {
      const writings = await onLines(bench, [line("string", "Text", "=", "at first")], (stage) =>
        writeEach(stage, own("Text"), values),
      );
      return { writings, map: await bench.phone.snom.paramMap() };
    },
    *judge({ writings, map }) {
      for (const writing of writings) yield* kept(requirement, writing);
      yield stands(requirement, map, "Text", line("string", "Text", "=", values.at(-1)));
    },
  });
};

/** Signs that mean something in a map, where they do not. */
const SEPARATORS = {
  Address: "http://acs.assay.example:7547/a=b?c!=d&=e$=f*=g#h",
  Equals: "a=b",
  Colon: "string:Device.Other=1",
  Hash: "#5060",
};
const BRACES = { Empty: "{}", Words: "{a b}", Open: "{", Close: "}a{", Unclosed: "{ntp_server", Index: "{ntp_server|x}" };
const LETTERS = { Latin: "Grüße, Señor", Greek: "Ωμέγα Жук", Ideographs: "漢字 電話 €" };
const MARKUP = { Markup: `<b>a & b</b> "c" 'd'`, Entity: "&amp;&#65;", Section: "<![CDATA[a]]>" };
const BLANKS = { Before: "  two before", After: "two after  ", Both: " \t one of each " };

/** What the text of a value may hold, in the map and on the wire. */
export const mapTextCases: readonly AnyCase<CwmpBench>[] = [
  readsTexts({
    id: "snom.map-texts.separators",
    title: "takes all behind the modifier for value, also = : and #",
    requirement: "SNOM-TR-069:General-syntax#rest-is-value",
    texts: SEPARATORS,
  }),
  writesTexts({
    id: "snom.map-texts.separators-written",
    title: "stores values with the signs of a map's own syntax, and gives them back",
    requirement: "PARAM-MAP:writing#separators",
    texts: SEPARATORS,
  }),
  readsTexts({
    id: "snom.map-texts.braces",
    title: "takes braces that are no placeholder for text",
    requirement: "PARAM-MAP:values#braces",
    texts: BRACES,
  }),
  readsTexts({
    id: "snom.map-texts.blanks",
    title: "keeps the blanks at both ends of a value in a line",
    requirement: "PARAM-MAP:values#blanks",
    texts: BLANKS,
  }),
  writesTexts({
    id: "snom.map-texts.blanks-written",
    title: "stores a value with the blanks at its ends",
    requirement: "TR-069:A.2.1#blanks",
    texts: { Both: "  two  blanks  " },
  }),
  readsTexts({
    id: "snom.map-texts.letters",
    title: "reads the map as UTF-8",
    requirement: "PARAM-MAP:text#utf-8",
    texts: LETTERS,
  }),
  writesTexts({
    id: "snom.map-texts.letters-written",
    title: "stores letters outside ASCII in the map as UTF-8",
    requirement: "PARAM-MAP:text#utf-8-written",
    texts: LETTERS,
  }),
  readsTexts({
    id: "snom.map-texts.markup",
    title: "gives the characters that XML uses for markup as they stand in a line",
    requirement: "TR-069:A.2.1#markup-characters",
    texts: MARKUP,
  }),
  writesTexts({
    id: "snom.map-texts.markup-written",
    title: "stores the characters that XML uses for markup as themselves",
    requirement: "PARAM-MAP:writing#markup",
    texts: MARKUP,
  }),
  cwmpCase({
    id: "snom.map-texts.empty",
    title: "gives an empty string for a string line that ends with its modifier",
    proves: ["SNOM-TR-069:Values#empty"],
    needs: ["param-map"],
    drive: (bench) => readLines(bench, [line("string", "Nothing", "="), line("string", "Something", "=", "text")]),
    *judge(reply) {
      yield* giveOwn("SNOM-TR-069:Values#empty", reply, { Nothing: "", Something: "text" });
    },
  }),
  writesTexts({
    id: "snom.map-texts.empty-written",
    title: "stores an empty string as a line that ends with its modifier",
    requirement: "TR-069:A.2.1#empty-string",
    texts: { Something: "something", Nothing: "" },
  }),
  cwmpCase({
    id: "snom.map-texts.long",
    title: "gives long values whole, or does not take the map",
    proves: ["SNOM-TR-069:Values#whole"],
    needs: ["param-map"],
    async drive(bench) {
      const texts = Object.fromEntries(LENGTHS.map((length) => [`Text${length}`, textOf(length)]));
      const lines = Object.entries(texts).map(([name, text]) => line("string", name, "=", text));
      await load(bench, await mapWith(bench, lines));
      return inSession(bench, async (session) => {
        const replies = new Map<string, Awaited<ReturnType<typeof session.getParameterValues>>>();
        for (const name of Object.keys(texts)) replies.set(name, await session.getParameterValues([own(name)]));
        return { texts, replies };
      });
    },
    *judge({ texts, replies }) {
      for (const [name, text] of Object.entries(texts)) {
        const reply = replies.get(name);
        if (reply === undefined) continue;
        const seen = parameterValue(reply, own(name));
        // A value of this length is one that a phone has to hold; a longer one may be refused.
        const ok = seen.value === text || (text.length > 64 && reply.faultCode.value === "9005");
        yield holds("SNOM-TR-069:Values#whole", ok, {
          expected: `the ${text.length} characters of the line${text.length > 64 ? ", or no parameter" : ""}`,
          actual: seen.value === undefined ? reply.summary.value : `${seen.value.length} characters`,
          where: seen.where,
        });
      }
    },
  }),
  cwmpCase({
    id: "snom.map-texts.long-written",
    title: "stores long values whole, or refuses them",
    proves: ["TR-069:A.2.1#no-shortened-string"],
    needs: ["param-map"],
    async drive(bench) {
      const writings = await onLines(bench, [line("string", "Text", "=", "at first")], (stage) =>
        writeEach(stage, own("Text"), LENGTHS.map(textOf)),
      );
      return { writings, map: await bench.phone.snom.paramMap() };
    },
    *judge({ writings, map }) {
      const requirement = "TR-069:A.2.1#no-shortened-string";
      let last = "at first";
      for (const { set, setting, read } of writings) {
        const { value: text } = setting;
        const isRefused = text.length > 64 && !isResponse(set, "SetParameterValues");
        if (isRefused) yield refuses(requirement, set, own("Text"), 9006, 9007);
        else last = text;
        const seen = parameterValue(read, own("Text"));
        yield holds(requirement, seen.value === last, {
          expected: `the ${last.length} characters of ${isRefused ? "before" : "the text written"}`,
          actual: seen.value === undefined ? read.summary.value : `${seen.value.length} characters`,
          where: seen.where,
        });
      }
      const { value, where } = lineIn(map, "Text");
      yield holds(requirement, value === line("string", "Text", "=", last), {
        expected: `a line with ${last.length} characters of value`,
        actual: value === undefined ? "no line" : `a line of ${value.length} characters`,
        where,
      });
    },
  }),
];

/** Characters of long values: what every string can hold, and more than buffers that firmware likes to have. */
const LENGTHS: readonly number[] = [64, 260, 1030, 4100];

/** A text in which every part is another, so that a piece that is lost or moved shows. */
const textOf = (length: number): string => {
  let text = "";
  for (let at = 0; text.length < length; at += 1) text += `${at},`;
  return text.slice(0, length);
};
