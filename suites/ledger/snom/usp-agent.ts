import { must, should } from "../rows.ts";

/** The USP agent of a Snom phone, and its map under both protocols (guide to TR-369). */
export const uspAgentRequirements = [
  must("SNOM-TR-369:Parameter-lines#agent-needs-them", "does not run its USP agent when the map has none of these lines"),
  must("SNOM-TR-369:Best-practice#own-by-provisioning", "comes to the controller that provisioning has named with index 2"),
  should("SNOM-TR-369:mac#endpoint-id", "replaces {mac} in the Endpoint ID of the controller to which it sends"),
  should("SNOM-TR-369:mac#topic", "replaces {mac} in the topic to which it subscribes by its MAC address in upper case"),
  must("SNOM-TR-369:Two-protocols#values", "has the same values by CWMP and by USP"),
  must("SNOM-TR-369:Two-protocols#by-acs", "shows a USP controller what the ACS has changed, and notifies one that subscribed"),
  must("SNOM-TR-369:Two-protocols#by-user", "notifies a subscribed USP controller of what its user has changed"),
  must(
    "SNOM-TR-369:Two-protocols#by-usp",
    "shows the ACS what a USP controller has changed, and informs it of what is notified actively",
  ),
  should("SNOM-TR-369:Two-protocols#firmware", "tells a USP controller of firmware that it got by other ways than USP"),
  should("SNOM-TR-369:Two-protocols#boot", "tells the ACS of a reboot by USP as one that the ACS did not ask for"),
];
