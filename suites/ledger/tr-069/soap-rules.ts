import { must } from "../rows.ts";

/** Rules for the SOAP encoding of every message of the phone, TR-069 section 3.5. */
export const soapRuleRequirements = [
  must("TR-069:3.5#well-formed", "sends well-formed XML in the encoding that it declares, without a DTD"),
  must("TR-069:3.5#envelope-namespaces", "uses the namespaces of the SOAP 1.1 envelope and of XML Schema 2001"),
  must("TR-069:3.5#one-body", "sends exactly one Body, after at most one Header"),
  must("TR-069:3.5#cwmp-namespace", "uses the CWMP namespace, and one version of it throughout a session"),
  must("TR-069:3.5#unqualified-arguments", "qualifies with the CWMP namespace only what stands at the top of the CWMP schema"),
  must("TR-069:A.2.2#schema-order", "sends the elements that the schema names, in its order"),
  must("TR-069:A.2.2#schema-types", "keeps the types and lengths of the message tables"),
  must("TR-069:3.5#value-type", "gives each parameter value an xsi:type that is a type of CWMP"),
  must("TR-069:3.5#array-count", "states in arrayType how many members an array has"),
  must("TR-069:3.5#array-type", "names in arrayType, with a prefix, the type of an array's members"),
  must("TR-069:3.5#id-echo", "repeats the ID of a request in its response or fault"),
  must("TR-069:3.5#id-must-understand", "marks an ID header as mustUnderstand 1"),
  must("TR-069:3.5#no-hold-requests", "sends no HoldRequests header"),
  must("TR-069:3.5#response-name", "names a response after the method that it answers"),
];
