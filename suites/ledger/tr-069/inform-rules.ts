import { must, should } from "../rows.ts";

/** Rules for every Inform, TR-069 A.3.3.1 and 3.7.1.5, TR-106 3.5. */
export const informRuleRequirements = [
  must("TR-069:A.3.3.1#oui", "gives its OUI as six hexadecimal digits, letters in upper case"),
  must("TR-069:A.3.3.1#device-id-fixed", "never changes its OUI, ProductClass and SerialNumber"),
  must("TR-069:A.3.3.1#max-envelopes", "sets MaxEnvelopes to 1"),
  must("TR-069:A.3.3.1#current-time", "gives CurrentTime with the offset of its time zone from UTC"),
  must(
    "TR-069:A.3.3.1#event-codes",
    "uses the EventCodes of the event table or the form for those of vendors, letter for letter",
  ),
  must("TR-069:3.7.1.5#single-events", "lists an event of single cumulative behaviour at most once in an Inform"),
  must("TR-069:3.7.1.5#most-events", "lists at most 64 events in an Inform"),
  must("TR-069:A.3.3.1#command-key-empty", "leaves CommandKey empty for events that no method has caused"),
  must(
    "TR-069:3.7.1.5#paired-events",
    "sends 3 SCHEDULED and 7 TRANSFER COMPLETE only together with the M event of the method that caused them",
  ),
  must("TR-106:3.5#forced-inform", "lists in every Inform the parameters that its data model requires there"),
  must("TR-069:A.3.3.1#parameters-once", "lists a parameter at most once in an Inform"),
  should("TR-106:3.7#device-summary", "describes its root object and services in DeviceSummary in the notation of TR-106"),
  must("TR-106:2.1#one-root", "names all its parameters under one root object"),
];
