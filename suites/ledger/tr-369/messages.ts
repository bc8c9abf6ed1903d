import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, untestable } from "../rows.ts";

/** All messages: TR-369, "Requests, Responses and Errors" and "Message Structure". */
const structure: readonly Requirement[] = [
  must("TR-369:R-MSG.0", "answers every request with a response or an Error, where the message itself allows no silence"),
  must("TR-369:R-MSG.0a", "answers in the kind of record, with or without session context, in which the request came"),
  must("TR-369:R-MSG.1", "ignores what it does not understand, or answers it with an Error"),
  outOfScope("TR-369:R-MSG.2", "MUST", "removed in version 1.2", "no longer part of the standard"),
  must("TR-369:R-MSG.3", "names instances by their number in the paths that it reports"),
  untestable(
    "TR-369:R-MSG.4",
    "MUST",
    "ignores a second message with the Message ID of one that it is still working on",
    "nobody outside knows whether the first was answered before the second was read",
  ),
  must("TR-369:R-MSG.4a", "takes a search path that matches nothing for a success without objects"),
  untestable(
    "TR-369:R-MSG.5",
    "MUST",
    "sends messages that follow the schema of the USP Message",
    "says the same as R-ENC.0, which is judged",
  ),
  must("TR-369:R-MSG.6", "sends messages with one header"),
  must("TR-369:R-MSG.7", "sends messages with one body"),
  must("TR-369:R-MSG.8", "gives every message a Message ID"),
  must("TR-369:R-MSG.9", "gives a response or Error the Message ID of its request"),
  must("TR-369:R-MSG.10", "names in the header the type of message that the body holds, and goes by the body where they differ"),
];

/** Unique keys and Add. */
const add: readonly Requirement[] = [
  must("TR-369:R-KEY.1", "never changes a unique key that serves to identify an instance and nothing else"),
  must("TR-369:R-KEY.2", "keeps unique keys that have a function unique when they change"),
  must("TR-369:R-ADD.0", "with allow_partial creates the valid objects of an Add although others cannot be created"),
  must(
    "TR-369:R-ADD.1",
    "without allow_partial answers an Add with an Error when one object cannot be created, and creates none",
  ),
  outOfScope("TR-369:R-ADD.2", "MUST", "takes one object path in each part of an Add", "deprecated in version 1.3"),
  must("TR-369:R-ADD.2a", "without allow_partial changes nothing when an Add fails for one match of its search expression"),
  must("TR-369:R-ADD.3", "does not create an object of which a required parameter cannot be set"),
  must("TR-369:R-ADD.4", "tells every parameter of a created object that could not be set, and why"),
  must("TR-369:R-ADD.5", "gives unique keys that an Add leaves out a value, and returns them"),
  must("TR-369:R-ADD.6", "does not return unique keys that the controller may not read"),
];

/** Set and Delete. */
const setAndDelete: readonly Requirement[] = [
  must("TR-369:R-SET.0", "with allow_partial updates the valid objects of a Set although others cannot be updated"),
  must("TR-369:R-SET.1", "without allow_partial answers a Set with an Error when one object cannot be updated, and updates none"),
  must("TR-369:R-SET.2", "does not update an object of which a required parameter cannot be set"),
  must("TR-369:R-SET.2a", "updates all objects that a search path of a Set matches, or none"),
  outOfScope("TR-369:R-SET.2b", "MAY", "may end a Set on a search path after any number of errors", "a freedom, not a duty"),
  must("TR-369:R-SET.3", "does not return updated parameters that the controller may not read"),
  must("TR-369:R-DEL.0", "with allow_partial deletes the valid objects of a Delete although others cannot be deleted"),
  must(
    "TR-369:R-DEL.1",
    "without allow_partial answers a Delete with an Error when one object cannot be deleted, and deletes none",
  ),
  must("TR-369:R-DEL.2", "does not tell of deleted objects that the controller may not read"),
  must("TR-369:R-DEL.2a", "takes a valid path that matches no instance for a successful Delete of nothing"),
  must("TR-369:R-DEL.3", "tells each instance that was matched and could not be deleted"),
  must("TR-369:R-DEL.4", "does not tell of undeleted objects that the controller may not read"),
];

/** Get, GetInstances and GetSupportedDM. */
const reading: readonly Requirement[] = [
  must("TR-369:R-GET.0", "answers a path that is not in its data model with error 7026"),
  must("TR-369:R-GET.1", "treats objects and parameters that the controller may not read as if it did not have them"),
  must("TR-369:R-GET.1a", "answers a valid search path without matches with no results and no error"),
  must("TR-369:R-GET.1b", "answers the path of an object with nothing in it with no results and no error"),
  must("TR-369:R-GET.2", "gives for a parameter the path of the object that holds it"),
  must("TR-369:R-GET.3", "gives for a parameter path that parameter alone"),
  must("TR-369:R-GET.4", "leaves parameters out that the controller may not read"),
  must("TR-369:R-GET.5", "goes down no more levels than max_depth"),
  must("TR-369:R-GIN.0", "treats instances as absent that the controller may not read, or not search in"),
  must("TR-369:R-GIN.1", "leaves unique keys out that the controller may not read"),
  must("TR-369:R-GSP.0", "leaves objects and parameters out of its supported data model that the controller may not read"),
];

/** Every numbered requirement of "Messages" that is about requests to an agent, but for Operate. */
export const messageRequirements: readonly Requirement[] = [...structure, ...add, ...setAndDelete, ...reading];
