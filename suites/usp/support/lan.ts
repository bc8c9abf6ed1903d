import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { pause } from "../../../harness/core/clock.ts";
import type { Located } from "../../../harness/core/finding.ts";
import type { DhcpReply, HeardDhcp } from "../../../harness/dhcp/dhcp.ts";
import { BROADBAND_FORUM, OPTION, USP_CONTROLLER } from "../../../harness/wire/dhcp-names.ts";
import { writeVendorInformation } from "../../../harness/wire/dhcp-vendor.ts";
import { says, USUAL } from "../../support/dhcp.ts";
import { instancesOf, tidily } from "./instances.ts";
import { reboot } from "./reboot.ts";

export const CONTROLLERS = "Device.LocalAgent.Controller.";

/** A port on which nobody listens: what leads there leads nowhere, and at once (RFC 863). */
export const DISCARD = 9;

/** Milliseconds for what comes soon after a start, or an answer, by itself. */
const SOON = 10_000;

/** What a DHCP server tells of a controller, by sub-option. */
export type Told = Readonly<Partial<Record<keyof typeof USP_CONTROLLER, string>>>;

/** Time passes, in which the device does what it does by itself. */
export const wait = ({ clock }: UspBench): Promise<void> => pause(clock, SOON);

/**
 * Reboots the device, and gives the DHCP messages by which it asked for its lease.
 * @throws Inconclusive `precondition` when it asked for none
 */
export async function restarted(bench: UspBench): Promise<readonly HeardDhcp[]> {
  const start = bench.clock.now();
  await reboot(bench);
  const heard = bench.lan.dhcp.heard.filter(
    ({ step, record }) => record.at >= start && /^(?:discover|request|inform)$/.test(step),
  );
  if (heard.length > 0) return heard;
  throw new Inconclusive("precondition", "the device asked for no lease when it started");
}

function replyWith(told: Told): DhcpReply {
  const names = Object.keys(USP_CONTROLLER) as (keyof typeof USP_CONTROLLER)[];
  const subOptions = names.flatMap((name) =>
    told[name] === undefined ? [] : [{ code: USP_CONTROLLER[name], value: told[name] }],
  );
  const octets = writeVendorInformation([{ enterprise: BROADBAND_FORUM, subOptions }]);
  return { kind: "answer", options: [{ code: OPTION.vendorIdentifyingInformation, octets }] };
}

/** Values below the table of controllers, as the agent shows them. */
const shown = async ({ controller }: UspBench): Promise<ReadonlyMap<string, Located>> =>
  parametersIn(await controller.get([CONTROLLERS]));

/** What an entry has of what DHCP tells, and is put back. */
const LEARNT = ["ProvisioningCode", "USPNotifRetryMinimumWaitInterval", "USPNotifRetryIntervalMultiplier"];

/**
 * Lets the DHCP server tell of a controller while the device starts, and `use` look at what came of that, which is then undone.
 * @throws Inconclusive as `restarted`
 */
export async function withTold<T>(bench: UspBench, told: Told, use: () => Promise<T>): Promise<T> {
  const { controller } = bench;
  const entries = await instancesOf(controller, CONTROLLERS);
  const before = await shown(bench);
  says(bench, replyWith(told));
  try {
    await restarted(bench);
    return await use();
  } finally {
    says(bench, USUAL);
    await tidily(async () => {
      const made = (await instancesOf(controller, CONTROLLERS)).filter((path) => !entries.includes(path));
      if (made.length > 0) await controller.delete(made, true);
      const now = await shown(bench);
      for (const path of entries) {
        const changed = LEARNT.filter((name) => now.get(path + name)?.value !== before.get(path + name)?.value);
        const params = changed.map((name) => ({ name, value: before.get(path + name)?.value ?? "" }));
        if (params.length > 0) await controller.set([{ path, params }]);
      }
    });
  }
}

/** A parameter of the entry for a controller, as the agent shows it; absent when it has no such entry. */
export async function entryValue(bench: UspBench, endpointId: string): Promise<(name: string) => Located> {
  const reply = await bench.controller.get([CONTROLLERS]);
  const values = parametersIn(reply);
  const [path] = [...values].find(([name, { value }]) => /\.\d+\.EndpointID$/.test(name) && value === endpointId) ?? [];
  return (name) =>
    values.get((path ?? "").replace(/EndpointID$/, name)) ?? {
      value: undefined,
      where: `${reply.summary.where}, entry for ${endpointId}`,
    };
}
