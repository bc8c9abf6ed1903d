import type { Mutant } from "./mutant.ts";

const informed = (code: string) => (events: readonly { code: string }[]) => events.some((event) => event.code === code);
const isBootstrap = informed("0 BOOTSTRAP");
const isReboot = informed("M Reboot");

/** Phones whose Inform is wrong: TR-069 A.3.3.1 and 3.7.1.5, TR-106 3.5. */
export const informMutants: readonly Mutant[] = [
  {
    id: "inform-oui-in-words",
    phone: "A phone that puts its name in the place of its OUI as long as no ACS knows it.",
    breaks: "TR-069:A.3.3.1#oui",
    quirk: "M35",
    caught: {
      "cwmp.inform.oui": ["TR-069:A.3.3.1#oui"],
      "cwmp.inform.device-id-fixed": ["TR-069:A.3.3.1#device-id-fixed"],
    },
    change: () => ({ inform: { deviceId: (id, events) => (isBootstrap(events) ? { ...id, oui: "snom" } : id) } }),
  },
  {
    id: "inform-identity-lost-in-reboot",
    phone: "A phone that is another one after a reboot, with OUI FFFFFF.",
    breaks: "TR-069:A.3.3.1#device-id-fixed",
    quirk: "M34",
    caught: { "cwmp.inform.device-id-fixed": ["TR-069:A.3.3.1#device-id-fixed"] },
    change: () => ({ inform: { deviceId: (id, events) => (isReboot(events) ? { ...id, oui: "FFFFFF" } : id) } }),
  },
  {
    id: "inform-identity-unlike-device-info",
    phone: "A phone that names itself in the Inform otherwise than in DeviceInfo.",
    breaks: "TR-069:A.3.3.1#device-id",
    caught: { "cwmp.inform.device-id": ["TR-069:A.3.3.1#device-id"] },
    change: () => ({
      rpc: { answeredValue: (name, value) => (name.endsWith(".DeviceInfo.Manufacturer") ? value.toUpperCase() : value) },
    }),
  },
  {
    id: "inform-max-envelopes-zero",
    phone: "A phone that takes no envelope at all according to its first Inform.",
    breaks: "TR-069:A.3.3.1#max-envelopes",
    caught: { "cwmp.inform.max-envelopes": ["TR-069:A.3.3.1#max-envelopes"] },
    change: () => ({ inform: { maxEnvelopes: (events) => (isBootstrap(events) ? 0 : 1) } }),
  },
  {
    id: "inform-time-without-zone",
    phone: "A phone that does not know its time zone right after a reboot.",
    breaks: "TR-069:A.3.3.1#current-time",
    quirk: "M36",
    caught: { "cwmp.inform.current-time": ["TR-069:A.3.3.1#current-time"] },
    change: ({ inform }) => ({
      inform: {
        currentTime(now, events) {
          const time = inform.currentTime(now, events);
          return isReboot(events) ? time.replace("Z", "") : time;
        },
      },
    }),
  },
  {
    id: "inform-time-of-its-own-form",
    phone: "A phone that writes CurrentTime with a blank in place of the T.",
    breaks: "TR-069:A.3.3.1#current-time",
    quirk: "M36",
    caught: {
      "cwmp.inform.current-time": ["TR-069:A.3.3.1#current-time"],
      "cwmp.soap.schema-types": ["TR-069:A.2.2#schema-types"],
    },
    change: ({ inform }) => ({
      inform: {
        currentTime(now, events) {
          const time = inform.currentTime(now, events);
          return isReboot(events) ? time.replace("T", " ") : time;
        },
      },
    }),
  },
  {
    id: "inform-event-misspelt",
    phone: "A phone that writes 3 SCHEDULE for 3 SCHEDULED.",
    breaks: "TR-069:A.3.3.1#event-codes",
    caught: {
      "cwmp.inform.event-codes": ["TR-069:A.3.3.1#event-codes"],
      "cwmp.schedule-inform.delay": ["TR-069:3.7.1.5#scheduled"],
    },
    change: () => ({ inform: { eventCode: ({ code }) => code.replace("SCHEDULED", "SCHEDULE") } }),
  },
  {
    id: "inform-event-for-each-request",
    phone: "A phone that lists 6 CONNECTION REQUEST as often as it was requested.",
    breaks: "TR-069:3.7.1.5#single-events",
    caught: { "cwmp.inform.single-events": ["TR-069:3.7.1.5#single-events"] },
    change: ({ events }) => ({
      events: {
        queueWith: (queue, occurred) =>
          occurred.code === "6 CONNECTION REQUEST" ? [...queue, occurred] : events.queueWith(queue, occurred),
      },
    }),
  },
  {
    id: "inform-events-unlimited",
    phone: "A phone that lists as many events as have occurred.",
    breaks: "TR-069:3.7.1.5#most-events",
    caught: {
      "cwmp.inform.most-events": ["TR-069:3.7.1.5#most-events"],
      "cwmp.schedule-inform.most-events": ["TR-069:3.7.1.5#most-events"],
    },
    change: () => ({ events: { limited: (queue) => [...queue] } }),
  },
  {
    id: "inform-key-of-numbered-event",
    phone: "A phone that writes (null) for the CommandKey that a 3 SCHEDULED does not have.",
    breaks: "TR-069:A.3.3.1#command-key-empty",
    quirk: "M51",
    caught: { "cwmp.inform.command-key-empty": ["TR-069:A.3.3.1#command-key-empty"] },
    change: ({ inform }) => ({
      inform: { commandKey: (event) => (event.code === "3 SCHEDULED" ? "(null)" : inform.commandKey(event)) },
    }),
  },
  {
    id: "inform-event-pair-torn",
    phone: "A phone that remembers over a restart that an Inform was due, and not which ScheduleInform asked for it.",
    breaks: "TR-069:3.7.1.5#paired-events",
    caught: {
      "cwmp.inform.paired-events": ["TR-069:3.7.1.5#paired-events"],
      "cwmp.schedule-inform.kept-over-reboot": ["TR-069:3.7.1.5#scheduled-kept"],
    },
    change: ({ events }) => ({
      events: { keptAtBoot: (queue) => events.keptAtBoot(queue).filter(({ code }) => code !== "M ScheduleInform") },
    }),
  },
  {
    id: "inform-without-address",
    phone: "A phone that leaves its address out of its first Inform.",
    breaks: "TR-106:3.5#forced-inform",
    quirk: "M75",
    caught: { "cwmp.inform.forced-parameters": ["TR-106:3.5#forced-inform"] },
    change: () => ({
      inform: { forced: (names, events) => names.filter((name) => !isBootstrap(events) || !name.endsWith(".IPAddress")) },
    }),
  },
  {
    id: "inform-parameter-twice",
    phone: "A phone that lists a changed parameter twice.",
    breaks: "TR-069:A.3.3.1#parameters-once",
    caught: {
      "cwmp.inform.parameters-once": ["TR-069:A.3.3.1#parameters-once"],
      "cwmp.notification.latest-value": ["TR-069:A.3.3.1#latest-value"],
      "cwmp.notification.listed-once": ["TR-069:A.3.3.1#listed-once"],
      "snom.local.several-parameters": ["PARAM-MAP:local-change#each-parameter"],
    },
    change: () => ({ inform: { parameterNames: (forced, changed) => [...new Set([...forced, ...changed]), ...changed] } }),
  },
  {
    id: "inform-summary-without-instances",
    phone: "A phone whose first DeviceSummary says nothing of instances.",
    breaks: "TR-106:3.7#device-summary",
    caught: { "cwmp.inform.device-summary": ["TR-106:3.7#device-summary"] },
    change: () => ({
      inform: {
        value: (name, value, events) =>
          name.endsWith(".DeviceSummary") && isBootstrap(events) ? value.replace(/^(Device:[\d.]+)\[\]/, "$1") : value,
      },
    }),
  },
  {
    id: "inform-second-root",
    phone: "A phone that names a parameter under the root of gateways after a reboot.",
    breaks: "TR-106:2.1#one-root",
    caught: {
      "cwmp.inform.one-root": ["TR-106:2.1#one-root"],
      "cwmp.inform.forced-parameters": ["TR-106:3.5#forced-inform"],
    },
    change: () => ({
      inform: {
        parameterName: (name, events) => (isReboot(events) ? name.replace(/^Device\.(?=LAN\.)/, "InternetGatewayDevice.") : name),
      },
    }),
  },
  {
    id: "inform-value-of-before",
    phone: "A phone that gives another HardwareVersion when asked than in its Inform.",
    breaks: "TR-069:A.3.3.1#values",
    caught: {
      "cwmp.inform.values": ["TR-069:A.3.3.1#values"],
      "snom.settings.shown-by-cwmp": ["SNOM:settings#same-as-cwmp"],
    },
    change: () => ({
      rpc: { answeredValue: (name, value) => (name.endsWith(".HardwareVersion") ? `${value} rev. A` : value) },
    }),
  },
  {
    id: "inform-more-than-changed",
    phone: "A phone that lists its UpTime beside whatever has changed.",
    breaks: "TR-069:A.3.3.1#changed-only",
    caught: { "cwmp.inform.changed-only": ["TR-069:A.3.3.1#changed-only"] },
    change: ({ inform }) => ({
      inform: {
        parameterNames: (forced, changed) =>
          inform.parameterNames(forced, changed.length > 0 ? [...changed, "Device.DeviceInfo.UpTime"] : changed),
      },
    }),
  },
];
