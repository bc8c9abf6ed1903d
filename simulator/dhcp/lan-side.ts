import { gatewayInfoName } from "../data-model/standard.ts";
import type { Device } from "../device.ts";
import { DnsClient } from "../dns/client.ts";
import { Resolver } from "../dns/resolver.ts";
import type { LanPort } from "../network.ts";
import { AcsDiscovery } from "./acs-discovery.ts";
import { type Addressing, DhcpClient } from "./client.ts";
import { gatewayOf, type Lease, withLease } from "./lease.ts";
import { type DhcpOption, OPTION } from "./message.ts";
import type { GatewayInfo } from "./reading-seams.ts";
import type { About } from "./request.ts";
import type { DhcpSeams } from "./seams.ts";
import type { DhcpStep } from "./sending-seams.ts";

/** What the phone on its LAN asks of the rest of it. */
export interface LanSurroundings {
  /** Performs a change, and sees to what follows from it. */
  change(action: () => void): void;
  /** Parameters changed by other hands than the ACS's. */
  report(names: readonly string[]): void;
  /** Calls `action` now, or when the CWMP session that is going on is over. */
  whenIdle(action: () => void): void;
  /** What others want to say in a DHCP request. */
  options(step: DhcpStep): readonly DhcpOption[];
  /** What DHCP says is another thing than before; undefined when it says nothing any more. */
  leased(lease: Lease | undefined): void;
}

/** Settings in which a Snom phone keeps the provisioning server that DHCP names. */
const SERVER_SETTING = "update_server";
const FILE_SETTING = "update_filename";

/** The phone on its LAN: its address, and what DHCP tells it of gateway, provisioning server and ACS. */
export class LanSide {
  readonly discovery: AcsDiscovery;
  readonly resolver: Resolver;
  readonly #device: Device;
  readonly #port: LanPort;
  readonly #around: LanSurroundings;
  readonly #client: DhcpClient;
  #lease: Lease | undefined;
  /** How the phone comes to its address at present; undefined while it is off. */
  #addressing: Addressing["kind"] | undefined;
  /** Called when DHCP has been heard first, and then no more. */
  #ready: (() => void) | undefined;

  constructor(device: Device, port: LanPort, around: LanSurroundings) {
    this.#device = device;
    this.#port = port;
    this.#around = around;
    const { clock, random } = device;
    const seams = device.seams.dhcp;
    this.#client = new DhcpClient(
      { clock, port, seams, random, about: (step) => this.#about(step) },
      {
        acked: (lease, step, offered) => this.#acked(lease, step, offered),
        offered: (offer) => this.#record(seams.recordedAtOffer(this.#info, gatewayOf(seams, offer.vendor))),
        lost: (why) => this.#lost(why),
        unanswered: () => this.#unanswered(),
      },
    );
    this.discovery = new AcsDiscovery(device, { ...around, ask: () => this.#askOfAcs() });
    this.resolver = new Resolver(device, new DnsClient(clock, port, random), () => this.#lease?.dns ?? []);
  }

  /** The phone has started; `ready` is called when it knows of its LAN what there is to know. */
  boot(ready: () => void): void {
    const { state } = this.#device;
    state.lan.gateway = this.#seams.infoAtBoot(state.lan.gateway);
    state.lan.origin = this.#seams.originAtBoot(state.lan.origin);
    this.#ready = ready;
    this.#start();
  }

  off(): void {
    this.#addressing = undefined;
    this.#ready = undefined;
    this.#lease = undefined;
    this.#client.stop();
    this.discovery.off();
    this.resolver.forget();
  }

  /** Settings may have changed. */
  follow(): void {
    if (this.#addressing === undefined) return;
    if (this.#wanted.kind !== this.#addressing) this.#start();
    this.discovery.follow();
  }

  get #seams(): DhcpSeams {
    return this.#device.seams.dhcp;
  }

  get #info(): GatewayInfo {
    return this.#device.state.lan.gateway;
  }

  /** A phone with a static address that has never had one has none to be static. */
  get #wanted(): Addressing {
    const { settings, lan } = this.#device.state;
    if (settings.dhcp === "off" && lan.address !== undefined) return { kind: "static", address: lan.address };
    return { kind: "dhcp", before: lan.address };
  }

  #start(): void {
    const wanted = this.#wanted;
    this.#addressing = wanted.kind;
    void this.#client.start(wanted).catch((error: unknown) => this.#device.log(`no LAN: ${String(error)}`));
  }

  #about(step: DhcpStep): About {
    const { kind, model } = this.#device;
    const info = (name: string): string => model.valueOf(`Device.DeviceInfo.${name}`);
    return {
      kind,
      mac: this.#port.mac,
      identity: { oui: info("ManufacturerOUI"), serialNumber: info("SerialNumber"), productClass: info("ProductClass") },
      others: this.#around.options(step),
    };
  }

