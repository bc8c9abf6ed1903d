import { parameterValues } from "../../../harness/acs/read.ts";
import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { HeardDhcp } from "../../../harness/dhcp/dhcp.ts";
import { expected } from "../../support/dhcp.ts";
import { rebooted } from "../../support/reboots.ts";
import { demand, tidyUp } from "../../support/steps.ts";

/** How a phone comes to its address (TR-106, Device.LAN). */
const TYPE = "LAN.AddressingType";

/** What has to be set beside it: the phone keeps the address that it has. */
const ADDRESS = ["LAN.IPAddress", "LAN.SubnetMask", "LAN.DefaultGateway"];

export interface StaticAddress {
  /** The DHCPINFORM after the start with that address. */
  readonly inform: HeardDhcp;
  /** The session after that start, its empty POST outstanding. */
  readonly session: Session;
}

/**
 * Sets the phone's address by hand to the one that it has, starts it anew, and hands over what it says then. Afterwards it gets its
 * address by DHCP again.
 * @throws Inconclusive `precondition` when that cannot be set, or the phone sends no DHCPINFORM
 */
export async function withStaticAddress<T>(bench: CwmpBench, work: (seen: StaticAddress) => Promise<T>): Promise<T> {
  const { acs, lan, phone, patience } = bench;
  const names = [TYPE, ...ADDRESS].map((name) => phone.path(name)).filter((name) => phone.model.get(name) === true);
  const type = phone.path(TYPE);
  if (!names.includes(type)) throw new Inconclusive("precondition", `the phone does not let its ${TYPE} be set`);
  let session = await acs.session();
  const reply = await session.getParameterValues(names);
  demand(reply, "GetParameterValues", `reading ${names.join(", ")}`);
  const before = [...parameterValues(reply).values()].map(({ name, value, type: kind = "string" }) => ({
    name,
    value,
    type: kind,
  }));
  const fixed = before.map((setting) => (setting.name === type ? { ...setting, value: "Static" } : setting));
  try {
    // Some go by it at once, others from their next start on.
    const informed = lan.dhcp.next(["inform"], patience.reboot);
    demand(await session.setParameterValues(fixed), "SetParameterValues", `setting ${type} to Static`);
    session = await rebooted(bench, session);
    return await work({ inform: await expected(informed, "DHCPINFORM"), session });
  } finally {
    await tidyUp(acs, session, (last) => last.setParameterValues(before));
    await leasedAgain(bench);
  }
}

/** That it has no lease yet shows in the next case, and must not hide how this one went. */
async function leasedAgain({ lan }: CwmpBench): Promise<void> {
  try {
    await (await lan.restart()).end();
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
  }
}
