import { eventCodes, hasEvent } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { pause } from "../../harness/core/clock.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { GatewayIdentity } from "../../harness/dhcp/dhcp.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { comes } from "../support/contacts.ts";
import { says, soonRenewing, USUAL } from "../support/dhcp.ts";
import { gatherInforms } from "../support/failures.ts";
import { concerns, notifies, VALUE_CHANGE } from "../support/local.ts";
import { notified, notNotified } from "../support/notified.ts";
import { ASSOCIATION, ELEMENTS } from "./support/device.ts";
import { demandKnown, type Known, known, madeOf, namesIn, OTHER, shows, telling } from "./support/gateway.ts";

const needs = ASSOCIATION;

/** Milliseconds for a phone to see that its lease is over. */
const NOTICES = 5_000;

/** The Inform of a session that came by itself has 4 VALUE CHANGE. */
const hasCome = (requirement: string, own: Exchange | undefined): Finding =>
  holds(requirement, hasEvent(own, VALUE_CHANGE), {
    expected: `a session that comes by itself, with ${VALUE_CHANGE}`,
    actual: own === undefined ? "no session about GatewayInfo" : (eventCodes(own).value?.join(", ") ?? "no event"),
    where: own?.where ?? "after the DHCPACK",
  });

/** What was seen of a phone whose lease had ended, and that was given one again. */
interface WithoutLease extends Known {
  /** GetParameterValues of GatewayInfo while it had no lease; absent when it could not be reached then. */
  readonly read: Reply | undefined;
  /** Informs since the lease ended, also those after it was given one again. */
  readonly informs: readonly Exchange[];
}

/** Has a phone's lease `end`, looks at it, and lets it have one again. */
async function withoutLease(bench: CwmpBench, end: () => Promise<unknown>): Promise<WithoutLease> {
  const { acs, lan, clock, patience } = bench;
  await soonRenewing(bench);
  const { names, before } = await known(bench);
  demandKnown({ names, before });
  const informs = gatherInforms(acs);
  try {
    await end();
    bench.step("the lease of the phone is over");
    await pause(clock, NOTICES);
    const session = await comes(acs, {});
    const read = await session?.getParameterValues(namesIn(names));
    await session?.end();
    const leased = lan.dhcp.next(["request"], patience.reboot);
    says(bench, USUAL);
    await leased;
    // A phone that needs its lease to be managed tells of it now: GatewayInfo was empty in between (TR-069 A.3.3.1).
    const about = (inform: Exchange): boolean => namesIn(names).some((name) => concerns(inform, name));
    if (read === undefined) {
      const told = await comes(acs, { trigger: "none", accepts: about, within: patience.reboot });
      await told?.end();
      if (told === undefined)
        throw new Inconclusive(
          "precondition",
          "the phone cannot be reached without a lease, and told of no change when it had one",
        );
    }
    return { names, before, read, informs: informs.seen.slice() };
  } finally {
    informs.stop();
  }
}

/** That GatewayInfo was empty while there was no lease. */
function* wasEmptied(requirement: string, { names, read, informs }: WithoutLease): Iterable<Finding> {
  if (read !== undefined) return yield* shows(requirement, { names, read }, {});
  for (const name of namesIn(names)) {
    const inform = informs.find((one) => notifies(one, name));
    yield holds(requirement, inform !== undefined, {
      expected: `${VALUE_CHANGE} with ${name}, which was empty while there was no lease`,
      actual: inform === undefined ? "no such Inform" : "so",
      where: inform?.where ?? informs.at(-1)?.where ?? "no Inform",
    });
  }
}

/** Starts the phone anew while its gateway is such a one, and gives its first session with GatewayInfo in it. */
async function restartedBehind(bench: CwmpBench, gateway: GatewayIdentity | undefined) {
  const { names, before } = await known(bench);
  demandKnown({ names, before });
  says(bench, telling(gateway));
  const session = await bench.lan.restart();
  const read = await session.getParameterValues(namesIn(names));
  await session.end();
  return { names, before, read, inform: session.inform };
}

