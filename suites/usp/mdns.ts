import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, present, same } from "../../harness/core/finding.ts";
import { DNS_TYPE, sameName } from "../../harness/wire/dns.ts";
import {
  asked,
  attributeIn,
  described,
  type HeardRecord,
  instanceIn,
  mtpOver,
  ofService,
  recordsIn,
  toAdvertise,
} from "./support/advertised.ts";
import { tidily } from "./support/instances.ts";
import { DISCARD, wait } from "./support/lan.ts";
import { calling, listensAt } from "./support/listening.ts";
import { freshName } from "./support/making.ts";
import { reboot } from "./support/reboot.ts";
import { withSecondEntry } from "./support/second-controller.ts";

const needs = ["lan", "usp-mdns"] as const;

const SPEAKS = "TR-369:R-DIS.3";
const LISTENS = "TR-369:R-DIS.4";
const RESOLVES = "TR-369:R-DIS.5";
const INSTANCE = "TR-369:R-DIS.8";
const ATTRIBUTES = "TR-369:R-DIS.9";
const NAME = "TR-369:R-DIS.10";
const ENCRYPT = "TR-369:R-DIS.11a";
const PATH = "TR-369:R-WS.3";

const FRIENDLY_NAME = "Device.DeviceInfo.FriendlyName";

/** What the device has said by multicast DNS since it started, unasked, and what it was to say. */
async function announced(bench: UspBench) {
  const mtps = await toAdvertise(bench);
  const start = bench.clock.now();
  await reboot(bench);
  await wait(bench);
  const records = recordsIn(bench.lan.mdns.heard.filter(({ record }) => record.at >= start));
  return { mtps, records, endpointId: bench.agent.endpointId, start: bench.lan.mdns.heard.at(-1)?.record.where ?? "mDNS" };
}

/** That there are records of these types for a service, and that they are called after the agent. */
function* instances(
  records: readonly HeardRecord[],
  service: string,
  types: readonly ("PTR" | "SRV" | "TXT")[],
  endpointId: string,
  where: string,
): Iterable<Finding> {
  for (const type of types) {
    const found = ofService(records, service, type);
    yield holds(SPEAKS, found.length > 0, {
      expected: `a ${type} record of ${service}`,
      actual: found.length > 0 ? "one" : "none",
      where: found[0]?.where ?? where,
    });
    for (const one of found) yield same(INSTANCE, { value: instanceIn(one), where: one.where }, endpointId);
    if (found.length === 0) yield same(INSTANCE, { value: undefined, where }, endpointId);
  }
}