  #acked(lease: Lease, step: DhcpStep, offered: Lease | undefined): void {
    const { state } = this.#device;
    const { address, prefix, router } = lease;
    if (step !== "inform") state.lan.address = { address, prefix, ...(router === undefined ? {} : { router }) };
    this.#settled(step === "inform" ? withLease(lease, this.#lease) : lease, () =>
      this.#seams.recorded({
        step,
        before: this.#info,
        acked: gatewayOf(this.#seams, lease.vendor),
        offered: offered && gatewayOf(this.#seams, offered.vendor),
      }),
    );
  }

  #unanswered(): void {
    // Nobody says anything new of the ACS; the lease stays as it is.
    if (this.#addressing === "dhcp") return;
    this.#settled(undefined, () => this.#seams.infoWithoutAnswer(this.#info));
  }

  #lost(why: "expired" | "refused"): void {
    this.#lease = undefined;
    const { infoAfterExpiry, infoAfterNak } = this.#seams;
    this.#around.whenIdle(() => {
      this.#record(why === "expired" ? infoAfterExpiry(this.#info) : infoAfterNak(this.#info));
      this.#around.leased(undefined);
    });
  }

  /** What DHCP has to say is there: at a start before anything else begins, later when no session is going on. */
  #settled(lease: Lease | undefined, info: () => GatewayInfo): void {
    if (lease !== undefined) this.#lease = lease;
    const ready = this.#ready;
    this.#ready = undefined;
    const take = (): void => {
      const changed = this.#write(info());
      if (lease !== undefined) this.#useProvisioning(lease);
      this.#around.leased(lease);
      if (lease !== undefined) this.discovery.take(lease);
      ready?.();
      this.discovery.follow();
      // After BOOT, which may come with a BOOTSTRAP that discards what was to be reported before.
      this.#around.report(changed);
    };
    if (ready === undefined) this.#around.whenIdle(take);
    else take();
  }

  #record(info: GatewayInfo): void {
    this.#around.report(this.#write(info));
  }

  /** Gives the parameters that are to be reported. */
  #write(info: GatewayInfo): readonly string[] {
    const before = this.#info;
    const changed = (["oui", "productClass", "serialNumber"] as const).filter((element) => info[element] !== before[element]);
    if (changed.length > 0) {
      this.#device.state.lan.gateway = info;
      this.#device.save();
    }
    return this.#seams.changedInfo(changed.map(gatewayInfoName), before, info);
  }

  #useProvisioning({ options }: Lease): void {
    const { kind, state } = this.#device;
    if (kind !== "snom") return;
    const inside = this.#seams.encapsulated(options.get(OPTION.vendorSpecific) ?? Buffer.alloc(0));
    const { server, file } = this.#seams.provisioning(
      (code) => options.get(code),
      (code) => inside.find((option) => option.code === code)?.data,
    );
    state.settings[SERVER_SETTING] = this.#seams.provisioningText(server);
    state.settings[FILE_SETTING] = this.#seams.provisioningText(file);
  }

  /** URL of the provisioning server that DHCP has named; empty for none. */
  get provisioningServer(): string {
    const { [SERVER_SETTING]: server = "", [FILE_SETTING]: file = "" } = this.#device.state.settings;
    return this.#seams.provisioningUrl(server, file);
  }

  #askOfAcs(): void {
    const address = this.#device.state.lan.address?.address;
    // Without a lease there will be one, and an answer with it.
    if (this.#lease !== undefined && address !== undefined) this.#client.inform(address);
  }
}
