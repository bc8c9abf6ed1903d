import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { cwmpCase } from "../../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located } from "../../../harness/core/finding.ts";
import type { HeardDhcp } from "../../../harness/dhcp/dhcp.ts";
import type { FeatureName } from "../../../harness/phone/features.ts";
import { type DhcpMessage, located } from "../../../harness/wire/dhcp.ts";
import { BROADBAND_FORUM, DEVICE } from "../../../harness/wire/dhcp-names.ts";
import { type EnterpriseBlock, readText, type SubOption, vendorInformationOf } from "../../../harness/wire/dhcp-vendor.ts";
import { showAlive } from "../../support/alive.ts";
import { folded } from "../../support/passive.ts";

/** What every case on the association needs of run and phone. */
export const ASSOCIATION = ["lan", "device-gateway-association"] as const satisfies readonly FeatureName[];

/** 3561 with its octets in the wrong order: one case is about that, the others read on. */
const REVERSED = 0xe90d_0000;

/** What a device and a gateway are told apart by, in the order of TR-111, Table 1. */
export const ELEMENTS = ["oui", "serial", "productClass"] as const;
export type Element = (typeof ELEMENTS)[number];

/** Messages that have to tell the Device Identity (TR-111 1.2.2). */
const TELLING: readonly (string | undefined)[] = ["DISCOVER", "REQUEST", "INFORM"];

/** Blocks of the Broadband Forum in option 125, whichever way round their number is written. */
export const forumBlocks = (message: DhcpMessage): readonly EnterpriseBlock[] =>
  (vendorInformationOf(message)?.blocks ?? []).filter(({ enterprise }) => [BROADBAND_FORUM, REVERSED].includes(enterprise));

/** Every sub-option of an element that a message has. */
export const subOptionsOf = (message: DhcpMessage, element: Element): readonly SubOption[] =>
  forumBlocks(message).flatMap(({ subOptions }) => subOptions.filter(({ code }) => code === DEVICE[element]));

/** What a message tells of an element, without the NUL that a case of its own is about; absent when it tells nothing. */
export function toldIn(message: DhcpMessage, element: Element): Located {
  const [first] = subOptionsOf(message, element);
  return located(message, first && readText(first.value).text.replace(/\0+$/, ""), first?.offset);
}

/** That a message has a Device Identity; what it is in detail, other cases ask. */
export function* identifies(requirement: string, heard: readonly HeardDhcp[]): Iterable<Finding> {
  for (const { message } of heard) {
    const codes = forumBlocks(message).flatMap(({ subOptions }) => subOptions.map(({ code }) => code));
    const tells = codes.some((code) => Object.values<number>(DEVICE).includes(code));
    yield holds(requirement, tells, {
      expected: `option 125 with a block of enterprise ${BROADBAND_FORUM} that has sub-options of a device`,
      actual: codes.length === 0 ? "no such sub-options" : `the sub-options ${codes.join(", ")}`,
      where: message.where,
    });
  }
}

interface DhcpRule {
  readonly id: string;
  readonly title: string;
  readonly proves: readonly string[];
  readonly references: readonly string[];
  judge(message: DhcpMessage): Iterable<Finding>;
}

/** A rule for every message of a run that has to tell the Device Identity, judged once on all of them. */
export const dhcpRule = ({ judge, ...rule }: DhcpRule): AnyCase<CwmpBench> =>
  cwmpCase({
    ...rule,
    needs: ASSOCIATION,
    passive: true,
    async drive(bench) {
      await showAlive(bench);
      return bench.lan.dhcp.heard.flatMap(({ message }) => (TELLING.includes(message.type) ? [message] : []));
    },
    *judge(messages) {
      const findings = messages.flatMap((message) => [...judge(message)]);
      for (const requirement of rule.proves)
        yield* folded(
          requirement,
          findings.filter((finding) => finding.requirement === requirement),
        );
    },
  });
