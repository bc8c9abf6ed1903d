import { must, should } from "../rows.ts";

const WEB = "SNOM-TR-069:Retrieving-and-uploading-the-parameter-mapping-via-the-Web-UI";
const FILE = "SNOM-TR-069:The-param_map-file";

/** How a map comes into the phone (guide to TR-069, The param_map file, Retrieving and uploading, Download), and what it replaces. */
export const mapLoadingRequirements = [
  must(`${FILE}#every-line`, "has the parameter of every line of its map that is not marked as unsupported"),
  must(`${FILE}#none-unsupported`, "has no parameter of a line that is marked as unsupported"),
  must(`${FILE}#read-only-lines`, "gives the parameters of lines with != as not writable"),
  should(`${FILE}#writable-lines`, "gives the parameters of lines with a value of their own, or one setting, as writable"),
  must(`${FILE}#types`, "gives the parameter of each line the type that the line has"),
  must(`${FILE}#notifications`, "notifies actively of lines with *=, and not of those with $="),
  must(`${WEB}#in-force`, "puts a map in force that is uploaded"),
  must(`${WEB}#shown`, "shows every parameter of the map that was uploaded"),
  should("PARAM-MAP:loading#octets", "shows the map that was uploaded octet for octet"),
  should("PARAM-MAP:loading#persistent", "keeps the uploaded map over a reboot"),
  should("PARAM-MAP:loading#replaced", "has nothing of the map before when another one is uploaded"),
  should("PARAM-MAP:loading#objects-come", "has the objects that lines of the new map go through"),
  should("PARAM-MAP:loading#objects-go", "does not have objects of which no line is left"),
  should("PARAM-MAP:loading#instances", "keeps instances that an ACS has added, with their values"),
  should("PARAM-MAP:loading#settings-stay", "changes no setting when it takes a map"),
  must("SNOM-TR-069:Download#param-map", "puts a map in force that a Download brings"),
  should("PARAM-MAP:download#octets", "shows the map that was downloaded octet for octet"),
  should("PARAM-MAP:download#persistent", "keeps the downloaded map over a reboot"),
  must("PARAM-MAP:download#reported", "reports by TransferComplete whether the Download of a map has succeeded (TR-069 A.3.3.2)"),
  should("PARAM-MAP:download#old-map-kept", "keeps its map when the Download brings none"),
];
