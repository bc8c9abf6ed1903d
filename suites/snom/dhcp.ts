import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { type DhcpOption, located, optionOf } from "../../harness/wire/dhcp.ts";
import { OPTION } from "../../harness/wire/dhcp-names.ts";
import { textOf, writeEncapsulated } from "../../harness/wire/dhcp-vendor.ts";
import { says } from "../support/dhcp.ts";
import { folded } from "../support/passive.ts";
import { inSession } from "../support/stage.ts";
import { another, entry, HARMLESS, isSet, provisioning, settingsFile } from "./support/provisioning.ts";

const needs = ["snom", "provisioning", "lan"] as const;

/** Options in which DHCP names a provisioning server: the server, and the file that it has. */
const { tftpServerName: SERVER, bootfileName: FILE } = OPTION;

const SETTINGS = "settings.xml";

/** What stands in the file that nobody is to fetch. */
const OTHER_FILE = "other.xml";

const text = (code: number, value: string): DhcpOption => ({ code, octets: Buffer.from(value) });

/** Option 43 with the same two inside of it, each ended by a NUL, as the vendor has it. */
const tunnel = (server: string, file: string): DhcpOption => ({
  code: OPTION.vendorSpecific,
  octets: writeEncapsulated([
    { code: SERVER, value: `${server}\0` },
    { code: FILE, value: `${file}\0` },
  ]),
});

interface Named {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  /** How the gateway names the file in this folder. */
  options(folder: string): readonly DhcpOption[];
}

/** The gateway names a provisioning server to a phone that has none: the phone takes its settings from there. */
const named = ({ id, title, requirement, options }: Named): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `snom.dhcp.${id}`,
    title,
    proves: [requirement],
    needs,
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async ({ folder, before, acs, startByDhcp }) => {
        const [one, other] = HARMLESS.tone_scheme;
        const value = another(before, "tone_scheme", HARMLESS.tone_scheme);
        folder.put(SETTINGS, settingsFile([entry("tone_scheme", value), ...acs]));
        folder.put(OTHER_FILE, settingsFile([entry("tone_scheme", value === one ? other : one), ...acs]));
        says(bench, { kind: "answer", options: options(folder.url) });
        return { value, after: await startByDhcp() };
      }),
    *judge({ value, after }) {
      yield isSet(requirement, after.settings, "tone_scheme", value);
    },
  });

/** What a phone learns from DHCP of the server that provisions it. */
export const snomDhcpCases: readonly AnyCase<CwmpBench>[] = [
  named({
    id: "server-and-file",
    title: "fetches its settings from the server and the file of options 66 and 67",
    requirement: "SNOM:dhcp#server-and-file",
    options: (folder) => [text(SERVER, folder), text(FILE, SETTINGS)],
  }),
  named({
    id: "url",
    title: "fetches its settings from a URL in option 66 that names the file",
    requirement: "SNOM:dhcp#url",
    options: (folder) => [text(SERVER, folder + SETTINGS)],
  }),
  named({
    id: "tunnelled",
    title: "fetches its settings from where options 66 and 67 inside option 43 point",
    requirement: "SNOM:dhcp#tunnelled",
    options: (folder) => [tunnel(folder, SETTINGS)],
  }),
  named({
    id: "tunnelled-first",
    title: "goes by options 66 and 67 inside option 43 rather than by those beside it",
    requirement: "SNOM:dhcp#tunnelled-first",
    options: (folder) => [text(SERVER, folder), text(FILE, OTHER_FILE), tunnel(folder, SETTINGS)],
  }),
  cwmpCase({
    id: "snom.dhcp.managed",
    title: "fetches nothing from a server that DHCP names while TR-069 is enabled",
    proves: ["SNOM:dhcp#managed"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const folder = bench.files.folder();
      says(bench, { kind: "answer", options: [text(SERVER, folder.url), text(FILE, SETTINGS)] });
      await (await bench.lan.restart()).end();
      const request = await folder.next(bench.patience.contact);
      return { target: request?.target, where: request?.where ?? "the provisioning server" };
    },
    *judge({ target, where }) {
      yield holds("SNOM:dhcp#managed", target === undefined, { expected: "no request", actual: target ?? "none", where });
    },
  }),
  cwmpCase({
    id: "snom.dhcp.vendor-class",
    title: "names its type as its vendor class",
    proves: ["SNOM:dhcp#vendor-class"],
    needs: ["snom", "lan"],
    passive: true,
    drive: (bench) =>
      inSession(bench, async () => ({
        type: (await bench.phone.snom.settings()).get("phone_type") ?? "",
        heard: bench.lan.dhcp.heard.slice(),
      })),
    *judge({ type, heard }) {
      const findings = heard.map(({ message }) =>
        same("SNOM:dhcp#vendor-class", located(message, textOf(message, OPTION.vendorClass)?.text), type),
      );
      yield* folded("SNOM:dhcp#vendor-class", findings);
    },
  }),
  cwmpCase({
    id: "snom.dhcp.asks",
    title: "asks a DHCP server for the options that name a provisioning server",
    proves: ["SNOM:dhcp#asks"],
    needs: ["snom", "lan"],
    passive: true,
    drive: (bench) => inSession(bench, async () => bench.lan.dhcp.heard.filter(({ step }) => step !== "inform")),
    *judge(heard) {
      const wanted = [SERVER, FILE, OPTION.vendorSpecific];
      const findings = heard.map(({ message }) => {
        const list = optionOf(message, OPTION.parameterRequestList);
        const codes = [...(list?.octets ?? [])];
        const ok = wanted.every((code) => codes.includes(code));
        const { where } = located(message, list, list?.offset);
        return holds("SNOM:dhcp#asks", ok, { expected: `${wanted.join(", ")} in it`, actual: codes.join(", ") || "none", where });
      });
      yield* folded("SNOM:dhcp#asks", findings);
    },
  }),
];
