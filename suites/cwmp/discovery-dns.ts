import type { Listener } from "../../harness/acs/acs.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { HeardQuery } from "../../harness/dns/dns.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { sameName } from "../../harness/wire/dns.ts";
import { awayFromHome, type Elsewhere, elsewhere, withUrl } from "../support/acs-discovery.ts";
import { DOMAIN } from "../support/dhcp.ts";

const needs = ["lan"] as const;

/** Seconds that an answer may be kept. */
const TTL = 60;

/** The ACS under a name, as a phone that was sent there sees it. */
interface Named extends Elsewhere {
  readonly host: string;
  /** The first session there; undefined when it does not come. */
  readonly inform: Exchange | undefined;
}

interface Naming {
  readonly path?: string;
  readonly ttl?: number;
  /** Addresses in place of that of the ACS. */
  addresses?(own: string): readonly string[];
}

/**
 * Gives the phone an ACS URL with a name in it, lets it come there, and brings it home after `use`.
 * @throws Inconclusive `precondition` when it refuses, or asks another DNS server
 */
async function underName<T>(bench: CwmpBench, naming: Naming, use: (named: Named) => Promise<T>): Promise<T> {
  const { acs, lan, patience } = bench;
  const there = await elsewhere(bench);
  const own = new URL(acs.url).hostname;
  const host = `assay-${Math.floor(bench.random() * 0xff_ff_ff_ff).toString(16)}.${DOMAIN}`;
  const { path = "/", ttl = TTL, addresses = () => [own] } = naming;
  lan.dns.name(host, { a: addresses(own), ttl });
  return awayFromHome(
    bench,
    () => [there],
    (session) => withUrl(bench, session, `http://${host}:${there.listener.port}${path}`),
    async (session) => {
      const came = await there.session(() => session.end(), patience.reboot);
      await came?.end();
      const asked = lan.dns.queries.some(({ question }) => sameName(question.name, host));
      if (!asked) throw new Inconclusive("precondition", "the phone does not ask the DNS server that DHCP tells");
      try {
        return await use({ ...there, host, inform: came?.inform });
      } finally {
        // However it was to be found, it can be found now.
        lan.dns.name(host, { a: [own], ttl: 1 });
      }
    },
  );
}

/** Sessions in which it shows whether the address is always the same. */
const SESSIONS = 8;

/** The ACS at another address of this machine. @throws Inconclusive `precondition` when it has none */
async function alsoAt({ acs }: CwmpBench, host: string, port: number): Promise<Listener> {
  try {
    return await acs.listen({ host, port });
  } catch (error) {
    throw new Inconclusive("precondition", `the bench cannot listen at a second address: ${(error as Error).message}`);
  }
}

/** Another address beside this one: of this machine, if that is its loopback, or of nobody. Nobody listens there by himself. */
const beside = (own: string): string =>
  own.startsWith("127.") ? own.replace(/\d+$/, (last) => String((Number(last) % 250) + 2)) : "192.0.2.1";

/** How a device finds the address of its ACS (TR-069 3.1). */
export const discoveryDnsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.discovery.several-addresses",
    title: "reaches its ACS where one of its addresses leads nowhere",
    proves: ["TR-069:3.1#several-addresses"],
    references: ["URL-001"],
    needs,
    disturbs: "network",
    drive: (bench) =>
      underName(bench, { addresses: (own) => [beside(own), own] }, async ({ host, inform }) => ({
        inform,
        where: inform?.where ?? `the ACS at ${host}`,
      })),
    *judge({ inform, where }) {
      yield holds("TR-069:3.1#several-addresses", inform !== undefined, {
        expected: "a session at the address of the two where the ACS is",
        actual: inform === undefined ? "none" : "one",
        where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.discovery.affinity",
    title: "stays with the address of its ACS that it has reached",
    proves: ["TR-069:3.1#affinity"],
    references: ["URL-001"],
    needs,
    disturbs: "network",
    drive: (bench) =>
      underName(bench, { addresses: (own) => [own, beside(own)] }, async ({ listener, session }) => {
        const second = await alsoAt(bench, beside(new URL(bench.acs.url).hostname), listener.port);
        try {
          const used: { readonly address: string; readonly where: string }[] = [];
          for (let count = 0; count < SESSIONS; count += 1) {
            const one = await session("usual", bench.patience.contact);
            await one?.end();
            if (one === undefined) throw new Inconclusive("unreachable", "the phone does not come again");
            const connection = bench.recording.connections.find(({ number }) => number === one.inform.connection);
            used.push({ address: connection?.harness.address ?? "", where: one.inform.where });
          }
          return used;
        } finally {
          await second.close();
        }
      }),
    *judge([first, ...others]) {
      for (const { address, where } of others) yield same("TR-069:3.1#affinity", { value: address, where }, first?.address ?? "");
    },
  }),
  cwmpCase({
    id: "cwmp.discovery.time-to-live",
    title: "resolves its ACS anew when an answer of DNS has become too old",
    proves: ["TR-069:3.1#time-to-live"],
    references: ["URL-002"],
    needs,
    disturbs: "network",
    waits: 2 * TTL,
    drive: (bench) =>
      underName(bench, {}, async ({ host, inform, session }) => {
        const { acs, lan, clock, patience } = bench;
        if (inform === undefined) throw new Inconclusive("precondition", "the phone does not come to an ACS that has a name");
        await acs.silence(2 * TTL * 1000);
        const from = clock.now();
        const later = await session("usual", patience.contact);
        await later?.end();
        if (later === undefined) throw new Inconclusive("unreachable", "the phone does not come again");
        const queries = lan.dns.queries.filter(({ question }) => sameName(question.name, host));
        const anew = queries.find(({ record }: HeardQuery) => record.at >= from && record.at <= later.inform.request.startedAt);
        return { anew, last: queries.at(-1), inform: later.inform };
      }),
    *judge({ anew, last, inform }) {
      yield holds("TR-069:3.1#time-to-live", anew !== undefined, {
        expected: `a query before the session, ${2 * TTL} s after an answer with a time to live of ${TTL} s`,
        actual: anew === undefined ? `none since ${last?.record.where ?? "ever"}` : "one",
        where: anew?.record.where ?? inform.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.discovery.whole-url",
    title: "goes to the port, path and query of an ACS URL",
    proves: ["TR-069:3.1#whole-url"],
    references: ["URL-003"],
    needs,
    disturbs: "network",
    async drive(bench) {
      const path = "/cwmp/assay%20acs?device=1&from=url";
      return underName(bench, { path }, async ({ host, inform }) => ({
        path,
        seen: { value: inform?.request.target, where: inform?.where ?? `the ACS at ${host}` },
      }));
    },
    *judge({ path, seen }) {
      yield same("TR-069:3.1#whole-url", seen, path);
    },
  }),
];
