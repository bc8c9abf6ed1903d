import { must, should } from "../rows.ts";

/** TCP connections of a session, TR-069 sections 3.4.2 and 3.2.1.2. */
export const connectionRequirements = [
  should("TR-069:3.4.2#persistent-connection", "keeps one connection throughout a session"),
  must("TR-069:3.4.2#continues", "goes on with a session over a new connection after a request with Connection: close"),
  must(
    "TR-069:3.4.2#continues-after-inform",
    "goes on with a session over a new connection after an InformResponse with Connection: close",
  ),
  must("TR-069:3.4.2#continues-unannounced", "goes on with a session over a new connection after one was closed without notice"),
  must("TR-069:3.4.2#challenge-same-connection", "answers a challenge over the connection that it came on"),
  must("TR-069:3.4.2#challenge-new-connection", "answers a challenge with Connection: close over a new connection"),
  should("TR-069:3.2.1.2#source-port", "connects from another source port after each reboot"),
];
