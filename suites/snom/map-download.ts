import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, oneOf, same } from "../../harness/core/finding.ts";
import { effectiveLines, parseParamMap } from "../../schema/param-map.ts";
import { rebooted } from "../support/reboots.ts";
import { showsLines, showsOctets } from "./map-upload.ts";
import { giveOwn } from "./support/lines.ts";
import { type Downloaded, downloadMap, type Half, holdsAll, type Loaded, look, wholeOrNot } from "./support/loading.ts";
import { line, mapWith, own, upload } from "./support/map.ts";

const DOWNLOAD = "SNOM-TR-069:Download#param-map";
const REPORTED = "PARAM-MAP:download#reported";
const KEPT = "PARAM-MAP:download#old-map-kept";

/** Faults with which a file that is no good, or does not come, is reported (TR-069 A.5.1). */
const FAILURES = [9001, 9002, 9010, 9015, 9016, 9017, 9018];

const text = (name: string, value: string): string => line("string", name, "=", value);

const OLD = { Old: "from before" };
const HALF: Half = { before: OLD, after: { First: "at the begin", Last: "at the end" } };

/** The new map of a failing case: one parameter among its first lines, one at its end. */
async function newMap(bench: CwmpBench): Promise<string> {
  const map = await mapWith(bench, [text("Last", HALF.after.Last ?? "")]);
  return `${text("First", HALF.after.First ?? "")}\n${map}`;
}

interface Failing {
  readonly downloaded: Downloaded;
  readonly seen: Loaded;
}

interface Failure {
  readonly id: string;
  readonly title: string;
  readonly fetch: (bench: CwmpBench, map: string) => Promise<Downloaded>;
}

/** A case in which no map comes of a Download: the one from before stays in force, and the ACS is told. */
const failing = ({ id, title, fetch }: Failure): AnyCase<CwmpBench> =>
  cwmpCase({
    id,
    title,
    proves: [KEPT, REPORTED],
    needs: ["param-map", "param-map-download"],
    async drive(bench): Promise<Failing> {
      const map = await newMap(bench);
      await upload(bench, await mapWith(bench, [text("Old", OLD.Old)]));
      return { downloaded: await fetch(bench, map), seen: await look(bench) };
    },
    *judge({ downloaded, seen }) {
      yield* holdsAll(KEPT, seen, OLD);
      yield reportsFailure(downloaded);
    },
  });

/** Octets of a map up to the end of a line near its middle: what came of it looks whole. */
const firstHalf = (map: string): number => Buffer.byteLength(map.slice(0, map.indexOf("\n", map.length / 2) + 1));

/** That the ACS learns of the failure, by TransferComplete or at once. */
function reportsFailure({ reply, fault }: Downloaded): Finding {
  const code = reply.kind === "fault" ? reply.faultCode : fault;
  return oneOf(REPORTED, code, FAILURES);
}

/** What becomes of a map that the ACS has the phone download. */
export const mapDownloadCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-download.in-force",
    title: "puts a map in force that a Download brings, and reports that it did",
    proves: [DOWNLOAD, REPORTED, "PARAM-MAP:download#octets"],
    needs: ["param-map", "param-map-download"],
    async drive(bench) {
      const given = await mapWith(bench, [
        "# by the ACS",
        "",
        text("Text", "by Download"),
        line("int", "Row.2.Number", "!=", "5"),
      ]);
      return { given, downloaded: await downloadMap(bench, given), seen: await look(bench) };
    },
    *judge({ given, downloaded, seen }) {
      yield* holdsAll(DOWNLOAD, seen, { Text: "by Download", "Row.2.Number": "5" });
      yield showsLines(DOWNLOAD, given, seen.shown);
      yield same(REPORTED, downloaded.fault, 0);
      yield showsOctets("PARAM-MAP:download#octets", given, seen.shown);
    },
  }),
  cwmpCase({
    id: "snom.map-download.reboot",
    title: "has the downloaded map in force after a reboot",
    proves: ["PARAM-MAP:download#persistent"],
    needs: ["param-map", "param-map-download", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      await downloadMap(bench, await mapWith(bench, [text("Text", "by Download"), text("Row.2.Text", "as well")]));
      const session = await rebooted(bench, await bench.acs.session());
      const read = await session.getParameterValues([own("Text"), own("Row.2.Text")]);
      await session.end();
      return read;
    },
    *judge(read) {
      yield* giveOwn("PARAM-MAP:download#persistent", read, { Text: "by Download", "Row.2.Text": "as well" });
    },
  }),
  cwmpCase({
    id: "snom.map-download.broken",
    title: "takes a downloaded map without the line that is none, or not at all, and says so",
    proves: ["PARAM-MAP:broken#whole-or-not", REPORTED],
    needs: ["param-map", "param-map-download"],
    async drive(bench) {
      const lines = Object.entries(HALF.after).map(([name, value]) => text(name, value));
      const map = await mapWith(bench, lines.toSpliced(1, 0, `string:${own("Bare")}`));
      await upload(bench, await mapWith(bench, [text("Old", OLD.Old)]));
      return { downloaded: await downloadMap(bench, map), seen: await look(bench) };
    },
    *judge({ downloaded, seen }) {
      yield* wholeOrNot("PARAM-MAP:broken#whole-or-not", seen, HALF);
      if (effectiveLines(parseParamMap(seen.shown)).has(own("Last"))) yield same(REPORTED, downloaded.fault, 0);
      else yield reportsFailure(downloaded);
    },
  }),
  failing({
    id: "snom.map-download.missing",
    title: "keeps its map when the one to download is not there, and reports that",
    fetch: (bench, map) => downloadMap(bench, map, { status: 404 }),
  }),
  failing({
    id: "snom.map-download.cut",
    title: "keeps its map when the download of another one breaks off, and reports that",
    fetch: (bench, map) => downloadMap(bench, map, { cutAfter: firstHalf(map) }),
  }),
  failing({
    id: "snom.map-download.web-page",
    title: "keeps its map when it downloads a web page in place of one, and reports that",
    fetch: (bench) =>
      downloadMap(bench, '<!DOCTYPE html>\n<html lang="en"><body>Please log in</body></html>\n', { contentType: "text/html" }),
  }),
  failing({
    id: "snom.map-download.empty",
    title: "keeps its map when it downloads an empty file, and reports that",
    fetch: (bench) => downloadMap(bench, ""),
  }),
];
