import { must, should } from "../rows.ts";

/** Rules for the HTTP side of every message of the phone, TR-069 section 3.4. */
export const httpRuleRequirements = [
  must("TR-069:3.4#http-1.1", "speaks HTTP/1.1 to the ACS"),
  must("HTTP:9112-3.2#host", "sends exactly one Host field in every request"),
  must("TR-069:3.4.1#post", "carries all that it says to the ACS in POST requests"),
  must("TR-069:3.4.1#content-type", "labels each POST that carries an envelope text/xml"),
  must("TR-069:3.4.1#charset", "names no other charset in Content-Type than the envelope is encoded in"),
  must(
    "TR-069:3.4.1#soap-action-empty",
    "sends an empty SOAPAction, without quotes, on each POST that carries a response or a fault",
  ),
  should("SOAP-1.1:6.1.1#soap-action", "sends a SOAPAction field on each POST that carries a request"),
  must("TR-069:3.4.1#empty-post-soap-action", "sends no SOAPAction on an empty POST"),
  must("TR-069:3.4.1#empty-post-content-type", "sends no Content-Type on an empty POST"),
  must("TR-069:3.4.6#empty-post-length", "sends a body of zero octets when it has nothing to say"),
];
