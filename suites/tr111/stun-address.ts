import { hasEvent, informValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Endpoint } from "../../harness/core/network.ts";
import { isSame, shown } from "../../harness/stun/nat.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { keepingAttributes } from "../support/attributes.ts";
import { comes } from "../support/contacts.ts";
import { notifies, VALUE_CHANGE } from "../support/local.ts";
import { demand } from "../support/steps.ts";
import {
  type Binding,
  endpointOf,
  hasBindingChange,
  NAT,
  needs,
  PERIOD,
  type StunSettings,
  tell,
  tellsAddress,
  tellsNat,
  withBinding,
} from "./support/stun.ts";

const TWO_PERIODS = 2.5 * PERIOD * 1000;

/** Milliseconds for a notification: a session follows a change at once, but a phone may use its discretion for a while. */
const NOTIFIED = 60_000;

/** Seconds of the case about UDPConnectionRequestAddressNotificationLimit, and how far the phone's timer may be off. */
const LIMIT = 60;
const EARLY = 1;

const addressName = ({ phone }: CwmpBench): string => phone.path("ManagementServer.UDPConnectionRequestAddress");

/** Another binding, which the phone has learnt of. */
async function rebound({ stun }: CwmpBench, { inside, outside }: Pick<Binding, "inside" | "outside">): Promise<Endpoint> {
  stun.changeBindings();
  const learnt = await stun.next(TWO_PERIODS, ({ source, seen }) => isSame(source, inside) && !isSame(seen, outside));
  if (learnt === undefined) throw new Inconclusive("precondition", "the phone sends no further Binding Request");
  await stun.next(1_000, hasBindingChange);
  return learnt.seen;
}

/** Where the phone is reached, as the server has seen it last. */
const reachedAt = ({ stun }: CwmpBench, { inside, outside }: Pick<Binding, "inside" | "outside">): Endpoint =>
  stun.heard.findLast(({ source }) => isSame(source, inside))?.seen ?? outside;

/** Behind the NAT, with UDPConnectionRequestAddress on active notification and nothing left to notify of. */
const withNotification = <T>(
  bench: CwmpBench,
  notification: 0 | 2,
  settings: StunSettings,
  work: (binding: Binding) => Promise<T>,
): Promise<T> =>
  keepingAttributes(bench, [addressName(bench)], async (session) => {
    const set = await session.setParameterAttributes([{ name: addressName(bench), notification }]);
    demand(set, "SetParameterAttributes", `setting the Notification of ${addressName(bench)} to ${notification}`);
    await session.end();
    return withBinding(bench, { settings }, async (binding) => {
      if (notification === 2) await nextNotification(bench, "none");
      return work(binding);
    });
  });

interface Notified {
  readonly inform: Exchange;
  readonly at: number;
}

/** The next Inform with 4 VALUE CHANGE that lists the address; undefined when none comes. */
async function nextNotification(bench: CwmpBench, trigger: "none" | (() => Promise<unknown>)): Promise<Notified | undefined> {
  const name = addressName(bench);
  const session = await comes(bench.acs, {
    trigger,
    accepts: (inform) => notifies(inform, name),
    within: NOTIFIED + LIMIT * 1000,
  });
  if (session === undefined) return undefined;
  const at = bench.clock.now();
  await session.end();
  return { inform: session.inform, at };
}

/** An Inform notifies of the address. Whether it is the right one is for other cases. */
function* told(requirement: string, notified: Notified | undefined, name: string): Iterable<Finding> {
  yield holds(requirement, notified !== undefined, {
    expected: `${VALUE_CHANGE} with ${name}`,
    actual: notified === undefined ? "no such Inform" : informValue(notified.inform, name).value,
    where: notified?.inform.where ?? "no Inform",
  });
}

