import { must } from "../rows.ts";

/** Requirements on what an Inform says, as compared with the data model, TR-069 A.3.3.1. */
export const informRequirements = [
  must("TR-069:A.3.3.1#device-id", "gives in DeviceId what its DeviceInfo parameters hold"),
  must("TR-069:A.3.3.1#values", "gives in an Inform the values that its parameters have"),
  must("TR-069:A.3.3.1#changed-only", "lists beside 4 VALUE CHANGE no parameter that neither changed nor has to be there"),
];
