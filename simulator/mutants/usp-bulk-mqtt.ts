import type { Mutant } from "./mutant.ts";

const TRANSFERS = "TP-469:10.1#transfers";
const WELL_FORMED = "TP-469:10.1#well-formed";
const PARAMETER = "TP-469:10.1#parameter";

/** Phones that publish their reports otherwise than they should (TR-369 "MQTT Bulk Data Collection"). */
export const uspBulkMqttMutants: readonly Mutant[] = [
  {
    id: "usp-bulk-mqtt-record-type",
    rig: "generic-mqtt",
    phone: "A phone that tells no charset in the Content Type of a report that it publishes.",
    breaks: "TR-369:R-BULK.8a",
    caught: { "usp.bulk.mqtt-content-type": ["TR-369:R-BULK.8a"] },
    change: ({ usp }) => ({
      usp: {
        bulkMediaType: (encoding, protocol) => {
          const type = usp.bulkMediaType(encoding, protocol);
          return protocol === "MQTT" ? type.replace("; charset=UTF-8", "") : type;
        },
      },
    }),
  },
  {
    id: "usp-bulk-mqtt-own-topic",
    rig: "generic-mqtt",
    phone: "A phone that publishes reports to its own topic below the one of their profile.",
    breaks: TRANSFERS,
    caught: { "usp.bulk.mqtt": [TRANSFERS] },
    change: () => ({ usp: { bulkTopic: (topic, endpointId) => `${topic}/${endpointId}` } }),
  },
  {
    id: "usp-bulk-mqtt-octets-cut",
    rig: "generic-mqtt",
    phone: "A phone that publishes reports without their last octet.",
    breaks: WELL_FORMED,
    caught: { "usp.bulk.mqtt": [WELL_FORMED] },
    change: () => ({ usp: { bulkPayload: (content) => content.subarray(0, -1) } }),
  },
  {
    id: "usp-bulk-mqtt-largest",
    rig: "generic-mqtt",
    phone: "A phone that publishes the largest number there is for the last one in a report.",
    breaks: PARAMETER,
    caught: { "usp.bulk.mqtt": [PARAMETER] },
    change: () => ({
      usp: { bulkPayload: (content) => Buffer.from(content.toString("utf8").replace(/\d+(?=\D*$)/, "4294967295")) },
    }),
  },
];
