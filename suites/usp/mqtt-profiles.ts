import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type SupportedObject, supportedObjects } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";

const PROFILES = "TR-369:R-MQTT.4";
const EXTENDED = "TR-369:R-MQTT.5";

const MTP = "Device.LocalAgent.MTP.{i}.MQTT.";
const CONTROLLER = "Device.LocalAgent.Controller.{i}.MTP.{i}.MQTT.";
const CLIENT = "Device.MQTT.Client.{i}.";

/** Objects of a profile, with parameters and commands of each. Those that controllers have to be able to write end with `*`. */
type Profile = Readonly<Record<string, readonly string[]>>;

/** MQTTClientCon:1, MQTTClientSubscribe:1, MQTTAgent:1 and MQTTController:1 (TR-181 2.15). */
const REQUIRED: Profile = {
  "Device.MQTT.": ["ClientNumberOfEntries"],
  "Device.MQTT.Capabilities.": ["ProtocolVersionsSupported", "TransportProtocolSupported"],
  [CLIENT]: [
    "Enable*",
    "Status",
    "ProtocolVersion*",
    "BrokerAddress*",
    "BrokerPort*",
    "CleanSession*",
    "KeepAliveTime*",
    "Name*",
    "ClientID*",
    "Username*",
    "Password*",
    "TransportProtocol*",
    "ConnectRetryTime*",
    "ConnectRetryIntervalMultiplier*",
    "ConnectRetryMaxInterval*",
    "ResponseInformation",
    "SubscriptionNumberOfEntries",
  ],
  [`${CLIENT}Subscription.{i}.`]: ["Topic*", "QoS", "Enable*"],
  [MTP]: ["Reference", "ResponseTopicConfigured*", "ResponseTopicDiscovered"],
  [CONTROLLER]: ["Reference", "Topic*"],
};

/** What agents that speak 3.1.1 have besides (TP-469 11.1). */
const RETRY_OF_MESSAGES: Profile = { [CLIENT]: ["MessageRetryTime*"] };

/** MQTTClientExtended:1, as far as the others do not have it. */
const MORE: Profile = {
  [CLIENT]: ["ForceReconnect()", "WillEnable*", "WillTopic*", "WillValue*", "WillQoS*", "WillRetain*"],
  [`${CLIENT}Stats.`]: [
    "LastPublishMessageSent",
    "LastPublishMessageReceived",
    "PublishSent",
    "PublishReceived",
    "SubscribeSent",
    "UnSubscribeSent",
    "PublishErrors",
  ],
};

/** What of a profile the supported data model lacks. */
function lacking(objects: ReadonlyMap<string, SupportedObject>, profile: Profile): readonly string[] {
  return Object.entries(profile).flatMap(([path, members]) => {
    const object = objects.get(path);
    if (object === undefined) return [path];
    return members.flatMap((member) => {
      const name = member.replace("*", "");
      if (name.endsWith("()")) return object.commands.has(name) ? [] : [path + name];
      const parameter = object.params.get(name);
      if (parameter === undefined) return [path + name];
      return member.endsWith("*") && parameter.access === "PARAM_READ_ONLY" ? [`${path}${name} (to be written)`] : [];
    });
  });
}

function whole(requirement: string, names: string, missing: readonly string[], where: string): Finding {
  return holds(requirement, missing.length === 0, { expected: `all of ${names}`, actual: `without ${few(missing)}`, where });
}

/** Which profiles of the data model an agent has (TR-369 R-MQTT.4, R-MQTT.5). */
export const mqttProfileCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.profiles",
    title: "supports the profiles of an MQTT client, its subscriptions, agent and controller",
    mtp: "mqtt",
    proves: [PROFILES, EXTENDED],
    beyondPlan: [EXTENDED],
    references: ["TP-469 11.1"],
    async drive({ controller }) {
      const paths = ["Device.MQTT.", "Device.LocalAgent."];
      return {
        reply: await controller.getSupportedDM(paths, { params: true, commands: true }),
        has311: controller.mqtt.current?.version === "3.1.1",
      };
    },
    *judge({ reply, has311 }) {
      yield* inResponse(PROFILES, reply, "GET_SUPPORTED_DM_RESP", function* () {
        const objects = supportedObjects(reply);
        const { where } = reply.summary;
        const missing = [...lacking(objects, REQUIRED), ...(has311 ? lacking(objects, RETRY_OF_MESSAGES) : [])];
        yield whole(PROFILES, "MQTTClientCon:1, MQTTClientSubscribe:1, MQTTAgent:1 and MQTTController:1", missing, where);
        yield whole(EXTENDED, "MQTTClientExtended:1", lacking(objects, MORE), where);
      });
    },
  }),
];
