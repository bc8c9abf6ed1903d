import type { Listener } from "../../harness/acs/acs.ts";
import { type ParameterValue, parameterValues } from "../../harness/acs/read.ts";
import type { ParameterSetting, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { DhcpReply } from "../../harness/dhcp/dhcp.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { ACS, OPTION } from "../../harness/wire/dhcp-names.ts";
import { writeEncapsulated } from "../../harness/wire/dhcp-vendor.ts";
import { comes } from "./contacts.ts";
import { says, USUAL } from "./dhcp.ts";
import { portOf } from "./sessions.ts";
import { demand } from "./steps.ts";

/** What a DHCP server tells of an ACS, by encapsulated option. */
export type AcsTold = Readonly<Partial<Record<keyof typeof ACS, string>>>;

/** Seconds of the leases that go with it, so that a phone asks again soon. */
const SHORT_LEASE = 60;

/** Milliseconds in which a phone without an ACS asks DHCP again, or tries again to reach the one that it has. */
export const ASKS_AGAIN = 600_000;

/** How long TR-069 lets a device try to reach an ACS before it takes it for lost, in milliseconds. */
export const UNREACHABLE = 300_000;

/** An answer with option 43 as it stands. */
export const withOption43 = (octets: Buffer): DhcpReply => ({
  kind: "answer",
  lease: SHORT_LEASE,
  options: [{ code: OPTION.vendorSpecific, octets }],
});

const NAMES = Object.keys(ACS) as (keyof typeof ACS)[];

/** Encapsulated options that tell this. */
export const encapsulated = (told: AcsTold): readonly { readonly code: number; readonly value: string }[] =>
  NAMES.flatMap((name) => (told[name] === undefined ? [] : [{ code: ACS[name], value: told[name] }]));

/** An answer that tells this of an ACS. */
export const telling = (told: AcsTold): DhcpReply => withOption43(writeEncapsulated(encapsulated(told)));

/** Where DHCP may tell what a parameter is to be (TR-069 3.1, Table 2), under the root of the data model. */
export const LEARNT = {
  provisioningCode: "DeviceInfo.ProvisioningCode",
  retryMinimumWait: "ManagementServer.CWMPRetryMinimumWaitInterval",
  retryMultiplier: "ManagementServer.CWMPRetryIntervalMultiplier",
} as const;

/** Where the phone is sent, and how to see that it came there. */
export interface Elsewhere {
  readonly listener: Listener;
  /** Whether an Inform came there. */
  arrived(inform: Exchange): boolean;
  /** The next session there, up to its empty POST; undefined when it does not come in so many milliseconds. */
  session(trigger: "usual" | "none" | (() => Promise<unknown>), within: number): Promise<Session | undefined>;
}

/** A further address of the ACS. */
export async function elsewhere(bench: CwmpBench, port?: number): Promise<Elsewhere> {
  const listener = await bench.acs.listen(port === undefined ? {} : { port });
  const arrived = (inform: Exchange): boolean => portOf(bench, inform) === listener.port;
  return {
    listener,
    arrived,
    session: (trigger, within) => comes(bench.acs, { trigger, accepts: arrived, within }),
  };
}

/**
 * Lets the phone lose its ACS, or be sent elsewhere, in `leave`, whose session `use` has to end; then brings it home, with the
 * values that it had, and closes `places`.
 * @throws Inconclusive as `leave`
 */
export async function awayFromHome<T>(
  bench: CwmpBench,
  places: () => readonly Elsewhere[],
  leave: (session: Session) => Promise<void>,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const { acs, phone } = bench;
  const session = await acs.session();
  const before = [...(await learnt(bench, session)).values()].map(({ name, value, type = "string" }) => ({ name, value, type }));
  try {
    await leave(session);
    return await use(session);
  } finally {
    if (!session.over) await session.end();
    await bringHome(bench, places(), [{ name: phone.path("ManagementServer.URL"), value: acs.url }, ...before]);
    says(bench, USUAL);
    for (const { listener } of places()) await listener.close();
  }
}

/** Values of the parameters that DHCP may set, as far as the phone has them. */
export async function learnt({ phone }: CwmpBench, session: Session): Promise<ReadonlyMap<keyof typeof LEARNT, ParameterValue>> {
  const values = new Map<keyof typeof LEARNT, ParameterValue>();
  for (const [told, short] of Object.entries(LEARNT) as [keyof typeof LEARNT, string][]) {
    const name = phone.path(short);
    // One that it does not have would spoil the answer for all.
    const found = parameterValues(await session.getParameterValues([name])).get(name);
    if (found !== undefined) values.set(told, found);
  }
  return values;
}

/** From wherever it is: by its own coming, by what DHCP tells, and by a reset at last. */
async function bringHome(bench: CwmpBench, places: readonly Elsewhere[], settings: readonly ParameterSetting[]): Promise<void> {
  const { acs, phone, patience } = bench;
  await acs.settle();
  const isAtHome = (inform: Exchange): boolean => !places.some(({ arrived }) => arrived(inform));
  says(bench, telling({ url: acs.url }));
  const last = await comes(acs, { within: ASKS_AGAIN }).catch(() => undefined);
  if (last === undefined) {
    if (!phone.claims("local-reset")) return;
    await (await comes(acs, { trigger: () => phone.localReset(), within: patience.reboot }))?.end();
    return;
  }
  says(bench, USUAL);
  const [url, ...others] = settings;
  for (const setting of others) await last.setParameterValues([setting]);
  if (url !== undefined) await last.setParameterValues([url]);
  if (isAtHome(last.inform)) return void (await last.end());
  const back = await acs
    .contact({ trigger: () => last.end(), accepts: isAtHome, within: patience.reboot })
    .catch(() => undefined);
  await back?.end();
}

/**
 * Takes the phone's ACS URL from it, and starts it anew, so that it has to look for its ACS.
 * @throws Inconclusive `precondition` when it refuses
 */
export async function withoutUrl({ phone }: CwmpBench, session: Session): Promise<void> {
  const name = phone.path("ManagementServer.URL");
  demand(await session.setParameterValues([{ name, value: "" }]), "SetParameterValues", `setting ${name} to nothing`);
  // A phone that needs no ACS at the moment does not look for one.
  demand(await session.reboot("assay"), "Reboot", "rebooting");
}

/** Gives the phone another ACS URL. @throws Inconclusive `precondition` when it refuses */
export async function withUrl({ phone }: CwmpBench, session: Session, url: string): Promise<void> {
  const name = phone.path("ManagementServer.URL");
  demand(await session.setParameterValues([{ name, value: url }]), "SetParameterValues", `setting ${name}`);
}

/** Where the phone has gone after it lost its URL and was told another one by DHCP. */
export interface Found {
  /** Undefined when it did not come there. */
  readonly inform: Exchange | undefined;
  readonly values: ReadonlyMap<keyof typeof LEARNT, ParameterValue>;
  readonly where: string;
}

/** The phone came to the address that DHCP told. */
export const found = (requirement: string, { inform, where }: Pick<Found, "inform" | "where">): Finding =>
  holds(requirement, inform !== undefined, {
    expected: "a session at the URL that DHCP has told",
    actual: inform === undefined ? "none" : "one",
    where,
  });

/**
 * Takes the phone's ACS URL from it while DHCP answers `reply`, and gives what it does then. Afterwards it is brought home.
 * @throws Inconclusive `precondition` when it takes no empty URL
 */
export async function searching(bench: CwmpBench, reply: (url: string) => DhcpReply): Promise<Found> {
  const there = await elsewhere(bench);
  return awayFromHome(
    bench,
    () => [there],
    async (session) => {
      says(bench, reply(there.listener.url));
      await withoutUrl(bench, session);
    },
    async (session) => {
      const came = await there.session(() => session.end(), bench.patience.reboot);
      const values = came === undefined ? new Map<keyof typeof LEARNT, ParameterValue>() : await learnt(bench, came);
      await came?.end();
      return { inform: came?.inform, values, where: came?.inform.where ?? "no session at the address that DHCP told" };
    },
  );
}
