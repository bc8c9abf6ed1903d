import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { GatewayIdentity, HeardDhcp } from "../../harness/dhcp/dhcp.ts";
import { GATEWAY } from "../../harness/wire/dhcp-names.ts";
import { says } from "../support/dhcp.ts";
import { ASSOCIATION } from "./support/device.ts";
import { answerWith, foreignBlock, forumBlock, OTHER, showsNoOther, subOptionsFor, watching } from "./support/gateway.ts";

/** Another enterprise than the Broadband Forum. */
const FOREIGN = 9;

/** Steps of a client that asks for something; one that declines or gives back its lease does so, too. */
const STEPS = ["discover", "request", "renewal", "rebinding", "decline", "release"] as const;

/** Milliseconds after an answer within which a short lease is renewed. */
const RENEWS = 90_000;

/** Milliseconds after an answer in which a phone that has taken it says nothing: a renewal begins at half of a lease of a minute. */
const CONTENT = 15_000;

const { oui, serial } = OTHER;

/** Octets of an enterprise number and of the length of its data (RFC 3925 section 4). */
const HEAD = 5;

/** The sub-options of a gateway that tells this of itself. */
const subOptions = (gateway: GatewayIdentity): Buffer => forumBlock(subOptionsFor(gateway)).subarray(HEAD);

/** A block of the Broadband Forum that tells of `announced` octets, whatever it has. */
const block = (data: Buffer, announced = data.length): Buffer => Buffer.concat([Buffer.of(0, 0, 0x0d, 0xe9, announced), data]);

const ALL = subOptions(OTHER);
const TWO = subOptions({ oui, serial });

/** What is missing of the class where it was cut. */
const LOST = 4;

/** The class is cut, and its length is that of all of it. */
const TOO_LONG = ALL.subarray(0, -LOST);

interface Malformed {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly option: Buffer;
  /** What a phone may have read of it before it came to what is wrong. */
  readonly readable: GatewayIdentity;
}

/** What the phone said next after an answer, and when that came. */
interface Next {
  readonly heard: HeardDhcp | undefined;
  readonly after: number;
}

/** That a lease was taken, and is renewed when its time has come. */
function keeps({ heard, after }: Next): Finding {
  const kept = heard?.step === "renewal" && after >= CONTENT;
  const seconds = Math.round(after / 1000);
  return holds("RFC-3925:4#lease-kept", kept, {
    expected: "the renewal of the lease, when half of its time is over",
    actual: heard === undefined ? "nothing" : `${heard.message.name} (${heard.step}) ${seconds} s after the answer`,
    where: heard?.message.where ?? "after the answer",
  });
}

/**
 * Option 125 is malformed. No clause says what of it counts: a sub-option that cannot be there is not present, and its element empty
 * (TR-111 1.2.2); a phone that does not read the option at all has what it had before, or nothing. It must not record what was never said.
 */
const malformed = ({ id, title, requirement, option, readable }: Malformed): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `tr111.gateway-option.${id}`,
    title,
    proves: [requirement, "RFC-3925:4#lease-kept"],
    references: ["T11-020"],
    needs: ASSOCIATION,
    disturbs: "reboot",
    waits: 90,
    async drive(bench) {
      const { lan, clock } = bench;
      let next: Promise<Next> | undefined;
      const made = await watching(bench, async () => {
        says(bench, answerWith(option));
        await lan.renewed();
        const since = clock.now();
        next = lan.dhcp.next(STEPS, RENEWS).then((heard) => ({ heard, after: clock.now() - since }));
      });
      return { made, next: await next };
    },
    *judge({ made, next }) {
      yield* showsNoOther(requirement, made, readable);
      if (next !== undefined) yield keeps(next);
    },
  });

export const malformedGatewayOptionCases: readonly AnyCase<CwmpBench>[] = [
  malformed({
    id: "sub-option-too-long",
    title: "records nothing of a sub-option that runs past its block",
    requirement: "RFC-3925:4#sub-option-too-long",
    option: block(TOO_LONG),
    readable: { oui, serial },
  }),
  malformed({
    id: "sub-option-cut",
    title: "records nothing for a sub-option whose length is missing",
    requirement: "RFC-3925:4#sub-option-cut",
    option: block(Buffer.concat([TWO, Buffer.of(GATEWAY.productClass)])),
    readable: { oui, serial },
  }),
  malformed({
    id: "block-too-long",
    title: "records nothing of a block that runs past its option, as when that is cut",
    requirement: "RFC-3925:4#block-too-long",
    option: block(ALL).subarray(0, -LOST),
    readable: { oui, serial },
  }),
  malformed({
    id: "block-cut",
    title: "records nothing for an enterprise number that nothing follows",
    requirement: "RFC-3925:4#block-cut",
    option: Buffer.concat([foreignBlock(FOREIGN), block(Buffer.alloc(0)).subarray(0, HEAD - 1)]),
    readable: {},
  }),
  malformed({
    id: "too-short",
    title: "records nothing for an option 125 of three octets",
    requirement: "RFC-3925:4#too-short",
    option: block(ALL).subarray(0, 3),
    readable: {},
  }),
];
