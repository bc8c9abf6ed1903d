import { must, should } from "../rows.ts";

/** What an HTTP/1.1 client has to read (TR-069 3.4), in forms that servers in the field use. */
export const httpResponsesRequirements = [
  must("HTTP:9112-7.1#chunked", "reads chunked answers"),
  must("HTTP:9112-7.1#many-chunks", "reads chunked answers to their last chunk"),
  must("HTTP:9112-6#segmented", "reads an answer to its end, however TCP cuts it"),
  must("HTTP:9110-5.1#field-names", "knows header fields in any case"),
  must("HTTP:9112-5#white-space", "leaves out white space around field values"),
  must("HTTP:9112-6.3#no-content", "expects no body with 204"),
  must("HTTP:9110-8.6#content-length", "states in Content-Length the octets of its body"),
  should("HTTP:9110-10.1.1#expect", "does not wait indefinitely for 100 Continue"),
];
