import { parameterValues } from "../../../harness/acs/read.ts";
import type { ParameterSetting, Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located } from "../../../harness/core/finding.ts";
import type { Endpoint } from "../../../harness/core/network.ts";
import type { HeardStun, Nat } from "../../../harness/stun/stun.ts";
import { demand, tidyUp } from "../../support/steps.ts";

/** What a phone has that does what Part 2 of TR-111 asks. */
export const needs = ["udp-connection-request"] as const;

/** Parameters of ManagementServer that TR-111 2.2.4 adds, and the types of those that an ACS may write. */
export const STUN_PARAMETERS = {
  UDPConnectionRequestAddressNotificationLimit: "unsignedInt",
  STUNEnable: "boolean",
  STUNServerAddress: "string",
  STUNServerPort: "unsignedInt",
  STUNUsername: "string",
  STUNPassword: "string",
  STUNMaximumKeepAlivePeriod: "int",
  STUNMinimumKeepAlivePeriod: "unsignedInt",
} as const;

export type StunSettings = Partial<Record<keyof typeof STUN_PARAMETERS, string | number | boolean>>;

/** Addresses of the documentation networks (RFC 5737): no host on the Internet has them. */
export const NAT = { address: "198.51.100.7", firstPort: 40_001 } as const satisfies Nat;

/** Seconds between Binding Requests, where a case has no other wish: the phone may then choose nothing by itself. */
export const PERIOD = 10;

/** Milliseconds in which something comes that has to come immediately; TR-111 gives no number. */
export const AT_ONCE = 1_000;

export const isBindingRequest = ({ message }: HeardStun): boolean => message.name === "BindingRequest";
export const hasBindingChange = ({ message }: HeardStun): boolean => message.has("BINDING-CHANGE");
export const isPlain = (heard: HeardStun): boolean => isBindingRequest(heard) && !hasBindingChange(heard);

const settingsOf = ({ phone }: CwmpBench, settings: StunSettings): readonly ParameterSetting[] =>
  (Object.keys(settings) as (keyof StunSettings)[]).map((name) => ({
    name: phone.path(`ManagementServer.${name}`),
    value: String(settings[name]),
    type: STUN_PARAMETERS[name],
  }));

/** Sets parameters of STUN in an open session. @throws Inconclusive when the phone does not take them */
async function setStun(bench: CwmpBench, session: Session, settings: StunSettings): Promise<void> {
  const wanted = settingsOf(bench, settings);
  demand(await session.setParameterValues(wanted), "SetParameterValues", `setting ${Object.keys(settings).join(", ")}`);
}

/** Sets parameters of STUN in a session of their own. Resolves when that is over, with its end in milliseconds of the clock. */
export async function changeStun(bench: CwmpBench, settings: StunSettings): Promise<number> {
  const session = await bench.acs.session();
  await setStun(bench, session, settings);
  await session.end();
  return bench.clock.now();
}

/**
 * Has the phone use the server of the bench, or what `settings` say, while `work` runs; then its parameters are as before.
 * @throws Inconclusive when it does not take them
 */
export async function withStun<T>(bench: CwmpBench, settings: StunSettings, work: () => Promise<T>): Promise<T> {
  const { acs, stun } = bench;
  const wanted: StunSettings = {
    STUNEnable: true,
    STUNServerAddress: stun.address,
    STUNServerPort: stun.port,
    STUNUsername: "",
    STUNPassword: "",
    STUNMaximumKeepAlivePeriod: PERIOD,
    STUNMinimumKeepAlivePeriod: PERIOD,
    ...settings,
  };
  const session = await acs.session();
  const names = settingsOf(bench, wanted).map(({ name }) => name);
  const before = parameterValues(await session.getParameterValues(names));
  try {
    await setStun(bench, session, wanted);
    await session.end();
    return await work();
  } finally {
    const back = settingsOf(bench, wanted).flatMap(({ name, type = "string" }) => {
      const was = before.get(name);
      return was === undefined ? [] : [{ name, type, value: was.value }];
    });
    await tidyUp(acs, session, (last) => last.setParameterValues(back));
  }
}

