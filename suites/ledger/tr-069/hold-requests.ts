import { must, should } from "../rows.ts";

/** When the phone may send requests of its own: HoldRequests, TR-069 sections 3.5 and 3.7.1.3. */
export const holdRequestsRequirements = [
  must("TR-069:3.7.1.3#pending-request-first", "sends a pending request in its next POST when nothing forbids it"),
  must("TR-069:3.7.1.3#held", "sends an empty POST in place of a request while HoldRequests is true"),
  should("TR-069:3.5#hold-requests-true", "takes true in HoldRequests for 1"),
  must("TR-069:3.5#hold-requests-zero", "takes 0 in HoldRequests like its absence"),
  must("TR-069:3.7.1.3#response-while-held", "answers requests while HoldRequests is true"),
  must("TR-069:3.7.1.3#released", "sends what it held back after an empty answer, though it has sent an empty POST while held"),
  must("TR-069:3.7.1.3#released-after-request", "sends what it held back after an empty answer to its response"),
  must("TR-069:3.7.1.3#none-after-empty-post", "sends no request in a session after an empty POST that was not held"),
];
