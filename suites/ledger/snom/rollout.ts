import { must } from "../rows.ts";

const BEST_PRACTICE = "SNOM-TR-069:Best-practice";

/** The recommended way of getting many phones under management (guide to TR-069, Figure 3), once with an upgrade and once without. */
export const rolloutRequirements = [
  must(`${BEST_PRACTICE}#order`, "goes to its provisioning server, then to firmware, settings and ACS, in this order"),
  must(`${BEST_PRACTICE}#firmware`, "comes to its first contact with the firmware that the provisioning server has for it"),
  must(`${BEST_PRACTICE}#settings`, "has the common settings of the provisioning server at its first contact"),
  must(`${BEST_PRACTICE}#param-map`, "has the param_map of the provisioning server once it is under management"),
  must(`${BEST_PRACTICE}#first-contact`, "comes to its first contact with 0 BOOTSTRAP"),
  must(`${BEST_PRACTICE}#managed`, "answers the ACS in its first session"),
  must(`${BEST_PRACTICE}#recent-order`, "goes to its provisioning server, then to its ACS, when its firmware is recent"),
  must(`${BEST_PRACTICE}#no-upgrade`, "does not start anew for firmware when its own is recent"),
  must(`${BEST_PRACTICE}#recent-settings`, "has the common settings at its first contact, when its firmware is recent"),
  must(`${BEST_PRACTICE}#recent-first-contact`, "comes to its first contact with 0 BOOTSTRAP, when its firmware is recent"),
];
