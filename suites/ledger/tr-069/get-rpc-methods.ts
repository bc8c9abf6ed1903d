import { must, should } from "../rows.ts";

/** GetRPCMethods, TR-069 A.3.1.1. */
export const getRPCMethodsRequirements = [
  must("TR-069:A.3.1.1#all-supported", "lists every method that it supports, so at least those that Table 5 requires of a CPE"),
  must("TR-069:A.3.1.1#only-supported", "lists only methods that it supports"),
  should("TR-069:A.3.1.1#no-acs-methods", "lists no methods that Table 5 gives to the ACS"),
  must(
    "TR-069:A.3.1.1#vendor-names",
    "names the methods of a vendor X_VENDOR_Method, with an OUI or a domain name in upper case",
  ),
];
