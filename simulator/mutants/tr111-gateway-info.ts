import { GATEWAY_INFO_NAMES } from "../data-model/standard.ts";
import type { Mutant } from "./mutant.ts";

const rig = "snom-lan";
const isOfGateway = (name: string): boolean => GATEWAY_INFO_NAMES.includes(name);

/** Phones that keep GatewayInfo too long, or do not tell the ACS of it as they should: TR-111 Part 1, 1.2.2. */
export const tr111GatewayInfoMutants: readonly Mutant[] = [
  {
    id: "gateway-info-two-parameters",
    phone: "A phone whose GatewayInfo has no ProductClass when an ACS asks for its names.",
    breaks: "TR-069:F.2.2#profile",
    rig,
    caught: { "tr111.gateway-info.parameters": ["TR-069:F.2.2#profile"] },
    change: ({ rpc }) => ({
      rpc: {
        listedNames: (found, path) =>
          rpc.listedNames(found, path).filter(({ name }) => name !== "Device.GatewayInfo.ProductClass"),
      },
    }),
  },
  {
    id: "gateway-info-written",
    phone: "A phone that answers a SetParameterValues of GatewayInfo as if it had done it.",
    breaks: "TR-106:GatewayInfo#read-only",
    rig,
    caught: { "tr111.gateway-info.read-only": ["TR-106:GatewayInfo#read-only"] },
    change: ({ rpc }) => ({
      rpc: { readOnlyParameter: (parameter) => (isOfGateway(parameter.name) ? undefined : rpc.readOnlyParameter(parameter)) },
    }),
  },
  {
    id: "gateway-info-passive-by-default",
    phone: "A phone that takes passive notification for the default of GatewayInfo.",
    breaks: "TR-111:1.2.2#active-by-default",
    rig,
    caught: {
      "tr111.gateway-info.active-by-default": ["TR-111:1.2.2#active-by-default"],
      "tr111.gateway-info.notifies": ["TR-111:1.2.2#notifies"],
      "tr111.gateway-info.notifies-one": ["TR-111:1.2.2#notifies-one"],
      "tr111.gateway-info.notifies-cleared": ["TR-111:1.2.2#notifies-cleared"],
    },
    change: ({ model }) => ({
      model: {
        defaultNotification: (modifier, name) => (isOfGateway(name) ? 1 : model.defaultNotification(modifier, name)),
      },
    }),
  },
  {
    id: "gateway-info-notification-kept",
    phone: "A phone that leaves the notification of GatewayInfo as it is when the URL of the ACS is changed.",
    breaks: "TR-111:1.2.2#active-after-url",
    rig,
    caught: { "tr111.gateway-info.active-after-url": ["TR-111:1.2.2#active-after-url"] },
    change: () => ({ dhcp: { attributesAtNewAcs: (attributes) => attributes } }),
  },
  {
    id: "gateway-info-default-at-boot",
    phone: "A phone that has active notification for GatewayInfo after each start.",
    breaks: "TR-111:1.2.2#acs-decides",
    rig,
    caught: { "tr111.gateway-info.acs-decides": ["TR-111:1.2.2#acs-decides"] },
    change: ({ model }) => ({
      model: {
        attributesAfterBoot: (attributes, before) =>
          Object.fromEntries(
            Object.entries(model.attributesAfterBoot(attributes, before)).filter(([name]) => !isOfGateway(name)),
          ),
      },
    }),
  },
  {
    id: "gateway-info-always-notified",
    phone: "A phone that notifies of another gateway, whatever the ACS wants to know.",
    breaks: "TR-111:1.2.2#off",
    rig,
    caught: { "tr111.gateway-info.off": ["TR-111:1.2.2#off"] },
    change: ({ model }) => ({
      model: {
        isReported: (notification, parameter) => isOfGateway(parameter.name) || model.isReported(notification, parameter),
      },
    }),
  },
  {
    id: "gateway-info-not-at-once",
    phone: "A phone that tells of another gateway in its next session, whenever that is.",
    breaks: "TR-111:1.2.2#notifies",
    rig,
    caught: {
      "tr111.gateway-info.notifies": ["TR-111:1.2.2#notifies"],
      "tr111.gateway-info.notifies-one": ["TR-111:1.2.2#notifies-one"],
      "tr111.gateway-info.notifies-cleared": ["TR-111:1.2.2#notifies-cleared"],
    },
    change: () => ({ model: { isReportedAtOnce: () => false } }),
  },
  {
    id: "gateway-info-not-in-inform",
    phone: "A phone that notifies of another gateway and does not list what has changed.",
    breaks: "TR-111:1.2.2#notified-values",
    rig,
    caught: {
      "tr111.gateway-info.notifies": ["TR-111:1.2.2#notified-values"],
      "tr111.gateway-info.notifies-one": ["TR-111:1.2.2#notifies-one"],
      "tr111.gateway-info.notifies-cleared": ["TR-111:1.2.2#notifies-cleared"],
      "tr111.gateway-info.restarted": ["TR-111:1.2.4#first-inform"],
    },
    change: ({ inform }) => ({
      inform: {
        parameterNames: (forced, changed) => inform.parameterNames(forced, changed).filter((name) => !isOfGateway(name)),
      },
    }),
  },
  {
    id: "gateway-info-by-oui",
    phone: "A phone that takes a gateway with the same OUI for the same gateway.",
    breaks: "TR-111:1.2.2#notifies-one",
    rig,
    caught: { "tr111.gateway-info.notifies-one": ["TR-111:1.2.2#notifies-one"] },
    change: ({ dhcp }) => ({
      dhcp: {
        changedInfo: (changed, before, after) => (before.oui === after.oui ? [] : dhcp.changedInfo(changed, before, after)),
      },
    }),
  },
  {
    id: "gateway-info-loss-not-notified",
    phone: "A phone that does not tell of a gateway that no longer says who it is.",
    breaks: "TR-111:1.2.2#notifies-cleared",
    rig,
    caught: { "tr111.gateway-info.notifies-cleared": ["TR-111:1.2.2#notifies-cleared"] },
    change: ({ dhcp }) => ({
      dhcp: {
        changedInfo: (changed, before, after) => (after.oui === "" ? [] : dhcp.changedInfo(changed, before, after)),
      },
    }),
  },
  {
    id: "gateway-info-each-renewal",
    phone: "A phone that notifies of its gateway at each renewal of its lease.",
    breaks: "TR-111:1.2.2#unchanged",
    rig,
    caught: { "tr111.gateway-info.unchanged": ["TR-111:1.2.2#unchanged"] },
    change: () => ({ dhcp: { changedInfo: () => GATEWAY_INFO_NAMES } }),
  },
  {
    id: "gateway-info-after-expiry",
    phone: "A phone that keeps its gateway when its lease has expired.",
    breaks: "TR-111:1.2.2#expired",
    rig,
    caught: { "tr111.gateway-info.expired": ["TR-111:1.2.2#expired"] },
    change: () => ({ dhcp: { infoAfterExpiry: (info) => info } }),
  },
  {
    id: "gateway-info-after-nak",
    phone: "A phone that keeps its gateway when a DHCPNAK has ended its lease.",
    breaks: "TR-069:F.2.2#refused",
    rig,
    caught: { "tr111.gateway-info.refused": ["TR-069:F.2.2#refused"] },
    change: () => ({ dhcp: { infoAfterNak: (info) => info } }),
  },
  {
    id: "gateway-info-stale-at-boot",
    phone: "A phone that shows the gateway from before its start until it renews its lease.",
    breaks: "TR-111:1.2.2#restarted",
    rig,
    caught: {
      "tr111.gateway-info.restarted": ["TR-111:1.2.2#restarted", "TR-111:1.2.4#first-inform"],
      "tr111.gateway-info.restarted-alone": ["TR-111:1.2.2#restarted-alone"],
      "usp.discovery.gateway-info": ["TR-369:R-DIS.2c"],
      "usp.discovery.gateway-info-in-part": ["TR-369:R-DIS.2c"],
      "usp.discovery.gateway-info-gone": ["TR-369:R-DIS.2c"],
    },
    change: ({ dhcp }) => ({
      dhcp: {
        recorded: (heard) => (heard.step === "request" && heard.before.oui !== "" ? heard.before : dhcp.recorded(heard)),
      },
    }),
  },
];
