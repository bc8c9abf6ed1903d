import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { each } from "../support/answers.ts";
import {
  another,
  contacted,
  container,
  entries,
  entry,
  HARMLESS,
  isSet,
  others,
  type Provisioning,
  provisioning,
  settingIn,
  settingsFile,
} from "./support/provisioning.ts";

/** Provisions the phone with one file, `settings.xml`, and gives what it was then, with the value that `name` should have. */
const withFile = (
  bench: CwmpBench,
  name: string,
  values: readonly [string, string],
  file: (server: Provisioning, value: string) => string,
) =>
  provisioning(bench, async (server) => {
    const value = another(server.before, name, values);
    server.folder.put("settings.xml", file(server, value), { contentType: "text/xml" });
    return { value, after: await server.start("settings.xml") };
  });

export const provisioningCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.provisioning.acs-settings",
    title: "comes to the ACS that its settings file names, with the credentials in it",
    proves: [
      "SNOM-TR-069:Configure-TR-069-automatically-on-many-phones#acs-settings",
      "SNOM-TR-069:Configure-TR-069-automatically-on-many-phones#credentials",
    ],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        bench.acs.requireAuthentication({
          scheme: "digest",
          username: bench.phone.snom.acsSettings.tr69_acs_user ?? "",
          password: bench.phone.snom.acsSettings.tr69_acs_passwd ?? "",
        });
        server.folder.put("settings.xml", settingsFile(server.acs), { contentType: "text/xml" });
        const known = bench.acs.authentications.length;
        const after = await server.start("settings.xml");
        return { after, last: bench.acs.authentications.slice(known).at(-1) };
      }),
    *judge({ after, last }) {
      yield contacted(
        "SNOM-TR-069:Configure-TR-069-automatically-on-many-phones#acs-settings",
        after,
        "an Inform at the ACS of the settings file",
      );
      const outcome = { value: last?.outcome, where: last?.where ?? "after provisioning" };
      yield same("SNOM-TR-069:Configure-TR-069-automatically-on-many-phones#credentials", outcome, "accepted");
    },
  }),
  cwmpCase({
    id: "snom.provisioning.settings-root",
    title: "takes the settings of a file whose root is settings",
    proves: ["SNOM:settings-xml#settings-root"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      withFile(bench, "tone_scheme", HARMLESS.tone_scheme, ({ acs }, value) =>
        settingsFile([entry("tone_scheme", value), ...acs]),
      ),
    *judge({ value, after }) {
      yield isSet("SNOM:settings-xml#settings-root", after.settings, "tone_scheme", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.phone-settings-root",
    title: "takes the settings of a file whose root is phone-settings",
    proves: ["SNOM:settings-xml#phone-settings-root"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      withFile(bench, "tone_scheme", HARMLESS.tone_scheme, ({ acs }, value) =>
        ['<phone-settings e="2">', entry("tone_scheme", value), ...acs, "</phone-settings>", ""].join("\n"),
      ),
    *judge({ value, after }) {
      yield isSet("SNOM:settings-xml#phone-settings-root", after.settings, "tone_scheme", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.text-form",
    title: "takes the settings of a file in the older text form",
    proves: ["SNOM:settings-text#lines"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const value = another(server.before, "tone_scheme", HARMLESS.tone_scheme);
        const settings = { tone_scheme: value, ...bench.phone.snom.acsSettings };
        const lines = Object.entries(settings).map(([name, text]) => `${name}$: ${text}`);
        const text = ["<html><pre>", "# written by a provisioning server", ...lines, "</pre></html>", ""].join("\r\n");
        server.folder.put("settings.htm", text, { contentType: "text/html" });
        return { value, after: await server.start("settings.htm") };
      }),
    *judge({ value, after }) {
      yield isSet("SNOM:settings-text#lines", after.settings, "tone_scheme", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.index",
    title: "puts a setting with idx into the place of that index, and into no other",
    proves: ["SNOM:settings-xml#index"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const names = ["Assay One", "Assay Two"];
        const indexed = names.map((name, index) => entry(`user_realname idx="${index + 1}"`, name));
        // The second one first: the place is told by the attribute, not by the order.
        server.folder.put("settings.xml", settingsFile([...indexed.toReversed(), ...server.acs]));
        const { settings } = await server.start("settings.xml");
        return names.map((name, index) => ({ name, seen: settingIn(settings, `user_realname${index + 1}`) }));
      }),
    *judge(seen) {
      for (const one of seen) yield same("SNOM:settings-xml#index", one.seen, one.name);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.value-as-written",
    title: "takes the value of a setting as XML means it, entities and letters of any script",
    proves: ["SNOM:settings-xml#value"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      withFile(bench, 'user_realname idx="2"', ['Küche & <漢字> "1"', "Ä"], ({ acs }, value) =>
        settingsFile([entry('user_realname idx="2"', value), ...acs]),
      ),
    *judge({ value, after }) {
      yield isSet("SNOM:settings-xml#value", after.settings, "user_realname2", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.unknown-setting",
    title: "takes the other settings of a file that has one it does not know",
    proves: ["SNOM:settings-xml#unknown-setting"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      withFile(bench, "tone_scheme", HARMLESS.tone_scheme, ({ acs }, value) =>
        settingsFile([
          entry("no_such_setting", "1"),
          "<no_such_group><x>1</x></no_such_group>",
          entry("tone_scheme", value),
          ...acs,
        ]),
      ),
    *judge({ value, after }) {
      yield isSet("SNOM:settings-xml#unknown-setting", after.settings, "tone_scheme", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.setting-files",
    title: "fetches every file in setting-files and takes the settings of each",
    proves: ["SNOM:setting-files#each"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async ({ folder, before, acs, start }) => {
        const wanted = others(before);
        const urls = entries(wanted).map((one, index) => folder.put(`part${index + 1}.xml`, settingsFile([one])));
        folder.put("all.xml", container([...urls, folder.put("acs.xml", settingsFile(acs))]));
        const { settings } = await start("all.xml");
        return { wanted, settings };
      }),
    *judge({ wanted, settings }) {
      yield* each(
        "SNOM:setting-files#each",
        Object.entries(wanted),
        { value: "the settings of all files", where: "settings.xml" },
        ([name, value]) => {
          const { value: actual = "absent", where } = settingIn(settings, name);
          return actual === value ? undefined : { expected: `${name} ${value}`, actual, where };
        },
      );
    },
  }),
];
