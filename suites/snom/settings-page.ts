import { parameterNames, parameterValues } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, type Located, same } from "../../harness/core/finding.ts";
import { effectiveLines, parseParamMap, parseValue } from "../../schema/param-map.ts";
import { showAlive } from "../support/alive.ts";
import { each } from "../support/answers.ts";
import { batches } from "../support/model.ts";
import { rebooted } from "../support/reboots.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { settingNow } from "./support/lines.ts";
import { savedSettings } from "./support/management.ts";
import { line, own, withLines } from "./support/map.ts";
import { settingIn } from "./support/provisioning.ts";

const MANUALLY = "SNOM-TR-069:Configure-TR-069-support-manually";

const needs = ["snom"] as const;

/** A name that the phone shows for one of its lines: any text does, and nothing is done with it as long as the line is not in use. */
const NAME = "user_realname2";
const OTHER_NAME = "user_realname1";

/** Text with every character that means something in a query or in XML. */
const AWKWARD = `a&b=c+d e#f%41g?h;i<j>"k"/l`;
const UTF_8 = "Zoë Łukasz Ωμέγα 電話";

/** Settings that the TR-069 stack keeps for itself. */
const INTERNAL = ["tr69_events", "tr69_params", "tr69_download_status"] as const;

/** Pages of the web interface that a user comes to. */
const PAGES = ["/", "/index.htm", "/settings.htm", "/advanced.htm", "/advanced_network.htm", "/advanced_update.htm"];

/** @throws Inconclusive when saving a text shows nothing: then that it does not in another way says nothing either */
function demandSaved(text: Located, expected: string): void {
  if (text.value !== expected)
    throw new Inconclusive("control-failed", `${text.where} is ${JSON.stringify(text.value)} after ${expected} was saved`);
}

