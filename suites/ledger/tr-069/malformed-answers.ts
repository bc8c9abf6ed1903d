import { must, should } from "../rows.ts";

/** Answers of the ACS that are no valid messages, TR-069 section 3.7.1.4. */
export const malformedAnswersRequirements = [
  must("TR-069:3.7.1.4#malformed-inform-response", "takes a session for failed when the InformResponse is not well-formed"),
  must("TR-069:3.7.1.4#malformed-request", "takes a session for failed when a request is not well-formed"),
  must("TR-069:3.7.1.4#envelope-namespace", "takes a session for failed when an envelope is not in the namespace of SOAP 1.1"),
  // Who deems such a structure invalid is left open, and a lenient reader has read the first Body by then.
  should("TR-069:3.7.1.4#two-bodies", "takes a session for failed when an envelope has two bodies"),
  must("TR-069:3.7.1.4#html", "takes a session for failed when an answer is no SOAP message"),
];
