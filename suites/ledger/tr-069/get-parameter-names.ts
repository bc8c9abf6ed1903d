import { must } from "../rows.ts";

/** GetParameterNames, TR-069 A.3.2.3. */
export const getParameterNamesRequirements = [
  must("TR-069:A.3.2.3#parameter-itself", "lists exactly the parameter whose full name was asked for"),
  must(
    "TR-069:A.3.2.3#object-and-descendants",
    "lists, with NextLevel false, the object that was asked for and everything below it",
  ),
  must(
    "TR-069:A.3.2.3#next-level",
    "lists, with NextLevel true, the parameters and objects one level below the object, and nothing else",
  ),
  must("TR-069:A.3.2.3#root-alone", "lists only its root object for the empty path with NextLevel true"),
  must("TR-069:A.3.2.3#everything", "lists all its objects and parameters for the empty path with NextLevel false"),
  must("XML:1.0-3.1#empty-element", "takes an empty-element tag for a start tag and an end tag with nothing between them"),
  must("TR-069:A.3.2.3#instances", "lists, with NextLevel true, the instances of a table, and not what is inside them"),
  must("TR-069:A.3.2.3#empty-object", "lists nothing, without a fault, for an empty object with NextLevel true"),
  must("TR-069:A.2.1#boolean-arguments", "takes true for 1 and false for 0 in the arguments of a request"),
  must("TR-069:A.3.2.3#levels-agree", "lists at every level what it lists when asked for all levels at once"),
  must("TR-069:A.3.2.3#unknown-path", "answers a path that is not in its data model with fault 9005"),
  must("TR-069:A.3.2.3#object-without-dot", "answers the name of an object without its dot with fault 9005"),
  must("TR-069:A.3.2.3#parameter-with-dot", "answers the name of a parameter with a dot behind it with fault 9005"),
  must("TR-069:A.3.2.3#missing-instance", "answers the path of an instance that is not there with fault 9005"),
  must("TR-069:A.3.2.3#case", "matches a path exactly, upper and lower case included, and answers any other with fault 9005"),
  must("TR-069:A.2.1#over-long-path", "answers a path longer than 256 characters with fault 9003 or 9005"),
  must("TR-069:A.3.2.3#parameter-next-level", "answers a parameter's name with NextLevel true with fault 9003"),
  must("TR-069:A.3.2.3#dots", "ends the names of objects with a dot, and those of parameters with none"),
  must("TR-069:A.3.2.3#all-objects", "lists every object that holds something, and each name once"),
  must("TR-069:A.3.2.3#readable", "lists only parameters that GetParameterValues can read"),
  must("TR-069:3.5#unlimited-response", "makes responses of whatever length is needed, without fault 9004"),
  must("TR-069:A.3.2.3#writable", "marks a parameter writable exactly when SetParameterValues can write it"),
  must(
    "TR-069:A.3.2.3#writable-objects",
    "marks a table or instance writable exactly when AddObject or DeleteObject works on it",
  ),
];
