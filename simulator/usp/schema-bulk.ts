import { alias, command, count, flag, list, number, type ObjectShape, object, text, time } from "./shape.ts";

/** Seconds below which no profile may report: Device.BulkData.MinReportingInterval. */
export const LEAST_REPORTING_INTERVAL = 60;

export const BULK_DATA = "Device.BulkData.";
export const BULK_PROFILES = "Device.BulkData.Profile.";

const PROFILE = "Device.BulkData.Profile.{i}.";
const ROOM = 16;
const REFERENCE = { limits: { length: 256 } };
const NAME = { limits: { length: 64 } };
const TIMESTAMP = { initial: "Unix-Epoch", limits: { values: ["Unix-Epoch", "ISO-8601", "None"] } };

/** Bulk data collection (TR-181 Device.BulkData.): reports of parameters that go out by themselves. */
export const bulkObjects: readonly ObjectShape[] = [
  object(BULK_DATA, [
    flag("Enable", "write"),
    text("Status", "read", { initial: "Disabled" }),
    count("MinReportingInterval", "read", { initial: String(LEAST_REPORTING_INTERVAL) }),
    list("Protocols", "read", { initial: "HTTP,MQTT,USPEventNotif" }),
    list("EncodingTypes", "read", { initial: "JSON,CSV" }),
    flag("ParameterWildCardSupported", "read", { initial: "true" }),
    number("MaxNumberOfProfiles", "read", { initial: String(ROOM) }),
    number("MaxNumberOfParameterReferences", "read", { initial: "-1" }),
  ]),
  object(
    PROFILE,
    [
      alias,
      flag("Enable", "write"),
      text("Name", "write", { limits: { length: 255 } }),
      text("Controller", "read", { refersTo: "Device.LocalAgent.Controller.{i}." }),
      number("NumberOfRetainedFailedReports", "write", { limits: { min: -1 } }),
      text("Protocol", "write", { initial: "HTTP", limits: { values: ["HTTP", "MQTT", "USPEventNotif"] } }),
      text("EncodingType", "write", { initial: "JSON", limits: { values: ["JSON", "CSV"] } }),
      count("ReportingInterval", "write", { initial: "86400", limits: { min: LEAST_REPORTING_INTERVAL } }),
      time("TimeReference", "write"),
    ],
    {
      creatable: true,
      max: ROOM,
      keys: [["Alias"]],
      commands: [command("ForceCollection()", false)],
      events: [{ name: "Push!", args: ["Data"] }],
    },
  ),
  object(
    `${PROFILE}Parameter.{i}.`,
    [text("Name", "write", NAME), text("Reference", "write", REFERENCE), flag("Exclude", "write")],
    { creatable: true, max: ROOM * ROOM },
  ),
  object(`${PROFILE}CSVEncoding.`, [
    text("FieldSeparator", "write", { initial: "," }),
    text("RowSeparator", "write", { initial: "\r\n" }),
    text("EscapeCharacter", "write", { initial: '"' }),
    text("ReportFormat", "write", {
      initial: "ParameterPerColumn",
      limits: { values: ["ParameterPerRow", "ParameterPerColumn"] },
    }),
    text("RowTimestamp", "write", TIMESTAMP),
  ]),
  object(`${PROFILE}JSONEncoding.`, [
    text("ReportFormat", "write", { initial: "ObjectHierarchy", limits: { values: ["ObjectHierarchy", "NameValuePair"] } }),
    text("ReportTimestamp", "write", TIMESTAMP),
  ]),
  object(`${PROFILE}HTTP.`, [
    text("URL", "write", { pattern: /^(?:https?:\/\/\S+)?$/ }),
    text("Username", "write", { limits: { length: 256 } }),
    text("Password", "write", { limits: { length: 256 }, isHidden: true }),
    list("CompressionsSupported", "read", { initial: "GZIP,Deflate" }),
    text("Compression", "write", { initial: "None", limits: { values: ["None", "GZIP", "Deflate"] } }),
    list("MethodsSupported", "read", { initial: "POST,PUT" }),
    text("Method", "write", { initial: "POST", limits: { values: ["POST", "PUT"] } }),
    flag("UseDateHeader", "write", { initial: "true" }),
    flag("RetryEnable", "write"),
    count("RetryMinimumWaitInterval", "write", { initial: "5", limits: { min: 1, max: 65_535 } }),
    count("RetryIntervalMultiplier", "write", { initial: "2000", limits: { min: 1000, max: 65_535 } }),
    flag("PersistAcrossReboot", "write"),
  ]),
  object(`${PROFILE}HTTP.RequestURIParameter.{i}.`, [text("Name", "write", NAME), text("Reference", "write", REFERENCE)], {
    creatable: true,
    max: ROOM,
  }),
  object(`${PROFILE}MQTT.`, [
    text("Reference", "write", { refersTo: "Device.MQTT.Client.{i}." }),
    text("PublishTopic", "write", { limits: { length: 65_535 } }),
    count("PublishQoS", "write", { limits: { max: 2 } }),
    flag("PublishRetain", "write"),
  ]),
];
