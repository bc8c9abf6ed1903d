import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import { located, optionOf } from "../../harness/wire/dhcp.ts";
import { OPTION } from "../../harness/wire/dhcp-names.ts";
import { readText, writeEncapsulated } from "../../harness/wire/dhcp-vendor.ts";
import {
  type AcsTold,
  ASKS_AGAIN,
  awayFromHome,
  elsewhere,
  encapsulated,
  type Found,
  found,
  searching,
  telling,
  UNREACHABLE,
  withOption43,
  withoutUrl,
  withUrl,
} from "../support/acs-discovery.ts";
import { showAlive } from "../support/alive.ts";
import { says } from "../support/dhcp.ts";

const needs = ["lan", "dhcp-acs-discovery"] as const;

/** A provisioning code that no phone is delivered with; TR-106 gives it 64 characters, and dots between parts. */
const CODE = "assay.discovery";

/** Milliseconds in which a phone that looks by DHCP has got an answer that it cannot use. */
const ANSWERED = 120_000;

/** A value that DHCP told. */
function taken(
  requirement: string,
  { values, where }: Found,
  name: keyof Required<Omit<AcsTold, "url">>,
  value: string,
): Finding {
  return same(requirement, { value: values.get(name)?.value, where: `${where}, ${name}` }, value);
}

interface Searching {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  readonly told?: AcsTold;
  reply?(url: string): ReturnType<typeof telling>;
  readonly needs?: readonly ["retry-parameters"];
}

/** The phone is told where its ACS is in one way, and comes there; it takes the other values that it is told. */
const searchingCase = ({ id, title, requirement, references, told = {}, ...one }: Searching): AnyCase<CwmpBench> =>
  cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    needs: [...needs, ...(one.needs ?? [])],
    disturbs: "network",
    drive: (bench) => searching(bench, one.reply ?? ((url) => telling({ url, ...told }))),
    *judge(seen) {
      yield found(requirement, seen);
      for (const [name, value] of Object.entries(told) as ["provisioningCode", string][])
        yield taken(requirement, seen, name, value);
    },
  });

