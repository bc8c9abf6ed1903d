import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import type { Finding } from "../../harness/core/finding.ts";
import { type Settings, saveTarget } from "../../harness/phone/snom-settings.ts";
import { each } from "../support/answers.ts";
import {
  another,
  entry,
  FREE,
  HARMLESS,
  isSet,
  others,
  type Provisioning,
  provisioning,
  settingIn,
  settingsFile,
} from "./support/provisioning.ts";

const NAMES = Object.keys(HARMLESS);

/** A setting that the user may change in every case, to show that the web interface takes changes at all. */
const CONTROL = "user_realname1";

type Values = Readonly<Record<string, string>>;

/** What a user and a provisioning server did to settings with permission flags, and what came of it. */
interface Changes {
  /** Values that each of them wrote. */
  readonly provisioned: Values;
  readonly byUser: Values;
  readonly settings: Settings;
}

const fileWith = ({ acs }: Provisioning, values: Values, permissions: readonly string[]): string =>
  settingsFile([
    ...Object.entries(values).map(([name, value], index) => entry(name, value, permissions[index] ?? FREE)),
    entry('user_realname idx="1"', "Assay"),
    ...acs,
  ]);

/** Saves settings one by one, as a user would; that the phone refuses one is no matter. */
async function userSaves({ phone }: CwmpBench, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) await phone.snom.page(saveTarget({ [name]: value }, phone.snom.ways.store));
}

/**
 * Provisions settings with these permissions, in the order of `NAMES`, and has a user change them; `then` goes on from there.
 * @throws Inconclusive `precondition` when the phone did not take them, `control-failed` when a user cannot change anything
 */
const flagged = (
  bench: CwmpBench,
  permissions: readonly string[],
  then?: (server: Provisioning, changes: Changes) => Promise<Changes>,
): Promise<Changes> =>
  provisioning(
    bench,
    async (server) => {
      const provisioned = others(server.before);
      server.folder.put("settings.xml", fileWith(server, provisioned, permissions));
      const { settings } = await server.start("settings.xml");
      if (NAMES.some((name) => settings.get(name) !== provisioned[name]))
        throw new Inconclusive("precondition", "the phone did not take the settings of its provisioning server");
      const byUser = others(settings);
      await userSaves(bench, { ...byUser, [CONTROL]: "Changed" });
      const changes = { provisioned, byUser, settings: await bench.phone.snom.settings() };
      if (changes.settings.get(CONTROL) !== "Changed")
        throw new Inconclusive("control-failed", "a user cannot even change a setting with the permission RW");
      return then === undefined ? changes : then(server, changes);
    },
    { flagged: NAMES },
  );

/** That every setting has the value that `expected` gives. */
const haveValues = (
  requirement: string,
  settings: Settings,
  expected: Values,
  permissions: readonly string[],
): Iterable<Finding> =>
  each(requirement, NAMES, { value: "so for each permission", where: "settings.xml" }, (name) => {
    const { value: actual = "absent", where } = settingIn(settings, name);
    const permission = JSON.stringify(permissions[NAMES.indexOf(name)]);
    return actual === expected[name]
      ? undefined
      : { expected: `${expected[name]}, with the permission ${permission}`, actual, where };
  });

const LOCKED = ["R", "&", " "];
const OPEN = ["RW", "$", ""];

/** What the permission of a setting in the provisioning file means to a user, and to the next provisioning. */
export const provisioningPermissionsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.permissions.locked",
    title: "lets no user change a setting that was provisioned as read only",
    proves: ["SNOM:permission-flags#locked"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) => flagged(bench, LOCKED),
    *judge({ provisioned, settings }) {
      yield* haveValues("SNOM:permission-flags#locked", settings, provisioned, LOCKED);
    },
  }),
  cwmpCase({
    id: "snom.permissions.open",
    title: "lets a user change a setting that was provisioned as writable",
    proves: ["SNOM:permission-flags#open"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) => flagged(bench, OPEN),
    *judge({ byUser, settings }) {
      yield* haveValues("SNOM:permission-flags#open", settings, byUser, OPEN);
    },
  }),
  cwmpCase({
    id: "snom.permissions.overwritten",
    title: "overwrites at the next provisioning what a user has changed",
    proves: ["SNOM:permission-flags#overwritten"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      flagged(bench, OPEN, async ({ start }, changes) => ({ ...changes, settings: (await start("settings.xml")).settings })),
    *judge({ provisioned, settings }) {
      yield* haveValues("SNOM:permission-flags#overwritten", settings, provisioned, OPEN);
    },
  }),
  cwmpCase({
    id: "snom.permissions.kept",
    title: "keeps through provisioning what a user has changed in a setting with !",
    proves: ["SNOM:permission-flags#user-may-change", "SNOM:permission-flags#kept"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(
        bench,
        async (server) => {
          const [name, values] = ["tone_scheme", HARMLESS.tone_scheme] as const;
          const provisioned = another(server.before, name, values);
          server.folder.put("settings.xml", settingsFile([entry(name, provisioned, "!"), ...server.acs]));
          const { settings } = await server.start("settings.xml");
          const byUser = another(settings, name, values);
          await userSaves(bench, { [name]: byUser });
          const changed = await bench.phone.snom.settings();
          return { name, byUser, changed, after: await server.start("settings.xml") };
        },
        { flagged: ["tone_scheme"] },
      ),
    *judge({ name, byUser, changed, after }) {
      yield isSet("SNOM:permission-flags#user-may-change", changed, name, byUser);
      yield isSet("SNOM:permission-flags#kept", after.settings, name, byUser);
    },
  }),
  cwmpCase({
    id: "snom.permissions.follows",
    title: "follows provisioning in a setting with ! that no user has changed",
    proves: ["SNOM:permission-flags#follows"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(
        bench,
        async (server) => {
          const [name, values] = ["tone_scheme", HARMLESS.tone_scheme] as const;
          const [first, second] = server.before.get(name) === values[0] ? [values[1], values[0]] : values;
          // A user may have changed it long ago; without a flag provisioning overwrites that.
          const before = entry(name, server.before.get(name) ?? "");
          server.folder.put("settings.xml", settingsFile([before, ...server.acs]));
          await server.start("settings.xml");
          server.folder.put("settings.xml", settingsFile([entry(name, first, "!"), ...server.acs]));
          const { settings } = await server.start("settings.xml");
          server.folder.put("settings.xml", settingsFile([entry(name, second, "!"), ...server.acs]));
          return { name, first, settings, second, after: await server.start("settings.xml") };
        },
        { flagged: ["tone_scheme"] },
      ),
    *judge({ name, first, settings, second, after }) {
      yield isSet("SNOM:permission-flags#follows", settings, name, first);
      yield isSet("SNOM:permission-flags#follows", after.settings, name, second);
    },
  }),
];
