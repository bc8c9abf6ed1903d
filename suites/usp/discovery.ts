import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds, type Located, same } from "../../harness/core/finding.ts";
import type { HeardQuery } from "../../harness/dns/dns.ts";
import { located } from "../../harness/wire/dhcp.ts";
import { BROADBAND_FORUM, DEVICE } from "../../harness/wire/dhcp-names.ts";
import { readText, subOptionOf, vendorClassOf, vendorInformationOf } from "../../harness/wire/dhcp-vendor.ts";
import { DNS_TYPE, sameName } from "../../harness/wire/dns.ts";
import { DOMAIN } from "../support/dhcp.ts";
import { deviceInfo, ELEMENTS } from "./support/gateway.ts";
import { DISCARD, entryValue, restarted, type Told, wait, withTold } from "./support/lan.ts";
import { freshName } from "./support/making.ts";
import { withSecondEntry } from "./support/second-controller.ts";

const needs = ["lan", "usp-dhcp-discovery", "usp-reboot"] as const;

/** What a name is that nobody can have asked for before. */
const freshHost = (bench: UspBench): string => `${freshName(bench)}.${DOMAIN}`;

/** An address at which nobody listens on the port that goes with it. */
const nowhere = ({ websocket }: UspBench): string => new URL(websocket.url).hostname;

const asksFor = (type: number, { question }: HeardQuery): boolean => question.type === type || question.type === DNS_TYPE.ANY;

/** Questions of the DNS server about a host, or about what is below or above it in its name. */
const about = ({ lan }: UspBench, host: string): readonly HeardQuery[] => {
  const [label = ""] = host.split(".");
  return lan.dns.queries.filter(({ question }) => question.name.toLowerCase().includes(label));
};

const isOurs = (name: string): boolean => `.${name.toLowerCase()}`.endsWith(`.${DOMAIN}`);

/** Lets DNS tell of a controller at a host, over either MTP, whether it is looked for below the host or in its domain. */
function offer(bench: UspBench, host: string, endpointId: string): void {
  const { dns } = bench.lan;
  dns.name(host, { a: [nowhere(bench)] });
  for (const place of [host, DOMAIN])
    for (const service of [`_usp-ctr-ws._tcp.${place}`, `_usp-ctr-mqtt._tcp.${place}`]) {
      dns.name(service, { ptr: [`${endpointId}.${service}`] });
      const srv = [{ priority: 0, weight: 1, port: DISCARD, target: host }];
      dns.name(`${endpointId}.${service}`, { srv, txt: [["path=/usp"]] });
    }
}

/** That the addresses of a host were asked for. */
function resolved(requirement: string, queries: readonly HeardQuery[], host: string): Finding {
  const found = queries.find(
    (query) => sameName(query.question.name, host) && (asksFor(DNS_TYPE.A, query) || asksFor(DNS_TYPE.AAAA, query)),
  );
  return holds(requirement, found !== undefined, {
    expected: `a query of DNS for an address of ${host}`,
    actual: found === undefined ? few(queries.map(({ record }) => record.where)) : "one",
    where: found?.record.where ?? `names below ${DOMAIN}`,
  });
}

/**
 * What the entry of a controller shows of what DHCP tells: that of our own, or of a new one where the agent takes nothing for a
 * controller that it knows.
 */
async function learntBy(bench: UspBench, told: Told): Promise<(name: string) => Located> {
  const { endpointId } = bench.controller;
  const before = (await entryValue(bench, endpointId))("ProvisioningCode").value;
  const own = await withTold(bench, { ...told, endpointId }, () => entryValue(bench, endpointId));
  if (own("ProvisioningCode").value !== before) return own;
  const other = `self::${freshName(bench)}`;
  const url = `ws://${nowhere(bench)}:${DISCARD}/usp`;
  return withTold(bench, { ...told, url, endpointId: other }, () => entryValue(bench, other));
}

