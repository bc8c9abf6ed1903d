import { must, should } from "../rows.ts";

const AUTOMATICALLY = "SNOM-TR-069:Configure-TR-069-automatically-on-many-phones";
const ENABLING = "SNOM-TR-069:Enabling-TR-069-on-snom-VoIP-phones";
const MAP = "SNOM-TR-069:Provisioning-the-parameter-mapping-on-the-device";

/**
 * How a phone is provisioned: what the guide to TR-069 says of it, and, as SHOULD, what else the vendor tells the public of settings
 * files, permission flags and firmware.
 */
export const provisioningRequirements = [
  must(`${AUTOMATICALLY}#acs-settings`, "comes to the ACS whose settings it fetched from its provisioning server"),
  must(`${AUTOMATICALLY}#credentials`, "uses the credentials that it fetched when that ACS asks for them"),
  must(`${ENABLING}#ends-provisioning`, "does not provision itself at a boot while TR-069 is enabled"),
  must(`${ENABLING}#ends-refresh`, "does not refresh its settings by timer while TR-069 is enabled"),
  must(`${MAP}#in-force`, "uses the param_map that param-map in setting-files names"),
  must(`${MAP}#shown`, "shows that param_map on its web interface as it was served"),

  should("SNOM:settings-xml#settings-root", "takes settings from a file whose root is settings"),
  should("SNOM:settings-xml#phone-settings-root", "takes settings from a file whose root is phone-settings"),
  should("SNOM:settings-xml#index", "puts a setting with the attribute idx into the place of that index"),
  should("SNOM:settings-xml#value", "takes a setting's value as XML means it"),
  should("SNOM:settings-xml#unknown-setting", "passes over a setting that it does not know, and takes the others"),
  should("SNOM:settings-text#lines", "takes settings from a file in the older text form"),
  should("SNOM:setting-files#each", "fetches each file in setting-files, and takes its settings"),
  should("SNOM:setting-files#others", "takes the settings of setting-files when the map beside them is not to be had"),
  should("SNOM:setting-files#one-missing", "takes the other files in setting-files when one is not to be had"),
  should("SNOM:setting-files#circle", "does not go round for ever in files that name each other"),
  should("SNOM:uploads#parammap", "uses the param_map that uploads names"),
  should("SNOM:param-map-provisioning#missing", "keeps its param_map when the new one is not to be had"),
  should("SNOM:param-map-provisioning#broken", "goes by the param_map that it shows, also after one with a broken line"),

  should("SNOM:provisioning#refresh", "fetches its settings again when settings_refresh_timer has run out"),
  should("SNOM:provisioning#begins-again", "provisions itself again once TR-069 is switched off"),
  should("SNOM:provisioning#user-agent-model", "names its model in the User-Agent field of its requests"),
  should("SNOM:provisioning#user-agent-mac", "names its MAC address in the User-Agent field of its requests"),
  should("SNOM:provisioning#mac", "replaces {mac} in the URL with its MAC address in upper case"),
  should("SNOM:provisioning#phone-type", "replaces {phone_type} in the URL with its model"),
  should("SNOM:provisioning#folder-url", "asks a URL that ends with a slash for the file of its model, then for its own"),
  should("SNOM:provisioning#own-file-last", "lets its own file prevail over that of its model"),
  should("SNOM:provisioning#own-variant", "asks for the variant with its MAC address of a file whose name does not have it"),
  should("SNOM:provisioning#redirect", "follows redirects of the provisioning server"),
  should("SNOM:provisioning#missing-kept", "takes nothing from what comes with status 404"),
  should("SNOM:provisioning#missing-next", "fetches its settings at the next boot when they were not there before"),
  should("SNOM:provisioning#malformed-kept", "takes nothing from a settings file that is not well-formed"),
  should("SNOM:provisioning#malformed-next", "takes the next settings file after one that was not well-formed"),
  should("SNOM:provisioning#cut-kept", "takes nothing from a settings file of which the end is missing"),
  should("SNOM:provisioning#cut-next", "takes the next settings file after one that was cut off"),
  should("SNOM:provisioning#silent-next", "takes the next settings file after a server that did not answer"),
  should("SNOM:provisioning#empty-next", "takes the next settings file after one that was empty"),
  should("SNOM:provisioning#entities-next", "takes the next settings file after one whose entities unfold without measure"),

  should("SNOM:permission-flags#locked", "lets no user change a setting with the permission R, & or blank"),
  should("SNOM:permission-flags#open", "lets a user change a setting with the permission RW, $ or none"),
  should("SNOM:permission-flags#overwritten", "overwrites such a setting at the next provisioning"),
  should("SNOM:permission-flags#user-may-change", "lets a user change a setting with the permission !"),
  should("SNOM:permission-flags#kept", "keeps such a change at the next provisioning"),
  should("SNOM:permission-flags#follows", "takes a new value for a setting with the permission ! that no user has changed"),

  should("SNOM:firmware#installed", "installs the firmware that firmware_status leads to, and starts with it"),
  should("SNOM:firmware#settings-only", "installs no firmware while update_policy is settings_only"),
  should("SNOM:firmware#never-update", "installs no firmware while update_policy is never_update"),
  should("SNOM:firmware#same-version", "does not start anew for a firmware that it has already"),
  should("SNOM:firmware#broken-image", "keeps its firmware when the image is none"),
  should("SNOM:firmware#broken-image-calm", "does not start anew for an image that is none"),
  should("SNOM:firmware#missing-image", "takes its settings when the firmware is not to be had"),
];
