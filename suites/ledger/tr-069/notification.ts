import { must } from "../rows.ts";

/** Notification of changed values, TR-069 3.2.1, 3.7.1.5, A.3.2.4 and A.3.3.1. */
export const notificationRequirements = [
  must("TR-069:A.3.2.4#active", "opens a session when a parameter with active notification is changed by another than the ACS"),
  must("TR-069:A.3.2.4#value-change-event", "gives 4 VALUE CHANGE in an Inform that notifies of a change"),
  must("TR-069:A.3.3.1#changed-value", "lists the changed parameter with its new value in the Inform"),
  must("TR-069:3.7.1.5#passive-no-session", "opens no session for a change under passive notification alone"),
  must("TR-069:A.3.2.4#passive", "tells of a change under passive notification in the next Inform"),
  must("TR-069:A.3.3.1#off", "gives no 4 VALUE CHANGE for a parameter without notification"),
  must("TR-069:3.2.1#acs-change-no-session", "opens no session because of a change by the ACS itself"),
  must("TR-069:A.3.3.1#acs-change", "gives no 4 VALUE CHANGE for a change by the ACS itself"),
  must("TR-069:A.3.3.1#changed-back", "notifies also of a parameter that has its old value back"),
  must("TR-069:A.3.3.1#listed-once", "lists a parameter that changed several times once, with the most recent value"),
  must("TR-069:A.3.3.1#no-change", "gives 4 VALUE CHANGE only when a listed parameter has changed"),
];

/** When notifications are delivered, repeated and dropped. */
export const notificationDeliveryRequirements = [
  must("TR-069:3.2.1#change-during-session", "opens a new session for a change during a session, after that one"),
  must("TR-069:3.7.1.1#shielded", "shields a session from changes of parameters by others than the ACS"),
  must("TR-069:3.2.1#one-notification", "notifies once of a parameter that changed several times before the session"),
  must("TR-069:3.7.1.5#value-change-retried", "delivers an undelivered 4 VALUE CHANGE in the immediately following session"),
  must("TR-069:3.7.1.5#confirmation", "takes events for delivered only when their response has arrived"),
  must("TR-069:A.3.3.1#latest-value", "lists the most recent value when it notifies again"),
  must("TR-069:3.7.1.5#value-change-not-repeated", "does not send a delivered 4 VALUE CHANGE again"),
  must("TR-069:A.3.3.1#delivered-not-retried", "leaves delivered events out of the retry of a failed session"),
  must("TR-069:A.3.2.4#deletion", "does not take the deletion of an object for a value change"),
];
