import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, should, untestable } from "../rows.ts";

const REMOVED = "removed in version 1.2, when errors of all MTPs became records";
const BROKER = "binds the broker, which the suite plays itself";

const removed = (number: string, says: string): Requirement => outOfScope(`TR-369:R-MQTT.${number}`, "MUST", says, REMOVED);
const ofBroker = (number: string, says: string, keyword: Requirement["keyword"] = "MUST"): Requirement => ({
  ...outOfScope(`TR-369:R-MQTT.${number}`, keyword, says, BROKER),
  who: "ACS",
});

/** Connection, session and subscriptions. */
const sessions: readonly Requirement[] = [
  must("TR-369:R-MQTT.1", "speaks MQTT 5.0"),
  outOfScope("TR-369:R-MQTT.2", "MAY", "may speak MQTT 3.1.1", "a freedom, not a duty; --mqtt-version=3.1.1 uses it"),
  untestable(
    "TR-369:R-MQTT.3",
    "MUST",
    "speaks MQTT over TCP",
    "the suite's broker listens over TCP alone: an agent that does not speak it is never there",
  ),
  must("TR-369:R-MQTT.4", "has the profiles for MQTT clients, subscriptions, agents and controllers"),
  should("TR-369:R-MQTT.5", "has the profile MQTTClientExtended:1"),
  untestable(
    "TR-369:R-MQTT.6",
    "MUST",
    "begins a session with CONNECT",
    "whoever begins otherwise has no session: nothing of that agent is ever seen",
  ),
  must("TR-369:R-MQTT.7", "logs in with the name and password that are configured"),
  must(
    "TR-369:R-MQTT.8",
    "uses the ClientID that is configured; without one, an empty one or its Endpoint ID, as the version has it",
  ),
  must("TR-369:R-MQTT.9", "keeps a ClientID that the broker assigns"),
  must("TR-369:R-MQTT.10", "tries again after a connection that failed, in the intervals of its retry parameters"),
  must("TR-369:R-MQTT.11", "uses the same ClientID each time"),
  must("TR-369:R-MQTT.12", "asks for Response Information in CONNECT"),
  must("TR-369:R-MQTT.13", "tells its Endpoint ID in the user property usp-endpoint-id"),
  must("TR-369:R-MQTT.14", "tells the keep alive time that is configured"),
  must("TR-369:R-MQTT.15", "subscribes to all topics that are configured or that the broker gives"),
  must("TR-369:R-MQTT.16", "disconnects when there is no topic to subscribe to"),
  must("TR-369:R-MQTT.17", "disconnects without having published when no subscription succeeds"),
];

/** Records in PUBLISH packets. */
const records: readonly Requirement[] = [
  untestable(
    "TR-369:R-MQTT.18",
    "MUST",
    "sends records in the payload of PUBLISH",
    "whoever sends them otherwise has not sent any: nothing of that agent is ever seen",
  ),
  must("TR-369:R-MQTT.19", "sends records in their binary encoding"),
  must("TR-369:R-MQTT.20", "speaks QoS 0 and QoS 1"),
  must("TR-369:R-MQTT.21", "takes Response Information for its own topic"),
  must("TR-369:R-MQTT.22", "names its own topic in every PUBLISH"),
  must("TR-369:R-MQTT.23", "names its own topic as Response Topic in MQTT 5.0"),
  must("TR-369:R-MQTT.24", "names its own topic behind /reply-to= in MQTT 3.1.1"),
  must("TR-369:R-MQTT.25", "answers to the topic behind the last /reply-to= in MQTT 3.1.1"),
  must("TR-369:R-MQTT.26", "answers to the Response Topic in MQTT 5.0"),
  untestable(
    "TR-369:R-MQTT.26a",
    "MUST",
    "reports that its peer speaks the other version of MQTT, and ceases to communicate",
    "connect records, which tell the version, come from agents alone; without /reply-to= only the agent knows whether it knows a topic",
  ),
  must("TR-369:R-MQTT.27", "sends records with Content Type usp.msg"),
  must("TR-369:R-MQTT.27a", "takes records with either Content Type for records"),
  removed("28", "knows the Content Type usp.error"),
  removed("29", "names record and message in usp-err-id"),
  removed("30", "drops an unreadable record of MQTT 3.1.1"),
  removed("31", "answers an unreadable record that has usp-err-id by an error packet"),
  removed("31a", "takes either Content Type of errors for errors"),
  removed("32", "confirms an unreadable record with reason 153"),
  must("TR-369:R-MQTT.33", "tries again when the broker ends the connection"),
  should("TR-369:R-MQTT.34", "unsubscribes from a topic that it needs no more"),
  should("TR-369:R-MQTT.35", "says DISCONNECT when it leaves"),
];

/** Several MTPs, discovery, brokers, encryption. */
const around: readonly Requirement[] = [
  should("TR-369:mtp#same-mtp", "answers over the MTP, and to the controller, that the request came from"),
  must("TR-369:R-MQTT.36", "names its own topic in DNS-SD"),
  {
    ...outOfScope("TR-369:R-MQTT.37", "MUST", "names a topic of the controller in DNS-SD", "concerns controllers"),
    who: "ACS",
  },
  must("TR-369:R-MQTT.38", "names the broker's addresses in DNS-SD"),
  ofBroker("39", "is a broker of MQTT 5.0"),
  ofBroker("40", "is a broker of MQTT 3.1.1 too", "SHOULD"),
  ofBroker("41", "listens over TCP"),
  ofBroker("42", "authenticates clients and limits their topics"),
  ofBroker("43", "lets clients log in by certificate, or by name and password", "SHOULD"),
  ofBroker("44", "gives topics by subscribe-topic", "SHOULD"),
  ofBroker("45", "has wildcards for agents that are not configured"),
  ofBroker("46", "speaks QoS 1"),
  ofBroker("47", "takes Endpoint IDs for ClientIDs", "SHOULD"),
  must("TR-369:R-MQTT.48", "speaks TLS 1.2 or later"),
  outOfScope("TR-369:R-MQTT.49", "MAY", "may find wildcards in the broker's certificate", "a freedom of brokers"),
];

/** Every numbered requirement of "MQTT Binding". */
export const mqttRequirements: readonly Requirement[] = [...sessions, ...records, ...around];
