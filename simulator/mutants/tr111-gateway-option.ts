import type { Mutant } from "./mutant.ts";

const rig = "snom-lan";

/** Octets of an enterprise number and of the length of what follows it. */
const HEAD = 5;

/** Phones that read the option wrongly in which a gateway tells who it is: RFC 3925, RFC 3396, TR-106. */
export const tr111GatewayOptionMutants: readonly Mutant[] = [
  {
    id: "gateway-option-first-block",
    phone: "A phone that looks at the first enterprise of option 125 only.",
    breaks: "RFC-3925:4#block-behind",
    rig,
    caught: {
      "tr111.gateway-option.block-behind": ["RFC-3925:4#block-behind"],
      "tr111.gateway-option.block-between": ["RFC-3925:4#block-between"],
      "tr111.gateway-option.joined-blocks": ["RFC-3396:7#joined-blocks"],
    },
    change: ({ dhcp }) => ({ dhcp: { blocks: (octets) => dhcp.blocks(octets).slice(0, 1) } }),
  },
  {
    id: "gateway-option-last-block",
    phone: "A phone that looks at the last enterprise of option 125 only.",
    breaks: "RFC-3925:4#block-before",
    rig,
    caught: {
      "tr111.gateway-option.block-before": ["RFC-3925:4#block-before"],
      "tr111.gateway-option.block-between": ["RFC-3925:4#block-between"],
    },
    change: ({ dhcp }) => ({ dhcp: { blocks: (octets) => dhcp.blocks(octets).slice(-1) } }),
  },
  {
    id: "gateway-option-first-instance",
    phone: "A phone that reads the first instance of an option only.",
    breaks: "RFC-3396:7#joined",
    rig,
    caught: {
      "tr111.gateway-option.joined": ["RFC-3396:7#joined"],
      "tr111.gateway-option.joined-blocks": ["RFC-3396:7#joined-blocks"],
    },
    change: () => ({ dhcp: { joined: (pieces) => pieces[0] ?? Buffer.alloc(0) } }),
  },
  {
    id: "gateway-option-ascending",
    phone: "A phone that stops reading where the code of a sub-option is lower than the one before.",
    breaks: "RFC-3925:4#any-order",
    rig,
    caught: {
      "tr111.gateway-option.any-order": ["RFC-3925:4#any-order"],
      "tr111.gateway-option.unknown": ["RFC-3925:4#unknown"],
    },
    change: ({ dhcp }) => ({
      dhcp: {
        subOptions: (octets) => {
          const all = dhcp.subOptions(octets);
          const end = all.findIndex(({ code }, index) => code < (all[index - 1]?.code ?? 0));
          return end < 0 ? all : all.slice(0, end);
        },
      },
    }),
  },
  {
    id: "gateway-option-stops-at-unknown",
    phone: "A phone that stops reading at a sub-option that it does not know.",
    breaks: "RFC-3925:4#unknown",
    rig,
    caught: { "tr111.gateway-option.unknown": ["RFC-3925:4#unknown"] },
    change: ({ dhcp }) => ({
      dhcp: {
        subOptions: (octets) => {
          const all = dhcp.subOptions(octets);
          const end = all.findIndex(({ code }) => code > 6);
          return end < 0 ? all : all.slice(0, end);
        },
      },
    }),
  },
  {
    id: "gateway-option-stops-at-empty",
    phone: "A phone that takes a sub-option without octets for the end of them.",
    breaks: "RFC-3925:4#zero-length",
    rig,
    caught: { "tr111.gateway-option.zero-length": ["RFC-3925:4#zero-length"] },
    change: ({ dhcp }) => ({
      dhcp: {
        subOptions: (octets) => {
          const all = dhcp.subOptions(octets);
          const end = all.findIndex(({ data }) => data.length === 0);
          return end < 0 ? all : all.slice(0, end);
        },
      },
    }),
  },
  {
    id: "gateway-option-list-of-repeated",
    phone: "A phone that makes a list of a repeated sub-option.",
    breaks: "RFC-3925:4#repeated",
    rig,
    caught: { "tr111.gateway-option.repeated": ["RFC-3925:4#repeated"] },
    change: () => ({
      dhcp: {
        thatCounts: (same) => Buffer.concat(same.flatMap((one, index) => (index === 0 ? [one] : [Buffer.from(", "), one]))),
      },
    }),
  },
  {
    id: "gateway-option-cut-sub-option",
    phone: "A phone that takes of a sub-option which runs past its block what there is.",
    breaks: "RFC-3925:4#sub-option-too-long",
    rig,
    caught: { "tr111.gateway-option.sub-option-too-long": ["RFC-3925:4#sub-option-too-long"] },
    change: ({ dhcp }) => ({
      dhcp: {
        subOptions: (octets) => {
          for (let at = 0, end = 0; at < octets.length - 1; at = end) {
            end = at + 2 + octets.readUInt8(at + 1);
            const lost = end - octets.length;
            if (lost <= 0) continue;
            const mended = Buffer.from(octets);
            mended[at + 1] = octets.readUInt8(at + 1) - lost;
            return dhcp.subOptions(mended);
          }
          return dhcp.subOptions(octets);
        },
      },
    }),
  },
  {
    id: "gateway-option-stale-value",
    phone: "A phone that gives a sub-option whose length is missing the value of the one before.",
    breaks: "RFC-3925:4#sub-option-cut",
    rig,
    caught: { "tr111.gateway-option.sub-option-cut": ["RFC-3925:4#sub-option-cut"] },
    change: ({ dhcp }) => ({
      dhcp: {
        subOptions: (octets) => {
          const all = dhcp.subOptions(octets);
          const good = dhcp.subOptions(octets.subarray(0, -1));
          const [code, before] = [octets.at(-1) ?? 0, good.at(-1)];
          return all.length === 0 && before !== undefined ? [...good, { code, data: before.data }] : all;
        },
      },
    }),
  },
  {
    id: "gateway-option-over-read",
    phone: "A phone that reads on behind an option whose block is longer than it is, where its buffer has zeros.",
    breaks: "RFC-3925:4#block-too-long",
    rig,
    caught: { "tr111.gateway-option.block-too-long": ["RFC-3925:4#block-too-long"] },
    change: ({ dhcp }) => ({
      dhcp: {
        blocks: (octets) => {
          const announced = octets.length < HEAD ? 0 : HEAD + octets.readUInt8(HEAD - 1);
          const missing = Math.max(0, announced - octets.length);
          return dhcp.blocks(Buffer.concat([octets, Buffer.alloc(missing)]));
        },
      },
    }),
  },
  {
    id: "gateway-option-stale-block",
    phone: "A phone that gives a block whose length is missing the data of the one before.",
    breaks: "RFC-3925:4#block-cut",
    rig,
    caught: { "tr111.gateway-option.block-cut": ["RFC-3925:4#block-cut"] },
    change: ({ dhcp }) => ({
      dhcp: {
        blocks: (octets) => {
          const all = dhcp.blocks(octets);
          const before = octets.length > HEAD ? dhcp.blocks(octets.subarray(0, 1 - HEAD)).at(-1) : undefined;
          const enterprise = octets.length > HEAD ? octets.readUInt32BE(octets.length + 1 - HEAD) : 0;
          return all.length > 0 || before === undefined ? all : [{ ...before, enterprise }];
        },
      },
    }),
  },
  {
    id: "gateway-option-null-pointer",
    phone: "A phone that prints a null pointer for each string of an option that is too short.",
    breaks: "RFC-3925:4#too-short",
    rig,
    caught: { "tr111.gateway-option.too-short": ["RFC-3925:4#too-short"] },
    change: ({ dhcp }) => ({
      dhcp: {
        blocks: (octets) => {
          if (octets.length === 0 || octets.length >= HEAD) return dhcp.blocks(octets);
          const strings = [4, 5, 6].map((code) => dhcp.subOption({ code, data: Buffer.from("(null)") }));
          return [{ enterprise: 3561, data: Buffer.concat(strings) }];
        },
      },
    }),
  },
  {
    id: "gateway-option-costs-lease",
    phone: "A phone that takes no lease from an answer whose option 125 it cannot read.",
    breaks: "RFC-3925:4#lease-kept",
    rig,
    caught: {
      "tr111.gateway-option.sub-option-too-long": ["RFC-3925:4#lease-kept"],
      "tr111.gateway-option.sub-option-cut": ["RFC-3925:4#lease-kept"],
      "tr111.gateway-option.block-too-long": ["RFC-3925:4#lease-kept"],
      "tr111.gateway-option.block-cut": ["RFC-3925:4#lease-kept"],
      "tr111.gateway-option.too-short": ["RFC-3925:4#lease-kept"],
    },
    change: () => ({ dhcp: { takesAck: (isVendorReadable) => isVendorReadable } }),
  },
  {
    id: "gateway-values-with-nul",
    phone: "A phone that takes a NUL at the end of a gateway's string for a letter that it cannot show.",
    breaks: "TR-111:1.2.5#nul-dropped",
    rig,
    caught: { "tr111.gateway-values.nul": ["TR-111:1.2.5#nul-dropped"] },
    change: ({ dhcp }) => ({
      dhcp: { gatewayValue: (octets, code) => dhcp.gatewayValue(octets, code) + (octets.at(-1) === 0 ? "?" : "") },
    }),
  },
  {
    id: "gateway-values-half-as-long",
    phone: "A phone that takes strings of 32 octets at most from a gateway.",
    breaks: "TR-106:GatewayInfo#serial-number-64",
    rig,
    caught: { "tr111.gateway-values.longest": ["TR-106:GatewayInfo#product-class-64", "TR-106:GatewayInfo#serial-number-64"] },
    change: ({ dhcp }) => ({
      dhcp: { gatewayValue: (octets, code) => (octets.length > 32 ? "" : dhcp.gatewayValue(octets, code)) },
    }),
  },
  {
    id: "gateway-values-of-any-length",
    phone: "A phone that takes strings of any length from a gateway.",
    breaks: "TR-106:GatewayInfo#serial-number-limit",
    rig,
    caught: {
      "tr111.gateway-values.too-long": [
        "TR-106:GatewayInfo#oui-limit",
        "TR-106:GatewayInfo#product-class-limit",
        "TR-106:GatewayInfo#serial-number-limit",
      ],
    },
    change: ({ dhcp }) => ({
      dhcp: {
        gatewayValue: (octets, code) => dhcp.gatewayValue(octets, code) || octets.toString("latin1").replace(/[^ -~]/g, ""),
      },
    }),
  },
  {
    id: "gateway-values-without-markup",
    phone: "A phone that leaves out of a gateway's strings what XML has to escape.",
    breaks: "TR-111:1.2.2#markup",
    rig,
    caught: { "tr111.gateway-values.markup": ["TR-111:1.2.2#markup"] },
    change: ({ dhcp }) => ({
      dhcp: { gatewayValue: (octets, code) => dhcp.gatewayValue(octets, code).replace(/[<>&]/g, "") },
    }),
  },
  {
    id: "gateway-values-in-html",
    phone: "A phone that writes letters outside of ASCII as HTML has them, which XML has not.",
    breaks: "TR-111:1.2.2#any-octets",
    rig,
    caught: { "tr111.gateway-values.any-octets": ["TR-111:1.2.2#any-octets"] },
    change: ({ soap }) => ({ soap: { text: (text) => soap.text(text).replaceAll("Ü", "&Uuml;") } }),
  },
];
