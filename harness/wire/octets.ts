/** A number in so many octets, the most significant first. @throws RangeError when it does not fit */
export function numberOctets(value: number, octets: 1 | 2 | 4): Buffer {
  const buffer = Buffer.alloc(octets);
  buffer.writeUIntBE(value, 0, octets);
  return buffer;
}

/** An address as 4 or 16 octets; what is no address (a name, nothing) becomes 0.0.0.0. IPv4 in IPv6 is IPv4. */
export function addressOctets(address: string): Buffer {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (/^\d+(\.\d+){3}$/.test(plain)) return Buffer.from(plain.split(".").map(Number));
  if (!plain.includes(":")) return Buffer.alloc(4);
  const [head = "", tail] = plain.split("::");
  const groups = (text: string): number[] => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const filled = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => 0), ...right];
  return Buffer.from(filled.slice(0, 8).flatMap((group) => [(group >> 8) & 0xff, group & 0xff]));
}

/** Octets of an address as text: four as `10.0.0.1`, sixteen as `fe80::1` (RFC 5952). */
export function addressText(octets: Buffer): string {
  if (octets.length !== 16) return octets.join(".");
  const groups = Array.from({ length: 8 }, (_, index) => octets.readUInt16BE(2 * index).toString(16));
  const zeros = groups.map((_, index) => {
    const end = groups.findIndex((group, at) => at >= index && group !== "0");
    return (end === -1 ? 8 : end) - index;
  });
  const most = Math.max(...zeros);
  const at = zeros.indexOf(most);
  return most < 2 ? groups.join(":") : `${groups.slice(0, at).join(":")}::${groups.slice(at + most).join(":")}`;
}
