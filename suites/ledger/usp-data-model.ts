import type { Requirement } from "../../harness/core/verdict.ts";
import { must, should } from "./rows.ts";

/** What parameters of TR-181 ask of a USP agent, and no numbered requirement of TR-369 says. */
export const uspDataModelRequirements: readonly Requirement[] = [
  must(
    "TR-181:E2ESession#record-size",
    "sends no record of a session context larger than MaxUSPRecordSize, and marks the segments of a message",
  ),
  should("TR-181:Boot#local-reboot", "tells the cause LocalReboot, without a CommandKey, when it was switched off and on"),
  should("TR-181:Boot#local-reset", "tells the cause LocalFactoryReset, without a CommandKey, when its user has reset it"),
  must("TR-181:FactoryReset#response", "answers Device.FactoryReset()"),
  must("TR-181:FactoryReset#forgets", "has values and subscriptions from before no longer after Device.FactoryReset()"),
  should("TR-181:BulkData#disabled", "reports no more when a profile is disabled"),
  should("TR-181:BulkData#force-collection", "collects and delivers at once on ForceCollection()"),
  should("TR-181:BulkData#compression", "compresses a delivery as a profile says"),
  should("TR-181:BulkData#persist", "keeps failed reports through a reboot when it is to"),
  should("TR-181:BulkData#method", "delivers by the method that a profile says"),
  should("TR-181:BulkData#date", "tells the time of a delivery in a Date header when it is to"),
];
