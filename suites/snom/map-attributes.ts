import type { AttributeSetting } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { faults } from "../support/answers.ts";
import { reads, type SetAndRead, setAndRead, setFlagged, taken } from "../support/attributes.ts";
import { refuses, writeAndRead } from "../support/writing.ts";
import { BARRED, lookAtBarred, notifying, staysReadOnly } from "./support/attributes.ts";
import { othersStand, stands, writableIn } from "./support/lines.ts";
import { line, mapWith, onLines, own } from "./support/map.ts";

/** Uploads lines, sets attributes in one request, reads those of `names`, and gives the map before and after. */
async function setOn(
  bench: CwmpBench,
  lines: readonly string[],
  settings: readonly AttributeSetting[],
  names: readonly string[] = settings.map(({ name }) => name),
): Promise<SetAndRead & { readonly before: string; readonly after: string }> {
  const before = await mapWith(bench, lines);
  const seen = await onLines(bench, lines, ({ session }) => setAndRead(session, settings, names));
  return { ...seen, before, after: await bench.phone.snom.paramMap() };
}

interface Rule {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  /** Modifiers of the lines at first. */
  readonly from: readonly string[];
  readonly notification: 0 | 1 | 2;
  /** Modifier that stands for it in the guide. */
  readonly to: string;
}

/** A case that sets the notification of writable lines, and wants it read, and written as their modifier. */
const writesModifier = ({ requirement, from, notification, to, ...known }: Rule): AnyCase<CwmpBench> => {
  const names = from.map((_, at) => `Line${at + 1}`);
  return cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    drive: (bench) =>
      setOn(
        bench,
        names.map((name, at) => line("string", name, from[at] ?? "", `value=${at}`)),
        names.map((name) => ({ name: own(name), notification })),
      ),
    *judge(seen) {
      yield taken(requirement, seen);
      for (const [at, name] of names.entries()) {
        yield* reads(requirement, seen.read, own(name), notification);
        yield stands(requirement, seen.after, name, line("string", name, to, `value=${at}`));
      }
    },
  });
};

