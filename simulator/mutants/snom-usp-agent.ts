import type { Mutant } from "./mutant.ts";

const BOTH = "SNOM-TR-369:Two-protocols";

/** Phones whose USP agent does not go with the rest of them: their map, their provisioning, their management over CWMP. */
export const snomUspAgentMutants: readonly Mutant[] = [
  {
    id: "usp-agent-without-lines",
    phone: "A phone whose USP agent goes on when its map has lost the lines for TR-369.",
    breaks: "SNOM-TR-369:Parameter-lines#agent-needs-them",
    caught: { "snom.usp-agent.without-lines": ["SNOM-TR-369:Parameter-lines#agent-needs-them"] },
    change: () => ({ usp: { stopsWithoutLines: () => false } }),
  },
  {
    id: "usp-agent-not-provisioned",
    phone: "A phone that takes no address of a USP controller from a settings file.",
    breaks: "SNOM-TR-369:Best-practice#own-by-provisioning",
    caught: {
      "snom.usp-agent.provisioned": ["SNOM-TR-369:Best-practice#own-by-provisioning"],
      "snom.usp-settings.own-by-download": ["SNOM-TR-369:Best-practice#own-by-download"],
    },
    change: ({ provisioning }) => ({
      provisioning: {
        settingsIn: (place, settings) =>
          provisioning.settingsIn(place, settings).filter(({ name }) => !name.startsWith("tr369_websocket_uri")),
      },
    }),
  },
  {
    id: "usp-agent-mac-in-endpoint-id",
    phone: "A phone that leaves {mac} in the Endpoint ID of its controller.",
    breaks: "SNOM-TR-369:mac#endpoint-id",
    caught: {
      "snom.usp-agent.mac": ["SNOM-TR-369:mac#endpoint-id"],
      "snom.usp-settings.mac": ["SNOM-TR-369:mac#mqtt"],
    },
    change: ({ model }) => ({
      model: {
        shownSetting: (name, text, mac) =>
          name.startsWith("tr369_controller_endpointid") ? text : model.shownSetting(name, text, mac),
      },
    }),
  },
  {
    id: "usp-agent-mac-in-topic",
    phone: "A phone that leaves {mac} in the topic that it subscribes to.",
    breaks: "SNOM-TR-369:mac#topic",
    rig: "snom-mqtt",
    caught: {
      "snom.usp-agent.mac-topic": ["SNOM-TR-369:mac#topic"],
      "snom.usp-settings.mac": ["SNOM-TR-369:mac#mqtt"],
    },
    change: ({ model }) => ({
      model: {
        shownSetting: (name, text, mac) => (name.startsWith("tr369_mqtt_topic") ? text : model.shownSetting(name, text, mac)),
      },
    }),
  },
  {
    id: "usp-agent-other-spelling",
    phone: "A phone that spells the transport of MQTT otherwise for USP controllers.",
    breaks: `${BOTH}#values`,
    caught: { "snom.two-protocols.values": [`${BOTH}#values`] },
    change: ({ usp }) => ({ usp: { toldValue: (value, type) => (value === "TCP/IP" ? "TCP" : usp.toldValue(value, type)) } }),
  },
  {
    id: "usp-agent-overlooks-others",
    phone: "A phone that looks for changes to notify only after requests of a USP controller.",
    breaks: `${BOTH}#by-acs`,
    caught: {
      "snom.two-protocols.changed-by-acs": [`${BOTH}#by-acs`],
      "snom.two-protocols.changed-by-user": [`${BOTH}#by-user`],
    },
    change: () => ({ usp: { looks: (by) => by === "agent" } }),
  },
  {
    id: "usp-agent-keeps-from-acs",
    phone: "A phone that does not tell its ACS what a USP controller has changed.",
    breaks: `${BOTH}#by-usp`,
    caught: { "snom.two-protocols.changed-by-usp": [`${BOTH}#by-usp`] },
    change: () => ({ usp: { reportsToAcs: () => false } }),
  },
  {
    id: "usp-agent-update-untold",
    phone: "A phone that does not tell USP controllers of firmware that its provisioning has brought.",
    breaks: `${BOTH}#firmware`,
    caught: { "snom.two-protocols.firmware": [`${BOTH}#firmware`] },
    change: () => ({ usp: { isFirmwareUpdated: () => false } }),
  },
  {
    id: "usp-agent-reboot-as-rpc",
    phone: "A phone that tells its ACS of every reboot by USP as one that the ACS asked for.",
    breaks: `${BOTH}#boot`,
    caught: { "snom.usp-agent.reboot": [`${BOTH}#boot`] },
    change: () => ({ usp: { rebootsOfAcs: (keys, commandKey) => [...keys, commandKey] } }),
  },
];
