import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, oneOf, same, sameSet } from "../../harness/core/finding.ts";
import { notificationOf } from "../support/attributes.ts";
import { valueNamesIn } from "../support/model.ts";
import { kept, refuses, writeAndRead } from "../support/writing.ts";
import { giveOwn, prepare, settingNow, stands, writableIn } from "./support/lines.ts";
import { line, onLines, own } from "./support/map.ts";
import { listed, MODIFIERS, onAll, SUPPORTED } from "./support/modifiers.ts";

const WRITABLE: Readonly<Record<string, boolean>> = { Passive: true, ReadOnly: false, Silent: true, Active: true };

/** That the lines are Writable as their modifiers have it. */
function* writableAsWritten(reply: Reply): Iterable<Finding> {
  for (const name of SUPPORTED) yield same("SNOM-TR-069:Modifiers#access", writableIn(reply, name), WRITABLE[name] ?? false);
}

interface Written {
  readonly id: string;
  readonly title: string;
  readonly name: keyof typeof MODIFIERS;
  readonly requirement: string;
}

/** A case that writes to a line whose modifier allows it. */
const writes = ({ name, requirement, ...known }: Written): AnyCase<CwmpBench> =>
  cwmpCase({
    ...known,
    proves: [requirement],
    needs: ["param-map"],
    async drive(bench) {
      const seen = await onAll(bench, async (stage) => ({
        names: await stage.session.getParameterNames(own(""), false),
        writing: await writeAndRead(stage, own(name), "and then", "string"),
      }));
      return { ...seen, map: await bench.phone.snom.paramMap() };
    },
    *judge({ names, writing, map }) {
      yield same(requirement, writableIn(names, name), true);
      yield* kept(requirement, writing);
      yield stands(requirement, map, name, line("string", name, MODIFIERS[name], "and then"));
    },
  });