export const stunAddressCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.stun.public-address",
    title: "tells its public address in UDPConnectionRequestAddress, and that there is a NAT",
    proves: ["TR-111:2.2.1.3#public-host", "TR-111:2.2.1.3#public-port", "TR-111:2.2.1.3#nat-detected"],
    references: ["STN-010"],
    needs,
    drive: (bench) => withBinding(bench, {}, async ({ outside }) => ({ seen: await tell(bench), outside })),
    *judge({ seen, outside }) {
      const { address } = seen;
      const said = endpointOf(address.value);
      yield holds("TR-111:2.2.1.3#public-host", said?.address === outside.address, {
        expected: `UDPConnectionRequestAddress with the host ${outside.address}`,
        ...{ actual: address.value, where: address.where },
      });
      yield holds("TR-111:2.2.1.3#public-port", said?.port === outside.port, {
        expected: `UDPConnectionRequestAddress with the port ${outside.port}`,
        ...{ actual: address.value, where: address.where },
      });
      yield tellsNat("TR-111:2.2.1.3#nat-detected", seen, true);
    },
  }),
  cwmpCase({
    id: "tr111.stun.address-updated",
    title: "tells its new public address once its binding has changed",
    proves: ["TR-111:2.2.1.3#address-updated"],
    references: ["STN-010"],
    needs,
    waits: 25,
    drive: (bench) =>
      withBinding(bench, {}, async (binding) => {
        const outside = await rebound(bench, binding);
        return { seen: await tell(bench), outside };
      }),
    *judge({ seen, outside }) {
      yield tellsAddress("TR-111:2.2.1.3#address-updated", seen, outside);
    },
  }),
  cwmpCase({
    id: "tr111.stun.default-port",
    title: "tells a public port 80 by itself, or by leaving it out",
    proves: ["TR-111:2.2.4#address-form"],
    references: ["STN-010"],
    needs,
    drive: (bench) =>
      withBinding(bench, { nat: { ...NAT, firstPort: 80 } }, async ({ outside }) => ({ seen: await tell(bench), outside })),
    // Whether host and port are right is for the cases before.
    *judge({ seen: { address }, outside }) {
      yield holds("TR-111:2.2.4#address-form", endpointOf(address.value) !== undefined, {
        expected: `${outside.address} or ${shown(outside)}`,
        actual: address.value,
        where: address.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.notification",
    title: "notifies actively of a change of its binding",
    proves: ["TR-111:2.2.1.3#active-notification"],
    references: ["STN-011"],
    needs,
    waits: 90,
    drive: (bench) =>
      withNotification(bench, 2, { UDPConnectionRequestAddressNotificationLimit: 0 }, async (binding) => {
        const notified = await nextNotification(bench, () => rebound(bench, binding));
        return { notified, name: addressName(bench) };
      }),
    judge: ({ notified, name }) => told("TR-111:2.2.1.3#active-notification", notified, name),
  }),
  cwmpCase({
    id: "tr111.stun.no-notification",
    title: "opens no session for a change of its binding when notification is off",
    proves: ["TR-111:2.2.1.3#no-notification"],
    references: ["STN-011"],
    needs,
    waits: 65,
    drive: (bench) =>
      withNotification(bench, 0, { UDPConnectionRequestAddressNotificationLimit: 0 }, async (binding) => {
        const outside = await rebound(bench, binding);
        const session = await bench.acs.silence(20_000, { accepts: (inform) => hasEvent(inform, VALUE_CHANGE) });
        await session?.end();
        const seen = await tell(bench);
        if (endpointOf(seen.address.value)?.port !== outside.port)
          throw new Inconclusive("precondition", "the phone does not tell of its new binding in the first place");
        return { inform: session?.inform, seen, name: addressName(bench) };
      }),
    *judge({ inform, seen, name }) {
      const wrong = inform !== undefined && notifies(inform, name);
      yield holds("TR-111:2.2.1.3#no-notification", !wrong, {
        expected: `no ${VALUE_CHANGE} with ${name}`,
        actual: wrong ? "one" : "none",
        where: inform?.where ?? seen.address.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.notification-limit",
    title: "keeps UDPConnectionRequestAddressNotificationLimit between two notifications",
    proves: ["TR-111:2.2.1.3#notification-limit", "TR-111:2.2.1.3#notified-after-limit"],
    references: ["STN-011"],
    needs,
    waits: 200,
    drive: (bench) =>
      withNotification(bench, 2, { UDPConnectionRequestAddressNotificationLimit: LIMIT }, async ({ inside, outside }) => {
        const binding = { inside, outside };
        const change = (): Promise<Endpoint> => rebound(bench, { inside, outside: reachedAt(bench, binding) });
        const first = await nextNotification(bench, change);
        if (first === undefined) throw new Inconclusive("precondition", "the phone does not notify of its binding");
        return { first, second: await nextNotification(bench, change), name: addressName(bench) };
      }),
    *judge({ first, second, name }) {
      if (second !== undefined) {
        const passed = (second.at - first.at) / 1000;
        yield holds("TR-111:2.2.1.3#notification-limit", passed >= LIMIT - EARLY, {
          expected: `at least ${LIMIT} s after the notification before (${EARLY} s allowed for)`,
          actual: `${passed} s`,
          where: second.inform.where,
        });
      }
      yield* told("TR-111:2.2.1.3#notified-after-limit", second, name);
    },
  }),
];
