import { must, should } from "../rows.ts";

/** How a session ends when all goes well, TR-069 section 3.7.1.4. */
export const sessionEndRequirements = [
  must("TR-069:3.7.1.4#ends", "ends the session on an empty answer to its empty POST"),
  must("TR-069:3.7#closes-connection", "closes its connection when the session is over"),
  must(
    "TR-069:3.7.1.4#no-trailing-post",
    "ends the session on an empty answer to its last response, having sent its empty POST before",
  ),
  should("TR-069:3.4.6#empty-200", "takes an answer without body for an empty one, whatever its status of success"),
  must("TR-069:3.7.1.4#reboot-after-session", "defers a reboot until the session is over"),
  must("TR-069:3.7.1.4#reboot-after-clean-end", "defers a reboot until a session has ended well"),
];
