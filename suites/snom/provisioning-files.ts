import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { FileRequest } from "../../harness/files/server.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import { another, entry, HARMLESS, isSet, macOf, type Provisioning, provisioning, settingsFile } from "./support/provisioning.ts";

/** The phone's type as its files are named after it. @throws Inconclusive `precondition` when its settings do not tell it */
function typeOf(settings: Settings): string {
  const type = settings.get("phone_type") ?? "";
  if (type === "") throw new Inconclusive("precondition", "the phone does not show its phone_type");
  return type;
}

/** The names that were asked for below the folder, as they were written. */
const asked = ({ folder }: Provisioning): readonly string[] => {
  const base = new URL(folder.url).pathname;
  return folder.requests.map(({ target }) => target.slice(base.length));
};

const userAgent = (request: FileRequest | undefined) => ({
  value: request?.headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1],
  where: request === undefined ? "no request" : `${request.where}, header User-Agent`,
});

function isAsked(requirement: string, names: readonly string[], ...expected: readonly string[]): Finding {
  const places = expected.map((name) => names.indexOf(name));
  const inOrder = places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? -1)));
  return holds(requirement, inOrder, {
    expected: `requests for ${expected.join(", then ")}`,
    actual: names.length === 0 ? "no request" : names.join(", "),
    where: "the provisioning server",
  });
}

/** What the phone asks its provisioning server for, by the URL that it has been given. */
export const provisioningFilesCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.provisioning.user-agent",
    title: "names its model and its MAC address to the provisioning server",
    proves: ["SNOM:provisioning#user-agent-model", "SNOM:provisioning#user-agent-mac"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async ({ folder, before, acs, start }) => {
        folder.put("settings.xml", settingsFile(acs));
        await start("settings.xml");
        return { request: folder.requests[0], type: typeOf(before), mac: macOf(before, bench) };
      }),
    *judge({ request, type, mac }) {
      const { value = "absent", where } = userAgent(request);
      const contains = (text: string): boolean => value.toUpperCase().includes(text.toUpperCase());
      yield holds("SNOM:provisioning#user-agent-model", contains(type), { expected: `${type} in it`, actual: value, where });
      yield holds("SNOM:provisioning#user-agent-mac", contains(mac), { expected: `${mac} in it`, actual: value, where });
    },
  }),
  cwmpCase({
    id: "snom.provisioning.mac-in-url",
    title: "puts its MAC address in capital letters for {mac} in the URL",
    proves: ["SNOM:provisioning#mac"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const mac = macOf(server.before, bench);
        for (const name of [mac, mac.toLowerCase()]) server.folder.put(`${name}.xml`, settingsFile(server.acs));
        await server.start("{mac}.xml");
        return { names: asked(server), mac };
      }),
    *judge({ names, mac }) {
      yield same(
        "SNOM:provisioning#mac",
        { value: names[0], where: "the first request to the provisioning server" },
        `${mac}.xml`,
      );
    },
  }),
  cwmpCase({
    id: "snom.provisioning.type-in-url",
    title: "puts its model for {phone_type} in the URL, also in a query",
    proves: ["SNOM:provisioning#phone-type"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const type = typeOf(server.before);
        server.folder.put(`${type}/settings.xml`, settingsFile(server.acs));
        await server.start("{phone_type}/settings.xml?model={phone_type}&mac={mac}");
        return { names: asked(server), type };
      }),
    *judge({ names, type }) {
      const path = `${type}/settings.xml?model=${type}`;
      yield holds("SNOM:provisioning#phone-type", names[0]?.startsWith(path) === true, {
        expected: `a first request for ${path}…`,
        actual: names[0] ?? "none",
        where: "the provisioning server",
      });
    },
  }),
  cwmpCase({
    id: "snom.provisioning.folder-url",
    title: "asks a URL without a file name for the file of its model, then for its own",
    proves: ["SNOM:provisioning#folder-url", "SNOM:provisioning#own-file-last"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const { folder, before, acs } = server;
        const [model, own] = [typeOf(before), `${typeOf(before)}-${macOf(before, bench)}`];
        const value = another(before, "tone_scheme", HARMLESS.tone_scheme);
        const other = value === HARMLESS.tone_scheme[0] ? HARMLESS.tone_scheme[1] : HARMLESS.tone_scheme[0];
        folder.put(`${model}.htm`, settingsFile([entry("tone_scheme", other)]));
        folder.put(`${own}.htm`, settingsFile([entry("tone_scheme", value), ...acs]));
        const { settings } = await server.start("");
        return { names: asked(server), expected: [`${model}.htm`, `${own}.htm`], settings, value };
      }),
    *judge({ names, expected, settings, value }) {
      yield isAsked("SNOM:provisioning#folder-url", names, ...expected);
      yield isSet("SNOM:provisioning#own-file-last", settings, "tone_scheme", value);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.own-variant",
    title: "asks for its own variant of a file whose name does not tell the phone",
    proves: ["SNOM:provisioning#own-variant"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const mac = macOf(server.before, bench);
        server.folder.put("common.htm", settingsFile(server.acs));
        await server.start("common.htm");
        return { names: asked(server), mac };
      }),
    *judge({ names, mac }) {
      const own = names.find((name) => name.startsWith("common") && name.includes(mac));
      yield holds("SNOM:provisioning#own-variant", names.includes("common.htm") && own !== undefined, {
        expected: `requests for common.htm, and for its variant with ${mac}`,
        actual: names.length === 0 ? "no request" : names.join(", "),
        where: "the provisioning server",
      });
    },
  }),
  cwmpCase({
    id: "snom.provisioning.redirect",
    title: "follows a redirect of the provisioning server",
    proves: ["SNOM:provisioning#redirect"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const { folder, before, acs } = server;
        const value = another(before, "tone_scheme", HARMLESS.tone_scheme);
        const to = folder.put("there/settings.xml", settingsFile([entry("tone_scheme", value), ...acs]));
        folder.put("here.xml", "", { status: 302, headers: [["Location", to]] });
        return { value, after: await server.start("here.xml") };
      }),
    *judge({ value, after }) {
      yield isSet("SNOM:provisioning#redirect", after.settings, "tone_scheme", value);
    },
  }),
];
