import type { CallAnswer } from "./http.ts";
import type { Settings } from "./snom-settings.ts";

/**
 * Ways of a Snom phone that its guides leave open, from the section `snom` of the profile: what could not be known without the
 * phone is a switch there, with its default and where that comes from.
 */
export interface SnomWays {
  /** FileType of a Download that brings a param_map. */
  readonly mapFileType: string;
  /** Page that shows the param_map as text. */
  readonly mapPage: string;
  /** Page that takes a new param_map by POST, and the name of the file in its form; without one the body is the map itself. */
  readonly mapUpload: { readonly page: string; readonly field?: string };
  readonly rebootPage: string;
  readonly resetPage: string;
  /** Whether settings are stored for good by `store_settings=save`; without it some firmware keeps them until its next start only. */
  readonly store: boolean;
  /** Names under which the two methods of the vendor's own are called, best first; those that GetRPCMethods lists go before. */
  readonly customize: readonly string[];
  readonly minibrowser: readonly string[];
}

/** The ways where the profile says nothing; profiles/snom.yaml has the source of each. */
export const SNOM_WAYS: SnomWays = {
  mapFileType: "X 000413 ParamMap",
  mapPage: "/param_map",
  mapUpload: { page: "/param_map" },
  rebootPage: "/advanced_update.htm?reboot=Reboot",
  resetPage: "/advanced_update.htm?reset=Reset",
  store: true,
  customize: ["X_snom_Customize", "X-snom-Customize"],
  minibrowser: ["X_snom_Minibrowser", "X-snom-Minibrowser"],
};

/** What cases on Snom phones use besides CWMP: the web interface, as an administrator would. */
export interface SnomPhone {
  readonly ways: SnomWays;
  /** All settings, as settings.xml shows them. @throws Inconclusive `precondition` when it shows none */
  settings(): Promise<Settings>;
  /**
   * Saves settings through `dummy.htm`, values URL-encoded. They are put back after the case.
   * @throws Inconclusive `precondition` when the page does not take them; that it took them proves nothing
   */
  save(settings: Readonly<Record<string, string>>): Promise<void>;
  /** One page, with whatever came. Never throws. */
  page(target: string): Promise<CallAnswer>;
  /** Text of the param_map as the phone shows it. @throws Inconclusive `precondition` when it does not */
  paramMap(): Promise<string>;
  /** Uploads a param_map through the web interface and gives the answer as it came. The map found at first is put back after the case. */
  loadParamMap(text: string): Promise<CallAnswer>;
  /** Says that the case brings another param_map in by another way, so that the one before is put back after the case. */
  mapWillChange(): Promise<void>;
  /** Presses the button that resets the phone to its factory state. @throws Inconclusive `precondition` when there is none */
  factoryReset(): Promise<void>;
  /** Resolves once the web interface answers. @throws Inconclusive `unreachable` when it does not within `patience.reboot` */
  answers(): Promise<void>;
  /**
   * Points the phone at a provisioning server and starts it anew, so that it fetches its settings from there: it knows no ACS then,
   * until what it fetches names one.
   * @throws Inconclusive `precondition`
   */
  provisionFrom(url: string): Promise<void>;
  /** Settings that lead the phone to the ACS of this run, for a provisioning file. */
  readonly acsSettings: Readonly<Record<string, string>>;
}
