import { must, should } from "../rows.ts";

/** Faults and HTTP errors of the ACS, TR-069 sections 3.7.1.4 and 3.7.1.6, and faults of the phone where none may be. */
export const sessionFaultsRequirements = [
  must("TR-069:3.7.1.6#retry-inform", "repeats an Inform that is answered with fault 8005, in its next POST"),
  must("TR-069:3.7.1.4#inform-fault", "takes a session for failed when its Inform is answered with another fault"),
  must("TR-069:3.4.2#closes-after-failure", "closes the connection of a session that failed"),
  must("TR-069:3.7.1.4#fault-continues", "goes on with a session when a request other than Inform is faulted"),
  should("TR-069:3.7.1.6#no-retry-after-fault", "does not repeat a faulted request in the same session, unless asked to by 8005"),
  must("TR-069:3.7.1.6#retry-request", "repeats a request that is answered with fault 8005, in its next POST"),
  must("TR-069:3.7.1.4#http-error-on-inform", "takes a session for failed when its Inform is answered with an HTTP error"),
  must("TR-069:3.7.1.4#http-error-in-session", "takes a session for failed when a later POST is answered with an HTTP error"),
  must("TR-069:3.5#no-fault-to-response", "sends no fault for a response"),
  must("TR-069:3.5#no-fault-to-fault", "sends no fault for a fault"),
  must("TR-069:A.2.2#missing-argument", "takes a request without one of its arguments for an error"),
];
