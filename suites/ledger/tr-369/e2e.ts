import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, untestable } from "../rows.ts";

/** Feature 23 of the certification plan, which an agent of this standard may lack. */
const secure = (id: string, says: string): Requirement =>
  outOfScope(
    id,
    "MUST",
    says,
    "belongs to TLS inside of records (feature 23 of TP-469), of which this suite has neither a controller nor an agent to prove it on",
  );

/** Records within a session context. */
const sessions: readonly Requirement[] = [
  must("TR-369:R-E2E.1", "ignores records that are for somebody else"),
  outOfScope("TR-369:R-E2E.2", "MUST", "sends a payload or a retransmit_id with a session context", "deprecated in version 1.2"),
  must("TR-369:R-E2E.3", "chooses session_ids greater than 1"),
  must("TR-369:R-E2E.4", "begins a session context that its peer begins, and counts from 1"),
  untestable(
    "TR-369:R-E2E.5",
    "MUST",
    "has no more than one session context with a controller",
    "what a controller sees of it is what R-E2E.6 and R-E2E.24 ask for",
  ),
  must("TR-369:R-E2E.6", "begins anew when its peer uses another session_id"),
  must("TR-369:R-E2E.6a", "answers with a Disconnect record of reason 7106 when it does not take part in session contexts"),
  must("TR-369:R-E2E.6b", "ends a session context on a channel that stays with a Disconnect record of reason 7105"),
  must("TR-369:R-E2E.7", "begins a new session context after the old one has expired"),
  must("TR-369:R-E2E.8", "begins a new session context when received sequence_ids come near the largest number"),
  untestable(
    "TR-369:R-E2E.9",
    "MUST",
    "begins a new session context when its own sequence_ids come near the largest number",
    "no agent sends that many records in the time of any test",
  ),
  must("TR-369:R-E2E.10", "tries again to establish a session context in intervals of the prescribed ranges"),
  must("TR-369:R-E2E.11", "takes the longest range from the tenth attempt on"),
  must("TR-369:R-E2E.12", "begins with the shortest interval again once a record was received"),
  must("TR-369:R-E2E.13", "begins with the shortest interval again after a reboot"),
  must("TR-369:R-E2E.14", "gives the first record of a session context the sequence_id 1"),
  must("TR-369:R-E2E.15", "counts sequence_ids up by one"),
  must("TR-369:R-E2E.16", "keeps records that it sent until they are acknowledged"),
  must("TR-369:R-E2E.17", "tells in expected_id which record it waits for"),
  must("TR-369:R-E2E.18", "uses one payload_security throughout a session context"),
  must("TR-369:R-E2E.19", "takes a record of another payload_security in a session context for failed"),
  must("TR-369:R-E2E.20", "keeps records that come early, ignores those that come late, and works through them in their order"),
  must("TR-369:R-E2E.21", "begins a new session context after a record that it could not process"),
  untestable(
    "TR-369:R-E2E.22",
    "MUST",
    "processes what it acknowledged before the session context began anew",
    "no controller can end a session context between the acknowledgement of a record and its processing",
  ),
  must("TR-369:R-E2E.23", "ignores records whose integrity is broken, and begins the session context anew"),
  must("TR-369:R-E2E.24", "ignores records of another session_id, and begins the session context anew"),
  must("TR-369:R-E2E.25", "ignores a record that it has had"),
];

/** Records without session context, integrity of records, TLS inside them. */
const protection: readonly Requirement[] = [
  must("TR-369:R-E2E.26", "sends a payload in every record without session context"),
  outOfScope(
    "TR-369:R-E2E.27",
    "SHOULD",
    "sends a Disconnect record after a record that it could not process",
    "deprecated in version 1.3, for R-MTP.5",
  ),
  secure("TR-369:R-E2E.28", "relies on the MTP for integrity only when that is encrypted and its certificates fit the record"),
  secure("TR-369:R-E2E.29", "protects the integrity of records that the MTP does not protect"),
  must("TR-369:R-E2E.30", "checks the integrity of records that are signed, or that the MTP does not protect"),
  secure("TR-369:R-E2E.31", "signs with ECDSA on P-256 and SHA-256, in DER, by the key of its certificate"),
  secure("TR-369:R-E2E.32", "takes the fields for MAC and signature in the order of their numbers, outer ones first"),
  secure("TR-369:R-E2E.32.1", "takes integers as big-endian octets, enumerations as 32-bit integers, texts as UTF-8"),
  secure("TR-369:R-E2E.33", "checks a MAC by HMAC with SHA-256"),
  secure("TR-369:R-E2E.34", "takes the fields for a MAC in the order of their numbers"),
  untestable(
    "TR-369:R-E2E.35",
    "MUST",
    "derives the keys of a MAC as TLS exporters do",
    "no other way to the right MAC is known, so that R-E2E.33 would show it",
  ),
  secure("TR-369:R-E2E.36", "derives the keys of a MAC with the prescribed label and an empty context"),
  secure("TR-369:R-E2E.37", "derives 64 octets of keys for a MAC"),
  secure("TR-369:R-E2E.38", "derives the keys of a MAC by the function of TLS 1.2 with SHA-256"),
  secure("TR-369:R-E2E.39", "uses the first half of the keys for the client, the second for the server"),
  secure("TR-369:R-E2E.40", "protects payloads by TLS 1.2 or later with the prescribed ciphers"),
  secure("TR-369:R-E2E.40a", "agrees on keys by ECDHE on P-256"),
  secure("TR-369:R-E2E.40b", "signs by ECDSA with P-256 and SHA-256 in TLS"),
  must("TR-369:R-E2E.41", "uses TLS for payloads within a session context alone"),
  secure("TR-369:R-E2E.42", "refuses a TLS renegotiation"),
  secure("TR-369:R-E2E.43", "authenticates by a certificate, and wants one of the controller"),
];

/** Every numbered requirement of "End to End Message Exchange". */
export const e2eRequirements: readonly Requirement[] = [...sessions, ...protection];
