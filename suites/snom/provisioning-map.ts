import { parameterValue } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import { parseParamMap } from "../../schema/param-map.ts";
import { askHarmless, harmlessName, told } from "../support/sessions.ts";
import { line, mapWith, own } from "./support/map.ts";
import { container, type Provisioning, provisioning, sessionAfter, settingsFile } from "./support/provisioning.ts";

const VALUE = "by a map of its own";

/** Milliseconds for a file that is fetched after the settings that named it. */
const FETCHED_WITHIN = 60_000;

/** What was seen of a map that the phone was to fetch. */
interface Mapped {
  /** The file that was offered. */
  readonly offered: string;
  /** What the phone shows afterwards, and what it showed before. */
  readonly shown: string;
  readonly before: string;
  /** GetParameterValues of the offered map's own parameter, and of one that every map has. */
  readonly own: Reply | undefined;
  readonly usual: Reply | undefined;
  readonly name: string;
}

/** Provisions the phone with a map that has a line of the case's own; `offer` puts it, and the file that names it, into the folder. */
const withMap = (
  bench: CwmpBench,
  lines: readonly string[],
  offer: (server: Provisioning, map: string) => string,
): Promise<Mapped> =>
  provisioning(bench, async (server) => {
    const { snom } = bench.phone;
    const before = await snom.paramMap();
    const offered = await mapWith(bench, lines);
    await snom.mapWillChange();
    const after = await server.start(offer(server, offered));
    // The map may come after the settings that lead to the ACS.
    if ((await server.folder.next(FETCHED_WITHIN, /^map/)) === undefined)
      throw new Inconclusive("precondition", "the phone did not fetch the map");
    const session = await sessionAfter(bench, after);
    const mine = await session?.getParameterValues([own("Provisioned")]);
    const usual = session && (await askHarmless(session, bench.phone));
    await session?.end();
    return { offered, before, shown: await snom.paramMap(), own: mine, usual, name: harmlessName(bench.phone) };
  });

const LINE = line("string", "Provisioned", "=", VALUE);

/** A file that lists the map at `url` beside the settings that lead to the ACS. */
function mapInContainer({ folder, acs }: Provisioning, url: string): string {
  folder.put("all.xml", container([folder.put("acs.xml", settingsFile(acs))], `<param-map url="${url}"/>`));
  return "all.xml";
}

function* inForce(requirement: string, { own: reply }: Mapped): Iterable<Finding> {
  const seen = reply && parameterValue(reply, own("Provisioned"));
  yield same(requirement, seen ?? { value: undefined, where: "no session after provisioning" }, VALUE);
}

export const provisioningMapCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.provisioning.param-map",
    title: "puts the param_map in force that setting-files names, and shows it",
    proves: [
      "SNOM-TR-069:Provisioning-the-parameter-mapping-on-the-device#in-force",
      "SNOM-TR-069:Provisioning-the-parameter-mapping-on-the-device#shown",
    ],
    needs: ["snom", "provisioning", "param-map"],
    disturbs: "reboot",
    drive: (bench) =>
      withMap(bench, [LINE], (server, map) =>
        mapInContainer(server, server.folder.put("map.txt", map, { contentType: "text/plain" })),
      ),
    *judge(seen) {
      yield* inForce("SNOM-TR-069:Provisioning-the-parameter-mapping-on-the-device#in-force", seen);
      yield holds("SNOM-TR-069:Provisioning-the-parameter-mapping-on-the-device#shown", seen.shown === seen.offered, {
        expected: "the file of the provisioning server, octet for octet",
        actual: seen.shown === seen.offered ? "so" : seen.shown === seen.before ? "the one from before" : "another text",
        where: "the phone's page of the param_map",
      });
    },
  }),
  cwmpCase({
    id: "snom.provisioning.parammap-upload",
    title: "puts the param_map in force that uploads names",
    proves: ["SNOM:uploads#parammap"],
    needs: ["snom", "provisioning", "param-map"],
    disturbs: "reboot",
    drive: (bench) =>
      withMap(bench, [LINE], ({ folder, acs }, map) => {
        const uploads = `<uploads><file url="${folder.put("map.txt", map)}" type="parammap"/></uploads>`;
        folder.put("settings.xml", settingsFile(acs, uploads));
        return "settings.xml";
      }),
    *judge(seen) {
      yield* inForce("SNOM:uploads#parammap", seen);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.param-map-missing",
    title: "keeps its param_map and takes its settings when the map is not on the server",
    proves: ["SNOM:param-map-provisioning#missing", "SNOM:setting-files#others"],
    needs: ["snom", "provisioning", "param-map"],
    disturbs: "reboot",
    drive: (bench) => withMap(bench, [LINE], (server) => mapInContainer(server, `${server.folder.url}map-missing.txt`)),
    *judge({ shown, before, usual, name }) {
      yield holds("SNOM:param-map-provisioning#missing", shown === before, {
        expected: "the param_map from before",
        actual: shown === before ? "so" : "another text",
        where: "the phone's page of the param_map",
      });
      // That it came to the ACS shows that it took the other file.
      yield told("SNOM:setting-files#others", usual, name);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.param-map-broken",
    title: "takes a param_map with a broken line whole, without that line, or not at all",
    proves: ["SNOM:param-map-provisioning#broken"],
    needs: ["snom", "provisioning", "param-map"],
    disturbs: "reboot",
    drive: (bench) =>
      withMap(bench, ["string Device.X_Snom_Assay.Broken", LINE], (server, map) =>
        mapInContainer(server, server.folder.put("map.txt", map)),
      ),
    *judge({ shown, usual, own: reply, name }) {
      const requirement = "SNOM:param-map-provisioning#broken";
      yield told(requirement, usual, name);
      // The guide leaves open what becomes of the file; but what the phone shows has to be what it goes by.
      const shows = parseParamMap(shown).lines.some((one) => one.kind === "parameter" && one.name === own("Provisioned"));
      const answers = reply !== undefined && parameterValue(reply, own("Provisioned")).value === VALUE;
      yield holds(requirement, shows === answers, {
        expected: shows ? `${VALUE}, as the map that it shows has it` : "fault 9005, as the map that it shows has no such line",
        actual: reply?.summary.value ?? "no session",
        where: reply?.summary.where ?? "after provisioning",
      });
    },
  }),
];
