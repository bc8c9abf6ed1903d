import { isIP } from "node:net";
import type { Device } from "../device.ts";
import { DnsClient } from "../dns/client.ts";
import { Mdns } from "../dns/mdns.ts";
import type { DnsRecord } from "../dns/message.ts";
import { labelsOf, sameName } from "../dns/names.ts";
import { type AdvertisingFacts, advertised } from "./advertising.ts";
import { CONTROLLER_OPTIONS, type ControllerOption, type VendorClass } from "./discovery-seams.ts";
import { type FoundController, noteController } from "./found-controller.ts";
import { type Locate, Locator } from "./locator.ts";
import type { UspModel } from "./model.ts";
import { GATEWAY_INFO } from "./schema-discovery.ts";

/** What a DHCP server has given the device, as far as its agent cares. */
export interface AgentLease {
  readonly address: string;
  readonly router?: string;
  /** Addresses of DNS servers. */
  readonly dns: readonly string[];
  /** Sub-options of the Broadband Forum's in option 125, as they came. */
  readonly vendor: ReadonlyMap<number, Buffer>;
}

export interface DiscoverySurroundings {
  readonly model: UspModel;
  /** Performs a change, and sees to what follows from it. */
  change(action: () => void): void;
  endpointId(): string;
  /** Port on which the agent listens for WebSockets; 0 as long as it does not. */
  port(): number;
  /** Topic on which the agent is answered over an MQTT client; undefined when there is none. */
  replyTo(client: string): string | undefined;
}

/** Services of agents that are browsed for (TR-369 "IANA-Registered USP Service Names"). */
const AGENTS = ["_usp-agt-ws._tcp.local", "_usp-agt-mqtt._tcp.local"];

/** Code of the option by which a client names the class of device that it is (RFC 3925 3). */
const VENDOR_CLASS = 124;

/** Option 124 with one vendor class. */
export function vendorClassOption({ enterprise, data }: VendorClass): { readonly code: number; readonly data: Buffer } {
  const [head, text] = [Buffer.alloc(5), Buffer.from(data)];
  head.writeUInt32BE(enterprise);
  head.writeUInt8(text.length, 4);
  return { code: VENDOR_CLASS, data: Buffer.concat([head, text]) };
}

/** How the agent of a device on a LAN finds controllers, and is found itself (TR-369 "Discovery and Advertisement"). */
export class Discovery {
  readonly #device: Device;
  readonly #around: DiscoverySurroundings;
  readonly #mdns: Mdns | undefined;
  readonly #locator: Locator | undefined;
  #isOn = false;
  #lease: AgentLease | undefined;
  /** EndpointID of the gateway's own agent; empty when it is not known to have one. */
  #gatewayAgent = "";

