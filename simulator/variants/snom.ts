import type { Variant } from "./variant.ts";

/** Phones that act otherwise where the vendor's guides leave it open. */
export const snomVariants: readonly Variant[] = [
  {
    id: "stores-when-told",
    phone: "A phone that keeps saved settings until its next reboot only, unless it is told to store them.",
    clause: "SNOM-TR-069, Configure TR-069 support manually: nothing is said of a reboot",
    change: () => ({ web: { saveLasts: (query) => query.get("store_settings") === "save" } }),
  },
  {
    id: "listed-names-only",
    phone: "A phone that knows the methods of its vendor's own by the names that it lists, not by those of the guide.",
    clause: "TR-069 A.3.1.1: names of methods begin with X_ and an OUI",
    change: () => ({ vendor: { otherNameFault: () => 9000 } }),
  },
  {
    id: "vendor-methods-do-their-best",
    phone: "A phone that answers its vendor's methods also where there is nothing to fetch or to show.",
    clause: "SNOM-TR-069, X-snom-Customize and X-snom-Minibrowser: no fault is named",
    change: () => ({ vendor: { skinUrlFault: () => undefined, pageFault: () => undefined } }),
  },
  {
    id: "small-pages",
    phone: "A phone that takes small pages only.",
    clause: "SNOM-TR-069, X-snom-Minibrowser: no size is named",
    change: () => ({ vendor: { pageLimit: () => 4096 } }),
  },
  {
    id: "quick-to-provision-again",
    phone: "A phone that asks a provisioning server which has nothing for it again after 20 s.",
    clause: "SNOM-TR-069, Best practice: no time is named",
    change: () => ({ provisioning: { pause: () => 20_000 } }),
  },
];
