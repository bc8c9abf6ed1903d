import { alias, command, count, flag, list, type ObjectShape, object, text, time } from "./shape.ts";

const PORT = { min: 1, max: 65_535 };
const NAME = { limits: { length: 64 } };
const SHORT = { limits: { length: 256 } };
const TOPIC = { limits: { length: 65_535 } };
const QOS = { limits: { max: 2 } };
const REFERENCE = { refersTo: "Device.MQTT.Client.{i}." };
const COUNTER = { restless: true } as const;

/** How many topics a client takes besides those that its broker offers. */
const MOST_SUBSCRIPTIONS = 32;

const MTP = "Device.LocalAgent.MTP.{i}.MQTT.";
const CLIENT = "Device.MQTT.Client.{i}.";

/**
 * The agent as a client of MQTT brokers: the profiles MQTTClientCon:1, MQTTClientSubscribe:1, MQTTAgent:1 and MQTTController:1
 * (R-MQTT.4), and MQTTClientExtended:1 (R-MQTT.5).
 */
export const mqttObjects: readonly ObjectShape[] = [
  object(MTP, [
    text("Reference", "read", REFERENCE),
    text("ResponseTopicConfigured", "write", TOPIC),
    text("ResponseTopicDiscovered", "read", { restless: true }),
    count("PublishQoS", "write", { initial: "1", ...QOS }),
  ]),
  object("Device.LocalAgent.Controller.{i}.MTP.{i}.MQTT.", [
    text("Reference", "write", REFERENCE),
    text("Topic", "write", TOPIC),
    flag("PublishRetainResponse", "write"),
    flag("PublishRetainNotify", "write"),
  ]),
  object("Device.MQTT.", []),
  object("Device.MQTT.Capabilities.", [
    list("ProtocolVersionsSupported", "read", { initial: "3.1.1,5.0" }),
    list("TransportProtocolSupported", "read", { initial: "TCP/IP,TLS" }),
    count("MaxNumberOfClientSubscriptions", "read", { initial: String(MOST_SUBSCRIPTIONS) }),
  ]),
  object(
    CLIENT,
    [
      alias,
      text("Name", "write", NAME),
      flag("Enable", "write"),
      text("Status", "read", { initial: "Disabled", restless: true }),
      text("ProtocolVersion", "write", { initial: "5.0", limits: { values: ["3.1.1", "5.0"] } }),
      text("BrokerAddress", "write", SHORT),
      count("BrokerPort", "write", { initial: "1883", limits: PORT }),
      text("TransportProtocol", "write", { initial: "TCP/IP", limits: { values: ["TCP/IP", "TLS"] } }),
      flag("CleanSession", "write", { initial: "true" }),
      flag("CleanStart", "write", { initial: "true" }),
      count("KeepAliveTime", "write", { initial: "60", limits: { max: 65_535 } }),
      text("ClientID", "write", TOPIC),
      text("Username", "write", SHORT),
      text("Password", "write", { ...SHORT, isHidden: true }),
      count("MessageRetryTime", "write", { initial: "5", limits: { min: 1 } }),
      count("ConnectRetryTime", "write", { initial: "5", limits: { min: 1 } }),
      count("ConnectRetryIntervalMultiplier", "write", { initial: "2000", limits: { min: 1000, max: 65_535 } }),
      count("ConnectRetryMaxInterval", "write", { initial: "30720", limits: { min: 1 } }),
      text("ResponseInformation", "read", { restless: true }),
      flag("WillEnable", "write"),
      text("WillTopic", "write", TOPIC),
      text("WillValue", "write", TOPIC),
      count("WillQoS", "write", QOS),
      flag("WillRetain", "write"),
    ],
    { keys: [["Alias"], ["Name"]], commands: [command("ForceReconnect()", false)] },
  ),
  object(
    `${CLIENT}Subscription.{i}.`,
    [
      alias,
      flag("Enable", "write"),
      text("Status", "read", { initial: "Unsubscribed", restless: true }),
      text("Topic", "once", TOPIC),
      count("QoS", "write", QOS),
    ],
    { creatable: true, max: MOST_SUBSCRIPTIONS, keys: [["Alias"], ["Topic"]] },
  ),
  object(`${CLIENT}Stats.`, [
    time("BrokerConnectionEstablished", "read", COUNTER),
    time("LastPublishMessageSent", "read", COUNTER),
    time("LastPublishMessageReceived", "read", COUNTER),
    ...[
      "PublishSent",
      "PublishReceived",
      "SubscribeSent",
      "UnSubscribeSent",
      "MQTTMessagesSent",
      "MQTTMessagesReceived",
      "ConnectionErrors",
      "PublishErrors",
    ].map((name) => count(name, "read", COUNTER)),
  ]),
];

/** What the generic device has besides: clients that controllers make. */
export const mqttClientObjects: readonly ObjectShape[] = [
  object(MTP, [text("Reference", "write", REFERENCE)]),
  object(CLIENT, [], { creatable: true, max: 4 }),
];