/** What becomes of modifiers, and of the map, when an ACS sets attributes. */
export const mapAttributeCases: readonly AnyCase<CwmpBench>[] = [
  writesModifier({
    id: "snom.map-attributes.active",
    title: "writes *= for a line that is given active notification",
    requirement: "SNOM-TR-069:Modifiers#set-active",
    from: ["=", "$="],
    notification: 2,
    to: "*=",
  }),
  writesModifier({
    id: "snom.map-attributes.passive",
    title: "writes = for a line that is given passive notification",
    requirement: "SNOM-TR-069:Modifiers#set-passive",
    from: ["$=", "*="],
    notification: 1,
    to: "=",
  }),
  writesModifier({
    id: "snom.map-attributes.off",
    title: "writes $= for a line whose notification is turned off",
    requirement: "SNOM-TR-069:Modifiers#set-off",
    from: ["=", "*="],
    notification: 0,
    to: "$=",
  }),
  cwmpCase({
    id: "snom.map-attributes.dynamic",
    title: "changes the modifier of a line, and neither its placeholder nor other lines",
    proves: ["PARAM-MAP:writing#attributes-alone"],
    needs: ["param-map"],
    drive: (bench) =>
      setOn(
        bench,
        ["# a comment of the lab", "", line("string", "Server", "=", "{ntp_server}"), line("string", "Last", "=", " kept ")],
        notifying("Server", 2),
      ),
    *judge(seen) {
      const requirement = "PARAM-MAP:writing#attributes-alone";
      yield taken(requirement, seen);
      yield stands(requirement, seen.after, "Server", line("string", "Server", "*=", "{ntp_server}"));
      yield othersStand(requirement, seen.before, seen.after, "Server");
    },
  }),
  cwmpCase({
    id: "snom.map-attributes.read-only",
    title: "keeps a line read-only, and != in the map, when it is given a notification",
    proves: ["TR-069:A.3.2.4#passive-always", "TR-069:A.3.2.4#read-only-stays", "SNOM-TR-069:Modifiers#stays-read-only"],
    needs: ["param-map"],
    async drive(bench) {
      const seen = await onLines(bench, [BARRED], async (stage) => ({
        set: await stage.session.setParameterAttributes(notifying("Barred")),
        barred: await lookAtBarred(stage),
      }));
      return { ...seen, map: await bench.phone.snom.paramMap() };
    },
    *judge({ set, barred, map }) {
      yield taken("TR-069:A.3.2.4#passive-always", { set, read: barred.read });
      yield* reads("TR-069:A.3.2.4#passive-always", barred.read, own("Barred"), 1);
      yield* staysReadOnly("TR-069:A.3.2.4#read-only-stays", barred);
      yield stands("SNOM-TR-069:Modifiers#stays-read-only", map, "Barred", BARRED);
    },
  }),
  cwmpCase({
    id: "snom.map-attributes.mixed",
    title: "does not make a value of text and placeholders writable by a notification",
    proves: ["TR-069:A.3.2.4#read-only-stays"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("string", "Mine", "=", "my {LCS2_PRODUCT}")], async (stage) => {
        const first = await stage.read(own("Mine"));
        const set = await stage.session.setParameterAttributes(notifying("Mine", 2));
        const names = await stage.session.getParameterNames(own(""), false);
        return { first, set, names, writing: await writeAndRead(stage, own("Mine"), "mine", "string") };
      }),
    *judge({ set, names, writing }) {
      const requirement = "TR-069:A.3.2.4#read-only-stays";
      yield taken(requirement, { set, read: names });
      yield same(requirement, writableIn(names, "Mine"), false);
      yield refuses(requirement, writing.set, own("Mine"), 9008);
    },
  }),
  cwmpCase({
    id: "snom.map-attributes.partial-path",
    title: "writes the modifiers of all writable lines below a partial path, and no others",
    proves: ["SNOM-TR-069:Modifiers#set-below"],
    needs: ["param-map"],
    drive: (bench) =>
      setOn(
        bench,
        [
          line("string", "Group.One", "=", "1"),
          line("string", "Group.Two", "$=", "2"),
          line("string", "Group.Barred", "!=", "3"),
          line("string", "Group.Unsupported", "&=", "4"),
          line("string", "Beside", "=", "5"),
        ],
        [{ name: own("Group."), notification: 2 }],
      ),
    *judge(seen) {
      const requirement = "SNOM-TR-069:Modifiers#set-below";
      yield taken(requirement, seen);
      for (const [name, modifier, value] of [
        ["Group.One", "*=", "1"],
        ["Group.Two", "*=", "2"],
        ["Group.Barred", "!=", "3"],
        ["Group.Unsupported", "&=", "4"],
        ["Beside", "=", "5"],
      ] as const)
        yield stands(requirement, seen.after, name, line("string", name, modifier, value));
    },
  }),
  cwmpCase({
    id: "snom.map-attributes.unsupported",
    title: "gives no attributes to a line with &=, nor to others in the same request",
    proves: ["TR-069:A.3.2.4#unknown-name", "TR-069:A.3.2.4#atomic"],
    needs: ["param-map"],
    drive: (bench) =>
      setOn(
        bench,
        [line("string", "Good", "$=", "1"), line("string", "Unsupported", "&=", "2")],
        [...notifying("Good", 2), ...notifying("Unsupported", 2)],
        [own("Good")],
      ),
    *judge({ set, read, after }) {
      yield faults("TR-069:A.3.2.4#unknown-name", set, 9005);
      yield stands("TR-069:A.3.2.4#unknown-name", after, "Unsupported", line("string", "Unsupported", "&=", "2"));
      yield* reads("TR-069:A.3.2.4#atomic", read, own("Good"), 0);
      yield stands("TR-069:A.3.2.4#atomic", after, "Good", line("string", "Good", "$=", "1"));
    },
  }),
  cwmpCase({
    id: "snom.map-attributes.no-change",
    title: "leaves the modifier when NotificationChange is false",
    proves: ["TR-069:A.3.2.4#notification-change"],
    needs: ["param-map"],
    async drive(bench) {
      const seen = await onLines(bench, [line("string", "Line", "*=", "1")], async ({ session }) => {
        const flags = { notificationChange: false, notification: 0, accessListChange: false, accessList: [] };
        const set = await setFlagged(bench.acs, session, { name: own("Line"), ...flags });
        return { set, read: await session.getParameterAttributes([own("Line")]) };
      });
      return { ...seen, map: await bench.phone.snom.paramMap() };
    },
    *judge(seen) {
      const requirement = "TR-069:A.3.2.4#notification-change";
      yield taken(requirement, seen);
      yield* reads(requirement, seen.read, own("Line"), 2);
      yield stands(requirement, seen.map, "Line", line("string", "Line", "*=", "1"));
    },
  }),
];
