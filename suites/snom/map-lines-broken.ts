import { parameterNameList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { readLine } from "../../schema/param-map.ts";
import { each, inResponse } from "../support/answers.ts";
import { reads } from "../support/attributes.ts";
import { isObject } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { writeAndRead } from "../support/writing.ts";
import { notifying } from "./support/attributes.ts";
import { giveOwn } from "./support/lines.ts";
import { type Half, holdsAll, type Loaded, loaded, look, wholeOrNot } from "./support/loading.ts";
import { line, load, mapWith, onLines, own, upload } from "./support/map.ts";

const text = (name: string, value: string): string => line("string", name, "=", value);

const WHOLE = "PARAM-MAP:broken#whole-or-not";

const HALF: Half = { before: { Old: "from before" }, after: { First: "before it", Last: "behind it" } };
const OLD = text("Old", "from before");

/** Uploads a map with lines of the case's own, then one with other lines around `middle`, and looks at what became of that. */
const around = async (bench: CwmpBench, middle: readonly string[]): Promise<Loaded> => {
  await upload(bench, await mapWith(bench, [OLD]));
  return loaded(bench, await mapWith(bench, [text("First", "before it"), ...middle, text("Last", "behind it")]));
};

interface Broken {
  readonly id: string;
  readonly title: string;
  /** Lines that are none. */
  readonly lines: readonly string[];
  /** A requirement besides that the phone takes all or nothing, and what of the names below the case's own object breaks it. */
  readonly and?: { readonly requirement: string; readonly misfit: (name: string) => string | undefined };
}

/** A case that puts lines that are none among good ones, in a map that the phone may take without them, or not at all. */
const broken = ({ id, title, lines, and }: Broken): AnyCase<CwmpBench> =>
  cwmpCase({
    id,
    title,
    proves: [WHOLE, ...(and === undefined ? [] : [and.requirement])],
    needs: ["param-map"],
    drive: (bench) => around(bench, lines),
    *judge(seen) {
      yield* wholeOrNot(WHOLE, seen, HALF);
      if (and === undefined) return;
      const { requirement, misfit } = and;
      yield* inResponse(requirement, seen.names, "GetParameterNames", function* () {
        const good = { value: "no such name", where: seen.names.summary.where };
        yield* each(requirement, parameterNameList(seen.names), good, ({ name, where }) => {
          const expected = misfit(name);
          return expected === undefined ? undefined : { expected, actual: JSON.stringify(name), where };
        });
      });
    },
  });

/** A name that could be a line's, or an object's above it. */
const isName = (name: string): boolean => readLine(`string:${isObject(name) ? `${name}X` : name}=`).kind === "parameter";

const BAD_LINE = `string:${own("Bare")}`;

/** A case that gives the phone a file that is no map at all. */
function noMap({
  content,
  ...known
}: {
  readonly id: string;
  readonly title: string;
  readonly content: string;
}): AnyCase<CwmpBench> {
  const requirement = "PARAM-MAP:broken#no-map";
  return cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    async drive(bench) {
      await upload(bench, await mapWith(bench, [OLD]));
      return loaded(bench, content);
    },
    *judge(seen) {
      yield* holdsAll(requirement, seen, HALF.before);
    },
  });
}

const VALID = {
  requirement: "PARAM-MAP:broken#valid-names",
  misfit: (name: string) => (isName(name) ? undefined : "names of letters, digits, '_' and '-' with dots between them"),
};

