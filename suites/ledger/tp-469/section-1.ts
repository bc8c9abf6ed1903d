import { conditional, deprecated, type Listed, mandatory, unfinished, without } from "./tests.ts";

const adding: readonly Listed[] = [
  mandatory("1.1", "Add of one object"),
  mandatory("1.2", "Add of one object with allow_partial"),
  mandatory("1.3", "Add of one object of which a required parameter fails"),
  mandatory("1.4", "Add to an object that does not exist"),
  mandatory("1.5", "Add of several objects"),
  mandatory("1.6", "Add of several objects, one to a table that does not exist"),
  mandatory("1.7", "Add of several objects, a required parameter of one fails"),
  mandatory("1.8", "Add with allow_partial, a required parameter has the wrong type"),
  mandatory("1.9", "Add of several objects with allow_partial, one fails"),
  conditional("1.10", "Add inside an instance addressed by its unique key", 31),
];

const setting: readonly Listed[] = [
  mandatory("1.11", "Set of one object"),
  mandatory("1.12", "Set of one object with allow_partial"),
  mandatory("1.13", "Set of several objects"),
  mandatory("1.14", "Set of a required parameter that fails"),
  mandatory("1.15", "Set of several objects, a required parameter of one fails"),
  mandatory("1.16", "Set of several objects with allow_partial, a required parameter of one fails"),
  mandatory("1.17", "Set with allow_partial, an optional parameter fails"),
  mandatory("1.18", "Set of an instance addressed by its unique key"),
  mandatory("1.19", "Set by a wildcard"),
  mandatory("1.20", "Set by a wildcard, a required parameter fails"),
  mandatory("1.21", "Set by a wildcard with allow_partial, a required parameter fails"),
  mandatory("1.22", "Set by a search expression"),
  mandatory("1.23", "Set by a path that matches nothing"),
];

const deleting: readonly Listed[] = [
  mandatory("1.24", "Delete of an instance"),
  mandatory("1.25", "Delete of an instance that is not there"),
  mandatory("1.26", "Delete of an object that does not exist"),
  mandatory("1.27", "Delete of several instances"),
  mandatory("1.28", "Delete of several paths, one of which does not exist"),
  mandatory("1.29", "Delete with allow_partial of an instance that is not there"),
  mandatory("1.30", "Delete with allow_partial of an object that does not exist"),
  mandatory("1.31", "Delete of several paths with allow_partial, one of which does not exist"),
  mandatory("1.32", "Delete of several instances with allow_partial, one of which is not there"),
  mandatory("1.33", "Delete of an instance addressed by its unique key"),
  mandatory("1.34", "Delete by a wildcard"),
  mandatory("1.35", "Delete by a search expression"),
];

const getting: readonly Listed[] = [
  mandatory("1.36", "Get of a parameter"),
  mandatory("1.37", "Get of several parameters of one object"),
  mandatory("1.38", "Get of parameters of several objects"),
  mandatory("1.39", "Get of an object"),
  mandatory("1.40", "Get of an instance"),
  mandatory("1.41", "Get of a parameter that does not exist"),
  mandatory("1.42", "Get of a parameter that does not exist and one that does"),
  mandatory("1.43", "Get of an instance addressed by its unique key"),
  mandatory("1.44", "Get of a parameter by a wildcard"),
  mandatory("1.45", "Get of objects by a wildcard"),
  mandatory("1.46", "Get by a search expression: =="),
  mandatory("1.47", "Get by a search expression: !="),
  mandatory("1.48", "Get by a search expression: >"),
  mandatory("1.49", "Get by a search expression: <"),
  mandatory("1.50", "Get by a search expression: >="),
  mandatory("1.51", "Get by a search expression: <="),
];

const notifying: readonly Listed[] = [
  mandatory("1.52", "ValueChange notification of a new subscription"),
  mandatory("1.53", "No notification of a deleted subscription"),
  mandatory("1.54", "Retry of a notification"),
  conditional("1.55", "Expiration of a subscription (TimeToLive)", 6),
  conditional("1.56", "Expiration of the retries of a notification (NotifExpiration)", 4),
  mandatory("1.57", "ObjectCreation notification"),
  mandatory("1.58", "ObjectDeletion notification"),
  conditional("1.59", "Event notification: Periodic!", 5),
  conditional("1.60", "OnBoardRequest notification", 8),
];

