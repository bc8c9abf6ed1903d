import { verify, X509Certificate } from "node:crypto";
import type { Record as UspRecord } from "../../schema/usp/record_pb.ts";
import type { Integrity } from "./session-seams.ts";

/** Whether a record is signed by the certificate that it carries, and that one names its sender (TR-369 R-E2E.31, R-E2E.32). */
export function integrityOf(record: UspRecord): Integrity {
  const { macSignature, senderCert, fromId } = record;
  if (macSignature.length === 0) return "unsigned";
  try {
    const certificate = new X509Certificate(senderCert);
    const key = { key: certificate.publicKey, dsaEncoding: "der" } as const;
    const isItsSender = certificate.subjectAltName?.includes(fromId) === true;
    return isItsSender && verify("sha256", signedOctets(record), key, macSignature) ? "good" : "bad";
  } catch {
    // No certificate that can be read, or one with a key of another kind.
    return "bad";
  }
}

/** The fields without payload and signature, in the order of their numbers, those of the session context last. */
function signedOctets({ version, toId, fromId, payloadSecurity, senderCert, recordType }: UspRecord): Buffer {
  const outer = [Buffer.from(version), Buffer.from(toId), Buffer.from(fromId), uint32(payloadSecurity), senderCert];
  if (recordType.case !== "sessionContext") return Buffer.concat(outer);
  const { sessionId, sequenceId, expectedId, retransmitId, payloadSarState, payloadrecSarState } = recordType.value;
  const numbers = [sessionId, sequenceId, expectedId, retransmitId].map(uint64);
  return Buffer.concat([...outer, ...numbers, uint32(payloadSarState), uint32(payloadrecSarState)]);
}

function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
}

function uint64(value: bigint): Buffer {
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64BE(value);
  return octets;
}
