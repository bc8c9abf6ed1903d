import { informValue, parameterList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, matches, same } from "../../harness/core/finding.ts";
import { notified, notNotified, quietSeconds } from "../support/notified.ts";
import { line, own } from "./support/map.ts";
import { byUser, NAME, NAMES, opened, SHOWS_NAME, text, toldOf } from "./support/user.ts";

const needs = ["param-map"] as const;

/** What a user's change of settings means for the parameters that show them. */
export const localChangeSettingsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.local.several-parameters",
    title: "tells of each parameter that shows a changed setting, once",
    proves: ["PARAM-MAP:local-change#each-parameter"],
    needs,
    drive: (bench) => {
      const lines = ["One", "Two", "Three"].map((name) => line("string", name, "*=", SHOWS_NAME));
      return byUser(bench, lines, NAMES, async (user) => {
        const session = await opened(bench, user, own("One"));
        await session?.end();
        return session?.inform;
      });
    },
    *judge(inform) {
      for (const name of ["One", "Two", "Three"]) {
        const listed = parameterList(inform).filter((one) => one.name === own(name));
        yield holds("PARAM-MAP:local-change#each-parameter", listed.length === 1, {
          expected: `${own(name)} once`,
          actual: inform === undefined ? "no session" : `${listed.length} times`,
          where: listed.at(-1)?.where ?? inform?.where ?? "no Inform",
        });
      }
    },
  }),
  cwmpCase({
    id: "snom.local.mixed",
    title: "tells of a change of a setting in the middle of a mixed value",
    proves: ["PARAM-MAP:local-change#mixed"],
    needs,
    drive: (bench) =>
      byUser(bench, [line("string", "Name", "*=", `<${SHOWS_NAME}>`)], NAMES, async (user) => {
        const session = await opened(bench, user, text);
        await session?.end();
        return session?.inform;
      }),
    *judge(inform) {
      yield same("PARAM-MAP:local-change#mixed", informValue(inform, text), `<${NAMES[NAME][1]}>`);
    },
  }),
  cwmpCase({
    id: "snom.local.several-settings",
    title: "tells of every setting that a user has changed in one save",
    proves: ["SNOM:local-change#every-setting"],
    needs,
    waits: quietSeconds,
    drive(bench) {
      const settings = { ...NAMES, dim_timer: ["31", "32"], tone_scheme: ["GER", "USA"] } as const;
      const lines = [
        line("string", "Name", "*=", SHOWS_NAME),
        line("unsignedInt", "Dim", "=", "{dim_timer}"),
        line("string", "Tone", "*=", "{tone_scheme}"),
      ];
      return byUser(bench, lines, settings, (user) => toldOf(bench, user.change, text, user.before[NAME]));
    },
    *judge({ informs }) {
      yield notified("SNOM:local-change#every-setting", informs, text, NAMES[NAME][1]);
      yield notified("SNOM:local-change#every-setting", informs, own("Dim"), "32");
      yield notified("SNOM:local-change#every-setting", informs, own("Tone"), "USA");
    },
  }),
  cwmpCase({
    id: "snom.local.index",
    title: "tells of the changed line of an indexed setting, and of no other",
    proves: ["PARAM-MAP:local-change#index"],
    needs,
    waits: quietSeconds,
    drive(bench) {
      const settings = { ...NAMES, user_realname1: ["Assay", "Assay"] } as const;
      const lines = [line("string", "Name", "*=", SHOWS_NAME), line("string", "Other", "*=", "{user_realname|1}")];
      return byUser(bench, lines, settings, (user) => toldOf(bench, user.change, text, user.before[NAME]));
    },
    *judge({ informs }) {
      yield notified("PARAM-MAP:local-change#index", informs, text, NAMES[NAME][1]);
      yield notNotified("PARAM-MAP:local-change#index", informs, own("Other"));
    },
  }),
  cwmpCase({
    id: "snom.local.same-value",
    title: "does not tell of a setting that a user has saved as it was",
    proves: ["SNOM:local-change#same-value"],
    needs,
    waits: quietSeconds,
    drive: (bench) =>
      byUser(bench, [line("string", "Name", "*=", SHOWS_NAME)], NAMES, async (user) => {
        const told = await toldOf(bench, () => bench.phone.snom.save(user.before), text);
        const control = await opened(bench, user, text);
        await control?.end();
        if (control === undefined)
          throw new Inconclusive("control-failed", `the phone told of no change of ${text} when there was one either`);
        return told;
      }),
    *judge({ informs }) {
      yield notNotified("SNOM:local-change#same-value", informs, text);
    },
  }),
  cwmpCase({
    id: "snom.local.value-form",
    title: "tells of a changed boolean as CWMP writes it, not as the setting does",
    proves: ["PARAM-MAP:local-change#value-form"],
    needs,
    drive: (bench) =>
      byUser(bench, [line("boolean", "Sound", "*=", "{release_sound}")], { release_sound: ["off", "on"] }, async (user) => {
        const session = await opened(bench, user, own("Sound"));
        await session?.end();
        return session?.inform;
      }),
    *judge(inform) {
      yield matches("PARAM-MAP:local-change#value-form", informValue(inform, own("Sound")), /^(?:1|true)$/, "1 or true");
    },
  }),
];
