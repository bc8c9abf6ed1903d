import { conditional, deprecated, type Listed, mandatory, without } from "./tests.ts";

const noTlsInside = (test: Listed): Listed =>
  without("TLS inside of records: this suite has neither a controller nor an agent to prove a case on", test);

/** "Authentication and Access Control". */
export const section2: readonly Listed[] = [
  mandatory("2.1", "Records in the agent's own name"),
  mandatory("2.2", "Records for somebody else"),
  deprecated("2.3", "Messages of controllers without certificate"),
  deprecated("2.4", "Endpoint IDs that are not in subjectAltName"),
  deprecated("2.5", "Self-signed certificates"),
  without(
    "takes a network in which the agent cannot get the time, which the suite cannot make around a device",
    conditional("2.6", "Connection without absolute time", 24),
  ),
  conditional("2.7", "Records with no signature, or a wrong one", 24),
  conditional("2.8", "Invalid TLS certificate", 24),
  conditional("2.9", "The role Untrusted", 12),
  conditional("2.10", "A new role", 12),
  conditional("2.11", "Permission to create objects", 13),
  conditional("2.12", "No permission to create objects", 13),
  conditional("2.13", "Permission to delete objects", 13),
  conditional("2.14", "No permission to delete objects", 13),
  conditional("2.15", "Permission to change parameters", 13),
  conditional("2.16", "No permission to change parameters", 13),
  conditional("2.17", "Permission to operate", 13),
  conditional("2.18", "No permission to operate", 13),
  conditional("2.19", "Permission to be notified of a parameter", 13),
  conditional("2.20", "No permission to be notified of a parameter", 13),
  conditional("2.21", "Permissions that overlap", 13),
  conditional("2.22", "Get of parameters some of which may not be read", 13),
  conditional("2.23", "Add by a search path with allow_partial, without permission for some", 13),
  conditional("2.24", "Add by a search path, without permission for some", 13),
  conditional("2.25", "Add that leaves out a parameter without permission", 13),
  conditional("2.26", "Add that has a parameter without permission", 13),
  conditional("2.27", "The secured role", 40),
];

/** "USP Records". */
export const section3: readonly Listed[] = [
  mandatory("3.1", "Bad request outside of a session context"),
  noTlsInside(conditional("3.2", "Integrity of the fields around the payload", 23)),
  noTlsInside(conditional("3.3", "Invalid signature at the start of a session context", 23)),
  noTlsInside(conditional("3.4", "TLS for the integrity of records", 23)),
  noTlsInside(conditional("3.5", "TLS that cannot be established", 23)),
  noTlsInside(conditional("3.6", "TLS renegotiation", 23)),
  noTlsInside(conditional("3.7", "X.509 certificates", 23)),
  conditional("3.8", "Start of a session context", 24),
  conditional("3.9", "Record outside of the session context", 24),
  conditional("3.10", "Expiration of a session context", 24),
  conditional("3.11", "sequence_id and expected_id", 24),
  conditional("3.12", "Preservation of records", 24),
  conditional("3.13", "Record of another payload security than the session context", 23),
  conditional("3.14", "retransmit_id", 24),
  conditional("3.15", "Duplicate records", 24),
];

/** "General MTP". */
export const section4: readonly Listed[] = [mandatory("4.1", "X.509 certificates at the MTP")];
