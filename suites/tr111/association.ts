import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { CONNECTION_REQUEST, FOLLOWING, succeeded } from "../support/connection-requests.ts";
import { says, USUAL } from "../support/dhcp.ts";
import { withStaticAddress } from "./support/address.ts";
import { deviceKnown, gatewayKnown, readBoth, withMapping } from "./support/association.ts";
import { ASSOCIATION } from "./support/device.ts";

/** Device and gateway managed by one party, which compares what they tell of each other (TR-111 Part 1, figures 1 and 2). */
export const associationCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.association.dhcp",
    title: "is known to its gateway, and knows it, as the ACS of both sees",
    proves: ["TR-111:1.2.3#device-known", "TR-111:1.2.3#gateway-known"],
    references: ["T11-006", "T11-009", "T11-029"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    async drive(bench) {
      says(bench, USUAL);
      return readBoth(bench, await bench.lan.restart());
    },
    *judge(sides) {
      yield deviceKnown("TR-111:1.2.3#device-known", sides);
      yield* gatewayKnown("TR-111:1.2.3#gateway-known", sides);
    },
  }),
  cwmpCase({
    id: "tr111.association.dhcp-inform",
    title: "is known to its gateway, and knows it, where its address is set by hand",
    proves: ["TR-111:1.2.4#device-known-by-inform", "TR-111:1.2.4#gateway-known-by-inform"],
    references: ["T11-008", "T11-029"],
    needs: [...ASSOCIATION, "dhcp-inform"],
    disturbs: "reboot",
    drive: (bench) => withStaticAddress(bench, ({ session }) => readBoth(bench, session)),
    *judge(sides) {
      yield deviceKnown("TR-111:1.2.4#device-known-by-inform", sides);
      yield* gatewayKnown("TR-111:1.2.4#gateway-known-by-inform", sides);
    },
  }),
  cwmpCase({
    id: "tr111.association.port-mapping",
    title: "is reached through a port mapping that the ACS makes in its gateway",
    proves: ["TR-069:3.2.2#mapped-request", "TR-069:3.2.2#mapped-session"],
    references: ["T11-029"],
    needs: [...ASSOCIATION, "connection-request"],
    waits: 30,
    async drive(bench) {
      const { acs, gateway, phone } = bench;
      const inner = new URL(phone.connectionRequestURL);
      const externalPort = await gateway.freePort();
      const internalPort = Number(inner.port || 80);
      const seen = await withMapping(bench, { externalPort, internalClient: inner.hostname, internalPort }, async (address) => {
        const outer = new URL(inner);
        outer.hostname = address;
        outer.port = String(externalPort);
        const answer = await phone.connectionRequest({ url: outer.href });
        const session = await acs.silence(FOLLOWING, { event: CONNECTION_REQUEST });
        await session?.end();
        return { answer, inform: session?.inform };
      });
      await showAlive(bench);
      return seen;
    },
    *judge({ answer, inform }) {
      yield succeeded("TR-069:3.2.2#mapped-request", answer);
      yield holds("TR-069:3.2.2#mapped-session", inform !== undefined, {
        expected: `an Inform with ${CONNECTION_REQUEST} within ${FOLLOWING / 1000} s`,
        actual: inform === undefined ? "none" : "so",
        where: inform?.where ?? answer.last.where,
      });
    },
  }),
];
