import { parameterNames } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import { each } from "../support/answers.ts";
import { inSession, restoring } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { pendingTransfer } from "../support/transfers.ts";
import { refuses } from "../support/writing.ts";
import { settingNow } from "./support/lines.ts";
import { savedSettings } from "./support/management.ts";
import { entries, settingIn, settingsFile } from "./support/provisioning.ts";
import { computedOf, OWN, otherSettings, readUsp, SRAPS, targetsOf, trySaving, type UspTarget, uspName } from "./support/usp.ts";

const SETTINGS = "SNOM-TR-369:Best-practice";

const needs = ["usp-settings"] as const;

/** The setting that shows whether anything was saved at all. */
const CONTROL = `tr369_controller_subscriptionid${OWN}`;

/** Every one of these settings is as before. */
const untouched = (requirement: string, names: readonly string[], before: Settings, after: Settings): Iterable<Finding> =>
  each(requirement, names, { value: "every setting as before", where: "settings.xml" }, (name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return was === is ? undefined : { expected: `${name} = ${was ?? "absent"}`, actual: is ?? "absent", where: "settings.xml" };
  });

/** Every one of these settings is as it was told. */
const taken = (requirement: string, settings: Readonly<Record<string, string>>, after: Settings): Iterable<Finding> =>
  each(requirement, Object.entries(settings), { value: "every value as it was told", where: "settings.xml" }, ([name, value]) =>
    after.get(name) === value
      ? undefined
      : { expected: `${name} = ${value}`, actual: after.get(name) ?? "absent", where: "settings.xml" },
  );

/** A settings file with settings of a controller, whose index is an attribute there. */
const fileWith = (settings: Readonly<Record<string, string>>): string =>
  settingsFile(
    entries(Object.fromEntries(Object.entries(settings).map(([name, value]) => [name.replace(/(\d)$/, ' idx="$1"'), value]))),
  );

/** Has the phone fetch a configuration file by Download, and gives all settings once it has reported that. */
async function downloaded(bench: CwmpBench, file: string): Promise<Settings> {
  const session = await pendingTransfer(bench, "assay", file);
  await session.end();
  return bench.phone.snom.settings();
}

/** @throws Inconclusive `control-failed` when the setting that may be changed was not changed either */
function demandControl(after: Settings, value: string): void {
  if (after.get(CONTROL) !== value)
    throw new Inconclusive(
      "control-failed",
      `${CONTROL} is ${JSON.stringify(after.get(CONTROL))} after ${value} was given to it`,
    );
}

/** Each target written in a request of its own, and all of them read afterwards. */
const written = (bench: CwmpBench, targets: readonly UspTarget[]) =>
  restoring(
    bench,
    targets.map(({ name }) => name),
    async (stage) => {
      const replies: Reply[] = [];
      for (const { name, value, type } of targets) replies.push(await stage.write([{ name, value, type }]));
      const before = new Map(targets.map(({ name }) => [name, stage.before(name)]));
      await stage.session.end();
      return { targets, replies, before, settings: await bench.phone.snom.settings() };
    },
  );