/** How a device finds its ACS by DHCP (TR-069 3.1). */
export const discoveryCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.discovery.vendor-class",
    title: "tells the DHCP server by dslforum.org that it looks for an ACS",
    proves: ["TR-069:3.1#vendor-class"],
    references: ["DSC-001"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const { lan, clock } = bench;
      const start = clock.now();
      await (await lan.restart()).end();
      return lan.dhcp.heard.filter(({ step, record }) => record.at >= start && /^(?:discover|request|inform)$/.test(step));
    },
    *judge(heard) {
      for (const { message } of heard) {
        const option = optionOf(message, OPTION.vendorClass);
        const text = option && readText(option.octets).text;
        yield holds("TR-069:3.1#vendor-class", text?.includes("dslforum.org") === true, {
          expected: "option 60 with dslforum.org in it",
          actual: text === undefined ? "no such option" : JSON.stringify(text),
          where: located(message, option, option?.offset).where,
        });
      }
    },
  }),
  searchingCase({
    id: "cwmp.discovery.url",
    title: "finds its ACS by DHCP when its URL is empty",
    requirement: "TR-069:3.1#empty-url",
    references: ["DSC-002"],
  }),
  searchingCase({
    id: "cwmp.discovery.provisioning-code",
    title: "takes the provisioning code that DHCP tells beside the URL",
    requirement: "TR-069:3.1#provisioning-code",
    references: ["DSC-003"],
    told: { provisioningCode: CODE },
  }),
  searchingCase({
    id: "cwmp.discovery.retry-parameters",
    title: "takes the retry intervals that DHCP tells beside the URL",
    requirement: "TR-069:3.1#retry-parameters",
    references: ["DSC-004"],
    needs: ["retry-parameters"],
    told: { retryMinimumWait: "7", retryMultiplier: "2500" },
  }),
  cwmpCase({
    id: "cwmp.discovery.nul-terminated",
    title: "takes NUL-terminated values of DHCP without the NUL",
    proves: ["TR-069:3.1#nul-terminated"],
    references: ["DSC-005"],
    needs,
    disturbs: "network",
    drive: (bench) => searching(bench, (url) => telling({ url: `${url}\0`, provisioningCode: `${CODE}\0` })),
    *judge(seen) {
      yield found("TR-069:3.1#nul-terminated", seen);
      // That it takes the code at all is no duty.
      const code = seen.values.get("provisioningCode")?.value ?? "";
      yield holds("TR-069:3.1#nul-terminated", !/\0|\uFFFD|^assay\.discovery./.test(code), {
        expected: `a ProvisioningCode without a NUL`,
        actual: JSON.stringify(code),
        where: seen.where,
      });
    },
  }),
  searchingCase({
    id: "cwmp.discovery.other-options",
    title: "finds its ACS among other encapsulated options, in any order",
    requirement: "TR-069:3.1#other-options",
    references: ["DSC-006"],
    reply: (url) =>
      withOption43(
        writeEncapsulated([
          { code: 200, value: "http://192.0.2.1/other" },
          ...encapsulated({ url }),
          { code: 6, value: "\u0001" },
        ]),
      ),
  }),
  searchingCase({
    id: "cwmp.discovery.padded",
    title: "finds its ACS in an option 43 that is padded and has an end option",
    requirement: "TR-069:3.1#encapsulation",
    references: ["DSC-006"],
    reply: (url) =>
      withOption43(Buffer.concat([Buffer.of(0, 0), writeEncapsulated(encapsulated({ url }), { end: true }), Buffer.of(0)])),
  }),
  cwmpCase({
    id: "cwmp.discovery.unusable-url",
    title: "goes on looking when DHCP tells a URL that is none of HTTP, or relative",
    proves: ["TR-069:3.1#unusable-url"],
    references: ["DSC-007"],
    needs,
    disturbs: "network",
    waits: (2 * ANSWERED + ASKS_AGAIN) / 1000,
    async drive(bench) {
      const there = await elsewhere(bench);
      return awayFromHome(
        bench,
        () => [there],
        async (session) => {
          says(bench, telling({ url: "ftp://192.0.2.1/acs" }));
          await withoutUrl(bench, session);
        },
        async (session) => {
          await session.end();
          await bench.acs.silence(ANSWERED);
          says(bench, telling({ url: "/acs" }));
          await bench.acs.silence(ANSWERED);
          says(bench, telling({ url: there.listener.url }));
          const came = await there.session("none", ASKS_AGAIN);
          await came?.end();
          return { inform: came?.inform, where: came?.inform.where ?? "no session at the address that DHCP told last" };
        },
      );
    },
    *judge(seen) {
      yield found("TR-069:3.1#unusable-url", seen);
    },
  }),
  cwmpCase({
    id: "cwmp.discovery.unreachable",
    title: "looks again by DHCP for an ACS that DHCP has told, and cannot be reached",
    proves: ["TR-069:3.1#unreachable"],
    references: ["DSC-008"],
    needs,
    disturbs: "network",
    waits: (UNREACHABLE + ASKS_AGAIN) / 1000,
    async drive(bench) {
      const [first, second] = [await elsewhere(bench), await elsewhere(bench)];
      return awayFromHome(
        bench,
        () => [first, second],
        async (session) => {
          says(bench, telling({ url: first.listener.url }));
          await withoutUrl(bench, session);
        },
        async (session) => {
          const told = await first.session(() => session.end(), bench.patience.reboot);
          await told?.end();
          await first.listener.close();
          says(bench, telling({ url: second.listener.url }));
          // It is called, so that it has something to try for.
          const came = told && (await second.session("usual", UNREACHABLE + ASKS_AGAIN));
          await came?.end();
          return { told: told?.inform, inform: came?.inform, where: came?.inform.where ?? "no session at the second address" };
        },
      );
    },
    *judge({ told, ...seen }) {
      if (told === undefined) yield found("TR-069:3.1#unreachable", { inform: told, where: "no session at the first address" });
      else yield found("TR-069:3.1#unreachable", seen);
    },
  }),
  cwmpCase({
    id: "cwmp.discovery.no-fallback",
    title: "does not look by DHCP for an ACS that it has not found so, and cannot reach",
    proves: ["TR-069:3.1#no-fallback"],
    references: ["DSC-010"],
    needs: [...needs, "other-acs-origin", "connection-request"],
    disturbs: "network",
    waits: (2 * UNREACHABLE + 2 * ASKS_AGAIN) / 1000,
    async drive(bench) {
      const { acs, phone, patience } = bench;
      const [given, told] = [await elsewhere(bench), await elsewhere(bench)];
      const places = [given, told];
      return awayFromHome(
        bench,
        () => places,
        async (session) => {
          says(bench, telling({ url: told.listener.url }));
          await withUrl(bench, session, given.listener.url);
        },
        async (session) => {
          const there = await given.session(() => session.end(), patience.reboot);
          await there?.end();
          await given.listener.close();
          // It is called, so that it has something to try for.
          await phone.connectionRequest();
          const strayed = await acs.silence(2 * UNREACHABLE, { accepts: told.arrived });
          await strayed?.end();
          // The same address again: whoever has waited for it comes back.
          places.push(await elsewhere(bench, given.listener.port));
          await showAlive(bench, { within: 2 * ASKS_AGAIN });
          return { strayed: strayed?.inform, port: given.listener.port };
        },
      );
    },
    *judge({ strayed, port }) {
      yield holds("TR-069:3.1#no-fallback", strayed === undefined, {
        expected: `no session but at port ${port}, where its ACS is`,
        actual: strayed === undefined ? "none" : "a session at the URL that DHCP has told",
        where: strayed?.where ?? "from the connection request on",
      });
    },
  }),
];