  constructor(device: Device, around: DiscoverySurroundings) {
    this.#device = device;
    this.#around = around;
    const { clock, lan: network, seams, random } = device;
    if (network === undefined) return;
    const heard = (records: readonly DnsRecord[], from: { readonly address: string }) => this.#heard(records, from.address);
    // A Snom phone is told of its controllers by its settings, and speaks no multicast DNS.
    if (device.kind === "generic") this.#mdns = new Mdns({ clock, network, behaviour: seams.usp, random, heard });
    this.#locator = new Locator({
      seams: seams.usp,
      dns: new DnsClient(clock, network, random),
      mdns: this.#mdns,
      servers: () => this.#lease?.dns ?? [],
    });
  }

  /** What option 124 of a DHCP request says; none for a device that looks for no controller. */
  vendorClass(step: string): VendorClass | undefined {
    return this.#mdns === undefined ? undefined : this.#device.seams.usp.vendorClass(step);
  }

  /** How hosts are found on the LAN; undefined where there is none. */
  get locate(): Locate | undefined {
    const locator = this.#locator;
    return locator === undefined ? undefined : (host) => locator.address(host);
  }

  /** A lease was given or renewed, or is lost. */
  leased(lease: AgentLease | undefined): void {
    if (lease?.router !== this.#lease?.router) this.#gatewayAgent = "";
    this.#lease = lease;
    if (lease === undefined || !this.#isOn) this.#leave();
    else this.#join(lease);
  }

  boot(): void {
    this.#isOn = true;
    if (this.#lease !== undefined) this.#join(this.#lease);
  }

  off(): void {
    this.#isOn = false;
    this.#leave();
  }

  /** The agent's MTPs may be others than before. */
  follow(): void {
    if (!this.#isOn || this.#lease === undefined) return;
    const { model, endpointId, port, replyTo } = this.#around;
    const facts: AdvertisingFacts = {
      endpointId: endpointId(),
      address: this.#lease.address,
      port: port(),
      replyTo,
      brokerAddress: (host) => (isIP(host) === 0 ? undefined : host),
    };
    this.#mdns?.publish(advertised(model, this.#device.seams.usp, facts));
  }

  /** Values that only the LAN knows. */
  live(path: string): string | undefined {
    if (path === `${GATEWAY_INFO}EndpointID`) return this.#gatewayAgent;
    if (path !== `${GATEWAY_INFO}ManagementProtocol`) return undefined;
    const { model } = this.#around;
    const isKnown = ["ManufacturerOUI", "ProductClass", "SerialNumber"].some((name) => model.value(GATEWAY_INFO + name) !== "");
    return this.#device.seams.usp.managementProtocol(isKnown, this.#gatewayAgent !== "");
  }

  #leave(): void {
    this.#gatewayAgent = "";
    this.#mdns?.close();
  }

  #join(lease: AgentLease): void {
    const mdns = this.#mdns;
    if (mdns === undefined) return;
    void mdns.open(lease.address).then(() => {
      if (this.#lease !== lease) return;
      this.follow();
      for (const service of AGENTS) mdns.browse(service);
    });
    this.#takeController(lease);
  }

  /** A DHCP server may tell of a controller. */
  #takeController({ vendor }: AgentLease): void {
    const { seams } = this.#device;
    const told = (option: ControllerOption): string | undefined => {
      const octets = vendor.get(CONTROLLER_OPTIONS[option]);
      return octets === undefined ? undefined : seams.usp.controllerOption(octets, option);
    };
    const found: FoundController = {
      endpointId: told("endpointId") ?? "",
      ProvisioningCode: told("provisioningCode"),
      USPNotifRetryMinimumWaitInterval: told("minimumWait"),
      USPNotifRetryIntervalMultiplier: told("multiplier"),
      place: undefined,
    };
    const place = seams.usp.toldPlace(told("place") ?? "");
    this.#note(place?.kind === "url" ? { ...found, place } : found);
    if (place?.kind !== "name") return;
    void this.#locator?.service(place.name, found.endpointId).then((service) => {
      if (service !== undefined && this.#isOn)
        this.#note({ ...found, endpointId: found.endpointId || service.endpointId, place: service });
    });
  }

  #note(found: FoundController): void {
    const { model, change } = this.#around;
    if (found.endpointId !== "") change(() => noteController(model, found, this.#device.clock.now()));
  }

  /** Somebody on the link has told of USP agents: the gateway may be one of them (R-DIS.2d). */
  #heard(records: readonly DnsRecord[], from: string): void {
    const { seams } = this.#device;
    const addressesOf = (instance: string): readonly string[] => {
      const hosts = records.flatMap((one) => (one.type === "SRV" && sameName(one.name, instance) ? [one.target] : []));
      const told = records.flatMap((one) =>
        one.type === "A" && hosts.some((host) => sameName(host, one.name)) ? [one.address] : [],
      );
      return told.length > 0 ? told : [from];
    };
    for (const record of records) {
      if (record.type !== "PTR" || !AGENTS.some((service) => sameName(service, record.name))) continue;
      const isGateway = addressesOf(record.target).some((address) => seams.usp.isGateway(address, this.#lease?.router));
      if (!isGateway || record.ttl === 0) continue;
      this.#around.change(() => {
        this.#gatewayAgent = labelsOf(record.target)[0] ?? "";
      });
    }
  }
}
