import { createHmac } from "node:crypto";

/** What a UDP connection request says (TR-111 2.2.2.3). Whatever is left out is as the clause has it. */
export interface UdpConnectionRequest {
  /** Host, and port unless it is 80, in the Request-URI and in Host. */
  readonly authority: string;
  readonly ts: number | string;
  readonly id: number | string;
  readonly un: string;
  /** Default: a text of letters and digits. */
  readonly cn?: string;
  /** Key of the signature: the ConnectionRequestPassword. */
  readonly password: string;
  /** Default: the right signature, in capitals. It is given the right one. */
  readonly sig?: (right: string) => string;
  /** Arguments in this order, in place of `ts, id, un, cn, sig`; one that is left out is not sent. */
  readonly order?: readonly Argument[];
  readonly method?: string;
  readonly scheme?: string;
  readonly version?: string;
  /** Header fields, lines without their ends; default `Host` alone. */
  readonly fields?: readonly string[];
  readonly body?: string;
}

export type Argument = "ts" | "id" | "un" | "cn" | "sig";

const ARGUMENTS: readonly Argument[] = ["ts", "id", "un", "cn", "sig"];

/** HMAC-SHA1 over the values of ts, id, un and cn, in hex, with the password as its key (TR-111 2.2.2.3). */
export function signature(password: string, values: Readonly<Record<"ts" | "id" | "un" | "cn", string>>): string {
  const { ts, id, un, cn } = values;
  return createHmac("sha1", password).update(`${ts}${id}${un}${cn}`, "utf8").digest("hex").toUpperCase();
}

/** The datagram of a UDP connection request. */
export function writeConnectionRequest(request: UdpConnectionRequest): Buffer {
  const { authority, method = "GET", scheme = "http", version = " HTTP/1.1", body = "" } = request;
  const values = { ts: String(request.ts), id: String(request.id), un: request.un, cn: request.cn ?? "XTGRWIPC6D3IPXS3" };
  const right = signature(request.password, values);
  const all: Readonly<Record<Argument, string>> = { ...values, sig: request.sig?.(right) ?? right };
  const query = new URLSearchParams((request.order ?? ARGUMENTS).map((name): [string, string] => [name, all[name]]));
  const fields = request.fields ?? [`Host: ${authority}`];
  const head = [`${method} ${scheme}://${authority}?${query}${version}`, ...fields, "", ""].join("\r\n");
  return Buffer.from(`${head}${body}`, "utf8");
}
