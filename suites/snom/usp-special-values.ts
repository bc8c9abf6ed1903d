import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds, type Located, oneOf } from "../../harness/core/finding.ts";
import { restoring } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { OWN, readUsp, shownBy, shows, uspName } from "./support/usp.ts";

const needs = ["usp-settings"] as const;

const SOCKET = "LocalAgent.Controller.#.MTP.1.WebSocket.";
const HOST = `${SOCKET}Host`;
const PORT = `${SOCKET}Port`;
const PATH = `${SOCKET}Path`;
const SECURED = `${SOCKET}EnableEncryption`;
const CLIENT = "MQTT.Client.#.";
const URI = "SNOM:tr369_websocket_uri";
const MQTT = "SNOM:tr369_mqtt_hostport";

/** What the WebSocket parameters show for each of these addresses. */
async function addresses(bench: CwmpBench, uris: readonly string[]) {
  const seen = [];
  for (const uri of uris)
    seen.push({ uri, values: await shownBy(bench, { tr369_websocket_uri: uri }, [HOST, PORT, PATH, SECURED]) });
  return seen;
}

/** What the parameters show for each of these settings of the customer's MQTT client. */
async function clients(bench: CwmpBench, all: readonly Readonly<Record<string, string>>[], names: readonly string[]) {
  const seen = [];
  for (const settings of all) seen.push({ settings, values: await shownBy(bench, settings, names) });
  return seen;
}

/** Settings in which the vendor lets `{mac}` stand for the phone's MAC address, and the parameter that shows each. */
const WITH_MAC = {
  tr369_mqtt_clientid: `${CLIENT}ClientID`,
  tr369_mqtt_username: `${CLIENT}Username`,
  tr369_mqtt_topic: "LocalAgent.MTP.#.MQTT.ResponseTopicConfigured",
  tr369_controller_endpointid: "LocalAgent.Controller.#.EndpointID",
};

