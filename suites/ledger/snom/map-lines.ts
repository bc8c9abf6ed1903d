import { must, should } from "../rows.ts";

/** Lines of a param_map (guide to TR-069, General syntax and Comments), and what is decided where the guide is silent. */
export const mapLineRequirements = [
  must("SNOM-TR-069:Comments#ignored", "ignores every line that starts with #"),
  must("SNOM-TR-069:Comments#whole-lines-only", "takes nothing behind a value for a comment"),
  must("SNOM-TR-069:General-syntax#last-line", "reads every line, also the last one without an end"),
  must("SNOM-TR-069:Parameter-types#objects", "has each object that names of lines go through, once"),
  should("PARAM-MAP:lines#long-comment", "ignores the whole of a comment, however long it is"),
  should("PARAM-MAP:lines#blank", "passes over lines with nothing in them but blanks"),
  should("PARAM-MAP:lines#crlf", "takes CRLF for the end of a line"),
  should("PARAM-MAP:lines#mixed-ends", "takes LF and CRLF for ends of lines in one map"),
  should("PARAM-MAP:lines#byte-order-mark", "reads the first line behind a byte order mark"),
  should("PARAM-MAP:lines#last-counts", "goes by the last line of a name, its type included"),
  should("PARAM-MAP:lines#instance-gaps", "has the instances that the lines name, under their numbers"),
  should("PARAM-MAP:lines#name-characters", "takes letters, digits, underlines and hyphens in names"),
  should("PARAM-MAP:lines#case", "tells names apart by upper and lower case"),
  should("PARAM-MAP:lines#objects-fixed", "has no table where a map only has lines of instances"),
  should("PARAM-MAP:lines#many", "reads a map with a thousand lines to its end, or does not take it"),
];

/** What becomes of a map in which something is no line: the guide says nothing. */
export const mapBrokenRequirements = [
  should("PARAM-MAP:broken#whole-or-not", "takes all good lines of a map, or none, and goes by what it then shows"),
  should("PARAM-MAP:broken#valid-names", "lists no name that no line can have"),
  should("PARAM-MAP:broken#no-instance-zero", "lists no instance 0, and no name with an empty part"),
  should("PARAM-MAP:broken#indented-comment", "makes no parameter of what stands behind blanks and #"),
  should("PARAM-MAP:broken#nothing-lost", "keeps what was written when it does not take a map"),
  should("PARAM-MAP:broken#other-root", "has nothing under another root than its own"),
  should("PARAM-MAP:broken#no-map", "goes on with its map when it is given a file that is none"),
];
