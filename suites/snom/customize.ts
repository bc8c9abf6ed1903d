import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { FileRequest, Serving } from "../../harness/files/server.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import { responds } from "../support/answers.ts";
import { showReading } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { isSet } from "./support/provisioning.ts";
import { NO_SKIN, SKIN, tarball } from "./support/tarball.ts";
import { type Afterwards, afterwards, answered, carriedOut, customize, livesOn } from "./support/vendor.ts";

/** Milliseconds for a tarball to be fetched and looked at. */
const FETCHED_WITHIN = 60_000;

type UploadSetting = "upload_gui" | "upload_web";

/** What a phone did with the address of a tarball that it was given. */
interface Customized {
  readonly url: string;
  readonly reply: Reply;
  readonly requests: readonly FileRequest[];
  readonly before: string;
  readonly settings: Settings;
  readonly after: Afterwards;
}

/** Saves the settings that keep addresses of tarballs, does `work`, and puts them back by the web interface. */
async function keeping<Evidence>({ phone }: CwmpBench, work: (before: Settings) => Promise<Evidence>): Promise<Evidence> {
  await phone.snom.answers();
  const before = await phone.snom.settings();
  const found = { upload_gui: before.get("upload_gui") ?? "", upload_web: before.get("upload_web") ?? "" };
  // Written with what is there already: the bench then knows what to put back, whatever the case does by CWMP.
  await phone.snom.save(found);
  return work(before);
}

/** Gives the phone the address of a tarball by `tell` and watches what it does. */
const withTarball = (
  bench: CwmpBench,
  content: string | Buffer | undefined,
  tell: (session: Session, url: string) => Promise<Reply>,
  { setting = "upload_gui", ...serving }: Serving & { readonly setting?: UploadSetting } = {},
): Promise<Customized> =>
  keeping(bench, async (before) => {
    const offer = bench.files.offer("assay.tar", content ?? "", content === undefined ? { status: 404 } : serving);
    const reply = await inSession(bench, async (session) => {
      await showReading(session, bench.phone);
      return tell(session, offer.url);
    });
    const after = await afterwards(bench, FETCHED_WITHIN);
    const settings = await bench.phone.snom.settings();
    return { url: offer.url, reply, requests: offer.requests, before: before.get(setting) ?? "", settings, after };
  });

const byRpc = (bench: CwmpBench, content: string | Buffer | undefined, serving: Serving = {}): Promise<Customized> =>
  withTarball(bench, content, (session, url) => customize(session, bench.phone, url), serving);

/** Name of the parameter that takes the address of a tarball, as this phone spells it. */
function uploadParameter({ phone }: CwmpBench, name: "UploadGUI" | "UploadWeb"): string {
  const found = [...phone.model.keys()].find((one) => new RegExp(`\\.X_snom_${name}$`, "i").test(one));
  if (found === undefined) throw new Inconclusive("precondition", `the phone has no parameter X_snom_${name}`);
  return found;
}

/** That the tarball was fetched by one GET. */
function fetched(requirement: string, { requests, reply }: Customized): Finding {
  const seen = requests.map(({ method }) => method).join(", ");
  return holds(requirement, seen === "GET", {
    expected: "one GET of the tarball",
    actual: seen === "" ? "no request" : seen,
    where: requests[0]?.where ?? reply.summary.where,
  });
}

/** That a tarball which is no good does no harm: the phone lives on, and keeps its looks. */
function* harmless(topic: string, { after, settings, before }: Customized): Iterable<Finding> {
  yield livesOn(`SNOM:customize#${topic}-alive`, after);
  yield isSet(`SNOM:customize#${topic}-old-state`, settings, "upload_gui", before);
}

/** The guide's tip for an ACS that knows no methods of vendors: the address is set in a parameter. */
const takesAddressIn = (parameter: "UploadGUI" | "UploadWeb", slug: "upload-gui" | "upload-web"): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `snom.customize.${slug}`,
    title: `fetches the tarball whose address is set in X_snom_${parameter}`,
    proves: [`SNOM-TR-069:X-snom-Customize#${slug}-set`, `SNOM-TR-069:X-snom-Customize#${slug}-fetched`],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    async drive(bench) {
      const name = uploadParameter(bench, parameter);
      const tar = await tarball(bench.clock, SKIN);
      const set = (session: Session, value: string): Promise<Reply> => session.setParameterValues([{ name, value }]);
      return withTarball(bench, tar, set, { setting: slug === "upload-gui" ? "upload_gui" : "upload_web" });
    },
    *judge(seen) {
      yield responds(`SNOM-TR-069:X-snom-Customize#${slug}-set`, seen.reply, "SetParameterValues");
      yield fetched(`SNOM-TR-069:X-snom-Customize#${slug}-fetched`, seen);
    },
  });

