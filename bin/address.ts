import { isIP, isIPv6 } from "node:net";

/** A host with the port that was typed behind it, if any. An IPv6 address stands without brackets. */
export interface Address {
  readonly host: string;
  readonly port?: number;
}

export type ParsedAddress =
  | { readonly kind: "address"; readonly address: Address }
  | { readonly kind: "wrong"; readonly why: string };

const wrong = (why: string): ParsedAddress => ({ kind: "wrong", why });

/** Reads `192.168.1.20`, `phone.lab`, `host:8080`, `fe80::1` or `[fe80::1]:8080`; everything else is told why not. */
export function parseAddress(text: string): ParsedAddress {
  if (text === "") return wrong("it is empty");
  if (text.includes(",")) return wrong("one run examines one phone: give one address");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return wrong(`only the address is needed: ${text.replace(/^[^/]*\/\//, "").replace(/[/?#].*$/, "")}`);
  if (isIPv6(text)) return { kind: "address", address: { host: text } };
  const parts = /^(?:\[(?<v6>[^\]]*)\]|(?<host>[^:[\]]*))(?::(?<port>.*))?$/.exec(text)?.groups;
  if (parts === undefined) return wrong("it is neither an address, nor host:port, nor [IPv6 address]:port");
  const host = parts.v6 ?? parts.host ?? "";
  if (parts.v6 !== undefined && !isIPv6(host)) return wrong(`${host} is no IPv6 address`);
  if (parts.v6 === undefined && isIP(host) === 0) {
    if (/^[\d.]+$/.test(host)) return wrong(`${host} is no IPv4 address`);
    if (!/^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i.test(host))
      return wrong(`${JSON.stringify(host)} is no host name`);
  }
  if (parts.port === undefined) return { kind: "address", address: { host } };
  const port = Number(parts.port);
  if (!/^\d{1,5}$/.test(parts.port) || port < 1 || port > 65_535) return wrong(`${JSON.stringify(parts.port)} is no port`);
  return { kind: "address", address: { host, port } };
}

/** The address as it is typed. */
export function addressText({ host, port }: Address): string {
  const shown = isIPv6(host) && port !== undefined ? `[${host}]` : host;
  return port === undefined ? shown : `${shown}:${port}`;
}
