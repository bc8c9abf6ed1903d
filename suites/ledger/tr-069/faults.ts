import { must, should } from "../rows.ts";

/** Faults, TR-069 sections 3.5 and A.5. */
export const faultRequirements = [
  must("TR-069:3.5#unsupported-method", "answers a request for a method that it does not support with fault 9000"),
  must("TR-069:3.5#faultstring", "has the text CWMP fault in faultstring"),
  must("TR-069:3.5#fault-detail", "has in the detail of a fault the Fault structure, with FaultCode and FaultString"),
  should("TR-069:A.5.1#faultcode", "gives in faultcode the side that Table 84 names for the fault code"),
  must("TR-069:3.7.1.4#after-own-fault", "goes on with the session after it has answered a request with a fault"),
  must("TR-069:A.5.1#code-of-method", "gives only fault codes that Annex A defines for the method, or the vendor's own"),
  must("TR-069:3.5#parameter-faults", "has SetParameterValuesFault in faults of SetParameterValues only"),
];
