import { must } from "../rows.ts";

/** GetParameterValues, TR-069 A.3.2.2, and the values that it gives. */
export const getParameterValuesRequirements = [
  must("TR-069:A.3.2.2#one", "gives the present value of the parameter whose full name was asked for"),
  must("TR-069:A.3.2.2#all-requested", "gives name and value of each parameter that was asked for, and of no other"),
  must("TR-069:A.3.2.2#partial-path", "takes a partial path for all parameters in that branch"),
  must("TR-069:A.3.2.2#everything", "takes the empty name for all its parameters"),
  must(
    "TR-069:A.3.2.2#overlapping",
    "gives every parameter of a request whose names overlap, once or as often as it was asked for",
  ),
  must("TR-069:A.3.2.2#empty-object", "takes the path of an object that is there for valid, even when nothing is in it"),
  must("TR-069:3.5#large-request", "takes envelopes of 32 kilobytes without fault 9004"),
  must(
    "TR-106:3.4#hidden-passwords",
    "gives Password, ConnectionRequestPassword and STUNPassword as empty strings, whatever they hold",
  ),
  must("TR-069:A.3.2.2#unknown-name", "answers a name that is not in its data model with fault 9005"),
  must("TR-069:A.3.2.2#bad-among-good", "answers a request with fault 9005 when any of its names is invalid"),
  must("TR-069:A.3.2.2#object-without-dot", "answers the name of an object without its dot with fault 9005"),
  must("TR-069:A.3.2.2#parameter-with-dot", "answers the name of a parameter with a dot behind it with fault 9005"),
  must("TR-069:A.3.2.2#case", "matches a name exactly, upper and lower case included, and answers any other with fault 9005"),
  must("TR-069:A.3.2.2#deleted-instance", "answers names in an instance that was deleted with fault 9005"),
  must("TR-106:3.4#types", "gives standard parameters the types that the data model defines"),
  must("TR-069:A.2.1#lexical", "gives values in the lexical form and the range of their types, and dateTimes with a time zone"),
];
