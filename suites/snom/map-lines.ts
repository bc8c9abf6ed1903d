import { parameterNameList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { parseParamMap } from "../../schema/param-map.ts";
import { each, inResponse } from "../support/answers.ts";
import { isObject, undotted } from "../support/model.ts";
import { giveOwn, typeIn } from "./support/lines.ts";
import { holdsAll, listsAll, loaded } from "./support/loading.ts";
import { line, load, mapWith, own } from "./support/map.ts";

const text = (name: string, value: string): string => line("string", name, "=", value);

interface Form {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  /** Lines of the case's own. */
  readonly lines: readonly string[];
  /** The file, made of the phone's map with those lines at its end. */
  readonly write?: (map: string) => string;
  /** What the case's own object has to hold then, and nothing else. */
  readonly values: Readonly<Record<string, string>>;
}

/** A case that gives the phone a map in some form, and wants exactly the parameters that its lines mean. */
const reads = ({ requirement, lines, write = (map) => map, values, ...known }: Form): AnyCase<CwmpBench> =>
  cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    drive: async (bench) => loaded(bench, write(await mapWith(bench, lines))),
    *judge(seen) {
      yield* holdsAll(requirement, seen, values);
    },
  });

/** The map with every line but the last ended by what `end` gives for its number. */
const ended = (map: string, end: (number: number) => string): string =>
  parseParamMap(map)
    .lines.map((one) => one.text + end(one.number))
    .join("");

const TEXT = { Text: "it is read" };
const AROUND = { First: "before it", Last: "behind it" };

/**
 * A comment longer than the buffers that firmware reads lines into. Where such a buffer would end, each time less the sign that ends
 * a text, something follows that would be a good line if it stood alone.
 */
const LONG_COMMENT = [256, 512, 1024, 2048, 4096].reduce(
  (before, size) => `${before.padEnd(size - 1, ".")}${text(`Ghost${size}`, "seen")}`,
  "# ",
);

/** Lines of three objects, none of which stands with all of its own together. */
const APART = { "A.One": "1", "B.One": "2", "A.Two": "3", "A.C.One": "4", "B.Two": "5", "A.Three": "6" };

/** So many lines more than a phone's own map has, with the first, the last and one between to look at. */
const MANY = 1000;
const MANY_VALUES = Object.fromEntries([1, 500, MANY].map((number) => [`Row.${number}.Text`, `row ${number}`]));

