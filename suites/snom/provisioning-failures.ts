import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Serving } from "../../harness/files/server.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import {
  another,
  contacted,
  container,
  entry,
  HARMLESS,
  isSet,
  type Provisioned,
  type Provisioning,
  provisioning,
  settingsFile,
} from "./support/provisioning.ts";

const NAME = "settings.xml";

/** Milliseconds for the phone to see what it has got, its own patience with a slow server included. */
const SEEN_WITHIN = 90_000;

/** A phone that was given something bad by its provisioning server, and something good after that. */
interface Recovery {
  /** The settings between the two. */
  readonly between: Settings;
  /** tone_scheme before, in the bad file if it has one, and in the good one. */
  readonly before: string;
  readonly good: string;
  readonly after: Provisioned;
}

/**
 * Has the provisioning server answer badly at one boot and well at the next.
 * @param bad writes the bad file, with a value that the phone ought not to take from it
 */
const recovery = (bench: CwmpBench, bad: (value: string, server: Provisioning) => string, serving: Serving = {}) =>
  provisioning(bench, async (server): Promise<Recovery> => {
    const { folder, acs, startAgain } = server;
    const good = another(server.before, "tone_scheme", HARMLESS.tone_scheme);
    const wrong = good === "GBR" ? "USA" : "GBR";
    folder.put(NAME, bad(wrong, server), serving);
    await bench.phone.snom.provisionFrom(folder.url + NAME);
    if ((await folder.next(bench.patience.reboot, NAME)) === undefined)
      throw new Inconclusive("precondition", "the phone did not ask its provisioning server");
    const early = await bench.acs.silence(SEEN_WITHIN);
    await early?.end();
    const between = await bench.phone.snom.settings();
    folder.put(NAME, settingsFile([entry("tone_scheme", good), ...acs]));
    return { between, before: server.before.get("tone_scheme") ?? "", good, after: await startAgain() };
  });

/** That the phone lives, and takes what its server gives it next. */
function* recovers(next: string, { good, after }: Recovery): Iterable<Finding> {
  yield contacted(next, after, "an Inform at the ACS that the next file names");
  yield isSet(next, after.settings, "tone_scheme", good);
}

/** That the phone has taken nothing from the bad file. */
const keeps = (requirement: string, { between, before }: Recovery): Finding => isSet(requirement, between, "tone_scheme", before);

/** A document whose entities would unfold to some gigabytes. */
function unfolding(value: string): string {
  const steps = Array.from({ length: 9 }, (_, step) => `<!ENTITY e${step + 1} "${`&e${step};`.repeat(10)}">`);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<!DOCTYPE settings [<!ENTITY e0 "lol">${steps.join("")}]>`,
    `<settings><phone-settings>${entry("tone_scheme", value)}<user_realname idx="1" perm="RW">&e9;</user_realname></phone-settings></settings>`,
  ].join("\n");
}

/** What becomes of a phone whose provisioning server gives it nothing good. */
export const provisioningFailuresCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.provisioning.missing-file",
    title: "takes nothing that comes with status 404, and takes the file of the next boot",
    proves: ["SNOM:provisioning#missing-kept", "SNOM:provisioning#missing-next"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) => recovery(bench, (value) => settingsFile([entry("tone_scheme", value)]), { status: 404 }),
    *judge(seen) {
      yield keeps("SNOM:provisioning#missing-kept", seen);
      yield* recovers("SNOM:provisioning#missing-next", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.malformed-file",
    title: "takes nothing from a file that is not well-formed, and takes the next one",
    proves: ["SNOM:provisioning#malformed-kept", "SNOM:provisioning#malformed-next"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) => recovery(bench, (value, { acs }) => settingsFile([entry("tone_scheme", value), "<dim_timer>", ...acs])),
    *judge(seen) {
      yield keeps("SNOM:provisioning#malformed-kept", seen);
      yield* recovers("SNOM:provisioning#malformed-next", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.cut-file",
    title: "takes nothing from a settings file that is cut off, and takes the next one",
    proves: ["SNOM:provisioning#cut-kept", "SNOM:provisioning#cut-next"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) =>
      // In the text form every line stands for itself: only the announced length tells that something is missing.
      recovery(bench, (value) => `tone_scheme$: ${value}\ndim_timer$: 30\nntp_server$: ntp1.assay.example\n`, { cutAfter: 33 }),
    *judge(seen) {
      yield keeps("SNOM:provisioning#cut-kept", seen);
      yield* recovers("SNOM:provisioning#cut-next", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.silent-server",
    title: "outlives a silent provisioning server, and takes the file of the next boot",
    proves: ["SNOM:provisioning#silent-next"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) => recovery(bench, (value) => settingsFile([entry("tone_scheme", value)]), { never: true }),
    *judge(seen) {
      yield* recovers("SNOM:provisioning#silent-next", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.empty-file",
    title: "outlives an empty settings file, and takes the next one",
    proves: ["SNOM:provisioning#empty-next"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) => recovery(bench, () => ""),
    *judge(seen) {
      yield* recovers("SNOM:provisioning#empty-next", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.unfolding-entities",
    title: "outlives a settings file whose entities unfold without measure",
    proves: ["SNOM:provisioning#entities-next"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) => recovery(bench, unfolding),
    *judge(seen) {
      // Whether such a file is refused, or taken without its entities, is the phone's affair.
      yield* recovers("SNOM:provisioning#entities-next", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.one-file-missing",
    title: "takes the other files of setting-files when one is not on the server",
    proves: ["SNOM:setting-files#one-missing"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async ({ folder, before, acs, start }) => {
        const value = another(before, "tone_scheme", HARMLESS.tone_scheme);
        const tone = folder.put("tone.xml", settingsFile([entry("tone_scheme", value)]));
        folder.put("all.xml", container([`${folder.url}missing.xml`, tone, folder.put("acs.xml", settingsFile(acs))]));
        return { value, after: await start("all.xml") };
      }),
    *judge({ value, after }) {
      yield isSet("SNOM:setting-files#one-missing", after.settings, "tone_scheme", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.circle",
    title: "comes to an end with setting-files that name each other",
    proves: ["SNOM:setting-files#circle"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    waits: SEEN_WITHIN / 1000,
    drive: (bench) =>
      provisioning(bench, async ({ folder, acs, start }) => {
        const acsFile = folder.put("acs.xml", settingsFile(acs));
        folder.put("one.xml", container([`${folder.url}two.xml`, acsFile]));
        folder.put("two.xml", container([`${folder.url}one.xml`]));
        const after = await start("one.xml");
        const early = await bench.acs.silence(SEEN_WITHIN);
        await early?.end();
        return { after, asked: folder.requests.length };
      }),
    *judge({ after, asked }) {
      const ended = after.inform !== undefined && asked <= MOST_IN_A_CIRCLE;
      yield holds("SNOM:setting-files#circle", ended, {
        expected: `an Inform at the ACS, after ${MOST_IN_A_CIRCLE} requests to the provisioning server at most`,
        actual: `${after.inform === undefined ? "no" : "an"} Inform, ${asked} requests`,
        where: after.inform?.where ?? "the provisioning server",
      });
    },
  }),
];

/** A phone may go round a few times before it sees that it does. */
const MOST_IN_A_CIRCLE = 50;
