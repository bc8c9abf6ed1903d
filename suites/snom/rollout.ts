import { eventCodes, parameterValue } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../harness/core/finding.ts";
import type { Folder } from "../../harness/files/server.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { comes } from "../support/contacts.ts";
import { harmlessName, told } from "../support/sessions.ts";
import { firmwareBack, imageName, imageOf, nextVersion, offerFirmware, softwareVersion, versionOf } from "./support/firmware.ts";
import { line, mapWith, own } from "./support/map.ts";
import { container, entries, isSet, macOf, provisioning, settingsFile } from "./support/provisioning.ts";

/** The file at the address that the phone is given, below a folder of ours. */
const ADDRESS = "{mac}.xml";

/** Milliseconds for each step: to fetch, to write an image, to start anew. */
const STEP_WITHIN = 300_000;

/** What every phone of the installation is to have. */
const COMMON = { tone_scheme: "GBR", dim_timer: "40" };

/** Value of the parameter that only the new map has. */
const VALUE = "by its provisioning";

/** One thing of the rollout that came over the wire, in the order in which it came. */
interface Step {
  /** Name of a file, or `Inform`. */
  readonly what: string;
  readonly where: string;
}

/** An Inform, and how many files had been asked for when it came. */
interface InformSeen {
  readonly inform: Exchange;
  readonly after: number;
}

/** What was seen of a phone that was rolled out. */
interface RolledOut {
  readonly steps: readonly Step[];
  /** EventCodes and SoftwareVersion of the first Inform. */
  readonly events: Located<readonly string[]>;
  readonly software: Located;
  /** Version that the phone had to have, and name of its image. */
  readonly minimum: string;
  readonly image: string;
  /** Name of the file that it has to begin with. */
  readonly start: string;
  readonly settings: Settings;
  /** What the phone gave in its first session when asked for the parameter `name`. */
  readonly name: string;
  readonly first: Reply | undefined;
  /** What it gave in the next session when asked for the parameter of the new map. */
  readonly reply: Reply | undefined;
}

/** The names of files, and `Inform`, as they came. */
function stepsOf({ requests, url }: Folder, informs: readonly InformSeen[]): readonly Step[] {
  const base = new URL(url).pathname.length;
  const fetched = (from: number, to?: number): Step[] =>
    requests.slice(from, to).map(({ target, where }) => ({ what: target.slice(base), where }));
  let told = 0;
  const steps = informs.flatMap(({ inform, after }) => {
    const before = fetched(told, after);
    told = after;
    return [...before, { what: "Inform", where: inform.where }];
  });
  return [...steps, ...fetched(told)];
}

/** What a provisioning server has for a phone. */
interface Stock {
  readonly folder: Folder;
  /** Version that the phone has, and that it is to have; when they are the same it is not upgraded. */
  readonly version: string;
  readonly minimum: string;
  readonly image: string;
  /** Name of the file that the phone has to begin with. */
  readonly start: string;
  /** Container of all its files. */
  readonly whole: string;
}

/** Gives the phone firmware first, if it is to have another one, and then the rest; tells what is going on. */
async function serve(bench: CwmpBench, { folder, version, minimum, image, start, whole }: Stock): Promise<void> {
  await bench.phone.snom.provisionFrom(folder.url + ADDRESS);
  if ((await folder.next(STEP_WITHIN, start)) === undefined) return;
  if (version === minimum) return bench.step(`It asks for its settings. It has firmware ${version}, which is recent enough.`);
  bench.step(`It asks for its settings. It has firmware ${version}, and is to have ${minimum}.`);
  if ((await folder.next(STEP_WITHIN, image)) === undefined) return;
  // Whoever runs such a server sees in the next request which firmware asks.
  folder.put(start, whole);
  bench.step("It has fetched the image. It installs it, and starts anew.");
  if ((await folder.next(STEP_WITHIN, start)) !== undefined)
    bench.step("It asks again. Now it is given common settings, its ACS, and a map of parameters.");
}

/**
 * The rollout that the guide recommends, from a phone as it left the factory to one under management: a provisioning server of its
 * own, firmware first if it is too old, then the common settings, the map and the address of the ACS.
 * @param upgrade whether the firmware of the phone counts as too old
 */
