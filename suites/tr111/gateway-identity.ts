import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, same } from "../../harness/core/finding.ts";
import type { DhcpReply } from "../../harness/dhcp/dhcp.ts";
import { inResponse } from "../support/answers.ts";
import { ANEW, expected, says } from "../support/dhcp.ts";
import { inSession } from "../support/stage.ts";
import { withStaticAddress } from "./support/address.ts";
import { ASSOCIATION, ELEMENTS, type Element } from "./support/device.ts";
import {
  answerWith,
  demandKnown,
  foreignBlock,
  type Gateway,
  infoNames,
  type Made,
  madeOf,
  namesIn,
  OTHER,
  shows,
  telling,
  watching,
} from "./support/gateway.ts";

/** A gateway whose OUI has zeros in front, and a letter behind them. */
const WITH_ZEROS: Gateway = { oui: "00C0FF", serial: "0099-XYZ", productClass: "Router 2" };

const WORDS: Readonly<Record<Element, string>> = { oui: "oui", serial: "serial-number", productClass: "product-class" };

/** That one parameter of GatewayInfo has this value. */
function* has(requirement: string, made: Made, element: Element, value: string): Iterable<Finding> {
  yield* inResponse(requirement, made.read, "GetParameterValues", function* () {
    yield same(requirement, parameterValue(made.read, made.names[element]), value);
  });
}

/** The gateway tells all but one element. */
const withoutElement = (element: Element): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `tr111.gateway-identity.without-${WORDS[element]}`,
    title: `records an empty string for a gateway's ${WORDS[element].replace("-", " ")} that is not told`,
    proves: [`TR-111:1.2.2#no-gateway-${WORDS[element]}`],
    references: ["T11-013"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    async drive(bench) {
      const { [element]: _left, ...told } = OTHER;
      const made = await madeOf(bench, telling(told));
      demandKnown(made, [element]);
      return made;
    },
    *judge(made) {
      yield* has(`TR-111:1.2.2#no-gateway-${WORDS[element]}`, made, element, "");
    },
  });

/** The gateway tells nothing any more. */
const emptied = (
  facts: { readonly id: string; readonly title: string; readonly requirement: string; readonly reference: string },
  drive: (bench: CwmpBench) => Promise<Made>,
  waits = 60,
): AnyCase<CwmpBench> =>
  cwmpCase({
    id: facts.id,
    title: facts.title,
    proves: [facts.requirement],
    references: [facts.reference],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits,
    async drive(bench) {
      const made = await drive(bench);
      demandKnown(made);
      return made;
    },
    *judge(made) {
      yield* shows(facts.requirement, made, {});
    },
  });

/** A server takes the lease over whose own server does not answer. */
const rebound = (bench: CwmpBench, reply: DhcpReply): Promise<Made> =>
  watching(bench, async () => {
    says(bench, reply, { renewal: { kind: "silence" } });
    await expected(bench.lan.dhcp.next(["rebinding"], 90_000), "DHCPREQUEST to any server");
  });

/** Milliseconds in which a phone tells the ACS of what it was refused, or has to see to first, before it is looked at. */
const SEES_TO = 5_000;

/** Lets the phone open a session of its own. */
async function letTell({ acs }: CwmpBench): Promise<void> {
  await (await acs.silence(SEES_TO))?.end();
}

/** Refuses the phone the renewal of its lease, offers it one, and grants that. It is looked at before it renews that one. */
const offeredAndGranted = (bench: CwmpBench, offer: DhcpReply, grant: DhcpReply): Promise<Made> => {
  const happens = async (): Promise<void> => {
    const { lan } = bench;
    says(bench, grant, { renewal: { kind: "nak" }, discover: offer });
    await lan.renewed();
    await expected(lan.dhcp.next(["discover"], ANEW), "DHCPDISCOVER after a DHCPNAK");
    await expected(lan.dhcp.next(["request"], ANEW), "DHCPREQUEST after a DHCPOFFER");
    says(bench, grant);
    await letTell(bench);
  };
  return watching(bench, happens, SEES_TO);
};

/** What of its gateway a phone records, whichever answer tells it. */
export const gatewayIdentityCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.gateway-identity.recorded",
    title: "records who its gateway is, each element as its own parameter",
    proves: ["TR-111:1.2.2#gateway-oui", "TR-111:1.2.2#gateway-serial-number", "TR-111:1.2.2#gateway-product-class"],
    references: ["T11-009"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, telling(WITH_ZEROS)),
    *judge(made) {
      for (const element of ELEMENTS) yield* has(`TR-111:1.2.2#gateway-${WORDS[element]}`, made, element, WITH_ZEROS[element]);
    },
  }),
  ...ELEMENTS.map(withoutElement),
  emptied(
    {
      id: "tr111.gateway-identity.no-option",
      title: "records empty strings when the gateway does not tell who it is",
      requirement: "TR-111:1.2.2#no-option",
      reference: "T11-012",
    },
    (bench) => madeOf(bench, telling(undefined)),
  ),
  emptied(
    {
      id: "tr111.gateway-identity.other-enterprise",
      title: "takes what another enterprise says for no gateway",
      requirement: "TR-111:1.2.2#no-block",
      reference: "T11-012",
    },
    (bench) => madeOf(bench, answerWith(foreignBlock(9))),
  ),
  cwmpCase({
    id: "tr111.gateway-identity.rebound",
    title: "records the gateway that takes its lease over",
    proves: ["TR-111:1.2.2#rebound"],
    references: ["T11-009"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 90,
    drive: (bench) => rebound(bench, telling(OTHER)),
    *judge(made) {
      yield* shows("TR-111:1.2.2#rebound", made, OTHER);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-identity.informed",
    title: "records the gateway that answers its DHCPINFORM",
    proves: ["TR-111:1.2.2#informed"],
    references: ["T11-008", "T11-009"],
    needs: [...ASSOCIATION, "dhcp-inform"],
    disturbs: "reboot",
    drive(bench) {
      const names = infoNames(bench.phone);
      says(bench, telling(OTHER));
      return withStaticAddress(bench, async ({ session }) => {
        await session.end();
        await letTell(bench);
        return inSession(bench, async (after) => ({ names, read: await after.getParameterValues(namesIn(names)) }));
      });
    },
    *judge(made) {
      yield* shows("TR-111:1.2.2#informed", made, OTHER);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-identity.acknowledged",
    title: "records what DHCPACK says where DHCPOFFER said something else",
    proves: ["TR-111:1.2.2#acknowledged"],
    references: ["T11-015"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) =>
      offeredAndGranted(bench, telling({ oui: "5A17B0", serial: "OFFERED-1", productClass: "Offerer" }), telling(OTHER)),
    *judge(made) {
      yield* shows("TR-111:1.2.2#acknowledged", made, OTHER);
    },
  }),
  emptied(
    {
      id: "tr111.gateway-identity.offered-only",
      title: "records no gateway that was told in DHCPOFFER and not in DHCPACK",
      requirement: "TR-111:1.2.2#offered-only",
      reference: "T11-015",
    },
    (bench) => offeredAndGranted(bench, telling(OTHER), telling(undefined)),
  ),
];
