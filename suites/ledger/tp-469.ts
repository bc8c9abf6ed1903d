import type { Requirement } from "../../harness/core/verdict.ts";
import { accessRequirements } from "./access.ts";
import { should } from "./rows.ts";
import { functionalityRequirements } from "./tp-469-functionality.ts";

/** Section 1, Add. */
const adding: readonly Requirement[] = [
  should("TP-469:1.1#created", "creates the instances that an Add asks for, and tells them without failed parameters"),
  should("TP-469:1.1#values", "gives new instances the values that come with the Add"),
  should("TP-469:1.1#unique-keys", "tells all unique keys of a new instance"),
  should("TP-469:1.3#param-errs", "names in the Error to an Add, with its code, the parameter that made it fail, and no other"),
  should("TP-469:1.4#param-errs", "names in the Error to an Add, with its code, the path outside its data model, and no other"),
  should(
    "TP-469:1.8#failure",
    "answers an Add with allow_partial by a failure with a fitting code for each object it did not create",
  ),
  should("TP-469:1.10#created", "creates instances inside of one that is addressed by its unique keys"),
  should("TP-469:1.81#unique", "gives no two instances the same unique keys when it makes them up"),
  should("TP-469:1.88#key-required", "takes a unique key in an Add for required, however it is marked"),
  should("TP-469:1.95#created", "creates instances in the tables that a search expression matches"),
];

/** Section 1, Set. */
const setting: readonly Requirement[] = [
  should("TP-469:1.11#updated", "tells the instances that a Set has updated, and for each the updated parameters and no others"),
  should("TP-469:1.11#value", "gives parameters the values of a Set"),
  should("TP-469:1.14#param-errs", "names in the Error to a Set, with its code, the parameter that made it fail"),
  should(
    "TP-469:1.16#failure",
    "tells for an object that a Set with allow_partial did not update which parameter failed, and why",
  ),
  should("TP-469:1.17#param-errs", "tells a parameter that a Set did not update, and why, when it is not required"),
  should("TP-469:1.22#only", "updates those instances that a search expression describes, and no others"),
  should("TP-469:1.104#write-once", "keeps the value of a parameter that may be written once"),
];

/** Section 1, Delete. */
const deleting: readonly Requirement[] = [
  should("TP-469:1.24#deleted", "deletes the instances that a Delete names, and tells each"),
  should("TP-469:1.25#absent", "takes a Delete of an instance that is not there for done, without allow_partial too"),
  should(
    "TP-469:1.26#param-errs",
    "names in the Error to a Delete, with a fitting code, the path that made it fail, and no other",
  ),
  should(
    "TP-469:1.30#failure",
    "answers a Delete of a path outside its data model with allow_partial by a failure and a fitting code",
  ),
];

/** Section 1, Get. */
const getting: readonly Requirement[] = [
  should("TP-469:1.36#value", "gives the value of a parameter that a Get names"),
  should("TP-469:1.37#each-path", "gives a result for each path of a Get"),
  should("TP-469:1.39#whole", "gives all parameters of an object, and of everything inside it"),
  should("TP-469:1.39#relative", "names parameters by paths relative to their object"),
  should("TP-469:1.42#independent", "gives what a Get names although another path of it is not in the data model"),
  should("TP-469:1.43#unique-key", "finds an instance by its unique keys"),
  should("TP-469:1.46#only", "finds no instance that a search expression does not describe"),
  should("TP-469:1.89#children", "goes down as many levels as max_depth, and all the way without it"),
];

/** Section 1, GetInstances. */
const instances: readonly Requirement[] = [
  should("TP-469:1.66#first-level", "with first_level_only names all instances of a table, and none inside them"),
  should("TP-469:1.66#unique-keys", "tells the unique keys of the instances that it names"),
  should("TP-469:1.66#unknown-path", "answers a table outside its data model by error 7026 in the result for it"),
  should("TP-469:1.67#all-levels", "without first_level_only names the instances inside instances too"),
  should("TP-469:1.68#each-path", "gives a result for each path of a GetInstances"),
  should("TP-469:1.70#wildcard", "names the instances of a table inside all instances of another one"),
  should("TP-469:1.71#search-expression", "names the instances of a table inside the instance that an expression finds"),
];

