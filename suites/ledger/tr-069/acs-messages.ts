import { must, should } from "../rows.ts";

/** What XML 1.0, namespaces, SOAP 1.1 and TR-069 3.5 leave to the writer of a message, so that the phone has to read it. */
export const acsMessagesRequirements = [
  must("XML:1.0-2.8#declaration", "reads messages with an XML declaration"),
  must("XML:1.0-2.8#no-declaration", "reads messages without an XML declaration"),
  must("TR-069:3.5#any-prefix", "goes by namespaces, not by their prefixes"),
  must("XML-NS:1.0-6.2#default-namespace", "reads elements in the default namespace"),
  must("XML-NS:1.0-6.1#local-declarations", "reads namespace declarations on any element"),
  must("XML:1.0-2.10#indented", "reads messages with white space between their elements"),
  must("XML:1.0-2.11#carriage-returns", "reads messages whose lines end in CR LF"),
  should("TR-069:3.5#comments", "ignores comments and processing instructions"),
  should("XML:1.0-4.3.3#byte-order-mark", "reads messages that begin with a byte order mark"),
  must("XML:1.0-2.7#cdata", "reads CDATA sections"),
  must("XML:1.0-4.1#character-references", "resolves character references"),
  must("XML:1.0-2.3#single-quotes", "reads attribute values in single quotes"),
  must("SOAP-1.1:4.2#no-header", "processes a request without a Header"),
  must("SOAP-1.1:4.2.3#unknown-header", "ignores a header entry that it does not know and need not understand"),
  must("SOAP-1.1:4.1.1#encoding-style", "bears an encodingStyle attribute"),
  must("XML:1.0-3.1#empty-element-tag", "reads an empty-element tag like a start and an end tag"),
];
