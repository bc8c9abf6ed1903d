import { must, should } from "../rows.ts";

/** Types of a param_map line (guide to TR-069, Parameter types), and what is decided where the guide is silent. */
export const mapTypeRequirements = [
  must("SNOM-TR-069:Parameter-types#string", "gives the value of a line of type string as an xsd:string"),
  must("SNOM-TR-069:Parameter-types#int", "gives the value of a line of type int as an xsd:int"),
  must("SNOM-TR-069:Parameter-types#unsignedInt", "gives the value of a line of type unsignedInt as an xsd:unsignedInt"),
  must("SNOM-TR-069:Parameter-types#boolean", "gives the value of a line of type boolean as an xsd:boolean"),
  must("SNOM-TR-069:Parameter-types#dateTime", "gives the value of a line of type dateTime as an xsd:dateTime"),
  must("SNOM-TR-069:Parameter-types#each-its-own", "gives each of several parameters the type of its own line"),
  must("SNOM-TR-069:Values#boolean-setting", "gives true for a boolean whose setting is on, and false for one that is off"),
  must("SNOM-TR-069:Values#boolean-setting-written", "takes a boolean for a line whose setting is on or off"),
  should("PARAM-MAP:types#boolean-words", "reads on and yes as true, and off, no and an empty value as false"),
  should("PARAM-MAP:types#own-spelling", "keeps a boolean in a setting as the setting has it, on or off"),
  should("PARAM-MAP:types#empty-number", "gives 0 for a line of a number type without a value"),
  must("PARAM-MAP:types#int-written", "takes every lexical form of an int, with or without sign (TR-069 A.2.1)"),
  must("PARAM-MAP:types#int-refused", "refuses what is no int for a line of that type, with 9006 or 9007 (TR-069 A.3.2.1)"),
  must("PARAM-MAP:types#unsigned-written", "takes every unsignedInt up to 4294967295 (TR-069 A.2.1)"),
  should("PARAM-MAP:types#wrong-type-code", "refuses a value of a type that cannot be the line's with fault 9006"),
];
