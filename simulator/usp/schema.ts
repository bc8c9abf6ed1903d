import type { DeviceKind } from "../device-kind.ts";
import { bulkObjects } from "./schema-bulk.ts";
import { certificateObjects } from "./schema-certificates.ts";
import { discoveryObjects } from "./schema-discovery.ts";
import { firmwareObjects } from "./schema-firmware.ts";
import { mqttClientObjects, mqttObjects } from "./schema-mqtt.ts";
import { trustObjects } from "./schema-trust.ts";
import { alias, command, count, flag, list, number, type ObjectShape, object, text, time } from "./shape.ts";

/**
 * What the phone's USP agent has of the data model Device:2 besides the parameters of the param_map: facts only, by TR-181 2.15, with
 * keys that cannot change once they are given (TR-369 R-KEY.1). Counters of tables are not listed; every table here has one.
 */

const PORT = { min: 1, max: 65_535 };
const MINIMUM_WAIT = { initial: "5", limits: { min: 1, max: 65_535 } };
const MULTIPLIER = { initial: "2000", limits: { min: 1000, max: 65_535 } };
const KEEP_ALIVE = { initial: "30", limits: { min: 1 } };
const PROTOCOL = { initial: "WebSocket", limits: { values: ["MQTT", "WebSocket"] } };

/** How many instances a table of the agent's own takes. */
const ROOM = 64;

const COMMON: readonly ObjectShape[] = [
  object("Device.", [text("RootDataModelVersion", "read")], {
    commands: [
      command("Reboot()", false),
      command("FactoryReset()", false),
      command("ScheduleTimer()", true, ["DelaySeconds"]),
      command("SelfTestDiagnostics()", true, [], ["Status", "Results"]),
    ],
    events: [{ name: "Boot!", args: ["CommandKey", "Cause", "FirmwareUpdated", "ParameterMap"] }],
  }),
  object("Device.DeviceInfo.", [text("ModelNumber", "read"), text("FriendlyName", "write", { limits: { length: 32 } })]),
  object(
    "Device.LocalAgent.",
    [
      text("EndpointID", "read"),
      text("SoftwareVersion", "read"),
      count("UpTime", "read", { restless: true }),
      list("SupportedProtocols", "read", { initial: "MQTT,WebSocket" }),
      list("AdvertisedDeviceSubtypes", "read"),
    ],
    { events: [{ name: "Periodic!", args: [] }] },
  ),
  object(
    "Device.LocalAgent.MTP.{i}.",
    [
      alias,
      flag("Enable", "write"),
      text("Status", "read", { initial: "Down", restless: true }),
      text("Protocol", "write", PROTOCOL),
      flag("EnableMDNS", "write"),
    ],
    { keys: [["Alias"]] },
  ),
  object("Device.LocalAgent.MTP.{i}.WebSocket.", [
    count("Port", "read", { initial: "5683", limits: PORT }),
    text("Path", "read"),
    flag("EnableEncryption", "read"),
    count("KeepAliveInterval", "write", KEEP_ALIVE),
  ]),
  object(
    "Device.LocalAgent.Controller.{i}.",
    [
      alias,
      text("EndpointID", "once"),
      text("ControllerCode", "write", { limits: { length: 128 } }),
      text("ProvisioningCode", "write", { limits: { length: 64 } }),
      flag("Enable", "write"),
      list("AssignedRole", "read"),
      list("InheritedRole", "read"),
      count("PeriodicNotifInterval", "write", { initial: "86400", limits: { min: 1 } }),
      time("PeriodicNotifTime", "write"),
      count("USPNotifRetryMinimumWaitInterval", "write", MINIMUM_WAIT),
      count("USPNotifRetryIntervalMultiplier", "write", MULTIPLIER),
      flag("OnBoardingComplete", "write", { initial: "true" }),
      count("OnBoardingRestartTime", "write"),
    ],
    {
      creatable: true,
      max: 8,
      keys: [["EndpointID"], ["Alias"]],
      commands: [command("SendOnBoardRequest()", false)],
    },
  ),
  object(
    "Device.LocalAgent.Controller.{i}.MTP.{i}.",
    [
      alias,
      flag("Enable", "write"),
      text("Protocol", "write", PROTOCOL),
      count("Order", "write", { limits: { min: 1 }, initial: "1" }),
    ],
    { creatable: true, max: 2, keys: [["Protocol"], ["Alias"]] },
  ),
  object("Device.LocalAgent.Controller.{i}.MTP.{i}.WebSocket.", [
    text("Host", "write", { limits: { length: 256 } }),
    count("Port", "write", { initial: "80", limits: PORT }),
    text("Path", "write"),
    flag("EnableEncryption", "write", { initial: "true" }),
    count("KeepAliveInterval", "write", KEEP_ALIVE),
    count("CurrentRetryCount", "read", { restless: true }),
    count("SessionRetryMinimumWaitInterval", "write", MINIMUM_WAIT),
    count("SessionRetryIntervalMultiplier", "write", MULTIPLIER),
  ]),
  object(
    "Device.LocalAgent.Controller.{i}.BootParameter.{i}.",
    [alias, flag("Enable", "write"), text("ParameterName", "once", { limits: { length: 256 } })],
    { creatable: true, max: ROOM, keys: [["ParameterName"], ["Alias"]] },
  ),
  object("Device.LocalAgent.Controller.{i}.E2ESession.", [
    text("SessionMode", "write", { initial: "Allow", limits: { values: ["Require", "Allow", "Forbid"] } }),
    text("Status", "read", { initial: "Down", restless: true }),
    count("SessionExpiration", "write"),
    count("SessionRetryMinimumWaitInterval", "write", MINIMUM_WAIT),
    count("SessionRetryIntervalMultiplier", "write", MULTIPLIER),
    count("CurrentRetryCount", "read", { restless: true }),
    count("MaxUSPRecordSize", "write"),
    number("MaxRetransmitTries", "write", { limits: { min: -1, max: 10 } }),
    text("PayloadSecurity", "read", { initial: "Plaintext", limits: { values: ["Plaintext"] } }),
  ]),
  object(
    "Device.LocalAgent.Subscription.{i}.",
    [
      alias,
      flag("Enable", "write"),
      text("Recipient", "read", { refersTo: "Device.LocalAgent.Controller.{i}." }),
      text("ID", "once", { limits: { length: 64 }, pattern: /^./s }),
      time("CreationDate", "read"),
      text("NotifType", "write", {
        initial: "ValueChange",
        limits: { values: ["ValueChange", "ObjectCreation", "ObjectDeletion", "OperationComplete", "Event"] },
      }),
      list("ReferenceList", "write"),
      flag("Persistent", "write"),
      count("TimeToLive", "write"),
      flag("NotifRetry", "write"),
      count("NotifExpiration", "write"),
      text("TriggerAction", "write", { initial: "Notify", limits: { values: ["Notify", "Config", "NotifyAndConfig"] } }),
      list("TriggerConfigSettings", "write"),
    ],
    { creatable: true, max: ROOM, keys: [["Alias"], ["Recipient", "ID"]] },
  ),
  object(
    "Device.LocalAgent.Request.{i}.",
    [
      alias,
      text("Originator", "read"),
      text("Command", "read"),
      text("CommandKey", "read"),
      text("Status", "read", {
        initial: "Requested",
        limits: { values: ["Requested", "Active", "Canceling", "Canceled", "Success", "Error"] },
      }),
    ],
    { max: ROOM, keys: [["Originator", "Command", "CommandKey"], ["Alias"]], commands: [command("Cancel()", false)] },
  ),
  ...mqttObjects,
  ...discoveryObjects,
];

