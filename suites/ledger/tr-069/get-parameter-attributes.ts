import { must, should } from "../rows.ts";

/** GetParameterAttributes, TR-069 A.3.2.5. */
export const getParameterAttributesRequirements = [
  must("TR-069:A.3.2.5#named-parameters", "gives the attributes of each parameter asked for, once, and of no other"),
  must("TR-069:A.3.2.5#notification", "gives each parameter a Notification that Table 25 defines"),
  should("TR-069:A.3.2.5#default-access-list", "grants access to every entity until an ACS changes an AccessList"),
  must("TR-069:A.3.2.5#partial-path", "takes a partial path as a request for all parameters below it"),
  must("TR-069:A.3.2.5#full-names", "names full parameters, never partial paths"),
  must("TR-069:A.3.2.5#empty-path", "takes the empty string as the top of the name hierarchy"),
  must("TR-069:A.3.2.5#unknown-name", "answers an invalid parameter name with fault 9005, and with nothing else"),
  must("TR-069:A.3.2.5#unknown-object", "answers a partial path that is not in the data model with fault 9005"),
  must("TR-069:A.3.2.5#empty-object", "answers a partial path without parameters below it with an empty list, not a fault"),
];
