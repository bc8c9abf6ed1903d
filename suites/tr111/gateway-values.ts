import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, oneOf, same } from "../../harness/core/finding.ts";
import type { GatewayIdentity } from "../../harness/dhcp/dhcp.ts";
import { GATEWAY } from "../../harness/wire/dhcp-names.ts";
import { inResponse } from "../support/answers.ts";
import { ASSOCIATION, ELEMENTS, type Element } from "./support/device.ts";
import { answerWith, forumBlock, type Made, madeOf, OTHER, shows, subOptionsFor, telling } from "./support/gateway.ts";

/** Characters that the parameters of GatewayInfo hold (TR-106). */
const LONGEST: Readonly<Record<Element, number>> = { oui: 6, serial: 64, productClass: 64 };

const needs = ASSOCIATION;

/** Digits and letters in turn, so that what is cut from either end, or out of the middle, shows. */
const ofLength = (length: number, first: number): string =>
  Array.from({ length }, (_, index) => ((index + first) % 36).toString(36).toUpperCase()).join("");

const LONG: GatewayIdentity = { oui: OTHER.oui, serial: ofLength(64, 1), productClass: ofLength(64, 7) };
const TOO_LONG = { oui: `${OTHER.oui}A`, serial: ofLength(65, 1), productClass: ofLength(65, 7) };

/** Characters that XML has to escape, in quotation marks and between others. */
const MARKUP: GatewayIdentity = { oui: OTHER.oui, serial: `<"4711"> & 'B'`, productClass: "R&D ]]> Box" };

/** Octets that are no UTF-8, with a character among them that XML does not have; and letters outside of ASCII. */
const NO_TEXT = Buffer.of(0x47, 0x57, 0xff, 0xfe, 0x01, 0xc3);
const LETTERS = "GW-Ünal-東京";

const OCTETS = [
  { code: GATEWAY.oui, value: NO_TEXT },
  { code: GATEWAY.serial, value: LETTERS },
  { code: GATEWAY.productClass, value: NO_TEXT },
];

/** An element of a gateway that tells more of it than a parameter holds: it is cut, or not taken. */
function* isCut(requirement: string, { read, names, before }: Made, element: Element): Iterable<Finding> {
  const cut = TOO_LONG[element].slice(0, LONGEST[element]);
  yield* inResponse(requirement, read, "GetParameterValues", function* () {
    yield oneOf(requirement, parameterValue(read, names[element]), [cut, before[element], ""]);
  });
}

/** What values of a gateway a phone keeps, and how. */
export const gatewayValueCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.gateway-values.nul",
    title: "does not take a NUL behind a gateway's strings for a part of them",
    proves: ["TR-111:1.2.5#nul-dropped"],
    references: ["T11-021"],
    needs,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) =>
      madeOf(bench, answerWith(forumBlock(subOptionsFor(OTHER).map(({ code, value }) => ({ code, value: `${value}\0` }))))),
    *judge(made) {
      yield* shows("TR-111:1.2.5#nul-dropped", made, OTHER);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-values.longest",
    title: "records a serial number and a product class of 64 octets whole",
    proves: ["TR-106:GatewayInfo#serial-number-64", "TR-106:GatewayInfo#product-class-64"],
    references: ["T11-022"],
    needs,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, telling(LONG)),
    *judge({ read, names }) {
      const told = { "serial-number": "serial", "product-class": "productClass" } as const;
      for (const [word, element] of Object.entries(told)) {
        const requirement = `TR-106:GatewayInfo#${word}-64`;
        yield* inResponse(requirement, read, "GetParameterValues", function* () {
          yield same(requirement, parameterValue(read, names[element]), LONG[element] ?? "");
        });
      }
    },
  }),
  cwmpCase({
    id: "tr111.gateway-values.too-long",
    title: "keeps of a gateway's identity no more than its parameters hold",
    proves: ["TR-106:GatewayInfo#oui-limit", "TR-106:GatewayInfo#serial-number-limit", "TR-106:GatewayInfo#product-class-limit"],
    references: ["T11-022"],
    needs,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, telling(TOO_LONG)),
    *judge(made) {
      yield* isCut("TR-106:GatewayInfo#oui-limit", made, "oui");
      yield* isCut("TR-106:GatewayInfo#serial-number-limit", made, "serial");
      yield* isCut("TR-106:GatewayInfo#product-class-limit", made, "productClass");
    },
  }),
  cwmpCase({
    id: "tr111.gateway-values.markup",
    title: "records characters of a gateway's identity that XML has to escape",
    proves: ["TR-111:1.2.2#markup"],
    references: ["T11-022"],
    needs,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, telling(MARKUP)),
    *judge(made) {
      yield* shows("TR-111:1.2.2#markup", made, MARKUP);
    },
  }),
  cwmpCase({
    id: "tr111.gateway-values.any-octets",
    title: "sends well-formed messages whatever octets a gateway's strings have",
    proves: ["TR-111:1.2.2#any-octets"],
    references: ["T11-022"],
    needs,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, answerWith(forumBlock(OCTETS))),
    *judge({ read, informs, names }) {
      const messages = [...informs, read.exchange].flatMap((exchange) => exchange ?? []);
      for (const { request, where } of messages) {
        const { malformed } = request.envelope ?? {};
        yield holds("TR-111:1.2.2#any-octets", malformed === undefined, {
          expected: "a well-formed message",
          actual: malformed?.message ?? "so",
          where,
        });
      }
      yield* inResponse("TR-111:1.2.2#any-octets", read, "GetParameterValues", function* () {
        // What becomes of such a string is open; that there is a value is not.
        for (const element of ELEMENTS) {
          const { value, where } = parameterValue(read, names[element]);
          yield holds("TR-111:1.2.2#any-octets", value !== undefined, {
            expected: `a value of ${names[element]}`,
            actual: value,
            where,
          });
        }
      });
    },
  }),
];
