import { must, should } from "../rows.ts";

/** Settings of TR-069 (guide to TR-069, TR-069 specific phone settings; Configure TR-069 support manually). */
export const settingsRequirements = [
  must("SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-on", "gives 0 BOOTSTRAP when tr69_bootstrap is on"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-off", "gives no 0 BOOTSTRAP when tr69_bootstrap is off"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-digits", "takes 1 and 0 as tr69_bootstrap like on and off"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#use-acs-on", "contacts the ACS when tr69_use_acs is turned on"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#use-acs-off", "sends no Inform while tr69_use_acs is off"),
  must(
    "SNOM-TR-069:TR-069-specific-phone-settings#use-acs-off-called",
    "opens no session for a connection request while tr69_use_acs is off",
  ),
  must("SNOM-TR-069:TR-069-specific-phone-settings#use-acs-off-boot", "contacts no ACS after a boot with tr69_use_acs off"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#use-acs-digits", "takes 1 and 0 as tr69_use_acs like on and off"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#acs-url", "contacts the ACS at the URL in tr69_acs_url"),
  must("SNOM-TR-069:TR-069-specific-phone-settings#acs-credentials", "authenticates with tr69_acs_user and tr69_acs_passwd"),
  must(
    "SNOM-TR-069:TR-069-specific-phone-settings#connection-request-credentials",
    "takes connection requests with tr69_cnr_user and tr69_cnr_pass, and with no others",
  ),
  must("SNOM-TR-069:TR-069-specific-phone-settings#defaults", "has the defaults of Table 1 after a factory reset"),
  must("SNOM-TR-069:Configure-TR-069-support-manually#documented-url", "comes to the ACS for the URL of the guide"),
  must("SNOM-TR-069:Configure-TR-069-support-manually#saved", "shows a setting as dummy.htm was told to save it"),
  must("SNOM-TR-069:Configure-TR-069-support-manually#several", "saves all settings that one URL has"),
  must("SNOM-TR-069:Configure-TR-069-support-manually#url-encoded", "decodes the values in a URL, whatever characters they have"),
  must("SNOM-TR-069:Configure-TR-069-support-manually#not-on-pages", "has no TR-069 setting on the pages of its web interface"),
  should("SNOM:settings#off-refuses-calls", "does not accept a connection request while tr69_use_acs is off"),
  should("SNOM:settings#events-cleared", "drops undelivered events when tr69_events is saved empty, as in the URL of the guide"),
  should("SNOM:settings#utf-8", "takes and shows values in UTF-8"),
  should("SNOM:settings#index", "takes the number behind the name of an indexed setting for its index"),
  should("SNOM:settings#save-only", "saves nothing for a page without settings=save"),
  should("SNOM:settings#unknown-name", "passes over a setting that it does not know, and saves the others"),
  should("SNOM:settings#same-as-cwmp", "gives a parameter that shows a setting the value that settings.xml shows"),
  should("SNOM:settings#internal-read-only", "gives a parameter that shows an internal setting as not writable"),
  should("SNOM:settings#internal-refused", "refuses to write an internal setting, as it must not be modified"),
  should("SNOM:settings#kept-over-boot", "keeps a setting over a reboot once it is stored"),
];
