import type { Mutant } from "./mutant.ts";

const FIXED = "SNOM-TR-369:Best-practice";
const LINES = "SNOM-TR-369:Parameter-lines";

const isSraps = (name: string): boolean => /^tr369_\w*[a-z]1$/.test(name);

/** Phones that let others change the settings of a USP controller, or show them elsewhere, otherwise than they ought to. */
export const snomUspMutants: readonly Mutant[] = [
  {
    id: "usp-fixed-open-to-user",
    phone: "A phone that lets its user overwrite the settings of the vendor's own controller.",
    breaks: `${FIXED}#fixed-for-user`,
    caught: { "snom.usp-settings.fixed-by-web": [`${FIXED}#fixed-for-user`] },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) => (by === "user" && isSraps(name)) || model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "usp-fixed-open-to-acs",
    phone: "A phone that lets the ACS overwrite the settings of the vendor's own controller.",
    breaks: `${FIXED}#fixed-for-acs`,
    caught: {
      "snom.usp-settings.fixed-by-acs": [`${FIXED}#fixed-for-acs`, `${FIXED}#refused-to-acs`],
      "snom.usp-settings.fixed-by-download": [`${FIXED}#fixed-for-download`],
    },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) => (by === "acs" && isSraps(name)) || model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "usp-enable-fixed-to-user",
    phone: "A phone that lets no user switch the vendor's own controller off or on.",
    breaks: `${FIXED}#enable-by-user`,
    caught: { "snom.usp-settings.enable-by-web": [`${FIXED}#enable-by-user`] },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          !(by === "user" && name === "tr369_enable1") && model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "usp-enable-fixed-to-acs",
    phone: "A phone that lets no ACS switch the vendor's own controller off or on.",
    breaks: `${FIXED}#enable-by-acs`,
    caught: {
      "snom.usp-settings.enable-by-acs": [`${FIXED}#enable-by-acs`],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#writable-lines"],
    },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          !(by === "acs" && name === "tr369_enable1") && model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "usp-own-fixed-to-user",
    phone: "A phone that lets no user change the MQTT version of any controller.",
    breaks: `${FIXED}#own-by-user`,
    caught: { "snom.usp-settings.own-by-web": [`${FIXED}#own-by-user`] },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          !(by === "user" && name.startsWith("tr369_mqtt_version")) && model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "usp-own-fixed-to-acs",
    phone: "A phone that lets no ACS change the MQTT version of any controller.",
    breaks: `${FIXED}#own-by-acs`,
    caught: {
      "snom.usp-settings.own-by-acs": [`${FIXED}#own-by-acs`],
      "snom.usp-settings.own-by-download": [`${FIXED}#own-by-download`],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#writable-lines"],
    },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          !(by === "acs" && name.startsWith("tr369_mqtt_version")) && model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "usp-one-session-mode",
    phone: "A phone that has one session mode and record size for both of its controllers.",
    breaks: `${LINES}#apart`,
    caught: {
      "snom.usp-settings.apart": [`${LINES}#apart`],
      "snom.usp-settings.fixed-by-acs": [`${FIXED}#refused-to-acs`],
    },
    change: ({ model }) => ({
      model: {
        settingIndex: (index, name) => (name.includes(".1.E2ESession.") ? "2" : model.settingIndex(index, name)),
      },
    }),
  },
  {
    id: "usp-computed-writable",
    phone: "A phone that takes a value for what it computes itself, and does nothing with it.",
    breaks: `${LINES}#computed-read-only`,
    caught: {
      "snom.usp-settings.computed": [`${LINES}#computed-read-only`],
      "snom.map-values.mixed-written": ["PARAM-MAP:values#mixed-read-only"],
      "cwmp.set-parameter-values.parameter-key-by-name": ["TR-106:3.4#parameter-key-read-only"],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#read-only-lines"],
    },
    change: ({ model }) => ({
      model: { isWritable: (modifier, shape) => shape === "special" || model.isWritable(modifier, shape) },
    }),
  },
  {
    id: "usp-enable-beside",
    phone: "A phone that keeps what the ACS sets for one part of its USP agent apart from the others.",
    breaks: `${LINES}#one-enable`,
    caught: { "snom.usp-settings.enable-everywhere": [`${LINES}#one-enable`] },
    change: () => ({ model: { writesThrough: (setting) => setting !== "tr369_enable2" } }),
  },
  {
    id: "usp-forbid-unknown",
    phone: "A phone that shows the session mode Forbid as Allow.",
    breaks: `${LINES}#e2e-session`,
    caught: {
      "snom.usp-settings.e2e-session": [`${LINES}#e2e-session`],
      "snom.usp-agent.e2e-session": [`${LINES}#e2e-session`],
      "usp.session.forbidden": ["TR-369:R-E2E.6a", "TR-369:R-MTP.9"],
      "usp.session.ended": ["TR-369:R-E2E.6b"],
    },
    change: ({ model }) => ({
      model: {
        shownSetting: (name, text, mac) =>
          /_e2emode\d$/.test(name) && text === "Forbid" ? "Allow" : model.shownSetting(name, text, mac),
      },
    }),
  },
  {
    id: "usp-mac-in-lower-case",
    phone: "A phone that puts its MAC address in lower case into the settings of its MQTT client.",
    breaks: "SNOM-TR-369:mac#mqtt",
    caught: { "snom.usp-settings.mac": ["SNOM-TR-369:mac#mqtt"] },
    change: ({ model }) => ({
      model: {
        shownSetting: (name, text, mac) =>
          model.shownSetting(name, name.startsWith("tr369_mqtt_") ? text.replaceAll("{mac}", mac.toLowerCase()) : text, mac),
      },
    }),
  },
  {
    id: "usp-mac-in-path-kept",
    phone: "A phone that leaves {mac} in the path of a WebSocket address as it is.",
    breaks: "SNOM-TR-369:mac#websocket-uri",
    caught: {
      "snom.usp-settings.mac-in-path": ["SNOM-TR-369:mac#websocket-uri"],
      "snom.usp-agent.mac": ["SNOM-TR-369:mac#websocket-uri"],
    },
    change: ({ model }) => ({
      model: {
        shownSetting: (name, text, mac) => (name.startsWith("tr369_websocket_uri") ? text : model.shownSetting(name, text, mac)),
      },
    }),
  },
];
