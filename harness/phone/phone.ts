import type { ConnectionRequestAnswer, ConnectionRequestOptions } from "./connection-request.ts";
import type { FeatureName } from "./features.ts";
import type { SnomPhone } from "./snom-phone.ts";
import type { Values } from "./values.ts";

export type Root = "Device." | "InternetGatewayDevice.";

/** What the phone says it is, from its first Inform; text that it left out is empty. */
export interface Identity {
  readonly manufacturer: string;
  readonly oui: string;
  /** ProductClass. */
  readonly model: string;
  readonly serialNumber: string;
  readonly softwareVersion: string;
}

/** What is known of the phone, and how it is reached besides CWMP. */
export interface Phone {
  readonly root: Root;
  readonly identity: Identity;
  /** Methods that GetRPCMethods listed; empty when it failed. */
  readonly methods: readonly string[];
  /** Names of GetParameterNames over the whole tree, objects with their dot at the end, and whether each is writable; empty when it failed. */
  readonly model: ReadonlyMap<string, boolean>;
  readonly values: Values;
  /** ConnectionRequestURL as the last Inform gave it; throws `Inconclusive` when none ever did. */
  readonly connectionRequestURL: string;
  /** What the phone has been told that connection requests come with. */
  readonly connectionRequestCredentials: { readonly username: string; readonly password: string };
  /** `path("ManagementServer.URL")` gives the name under the phone's root; a full name stays as it is. */
  path(name: string): string;
  /** Whether the data model has this parameter or object; a name without root is taken under the phone's. */
  has(name: string): boolean;
  claims(feature: FeatureName): boolean;
  /** Sends a connection request, by default with the right credentials, and gives everything that came back. Never throws for an answer. */
  connectionRequest(options?: ConnectionRequestOptions): Promise<ConnectionRequestAnswer>;
  /**
   * Changes `values.local` as a user at the phone would: `value` is one of `values.local.values`.
   * @throws Inconclusive when the phone offers no way, or does not take it
   */
  changeLocally(parameter: string, value: string): Promise<void>;
  /**
   * Starts the phone anew without CWMP. For a Snom phone that is the reboot of its web interface, for others the profile's hook.
   * @throws Inconclusive when there is no way
   */
  powerCycle(): Promise<void>;
  /**
   * Resets the phone to its factory state as its user would, and has it pointed to us again.
   * @throws Inconclusive when there is no way
   */
  localReset(): Promise<void>;
  /**
   * Gives the phone its ACS again after a factory reset, as its provisioning would: waits until the phone can be reached, and resolves
   * when it took the ACS. Made to be the trigger of a contact: `acs.contact({ trigger: () => phone.provisionAgain(), within:
   * patience.reboot })`. For a device that keeps its ACS, or finds it by itself, it resolves at once.
   * @throws Inconclusive when the phone does not come back within `patience.reboot`
   */
  provisionAgain(): Promise<void>;
  /** What a Snom phone offers besides. Throws `Inconclusive` when the driver is not that of a Snom phone; cases with it need `snom`. */
  readonly snom: SnomPhone;
}
