import { NO_GATEWAY } from "../dhcp/reading-seams.ts";
import type { Variant } from "./variant.ts";

const rig = "snom-lan";

/** Octets of an enterprise number and of the length of what follows it. */
const HEAD = 5;

/** Most octets of a gateway's strings, by sub-option (TR-106). */
const LONGEST: Readonly<Record<number, number>> = { 4: 6, 5: 64, 6: 64 };

const VENDOR_INFORMATION = 125;

/** Phones that speak DHCP their own way, as far as it and TR-111 let them. */
export const dhcpVariants: readonly Variant[] = [
  {
    id: "dhcp-identity-backwards",
    phone: "A phone that tells who it is from the product class to the OUI.",
    clause: "RFC 3925, 4: no order is asked for",
    rig,
    change: ({ dhcp }) => ({ dhcp: { identity: (who, step) => dhcp.identity(who, step).toReversed() } }),
  },
  {
    id: "dhcp-two-enterprises",
    phone: "A phone that has something to say for another enterprise, too, before it tells who it is.",
    clause: "RFC 3925, 4: any number of enterprises",
    rig,
    change: ({ dhcp }) => ({
      dhcp: {
        vendorIdentifying: (block) => {
          const other = Buffer.concat([dhcp.enterpriseOctets(9), Buffer.of(5), Buffer.from("\u0001\u0003abc")]);
          return Buffer.concat([other, block]);
        },
      },
    }),
  },
  {
    id: "dhcp-two-instances",
    phone: "A phone that tells who it is in two instances of option 125, cut anywhere.",
    clause: "RFC 3396, 6",
    rig,
    change: ({ dhcp }) => ({
      dhcp: {
        optionOctets: ({ code, data }) => {
          if (code !== VENDOR_INFORMATION) return dhcp.optionOctets({ code, data });
          const halves = [data.subarray(0, HEAD + 3), data.subarray(HEAD + 3)];
          return Buffer.concat(halves.map((half) => dhcp.optionOctets({ code, data: half })));
        },
      },
    }),
  },
  {
    id: "dhcp-options-backwards",
    phone: "A phone that writes its options in the reverse order.",
    clause: "RFC 2131, 4.1: no order is asked for",
    rig,
    change: ({ dhcp }) => ({ dhcp: { arranged: (options, step) => dhcp.arranged(options, step).toReversed() } }),
  },
  {
    id: "dhcp-pads",
    phone: "A phone that puts padding between its options, and makes all its messages 576 octets long.",
    clause: "RFC 2132, 3.1",
    rig,
    change: ({ dhcp }) => ({
      dhcp: {
        optionOctets: (option) => Buffer.concat([dhcp.optionOctets(option), Buffer.alloc(3)]),
        padded: (message) => Buffer.concat([message, Buffer.alloc(Math.max(0, 576 - message.length))]),
      },
    }),
  },
  {
    id: "dhcp-other-client-identifier",
    phone: "A phone that calls itself by a DUID.",
    clause: "RFC 4361, 6.1",
    rig,
    change: () => ({
      dhcp: {
        clientIdentifier: (mac) => Buffer.from(`ff0000000100030001${mac.replaceAll(":", "")}`, "hex"),
      },
    }),
  },
  {
    id: "dhcp-unicast",
    phone: "A phone that takes unicast before it has an address.",
    clause: "RFC 2131, 4.1: the broadcast flag is for those that cannot",
    rig,
    change: () => ({ dhcp: { wantsBroadcast: () => false } }),
  },
  {
    id: "dhcp-init-reboot",
    phone: "A phone that asks for the address that it had when it starts anew.",
    clause: "RFC 2131, 3.2",
    rig,
    change: () => ({ dhcp: { firstStep: (hadAddress) => (hadAddress ? "init-reboot" : "discover") } }),
  },
  {
    id: "dhcp-renews-early",
    phone: "A phone that renews its lease a little before half of its time is over.",
    clause: "RFC 2131, 4.4.5: T1 with some random fuzz",
    rig,
    change: ({ dhcp }) => ({
      dhcp: {
        times: (lease, renewal, rebinding) => {
          const times = dhcp.times(lease, renewal, rebinding);
          return { ...times, renewal: times.renewal * 0.9 };
        },
      },
    }),
  },
  {
    id: "dhcp-impatient",
    phone: "A phone that asks again after two seconds, and then ever more slowly.",
    clause: "RFC 2131, 4.1: a strategy of the client's own",
    rig,
    change: ({ dhcp }) => ({ dhcp: { retransmission: (sent, random) => dhcp.retransmission(sent, random) / 2 } }),
  },
  {
    id: "dhcp-gateway-at-offer",
    phone: "A phone that records its gateway from the DHCPOFFER on.",
    clause: "TR-111, 1.2.2: DHCPOFFER and DHCPACK",
    rig,
    change: () => ({ dhcp: { recordedAtOffer: (_before, offered) => offered } }),
  },
  {
    id: "dhcp-gateway-forgotten",
    phone: "A phone that knows its gateway by its present lease alone, not from before its start.",
    clause: "TR-111, 1.2.2: nothing is said of a start",
    rig,
    change: () => ({ dhcp: { infoAtBoot: () => NO_GATEWAY } }),
  },
  {
    id: "dhcp-reads-what-it-can",
    phone: "A phone that takes the sub-options before one that is malformed.",
    clause: "RFC 3925: nothing is said of what is malformed",
    rig,
    change: () => ({
      dhcp: {
        subOptions: (octets) => {
          const options = [];
          for (let at = 0, end = 0; at + 1 < octets.length; at = end) {
            end = at + 2 + octets.readUInt8(at + 1);
            if (end <= octets.length) options.push({ code: octets.readUInt8(at), data: octets.subarray(at + 2, end) });
          }
          return options;
        },
        blocks: (octets) => {
          const blocks = [];
          for (let at = 0, end = 0; at + HEAD <= octets.length; at = end) {
            end = Math.min(at + HEAD + octets.readUInt8(at + HEAD - 1), octets.length);
            blocks.push({ enterprise: octets.readUInt32BE(at), data: octets.subarray(at + HEAD, end) });
          }
          return blocks;
        },
      },
    }),
  },
  {
    id: "dhcp-last-of-repeated",
    phone: "A phone that goes by the last one of sub-options with the same code.",
    clause: "RFC 3925: nothing is said of it",
    rig,
    change: () => ({ dhcp: { thatCounts: (same) => same.at(-1) } }),
  },
  {
    id: "dhcp-joins-repeated",
    phone: "A phone that joins sub-options with the same code.",
    clause: "RFC 3396, 7, as of options",
    rig,
    change: () => ({ dhcp: { thatCounts: (same) => Buffer.concat(same) } }),
  },
  {
    id: "dhcp-cuts-what-is-too-long",
    phone: "A phone that cuts a gateway's strings where its parameters end.",
    clause: "TR-106, GatewayInfo: nothing is said of longer ones",
    rig,
    change: ({ dhcp }) => ({
      dhcp: { gatewayValue: (octets, code) => dhcp.gatewayValue(octets.subarray(0, LONGEST[code]), code) },
    }),
  },
];
