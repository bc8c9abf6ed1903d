import { TR369_LINES } from "../../schema/tr369-lines.ts";
import type { Mutant } from "./mutant.ts";

const LINES = "SNOM-TR-369:Parameter-lines";

/** Phones whose map, or model, is wrong about the lines for TR-369. */
export const snomUspLinesMutants: readonly Mutant[] = [
  {
    id: "usp-line-forgotten",
    phone: "A phone that lacks a line for TR-369 after a factory reset.",
    breaks: `${LINES}#after-reset`,
    caught: { "snom.usp-lines.after-reset": [`${LINES}#after-reset`] },
    change: () => ({
      model: { paramMapAfterReset: (_map, delivered) => delivered.replace(/^.*Controller\.2\.MTP\.1\.Enable.*\n/m, "") },
    }),
  },
  {
    id: "usp-line-port-is-text",
    phone: "A phone that has a port for TR-369 as a string after a factory reset.",
    breaks: `${LINES}#type`,
    caught: { "snom.usp-lines.after-reset": [`${LINES}#type`] },
    change: () => ({
      model: {
        paramMapAfterReset: (_map, delivered) =>
          delivered.replace("unsignedInt:Device.MQTT.Client.2.BrokerPort", "string:Device.MQTT.Client.2.BrokerPort"),
      },
    }),
  },
  {
    id: "usp-line-writable",
    phone: "A phone that has a computed line for TR-369 as writable after a factory reset.",
    breaks: `${LINES}#modifier`,
    caught: { "snom.usp-lines.after-reset": [`${LINES}#modifier`] },
    change: () => ({
      model: { paramMapAfterReset: (_map, delivered) => delivered.replace(/(MQTT\.Client\.2\.BrokerAddress)!=/, "$1=") },
    }),
  },
  {
    id: "usp-line-other-index",
    phone: "A phone that shows a setting of controller 1 in a line of controller 2 after a factory reset.",
    breaks: `${LINES}#value`,
    caught: { "snom.usp-lines.after-reset": [`${LINES}#value`] },
    change: () => ({
      model: { paramMapAfterReset: (_map, delivered) => delivered.replace("{tr369_mqtt_clientid|2}", "{tr369_mqtt_clientid|1}") },
    }),
  },
  {
    id: "usp-line-unlisted",
    phone: "A phone that keeps how often it tries again to reach its broker from CWMP.",
    breaks: `${LINES}#listed`,
    caught: {
      "snom.usp-lines.by-cwmp": [`${LINES}#listed`],
      "snom.map-agrees.names": ["SNOM-TR-069:The-param_map-file#every-line"],
    },
    change: () => ({
      model: { fileText: (text) => text.replace(/^unsignedInt:Device\.MQTT\.Client\.\d+\.ConnectRetryMaxInterval.*\n/gm, "") },
    }),
  },
  {
    id: "usp-line-typed-as-text",
    phone: "A phone that types what it computes for TR-369 as strings.",
    breaks: `${LINES}#typed`,
    caught: {
      "snom.usp-lines.by-cwmp": [`${LINES}#typed`],
      "snom.map-agrees.types": ["SNOM-TR-069:The-param_map-file#types"],
    },
    change: ({ model }) => ({
      model: { lineType: (line) => (/^\{TR369_\w+PORT\|/.test(line.value) ? "string" : model.lineType(line)) },
    }),
  },
  {
    id: "usp-line-own-lost-without",
    phone: "A phone that has none of its vendor's parameters when its map has no line for TR-369.",
    breaks: `${LINES}#cwmp-without`,
    caught: { "snom.usp-lines.without": [`${LINES}#cwmp-without`] },
    change: () => ({
      model: { fileText: (text) => (text.includes("{TR369_") ? text : text.replace(/^\w+:Device\.X_.*\n/gm, "")) },
    }),
  },
  {
    id: "usp-line-always-there",
    phone: "A phone that has the parameters for TR-369 whatever its map has.",
    breaks: `${LINES}#gone-without`,
    caught: {
      "snom.usp-lines.without": [`${LINES}#gone-without`],
      "snom.usp-lines.one-controller": [`${LINES}#one-controller`],
    },
    change: () => ({
      model: { fileText: (text) => `${text}\n${TR369_LINES.filter((line) => !text.includes(line)).join("\n")}\n` },
    }),
  },
];