/** A phone whose server has heard of it. */
export interface Binding {
  /** The first Binding Request: it comes from the port that connection requests are listened for at (TR-111 2.2.1.1). */
  readonly first: HeardStun;
  /** Where the phone is, behind the NAT. */
  readonly inside: Endpoint;
  /** Where it is reached. */
  readonly outside: Endpoint;
}

/**
 * The phone's first Binding Request.
 * @throws Inconclusive `precondition` when none comes: whether one has to is for another case to judge
 */
export async function firstRequest({ stun, patience }: CwmpBench): Promise<HeardStun> {
  const first = await stun.next(patience.contact, isBindingRequest);
  if (first === undefined) throw new Inconclusive("precondition", `the phone sends no Binding Request to port ${stun.port}`);
  return first;
}

/** Has the phone use STUN behind `nat`, default `NAT`, and hands `work` the binding once the phone has had time to tell of it. */
export async function withBinding<T>(
  bench: CwmpBench,
  options: { readonly nat?: Nat | undefined; readonly settings?: StunSettings },
  work: (binding: Binding) => Promise<T>,
): Promise<T> {
  bench.stun.nat("nat" in options ? options.nat : NAT);
  return withStun(bench, options.settings ?? {}, async () => {
    const first = await firstRequest(bench);
    await bench.stun.next(AT_ONCE, hasBindingChange);
    return work({ first, inside: first.source, outside: first.seen });
  });
}

/** Listens for so many milliseconds, and gives every datagram that the phone sent in them. */
export async function listen({ stun }: CwmpBench, milliseconds: number): Promise<readonly HeardStun[]> {
  const before = stun.heard.length;
  await stun.next(milliseconds, () => false);
  return stun.heard.slice(before);
}

/** What the phone tells of its binding, over CWMP. */
export interface Told {
  readonly address: Located;
  readonly natDetected: Located;
}

/** Asks for UDPConnectionRequestAddress and NATDetected in a session of their own. */
export async function tell({ acs, phone }: CwmpBench): Promise<Told> {
  const session = await acs.session();
  // One by one: a phone that lacks the one tells the other all the same.
  const ask = async (name: string): Promise<Located> => {
    const full = phone.path(`ManagementServer.${name}`);
    const reply = await session.getParameterValues([full]);
    const found = parameterValues(reply).get(full);
    return { value: found?.value, where: found?.where ?? reply.summary.where };
  };
  const told = { address: await ask("UDPConnectionRequestAddress"), natDetected: await ask("NATDetected") };
  await session.end();
  return told;
}

/** The host and port of a UDPConnectionRequestAddress; the port is 80 where it is left out (TR-111 2.2.4). */
export function endpointOf(text: string | undefined): Endpoint | undefined {
  const [, address = "", port = "80"] = /^([^:\s]+)(?::(\d{1,5}))?$/.exec(text ?? "") ?? [];
  return address === "" ? undefined : { address, port: Number(port) };
}

/** UDPConnectionRequestAddress is this address and port. */
export function tellsAddress(requirement: string, { address }: Told, right: Endpoint): Finding {
  const seen = endpointOf(address.value);
  return holds(requirement, seen?.address === right.address && seen.port === right.port, {
    expected: `UDPConnectionRequestAddress ${right.address}:${right.port}`,
    actual: address.value,
    where: address.where,
  });
}

/** NATDetected is this, in either form of a boolean. */
export function tellsNat(requirement: string, { natDetected }: Told, detected: boolean): Finding {
  const forms = detected ? ["1", "true"] : ["0", "false"];
  return holds(requirement, forms.includes(natDetected.value ?? ""), {
    expected: `NATDetected ${detected}`,
    actual: natDetected.value,
    where: natDetected.where,
  });
}

/** A finding about one datagram of the phone. */
export const about = (requirement: string, heard: HeardStun, ok: boolean, expected: string, actual: unknown): Finding =>
  holds(requirement, ok, { expected, actual, where: heard.message.where });

/** A finding for something that did not come, after `last`. */
export const missing = (requirement: string, expected: string, last: HeardStun): Finding =>
  holds(requirement, false, { expected, actual: "none", where: `after ${last.message.where}` });
