import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { type DhcpMessage, located, optionOf } from "../../harness/wire/dhcp.ts";
import { BROADBAND_FORUM, OPTION } from "../../harness/wire/dhcp-names.ts";
import { vendorClassOf, vendorInformationOf } from "../../harness/wire/dhcp-vendor.ts";
import type { OctetProblem } from "../../harness/wire/octet-problem.ts";
import { dhcpRule, type Element, forumBlocks, subOptionsOf } from "./support/device.ts";

/** The lengths of an option fit: nothing is cut, and nothing is left over. */
function lengthsFit(requirement: string, message: DhcpMessage, problems: readonly OctetProblem[]): Finding {
  const wrong = problems.find(({ kind }) => kind === "truncated" || kind === "length" || kind === "trailing");
  return holds(requirement, wrong === undefined, {
    expected: "lengths that fit together",
    actual: wrong?.text ?? "so",
    where: located(message, wrong, wrong?.offset).where,
  });
}

/** One sub-option of an element, and none where `optional` says so. */
function isOnce(requirement: string, message: DhcpMessage, element: Element, optional = false): Finding {
  const [first, ...more] = subOptionsOf(message, element);
  const count = more.length + (first === undefined ? 0 : 1);
  const empty = first !== undefined && first.value.length === 0;
  return holds(requirement, (count === 1 && !empty) || (count === 0 && optional), {
    expected: optional ? "one such sub-option that is not empty, or none" : "one such sub-option that is not empty",
    actual: count === 1 && empty ? "an empty one" : `${count}`,
    where: located(message, first, first?.offset).where,
  });
}

/** What option 125 of a device looks like, in every message that has to tell who it is. */
export const deviceIdentityRules: readonly AnyCase<CwmpBench>[] = [
  dhcpRule({
    id: "tr111.device-identity.enterprise-number",
    title: "writes the Broadband Forum's enterprise number in network order",
    proves: ["RFC-3925:4#enterprise-number"],
    references: ["T11-003"],
    *judge(message) {
      for (const { enterprise, offset } of forumBlocks(message))
        yield holds("RFC-3925:4#enterprise-number", enterprise === BROADBAND_FORUM, {
          expected: "00 00 0d e9",
          actual: enterprise === BROADBAND_FORUM ? "00 00 0d e9" : "the same octets in the reverse order",
          where: located(message, enterprise, offset).where,
        });
    },
  }),
  dhcpRule({
    id: "tr111.device-identity.lengths",
    title: "gives option 125, its block and its sub-options lengths that fit",
    proves: ["RFC-3925:4#lengths"],
    references: ["T11-004"],
    *judge(message) {
      const information = vendorInformationOf(message);
      if (information !== undefined) yield lengthsFit("RFC-3925:4#lengths", message, information.problems);
    },
  }),
  dhcpRule({
    id: "tr111.device-identity.one-block",
    title: "has one block of the Broadband Forum in a message",
    proves: ["RFC-3925:4#once"],
    references: ["T11-005"],
    *judge(message) {
      const [first, ...more] = forumBlocks(message);
      if (first === undefined) return;
      yield holds("RFC-3925:4#once", more.length === 0, {
        expected: "one block",
        actual: `${more.length + 1}`,
        where: located(message, first, first.offset).where,
      });
    },
  }),
  dhcpRule({
    id: "tr111.device-identity.elements",
    title: "tells its OUI, its serial number and its product class once each",
    proves: ["TR-111:1.2.5#oui", "TR-111:1.2.5#serial-number", "TR-111:1.2.5#product-class"],
    references: ["T11-005"],
    *judge(message) {
      if (forumBlocks(message).length === 0) return;
      yield isOnce("TR-111:1.2.5#oui", message, "oui");
      yield isOnce("TR-111:1.2.5#serial-number", message, "serial");
      yield isOnce("TR-111:1.2.5#product-class", message, "productClass", true);
    },
  }),
  dhcpRule({
    id: "tr111.device-identity.no-nul",
    title: "ends none of the strings that tell who it is with a NUL",
    proves: ["TR-111:1.2.5#no-nul"],
    references: ["T11-007"],
    *judge(message) {
      for (const { code, value, offset } of forumBlocks(message).flatMap(({ subOptions }) => subOptions))
        yield holds("TR-111:1.2.5#no-nul", value.at(-1) !== 0, {
          expected: "no NUL at the end",
          actual: value.at(-1) === 0 ? `a NUL at the end of sub-option ${code}` : "none",
          where: located(message, value, offset).where,
        });
    },
  }),
  dhcpRule({
    id: "tr111.device-identity.asks",
    title: "asks the DHCP server for option 125",
    proves: ["RFC-2132:9.8#option-125"],
    references: ["T11-001"],
    *judge(message) {
      const asked = optionOf(message, OPTION.parameterRequestList);
      const codes = [...(asked?.octets ?? [])];
      yield holds("RFC-2132:9.8#option-125", codes.includes(OPTION.vendorIdentifyingInformation), {
        expected: "125 in the parameter request list",
        actual: asked === undefined ? "no such list" : codes.join(", "),
        where: located(message, asked, asked?.offset).where,
      });
    },
  }),
  dhcpRule({
    id: "tr111.device-identity.vendor-class",
    title: "gives option 124, where it sends one, lengths that fit",
    proves: ["RFC-3925:3#class"],
    references: ["T11-028"],
    *judge(message) {
      yield lengthsFit("RFC-3925:3#class", message, vendorClassOf(message)?.problems ?? []);
    },
  }),
];
