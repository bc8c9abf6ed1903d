import type { Mutant } from "./mutant.ts";

/** Phones with something wrong in how their vendor's methods are named and listed, and in Customize. */
export const snomVendorMutants: readonly Mutant[] = [
  {
    id: "vend-unlisted",
    phone: "A phone that does not list the method Customize, which it supports.",
    breaks: "SNOM-TR-069:GetRPCMethods#vendor-methods",
    caught: { "snom.vendor-methods.listed": ["SNOM-TR-069:GetRPCMethods#vendor-methods"] },
    change: ({ rpc }) => ({
      rpc: { listedMethods: (supported) => rpc.listedMethods(supported).filter((name) => !name.endsWith("Customize")) },
    }),
  },
  {
    id: "vend-listed-without",
    phone: "A phone that lists a method of its vendor which only other models have.",
    breaks: "SNOM-TR-069:GetRPCMethods#listed-answer",
    caught: { "snom.vendor-methods.listed-answer": ["SNOM-TR-069:GetRPCMethods#listed-answer"] },
    change: ({ rpc }) => ({
      rpc: { listedMethods: (supported) => [...rpc.listedMethods(supported), "X_000413_PlayVideo"] },
    }),
  },
  {
    id: "vend-other-spelling",
    phone: "A phone that finds fault with the arguments of a method called by the guide's spelling.",
    breaks: "SNOM:rpc-methods#spellings",
    caught: { "snom.vendor-methods.spellings": ["SNOM:rpc-methods#spellings"] },
    change: () => ({ vendor: { otherNameFault: () => 9003 } }),
  },
  {
    id: "vend-unknown-method",
    phone: "A phone that takes every method under its vendor's name but Customize for Minibrowser.",
    breaks: "TR-069:3.5#unsupported-method",
    caught: { "snom.vendor-methods.unknown": ["TR-069:3.5#unsupported-method"] },
    change: ({ vendor }) => ({
      vendor: {
        listedName(method) {
          const name = vendor.listedName(method);
          return /^X[-_](?:snom|000413)[-_](?!Customize$)/.test(name) ? "X_000413_Minibrowser" : name;
        },
      },
    }),
  },
  {
    id: "vend-bare-name",
    phone: "A phone that takes its vendor's methods under their bare names as well.",
    breaks: "SNOM:rpc-methods#prefix",
    caught: { "snom.vendor-methods.standard-name": ["SNOM:rpc-methods#prefix"] },
    change: ({ vendor }) => ({
      vendor: { listedName: (method) => vendor.listedName(method).replace(/^(?=(?:Customize|Minibrowser)$)/, "X_000413_") },
    }),
  },
  {
    id: "vend-url-with-port",
    phone: "A phone that takes no address with a port in Customize.",
    breaks: "SNOM-TR-069:X-snom-Customize#response",
    caught: {
      "snom.customize.fetches": ["SNOM-TR-069:X-snom-Customize#response", "SNOM-TR-069:X-snom-Customize#fetches"],
      "snom.customize.shows": ["SNOM:customize#upload-gui"],
      "snom.customize.after-failure": ["SNOM:customize#after-failure"],
    },
    change: ({ vendor }) => ({
      vendor: { acceptsSkinUrl: (url) => vendor.acceptsSkinUrl(url) && new URL(url).port === "" },
    }),
  },
  {
    id: "vend-customize-idle",
    phone: "A phone that answers Customize and does nothing.",
    breaks: "SNOM-TR-069:X-snom-Customize#fetches",
    caught: {
      "snom.customize.fetches": ["SNOM-TR-069:X-snom-Customize#fetches"],
      "snom.customize.shows": ["SNOM:customize#upload-gui"],
      "snom.customize.after-failure": ["SNOM:customize#after-failure"],
    },
    change: () => ({ vendor: { customizes: () => false } }),
  },
  {
    id: "vend-address-lost",
    phone: "A phone that puts on the skin of Customize and does not keep its address.",
    breaks: "SNOM:customize#upload-gui",
    caught: { "snom.customize.shows": ["SNOM:customize#upload-gui"] },
    change: () => ({ vendor: { addressAfterSuccess: (before) => before } }),
  },
  {
    id: "vend-upload-read-only",
    phone: "A phone that lets no ACS write the addresses of tarballs.",
    breaks: "SNOM-TR-069:X-snom-Customize#upload-gui-set",
    caught: {
      "snom.customize.upload-gui": [
        "SNOM-TR-069:X-snom-Customize#upload-gui-set",
        "SNOM-TR-069:X-snom-Customize#upload-gui-fetched",
      ],
      "snom.customize.upload-web": [
        "SNOM-TR-069:X-snom-Customize#upload-web-set",
        "SNOM-TR-069:X-snom-Customize#upload-web-fetched",
      ],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#writable-lines"],
    },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          !(by === "acs" && name.startsWith("upload_")) && model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "vend-upload-gui-idle",
    phone: "A phone that does not fetch what X_snom_UploadGUI names until it starts anew.",
    breaks: "SNOM-TR-069:X-snom-Customize#upload-gui-fetched",
    caught: { "snom.customize.upload-gui": ["SNOM-TR-069:X-snom-Customize#upload-gui-fetched"] },
    change: ({ vendor }) => ({
      vendor: { followsSetting: (setting) => setting !== "upload_gui" && vendor.followsSetting(setting) },
    }),
  },
  {
    id: "vend-upload-web-idle",
    phone: "A phone that has X_snom_UploadWeb and does nothing with it.",
    breaks: "SNOM-TR-069:X-snom-Customize#upload-web-fetched",
    caught: { "snom.customize.upload-web": ["SNOM-TR-069:X-snom-Customize#upload-web-fetched"] },
    change: ({ vendor }) => ({
      vendor: { followsSetting: (setting) => setting !== "upload_web" && vendor.followsSetting(setting) },
    }),
  },
  {
    id: "vend-restarts-for-no-tarball",
    phone: "A phone that starts anew when what it fetched is no tarball.",
    breaks: "SNOM:customize#broken-alive",
    caught: {
      "snom.customize.broken-tarball": ["SNOM:customize#broken-alive"],
      "snom.customize.text-file": ["SNOM:customize#text-alive"],
    },
    change: () => ({ vendor: { restartsAfter: (what) => what === "no tarball" } }),
  },
  {
    id: "vend-restarts-for-no-skin",
    phone: "A phone that starts anew for a tarball, whatever is in it.",
    breaks: "SNOM:customize#no-skin-alive",
    caught: { "snom.customize.no-skin": ["SNOM:customize#no-skin-alive"] },
    change: () => ({ vendor: { restartsAfter: (what) => what === "no skin" } }),
  },
  {
    id: "vend-restarts-for-missing-tarball",
    phone: "A phone that starts anew when it cannot fetch a tarball.",
    breaks: "SNOM:customize#missing-alive",
    caught: {
      "snom.customize.missing-tarball": ["SNOM:customize#missing-alive"],
      "snom.customize.unreachable-server": ["SNOM:customize#unreachable-alive"],
    },
    change: () => ({ vendor: { restartsAfter: (what) => what === "not there" } }),
  },
  {
    id: "vend-restarts-for-empty-address",
    phone: "A phone that starts anew for Customize with an empty address.",
    breaks: "SNOM:customize#empty-alive",
    caught: { "snom.customize.empty-url": ["SNOM:customize#empty-alive"] },
    change: () => ({ vendor: { restartsAfter: (what) => what === "no address" } }),
  },
  {
    id: "vend-keeps-bad-address",
    phone: "A phone that writes down the address of a tarball before it has seen that it is no good.",
    breaks: "SNOM:customize#broken-old-state",
    caught: {
      "snom.customize.broken-tarball": ["SNOM:customize#broken-old-state"],
      "snom.customize.text-file": ["SNOM:customize#text-old-state"],
      "snom.customize.no-skin": ["SNOM:customize#no-skin-old-state"],
      "snom.customize.missing-tarball": ["SNOM:customize#missing-old-state"],
      "snom.customize.unreachable-server": ["SNOM:customize#unreachable-old-state"],
    },
    change: () => ({ vendor: { addressAfterFailure: (_before, url) => url } }),
  },
  {
    id: "vend-empty-address-unsupported",
    phone: "A phone that answers Customize with an empty address as a method that it does not have.",
    breaks: "SNOM:customize#empty-answered",
    caught: {
      "snom.customize.empty-url": ["SNOM:customize#empty-answered"],
      "snom.vendor-methods.listed-answer": ["SNOM-TR-069:GetRPCMethods#listed-answer"],
    },
    change: () => ({ vendor: { skinUrlFault: () => 9000 } }),
  },
  {
    id: "vend-stuck-after-failure",
    phone: "A phone that passes over the tarball which comes after one that was none.",
    breaks: "SNOM:customize#after-failure",
    caught: { "snom.customize.after-failure": ["SNOM:customize#after-failure"] },
    change: () => ({ vendor: { loadsAfter: (last) => last !== "no tarball" } }),
  },
];
