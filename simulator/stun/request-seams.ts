import { createHmac } from "node:crypto";
import type { Credentials } from "../http/digest.ts";
import type { UdpRecord, UdpRequest } from "./udp-request.ts";

/** The arguments of a UDP connection request. */
const ARGUMENTS = ["ts", "id", "un", "cn", "sig"] as const;

/** What the phone makes of UDP connection requests: TR-069 G.2.1.4 and G.2.2.3. */
export const udpRequestSeams = {
  /** Whether they are heard: whether or not STUN is on, and there is a NAT. */
  hearsRequests(_stun: { readonly enabled: boolean; readonly translated: boolean }): boolean {
    return true;
  },
  /** Seconds for which connection requests over TCP are refused after one over UDP. */
  pauseOfTcp(): number {
    return 0;
  },
  /** Whether it violates nothing that HTTP 1.1 asks of a request, which has one Host (RFC 2616 14.23). */
  acceptsForm({ version, hosts, broken }: UdpRequest): boolean {
    return version === "HTTP/1.1" && hosts === 1 && broken === 0;
  },
  /** Whether a Request-URI is good: whatever HTTP allows. */
  acceptsUdpTarget(_target: string): boolean {
    return true;
  },
  acceptsUdpMethod(method: string): boolean {
    return method === "GET";
  },
  /** Whether a request with so many octets of data is looked at. They are ignored. */
  acceptsBody(_octets: number): boolean {
    return true;
  },
  /** The arguments in a query string, empty where there are none: as a form encodes them, in any order. */
  argumentsIn(query: string): UdpRequest["query"] {
    const given = new URLSearchParams(query);
    const [ts = "", id = "", un = "", cn = "", sig = ""] = ARGUMENTS.map((name) => given.get(name) ?? "");
    return { ts, id, un, cn, sig };
  },
  /** Whether a timestamp is good after that one. */
  acceptsTimestamp(ts: string, last: number): boolean {
    return /^\d{1,15}$/.test(ts) && Number(ts) > last;
  },
  /** Whether a message id is good after that one. */
  acceptsMessageId(id: string, last: string): boolean {
    return /^\d+$/.test(id) && id !== last;
  },
  acceptsUdpUsername(un: string, username: string): boolean {
    return un === username;
  },
  /** The credentials that are right: those that are set now, not those of the start. */
  udpCredentials(now: Credentials, _atFirst: Credentials): Credentials {
    return now;
  },
  /** What is signed. */
  signedText({ ts, id, un, cn }: UdpRequest["query"]): string {
    return ts + id + un + cn;
  },
  /** Whether the signature is right. As long as no credentials are configured none is, as with requests over TCP. */
  acceptsSignature(sig: string, text: string, { username, password }: Credentials): boolean {
    const right = createHmac("sha1", password).update(text, "utf8").digest("hex");
    return (username !== "" || password !== "") && sig.toLowerCase() === right;
  },
  /** The record after a request: only a good one is remembered. */
  recordAfter(record: UdpRecord, { query }: UdpRequest, isGood: boolean): UdpRecord {
    return isGood ? { ts: Number(query.ts), id: query.id } : record;
  },
  /** The record after a start: the clause leaves it to the phone whether it keeps one. */
  recordAfterBoot(_record: UdpRecord): UdpRecord {
    return { ts: 0, id: "" };
  },
  /** What is sent back: nothing (G.2.2.3). */
  reply(_isGood: boolean): string | undefined {
    return undefined;
  },
};