/** Discovery of controllers by DHCP and DNS (TR-369 "Use of DHCP for Acquiring Controller Information", "Using DNS"). */
export const discoveryCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.discovery.vendor-class",
    title: "asks for a controller by the vendor class usp in its DHCP requests",
    proves: ["TR-369:R-DIS.1"],
    references: ["TP-469 8.1"],
    needs,
    disturbs: "reboot",
    drive: restarted,
    *judge(heard) {
      for (const { message } of heard) {
        const classes = vendorClassOf(message)?.classes ?? [];
        const items = classes.flatMap(({ enterprise, items: own }) => (enterprise === BROADBAND_FORUM ? own : []));
        const texts = items.map(({ value }) => readText(value).text);
        yield holds("TR-369:R-DIS.1", texts.includes("usp"), {
          expected: `option 124 with "usp" for enterprise ${BROADBAND_FORUM}`,
          actual: texts.length > 0 ? few(texts) : classes.length > 0 ? "another enterprise" : "no such option",
          where: located(message, items[0], items[0]?.offset).where,
        });
      }
    },
  }),
  uspCase({
    id: "usp.discovery.null-terminated",
    title: "takes a null-terminated provisioning code of a DHCP server without the null",
    proves: ["TR-369:R-DIS.1c"],
    references: ["TP-469 8.2"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const code = freshName(bench);
      const value = await learntBy(bench, { provisioningCode: `${code}\0` });
      return { code, seen: value("ProvisioningCode") };
    },
    *judge({ code, seen }) {
      yield same("TR-369:R-DIS.1c", seen, code);
    },
  }),
  uspCase({
    id: "usp.discovery.null-terminated-endpoint-id",
    title: "takes the null-terminated Endpoint ID of a new controller without the null",
    proves: ["TR-369:R-DIS.1c"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const endpointId = `self::${freshName(bench)}`;
      const url = `ws://${nowhere(bench)}:${DISCARD}/usp`;
      return withTold(bench, { url: `${url}\0`, endpointId: `${endpointId}\0` }, async () => ({
        endpointId,
        seen: (await entryValue(bench, endpointId))("EndpointID"),
      }));
    },
    *judge({ endpointId, seen }) {
      yield same("TR-369:R-DIS.1c", seen, endpointId);
    },
  }),
  uspCase({
    id: "usp.discovery.text",
    title: "reads provisioning code and retry intervals of a DHCP server as text",
    proves: ["TR-369:R-DIS.1a"],
    needs,
    disturbs: "reboot",
    drive: (bench) => learntBy(bench, { provisioningCode: "0042", retryMinimumWait: "7", retryMultiplier: "2500" }),
    *judge(value) {
      yield same("TR-369:R-DIS.1a", value("ProvisioningCode"), "0042");
      yield same("TR-369:R-DIS.1a", value("USPNotifRetryMinimumWaitInterval"), 7);
      yield same("TR-369:R-DIS.1a", value("USPNotifRetryIntervalMultiplier"), 2500);
    },
  }),
  uspCase({
    id: "usp.discovery.url",
    title: "resolves the host of a controller's URL from DHCP as it stands, by DNS",
    proves: ["TR-369:R-DIS.1b", "TR-369:R-DIS.6"],
    beyondPlan: ["TR-369:R-DIS.1b"],
    references: ["TP-469 8.3"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const host = freshHost(bench);
      bench.lan.dns.name(host, { a: [nowhere(bench)] });
      const told = { url: `ws://${host}:${DISCARD}/usp`, endpointId: `self::${freshName(bench)}` };
      return withTold(bench, told, async () => {
        await wait(bench);
        return { host, queries: about(bench, host) };
      });
    },
    *judge({ host, queries }) {
      yield resolved("TR-369:R-DIS.6", queries, host);
      // Services of the host have names below it; a name that goes on behind it is another one.
      const others = queries.filter(({ question }) => !`.${question.name.toLowerCase()}`.endsWith(`.${host}`));
      yield holds("TR-369:R-DIS.1b", queries.length > 0 && others.length === 0, {
        expected: `questions about ${host}, and none about a name that it is only a part of`,
        actual: queries.length === 0 ? "no question" : few([...new Set(queries.map(({ question }) => question.name))]),
        where: (others[0] ?? queries[0])?.record.where ?? `names below ${DOMAIN}`,
      });
    },
  }),
  uspCase({
    id: "usp.discovery.name",
    title: "asks for DNS-SD records when DHCP tells no more than a controller's name",
    proves: ["TR-369:R-DIS.7"],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      const [host, endpointId] = [freshHost(bench), `self::${freshName(bench)}`];
      offer(bench, host, endpointId);
      const start = bench.clock.now();
      return withTold(bench, { url: host, endpointId }, async () => {
        await wait(bench);
        const queries = bench.lan.dns.queries.filter(({ question, record }) => record.at >= start && isOurs(question.name));
        return { host, queries };
      });
    },
    *judge({ host, queries }) {
      for (const type of ["PTR", "SRV", "TXT"] as const) {
        const found = queries.find((query) => asksFor(DNS_TYPE[type], query));
        yield holds("TR-369:R-DIS.7", found !== undefined, {
          expected: `a query for ${type} records of ${host}`,
          actual: found === undefined ? few(queries.map(({ record }) => record.where)) : "one",
          where: found?.record.where ?? `names below ${DOMAIN}`,
        });
      }
    },
  }),
  uspCase({
    id: "usp.discovery.dns",
    title: "resolves the host of a controller that it was given by DNS",
    proves: ["TR-369:R-DIS.6"],
    needs: ["lan", "usp-add-controller", "usp-websocket"],
    async drive(bench) {
      const host = freshHost(bench);
      bench.lan.dns.name(host, { a: [nowhere(bench)] });
      return withSecondEntry(bench, { url: `ws://${host}:${DISCARD}/usp` }, async () => {
        await wait(bench);
        return { host, queries: about(bench, host) };
      });
    },
    *judge({ host, queries }) {
      yield resolved("TR-369:R-DIS.6", queries, host);
    },
  }),
  uspCase({
    id: "usp.discovery.identity",
    title: "tells the DHCP server in its requests which device it is",
    proves: ["TR-369:R-DIS.2a"],
    needs: ["lan", "device-gateway-association", "usp-reboot"],
    disturbs: "reboot",
    drive: async (bench) => ({ heard: await restarted(bench), own: await deviceInfo(bench) }),
    *judge({ heard, own }) {
      for (const { message } of heard)
        for (const element of ELEMENTS) {
          const found = subOptionOf(vendorInformationOf(message), BROADBAND_FORUM, DEVICE[element]);
          const seen = located(message, found && readText(found.value).text, found?.offset);
          // What the device has no value for it cannot tell.
          if (own[element] !== "" || found !== undefined) yield same("TR-369:R-DIS.2a", seen, own[element]);
        }
    },
  }),
];
