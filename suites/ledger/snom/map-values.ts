import { must, should } from "../rows.ts";

/** Values of a param_map line (guide to TR-069, Values and General syntax), and what is decided where the guide is silent. */
export const mapValueRequirements = [
  must("SNOM-TR-069:Values#static", "gives a static value, and the one that is written in its place"),
  must("SNOM-TR-069:Values#static-stored", "stores a written static value in its line of the map"),
  must("SNOM-TR-069:Values#dynamic", "gives the present value of the setting in curly brackets"),
  must("SNOM-TR-069:Values#dynamic-written", "changes the setting in curly brackets when its parameter is written"),
  must("SNOM-TR-069:Values#shared-setting", "gives one setting alike in all parameters that are mapped to it"),
  must("SNOM-TR-069:Values#indexed", "gives the value that a setting has at the index behind the bar"),
  must("SNOM-TR-069:Values#indexed-written", "changes a setting at the index behind the bar, and at no other"),
  must("SNOM-TR-069:Values#special", "gives the product's name for LCS2_PRODUCT"),
  must("SNOM-TR-069:Values#mixed", "gives text and placeholders of a value together, every placeholder filled in"),
  must("SNOM-TR-069:Values#empty", "gives an empty string for a string line without a value"),
  must("SNOM-TR-069:Values#whole", "gives the whole value of a line, of 64 characters at least, or has no such parameter"),
  must("SNOM-TR-069:General-syntax#rest-is-value", "takes everything behind the modifier for the value"),
  should("PARAM-MAP:values#index-n", "takes the index n for the last instance number in the parameter's name"),
  should("PARAM-MAP:values#mixed-read-only", "has no writable parameter for special values, or for placeholders within text"),
  should("PARAM-MAP:values#unknown-setting", "gives an empty value for a setting that it does not have"),
  should("PARAM-MAP:values#unknown-special", "gives an empty value for a special value that it does not have"),
  should("PARAM-MAP:values#braces", "takes curly brackets that enclose no name of a setting for text"),
  should("PARAM-MAP:values#blanks", "keeps the blanks at both ends of a value"),
  should("PARAM-MAP:text#utf-8", "reads the map as UTF-8"),
  should("PARAM-MAP:text#utf-8-written", "writes values into the map as UTF-8"),
  should("PARAM-MAP:writing#other-lines", "changes no line of the map but that of the parameter that is written"),
  should("PARAM-MAP:writing#placeholder-stays", "leaves the placeholder in the line when its setting is written"),
  should("PARAM-MAP:writing#separators", "stores values with = : # and & in their line, and gives them back"),
  should("PARAM-MAP:writing#markup", "stores values with the characters of XML as they are, not as XML has them"),
  should("PARAM-MAP:loading#new-values", "gives the values of a map that is loaded in place of those written before"),
];

/** What must not come out of a map, or into it. A written value reads back as it was written, if it is taken (TR-069 A.3.2.1). */
export const mapSafetyRequirements = [
  should("PARAM-MAP:safety#secret-setting", "shows no password among its settings through a line of the map"),
  must("PARAM-MAP:safety#no-injection", "refuses a written static value that reads like a placeholder, or keeps it as text"),
  must("PARAM-MAP:safety#no-recursion", "gives what a setting holds as text, also when it reads like a placeholder"),
  must("PARAM-MAP:safety#no-second-line", "makes no second line of the map of a written value with a line break"),
];
