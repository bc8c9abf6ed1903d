import { parameterValue, parameterValues } from "../../../harness/acs/read.ts";
import type { Reply, Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, oneOf, same } from "../../../harness/core/finding.ts";
import type { DhcpReply, GatewayIdentity } from "../../../harness/dhcp/dhcp.ts";
import type { Phone } from "../../../harness/phone/phone.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import type { DhcpOption } from "../../../harness/wire/dhcp.ts";
import { BROADBAND_FORUM, GATEWAY, OPTION } from "../../../harness/wire/dhcp-names.ts";
import { writeVendorInformation } from "../../../harness/wire/dhcp-vendor.ts";
import { inResponse } from "../../support/answers.ts";
import { comes } from "../../support/contacts.ts";
import { says, soonRenewing } from "../../support/dhcp.ts";
import { gatherInforms } from "../../support/failures.ts";
import { concerns } from "../../support/local.ts";
import { inSession } from "../../support/stage.ts";
import { demand } from "../../support/steps.ts";
import { ELEMENTS, type Element } from "./device.ts";

/** A gateway that tells all of itself. */
export type Gateway = Required<GatewayIdentity>;

/** For each element something, such as its value. */
export type ByElement<T> = Readonly<Record<Element, T>>;

/** A gateway other than that of the run in each element. A phone that takes one element for another has other values, too. */
export const OTHER: Gateway = { oui: "3C62D7", serial: "GW-4711/0815", productClass: "HomeBox 7" };

/** The parameters of GatewayInfo, by what of the gateway they tell (TR-111 1.2.2). */
const PARAMETERS: ByElement<string> = {
  oui: "GatewayInfo.ManufacturerOUI",
  serial: "GatewayInfo.SerialNumber",
  productClass: "GatewayInfo.ProductClass",
};

/** Full names of the parameters of GatewayInfo. */
export const infoNames = (phone: Phone): ByElement<string> => ({
  oui: phone.path(PARAMETERS.oui),
  serial: phone.path(PARAMETERS.serial),
  productClass: phone.path(PARAMETERS.productClass),
});

export const namesIn = (names: ByElement<string>): readonly string[] => ELEMENTS.map((element) => names[element]);

/** Sub-options in which a gateway tells of itself; what it does not tell is left out. */
export const subOptionsFor = (gateway: GatewayIdentity): { readonly code: number; readonly value: string }[] =>
  ELEMENTS.flatMap((element) => {
    const value = gateway[element];
    return value === undefined ? [] : [{ code: GATEWAY[element], value }];
  });

/** An answer of a gateway that tells this of itself, undefined for nothing. */
export const telling = (gateway: GatewayIdentity | undefined): DhcpReply => ({ kind: "answer", gateway });

/** An answer with this for option 125, written as it stands; several are several instances. */
export const answerWith = (...values: readonly Buffer[]): DhcpReply => ({
  kind: "answer",
  gateway: undefined,
  options: values.map((octets): DhcpOption => ({ code: OPTION.vendorIdentifyingInformation, octets })),
});

/** A block of the Broadband Forum with these sub-options, in this order. */
export const forumBlock = (subOptions: readonly { readonly code: number; readonly value: string | Buffer }[]): Buffer =>
  writeVendorInformation([{ enterprise: BROADBAND_FORUM, subOptions }]);

/** Block of an enterprise that uses the sub-options 4 to 6 for something else than a gateway's identity. */
export const foreignBlock = (enterprise: number): Buffer =>
  writeVendorInformation([
    { enterprise, subOptions: subOptionsFor({ oui: "F0F0F0", serial: `of ${enterprise}`, productClass: "no gateway" }) },
  ]);

/** Who the gateway is, as GatewayInfo shows it. @throws Inconclusive when it does not */
async function infoIn(session: Session, names: ByElement<string>): Promise<Gateway> {
  const reply = await session.getParameterValues(namesIn(names));
  demand(reply, "GetParameterValues", `reading ${namesIn(names).join(", ")}`);
  const values = parameterValues(reply);
  const value = (element: Element): string => {
    const found = values.get(names[element])?.value;
    if (found === undefined) throw new Inconclusive("precondition", `the phone does not give ${names[element]}`);
    return found;
  };
  return { oui: value("oui"), serial: value("serial"), productClass: value("productClass") };
}

/** GatewayInfo before something happens. */
export interface Known {
  readonly names: ByElement<string>;
  readonly before: Gateway;
}

/** Who the phone's gateway is at present, told in a session of its own. @throws Inconclusive when the phone does not tell */
export function known(bench: CwmpBench): Promise<Known> {
  const names = infoNames(bench.phone);
  return inSession(bench, async (session) => ({ names, before: await infoIn(session, names) }));
}

/** What a phone made of an answer of the gateway. */
export interface Made extends Known {
  /** Inform of the session that came by itself because of it; absent when none did. */
  readonly own: Exchange | undefined;
  /** Informs since then. */
  readonly informs: readonly Exchange[];
  /** GetParameterValues of GatewayInfo afterwards. */
  readonly read: Reply;
}

/**
 * Has the phone renew its lease, and the gateway say this to it, and looks at GatewayInfo once the phone has notified of it, or has had
 * the time to.
 */
export const madeOf = (bench: CwmpBench, reply: DhcpReply): Promise<Made> =>
  watching(bench, async () => {
    says(bench, reply);
    await bench.lan.renewed();
  });

/**
 * The same of whatever `happens`, which ends with the gateway's answer. The phone holds a lease that it renews soon before it.
 * @param within milliseconds for it to notify
 */
export async function watching(
  bench: CwmpBench,
  happens: () => Promise<unknown>,
  within = bench.patience.contact,
): Promise<Made> {
  const { acs } = bench;
  await soonRenewing(bench);
  const { names, before } = await known(bench);
  const informs = gatherInforms(acs);
  try {
    await happens();
    const about = (inform: Exchange): boolean => namesIn(names).some((name) => concerns(inform, name));
    const come = await comes(acs, { trigger: "none", accepts: about, within });
    const session = come ?? (await acs.session());
    const read = await session.getParameterValues(namesIn(names));
    await session.end();
    return { names, before, own: come?.inform, informs: informs.seen.slice(), read };
  } finally {
    informs.stop();
  }
}

/** @throws Inconclusive when GatewayInfo was empty before: whatever empties it cannot be seen then */
export function demandKnown({ before, names }: Known, elements: readonly Element[] = ELEMENTS): void {
  const empty = elements.find((element) => before[element] === "");
  if (empty !== undefined) throw new Inconclusive("precondition", `${names[empty]} was empty before`);
}

/** That GatewayInfo shows this gateway; an empty string stands for what it does not tell. */
export function* shows(requirement: string, made: Pick<Made, "names" | "read">, gateway: GatewayIdentity): Iterable<Finding> {
  yield* inResponse(requirement, made.read, "GetParameterValues", function* () {
    for (const element of ELEMENTS)
      yield same(requirement, parameterValue(made.read, made.names[element]), gateway[element] ?? "");
  });
}

/** That each element is one of these, what it was before, or empty: the phone has taken what could be read, or nothing. */
export function* showsNoOther(requirement: string, made: Made, readable: GatewayIdentity): Iterable<Finding> {
  yield* inResponse(requirement, made.read, "GetParameterValues", function* () {
    for (const element of ELEMENTS) {
      const allowed = [readable[element] ?? [], made.before[element], ""].flat();
      yield oneOf(requirement, parameterValue(made.read, made.names[element]), [...new Set(allowed)]);
    }
  });
}
