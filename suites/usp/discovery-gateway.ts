import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import type { GatewayIdentity } from "../../harness/dhcp/dhcp.ts";
import { says } from "../support/dhcp.ts";
import { gatewayInfo, type ShownGateway, shows, speaks } from "./support/gateway.ts";
import { restarted, wait } from "./support/lan.ts";
import { freshName } from "./support/making.ts";

const needs = ["lan", "device-gateway-association", "usp-reboot"] as const;

const SHOWS = "TR-369:R-DIS.2c";
const SPEAKS_USP = "TR-369:R-DIS.2d";

const OTHER = { oui: "0000AA", serial: "ASSAY-GW-2", productClass: "Assay gateway" };
const NOBODY = { oui: "", serial: "", productClass: "" };

/** What the agent shows when it has started with a gateway that tells this of itself. */
async function startedWith(bench: UspBench, gateway: GatewayIdentity | undefined): Promise<ShownGateway> {
  says(bench, { kind: "answer", gateway });
  await restarted(bench);
  return gatewayInfo(bench);
}

/** What an agent shows of its gateway (TR-369 "Use of DHCP for Exchanging GatewayInfo"). */
export const discoveryGatewayCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.discovery.gateway-info",
    title: "shows the gateway that DHCP has told it of, as one of CWMP",
    proves: [SHOWS],
    needs,
    disturbs: "reboot",
    drive: (bench) => startedWith(bench, OTHER),
    *judge(seen) {
      yield* shows(SHOWS, seen, OTHER);
      yield speaks(SHOWS, seen, "CWMP");
    },
  }),
  uspCase({
    id: "usp.discovery.gateway-info-in-part",
    title: "shows no product class for a gateway that tells none",
    proves: [SHOWS],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      // There is something to be forgotten.
      await startedWith(bench, OTHER);
      return startedWith(bench, { oui: OTHER.oui, serial: OTHER.serial });
    },
    *judge(seen) {
      yield* shows(SHOWS, seen, { ...OTHER, productClass: "" });
      yield speaks(SHOWS, seen, "CWMP");
    },
  }),
  uspCase({
    id: "usp.discovery.gateway-info-gone",
    title: "shows no gateway when DHCP tells of none any more",
    proves: [SHOWS],
    needs,
    disturbs: "reboot",
    async drive(bench) {
      await startedWith(bench, OTHER);
      return startedWith(bench, undefined);
    },
    *judge(seen) {
      yield* shows(SHOWS, seen, NOBODY);
      yield speaks(SHOWS, seen, "");
    },
  }),
  uspCase({
    id: "usp.discovery.gateway-agent",
    title: "shows that its gateway speaks USP, once mDNS has told so",
    proves: [SPEAKS_USP],
    needs: [...needs, "usp-mdns"],
    disturbs: "reboot",
    async drive(bench) {
      const { mdns, address } = bench.lan;
      const endpointId = `self::${freshName(bench)}`;
      const service = "_usp-agt-ws._tcp.local";
      const [instance, host] = [`${endpointId}.${service}`, `${freshName(bench)}.local`];
      mdns.name(service, { ptr: [instance] });
      mdns.name(instance, {
        srv: [{ priority: 0, weight: 0, port: 5683, target: host }],
        txt: [["path=/usp", "name=gateway"]],
      });
      mdns.name(host, { a: [address] });
      says(bench, { kind: "answer", gateway: OTHER });
      await restarted(bench);
      // An agent that asks nobody hears it nevertheless.
      mdns.send({
        response: true,
        authoritative: true,
        answers: [{ name: service, ttl: 120, data: { kind: "PTR", name: instance } }],
        additionals: [
          { name: instance, ttl: 120, data: { kind: "SRV", priority: 0, weight: 0, port: 5683, target: host } },
          { name: instance, ttl: 120, data: { kind: "TXT", strings: ["path=/usp", "name=gateway"] } },
          { name: host, ttl: 120, data: { kind: "A", address } },
        ],
      });
      await wait(bench);
      return { endpointId, seen: await gatewayInfo(bench) };
    },
    *judge({ endpointId, seen }) {
      yield speaks(SPEAKS_USP, seen, "USP");
      yield same(SPEAKS_USP, seen("EndpointID"), endpointId);
    },
  }),
];
