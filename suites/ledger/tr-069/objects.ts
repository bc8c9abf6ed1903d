import { must, should } from "../rows.ts";

/** AddObject, TR-069 A.3.2.6. */
export const addObjectRequirements = [
  must("TR-069:A.3.2.6#instance-number", "gives a created object an instance number from 1 that no other instance has"),
  must("TR-069:A.3.2.6#created", "has the created object in its data model once it has answered"),
  must("TR-106:2.1.1#number-of-entries", "counts the instances of a table in its NumberOfEntries parameter"),
  must("TR-069:A.3.2.6#notification-off", "creates objects with Notification 0 for their parameters"),
  must("TR-069:A.3.2.6#full-access", "creates objects with all entities in the AccessList of their parameters"),
  must("TR-069:A.3.2.6#default-values", "creates objects with the default values of their parameters"),
  must("TR-069:A.3.2.6#usable-at-once", "lets values and attributes of a created object be set and read at once"),
  must("TR-069:A.3.2.6#whole-branch", "creates an object with all parameters and objects inside it"),
  must("TR-069:A.3.2.6#nested", "lets an object be created inside one that was just created"),
  should("TR-069:A.3.2.6#number-not-reused", "does not give an instance number again that a deleted object had"),
  must("TR-069:A.3.2.6#persistent", "keeps created objects and their instance numbers over a reboot"),
  must("TR-069:A.3.2.6#exhaustion", "answers fault 9004 when no more instances fit"),
  must("TR-069:A.3.2.6#parameter-key", "sets ParameterKey when AddObject succeeds"),
  must("TR-069:A.3.2.6#parameter-key-kept", "leaves ParameterKey alone when AddObject fails"),
  must("TR-069:A.3.2.6#unknown-object", "answers an object that is not in the data model with a fault"),
  must("TR-069:A.3.2.6#single-object", "answers an object without instances of its own with a fault"),
  must("TR-069:A.3.2.6#dot", "answers an ObjectName without the dot at its end with a fault"),
  must("TR-069:A.3.2.6#instance-path", "answers an ObjectName with an instance number at its end with a fault"),
  must("TR-069:A.3.2.6#fixed-table", "answers a table that cannot be added to with a fault, and adds nothing"),
];

/** DeleteObject, TR-069 A.3.2.7. */
export const deleteObjectRequirements = [
  must("TR-069:A.3.2.7#deleted", "has the deleted object no more in its data model once it has answered"),
  must("TR-069:A.3.2.7#unavailable", "lets no parameter of a deleted object be read"),
  must("TR-069:A.3.2.7#others-unchanged", "leaves the other instances with their numbers and values"),
  must("TR-069:A.3.2.7#whole-branch", "deletes an object with all objects inside it"),
  must("TR-069:A.3.2.7#persistent", "keeps a deleted object deleted over a reboot"),
  must("TR-069:A.3.2.7#parameter-key", "sets ParameterKey when DeleteObject succeeds"),
  must("TR-069:A.3.2.7#parameter-key-kept", "leaves ParameterKey alone when DeleteObject fails"),
  must("TR-069:A.3.2.7#unknown-object", "answers an object that is not in the data model with fault 9005"),
  must("TR-069:A.3.2.7#missing-instance", "answers an instance that does not exist with fault 9005"),
  must("TR-069:A.3.2.7#table-path", "answers a path without instance number with fault 9005, and deletes nothing"),
  must("TR-069:A.3.2.7#dot", "answers a path without the dot at its end with fault 9005, and deletes nothing"),
  must("TR-069:A.3.2.7#fixed-table", "answers an instance that cannot be deleted with a fault, and deletes nothing"),
];