/** Advertisement by multicast DNS (TR-369 "Using mDNS", "DNS-SD Records"). */
export const mdnsCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.discovery.mdns-announces",
    title: "announces each MTP by mDNS when it has started",
    proves: [SPEAKS, INSTANCE],
    beyondPlan: [INSTANCE],
    references: ["TP-469 8.5"],
    needs: [...needs, "usp-reboot"],
    disturbs: "reboot",
    drive: announced,
    *judge({ mtps, records, endpointId, start }) {
      for (const { service } of mtps) yield* instances(records, service, ["SRV", "TXT"], endpointId, start);
    },
  }),
  uspCase({
    id: "usp.discovery.mdns-announced-text",
    title: "announces a TXT record with path and name for each MTP",
    proves: [ATTRIBUTES],
    references: ["TP-469 8.6"],
    needs: [...needs, "usp-reboot"],
    disturbs: "reboot",
    drive: announced,
    *judge({ mtps, records, start }) {
      for (const { service } of mtps) {
        const [text] = ofService(records, service, "TXT");
        for (const key of ["path", "name"])
          yield present(ATTRIBUTES, attributeIn(text, key, text?.where ?? start), `"${key}" in the TXT record of ${service}`);
      }
    },
  }),
  uspCase({
    id: "usp.discovery.mdns-answers",
    title: "answers a question for agents by its records",
    proves: [SPEAKS, INSTANCE],
    references: ["TP-469 8.7"],
    needs,
    async drive(bench) {
      const mtps = await toAdvertise(bench);
      const answers: { service: string; records: readonly HeardRecord[]; where: string }[] = [];
      for (const { service } of mtps) {
        const answer = await asked(bench, service, "PTR");
        const where = answer?.record.where ?? `a query for ${service}`;
        answers.push({ service, records: recordsIn(answer === undefined ? [] : [answer]), where });
      }
      return { answers, endpointId: bench.agent.endpointId };
    },
    *judge({ answers, endpointId }) {
      for (const { service, records, where } of answers) yield* instances(records, service, ["PTR"], endpointId, where);
    },
  }),
  uspCase({
    id: "usp.discovery.mdns-text",
    title: "tells the path of its WebSocket server in its TXT record, and its encryption",
    proves: [PATH, ENCRYPT],
    needs,
    drive: async (bench) => described(bench, await mtpOver(bench, "WebSocket")),
    *judge({ mtp, text, where }) {
      const path = mtp.value("WebSocket.Path") ?? "";
      yield same(PATH, attributeIn(text, "path", where), `/${path.replace(/^\//, "")}`);
      const needsIt = /^(?:true|1)$/.test(mtp.value("WebSocket.EnableEncryption") ?? "");
      const encrypt = attributeIn(text, "encrypt", where);
      yield holds(ENCRYPT, text !== undefined && (encrypt.value !== undefined) === needsIt, {
        expected: needsIt ? '"encrypt"' : 'no "encrypt"',
        actual: text === undefined ? "no TXT record" : encrypt.value === undefined ? "none" : "one",
        where: encrypt.where,
      });
    },
  }),
  uspCase({
    id: "usp.discovery.mdns-friendly-name",
    title: "tells its FriendlyName in its TXT record, another one too",
    proves: [NAME],
    needs,
    async drive(bench) {
      const { controller, agent } = bench;
      if (!agent.supports(FRIENDLY_NAME)) throw new Inconclusive("precondition", `the agent has no ${FRIENDLY_NAME}`);
      const before = parametersIn(await controller.get([FRIENDLY_NAME])).get(FRIENDLY_NAME)?.value ?? "";
      const mtp = await mtpOver(bench, "WebSocket");
      if (!agent.writes(FRIENDLY_NAME)) return { ...(await described(bench, mtp)), name: before };
      const name = freshName(bench);
      const give = (value: string) =>
        controller.set([{ path: "Device.DeviceInfo.", params: [{ name: "FriendlyName", value, required: true }] }]);
      const { kind, summary } = await give(name);
      if (kind !== "response")
        throw new Inconclusive("precondition", `writing ${FRIENDLY_NAME}: the agent gave ${summary.value}`);
      try {
        await wait(bench);
        return { ...(await described(bench, mtp)), name };
      } finally {
        await tidily(() => give(before));
      }
    },
    *judge({ text, name, where }) {
      yield same(NAME, attributeIn(text, "name", where), name);
    },
  }),
  uspCase({
    id: "usp.discovery.mdns-listens",
    title: "listens for WebSockets where its DNS-SD records say",
    proves: [LISTENS],
    needs: [...needs, "usp-websocket-server", "usp-websocket"],
    async drive(bench) {
      const { service, text, where } = await described(bench, await mtpOver(bench, "WebSocket"));
      const data = service?.record.data;
      const path = attributeIn(text, "path", where).value;
      if (data?.kind !== "SRV" || path === undefined)
        throw new Inconclusive("precondition", "the agent tells no SRV record, or no path, when it is asked");
      const url = new URL(await listensAt(bench));
      url.port = String(data.port);
      url.pathname = path;
      return calling(bench, bench.controller.endpointId, url.href, async (caller) => ({
        url: url.href,
        status: (await caller.dial()).status,
      }));
    },
    *judge({ url, status }) {
      // Whom it takes is another matter: that it knows the path, and speaks the protocol, is enough.
      const isThere = status.value !== undefined && (status.value === 101 || (status.value >= 400 && status.value !== 404));
      yield holds(LISTENS, isThere, {
        expected: `an agent that listens at ${url}`,
        actual: status.value === undefined ? "no answer" : `status ${status.value}`,
        where: status.where,
      });
    },
  }),
  uspCase({
    id: "usp.discovery.mdns-resolves",
    title: "resolves the host of a controller in .local by mDNS",
    proves: [RESOLVES],
    references: ["TP-469 8.4"],
    needs: [...needs, "usp-add-controller", "usp-websocket"],
    async drive(bench) {
      const host = `${freshName(bench)}.local`;
      const { mdns, dns } = bench.lan;
      const start = bench.clock.now();
      mdns.name(host, { a: [new URL(bench.websocket.url).hostname] });
      return withSecondEntry(bench, { url: `ws://${host}:${DISCARD}/usp` }, async () => {
        await wait(bench);
        const queries = mdns.heard.filter(({ message, record }) => !message.response && record.at >= start);
        return { host, queries, others: dns.queries.filter(({ question }) => sameName(question.name, host)) };
      });
    },
    *judge({ host, queries, others }) {
      const types: readonly number[] = [DNS_TYPE.A, DNS_TYPE.AAAA, DNS_TYPE.ANY];
      const found = queries.find(({ message }) =>
        message.questions.some(({ name, type }) => sameName(name, host) && types.includes(type)),
      );
      yield holds(RESOLVES, found !== undefined, {
        expected: `a query of mDNS for an address of ${host}`,
        actual:
          found !== undefined ? "one" : others.length > 0 ? "a query of DNS" : few(queries.map(({ record }) => record.where)),
        where: (found ?? others[0])?.record.where ?? "mDNS",
      });
    },
  }),
];