const rollOut = (bench: CwmpBench, upgrade: boolean) =>
  provisioning(bench, async (server): Promise<RolledOut> => {
    const { acs, phone } = bench;
    const { snom } = phone;
    const { folder } = server;
    bench.step("The phone is reset to its factory state: it knows no ACS.");
    await snom.factoryReset();
    await snom.answers();
    const factory = await snom.settings();
    const start = `${macOf(factory, bench)}.xml`;
    const version = versionOf(factory);
    const minimum = upgrade ? nextVersion(version) : version;
    const image = imageName(factory, minimum);
    const toFirmware = settingsFile(offerFirmware(folder, image, imageOf(minimum), "auto_update"));
    const firmware = folder.put("firmware-settings.xml", toFirmware);
    const common = folder.put("common.xml", settingsFile(entries(COMMON)));
    const management = folder.put("tr069.xml", settingsFile(server.acs));
    await snom.mapWillChange();
    const map = folder.put("map.txt", await mapWith(bench, [line("string", "RolledOut", "=", VALUE)]));
    const whole = container([firmware, common, management], `<param-map url="${map}"/>`);
    folder.put(start, upgrade ? container([firmware]) : whole);

    const informs: InformSeen[] = [];
    const stop = acs.onInform((inform) => informs.push({ inform, after: folder.requests.length }));
    try {
      bench.step(`It is told of our provisioning server, as DHCP would tell it: ${new URL(folder.url).pathname}${ADDRESS}`);
      const session = await comes(acs, {
        trigger: () => serve(bench, { folder, version, minimum, image, start, whole }),
        accepts: () => folder.requests.some(({ target }) => target.endsWith("/tr069.xml")),
        within: STEP_WITHIN,
      });
      const name = harmlessName(phone);
      const first = await session?.getParameterValues([name]);
      await session?.end();
      const events = eventCodes(informs[0]?.inform);
      bench.step(
        session === undefined
          ? "It does not come to the ACS."
          : `Its first contact with the ACS: ${events.value?.join(" and ")}. Now the ACS calls it.`,
      );
      const managed = session && (await comes(acs, {}));
      const reply = await managed?.getParameterValues([own("RolledOut")]);
      await managed?.end();
      if (reply?.kind === "response") bench.step("The ACS has read the parameter that its new map has. It is under management.");
      const seen = { steps: stepsOf(folder, informs), events, software: softwareVersion(bench, session?.inform) };
      return { ...seen, minimum, image, start, settings: await snom.settings(), name, first, reply };
    } finally {
      stop();
      bench.step("The rollout is over. What follows puts the phone back as it was found.");
      await firmwareBack(bench, server);
    }
  });

/** That these came over the wire in this order, whatever came in between. */
function inOrder(requirement: string, steps: readonly Step[], expected: readonly string[]): Finding {
  let reached = 0;
  for (const { what } of steps) if (what === expected[reached]) reached += 1;
  return holds(requirement, reached === expected.length, {
    expected: expected.join(", "),
    actual: steps.map(({ what }) => what).join(", ") || "nothing",
    where: steps.at(-1)?.where ?? "the provisioning server",
  });
}

function* settingsTaken(requirement: string, settings: Settings): Iterable<Finding> {
  for (const [name, value] of Object.entries(COMMON)) yield isSet(requirement, settings, name, value);
}

/** That a parameter was read which only the new map has. */
const mapTaken = (requirement: string, { reply }: RolledOut): Finding =>
  same(requirement, reply ? parameterValue(reply, own("RolledOut")) : { value: undefined, where: "no second session" }, VALUE);

/** That the first contact was one: with BOOTSTRAP. */
const firstContact = (requirement: string, { events }: RolledOut): Finding =>
  holds(requirement, events.value?.includes("0 BOOTSTRAP") === true, {
    expected: "0 BOOTSTRAP in the first Inform",
    actual: events.value?.join(", ") ?? "no Inform",
    where: events.where,
  });

/** The recommended way of getting many phones under management out of the box (guide, Best practice, Figure 3). */
export const rolloutCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.rollout.with-upgrade",
    title: "comes from its factory state under management, with new firmware on the way",
    proves: [
      "SNOM-TR-069:Best-practice#order",
      "SNOM-TR-069:Best-practice#firmware",
      "SNOM-TR-069:Best-practice#settings",
      "SNOM-TR-069:Best-practice#param-map",
      "SNOM-TR-069:Best-practice#first-contact",
      "SNOM-TR-069:Best-practice#managed",
    ],
    needs: ["snom", "provisioning", "firmware-provisioning", "param-map"],
    disturbs: "factory-reset",
    drive: (bench) => rollOut(bench, true),
    *judge(seen) {
      const { steps, start, image, minimum, software, settings, first, name } = seen;
      yield inOrder("SNOM-TR-069:Best-practice#order", steps, [start, image, start, "common.xml", "tr069.xml", "Inform"]);
      yield holds("SNOM-TR-069:Best-practice#firmware", software.value?.includes(minimum) === true, {
        expected: `${minimum} in SoftwareVersion`,
        actual: software.value ?? "absent",
        where: software.where,
      });
      yield* settingsTaken("SNOM-TR-069:Best-practice#settings", settings);
      yield mapTaken("SNOM-TR-069:Best-practice#param-map", seen);
      yield firstContact("SNOM-TR-069:Best-practice#first-contact", seen);
      yield told("SNOM-TR-069:Best-practice#managed", first, name);
    },
  }),
  cwmpCase({
    id: "snom.rollout.recent-firmware",
    title: "comes from its factory state under management, its firmware being recent",
    proves: [
      "SNOM-TR-069:Best-practice#recent-order",
      "SNOM-TR-069:Best-practice#no-upgrade",
      "SNOM-TR-069:Best-practice#recent-settings",
      "SNOM-TR-069:Best-practice#recent-first-contact",
    ],
    needs: ["snom", "provisioning", "firmware-provisioning", "param-map"],
    disturbs: "factory-reset",
    drive: (bench) => rollOut(bench, false),
    *judge(seen) {
      const { steps, start, settings } = seen;
      yield inOrder("SNOM-TR-069:Best-practice#recent-order", steps, [start, "common.xml", "tr069.xml", "Inform"]);
      const asked = steps.filter(({ what }) => what === start);
      yield holds("SNOM-TR-069:Best-practice#no-upgrade", asked.length === 1, {
        expected: "one request for its settings, as there was no start anew in between",
        actual: `${asked.length}`,
        where: asked.at(-1)?.where ?? "the provisioning server",
      });
      yield* settingsTaken("SNOM-TR-069:Best-practice#recent-settings", settings);
      yield firstContact("SNOM-TR-069:Best-practice#recent-first-contact", seen);
    },
  }),
];