/** What only the generic device has, by topic: further objects, and further members of those above. */
const GENERIC: readonly (readonly ObjectShape[])[] = [
  certificateObjects,
  firmwareObjects,
  bulkObjects,
  trustObjects,
  mqttClientObjects,
];

/** What an agent has: a Snom phone's the common objects, the generic device's those of all topics too. */
export const schemaOf = (kind: DeviceKind): readonly ObjectShape[] => SCHEMAS[kind];

const SCHEMAS: Readonly<Record<DeviceKind, readonly ObjectShape[]>> = {
  snom: COMMON,
  // Its agent never runs: it has no lines for TR-369.
  cwmp: COMMON,
  generic: merged([...COMMON, ...GENERIC.flat()]),
};

/** One object of all that have the same path: the later adds members to it, and replaces those of the same name. */
function merged(objects: readonly ObjectShape[]): readonly ObjectShape[] {
  const byPath = new Map<string, ObjectShape>();
  for (const later of objects) {
    const sooner = byPath.get(later.path);
    byPath.set(later.path, sooner === undefined ? later : withMore(sooner, later));
  }
  return [...byPath.values()];
}

function withMore(sooner: ObjectShape, later: ObjectShape): ObjectShape {
  return {
    path: sooner.path,
    creatable: sooner.creatable || later.creatable,
    max: Math.max(sooner.max, later.max),
    keys: later.keys.length > 0 ? later.keys : sooner.keys,
    parameters: byName(sooner.parameters, later.parameters),
    commands: byName(sooner.commands, later.commands),
    events: byName(sooner.events, later.events),
  };
}

function byName<T extends { readonly name: string }>(sooner: readonly T[], later: readonly T[]): readonly T[] {
  return [...new Map([...sooner, ...later].map((one) => [one.name, one])).values()];
}

export const SUBSCRIPTION_TABLE = "Device.LocalAgent.Subscription.";
export const CONTROLLER_TABLE = "Device.LocalAgent.Controller.";
export const MTP_TABLE = "Device.LocalAgent.MTP.";
export const CLIENT_TABLE = "Device.MQTT.Client.";
export const REQUEST_TABLE = "Device.LocalAgent.Request.";
