import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, should } from "../rows.ts";

/** Every numbered requirement of "Bulk Data Collection", and what its text asks for besides. */
export const bulkDataRequirements: readonly Requirement[] = [
  {
    ...outOfScope(
      "TR-369:R-BULK.0",
      "MUST",
      "takes reports in chunks",
      "binds the collector, which the suite plays itself, and which takes them",
    ),
    who: "ACS",
  },
  must("TR-369:R-BULK.1", "tells in the query of a report which device it is"),
  must("TR-369:R-BULK.2", "delivers a report again after an unsuccessful answer, in the intervals of notifications"),
  must("TR-369:R-BULK.3", "takes the longest range from the tenth repetition on, until the next report is due"),
  must("TR-369:R-BULK.4", "counts repetitions anew after a delivered report"),
  must("TR-369:R-BULK.5", "counts repetitions anew after a reboot"),
  must("TR-369:R-BULK.6", "speaks TLS 1.2 or later to a collector with an HTTPS URL, and checks its certificate"),
  must("TR-369:R-BULK.7", "names media type and charset in Content-Type"),
  must("TR-369:R-BULK.8", "names the report format in BBF-Report-Format"),
  must("TR-369:R-BULK.8a", "names media type and charset in the Content Type of MQTT 5.0"),
  must("TR-369:R-BULK.9", "appends the instance numbers that a wildcard stands for to the name of a parameter"),
  must("TR-369:R-BULK.10", "appends the rest of the path to the name when the reference is an object"),
  must("TR-369:R-BULK.10a", "leaves excluded parameters out of the report"),
  must("TR-369:R-BULK.11", "begins CSV with a header line, and says so in the media type"),
  must("TR-369:R-BULK.12", "gives name, value and type in this order, with a row for each parameter"),
  must("TR-369:R-BULK.13", "gives the base type of a parameter"),
  should(
    "TR-369:A.2.3.2#retained",
    "delivers as many failed reports with the next one as its profile lets it retain, the oldest first, and drops older ones",
  ),
  should("TR-369:A.2.3.2#encoding", "drops failed reports when the encoding of their profile is changed"),
  should("TR-369:A.2.3.2#not-retained", "drops failed reports when its profile lets it retain none"),
  should("TR-369:A.1#owner", "makes the controller that creates a profile its owner"),
  should("TR-369:A.1#permissions", "leaves out of a report what the owner of its profile may not read"),
  should("TR-369:A.1#time-reference", "reports in phase with the TimeReference of a profile"),
  should("TR-369:A.2.1#credentials", "gives the credentials of a profile to a collector that asks for them"),
  should("TR-369:A.6.1#appended", "appends reports in CSV to failed ones without a header line of their own"),
  should("TR-369:A.6.1#separators", "separates and escapes CSV by the characters that a profile has"),
  should("TR-369:A.6.2#object-hierarchy", "puts the objects of the data model into a report as JSON objects inside one another"),
  should("TR-369:A.6.2#name-value-pair", "puts parameters into a report side by side, each by its path"),
  should("TR-369:A.6.2#types", "gives booleans and numbers as such in JSON, and everything else as strings"),
  should("TR-369:A.6.2#collection-time", "tells the time of a report in JSON as CollectionTime, in the format of the profile"),
];
