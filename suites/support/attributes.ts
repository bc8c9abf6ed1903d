import type { Acs } from "../../harness/acs/acs.ts";
import { array, tag } from "../../harness/acs/messages.ts";
import { type ParameterAttribute, parameterAttributes, type Readable } from "../../harness/acs/read.ts";
import type { AttributeSetting, Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { type Finding, type Located, same } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { inResponse, responds } from "./answers.ts";
import { isObject } from "./model.ts";
import { demand, tidyUp } from "./steps.ts";

export type Attributes = ReadonlyMap<string, ParameterAttribute>;

/**
 * The attributes of parameters, and of those below partial paths.
 * @throws Inconclusive `precondition` when the phone does not tell them
 */
export async function attributesOf(session: Session, paths: readonly string[]): Promise<Attributes> {
  const reply = await session.getParameterAttributes(paths);
  demand(reply, "GetParameterAttributes", `reading the attributes of ${paths.join(", ")}`);
  const attributes = parameterAttributes(reply);
  const missing = paths.find((path) => !isObject(path) && !attributes.has(path));
  if (missing !== undefined || attributes.size === 0)
    throw new Inconclusive("precondition", `the phone did not give the attributes of ${missing ?? paths.join(", ")}`);
  return attributes;
}

/**
 * Opens a session, reads the attributes of parameters and partial paths, and hands both to `work`, which may go on in further
 * sessions. Afterwards the attributes are put back, also when `work` failed, and the session is ended.
 */
export async function keepingAttributes<T>(
  { acs }: Pick<CwmpBench, "acs">,
  paths: readonly string[],
  work: (session: Session, before: Attributes) => Promise<T>,
): Promise<T> {
  const session = await acs.session();
  const before = await attributesOf(session, paths);
  try {
    return await work(session, before);
  } finally {
    await tidyUp(acs, session, (last) => putBack(last, [...before.values()]));
  }
}

/** Sets attributes to what they were; the notification alone where the phone does not take an access list. */
export async function putBack(session: Session, before: readonly ParameterAttribute[]): Promise<void> {
  const settings = before.flatMap(({ name, notification, accessList }) =>
    notification === undefined ? [] : [{ name, notification, accessList }],
  );
  if (settings.length === 0) return;
  const reply = await session.setParameterAttributes(settings);
  if (reply.kind === "fault")
    await session.setParameterAttributes(settings.map(({ name, notification }) => ({ name, notification })));
}

/** Notification of one parameter in a GetParameterAttributesResponse. */
export function notificationOf(reply: Readable, name: string): Located<number> {
  const found = parameterAttributes(reply).get(name);
  return { value: found?.notification, where: found?.where ?? reply.at("GetParameterAttributesResponse/ParameterList").where };
}

/** AccessList of one parameter in a GetParameterAttributesResponse. */
export function accessListOf(reply: Readable, name: string): Located<readonly string[]> {
  const found = parameterAttributes(reply).get(name);
  return { value: found?.accessList, where: found?.where ?? reply.at("GetParameterAttributesResponse/ParameterList").where };
}

/** A SetParameterAttributes, and the GetParameterAttributes after it. */
export interface SetAndRead {
  readonly set: Reply;
  readonly read: Reply;
}

/** Sets attributes and reads those of `names` in the same session, where they have to show at once (TR-069 A.3.2.4). */
export async function setAndRead(
  session: Session,
  settings: readonly AttributeSetting[],
  names: readonly string[],
): Promise<SetAndRead> {
  const set = await session.setParameterAttributes(settings);
  return { set, read: await session.getParameterAttributes(names) };
}

/** That the phone took the setting. */
export const taken = (requirement: string, { set }: SetAndRead): Finding => responds(requirement, set, "SetParameterAttributes");

/** That the parameter's Notification is then `expected`. */
export function* reads(requirement: string, read: Reply, name: string, expected: number): Iterable<Finding> {
  yield* inResponse(requirement, read, "GetParameterAttributes", function* () {
    yield same(requirement, notificationOf(read, name), expected);
  });
}

/**
 * A parameter whose attributes an ACS may set to anything: every phone has it, no data model forces it to notify actively or
 * lets it refuse to, and nobody but an ACS changes it.
 */
export const ordinaryParameter = (phone: Phone): string => phone.path("ManagementServer.PeriodicInformInterval");

/** Which entries of a SetParameterAttributesStruct are to be changed, apart from the values that stand there. */
export interface FlaggedAttributes {
  readonly name: string;
  readonly notificationChange: boolean;
  readonly notification: number;
  readonly accessListChange: boolean;
  readonly accessList: readonly string[];
}

/** SetParameterAttributes for one parameter, with values that stand there although their flag says that nothing changes. */
export function setFlagged({ speech }: Acs, session: Session, one: FlaggedAttributes): Promise<Reply> {
  const struct =
    tag("Name", one.name) +
    tag("NotificationChange", one.notificationChange) +
    tag("Notification", one.notification) +
    tag("AccessListChange", one.accessListChange) +
    array(
      speech,
      "AccessList",
      "xsd:string",
      one.accessList.map((entity) => tag("string", entity)),
    );
  const list = array(speech, "ParameterList", "cwmp:SetParameterAttributesStruct", [
    `<SetParameterAttributesStruct>${struct}</SetParameterAttributesStruct>`,
  ]);
  return session.request("SetParameterAttributes", list);
}

/**
 * Parameters that TR-181 and TR-098 require to notify actively whatever their attribute says (forceEnabled): what is read back
 * of them after another value was set is the phone's choice.
 */
export const FORCED_ACTIVE: readonly string[] = ["DeviceInfo.SoftwareVersion", "DeviceInfo.ProvisioningCode"];
