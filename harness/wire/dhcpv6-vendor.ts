import {
  counted,
  counting,
  enterpriseOctets,
  judgeEnterprise,
  judgeLength,
  readSubOptions,
  type SubOptionToWrite,
  writeSubOptions,
} from "./dhcp-sub-options.ts";
import type { ClassItem, VendorClasses, VendorInformation } from "./dhcp-vendor.ts";
import { inPlace, type OctetProblem, type Place } from "./octet-problem.ts";

/** Octets of an enterprise number. */
const ENTERPRISE = 4;

/** Reads the data of option 17 of DHCPv6, which has one enterprise number (RFC 8415 21.17). Never throws. */
export function readVendorInformationV6(octets: Buffer, place: Place = inPlace): VendorInformation {
  const clause = "RFC-8415:21.17";
  const problems: OctetProblem[] = [];
  const enterprise = readEnterprise(octets, place, clause, problems);
  if (enterprise === undefined) return { blocks: [], problems };
  const end = octets.length;
  const subOptions = readSubOptions(octets, { start: ENTERPRISE, end, width: 2, clause }, place, problems);
  const data = octets.subarray(ENTERPRISE);
  return { blocks: [{ enterprise, offset: place(0), announced: data.length, octets: data, subOptions }], problems };
}

/** Reads the data of option 16 of DHCPv6, which has one enterprise number (RFC 8415 21.16). Never throws. */
export function readVendorClassV6(octets: Buffer, place: Place = inPlace): VendorClasses {
  const clause = "RFC-8415:21.16";
  const problems: OctetProblem[] = [];
  const enterprise = readEnterprise(octets, place, clause, problems);
  if (enterprise === undefined) return { classes: [], problems };
  const items: ClassItem[] = [];
  for (let at = ENTERPRISE; at < octets.length; ) {
    if (at + 2 > octets.length) {
      problems.push({ kind: "trailing", offset: place(at), text: `${counted(1)} behind the last item`, clause });
      break;
    }
    const announced = octets.readUInt16BE(at);
    const value = octets.subarray(at + 2, at + 2 + announced);
    items.push({ value, offset: place(at), announced });
    judgeLength("an item of vendor-class-data", { announced, left: value.length, offset: place(at) }, clause, problems);
    at += 2 + announced;
  }
  if (items.length === 0) problems.push({ kind: "empty", offset: place(ENTERPRISE), text: "no vendor-class-data", clause });
  return { classes: [{ enterprise, offset: place(0), items }], problems };
}

function readEnterprise(octets: Buffer, place: Place, clause: string, problems: OctetProblem[]): number | undefined {
  if (octets.length < ENTERPRISE) {
    const text = `${counted(octets.length)}; an enterprise number takes ${ENTERPRISE}`;
    problems.push({ kind: "length", offset: place(0), text, clause });
    return undefined;
  }
  const enterprise = octets.readUInt32BE(0);
  judgeEnterprise(enterprise, place(0), clause, problems);
  return enterprise;
}

/** The data of option 17 of DHCPv6. @throws RangeError when something does not fit */
export function writeVendorInformationV6(enterprise: number, subOptions: readonly SubOptionToWrite[]): Buffer {
  return Buffer.concat([enterpriseOctets(enterprise), writeSubOptions(subOptions, 2)]);
}

/** The data of option 16 of DHCPv6. @throws RangeError when something does not fit */
export function writeVendorClassV6(enterprise: number, items: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat([enterpriseOctets(enterprise), ...items.map((item) => counting(Buffer.from(item), 2))]);
}
