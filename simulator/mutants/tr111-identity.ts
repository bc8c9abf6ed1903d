import type { Mutant } from "./mutant.ts";

const rig = "snom-lan";

/** Octets of an enterprise number and of the length of what follows it. */
const HEAD = 5;

/** Phones that do not tell by DHCP who they are, or tell it wrongly: TR-111 Part 1. */
export const tr111IdentityMutants: readonly Mutant[] = [
  {
    id: "identity-not-in-discover",
    phone: "A phone that tells who it is in DHCPREQUEST only.",
    breaks: "TR-111:1.2.2#discover",
    rig,
    caught: {
      "tr111.device-identity.discover": ["TR-111:1.2.2#discover"],
      "tr111.device-identity.after-nak": ["TR-111:1.2.2#after-nak"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
    },
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => (step === "discover" ? [] : dhcp.identity(who, step)) } }),
  },
  {
    id: "identity-not-in-request",
    phone: "A phone that does not tell who it is when it takes an offer.",
    breaks: "TR-111:1.2.2#request",
    rig,
    caught: {
      "tr111.device-identity.discover": ["TR-111:1.2.2#request"],
      "tr111.device-identity.after-nak": ["TR-111:1.2.2#after-nak"],
      "tr111.association.dhcp": ["TR-111:1.2.3#device-known"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
    },
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => (step === "request" ? [] : dhcp.identity(who, step)) } }),
  },
  {
    id: "identity-not-in-renewal",
    phone: "A phone that does not tell who it is when it renews its lease.",
    breaks: "TR-111:1.2.2#renewal",
    rig,
    caught: { "tr111.device-identity.renewal": ["TR-111:1.2.2#renewal"] },
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => (step === "renewal" ? [] : dhcp.identity(who, step)) } }),
  },
  {
    id: "identity-not-in-rebinding",
    phone: "A phone that does not tell who it is when it asks another server to take its lease over.",
    breaks: "TR-111:1.2.2#rebinding",
    rig,
    caught: { "tr111.device-identity.rebinding": ["TR-111:1.2.2#rebinding"] },
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => (step === "rebinding" ? [] : dhcp.identity(who, step)) } }),
  },
  {
    id: "identity-not-in-inform",
    phone: "A phone that does not tell who it is in DHCPINFORM.",
    breaks: "TR-111:1.2.2#inform",
    rig,
    caught: {
      "tr111.device-identity.inform": ["TR-111:1.2.2#inform"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#device-known-by-inform"],
    },
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => (step === "inform" ? [] : dhcp.identity(who, step)) } }),
  },
  {
    id: "identity-enterprise-host-order",
    phone: "A phone that writes the enterprise number in the order of its own processor.",
    breaks: "RFC-3925:4#enterprise-number",
    quirk: "M73",
    rig,
    caught: {
      "tr111.association.dhcp": ["TR-111:1.2.3#device-known", "TR-111:1.2.3#gateway-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#device-known-by-inform", "TR-111:1.2.4#gateway-known-by-inform"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
      "tr111.device-identity.enterprise-number": ["RFC-3925:4#enterprise-number"],
    },
    change: ({ dhcp }) => ({ dhcp: { enterpriseOctets: (enterprise) => dhcp.enterpriseOctets(enterprise).reverse() } }),
  },
  {
    id: "identity-block-length-with-head",
    phone: "A phone that counts enterprise number and length into the length of a block.",
    breaks: "RFC-3925:4#lengths",
    quirk: "M73",
    rig,
    caught: { "tr111.device-identity.lengths": ["RFC-3925:4#lengths"] },
    change: ({ dhcp }) => ({ dhcp: { blockLength: (subOptions) => dhcp.blockLength(subOptions) + HEAD } }),
  },
  {
    id: "identity-block-for-each-element",
    phone: "A phone that tells each element of its identity in a block of its own.",
    breaks: "RFC-3925:4#once",
    rig,
    caught: { "tr111.device-identity.one-block": ["RFC-3925:4#once"] },
    change: () => ({
      dhcp: {
        vendorIdentifying: (block) => {
          const blocks: Buffer[] = [];
          for (let at = HEAD, end = at; at < block.length; at = end) {
            end = at + 2 + block.readUInt8(at + 1);
            blocks.push(block.subarray(0, HEAD - 1), Buffer.of(end - at), block.subarray(at, end));
          }
          return Buffer.concat(blocks);
        },
      },
    }),
  },
  {
    id: "identity-without-oui",
    phone: "A phone that leaves its OUI out of its identity.",
    breaks: "TR-111:1.2.5#oui",
    rig,
    caught: {
      "tr111.association.dhcp": ["TR-111:1.2.3#device-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#device-known-by-inform"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
      "tr111.device-identity.device-info": ["TR-111:1.2.5#device-info"],
      "tr111.device-identity.device-id": ["TR-111:1.2.5#device-id"],
      "tr111.device-identity.elements": ["TR-111:1.2.5#oui"],
    },
    change: ({ dhcp }) => ({
      dhcp: { identity: (who, step) => dhcp.identity(who, step).filter(({ code }) => code !== 1) },
    }),
  },
  {
    id: "identity-without-serial-number",
    phone: "A phone that leaves its serial number out of its identity.",
    breaks: "TR-111:1.2.5#serial-number",
    rig,
    caught: {
      "tr111.association.dhcp": ["TR-111:1.2.3#device-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#device-known-by-inform"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
      "tr111.device-identity.device-info": ["TR-111:1.2.5#device-info"],
      "tr111.device-identity.device-id": ["TR-111:1.2.5#device-id"],
      "tr111.device-identity.elements": ["TR-111:1.2.5#serial-number"],
    },
    change: ({ dhcp }) => ({
      dhcp: { identity: (who, step) => dhcp.identity(who, step).filter(({ code }) => code !== 2) },
    }),
  },
  {
    id: "identity-without-product-class",
    phone: "A phone that has a product class and does not tell it.",
    breaks: "TR-111:1.2.5#device-info",
    rig,
    caught: {
      "tr111.association.dhcp": ["TR-111:1.2.3#device-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#device-known-by-inform"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
      "tr111.device-identity.device-info": ["TR-111:1.2.5#device-info"],
      "tr111.device-identity.device-id": ["TR-111:1.2.5#device-id"],
    },
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => dhcp.identity({ ...who, productClass: "" }, step) } }),
  },
  {
    id: "identity-product-class-twice",
    phone: "A phone that tells its product class twice.",
    breaks: "TR-111:1.2.5#product-class",
    rig,
    caught: { "tr111.device-identity.elements": ["TR-111:1.2.5#product-class"] },
    change: ({ dhcp }) => ({
      dhcp: {
        identity: (who, step) => dhcp.identity(who, step).flatMap((one) => (one.code === 3 ? [one, one] : [one])),
      },
    }),
  },
  {
    id: "identity-lower-case",
    phone: "A phone that tells its serial number in lower case, and its DeviceInfo and its Informs in upper case.",
    breaks: "TR-111:1.2.5#device-id",
    rig,
    caught: {
      "tr111.association.dhcp": ["TR-111:1.2.3#device-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#device-known-by-inform"],
      "usp.discovery.identity": ["TR-369:R-DIS.2a"],
      "tr111.device-identity.device-info": ["TR-111:1.2.5#device-info"],
      "tr111.device-identity.device-id": ["TR-111:1.2.5#device-id"],
    },
    change: ({ dhcp }) => ({
      dhcp: { identity: (who, step) => dhcp.identity({ ...who, serialNumber: who.serialNumber.toLowerCase() }, step) },
    }),
  },
  {
    id: "identity-nul-terminated",
    phone: "A phone that ends the strings of its identity with a NUL.",
    breaks: "TR-111:1.2.5#no-nul",
    rig,
    caught: { "usp.discovery.identity": ["TR-369:R-DIS.2a"], "tr111.device-identity.no-nul": ["TR-111:1.2.5#no-nul"] },
    change: ({ dhcp }) => ({
      dhcp: { subOption: ({ code, data }) => dhcp.subOption({ code, data: Buffer.concat([data, Buffer.of(0)]) }) },
    }),
  },
  {
    id: "identity-does-not-ask",
    phone: "A phone that does not ask for option 125.",
    breaks: "RFC-2132:9.8#option-125",
    rig,
    caught: { "tr111.device-identity.asks": ["RFC-2132:9.8#option-125"] },
    change: ({ dhcp }) => ({
      dhcp: { parameterRequestList: (step, kind) => dhcp.parameterRequestList(step, kind).filter((code) => code !== 125) },
    }),
  },
  {
    id: "identity-vendor-class-without-length",
    phone: "A phone that sends an option 124 which has no length between enterprise number and data.",
    breaks: "RFC-3925:3#class",
    rig,
    caught: { "tr111.device-identity.vendor-class": ["RFC-3925:3#class"] },
    change: ({ dhcp }) => ({
      dhcp: {
        arranged: (options, step) => {
          const data = Buffer.concat([dhcp.enterpriseOctets(3561), Buffer.from("dslforum.org")]);
          return [...dhcp.arranged(options, step), { code: 124, data }];
        },
      },
    }),
  },
];
