import type { Mutant } from "./mutant.ts";

const rig = "snom-lan";

/** Snom phones that find their provisioning server by DHCP wrongly, or not. */
export const snomDhcpMutants: readonly Mutant[] = [
  {
    id: "dhcp-server-without-file",
    phone: "A phone that does not look at option 67.",
    breaks: "SNOM:dhcp#server-and-file",
    rig,
    caught: {
      "snom.dhcp.server-and-file": ["SNOM:dhcp#server-and-file"],
      "snom.dhcp.tunnelled": ["SNOM:dhcp#tunnelled"],
      "snom.dhcp.tunnelled-first": ["SNOM:dhcp#tunnelled-first"],
    },
    change: ({ dhcp }) => ({ dhcp: { provisioningUrl: (server) => dhcp.provisioningUrl(server, "") } }),
  },
  {
    id: "dhcp-server-needs-file",
    phone: "A phone that does not look at option 66 without option 67.",
    breaks: "SNOM:dhcp#url",
    rig,
    caught: { "snom.dhcp.url": ["SNOM:dhcp#url"] },
    change: ({ dhcp }) => ({
      dhcp: { provisioningUrl: (server, file) => (file === "" ? "" : dhcp.provisioningUrl(server, file)) },
    }),
  },
  {
    id: "dhcp-no-tunnel",
    phone: "A phone that does not look for its provisioning server inside option 43.",
    breaks: "SNOM:dhcp#tunnelled",
    rig,
    caught: { "snom.dhcp.tunnelled": ["SNOM:dhcp#tunnelled"], "snom.dhcp.tunnelled-first": ["SNOM:dhcp#tunnelled-first"] },
    change: ({ dhcp }) => ({ dhcp: { provisioning: (direct) => dhcp.provisioning(direct, () => undefined) } }),
  },
  {
    id: "dhcp-tunnel-last",
    phone: "A phone that looks inside option 43 for what is not beside it.",
    breaks: "SNOM:dhcp#tunnelled-first",
    rig,
    caught: { "snom.dhcp.tunnelled-first": ["SNOM:dhcp#tunnelled-first"] },
    change: ({ dhcp }) => ({ dhcp: { provisioning: (direct, tunnelled) => dhcp.provisioning(tunnelled, direct) } }),
  },
  {
    id: "dhcp-nul-in-url",
    phone: "A phone that takes the NUL behind a URL inside option 43 for a part of it.",
    breaks: "SNOM:dhcp#tunnelled",
    rig,
    caught: { "snom.dhcp.tunnelled": ["SNOM:dhcp#tunnelled"], "snom.dhcp.tunnelled-first": ["SNOM:dhcp#tunnelled-first"] },
    change: () => ({ dhcp: { provisioningText: (data) => (data?.toString("utf8") ?? "").replaceAll("\0", "%00") } }),
  },
  {
    id: "dhcp-provisions-when-managed",
    phone: "A phone that fetches its settings from the server that DHCP names while TR-069 is enabled.",
    breaks: "SNOM:dhcp#managed",
    rig,
    caught: { "snom.dhcp.managed": ["SNOM:dhcp#managed"] },
    change: ({ provisioning }) => ({
      provisioning: { isOn: (occasion, _managed, policy, url) => provisioning.isOn(occasion, false, policy, url) },
    }),
  },
  {
    id: "dhcp-no-type",
    phone: "A phone that names its vendor in place of its type as its vendor class.",
    breaks: "SNOM:dhcp#vendor-class",
    rig,
    caught: { "snom.dhcp.vendor-class": ["SNOM:dhcp#vendor-class"] },
    change: () => ({ dhcp: { vendorClass: () => "snom" } }),
  },
  {
    id: "dhcp-does-not-ask-for-server",
    phone: "A phone that does not ask for options 66 and 67.",
    breaks: "SNOM:dhcp#asks",
    rig,
    caught: { "snom.dhcp.asks": ["SNOM:dhcp#asks"] },
    change: ({ dhcp }) => ({
      dhcp: {
        parameterRequestList: (step, kind) => dhcp.parameterRequestList(step, kind).filter((code) => code !== 66 && code !== 67),
      },
    }),
  },
];
