import { must } from "../rows.ts";

/** How long the phone waits for an answer, TR-069 sections 3.4.2 and 3.7.1.4. */
export const sessionPatienceRequirements = [
  must("TR-069:3.4.2#waits-for-inform-response", "waits for the InformResponse for 30 seconds at least"),
  must("TR-069:3.4.2#waits-for-request", "waits for the answer to a later POST for 30 seconds at least"),
  must("TR-069:3.7.1.4#thirty-seconds", "does not give a session up before 30 seconds without an answer"),
  must(
    "TR-069:3.7.1.4#no-retransmission",
    "takes a session for failed when an answer does not come, and does not send the POST again in it",
  ),
];
