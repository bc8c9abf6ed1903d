import { Alarms } from "../alarms.ts";
import { PROVISIONING_CODE_NAME, RETRY_MINIMUM_NAME, RETRY_MULTIPLIER_NAME, URL_NAME } from "../data-model/standard.ts";
import type { Device } from "../device.ts";
import type { AcsOptions } from "./discovery-seams.ts";
import type { Lease } from "./lease.ts";
import { OPTION } from "./message.ts";

/** What discovery asks of the rest of the phone. */
export interface DiscoverySurroundings {
  /** Performs a change, and sees to what follows from it. */
  change(action: () => void): void;
  /** Parameters changed by other hands than the ACS's. */
  report(names: readonly string[]): void;
  /** Asks DHCP what it says of the ACS; what comes is given to {@link AcsDiscovery.take}. */
  ask(): void;
}

/** How a device finds its ACS by DHCP: when it knows none, and when it cannot reach the one that DHCP has named (TR-069 3.1). */
export class AcsDiscovery {
  readonly #device: Device;
  readonly #around: DiscoverySurroundings;
  readonly #alarms: Alarms;
  /** The device looks for its ACS, although it has a URL. */
  #looks = false;

  constructor(device: Device, around: DiscoverySurroundings) {
    this.#device = device;
    this.#around = around;
    this.#alarms = new Alarms(device.clock);
  }

  off(): void {
    this.#alarms.cancelAll();
    this.#looks = false;
  }

  /** The ACS URL may have changed. */
  follow(): void {
    if (this.#url !== "") this.#alarms.cancel("ask");
    else if (!this.#alarms.has("ask") && this.#isOn && this.#seams.asksWithoutUrl()) this.#ask();
  }

  /** A TCP connection to the ACS is there, or could not be had. */
  dialled(succeeded: boolean): void {
    if (succeeded) this.#alarms.cancel("unreachable");
    else if (!this.#alarms.has("unreachable") && this.#isOn && this.#url !== "") this.#armUnreachable();
  }

  /** The ACS has answered an Inform. */
  informed(): void {
    const { lan } = this.#device.state;
    lan.origin = this.#seams.originAfterContact(lan.origin, this.#isByDhcp);
  }

  /** An answer of DHCP has come. */
  take({ options }: Lease): void {
    if (!this.#isOn || !(this.#url === "" || this.#looks || this.#seams.takesUnasked(this.#url))) return;
    this.#looks = false;
    // It has been asked just now.
    if (this.#url === "" && this.#seams.asksWithoutUrl()) this.#armAsk();
    const octets = options.get(OPTION.vendorSpecific);
    if (octets === undefined || !this.#seams.isForUs(options.get(OPTION.vendorClass)?.toString("utf8"))) return;
    const inside = this.#seams.encapsulated(octets);
    const found = this.#seams.acsOptions((code) => {
      const data = inside.find((one) => one.code === code)?.data;
      return data === undefined ? undefined : this.#seams.acsText(data);
    });
    this.#use(this.#seams.usedValues(found));
    this.#useUrl(found.url);
  }

  get #seams(): Device["seams"]["dhcp"] {
    return this.#device.seams.dhcp;
  }

  get #isOn(): boolean {
    return this.#seams.findsAcsByDhcp(this.#device.kind);
  }

  get #url(): string {
    return this.#device.state.settings.tr69_acs_url ?? "";
  }

  get #isByDhcp(): boolean {
    return this.#url !== "" && this.#url === this.#device.state.lan.acsUrl;
  }

  #ask(): void {
    this.#armAsk();
    this.#around.ask();
  }

  #armAsk(): void {
    this.#alarms.set("ask", this.#seams.askAgainAfter(), () => this.#ask());
  }

  #armUnreachable(): void {
    this.#alarms.set("unreachable", this.#seams.unreachableAfter(), () => {
      if (!this.#seams.asksWhenUnreachable(this.#isByDhcp, this.#device.state.lan.origin)) return;
      this.#looks = true;
      this.#armUnreachable();
      this.#around.ask();
    });
  }

  /** What DHCP says besides the URL, as far as its parameters can hold it. */
  #use({ provisioningCode, retryMinimumWait, retryMultiplier }: Omit<AcsOptions, "url">): void {
    const { model } = this.#device;
    const given: readonly (readonly [string, string | undefined])[] = [
      [PROVISIONING_CODE_NAME, provisioningCode],
      [RETRY_MINIMUM_NAME, retryMinimumWait],
      [RETRY_MULTIPLIER_NAME, retryMultiplier],
    ];
    const changed = given.flatMap(([name, text]) => {
      const parameter = model.parameter(name);
      if (parameter === undefined || text === undefined || model.refusal(parameter, text, undefined) !== undefined) return [];
      return model.value(parameter) === text ? [] : [{ parameter, text }];
    });
    if (changed.length === 0) return;
    this.#around.change(() => {
      for (const { parameter, text } of changed) model.write(parameter, text);
    });
    this.#around.report(changed.map(({ parameter }) => parameter.name));
  }

  #useUrl(given: string | undefined): void {
    const { model, state } = this.#device;
    const parameter = model.parameter(URL_NAME);
    const isGood =
      given !== undefined &&
      this.#seams.isAcsUrl(given) &&
      (parameter === undefined || model.refusal(parameter, given, undefined) === undefined);
    const url = this.#seams.urlAfter(this.#url, isGood ? given : undefined);
    if (isGood) state.lan.acsUrl = given;
    if (url === this.#url) return;
    this.#alarms.cancel("unreachable");
    this.#device.log(`DHCP names ${url} as the ACS`);
    this.#around.change(() => {
      state.settings.tr69_acs_url = url;
    });
  }
}