/** Section 1, GetSupportedDM and GetSupportedProtocol. */
const supported: readonly Requirement[] = [
  should("TP-469:1.72#subtree", "tells the supported data model of an object and all inside it"),
  should("TP-469:1.72#valid-fields", "describes parameters, commands, events and keys by valid names and types"),
  should("TP-469:1.73#children", "with first_level_only tells the object and its children"),
  should("TP-469:1.73#bare-children", "with first_level_only tells no parameters, commands and events of children"),
  should("TP-469:1.74#nothing-unasked", "tells nothing of what an object has unless it is asked for"),
  should("TP-469:1.75#each-path", "gives a result for each path of a GetSupportedDM"),
  should("TP-469:1.76#whole-model", "tells its whole supported data model for the root"),
  should("TP-469:1.77#error", "answers an object outside its supported data model by error 7026 in the result for it"),
  should("TP-469:1.80#versions", "tells the USP versions that it speaks as a list"),
  should("TP-469:1.97#commands", "tells commands with their arguments, and nothing else, when asked for commands"),
  should("TP-469:1.98#events", "tells events with their arguments, and nothing else, when asked for events"),
  should("TP-469:1.99#key-sets", "tells the sets of keys of a table, and nothing else, when asked for them"),
  should("TP-469:1.105#command", "tells nothing but the command whose path it is asked for"),
  should("TP-469:1.106#event", "tells nothing but the event whose path it is asked for"),
  should("TP-469:1.107#parameter", "tells nothing but the parameter whose path it is asked for"),
];

/** Section 1, Notify. */
const notifying: readonly Requirement[] = [
  should("TP-469:1.57#unique-keys", "tells the unique keys of an object whose creation it notifies of"),
  should("TP-469:1.59#interval", "sends Periodic! in the interval that it is given, within four seconds"),
  should("TP-469:1.60#identity", "tells in an OnBoardRequest its maker, product class, serial number and USP versions"),
  should("TP-469:1.102#restart-time", "sends another OnBoardRequest after OnBoardingRestartTime, counted from the answer"),
  should("TP-469:1.102#complete", "sends no further OnBoardRequest once OnBoardingComplete is true"),
  should("TP-469:1.103#disabled", "sends no further OnBoardRequest with an OnBoardingRestartTime of 0"),
];

/** Section 1, Operate. */
const operating: readonly Requirement[] = [
  should("TP-469:1.61#response", "answers Device.Reboot() by one result, with output arguments that are empty"),
  should("TP-469:1.61#reboots", "goes away and comes again after Device.Reboot()"),
  should("TP-469:1.64#response", "answers an asynchronous command by one result"),
  should("TP-469:1.64#operation-complete", "tells the end of an asynchronous command with its object, its name and its key"),
];

/** Section 3. */
const records: readonly Requirement[] = [
  should("TP-469:3.14#tries", "sends a record as often again as MaxRetransmitTries says, and no more often"),
];

/** Section 10. */
const bulkData: readonly Requirement[] = [
  should("TP-469:10.1#transfers", "delivers two reports within two intervals and ten seconds of being told to"),
  should("TP-469:10.1#well-formed", "delivers reports as well-formed documents of their encoding"),
  should("TP-469:10.1#parameter", "reports the parameters that a profile names and no others, with the values that they have"),
  should("TP-469:10.7#no-more", "delivers a report that was taken no further time"),
  should("TP-469:10.7#unreachable", "delivers a report again, in the intervals of retries, when the collector was not there"),
  should("TP-469:10.5#query", "puts the parameters that a profile names into the query, with the values that they have"),
];

/** Section 7. */
const webSocket: readonly Requirement[] = [should("TP-469:7.9#version", "speaks TLS 1.2 or later with the WebSocket server")];

/** Section 11. */
const mqtt: readonly Requirement[] = [
  should("TP-469:11.7#pings", "pings before one and a half times the keep alive time is over that the broker has imposed"),
  should("TP-469:11.9#subscribes", "subscribes at once to a topic that is added to the table Subscription"),
  should("TP-469:11.9#answers", "answers what comes by such a topic"),
  should("TP-469:11.11#disconnect", "says DISCONNECT when it was refused every topic"),
  should("TP-469:11.17#version", "tells the version of MQTT in its connect record"),
  should("TP-469:11.17#topic", "tells a topic in its connect record that it has subscribed to"),
];

/**
 * What the test plan TP-469 asks for and no numbered requirement of TR-369 says, `TP-469:<test>#<slug>` by the first test that asks for
 * it.
 */
export const tp469Requirements: readonly Requirement[] = [
  ...adding,
  ...setting,
  ...deleting,
  ...getting,
  ...instances,
  ...supported,
  ...notifying,
  ...operating,
  ...records,
  ...bulkData,
  ...webSocket,
  ...mqtt,
  ...functionalityRequirements,
  ...accessRequirements,
];