/** How GatewayInfo follows the lease, and what the ACS is told of it. */
export const gatewayChangeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.gateway-info.notifies",
    title: "opens a session to tell the ACS of another gateway",
    proves: ["TR-111:1.2.2#notifies", "TR-111:1.2.2#notified-values"],
    references: ["T11-011"],
    needs,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, telling(OTHER)),
    *judge({ own, informs, names, before }) {
      yield hasCome("TR-111:1.2.2#notifies", own);
      for (const element of ELEMENTS)
        if (before[element] !== OTHER[element])
          yield notified("TR-111:1.2.2#notified-values", informs, names[element], OTHER[element]);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.notifies-one",
    title: "tells the ACS of a gateway that differs in its serial number alone",
    proves: ["TR-111:1.2.2#notifies-one"],
    references: ["T11-011"],
    needs,
    disturbs: "reboot",
    waits: 60,
    async drive(bench) {
      const { serial } = OTHER;
      return madeOf(bench, telling({ ...bench.lan.dhcp.gateway, serial }));
    },
    *judge({ own, informs, names }) {
      yield hasCome("TR-111:1.2.2#notifies-one", own);
      yield notified("TR-111:1.2.2#notifies-one", informs, names.serial, OTHER.serial);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.notifies-cleared",
    title: "tells the ACS that its gateway no longer says who it is",
    proves: ["TR-111:1.2.2#notifies-cleared"],
    references: ["T11-012"],
    needs,
    disturbs: "reboot",
    waits: 60,
    async drive(bench) {
      const made = await madeOf(bench, telling(undefined));
      demandKnown(made);
      return made;
    },
    *judge({ own, informs, names }) {
      yield hasCome("TR-111:1.2.2#notifies-cleared", own);
      for (const name of namesIn(names)) yield notified("TR-111:1.2.2#notifies-cleared", informs, name, "");
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.unchanged",
    title: "does not tell the ACS of a renewal behind the same gateway",
    proves: ["TR-111:1.2.2#unchanged"],
    references: ["T11-026"],
    needs,
    disturbs: "reboot",
    waits: 60,
    async drive(bench) {
      const made = await madeOf(bench, USUAL);
      demandKnown(made);
      return made;
    },
    *judge({ informs, names }) {
      for (const name of namesIn(names)) yield notNotified("TR-111:1.2.2#unchanged", informs, name);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.expired",
    title: "empties GatewayInfo when its lease expires",
    proves: ["TR-111:1.2.2#expired"],
    references: ["T11-014"],
    needs,
    disturbs: "network",
    waits: 120,
    drive: (bench) =>
      withoutLease(bench, async () => {
        says(bench, { kind: "silence" });
        const { since, seconds } = bench.lan.dhcp.lease ?? { since: 0, seconds: 0 };
        await pause(bench.clock, Math.max(0, since + seconds * 1000 - bench.clock.now()));
      }),
    *judge(seen) {
      yield* wasEmptied("TR-111:1.2.2#expired", seen);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.refused",
    title: "empties GatewayInfo when a DHCPNAK ends its lease",
    proves: ["TR-069:F.2.2#refused"],
    references: ["T11-014"],
    needs,
    disturbs: "network",
    waits: 60,
    drive: (bench) =>
      withoutLease(bench, async () => {
        says(bench, { kind: "silence" }, { renewal: { kind: "nak" } });
        await bench.lan.renewed();
      }),
    *judge(seen) {
      yield* wasEmptied("TR-069:F.2.2#refused", seen);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.restarted",
    title: "shows another gateway from its first session after a start on",
    proves: ["TR-111:1.2.2#restarted", "TR-111:1.2.4#first-inform"],
    references: ["T11-025"],
    needs,
    disturbs: "reboot",
    drive: (bench) => restartedBehind(bench, OTHER),
    *judge({ names, before, read, inform }) {
      yield* shows("TR-111:1.2.2#restarted", { names, read }, OTHER);
      for (const element of ELEMENTS)
        if (before[element] !== OTHER[element])
          yield notified("TR-111:1.2.4#first-inform", [inform], names[element], OTHER[element]);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-info.restarted-alone",
    title: "shows no gateway after a start where none says who it is",
    proves: ["TR-111:1.2.2#restarted-alone"],
    references: ["T11-012", "T11-025"],
    needs,
    disturbs: "reboot",
    drive: (bench) => restartedBehind(bench, undefined),
    *judge({ names, read }) {
      yield* shows("TR-111:1.2.2#restarted-alone", { names, read }, {});
    },
  }),
];