export const uspSettingsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.usp-settings.fixed-by-web",
    title: "keeps the settings of USP controller 1 when its user saves others",
    proves: [`${SETTINGS}#fixed-for-user`],
    needs,
    async drive(bench) {
      const before = await savedSettings(bench, { [CONTROL]: "assay-before" });
      const others = otherSettings(before, SRAPS);
      const after = await trySaving(bench, others);
      demandControl(await savedSettings(bench, { [CONTROL]: "assay-control" }), "assay-control");
      return { names: Object.keys(others), before, after };
    },
    *judge({ names, before, after }) {
      yield* untouched(`${SETTINGS}#fixed-for-user`, names, before, after);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.fixed-by-acs",
    title: "refuses to set a parameter of USP controller 1, and keeps its value",
    proves: [`${SETTINGS}#fixed-for-acs`, `${SETTINGS}#refused-to-acs`],
    needs,
    async drive(bench) {
      const before = await bench.phone.snom.settings();
      return { ...(await written(bench, targetsOf(bench, before, SRAPS))), found: before };
    },
    *judge({ targets, replies, found, settings }) {
      const names = [...new Set(targets.map(({ setting }) => setting))];
      yield* untouched(`${SETTINGS}#fixed-for-acs`, names, found, settings);
      // Success would say that the value is in force (TR-069 A.3.2.1).
      const good = { value: "a fault for each", where: `${replies.length} requests` };
      yield* each(`${SETTINGS}#refused-to-acs`, replies.entries(), good, ([index, { faultCode, summary }]) =>
        faultCode.value !== undefined
          ? undefined
          : { expected: `a fault for ${targets[index]?.name}`, actual: summary.value ?? "nothing", where: summary.where },
      );
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.fixed-by-download",
    title: "keeps the settings of USP controller 1 when a configuration file has others",
    proves: [`${SETTINGS}#fixed-for-download`],
    needs: ["usp-settings", "download"],
    async drive(bench) {
      const before = await savedSettings(bench, { [CONTROL]: "assay-before" });
      const others = otherSettings(before, SRAPS);
      const after = await downloaded(bench, fileWith({ ...others, [CONTROL]: "assay-control" }));
      demandControl(after, "assay-control");
      return { names: Object.keys(others), before, after };
    },
    *judge({ names, before, after }) {
      yield* untouched(`${SETTINGS}#fixed-for-download`, names, before, after);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.enable-by-web",
    title: "lets its user switch USP controller 1 off and on",
    proves: [`${SETTINGS}#enable-by-user`],
    needs,
    async drive(bench) {
      const name = `tr369_enable${SRAPS}`;
      const before = (await bench.phone.snom.settings()).get(name) ?? "";
      const other = isOn(before) ? "false" : "true";
      const changed = await savedSettings(bench, { [name]: other });
      const back = await savedSettings(bench, { [name]: before });
      return { before, changed: settingIn(changed, name), back: settingIn(back, name) };
    },
    *judge({ before, changed, back }) {
      for (const [seen, expected] of [
        [changed, !isOn(before)],
        [back, isOn(before)],
      ] as const)
        yield holds(`${SETTINGS}#enable-by-user`, seen.value !== undefined && isOn(seen.value) === expected, {
          expected: expected ? "on" : "off",
          actual: seen.value,
          where: seen.where,
        });
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.enable-by-acs",
    title: "lets the ACS switch USP controller 1 off and on",
    proves: [`${SETTINGS}#enable-by-acs`],
    needs,
    drive(bench) {
      const name = uspName(bench, SRAPS, "LocalAgent.Controller.#.Enable");
      return restoring(bench, [name], async (stage) => {
        const value = isOn(stage.before(name)) ? "0" : "1";
        const reply = await stage.write([{ name, value, type: "boolean" }]);
        await stage.session.end();
        return { value, reply, setting: await settingNow(bench, `tr369_enable${SRAPS}`) };
      });
    },
    *judge({ value, reply, setting }) {
      yield same(`${SETTINGS}#enable-by-acs`, reply.summary, "SetParameterValuesResponse");
      yield holds(`${SETTINGS}#enable-by-acs`, setting.value !== undefined && isOn(setting.value) === isOn(value), {
        expected: isOn(value) ? "on" : "off",
        actual: setting.value,
        where: setting.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.own-by-web",
    title: "takes every setting of USP controller 2 from its user",
    proves: [`${SETTINGS}#own-by-user`],
    needs,
    async drive(bench) {
      const others = otherSettings(await bench.phone.snom.settings(), OWN);
      return { others, after: await savedSettings(bench, others) };
    },
    *judge({ others, after }) {
      yield* taken(`${SETTINGS}#own-by-user`, others, after);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.own-by-acs",
    title: "takes every setting of USP controller 2 from the ACS",
    proves: [`${SETTINGS}#own-by-acs`],
    needs,
    drive: async (bench) => written(bench, targetsOf(bench, await bench.phone.snom.settings(), OWN)),
    *judge({ targets, settings }) {
      const values = Object.fromEntries(targets.map(({ setting, value }) => [setting, value]));
      yield* taken(`${SETTINGS}#own-by-acs`, values, settings);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.own-by-download",
    title: "takes every setting of USP controller 2 from a configuration file",
    proves: [`${SETTINGS}#own-by-download`],
    needs: ["usp-settings", "download"],
    async drive(bench) {
      // Saved as they are, they are put back after the case.
      const before = await bench.phone.snom.settings();
      const others = otherSettings(before, OWN);
      await bench.phone.snom.save(Object.fromEntries(Object.keys(others).map((name) => [name, before.get(name) ?? ""])));
      return { others, after: await downloaded(bench, fileWith(others)) };
    },
    *judge({ others, after }) {
      yield* taken(`${SETTINGS}#own-by-download`, others, after);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.apart",
    title: "changes no parameter of USP controller 1 with the settings of controller 2",
    proves: ["SNOM-TR-369:Parameter-lines#apart"],
    needs,
    async drive(bench) {
      const settings = await bench.phone.snom.settings();
      const names = [...targetsOf(bench, settings, SRAPS).map(({ name }) => name), ...computedOf(bench, SRAPS)];
      const before = await readUsp(bench, names);
      const others = otherSettings(settings, OWN);
      await bench.phone.snom.save(others);
      const after = await readUsp(bench, names);
      demandControl(await bench.phone.snom.settings(), others[CONTROL] ?? "");
      return { before, after };
    },
    *judge({ before, after }) {
      const good = { value: "every value as before", where: `${before.size} parameters` };
      yield* each("SNOM-TR-369:Parameter-lines#apart", before, good, ([name, { value }]) => {
        const seen = after.get(name);
        if (seen?.value === value) return undefined;
        return { expected: `${name} = ${value}`, actual: seen?.value ?? "absent", where: seen?.where ?? "no value" };
      });
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.computed",
    title: "lets nobody write a parameter that is made of USP settings",
    proves: ["SNOM-TR-369:Parameter-lines#computed-read-only"],
    needs,
    drive: (bench) =>
      inSession(bench, async (session) => {
        const names = computedOf(bench, OWN);
        const reply = await session.getParameterNames(bench.phone.root, false);
        demand(reply, "GetParameterNames", "listing the parameters");
        const writable = new Map(names.map((name) => [name, parameterNames(reply).get(name)?.writable]));
        const replies = [];
        for (const name of names) replies.push({ name, reply: await session.setParameterValues([valueFor(name)]) });
        return { writable, replies, where: reply.summary.where };
      }),
    *judge({ writable, replies, where }) {
      const requirement = "SNOM-TR-369:Parameter-lines#computed-read-only";
      yield* each(requirement, writable, { value: "Writable false for each", where }, ([name, seen]) =>
        seen === false ? undefined : { expected: `${name} not writable`, actual: String(seen ?? "absent"), where },
      );
      for (const { name, reply } of replies) yield refuses(requirement, reply, name, 9008);
    },
  }),
];

const isOn = (text: string): boolean => /^(?:on|true|1)$/.test(text);

/** A value of the right type: a fault must not come of that. */
function valueFor(name: string) {
  if (/Port$/.test(name)) return { name, value: "8443", type: "unsignedInt" };
  if (/Enable\w*$/.test(name)) return { name, value: "0", type: "boolean" };
  return { name, value: "assay", type: "string" };
}