/** What a phone does with a map in which something is no line. */
export const mapBrokenLineCases: readonly AnyCase<CwmpBench>[] = [
  broken({
    id: "snom.map-broken.type",
    title: "takes a map with lines of no known type without them, or not at all",
    lines: [own("Untyped=a"), `text:${own("Text=a")}`, `:${own("Empty=a")}`],
  }),
  broken({
    id: "snom.map-broken.modifier",
    title: "takes a map with a line without modifier without it, or not at all",
    lines: [BAD_LINE],
  }),
  broken({
    id: "snom.map-broken.name",
    title: "takes no name with blanks or other strange signs from a line",
    lines: [
      `string:${own("Blank =a")}`,
      `string: ${own("Before=a")}`,
      `string:${own("Two Words=a")}`,
      `string:${own("Gr\u00fc\u00dfe=a")}`,
    ],
    and: VALID,
  }),
  broken({
    id: "snom.map-broken.double-modifier",
    title: "takes no sign of a modifier for a part of the name",
    lines: [`string:${own("Double!!=a")}`, `string:${own("Plus+=a")}`],
    and: VALID,
  }),
  broken({
    id: "snom.map-broken.object-line",
    title: "makes no parameter of a line that names an object",
    lines: [`string:${own("Part.=a")}`, `object:${own("Other.=")}`, `string:${own("Row.0.Text=a")}`],
    and: {
      requirement: "PARAM-MAP:broken#no-instance-zero",
      misfit: (name) =>
        /\.0+(?:\.|$)|\.\.$/.test(name) ? "objects with instance numbers from 1 on, and names with no empty part" : undefined,
    },
  }),
  broken({
    id: "snom.map-broken.indented-comment",
    title: "makes no parameter of a comment behind blanks",
    lines: [` #${text("Commented", "no")}`, `\t# ${text("Also", "no")}`],
    and: {
      requirement: "PARAM-MAP:broken#indented-comment",
      misfit: (name) => (/Commented|Also/.test(name) ? "nothing of what stands behind the #" : undefined),
    },
  }),
  broken({
    id: "snom.map-broken.carriage-return",
    title: "does not lose lines around one with a carriage return in it",
    lines: [`${text("Split", "a")}\rstring:${own("Second=b")}`],
  }),
  cwmpCase({
    id: "snom.map-broken.other-root",
    title: "has no second root for a line with another one",
    proves: [WHOLE, "PARAM-MAP:broken#other-root"],
    needs: ["param-map"],
    async drive(bench) {
      const seen = await around(bench, ["string:InternetGatewayDevice.X_Snom_Assay.Text=a"]);
      return { seen, other: await inSession(bench, (session) => session.getParameterNames("InternetGatewayDevice.", false)) };
    },
    *judge({ seen, other }) {
      yield* wholeOrNot(WHOLE, seen, HALF);
      const listed = parameterNameList(other);
      yield holds("PARAM-MAP:broken#other-root", listed.length === 0, {
        expected: "nothing below InternetGatewayDevice.",
        actual: listed[0]?.name ?? other.summary.value,
        where: other.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.map-broken.nothing-lost",
    title: "keeps values and notifications that were written when it refuses a map",
    proves: ["PARAM-MAP:broken#nothing-lost"],
    needs: ["param-map"],
    async drive(bench) {
      const lines = [text("Old", "from before"), line("string", "Other", "$=", "as it was")];
      const before = await onLines(bench, lines, async (stage) => {
        const { set } = await writeAndRead(stage, own("Old"), "written", "string");
        demand(set, "SetParameterValues", "writing a value");
        demand(
          await stage.session.setParameterAttributes(notifying("Other", 2)),
          "SetParameterAttributes",
          "setting a notification",
        );
        await stage.session.end();
        return bench.phone.snom.paramMap();
      });
      await load(bench, `${before}${BAD_LINE}\n${text("Last", "behind it")}\n`);
      const seen = await look(bench);
      const attributes = await inSession(bench, (session) => session.getParameterAttributes([own("Other")]));
      return { seen, attributes };
    },
    // A phone that takes the map without the bad line gives the same: the values stood in that map as they were written.
    *judge({ seen, attributes }) {
      yield* giveOwn("PARAM-MAP:broken#nothing-lost", seen.values, { Old: "written", Other: "as it was" });
      yield* reads("PARAM-MAP:broken#nothing-lost", attributes, own("Other"), 2);
    },
  }),
  noMap({
    id: "snom.map-broken.no-parameters",
    title: "keeps its data model when it is given a file without a parameter",
    content: "# nothing but a comment\n\n",
  }),
  noMap({
    id: "snom.map-broken.web-page",
    title: "keeps its data model when it is given a web page for a map",
    content:
      '<!DOCTYPE html>\n<html><head><title>404</title></head>\n<body class="error"><p>Not found: no map</p></body></html>\n',
  }),
];
