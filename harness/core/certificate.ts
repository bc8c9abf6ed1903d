import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Clock } from "./clock.ts";

/** A certificate and its key, both as PEM. */
export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateWishes {
  readonly commonName: string;
  /** Names in the extension subjectAltName. */
  readonly names?: readonly { readonly type: "dns" | "ip" | "url"; readonly value: string }[];
  /** Whoever signs it; it signs itself otherwise. */
  readonly issuer?: KeyAndCertificate;
  /** Whether it may sign others. Default false. */
  readonly isAuthority?: boolean;
  /** Days from now on in which it is valid. Default the day before and the ten years after. */
  readonly valid?: readonly [number, number];
}

const DAY = 86_400_000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Makes a certificate with a new key, and a serial number that no other has. */
export async function makeCertificate(clock: Clock, wishes: CertificateWishes): Promise<KeyAndCertificate> {
  const done = clock.busy();
  try {
    const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
    const { commonName, names = [], issuer, isAuthority = false, valid: [from, to] = [-1, 3650] } = wishes;
    const now = clock.now();
    const name = [{ CN: [commonName] }];
    const common = {
      notBefore: new Date(now + from * DAY),
      notAfter: new Date(now + to * DAY),
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(isAuthority, undefined, true),
        ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension([...names])]),
      ],
    };
    const certificate =
      issuer === undefined
        ? await x509.X509CertificateGenerator.createSelfSigned({ ...common, name, keys }, webcrypto)
        : await x509.X509CertificateGenerator.create(
            {
              ...common,
              subject: name,
              issuer: new x509.X509Certificate(issuer.cert).subject,
              publicKey: keys.publicKey,
              signingKey: await privateKeyOf(issuer),
            },
            webcrypto,
          );
    const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
    const lines = key.replace(/.{64}/g, "$&\n").trimEnd();
    return { key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`, cert: certificate.toString("pem") };
  } finally {
    done();
  }
}

function privateKeyOf({ key }: KeyAndCertificate): Promise<webcrypto.CryptoKey> {
  const octets = Buffer.from(key.replace(/-----[^-]+-----/g, ""), "base64");
  return webcrypto.subtle.importKey("pkcs8", octets, ALGORITHM, false, ["sign"]);
}
