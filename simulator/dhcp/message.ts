/** An option of DHCP, or one encapsulated in another. */
export interface DhcpOption {
  readonly code: number;
  readonly data: Buffer;
}

/** The fixed part of a message (RFC 2131 2), as far as a client has a say in it or looks at it. */
export interface DhcpHeader {
  /** 1 of a client, 2 of a server. */
  readonly op: number;
  readonly xid: number;
  /** Seconds since the client began. */
  readonly secs: number;
  readonly broadcast: boolean;
  readonly ciaddr: string;
  readonly yiaddr: string;
  /** Hardware address of the client. */
  readonly mac: string;
}

export interface DhcpMessage extends DhcpHeader {
  /** As they stand, one for each that is there; End and Pad are none. */
  readonly options: readonly DhcpOption[];
}

export const OPTION = {
  subnetMask: 1,
  router: 3,
  dnsServers: 6,
  vendorSpecific: 43,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  server: 54,
  parameterRequestList: 55,
  maximumSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientIdentifier: 61,
  serverName: 66,
  bootFile: 67,
  vendorIdentifying: 125,
} as const;

/** Values of option 53 (RFC 2132 9.6). */
export const MESSAGE_TYPE = { discover: 1, offer: 2, request: 3, ack: 5, nak: 6, inform: 8 } as const;

const PAD = 0;
const END = 255;
const COOKIE = 0x63_82_53_63;
const COOKIE_AT = 236;
const OPTIONS_AT = 240;
const SNAME = [44, 108] as const;
const FILE = [108, 236] as const;
const BROADCAST = 0x80_00;

const addressOctets = (address: string): readonly number[] => address.split(".").map(Number);

const addressText = (octets: Buffer): string => [...octets.subarray(0, 4)].join(".");

/** @param options whole options, code and length included */
export function encodeMessage({ op, xid, secs, broadcast, ciaddr, yiaddr, mac }: DhcpHeader, options: Buffer): Buffer {
  const head = Buffer.alloc(OPTIONS_AT);
  // Ethernet, with hardware addresses of six octets.
  head.set([op, 1, 6], 0);
  head.writeUInt32BE(xid, 4);
  head.writeUInt16BE(secs, 8);
  head.writeUInt16BE(broadcast ? BROADCAST : 0, 10);
  head.set(addressOctets(ciaddr), 12);
  head.set(addressOctets(yiaddr), 16);
  head.write(mac.replaceAll(":", ""), 28, "hex");
  head.writeUInt32BE(COOKIE, COOKIE_AT);
  return Buffer.concat([head, options, Buffer.of(END)]);
}

/** Undefined for what is no message of DHCP. Options after one that runs over the end are not there. */
export function decodeMessage(octets: Buffer): DhcpMessage | undefined {
  if (octets.length < OPTIONS_AT || octets.readUInt32BE(COOKIE_AT) !== COOKIE) return undefined;
  const options = readOptions(octets.subarray(OPTIONS_AT));
  // Options may go on in the fields `file` and `sname` (RFC 2131 4.1).
  const overload = options.find(({ code }) => code === OPTION.overload)?.data[0] ?? 0;
  const overloaded = [...((overload & 1) === 0 ? [] : [FILE]), ...((overload & 2) === 0 ? [] : [SNAME])];
  return {
    op: octets.readUInt8(0),
    xid: octets.readUInt32BE(4),
    secs: octets.readUInt16BE(8),
    broadcast: (octets.readUInt16BE(10) & BROADCAST) !== 0,
    ciaddr: addressText(octets.subarray(12)),
    yiaddr: addressText(octets.subarray(16)),
    mac: [...octets.subarray(28, 34)].map((octet) => octet.toString(16).padStart(2, "0")).join(":"),
    options: [...options, ...overloaded.flatMap(([start, end]) => readOptions(octets.subarray(start, end)))],
  };
}

function readOptions(octets: Buffer): readonly DhcpOption[] {
  const options: DhcpOption[] = [];
  for (let at = 0; at < octets.length; ) {
    const code = octets[at] ?? END;
    if (code === END) break;
    if (code === PAD) {
      at += 1;
      continue;
    }
    const start = at + 2;
    const end = start + (octets[at + 1] ?? 0);
    if (start > octets.length || end > octets.length) break;
    options.push({ code, data: octets.subarray(start, end) });
    at = end;
  }
  return options;
}

/** IPv4 addresses of an option; what is left over is none. */
export const addressesIn = (data: Buffer | undefined): readonly string[] =>
  Array.from({ length: Math.floor((data?.length ?? 0) / 4) }, (_, index) =>
    addressText((data ?? Buffer.alloc(0)).subarray(index * 4)),
  );

/** A number of four octets; undefined when it is none. */
export const numberIn = (data: Buffer | undefined): number | undefined => (data?.length === 4 ? data.readUInt32BE(0) : undefined);

export const addressData = (address: string): Buffer => Buffer.from(addressOctets(address));
