import { addressText, type DhcpMessage, type DhcpOption } from "../wire/dhcp.ts";
import { acsOptionName, BROADBAND_FORUM, DHCP_TYPES, OPTION, optionName, subOptionName } from "../wire/dhcp-names.ts";
import {
  readEncapsulated,
  readVendorClass,
  readVendorInformation,
  type SubOption,
  vendorClassOf,
  vendorInformationOf,
} from "../wire/dhcp-vendor.ts";
import { octetsText, problemLines, type Shown } from "./datagram-text.ts";

const NOWHERE = "0.0.0.0";

/** A DHCP message, an option each line: `125 V-I Vendor-Specific Information: enterprise 3561: …`. */
export function dhcpLines(message: DhcpMessage): Shown {
  const { name, type, xid, chaddr, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, sname, file, options, problems } = message;
  const fields = Object.entries({ ciaddr, yiaddr, siaddr, giaddr, sname, file }).filter(
    ([, value]) => value !== "" && value !== NOWHERE,
  );
  const inside = [vendorClassOf(message), vendorInformationOf(message)].flatMap((option) => option?.problems ?? []);
  const granted = type === "OFFER" || type === "ACK";
  const lines = [
    [
      `xid 0x${xid.toString(16).padStart(8, "0")}`,
      `chaddr ${chaddr}`,
      ...(secs === 0 ? [] : [`secs ${secs}`]),
      ...(broadcast ? ["broadcast"] : []),
      ...fields.map(([field, value]) => `${field} ${value}`),
    ].join(", "),
    ...options.map((option) => `${capital(optionName(option.code))}: ${valueText(option)}`),
    ...problemLines([...problems, ...inside]),
  ];
  return {
    role: "DHCP server",
    label: granted && yiaddr !== NOWHERE ? `${name} of ${yiaddr}` : name,
    lines,
    mood: type === "NAK" ? "fault" : problems.length + inside.length > 0 ? "refused" : "ordinary",
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ADDRESSES: ReadonlySet<number> = new Set([
  ...[OPTION.subnetMask, OPTION.router, OPTION.dnsServers, OPTION.broadcastAddress, OPTION.ntpServers],
  ...[OPTION.requestedAddress, OPTION.serverIdentifier],
]);
const SECONDS: ReadonlySet<number> = new Set([OPTION.leaseTime, OPTION.renewalTime, OPTION.rebindingTime]);

function valueText({ code, octets }: DhcpOption): string {
  if (octets.length === 0) return "(no octets)";
  if (ADDRESSES.has(code) && octets.length % 4 === 0)
    return Array.from({ length: octets.length / 4 }, (_, index) => addressText(octets.subarray(4 * index, 4 * index + 4))).join(
      ", ",
    );
  if (SECONDS.has(code) && octets.length === 4) return `${octets.readUInt32BE(0)} s`;
  switch (code) {
    case OPTION.messageType:
      return DHCP_TYPES[(octets[0] ?? 0) - 1] ?? octetsText(octets);
    case OPTION.parameterRequestList:
      return octets.join(", ");
    case OPTION.maximumMessageSize:
      return octets.length === 2 ? String(octets.readUInt16BE(0)) : octetsText(octets);
    case OPTION.clientIdentifier:
      return octets.toString("hex");
    case OPTION.vendorSpecific:
      return subOptionsText(readEncapsulated(octets).subOptions, acsOptionName);
    case OPTION.vendorIdentifyingClass:
      return readVendorClass(octets)
        .classes.map(
          ({ enterprise, items }) => `enterprise ${enterprise}: ${items.map(({ value }) => octetsText(value)).join(", ")}`,
        )
        .join("; ");
    case OPTION.vendorIdentifyingInformation:
      return readVendorInformation(octets)
        .blocks.map(({ enterprise, subOptions }) => {
          const name = enterprise === BROADBAND_FORUM ? subOptionName : (sub: number) => `sub-option ${sub}`;
          return `enterprise ${enterprise}: ${subOptionsText(subOptions, name)}`;
        })
        .join("; ");
    default:
      return octetsText(octets);
  }
}

const subOptionsText = (subOptions: readonly SubOption[], name: (code: number) => string): string =>
  subOptions.map(({ code, value }) => `${name(code)} ${octetsText(value)}`).join(", ") || "nothing";