const operating: readonly Listed[] = [
  conditional("1.61", "Operate with an answer: Reboot()", 10, 1),
  conditional("1.62", "Operate without an answer: Reboot()", 10, 1),
  deprecated("1.63", "Operate with input arguments, replaced by 1.79"),
  conditional("1.64", "Asynchronous operation with an answer", 3),
  conditional("1.65", "Asynchronous operation without an answer", 3),
];

const instancesAndModels: readonly Listed[] = [
  mandatory("1.66", "GetInstances of a table, first level"),
  mandatory("1.67", "GetInstances of a table, all levels"),
  mandatory("1.68", "GetInstances of several tables"),
  deprecated("1.69", "GetInstances of the root, deleted"),
  mandatory("1.70", "GetInstances by a wildcard"),
  conditional("1.71", "GetInstances by a search expression", 31),
  mandatory("1.72", "GetSupportedDM of an object with all options"),
  mandatory("1.73", "GetSupportedDM of an object with all options, first level"),
  mandatory("1.74", "GetSupportedDM of an object with no options"),
  mandatory("1.75", "GetSupportedDM of several objects"),
  mandatory("1.76", "GetSupportedDM of the root"),
  mandatory("1.77", "GetSupportedDM of an object that is not supported"),
];

const further: readonly Listed[] = [
  conditional("1.78", "Subscriptions go with their controller", 7),
  conditional("1.79", "Operate with input arguments", 9, 2),
  mandatory("1.80", "GetSupportedProtocol"),
  mandatory("1.81", "Unique keys that the agent makes up"),
  mandatory("1.82", "Get by a search expression that matches nothing"),
  conditional("1.83", "GetInstances by a search expression that matches nothing", 31),
  mandatory("1.84", "Subscription to a search path"),
  unfinished("1.85", "Get of an instance that is not there, by its number"),
  mandatory("1.86", "Get of instances that are not there, by a search path"),
  mandatory("1.87", "Get of instances that are not there, by the path of the table"),
  mandatory("1.88", "Add with an invalid unique key"),
  mandatory("1.89", "Get with max_depth"),
  mandatory("1.90", "Delete by a search expression that matches nothing"),
  conditional("1.91", "Operate with unknown input arguments", 9),
  without(
    "a default shows only in the probes of a diagnosis, which are ICMP: the bench would need raw sockets, and so does a phone",
    conditional("1.92", "Operate with defaults for input arguments", 3),
  ),
  conditional("1.93", "Subscription with TriggerAction Config", 37),
  conditional("1.94", "Subscription with TriggerAction NotifyAndConfig", 37),
  mandatory("1.95", "Add by a search expression"),
  mandatory("1.96", "Unique keys without a function do not change"),
  conditional("1.97", "GetSupportedDM of the root: commands", 38),
  conditional("1.98", "GetSupportedDM of the root: events", 39),
  mandatory("1.99", "GetSupportedDM: sets of unique keys"),
  conditional("1.100", "Operate without a mandatory input argument", 9, 2),
  conditional("1.101", "OnBoardRequest while OnBoardingComplete is false", 42),
  conditional("1.102", "OnBoardRequest after OnBoardingRestartTime", 42),
  conditional("1.103", "No OnBoardRequest with OnBoardingRestartTime 0", 42),
  mandatory("1.104", "Set of a parameter that may be written once"),
  conditional("1.105", "GetSupportedDM of a command", 10, 1),
  conditional("1.106", "GetSupportedDM of an event", 10, 1),
  mandatory("1.107", "GetSupportedDM of a parameter"),
];

/** "Messages and Path Names". */
export const section1: readonly Listed[] = [
  ...adding,
  ...setting,
  ...deleting,
  ...getting,
  ...notifying,
  ...operating,
  ...instancesAndModels,
  ...further,
];
