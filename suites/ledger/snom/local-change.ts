import { must, should } from "../rows.ts";

/** What the ACS is told of a user's changes (guide to TR-069, TR-069 introduction, Modifiers), and what is decided beside it. */
export const localChangeRequirements = [
  must("SNOM-TR-069:Modifiers#passive-waits", "opens no session for a change on a line with ="),
  must("SNOM-TR-069:Modifiers#passive-told", "tells of a change on a line with = in the next Inform"),
  must("SNOM-TR-069:Modifiers#active-told", "opens a session for a change on a line with *="),
  must("SNOM-TR-069:Modifiers#off-silent", "does not tell of a change on a line with $="),
  must("SNOM-TR-069:Modifiers#unsupported-unnamed", "does not name the parameter of a line with &= in an Inform"),
  must("SNOM-TR-069:TR-069-introduction#corrected", "lets the ACS correct a user's change right away"),
  should("SNOM:local-change#correction-silent", "does not notify the ACS of what it has corrected itself"),
  should("SNOM:local-change#every-setting", "tells of every setting that was changed in one save"),
  should("SNOM:local-change#same-value", "takes a setting that was saved as it was for unchanged"),
  should("SNOM:local-change#kept-over-boot", "tells of a change that came before a restart after it"),
  should("PARAM-MAP:local-change#read-only-silent", "does not tell of a change on a line with != unless it was asked to"),
  should("PARAM-MAP:local-change#each-parameter", "tells of every parameter that shows the changed setting, once"),
  should("PARAM-MAP:local-change#mixed", "tells of a change of a setting in a mixed value, with the whole value"),
  should("PARAM-MAP:local-change#index", "tells of the changed line of an indexed setting alone"),
  must("PARAM-MAP:local-change#value-form", "gives a changed boolean in an Inform as xsd:boolean (TR-069 A.2.1)"),
];