export const uspSpecialValueCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.usp-settings.websocket-uri",
    title: "shows host, port, path and encryption of tr369_websocket_uri",
    proves: [`${URI}#host`, `${URI}#port`, `${URI}#path`, `${URI}#encryption`],
    needs,
    drive: (bench) => addresses(bench, ["wss://one.assay.example:8443/usp/agent", "ws://two.assay.example:8080/"]),
    *judge([secured, open]) {
      if (secured === undefined || open === undefined) return;
      yield shows(`${URI}#host`, secured.values, HOST, "one.assay.example");
      yield shows(`${URI}#host`, open.values, HOST, "two.assay.example");
      yield shows(`${URI}#port`, secured.values, PORT, "8443");
      yield shows(`${URI}#port`, open.values, PORT, "8080");
      yield shows(`${URI}#path`, secured.values, PATH, "/usp/agent");
      yield shows(`${URI}#path`, open.values, PATH, "/");
      yield shows(`${URI}#encryption`, secured.values, SECURED, true);
      yield shows(`${URI}#encryption`, open.values, SECURED, false);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.websocket-default-port",
    title: "takes port and path for the usual ones where tr369_websocket_uri has none",
    proves: [`${URI}#default-port`, `${URI}#default-path`],
    needs,
    drive: (bench) => addresses(bench, ["wss://one.assay.example", "ws://two.assay.example/agent"]),
    *judge([secured, open]) {
      if (secured === undefined || open === undefined) return;
      yield shows(`${URI}#default-port`, secured.values, PORT, "443");
      yield shows(`${URI}#default-port`, open.values, PORT, "80");
      yield oneOf(`${URI}#default-path`, secured.values.get(PATH) ?? { value: undefined, where: PATH }, ["", "/"]);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.websocket-other-port",
    title: "goes by the scheme of tr369_websocket_uri for encryption, whatever the port is",
    proves: [`${URI}#scheme-first`],
    needs,
    drive: (bench) => addresses(bench, ["wss://one.assay.example:80/", "ws://two.assay.example:443/"]),
    *judge([secured, open]) {
      if (secured === undefined || open === undefined) return;
      yield shows(`${URI}#scheme-first`, secured.values, SECURED, true);
      yield shows(`${URI}#scheme-first`, open.values, SECURED, false);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.websocket-without-scheme",
    title: "encrypts without a scheme in tr369_websocket_uri on port 443 alone",
    proves: [`${URI}#no-scheme-encryption`, `${URI}#no-scheme-port`],
    needs,
    drive: (bench) => addresses(bench, ["one.assay.example:443/agent", "two.assay.example:8443/agent", "three.assay.example"]),
    *judge([on443, on8443, bare]) {
      if (on443 === undefined || on8443 === undefined || bare === undefined) return;
      yield shows(`${URI}#no-scheme-encryption`, on443.values, SECURED, true);
      yield shows(`${URI}#no-scheme-encryption`, on8443.values, SECURED, false);
      yield shows(`${URI}#no-scheme-encryption`, bare.values, SECURED, false);
      yield shows(`${URI}#no-scheme-port`, on8443.values, PORT, "8443");
      yield shows(`${URI}#no-scheme-port`, bare.values, PORT, "80");
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.mqtt-hostport",
    title: "shows address and port of tr369_mqtt_hostport",
    proves: [`${MQTT}#address`, `${MQTT}#port`],
    needs,
    drive: (bench) =>
      clients(bench, [{ tr369_mqtt_hostport: "broker.assay.example:1884" }], [`${CLIENT}BrokerAddress`, `${CLIENT}BrokerPort`]),
    *judge([seen]) {
      if (seen === undefined) return;
      yield shows(`${MQTT}#address`, seen.values, `${CLIENT}BrokerAddress`, "broker.assay.example");
      yield shows(`${MQTT}#port`, seen.values, `${CLIENT}BrokerPort`, "1884");
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.mqtt-default-port",
    title: "takes MQTT's own port for the transport where tr369_mqtt_hostport has none",
    proves: [`${MQTT}#default-port`, `${MQTT}#default-port-tls`],
    needs,
    drive: (bench) =>
      clients(
        bench,
        ["TCP/IP", "TLS"].map((transport) => ({
          tr369_mqtt_hostport: "broker.assay.example",
          tr369_mqtt_transport: transport,
        })),
        [`${CLIENT}BrokerPort`],
      ),
    *judge([plain, tls]) {
      if (plain === undefined || tls === undefined) return;
      yield shows(`${MQTT}#default-port`, plain.values, `${CLIENT}BrokerPort`, "1883");
      yield shows(`${MQTT}#default-port-tls`, tls.values, `${CLIENT}BrokerPort`, "8883");
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.response-topic",
    title: "shows tr369_mqtt_topic as the topic on which it is answered",
    proves: ["SNOM:tr369_mqtt_topic#response"],
    needs,
    drive: (bench) =>
      clients(bench, [{ tr369_mqtt_topic: "assay/agents/one" }], ["LocalAgent.MTP.#.MQTT.ResponseTopicConfigured"]),
    *judge([seen]) {
      if (seen === undefined) return;
      const name = "LocalAgent.MTP.#.MQTT.ResponseTopicConfigured";
      yield shows("SNOM:tr369_mqtt_topic#response", seen.values, name, "assay/agents/one");
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.mqtt-enable",
    title: "has its MQTT client enabled for an enabled controller that is reached by MQTT",
    proves: ["SNOM:TR369_MQTTENABLE#enabled", "SNOM:TR369_MQTTENABLE#protocol"],
    needs,
    drive: (bench) =>
      clients(
        bench,
        [
          { tr369_enable: "true", tr369_mtp_protocol: "MQTT" },
          { tr369_enable: "false", tr369_mtp_protocol: "MQTT" },
          { tr369_enable: "true", tr369_mtp_protocol: "WebSocket" },
        ].map((settings) => ({ ...settings, tr369_mqtt_hostport: "127.0.0.1:9", tr369_websocket_uri: "ws://127.0.0.1:9/" })),
        [`${CLIENT}Enable`, "LocalAgent.MTP.#.Enable"],
      ),
    *judge([mqtt, off, socket]) {
      if (mqtt === undefined || off === undefined || socket === undefined) return;
      for (const name of [`${CLIENT}Enable`, "LocalAgent.MTP.#.Enable"]) {
        yield shows("SNOM:TR369_MQTTENABLE#enabled", mqtt.values, name, true);
        yield shows("SNOM:TR369_MQTTENABLE#enabled", off.values, name, false);
        yield shows("SNOM:TR369_MQTTENABLE#protocol", socket.values, name, false);
      }
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.enable-everywhere",
    title: "switches every part of a USP controller with one of them",
    proves: ["SNOM-TR-369:Parameter-lines#one-enable"],
    needs,
    drive(bench) {
      const [name = "", ...others] = [
        "LocalAgent.Controller.#.Enable",
        "LocalAgent.Controller.#.MTP.1.Enable",
        "LocalAgent.Controller.#.BootParameter.1.Enable",
        "LocalAgent.Subscription.#.Enable",
      ].map((one) => uspName(bench, OWN, one));
      return restoring(bench, [name], async (stage) => {
        const value = stage.before(name) === "1" || stage.before(name) === "true" ? "0" : "1";
        demand(await stage.write([{ name, value, type: "boolean" }]), "SetParameterValues", `setting ${name}`);
        await stage.session.end();
        return { on: value === "1", others, values: await readUsp(bench, [name, ...others]) };
      });
    },
    *judge({ on, others, values }) {
      for (const name of others) yield shows("SNOM-TR-369:Parameter-lines#one-enable", values, name, on);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.e2e-session",
    title: "shows session mode and record size of the end-to-end session",
    proves: ["SNOM-TR-369:Parameter-lines#e2e-session"],
    needs,
    drive: (bench) => {
      const session = "LocalAgent.Controller.#.E2ESession.";
      return clients(
        bench,
        [
          { tr369_controller_e2emode: "Require", tr369_controller_e2esize: "512" },
          { tr369_controller_e2emode: "Forbid", tr369_controller_e2esize: "0" },
        ],
        [`${session}SessionMode`, `${session}MaxUSPRecordSize`],
      );
    },
    *judge(all) {
      const session = "LocalAgent.Controller.#.E2ESession.";
      for (const { settings, values } of all) {
        const requirement = "SNOM-TR-369:Parameter-lines#e2e-session";
        yield shows(requirement, values, `${session}SessionMode`, settings.tr369_controller_e2emode ?? "");
        yield shows(requirement, values, `${session}MaxUSPRecordSize`, settings.tr369_controller_e2esize ?? "");
      }
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.mac-in-path",
    title: "shows {mac} in the path of tr369_websocket_uri as its MAC address in upper case",
    proves: ["SNOM-TR-369:mac#websocket-uri"],
    needs,
    async drive(bench) {
      const [seen] = await addresses(bench, ["wss://usp.assay.example/{mac}/usp"]);
      return { path: seen?.values.get(PATH), mac: await macOf(bench) };
    },
    *judge({ path, mac }) {
      yield showsMac("SNOM-TR-369:mac#websocket-uri", path, ["/", "/usp"], mac);
    },
  }),
  cwmpCase({
    id: "snom.usp-settings.mac",
    title: "shows {mac} in the settings of its MQTT client as its MAC address in upper case",
    proves: ["SNOM-TR-369:mac#mqtt"],
    needs,
    async drive(bench) {
      const settings = Object.fromEntries(Object.keys(WITH_MAC).map((name) => [name, "assay-{mac}-end"]));
      const [seen] = await clients(bench, [settings], Object.values(WITH_MAC));
      return { values: seen?.values, mac: await macOf(bench) };
    },
    *judge({ values, mac }) {
      for (const name of Object.values(WITH_MAC))
        yield showsMac("SNOM-TR-369:mac#mqtt", values?.get(name), ["assay-", "-end"], mac);
    },
  }),
];

/** The phone's MAC address as twelve digits in upper case; undefined when its settings do not tell it. */
async function macOf({ phone }: CwmpBench): Promise<string | undefined> {
  const mac = (await phone.snom.settings()).get("mac")?.replaceAll(/[:-]/g, "").toUpperCase();
  return mac !== undefined && /^[0-9A-F]{12}$/.test(mac) ? mac : undefined;
}

/** That the MAC address stands between the two texts; where the settings do not tell it, any that is in upper case. */
function showsMac(requirement: string, seen: Located | undefined, [before, after]: readonly [string, string], mac?: string) {
  const text = seen?.value ?? "";
  const fits = text.startsWith(before) && text.endsWith(after);
  const shown = fits ? text.slice(before.length, text.length - after.length) : "";
  return holds(requirement, mac === undefined ? /^[0-9A-F]{12}$/.test(shown) : shown === mac, {
    expected: `${before}${mac ?? "twelve digits in upper case"}${after}`,
    actual: seen?.value,
    where: seen?.where ?? "no value",
  });
}
