import { deviceId, parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, type Located } from "../../harness/core/finding.ts";
import type { DhcpStep, HeardDhcp } from "../../harness/dhcp/dhcp.ts";
import { ANEW, expected, says, soonRenewing, USUAL } from "../support/dhcp.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { withStaticAddress } from "./support/address.ts";
import { ASSOCIATION, ELEMENTS, type Element, forumBlocks, identifies, toldIn } from "./support/device.ts";

/** Where DeviceInfo has what the sub-options tell (TR-111, Table 1). */
const DEVICE_INFO: Readonly<Record<Element, string>> = {
  oui: "DeviceInfo.ManufacturerOUI",
  serial: "DeviceInfo.SerialNumber",
  productClass: "DeviceInfo.ProductClass",
};

/**
 * Starts the phone anew so that it looks for a server, and gives all that it asked for on its way: one that asks for the address that it
 * had is refused that.
 */
async function startAnew(bench: CwmpBench): Promise<readonly HeardDhcp[]> {
  const { lan, patience } = bench;
  const before = lan.dhcp.heard.at(-1);
  const leased = (async () => {
    await expected(lan.dhcp.next(["discover"], patience.reboot), "DHCPDISCOVER");
    says(bench, USUAL);
    await expected(lan.dhcp.next(["request"], patience.reboot), "DHCPREQUEST after a DHCPOFFER");
  })();
  says(bench, USUAL, { request: { kind: "nak" } });
  const [session] = await Promise.all([lan.restart(), leased]);
  await session.end();
  const { heard } = lan.dhcp;
  return heard.slice(before === undefined ? 0 : heard.lastIndexOf(before) + 1);
}

/** Refuses the phone the renewal of its lease, and gives what it sends to get another one. */
async function refuse(bench: CwmpBench): Promise<readonly HeardDhcp[]> {
  const { lan } = bench;
  await soonRenewing(bench);
  says(bench, USUAL, { renewal: { kind: "nak" } });
  await lan.renewed();
  const discover = await expected(lan.dhcp.next(["discover"], ANEW), "DHCPDISCOVER after a DHCPNAK");
  return [discover, await expected(lan.dhcp.next(["request"], ANEW), "DHCPREQUEST after a DHCPOFFER")];
}

/** Milliseconds of a short lease in which a phone asks every server. */
const REBINDS = 90_000;

/** That what DHCP messages tell of an element is what CWMP tells. */
function* equals(requirement: string, heard: readonly HeardDhcp[], element: Element, known: Located): Iterable<Finding> {
  for (const { message } of heard) {
    if (forumBlocks(message).length === 0) continue;
    const told = toldIn(message, element);
    yield holds(requirement, (told.value ?? "") === (known.value ?? ""), {
      expected: `${JSON.stringify(known.value ?? "")} as in ${known.where}`,
      actual: told.value === undefined ? "no sub-option" : JSON.stringify(told.value),
      where: told.where,
    });
  }
}

export const deviceIdentityCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.device-identity.discover",
    title: "tells who it is when it looks for a DHCP server, and when it takes an offer",
    proves: ["TR-111:1.2.2#discover", "TR-111:1.2.2#request"],
    references: ["T11-001", "T11-002"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    drive: startAnew,
    *judge(heard) {
      const at = (wanted: DhcpStep): readonly HeardDhcp[] => heard.filter(({ step }) => step === wanted);
      yield* identifies("TR-111:1.2.2#discover", at("discover"));
      yield* identifies("TR-111:1.2.2#request", at("request"));
    },
  }),
  cwmpCase({
    id: "tr111.device-identity.renewal",
    title: "tells who it is when it renews its lease",
    proves: ["TR-111:1.2.2#renewal"],
    references: ["T11-002"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: ({ lan }) => lan.renewed(),
    *judge(renewal) {
      yield* identifies("TR-111:1.2.2#renewal", [renewal]);
    },
  }),
  cwmpCase({
    id: "tr111.device-identity.rebinding",
    title: "tells who it is when it asks any server to take its lease over",
    proves: ["TR-111:1.2.2#rebinding"],
    references: ["T11-002"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 90,
    async drive(bench) {
      const { lan } = bench;
      await soonRenewing(bench);
      says(bench, USUAL, { renewal: { kind: "silence" } });
      return expected(lan.dhcp.next(["rebinding"], REBINDS), "DHCPREQUEST to any server");
    },
    *judge(rebinding) {
      yield* identifies("TR-111:1.2.2#rebinding", [rebinding]);
    },
  }),
  cwmpCase({
    id: "tr111.device-identity.after-nak",
    title: "tells who it is again after a DHCPNAK",
    proves: ["TR-111:1.2.2#after-nak"],
    references: ["T11-002"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: refuse,
    *judge(heard) {
      yield* identifies("TR-111:1.2.2#after-nak", heard);
    },
  }),
  cwmpCase({
    id: "tr111.device-identity.inform",
    title: "tells who it is in DHCPINFORM when its address is set by hand",
    proves: ["TR-111:1.2.2#inform"],
    references: ["T11-008"],
    needs: [...ASSOCIATION, "dhcp-inform"],
    disturbs: "reboot",
    drive: (bench) => withStaticAddress(bench, async ({ inform }) => inform),
    *judge(inform) {
      yield* identifies("TR-111:1.2.2#inform", [inform]);
    },
  }),
  cwmpCase({
    id: "tr111.device-identity.device-info",
    title: "tells a DHCP server what its DeviceInfo says",
    proves: ["TR-111:1.2.5#device-info"],
    references: ["T11-006"],
    needs: ASSOCIATION,
    passive: true,
    drive: (bench) =>
      inSession(bench, async (session) => {
        const elements = ELEMENTS.filter((element) => bench.phone.has(DEVICE_INFO[element]));
        const names = elements.map((element) => bench.phone.path(DEVICE_INFO[element]));
        const reply = await session.getParameterValues(names);
        demand(reply, "GetParameterValues", `reading ${names.join(", ")}`);
        const known = elements.map((element, index) => ({ element, seen: parameterValue(reply, names[index] ?? "") }));
        return { heard: bench.lan.dhcp.heard.slice(), known };
      }),
    *judge({ heard, known }) {
      for (const { element, seen } of known) yield* equals("TR-111:1.2.5#device-info", heard, element, seen);
    },
  }),
  cwmpCase({
    id: "tr111.device-identity.device-id",
    title: "tells a DHCP server what the DeviceId of its Informs says",
    proves: ["TR-111:1.2.5#device-id"],
    references: ["T11-006"],
    needs: ASSOCIATION,
    passive: true,
    drive: (bench) => inSession(bench, async ({ inform }) => ({ heard: bench.lan.dhcp.heard.slice(), id: deviceId(inform) })),
    *judge({ heard, id }) {
      yield* equals("TR-111:1.2.5#device-id", heard, "oui", id.oui);
      yield* equals("TR-111:1.2.5#device-id", heard, "serial", id.serialNumber);
      yield* equals("TR-111:1.2.5#device-id", heard, "productClass", id.productClass);
    },
  }),
];
