import { X509Certificate } from "node:crypto";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import {
  type ConnectionOptions,
  connect as connectTls,
  createSecureContext,
  type DetailedPeerCertificate,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import type { Clock } from "./clock.ts";

/** The authorities that a phone believes when a server shows a certificate; undefined for those that everybody believes. */
export type Trust = SecureContext | undefined;

/** Looks at the certificates that a server shows, its own first, and says whether it is believed. */
export type CertificateCheck = (chain: readonly X509Certificate[]) => boolean;

/** @param authorities certificates in PEM of authorities that the phone believes besides the usual ones */
export const trustIn = (authorities: string | undefined): Trust =>
  authorities === undefined ? undefined : createSecureContext({ ca: [...rootCertificates, authorities] });

/** Certificates of a chain that are looked at. */
const LONGEST_CHAIN = 8;

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly secured: boolean;
  /** Address of the host, where it is known already. */
  readonly address?: string | undefined;
  /** The phone's own port; without one the system chooses. */
  readonly localPort?: number;
}

/** Versions of TLS that are spoken; those of the system where it does not say. */
export type TlsRange = Pick<ConnectionOptions, "minVersion" | "maxVersion" | "ciphers">;

export interface Dialled {
  readonly tcp: Socket;
  /** What is spoken over: the TCP connection itself, or TLS on it. */
  readonly socket: Socket;
  /** The event of `socket` that tells of its being ready. */
  readonly ready: "connect" | "secureConnect";
}

function chainOf(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (one?.raw !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(new X509Certificate(one.raw));
    // The last one is its own issuer.
    one = one.issuerCertificate === one ? undefined : one.issuerCertificate;
  }
  return chain;
}

/**
 * Begins a connection. Errors come as events of both sockets.
 *
 * @param trust `anyone` takes any certificate, a function those that it likes
 */
export function dial(
  clock: Clock,
  { host, port, secured, address, localPort }: Place,
  trust: Trust | CertificateCheck | "anyone",
  range: TlsRange = {},
): Dialled {
  const tcp = connectTcp({ host: address ?? host, port, noDelay: true, ...(localPort === undefined ? {} : { localPort }) });
  clock.watch(tcp);
  if (!secured) return { tcp, socket: tcp, ready: "connect" };
  const name = isIP(host) === 0 ? { host, servername: host } : { host };
  const isJudgedHere = trust === "anyone" || typeof trust === "function";
  const checks = isJudgedHere ? { rejectUnauthorized: false } : trust === undefined ? {} : { secureContext: trust };
  const socket = connectTls({ socket: tcp, ...name, ...checks, ...range });
  // What is to be sent goes out after this event, unless the connection is gone by then.
  if (typeof trust === "function")
    socket.once("secureConnect", () => {
      if (!trust(chainOf(socket))) socket.destroy();
    });
  tcp.on("error", (error) => socket.destroy(error));
  return { tcp, socket, ready: "secureConnect" };
}