export const settingsPageCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.settings.saved",
    title: "shows a setting in settings.xml as it was saved",
    proves: [`${MANUALLY}#saved`],
    needs,
    async drive(bench) {
      const first = await savedSettings(bench, { [NAME]: "Assay one" });
      const second = await savedSettings(bench, { [NAME]: "" });
      return { first: settingIn(first, NAME), second: settingIn(second, NAME) };
    },
    *judge({ first, second }) {
      yield same(`${MANUALLY}#saved`, first, "Assay one");
      // A setting that is empty need not be listed.
      yield same(`${MANUALLY}#saved`, { ...second, value: second.value ?? "" }, "");
    },
  }),
  cwmpCase({
    id: "snom.settings.url-encoded",
    title: "keeps every character of a value that is percent-encoded",
    proves: [`${MANUALLY}#url-encoded`],
    needs,
    drive: async (bench) => settingIn(await savedSettings(bench, { [NAME]: AWKWARD }), NAME),
    *judge(value) {
      yield same(`${MANUALLY}#url-encoded`, value, AWKWARD);
    },
  }),
  cwmpCase({
    id: "snom.settings.utf-8",
    title: "keeps a value in UTF-8, in settings.xml as over CWMP",
    proves: ["SNOM:settings#utf-8"],
    needs: ["snom", "param-map"],
    async drive(bench) {
      const value = settingIn(await savedSettings(bench, { [NAME]: UTF_8 }), NAME);
      const read = await withLines(bench, [line("string", "Name", "=", "{user_realname|2}")], (session) =>
        session.getParameterValues([own("Name")]),
      );
      return { value, read };
    },
    *judge({ value, read }) {
      yield same("SNOM:settings#utf-8", value, UTF_8);
      const parameter = parameterValues(read).get(own("Name"));
      yield same("SNOM:settings#utf-8", { value: parameter?.value, where: parameter?.where ?? read.summary.where }, UTF_8);
    },
  }),
  cwmpCase({
    id: "snom.settings.several",
    title: "takes several settings in one save",
    proves: [`${MANUALLY}#several`],
    needs,
    async drive(bench) {
      const changes = { [OTHER_NAME]: "Assay one", [NAME]: "Assay two", dim_timer: "33" };
      return { changes, settings: await savedSettings(bench, changes) };
    },
    *judge({ changes, settings }) {
      for (const [name, value] of Object.entries(changes)) yield same(`${MANUALLY}#several`, settingIn(settings, name), value);
    },
  }),
  cwmpCase({
    id: "snom.settings.index",
    title: "keeps the lines of an indexed setting apart by the number behind its name",
    proves: ["SNOM:settings#index"],
    needs,
    async drive(bench) {
      await bench.phone.snom.save({ [OTHER_NAME]: "Assay one" });
      const before = await savedSettings(bench, { [NAME]: "" });
      const after = await savedSettings(bench, { [NAME]: "Assay two" });
      return {
        before: settingIn(before, OTHER_NAME),
        first: settingIn(after, OTHER_NAME),
        second: settingIn(after, NAME),
      };
    },
    *judge({ before, first, second }) {
      yield same("SNOM:settings#index", before, "Assay one");
      yield same("SNOM:settings#index", first, "Assay one");
      yield same("SNOM:settings#index", second, "Assay two");
    },
  }),
  cwmpCase({
    id: "snom.settings.without-save",
    title: "changes nothing for a page that does not say settings=save",
    proves: ["SNOM:settings#save-only"],
    needs,
    async drive(bench) {
      await bench.phone.snom.save({ [NAME]: "Assay before" });
      await bench.phone.snom.page(`/dummy.htm?${NAME}=Assay+after`);
      const value = await settingNow(bench, NAME);
      demandSaved(settingIn(await savedSettings(bench, { [NAME]: "Assay control" }), NAME), "Assay control");
      return value;
    },
    *judge(value) {
      yield same("SNOM:settings#save-only", value, "Assay before");
    },
  }),
  cwmpCase({
    id: "snom.settings.unknown-name",
    title: "saves the settings that it knows beside one that it does not",
    proves: ["SNOM:settings#unknown-name"],
    needs,
    async drive(bench) {
      await bench.phone.snom.page(`/dummy.htm?settings=save&assay_no_such_setting=1&${NAME}=Assay+beside&store_settings=save`);
      const value = await settingNow(bench, NAME);
      await bench.phone.snom.save({ [NAME]: "" });
      await showAlive(bench);
      return value;
    },
    *judge(value) {
      yield same("SNOM:settings#unknown-name", value, "Assay beside");
    },
  }),
  cwmpCase({
    id: "snom.settings.not-on-pages",
    title: "has no field for a TR-069 setting on the pages of its web interface",
    proves: [`${MANUALLY}#not-on-pages`],
    needs,
    async drive(bench) {
      const pages = [];
      for (const page of PAGES) {
        const { status, body, where } = await bench.phone.snom.page(page);
        if (status === 200) pages.push({ page, text: body.toString("utf8"), where });
      }
      if (pages.length === 0) throw new Inconclusive("precondition", `the phone shows none of ${PAGES.join(", ")}`);
      await showAlive(bench);
      return pages;
    },
    *judge(pages) {
      const good = { value: "no field named tr69_…", where: pages.map(({ page }) => page).join(", ") };
      yield* each(`${MANUALLY}#not-on-pages`, pages, good, ({ page, text, where }) => {
        const field = /<(?:input|select|textarea)\b[^>]*\bname\s*=\s*["']?(tr69_\w+)/i.exec(text)?.[1];
        return field === undefined ? undefined : { expected: good.value, actual: `${field} on ${page}`, where };
      });
    },
  }),
  cwmpCase({
    id: "snom.settings.shown-by-cwmp",
    title: "gives the parameters of its settings the values of settings.xml",
    proves: ["SNOM:settings#same-as-cwmp"],
    needs: ["snom", "param-map"],
    async drive(bench) {
      const mapped = await mappedSettings(bench);
      return inSession(bench, async (session) => {
        const values = new Map<string, Located>();
        for (const names of batches([...mapped.keys()])) {
          const reply = await session.getParameterValues(names);
          demand(reply, "GetParameterValues", "reading the parameters of settings");
          for (const [name, { value, where }] of parameterValues(reply)) values.set(name, { value, where });
        }
        return { mapped, values };
      });
    },
    *judge({ mapped, values }) {
      const good = { value: "the value of the setting in each parameter", where: `${mapped.size} parameters` };
      yield* each("SNOM:settings#same-as-cwmp", mapped, good, ([name, { setting, type, value }]) => {
        const seen = values.get(name);
        if (seen?.value !== undefined && alike(type, value, seen.value)) return undefined;
        const expected = `${name} = ${JSON.stringify(value)}, as ${setting}`;
        return { expected, actual: JSON.stringify(seen?.value) ?? "absent", where: seen?.where ?? "no value" };
      });
    },
  }),
  cwmpCase({
    id: "snom.settings.internal",
    title: "lets no ACS write a setting of the TR-069 stack through a line of the map",
    proves: ["SNOM:settings#internal-read-only", "SNOM:settings#internal-refused"],
    needs: ["snom", "param-map"],
    drive: (bench) =>
      withLines(
        bench,
        INTERNAL.map((setting) => line("string", setting, "=", `{${setting}}`)),
        async (session) => {
          const names = await session.getParameterNames(own(""), true);
          const replies = [];
          for (const setting of INTERNAL)
            replies.push(await session.setParameterValues([{ name: own(setting), value: "4 VALUE CHANGE" }]));
          return { names, replies };
        },
      ),
    *judge({ names, replies }) {
      for (const setting of INTERNAL) {
        const found = parameterNames(names).get(own(setting));
        // A phone may as well leave the parameter out.
        yield holds("SNOM:settings#internal-read-only", names.kind === "response" && found?.writable !== true, {
          expected: `${setting} not writable`,
          actual: found?.writable === true ? "writable" : names.summary.value,
          where: found?.where ?? names.summary.where,
        });
      }
      for (const { faultCode, summary } of replies)
        yield holds("SNOM:settings#internal-refused", faultCode.value !== undefined, {
          expected: "a fault",
          actual: summary.value,
          where: summary.where,
        });
    },
  }),
  cwmpCase({
    id: "snom.settings.kept-over-boot",
    title: "keeps a saved setting over a reboot",
    proves: ["SNOM:settings#kept-over-boot"],
    needs: ["snom", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      await bench.phone.snom.save({ [NAME]: "Assay kept" });
      const session = await rebooted(bench, await bench.acs.session());
      await session.end();
      return settingNow(bench, NAME);
    },
    *judge(value) {
      yield same("SNOM:settings#kept-over-boot", value, "Assay kept");
    },
  }),
];