/** What a param_map may look like beside its parameters. */
export const mapLineCases: readonly AnyCase<CwmpBench>[] = [
  reads({
    id: "snom.map-lines.comments",
    title: "ignores every line that starts with #, whatever stands behind it",
    requirement: "SNOM-TR-069:Comments#ignored",
    lines: [
      "#",
      "# a comment",
      "##",
      `#${text("Commented", "no")}`,
      `# ${text("Also", "no")}`,
      "# Grüße: a=b",
      text("Text", TEXT.Text),
    ],
    values: TEXT,
  }),
  reads({
    id: "snom.map-lines.comment-after-value",
    title: "takes what looks like a comment behind a value for a part of the value",
    requirement: "SNOM-TR-069:Comments#whole-lines-only",
    lines: [text("Text", "hello # not a comment"), text("Only", "# not one either")],
    values: { Text: "hello # not a comment", Only: "# not one either" },
  }),
  reads({
    id: "snom.map-lines.long-comment",
    title: "takes a comment of thousands of characters for one line",
    requirement: "PARAM-MAP:lines#long-comment",
    lines: [LONG_COMMENT, text("Text", TEXT.Text)],
    values: TEXT,
  }),
  reads({
    id: "snom.map-lines.blank",
    title: "passes over empty lines, and over lines with nothing but blanks",
    requirement: "PARAM-MAP:lines#blank",
    lines: ["", text("First", AROUND.First), "", " ", "\t", "", text("Last", AROUND.Last), ""],
    values: AROUND,
  }),
  reads({
    id: "snom.map-lines.crlf",
    title: "takes CRLF for the end of a line, and no part of it for value",
    requirement: "PARAM-MAP:lines#crlf",
    lines: [text("First", AROUND.First), text("Nothing", ""), text("Last", AROUND.Last)],
    write: (map) => ended(map, () => "\r\n"),
    values: { ...AROUND, Nothing: "" },
  }),
  reads({
    id: "snom.map-lines.mixed-ends",
    title: "reads a map in which some lines end with CRLF and others with LF",
    requirement: "PARAM-MAP:lines#mixed-ends",
    lines: [text("First", "a"), text("Second", "b"), text("Third", "c"), text("Fourth", "d")],
    write: (map) => ended(map, (number) => (number % 2 === 0 ? "\r\n" : "\n")),
    values: { First: "a", Second: "b", Third: "c", Fourth: "d" },
  }),
  reads({
    id: "snom.map-lines.byte-order-mark",
    title: "reads the first line behind a byte order mark",
    requirement: "PARAM-MAP:lines#byte-order-mark",
    lines: [text("Last", AROUND.Last)],
    write: (map) => `\uFEFF${text("First", AROUND.First)}\n${map}`,
    values: AROUND,
  }),
  reads({
    id: "snom.map-lines.last-line",
    title: "reads the last line also when nothing ends it",
    requirement: "SNOM-TR-069:General-syntax#last-line",
    lines: [text("First", AROUND.First), text("Last", AROUND.Last)],
    write: (map) => map.replace(/\n$/, ""),
    values: AROUND,
  }),
  cwmpCase({
    id: "snom.map-lines.duplicate",
    title: "goes by the last of several lines with one name, and lists it once",
    proves: ["PARAM-MAP:lines#last-counts"],
    needs: ["param-map"],
    drive: async (bench) =>
      loaded(
        bench,
        await mapWith(bench, [
          text("Twice", "first"),
          text("Other", "between"),
          text("Twice", "second"),
          line("int", "Twice", "!=", "3"),
        ]),
      ),
    *judge(seen) {
      const requirement = "PARAM-MAP:lines#last-counts";
      yield* giveOwn(requirement, seen.values, { Twice: "3", Other: "between" });
      yield* inResponse(requirement, seen.values, "GetParameterValues", function* () {
        yield same(requirement, typeIn(seen.values, "Twice"), "int");
      });
      yield listsAll(requirement, seen.names, ["Twice", "Other"]);
    },
  }),
  reads({
    id: "snom.map-lines.instance-gaps",
    title: "keeps the instance numbers of the lines, with gaps between them",
    requirement: "PARAM-MAP:lines#instance-gaps",
    lines: [3, 10, 1, 200].map((number) => text(`Line.${number}.Text`, `line ${number}`)),
    values: Object.fromEntries([3, 10, 1, 200].map((number) => [`Line.${number}.Text`, `line ${number}`])),
  }),
  reads({
    id: "snom.map-lines.name-characters",
    title: "takes digits, underlines and hyphens in the names of lines",
    requirement: "PARAM-MAP:lines#name-characters",
    lines: [
      text("A1", "digit"),
      text("_Low", "underline first"),
      text("Two_Words", "underline"),
      text("Hy-phen.Te-xt", "hyphens"),
    ],
    values: { A1: "digit", _Low: "underline first", Two_Words: "underline", "Hy-phen.Te-xt": "hyphens" },
  }),
  reads({
    id: "snom.map-lines.case",
    title: "has two parameters for names that differ in upper and lower case",
    requirement: "PARAM-MAP:lines#case",
    lines: [text("Twin", "upper"), text("twin", "lower")],
    values: { Twin: "upper", twin: "lower" },
  }),
  cwmpCase({
    id: "snom.map-lines.apart",
    title: "has one object for lines of it that stand apart",
    proves: ["SNOM-TR-069:Parameter-types#objects"],
    needs: ["param-map"],
    drive: async (bench) =>
      loaded(
        bench,
        await mapWith(
          bench,
          Object.entries(APART).map(([name, value]) => text(name, value)),
        ),
      ),
    *judge(seen) {
      const requirement = "SNOM-TR-069:Parameter-types#objects";
      yield* holdsAll(requirement, seen, APART);
      const names = parameterNameList(seen.names);
      const good = { value: "no name twice", where: seen.names.summary.where };
      yield* each(requirement, names, good, ({ name, where }) =>
        names.filter((other) => undotted(other.name) === undotted(name)).length === 1
          ? undefined
          : { expected: `${name} once`, actual: "twice or more", where },
      );
    },
  }),
  cwmpCase({
    id: "snom.map-lines.objects-fixed",
    title: "does not offer to add instances to objects that only lines make",
    proves: ["PARAM-MAP:lines#objects-fixed"],
    needs: ["param-map"],
    drive: async (bench) =>
      loaded(bench, await mapWith(bench, [text("Line.1.Text", "a"), text("Line.2.Text", "b"), text("Part.Text", "c")])),
    *judge({ names }) {
      const requirement = "PARAM-MAP:lines#objects-fixed";
      yield* inResponse(requirement, names, "GetParameterNames", function* () {
        const objects = parameterNameList(names).filter(({ name }) => isObject(name));
        // Whether they are listed at all is another case's business.
        if (objects.length === 0) return;
        const good = { value: "every object with Writable false", where: names.summary.where };
        yield* each(requirement, objects, good, ({ name, writable, where }) =>
          writable === false ? undefined : { expected: `Writable false for ${name}`, actual: String(writable), where },
        );
      });
    },
  }),
  cwmpCase({
    id: "snom.map-lines.many",
    title: `takes a map with ${MANY} lines more, to the last one, or does not take it`,
    proves: ["PARAM-MAP:lines#many"],
    needs: ["param-map"],
    async drive(bench) {
      const rows = Array.from({ length: MANY }, (_, index) => text(`Row.${index + 1}.Text`, `row ${index + 1}`));
      await load(bench, await mapWith(bench, rows));
      const shown = await bench.phone.snom.paramMap();
      const session = await bench.acs.session();
      const values = await session.getParameterValues(Object.keys(MANY_VALUES).map(own));
      await session.end();
      return { shown, values };
    },
    *judge({ shown, values }) {
      const requirement = "PARAM-MAP:lines#many";
      if (shown.includes(own("Row."))) yield* giveOwn(requirement, values, MANY_VALUES);
      else yield same(requirement, values.faultCode, 9005);
    },
  }),
];
