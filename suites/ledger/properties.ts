import { must, should } from "./rows.ts";

/** What only many examples show, beside the requirements of other ledgers that properties judge too. */
export const propertyRequirements = [
  must(
    "TR-069:A.3.2.4#last-word",
    "keeps of all that was set on a parameter's attributes, by its name or a path, what was set last",
  ),
  must("TR-069:A.3.2.6#undisturbed", "has exactly the objects that were created and not deleted, whatever else was done"),
  must("TR-069:A.3.2.1#undisturbed", "keeps a value, whatever else is done, until it is changed itself"),
  must("TR-069:A.3.2.4#undisturbed", "keeps a Notification, whatever else is done, until it is changed itself"),
  must("TR-069:A.3.2.4#due", "notifies of every change by its user when it is due, and of nothing else"),
  must("SNOM-TR-069:Values#every-line", "has for every line of a param_map the parameter that the line says"),
  must("SNOM-TR-069:Values#one-setting", "shows a setting alike in settings.xml and in each parameter whose line names it"),
  should("PARAM-MAP:file#shown-as-loaded", "shows a param_map as it was loaded, octet for octet"),
  should("PARAM-MAP:file#broken-file", "has after a broken param_map the parameters from before, or those of its good lines"),
  must("SNOM-TR-069:Values#map-in-step", "shows at any time the param_map that says what CWMP says, each line where it stood"),
  must("TR-069:A.4.1.6#as-delivered", "is after a factory reset as after the one before, whatever was done between them"),
];