/** Parameters whose map line shows one setting and nothing else, with the setting's value in settings.xml; no passwords. */
async function mappedSettings({ phone }: CwmpBench) {
  const lines = effectiveLines(parseParamMap(await phone.snom.paramMap()));
  const settings = await phone.snom.settings();
  const mapped = new Map<string, { readonly setting: string; readonly type: string; readonly value: string }>();
  for (const { name, type, modifier, value } of lines.values()) {
    const [part, ...others] = parseValue(value);
    if (part?.kind !== "setting" || others.length > 0 || part.index === "n" || modifier === "&=") continue;
    const setting = `${part.name}${part.index ?? ""}`;
    const shown = settings.get(setting);
    // What is hidden, or stands for something else, cannot be compared.
    if (shown === undefined || shown.includes("{mac}") || /pass/i.test(setting) || phone.values.isVolatile(name)) continue;
    mapped.set(name, { setting, type, value: shown });
  }
  if (mapped.size === 0) throw new Inconclusive("precondition", "no line of the param_map shows a setting of settings.xml");
  return mapped;
}

/** Whether a parameter of this type shows the text of a setting. */
function alike(type: string, setting: string, value: string): boolean {
  if (type === "boolean") return /^(?:on|true|1|yes)$/.test(setting) === /^(?:1|true)$/.test(value);
  if (type === "int" || type === "unsignedInt") return Number(setting) === Number(value);
  return type === "dateTime" ? setting === "" || setting === value : setting === value;
}