/** The vendor's method Customize, and the parameters that do the same. */
export const customizeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.customize.fetches",
    title: "answers Customize and fetches the tarball once",
    proves: ["SNOM-TR-069:X-snom-Customize#response", "SNOM-TR-069:X-snom-Customize#fetches"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    drive: async (bench) => byRpc(bench, await tarball(bench.clock, SKIN)),
    *judge(seen) {
      yield carriedOut("SNOM-TR-069:X-snom-Customize#response", seen.reply);
      yield fetched("SNOM-TR-069:X-snom-Customize#fetches", seen);
    },
  }),
  cwmpCase({
    id: "snom.customize.shows",
    title: "keeps the address of the tarball that it took in upload_gui",
    proves: ["SNOM:customize#upload-gui"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    drive: async (bench) => byRpc(bench, await tarball(bench.clock, SKIN)),
    *judge({ settings, url }) {
      yield isSet("SNOM:customize#upload-gui", settings, "upload_gui", url);
    },
  }),
  takesAddressIn("UploadGUI", "upload-gui"),
  takesAddressIn("UploadWeb", "upload-web"),
  cwmpCase({
    id: "snom.customize.broken-tarball",
    title: "lives on and keeps its looks when the tarball is broken",
    proves: ["SNOM:customize#broken-alive", "SNOM:customize#broken-old-state"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    async drive(bench) {
      const tar = await tarball(bench.clock, SKIN);
      // Whole headers, and then the middle of a file.
      return byRpc(bench, tar.subarray(0, 700));
    },
    judge: (seen) => harmless("broken", seen),
  }),
  cwmpCase({
    id: "snom.customize.text-file",
    title: "lives on and keeps its looks when the tarball is a text",
    proves: ["SNOM:customize#text-alive", "SNOM:customize#text-old-state"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    drive: (bench) => byRpc(bench, "<html><body>Please log in to this network.</body></html>\n", { contentType: "text/html" }),
    judge: (seen) => harmless("text", seen),
  }),
  cwmpCase({
    id: "snom.customize.no-skin",
    title: "lives on and keeps its looks when nothing in the tarball is for a phone",
    proves: ["SNOM:customize#no-skin-alive", "SNOM:customize#no-skin-old-state"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    drive: async (bench) => byRpc(bench, await tarball(bench.clock, NO_SKIN)),
    judge: (seen) => harmless("no-skin", seen),
  }),
  cwmpCase({
    id: "snom.customize.missing-tarball",
    title: "lives on and keeps its looks when the tarball is not there",
    proves: ["SNOM:customize#missing-alive", "SNOM:customize#missing-old-state"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    drive: (bench) => byRpc(bench, undefined),
    judge: (seen) => harmless("missing", seen),
  }),
  cwmpCase({
    id: "snom.customize.unreachable-server",
    title: "lives on and keeps its looks when nothing answers at the address",
    proves: ["SNOM:customize#unreachable-alive", "SNOM:customize#unreachable-old-state"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    async drive(bench) {
      const port = await bench.acs.listen();
      // Closed at once: a port of ours at which certainly nobody listens.
      await port.close();
      const url = `${new URL(port.url).origin}/assay.tar`;
      return withTarball(bench, "", (session) => customize(session, bench.phone, url));
    },
    judge: (seen) => harmless("unreachable", seen),
  }),
  cwmpCase({
    id: "snom.customize.empty-url",
    title: "answers Customize with an empty address, and lives on",
    proves: ["SNOM:customize#empty-answered", "SNOM:customize#empty-alive"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 1000,
    drive: (bench) => withTarball(bench, "", (session) => customize(session, bench.phone, "")),
    *judge({ reply, after }) {
      yield answered("SNOM:customize#empty-answered", reply);
      yield livesOn("SNOM:customize#empty-alive", after);
    },
  }),
  cwmpCase({
    id: "snom.customize.after-failure",
    title: "takes a good tarball after a broken one",
    proves: ["SNOM:customize#after-failure"],
    needs: ["snom", "customize"],
    waits: FETCHED_WITHIN / 500,
    drive: (bench) =>
      keeping(bench, async () => {
        const bad = bench.files.offer("bad.tar", "no tarball");
        await inSession(bench, (session) => customize(session, bench.phone, bad.url));
        await afterwards(bench, FETCHED_WITHIN);
        const good = bench.files.offer("good.tar", await tarball(bench.clock, SKIN));
        await inSession(bench, (session) => customize(session, bench.phone, good.url));
        const { inform } = await afterwards(bench, FETCHED_WITHIN);
        const [request] = good.requests;
        return { value: request?.method, where: request?.where ?? inform?.where ?? "after the second Customize" };
      }),
    *judge(request) {
      yield same("SNOM:customize#after-failure", request, "GET");
    },
  }),
];
