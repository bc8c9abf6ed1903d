import type { Mutant } from "./mutant.ts";
import { ROLLED_OUT_WITH_UPGRADE } from "./snom-firmware.ts";

const GUIDE = "SNOM-TR-069";

/** Faults in when a phone provisions itself, what it asks for, and what becomes of it when its server fails. */
export const snomProvisioningLifeMutants: readonly Mutant[] = [
  {
    id: "prov-plain-user-agent",
    phone: "A phone that tells its provisioning server who made it, and neither model nor MAC address.",
    breaks: "SNOM:provisioning#user-agent-model",
    caught: { "snom.provisioning.user-agent": ["SNOM:provisioning#user-agent-model", "SNOM:provisioning#user-agent-mac"] },
    change: () => ({ provisioning: { userAgent: () => "Mozilla/4.0 (compatible; VoIP phone)" } }),
  },
  {
    id: "prov-mac-lower-case",
    phone: "A phone that puts its MAC address in small letters for {mac}.",
    breaks: "SNOM:provisioning#mac",
    caught: {
      "snom.provisioning.mac-in-url": ["SNOM:provisioning#mac"],
      "snom.firmware.installed": ["SNOM:firmware#installed"],
      "snom.rollout.with-upgrade": ROLLED_OUT_WITH_UPGRADE,
      "snom.rollout.recent-firmware": [
        `${GUIDE}:Best-practice#no-upgrade`,
        `${GUIDE}:Best-practice#recent-first-contact`,
        `${GUIDE}:Best-practice#recent-order`,
        `${GUIDE}:Best-practice#recent-settings`,
      ],
    },
    change: ({ provisioning }) => ({
      provisioning: {
        expanded: (url, settings) => provisioning.expanded(url.replaceAll("{mac}", (settings.mac ?? "").toLowerCase()), settings),
      },
    }),
  },
  {
    id: "prov-mac-only",
    phone: "A phone that knows no other name in braces than {mac}.",
    breaks: "SNOM:provisioning#phone-type",
    caught: { "snom.provisioning.type-in-url": ["SNOM:provisioning#phone-type"] },
    change: ({ provisioning }) => ({
      provisioning: { expanded: (url, { mac = "" }) => provisioning.expanded(url, { mac }) },
    }),
  },
  {
    id: "prov-own-file-first",
    phone: "A phone that asks for its own file before the one of its model.",
    breaks: "SNOM:provisioning#folder-url",
    caught: { "snom.provisioning.folder-url": ["SNOM:provisioning#folder-url", "SNOM:provisioning#own-file-last"] },
    change: ({ provisioning }) => ({
      provisioning: {
        files(url, tellsMac, settings) {
          const files = provisioning.files(url, tellsMac, settings);
          return url.pathname.endsWith("/") ? files.toReversed() : files;
        },
      },
    }),
  },
  {
    id: "prov-no-variant",
    phone: "A phone that does not ask for its own variant of a file.",
    breaks: "SNOM:provisioning#own-variant",
    caught: { "snom.provisioning.own-variant": ["SNOM:provisioning#own-variant"] },
    change: ({ provisioning }) => ({
      provisioning: {
        files: (url, tellsMac, settings) => provisioning.files(url, tellsMac || !url.pathname.endsWith("/"), settings),
      },
    }),
  },
  {
    id: "prov-no-redirect",
    phone: "A phone that follows no redirect of a file server with 302.",
    breaks: "SNOM:provisioning#redirect",
    caught: { "snom.provisioning.redirect": ["SNOM:provisioning#redirect"] },
    change: ({ transfer }) => ({
      transfer: { followsFileRedirect: (status) => status !== 302 && transfer.followsFileRedirect(status) },
    }),
  },
  {
    id: "prov-goes-on-at-boot",
    phone: "A phone that provisions itself at its boots also when an ACS is in charge.",
    breaks: `${GUIDE}:Enabling-TR-069-on-snom-VoIP-phones#ends-provisioning`,
    caught: { "snom.provisioning.ends-at-boot": [`${GUIDE}:Enabling-TR-069-on-snom-VoIP-phones#ends-provisioning`] },
    change: ({ provisioning }) => ({
      provisioning: {
        isOn: (occasion, managed, policy, acs) => provisioning.isOn(occasion, managed && occasion !== "boot", policy, acs),
      },
    }),
  },
  {
    id: "prov-goes-on-by-timer",
    phone: "A phone that provisions itself by its refresh timer also when an ACS is in charge.",
    breaks: `${GUIDE}:Enabling-TR-069-on-snom-VoIP-phones#ends-refresh`,
    caught: { "snom.provisioning.ends-refresh": [`${GUIDE}:Enabling-TR-069-on-snom-VoIP-phones#ends-refresh`] },
    change: ({ provisioning }) => ({
      provisioning: {
        isOn: (occasion, managed, policy, acs) => provisioning.isOn(occasion, managed && occasion !== "refresh", policy, acs),
      },
    }),
  },
  {
    id: "prov-no-refresh",
    phone: "A phone whose refresh timer never runs out.",
    breaks: "SNOM:provisioning#refresh",
    caught: { "snom.provisioning.refresh": ["SNOM:provisioning#refresh"] },
    change: () => ({ provisioning: { refresh: () => undefined } }),
  },
  {
    id: "prov-managed-for-good",
    phone: "A phone that never provisions itself again once it knows an ACS, whether TR-069 is on or not.",
    breaks: "SNOM:provisioning#begins-again",
    caught: { "snom.provisioning.begins-again": ["SNOM:provisioning#begins-again"] },
    change: ({ provisioning }) => ({
      provisioning: {
        isOn: (occasion, managed, policy, acs) => acs === "" && provisioning.isOn(occasion, managed, policy, acs),
      },
    }),
  },
  {
    id: "prov-error-page-taken",
    phone: "A phone that takes what comes with 404 for the file that it has asked for.",
    breaks: "SNOM:provisioning#missing-kept",
    caught: {
      "snom.provisioning.missing-file": ["SNOM:provisioning#missing-kept"],
      "snom.map-download.missing": ["PARAM-MAP:download#old-map-kept", "PARAM-MAP:download#reported"],
    },
    change: () => ({ transfer: { isFile: (status) => status === 200 || status === 404 } }),
  },
  {
    id: "prov-salvages",
    phone: "A phone that takes all settings of a malformed file that it can find.",
    breaks: "SNOM:provisioning#malformed-kept",
    caught: {
      "snom.provisioning.malformed-file": ["SNOM:provisioning#malformed-kept", "SNOM:provisioning#malformed-next"],
    },
    change: () => ({
      provisioning: {
        salvaged: (text) =>
          [...text.matchAll(/<(\w+) perm="\w*">([^<&]*)<\/\1>/g)].map(([, name = "", value = ""]) => ({ name, value })),
      },
    }),
  },
  {
    id: "prov-part-taken",
    phone: "A phone that takes the part of a file that came before the connection broke.",
    breaks: "SNOM:provisioning#cut-kept",
    caught: {
      "snom.provisioning.cut-file": ["SNOM:provisioning#cut-kept"],
      "snom.map-download.cut": ["PARAM-MAP:download#old-map-kept", "PARAM-MAP:download#reported"],
    },
    change: () => ({ transfer: { downloadCut: () => undefined } }),
  },
  {
    id: "prov-gives-up",
    phone: "A phone that forgets a provisioning server which has nothing for it.",
    breaks: "SNOM:provisioning#missing-next",
    caught: {
      "snom.provisioning.missing-file": ["SNOM:provisioning#missing-next"],
      "snom.provisioning.malformed-file": ["SNOM:provisioning#malformed-next"],
      "snom.provisioning.cut-file": ["SNOM:provisioning#cut-next"],
      "snom.provisioning.silent-server": ["SNOM:provisioning#silent-next"],
      "snom.provisioning.empty-file": ["SNOM:provisioning#empty-next"],
      "snom.provisioning.unfolding-entities": ["SNOM:provisioning#entities-next"],
    },
    change: () => ({ provisioning: { asksAgain: () => false } }),
  },
];
