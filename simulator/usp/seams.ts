import { bulkSeams } from "./bulk-seams.ts";
import { certificateSeams } from "./certificate-seams.ts";
import { discoverySeams } from "./discovery-seams.ts";
import { doorSeams } from "./door-seams.ts";
import { firmwareSeams } from "./firmware-seams.ts";
import { messageSeams } from "./message-seams.ts";
import { mqttSeams } from "./mqtt-seams.ts";
import { notifySeams } from "./notify-seams.ts";
import { operateSeams } from "./operate-seams.ts";
import { pathSeams } from "./path-seams.ts";
import { recordSeams } from "./record-seams.ts";
import { referenceSeams } from "./reference-seams.ts";
import { sessionContextSeams } from "./session-seams.ts";
import { socketSeams } from "./socket-seams.ts";
import { supportedSeams } from "./supported-seams.ts";
import { trustSeams } from "./trust-seams.ts";
import { valueSeams } from "./value-seams.ts";

/** Every behaviour of the USP agent that a mutant may replace. */
export const uspAgentSeams = {
  ...bulkSeams,
  ...certificateSeams,
  ...discoverySeams,
  ...doorSeams,
  ...firmwareSeams,
  ...messageSeams,
  ...mqttSeams,
  ...notifySeams,
  ...operateSeams,
  ...pathSeams,
  ...recordSeams,
  ...referenceSeams,
  ...sessionContextSeams,
  ...socketSeams,
  ...supportedSeams,
  ...trustSeams,
  ...valueSeams,
};

export type UspAgentSeams = typeof uspAgentSeams;
