import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { oneOf } from "../../harness/core/finding.ts";
import { GATEWAY } from "../../harness/wire/dhcp-names.ts";
import { inResponse } from "../support/answers.ts";
import { ASSOCIATION } from "./support/device.ts";
import { answerWith, foreignBlock, forumBlock, madeOf, OTHER, shows, subOptionsFor } from "./support/gateway.ts";

/** Enterprises that are not the Broadband Forum; the first has its number in two octets, as an octet or two of others may be. */
const CISCO = 9;
const CABLELABS = 4491;

const BLOCK = forumBlock(subOptionsFor(OTHER));

/** In the middle of the serial number. */
const CUT = BLOCK.indexOf(OTHER.serial) + 4;

/** Sub-options that mean nothing in a gateway's answer: a device's own, and codes that nobody has given a meaning. */
const [OUI, SERIAL, CLASS] = subOptionsFor(OTHER);
const WITH_UNKNOWN = [
  { code: 1, value: "DDDDDD" },
  { code: 2, value: "some device" },
  OUI,
  { code: 7, value: "x" },
  SERIAL,
  { code: 200, value: Buffer.of(4, 2, 5, 6) },
  CLASS,
  { code: 99, value: "" },
].filter((one) => one !== undefined);

/** A serial number that is told beside that of `OTHER`. */
const AGAIN = "SECOND-99";

interface Well {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly reference: string;
  /** Option 125, an instance each. */
  readonly option: readonly Buffer[];
}

/** The gateway tells who it is in an option that is written in a way which RFC 3925 or RFC 3396 allows. */
const well = ({ id, title, requirement, reference, option }: Well): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `tr111.gateway-option.${id}`,
    title,
    proves: [requirement],
    references: [reference],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, answerWith(...option)),
    *judge(made) {
      yield* shows(requirement, made, OTHER);
    },
  });

/** How the option may be written in which a gateway tells who it is. */
export const gatewayOptionCases: readonly AnyCase<CwmpBench>[] = [
  well({
    id: "block-behind",
    title: "finds who its gateway is behind what another enterprise says",
    requirement: "RFC-3925:4#block-behind",
    reference: "T11-016",
    option: [Buffer.concat([foreignBlock(CISCO), BLOCK])],
  }),
  well({
    id: "block-before",
    title: "finds who its gateway is before what another enterprise says",
    requirement: "RFC-3925:4#block-before",
    reference: "T11-016",
    option: [Buffer.concat([BLOCK, foreignBlock(CABLELABS)])],
  }),
  well({
    id: "block-between",
    title: "finds who its gateway is between what other enterprises say",
    requirement: "RFC-3925:4#block-between",
    reference: "T11-016",
    option: [Buffer.concat([foreignBlock(CABLELABS), BLOCK, foreignBlock(CISCO)])],
  }),
  well({
    id: "joined",
    title: "joins two instances of option 125 that cut a value in two",
    requirement: "RFC-3396:7#joined",
    reference: "T11-017",
    option: [BLOCK.subarray(0, CUT), BLOCK.subarray(CUT)],
  }),
  well({
    id: "joined-blocks",
    title: "finds who its gateway is in a second instance of option 125",
    requirement: "RFC-3396:7#joined-blocks",
    reference: "T11-017",
    option: [foreignBlock(CISCO), BLOCK],
  }),
  well({
    id: "any-order",
    title: "takes a gateway's sub-options in the reverse order",
    requirement: "RFC-3925:4#any-order",
    reference: "T11-018",
    option: [forumBlock(subOptionsFor(OTHER).toReversed())],
  }),
  well({
    id: "unknown",
    title: "passes over sub-options that say nothing of a gateway",
    requirement: "RFC-3925:4#unknown",
    reference: "T11-018",
    option: [forumBlock(WITH_UNKNOWN)],
  }),
  cwmpCase({
    id: "tr111.gateway-option.zero-length",
    title: "takes a sub-option without octets for an empty string",
    proves: ["RFC-3925:4#zero-length"],
    references: ["T11-019"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, answerWith(forumBlock(subOptionsFor({ ...OTHER, serial: "" })))),
    *judge(made) {
      yield* shows("RFC-3925:4#zero-length", made, { ...OTHER, serial: "" });
    },
  }),
  cwmpCase({
    id: "tr111.gateway-option.repeated",
    title: "makes nothing else of a repeated sub-option than what it says",
    proves: ["RFC-3925:4#repeated"],
    references: ["T11-018"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 60,
    drive: (bench) => madeOf(bench, answerWith(forumBlock([...subOptionsFor(OTHER), { code: GATEWAY.serial, value: AGAIN }]))),
    *judge({ read, names }) {
      yield* inResponse("RFC-3925:4#repeated", read, "GetParameterValues", function* () {
        const serials = [OTHER.serial, AGAIN, OTHER.serial + AGAIN, ""];
        yield oneOf("RFC-3925:4#repeated", parameterValue(read, names.serial), serials);
      });
    },
  }),
];
