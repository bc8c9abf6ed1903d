import { parameterNameList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { parseParamMap } from "../../schema/param-map.ts";
import { diffParamMaps } from "../../schema/param-map-diff.ts";
import { deletingCreated, listing } from "../support/objects.ts";
import { rebooted } from "../support/reboots.ts";
import { inSession } from "../support/stage.ts";
import { currentValue, demand } from "../support/steps.ts";
import { gives, sameOrBoolean } from "../support/writing.ts";
import { giveOwn } from "./support/lines.ts";
import { holdsAll, loaded, look } from "./support/loading.ts";
import { line, mapWith, own, upload } from "./support/map.ts";

const WEB = "SNOM-TR-069:Retrieving-and-uploading-the-parameter-mapping-via-the-Web-UI";

const text = (name: string, value: string): string => line("string", name, "=", value);

/** Lines with all that a map may have beside plain parameters. */
const ALL_KINDS: readonly string[] = [
  "# a comment of the owner's",
  "",
  text("Text", "it is read"),
  "#",
  line("int", "Number", "!=", "-7"),
  line("string", "Gone", "&="),
  line("boolean", "Row.3.Active", "*=", "true"),
];

/** That what the phone shows is the map that it was given: each parameter as it stands there. */
export function showsLines(requirement: string, given: string, shown: string): Finding {
  const [first, ...others] = diffParamMaps(parseParamMap(given), parseParamMap(shown));
  const what = first === undefined ? "" : first.kind === "broken" ? first.line.text : first.name;
  return holds(requirement, first === undefined, {
    expected: "every parameter of the map as it was given",
    actual: first === undefined ? "so" : `${what} ${first.kind}, and ${others.length} more`,
    where: "param_map",
  });
}

/** That what the phone shows is the file that it was given, octet for octet. */
export const showsOctets = (requirement: string, given: string, shown: string): Finding =>
  holds(requirement, given === shown, {
    expected: `the file of ${Buffer.byteLength(given)} octets as it was given`,
    actual: given === shown ? "so" : `${Buffer.byteLength(shown)} octets`,
    where: "param_map",
  });

/** What becomes of a map that is uploaded through the web interface. */
export const mapUploadCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-upload.shown",
    title: "puts an uploaded map in force, and shows it as the file that it was",
    proves: [`${WEB}#in-force`, `${WEB}#shown`, "PARAM-MAP:loading#octets"],
    needs: ["param-map"],
    async drive(bench) {
      const given = await mapWith(bench, ALL_KINDS);
      return { given, seen: await loaded(bench, given) };
    },
    *judge({ given, seen }) {
      yield* giveOwn(`${WEB}#in-force`, seen.values, { Text: "it is read", Number: "-7" });
      yield showsLines(`${WEB}#shown`, given, seen.shown);
      yield showsOctets("PARAM-MAP:loading#octets", given, seen.shown);
    },
  }),
  cwmpCase({
    id: "snom.map-upload.reboot",
    title: "has the uploaded map in force after a reboot, and shows it as before",
    proves: ["PARAM-MAP:loading#persistent", "PARAM-MAP:loading#octets"],
    needs: ["param-map", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const given = await mapWith(bench, ALL_KINDS);
      await upload(bench, given);
      const session = await rebooted(bench, await bench.acs.session());
      const read = await session.getParameterValues([own("Number"), own("Row.3.Active")]);
      await session.end();
      return { given, read, shown: await bench.phone.snom.paramMap() };
    },
    *judge({ given, read, shown }) {
      yield* giveOwn("PARAM-MAP:loading#persistent", read, { Number: "-7", "Row.3.Active": "true" }, sameOrBoolean);
      yield showsOctets("PARAM-MAP:loading#octets", given, shown);
    },
  }),
  cwmpCase({
    id: "snom.map-upload.replaced",
    title: "has nothing of the map before once another one is uploaded",
    proves: ["PARAM-MAP:loading#replaced"],
    needs: ["param-map"],
    async drive(bench) {
      await upload(bench, await mapWith(bench, [text("Old", "a"), text("Both", "at first"), text("Part.Old", "b")]));
      return loaded(bench, await mapWith(bench, [text("Both", "and then"), text("New", "c")]));
    },
    *judge(seen) {
      yield* holdsAll("PARAM-MAP:loading#replaced", seen, { Both: "and then", New: "c" });
    },
  }),
  cwmpCase({
    id: "snom.map-upload.objects",
    title: "has an object as long as a map has lines of it",
    proves: ["PARAM-MAP:loading#objects-come", "PARAM-MAP:loading#objects-go"],
    needs: ["param-map"],
    async drive(bench) {
      const names = () => inSession(bench, (session) => session.getParameterNames(own("Part."), false));
      await upload(bench, await mapWith(bench, [text("Part.One", "a"), text("Part.Row.1.Two", "b"), text("Other", "c")]));
      const there = await names();
      await upload(bench, await mapWith(bench, [text("Other", "c")]));
      return { there, gone: await names(), left: await inSession(bench, (session) => session.getParameterNames(own(""), false)) };
    },
    *judge({ there, gone, left }) {
      const listed = parameterNameList(there).map(({ name }) => name);
      yield holds("PARAM-MAP:loading#objects-come", listed.includes(own("Part.One")) && listed.includes(own("Part.Row.1.Two")), {
        expected: `${own("Part.One")} and ${own("Part.Row.1.Two")}`,
        actual: listed.join(", ") || there.summary.value,
        where: there.summary.where,
      });
      const stays = [...parameterNameList(gone), ...parameterNameList(left)].find(({ name }) => name.startsWith(own("Part.")));
      yield holds("PARAM-MAP:loading#objects-go", stays === undefined, {
        expected: `no ${own("Part.")}`,
        actual: stays?.name,
        where: stays?.where ?? left.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.map-upload.instances",
    title: "keeps the instances that an ACS has added when another map is uploaded",
    proves: ["PARAM-MAP:loading#instances"],
    needs: ["param-map", "add-delete-object"],
    drive: (bench) =>
      deletingCreated(bench, async (session, created) => {
        const { path: table, column } = bench.phone.values.table;
        const instance = await created.add(session, table);
        const cell = column === undefined ? undefined : instance + column;
        if (cell !== undefined)
          demand(await session.setParameterValues([{ name: cell, value: "110" }]), "SetParameterValues", "filling a cell");
        if (cell !== undefined && (await currentValue(session, cell)) !== "110")
          throw new Inconclusive("precondition", `${cell} does not give what was written to it`);
        await session.end();
        await upload(bench, await mapWith(bench, [text("Text", "beside it")]));
        const names = await inSession(bench, (later) => later.getParameterNames(table, true));
        const read = cell === undefined ? undefined : await inSession(bench, (later) => later.getParameterValues([cell]));
        return { table, instance, cell, names, read };
      }),
    *judge({ table, instance, cell, names, read }) {
      const requirement = "PARAM-MAP:loading#instances";
      yield* listing(requirement, names, table, instance, true);
      if (cell !== undefined && read !== undefined) yield* gives(requirement, read, cell, "110");
    },
  }),
  cwmpCase({
    id: "snom.map-upload.settings",
    title: "keeps its settings when a map is uploaded, also those that a line shows",
    proves: ["PARAM-MAP:loading#settings-stay"],
    needs: ["param-map"],
    async drive(bench) {
      await bench.phone.snom.save({ user_outbound2: "proxy.assay.example" });
      const before = await bench.phone.snom.settings();
      await upload(bench, await mapWith(bench, [line("string", "Shown", "=", "{user_outbound|2}"), text("Text", "a")]));
      return { before, seen: await look(bench), after: await bench.phone.snom.settings() };
    },
    *judge({ before, seen, after }) {
      const requirement = "PARAM-MAP:loading#settings-stay";
      yield* giveOwn(requirement, seen.values, { Shown: "proxy.assay.example" });
      const other = [...before].filter(([name, value]) => !/^tr69_(?:events|params)$/.test(name) && after.get(name) !== value);
      yield holds(requirement, other.length === 0, {
        expected: "every setting as before",
        actual: other.length === 0 ? "so" : other.map(([name]) => `${name} = ${after.get(name) ?? "absent"}`).join(", "),
        where: "settings.xml",
      });
    },
  }),
];