/** What the modifier of a map line means for an ACS. */
export const mapModifierCases: readonly AnyCase<CwmpBench>[] = [
  writes({
    id: "snom.map-modifiers.passive",
    title: "lets a line with = be written",
    name: "Passive",
    requirement: "SNOM-TR-069:Modifiers#read-write",
  }),
  writes({
    id: "snom.map-modifiers.silent",
    title: "lets a line with $= be written",
    name: "Silent",
    requirement: "SNOM-TR-069:Modifiers#disabled-is-writable",
  }),
  writes({
    id: "snom.map-modifiers.active",
    title: "lets a line with *= be written",
    name: "Active",
    requirement: "SNOM-TR-069:Modifiers#active-is-writable",
  }),
  cwmpCase({
    id: "snom.map-modifiers.read-only",
    title: "refuses to write a line with !=, with fault 9008, and keeps it",
    proves: ["SNOM-TR-069:Modifiers#read-only"],
    needs: ["param-map"],
    async drive(bench) {
      const seen = await onAll(bench, async (stage) => ({
        names: await stage.session.getParameterNames(own(""), false),
        writing: await writeAndRead(stage, own("ReadOnly"), "and then", "string"),
      }));
      return { ...seen, map: await bench.phone.snom.paramMap() };
    },
    *judge({ names, writing: { set, read }, map }) {
      const requirement = "SNOM-TR-069:Modifiers#read-only";
      yield same(requirement, writableIn(names, "ReadOnly"), false);
      yield refuses(requirement, set, own("ReadOnly"), 9008);
      yield* giveOwn(requirement, read, { ReadOnly: "at first" });
      yield stands(requirement, map, "ReadOnly", line("string", "ReadOnly", "!=", "at first"));
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.read-only-setting",
    title: "does not write a setting through a line with !=",
    proves: ["SNOM-TR-069:Modifiers#read-only-setting"],
    needs: ["param-map"],
    async drive(bench) {
      await prepare(bench, { ntp_server: "one.assay.example" });
      const writing = await onLines(bench, [line("string", "Server", "!=", "{ntp_server}")], (stage) =>
        writeAndRead(stage, own("Server"), "two.assay.example", "string"),
      );
      return { writing, setting: await settingNow(bench, "ntp_server") };
    },
    *judge({ writing: { set, read }, setting }) {
      const requirement = "SNOM-TR-069:Modifiers#read-only-setting";
      yield refuses(requirement, set, own("Server"), 9008);
      yield* giveOwn(requirement, read, { Server: "one.assay.example" });
      yield same(requirement, setting, "one.assay.example");
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.one-read-only",
    title: "writes nothing when one of the lines written is read-only",
    proves: ["TR-069:A.3.2.1#atomic"],
    needs: ["param-map"],
    async drive(bench) {
      const names = ["Passive", "ReadOnly", "Active"];
      const seen = await onAll(bench, async (stage) => ({
        set: await stage.write(names.map((name) => ({ name: own(name), value: "and then" }))),
        read: await stage.read(...names.map(own)),
      }));
      return { ...seen, map: await bench.phone.snom.paramMap() };
    },
    *judge({ set, read, map }) {
      const requirement = "TR-069:A.3.2.1#atomic";
      const { value: actual, where } = set.summary;
      yield holds(requirement, set.kind === "fault", { expected: "a fault", actual, where });
      yield* giveOwn(requirement, read, { Passive: "at first", ReadOnly: "at first", Active: "at first" });
      yield stands(requirement, map, "Passive", line("string", "Passive", "=", "at first"));
      yield stands(requirement, map, "Active", line("string", "Active", "*=", "at first"));
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.next-level",
    title: "lists the lines of an object by NextLevel, those with &= left out",
    proves: ["SNOM-TR-069:Modifiers#not-supported", "SNOM-TR-069:Modifiers#access"],
    needs: ["param-map"],
    drive: (bench) => onAll(bench, (stage) => stage.session.getParameterNames(own(""), true)),
    *judge(reply) {
      yield* listed("SNOM-TR-069:Modifiers#not-supported", reply, SUPPORTED);
      yield* writableAsWritten(reply);
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.partial-path",
    title: "lists the lines below a partial path, those with &= left out",
    proves: ["SNOM-TR-069:Modifiers#not-supported", "SNOM-TR-069:Modifiers#access"],
    needs: ["param-map"],
    drive: (bench) => onAll(bench, (stage) => stage.session.getParameterNames(own(""), false)),
    *judge(reply) {
      yield* listed("SNOM-TR-069:Modifiers#not-supported", reply, SUPPORTED);
      yield* writableAsWritten(reply);
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.by-name",
    title: "lists each line by its full name, Writable as its modifier has it",
    proves: ["SNOM-TR-069:Modifiers#access"],
    needs: ["param-map"],
    drive: (bench) =>
      onAll(bench, async ({ session }) => {
        const replies = [];
        for (const name of SUPPORTED) replies.push({ name, reply: await session.getParameterNames(own(name), false) });
        return replies;
      }),
    *judge(replies) {
      for (const { name, reply } of replies)
        yield same("SNOM-TR-069:Modifiers#access", writableIn(reply, name), WRITABLE[name] ?? false);
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.values-below",
    title: "gives the values of all lines below a partial path, but those with &=",
    proves: ["TR-069:A.3.2.2#partial-path"],
    needs: ["param-map"],
    drive: (bench) => onAll(bench, (stage) => stage.read(own(""))),
    *judge(reply) {
      yield sameSet("TR-069:A.3.2.2#partial-path", valueNamesIn(reply), SUPPORTED.map(own));
      const values = Object.fromEntries(SUPPORTED.map((name) => [name, "at first"]));
      yield* giveOwn("TR-069:A.3.2.2#partial-path", reply, values);
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.equals-in-value",
    title: "takes the first = for the end of the modifier, and another for value",
    proves: ["SNOM-TR-069:General-syntax#first-equals"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(bench, [line("string", "Twice", "==", "a"), line("string", "Barred", "!==", "a")], async (stage) => ({
        names: await stage.session.getParameterNames(own(""), false),
        read: await stage.read(own("Twice"), own("Barred")),
      })),
    *judge({ names, read }) {
      yield* giveOwn("SNOM-TR-069:General-syntax#first-equals", read, { Twice: "=a", Barred: "=a" });
      yield same("SNOM-TR-069:General-syntax#first-equals", writableIn(names, "Twice"), true);
      yield same("SNOM-TR-069:General-syntax#first-equals", writableIn(names, "Barred"), false);
    },
  }),
  cwmpCase({
    id: "snom.map-modifiers.notification",
    title: "notifies at first as the modifiers say: passively for =, actively for *=",
    // A phone may keep to the default of TR-069, no notification, for what the guide calls passive: decided, and told as a SHOULD.
    proves: [
      "SNOM-TR-069:Modifiers#passive",
      "PARAM-MAP:modifiers#passive-at-first",
      "SNOM-TR-069:Modifiers#notification-disabled",
      "SNOM-TR-069:Modifiers#active-notification",
      "PARAM-MAP:modifiers#read-only-notification",
    ],
    needs: ["param-map"],
    drive: (bench) => onAll(bench, ({ session }) => session.getParameterAttributes(SUPPORTED.map(own))),
    *judge(reply) {
      yield oneOf("SNOM-TR-069:Modifiers#passive", notificationOf(reply, own("Passive")), [1, 0]);
      yield same("PARAM-MAP:modifiers#passive-at-first", notificationOf(reply, own("Passive")), 1);
      yield same("SNOM-TR-069:Modifiers#notification-disabled", notificationOf(reply, own("Silent")), 0);
      yield same("SNOM-TR-069:Modifiers#active-notification", notificationOf(reply, own("Active")), 2);
      yield same("PARAM-MAP:modifiers#read-only-notification", notificationOf(reply, own("ReadOnly")), 0);
    },
  }),
];
