import { must } from "../rows.ts";

/** BOOTSTRAP, TR-069 3.7.1.5 Table 7. */
export const bootstrapRequirements = [
  must("TR-069:3.2.1#url-change", "opens a session when the URL of the ACS changes"),
  must(
    "TR-069:3.7.1.5#bootstrap-after-url-change",
    "gives 0 BOOTSTRAP at the first contact after the URL of the ACS has changed",
  ),
  must("TR-069:3.7.1.5#bootstrap-never-discarded", "never discards an undelivered 0 BOOTSTRAP"),
  must("TR-069:3.7.1.5#bootstrap-discards", "discards all other undelivered events on 0 BOOTSTRAP"),
];

/** 1 BOOT and M Reboot, TR-069 3.7.1.5 Table 7 and A.3.2.9. */
export const bootEventRequirements = [
  must("TR-069:3.7.1.5#boot", "gives 1 BOOT after it has been powered up or reset"),
  must("TR-069:3.7.1.5#related-events", "gives 1 BOOT and M Reboot in one Inform after a reboot that the ACS ordered"),
  must("TR-069:3.7.1.5#reboot-on-request", "gives M Reboot only for a reboot that the ACS ordered"),
  must("TR-069:3.7.1.5#bootstrap-once", "gives no 0 BOOTSTRAP after a reboot with the same ACS URL"),
  must("TR-069:A.3.2.9#one-reboot", "reboots once for several Reboots of a session"),
  must("TR-069:3.7.1.5#multiple-events", "gives an event for each method call, where the event is cumulative"),
  must("TR-069:3.7.1.5#boot-retried", "delivers an undelivered 1 BOOT in the immediately following session"),
  must("TR-069:3.7.1.5#command-event-retried", "delivers an undelivered M Reboot in the immediately following session"),
  must("TR-069:3.7.1.5#boot-not-repeated", "does not send delivered events of a boot again"),
  must("TR-069:A.3.3.1#discarded-together", "discards a pending 4 VALUE CHANGE and its parameters together, or keeps both"),
];

/** Delivery of other events, TR-069 3.7.1.5 and A.3.3.1. */
export const eventDeliveryRequirements = [
  must("TR-069:3.7.1.5#connection-request-not-retried", "does not retry the delivery of 6 CONNECTION REQUEST"),
  must(
    "TR-069:3.7.1.5#transfer-complete-retried",
    "retries 7 TRANSFER COMPLETE and M Download until TransferCompleteResponse has come",
  ),
  must("TR-069:3.7.1.5#several-commands", "gives an M Download with its CommandKey for each transfer that is undelivered"),
  must("TR-069:A.3.3.1#events-merged", "puts new events into the Inform that retries a failed session"),
  must("TR-069:3.7.1.5#periodic-retried", "does not discard an undelivered 2 PERIODIC"),
  must("TR-069:3.7.1.5#periodic-with-change", "gives 2 PERIODIC and 4 VALUE CHANGE together when a passive change is pending"),
];
