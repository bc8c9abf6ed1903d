import { must } from "../rows.ts";

/** SetParameterAttributes, TR-069 A.3.2.4: names, order, lifetime. */
export const setParameterAttributesRequirements = [
  must("TR-069:A.3.2.4#unknown-name", "answers an invalid parameter name with fault 9005"),
  must("TR-069:A.3.2.4#atomic", "applies all attribute changes of a request or none"),
  must("TR-069:A.3.2.4#partial-path", "applies what is set on a partial path to all parameters below it"),
  must("TR-069:A.3.2.4#existing-instances", "applies a partial path only to instances that exist at that moment"),
  must("TR-069:A.3.2.4#order", "lets a later entry of a request overwrite an earlier one"),
  must("TR-069:A.3.2.4#persistent", "keeps attributes over a reboot"),
  must(
    "TR-069:A.3.2.4#deleted-with-object",
    "deletes attributes with their parameter, so that a later one does not inherit them",
  ),
  must("TR-106:ManagementServer#parameter-key-attributes", "does not change ParameterKey by SetParameterAttributes"),
];

/** The attribute Notification, TR-069 Table 22. */
export const notificationAttributeRequirements = [
  must("TR-069:A.3.2.4#notification", "takes Notification 0, 1 and 2, at once"),
  must("TR-069:A.3.2.4#notification-change", "changes no Notification when NotificationChange is false"),
  must("TR-069:A.3.2.4#notification-range", "refuses a Notification that is not defined, fault 9003 (A.2.2)"),
  must("TR-069:A.3.2.4#passive-always", "accepts passive notification for any parameter"),
  must("TR-069:A.3.2.4#deniable", "activates notification, or answers fault 9009 where the data model lets it refuse"),
  must(
    "TR-069:A.3.2.4#deniable-below",
    "refuses active notification for a partial path as a whole, with fault 9009, or activates all",
  ),
  must("TR-069:A.3.2.4#forced-active", "ignores a Notification other than 2 for a parameter with Forced Active Notification"),
  must("TR-069:A.3.2.4#read-only-stays", "does not make a parameter writable by setting its attributes"),
];

/** The attribute AccessList, TR-069 Table 22. */
export const accessListRequirements = [
  must("TR-069:A.3.2.4#access-list", "replaces the AccessList when AccessListChange is true"),
  must("TR-069:A.3.2.4#access-list-change", "changes no AccessList when AccessListChange is false"),
  must("TR-069:A.3.2.4#access-list-read-only", "stores and gives back the AccessList of read-only parameters too"),
  must("TR-069:A.3.2.4#unknown-entity", "ignores entities in an AccessList that it does not understand"),
  must("TR-069:A.3.2.4#access-list-enforced", "lets no entity change a parameter that is not in its AccessList"),
];
