import { escapeXml, tag } from "../../../harness/acs/messages.ts";
import { hasEvent } from "../../../harness/acs/read.ts";
import type { Reply, Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { Phone } from "../../../harness/phone/phone.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { isResponse } from "../../support/answers.ts";
import { comes } from "../../support/contacts.ts";
import { askHarmless, came } from "../../support/sessions.ts";

/** The two methods of the vendor's own. */
export type VendorMethod = "Customize" | "Minibrowser";

/** What GetRPCMethods lists that ends with the method's name. */
export const listedAs = ({ methods }: Phone, method: VendorMethod): readonly string[] =>
  methods.filter((name) => name.endsWith(method));

/** Every name under which the method may be called, the best first: those that are listed, then those of the profile. */
export const namesOf = (phone: Phone, method: VendorMethod): readonly string[] => [
  ...new Set([...listedAs(phone, method), ...phone.snom.ways[method === "Customize" ? "customize" : "minibrowser"]]),
];

/** The name under which cases call the method. */
export const nameOf = (phone: Phone, method: VendorMethod): string => namesOf(phone, method)[0] ?? `X_snom_${method}`;

/** Calls Customize with the address of a tarball. */
export const customize = (session: Session, phone: Phone, url: string, name = nameOf(phone, "Customize")): Promise<Reply> =>
  session.request(name, tag("skinUrl", url));

/** Calls Minibrowser with this content of its element, as it stands. */
export const showPage = (session: Session, phone: Phone, content: string, name = nameOf(phone, "Minibrowser")): Promise<Reply> =>
  session.request(name, content);

/** That a method of the vendor's own was carried out: its response came. */
export const carriedOut = (requirement: string, reply: Reply): Finding => came(requirement, reply, "response", "a response");

/** That the phone answered, with a response or with a fault that does not say that it has no such method. */
export function answered(requirement: string, reply: Reply): Finding {
  const ok = reply.kind === "response" || (reply.kind === "fault" && reply.faultCode.value !== "9000");
  return holds(requirement, ok, {
    expected: "a response, or a fault other than 9000",
    actual: reply.summary.value,
    where: reply.summary.where,
  });
}

/** The phone some time after something that it may not have liked. */
export interface Afterwards {
  /** Inform of a session that we asked for; absent when none came. */
  readonly inform: Exchange | undefined;
  /** What it gave when asked for its SoftwareVersion. */
  readonly reply: Reply | undefined;
}

/** Waits for so many milliseconds, then asks the phone for a session and for its SoftwareVersion. */
export async function afterwards({ acs, phone }: CwmpBench, milliseconds: number): Promise<Afterwards> {
  // A phone that has started anew in the meantime comes by itself.
  const unasked = await acs.silence(milliseconds);
  await unasked?.end();
  const session = await comes(acs, {});
  const reply = session && (await askHarmless(session, phone));
  await session?.end();
  return { inform: unasked?.inform ?? session?.inform, reply };
}

/** That the phone lives on: it opens a session, answers in it, and has not started anew. */
export function livesOn(requirement: string, { inform, reply }: Afterwards): Finding {
  const restarted = hasEvent(inform, "1 BOOT");
  const works = reply !== undefined && isResponse(reply, "GetParameterValues");
  return holds(requirement, works && !restarted, {
    expected: "a session without 1 BOOT, and an answer in it",
    actual: restarted ? "1 BOOT" : (reply?.summary.value ?? "no session"),
    where: reply?.summary.where ?? inform?.where ?? "after the call",
  });
}

/** A page of the minibrowser. `more` are further elements of it. */
export const page = (text: string, more = ""): string =>
  `<SnomIPPhoneText><Title>CPE Assay</Title><Text>${escapeXml(text)}</Text>${more}</SnomIPPhoneText>`;

/** The element that has the phone go on to another page after so many milliseconds. */
export const goOn = (url: string, milliseconds: number): string => `<fetch mil="${milliseconds}">${escapeXml(url)}</fetch>`;
