import { anyLocalAddress, localAddressTowards } from "../harness/bench/local-address.ts";
import type { Clock } from "../harness/core/clock.ts";
import type { GatewayPort, Network } from "../harness/core/network.ts";
import { hostNetwork } from "../lan/host.ts";
import { openLabInterface } from "../lan/lab.ts";
import { openLan } from "../lan/lan.ts";
import type { LanPort } from "../simulator/network.ts";
import type { Job } from "./job.ts";

/** What datagrams of a run travel on. */
export interface Networks {
  readonly udp: Network;
  /** The bench's end of the phone's LAN. */
  readonly gateway?: GatewayPort;
  /** The embedded phone's end of it. */
  readonly phone?: LanPort;
  /** Why there is no LAN though one was asked for. */
  readonly problem?: string;
  stop(): Promise<void>;
}

/** Opens what a run wants of networks besides TCP. Never throws: a LAN that cannot be had says why. */
export async function openNetworks({ lan, target }: Pick<Job, "lan" | "target">, clock: Clock): Promise<Networks> {
  const towards =
    target.kind === "simulator" ? "127.0.0.1" : target.address && (await localAddressTowards(target.address.host, clock));
  const udp = hostNetwork(clock, towards ?? anyLocalAddress());
  try {
    if (lan.kind === "namespaces") {
      const { gateway, phone, stop } = await openLan(clock);
      return { udp, gateway, phone, stop };
    }
    if (lan.kind === "interface" && target.kind === "device" && target.address !== undefined) {
      const { gateway, stop } = await openLabInterface(lan.interface, { ...lan, target: target.address.host });
      return { udp, gateway, stop };
    }
  } catch (error) {
    return { udp, problem: error instanceof Error ? error.message : String(error), async stop() {} };
  }
  return { udp, async stop() {} };
}
