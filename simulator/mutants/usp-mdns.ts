import type { Mutant } from "./mutant.ts";

const AREA = "usp.discovery.mdns";

/** Devices that go wrong in multicast DNS (TR-369 "Using mDNS", "DNS-SD Records"). */
export const uspMdnsMutants: readonly Mutant[] = [
  {
    id: "usp-mdns-silent-start",
    rig: "generic-lan",
    phone: "A phone that does not announce its MTPs by mDNS.",
    breaks: "TR-369:R-DIS.3",
    caught: {
      [`${AREA}-announces`]: ["TR-369:R-DIS.3", "TR-369:R-DIS.8"],
      [`${AREA}-announced-text`]: ["TR-369:R-DIS.9"],
    },
    change: () => ({ usp: { announcedAfter: () => [] } }),
  },
  {
    id: "usp-mdns-answers-nobody",
    rig: "generic-lan",
    phone: "A phone that answers no question of mDNS.",
    breaks: "TR-369:R-DIS.3",
    caught: {
      [`${AREA}-answers`]: ["TR-369:R-DIS.3", "TR-369:R-DIS.8"],
      [`${AREA}-text`]: ["TR-369:R-WS.3", "TR-369:R-DIS.11a"],
      [`${AREA}-friendly-name`]: ["TR-369:R-DIS.10"],
    },
    change: () => ({ usp: { answersWith: () => false } }),
  },
  {
    id: "usp-mdns-other-instance",
    rig: "generic-lan",
    phone: "A phone that gives its instance in DNS-SD a name of its own.",
    breaks: "TR-369:R-DIS.8",
    caught: { [`${AREA}-announces`]: ["TR-369:R-DIS.8"], [`${AREA}-answers`]: ["TR-369:R-DIS.8"] },
    change: ({ usp }) => ({ usp: { instanceLabel: (endpointId) => usp.instanceLabel(`USP agent ${endpointId}`) } }),
  },
  {
    id: "usp-mdns-no-path",
    rig: "generic-lan",
    phone: "A phone whose TXT record has no path.",
    breaks: "TR-369:R-DIS.9",
    caught: { [`${AREA}-announced-text`]: ["TR-369:R-DIS.9"], [`${AREA}-text`]: ["TR-369:R-WS.3"] },
    change: ({ usp }) => ({ usp: { txt: (facts) => usp.txt(facts).filter((pair) => !pair.startsWith("path=")) } }),
  },
  {
    id: "usp-mdns-no-name",
    rig: "generic-lan",
    phone: "A phone whose TXT record has no name.",
    breaks: "TR-369:R-DIS.9",
    caught: { [`${AREA}-announced-text`]: ["TR-369:R-DIS.9"], [`${AREA}-friendly-name`]: ["TR-369:R-DIS.10"] },
    change: ({ usp }) => ({ usp: { txt: (facts) => usp.txt(facts).filter((pair) => !pair.startsWith("name=")) } }),
  },
  {
    id: "usp-mdns-model-name",
    rig: "generic-lan",
    phone: "A phone that tells the name of its model in its TXT record, and not its FriendlyName.",
    breaks: "TR-369:R-DIS.10",
    caught: { [`${AREA}-friendly-name`]: ["TR-369:R-DIS.10"] },
    change: ({ usp }) => ({ usp: { txt: (facts) => usp.txt({ ...facts, friendlyName: facts.modelName }) } }),
  },
  {
    id: "usp-mdns-relative-path",
    rig: "generic-lan",
    phone: "A phone whose TXT record has a path without the slash at its beginning.",
    breaks: "TR-369:R-WS.3",
    caught: { [`${AREA}-text`]: ["TR-369:R-WS.3"] },
    change: ({ usp }) => ({
      usp: { advertisedPath: (path, protocol) => usp.advertisedPath(path, protocol).replace(/^\//, "") },
    }),
  },
  {
    id: "usp-mdns-always-encrypted",
    rig: "generic-lan",
    phone: "A phone whose TXT record wants encryption, which its WebSocket server does not have.",
    breaks: "TR-369:R-DIS.11a",
    caught: { [`${AREA}-text`]: ["TR-369:R-DIS.11a"] },
    change: ({ usp }) => ({ usp: { txt: (facts) => usp.txt({ ...facts, needsEncryption: true }) } }),
  },
  {
    id: "usp-mdns-usual-port",
    rig: "generic-lan",
    phone: "A phone that advertises the usual port of USP, wherever it listens.",
    breaks: "TR-369:R-DIS.4",
    caught: { [`${AREA}-listens`]: ["TR-369:R-DIS.4"] },
    change: () => ({ usp: { advertisedPort: () => 5683 } }),
  },
  {
    id: "usp-mdns-local-by-dns",
    rig: "generic-lan",
    phone: "A phone that asks its DNS server for names in .local.",
    breaks: "TR-369:R-DIS.5",
    caught: { [`${AREA}-resolves`]: ["TR-369:R-DIS.5"] },
    change: () => ({ usp: { resolvesBy: () => "dns" } }),
  },
  {
    id: "usp-mdns-own-path",
    rig: "generic-mqtt-lan",
    phone: "A phone whose TXT record over MQTT has the path of its WebSocket server.",
    breaks: "TR-369:R-MQTT.36",
    caught: { [`${AREA}-mqtt`]: ["TR-369:R-MQTT.36"] },
    change: ({ usp }) => ({
      usp: { advertisedPath: (path, protocol) => (protocol === "MQTT" ? "/usp" : usp.advertisedPath(path, protocol)) },
    }),
  },
  {
    id: "usp-mdns-own-address",
    rig: "generic-mqtt-lan",
    phone: "A phone that advertises its own address in place of its broker's.",
    breaks: "TR-369:R-MQTT.38",
    caught: { [`${AREA}-mqtt`]: ["TR-369:R-MQTT.38"] },
    change: () => ({ usp: { advertisedAddress: (own) => own } }),
  },
];
