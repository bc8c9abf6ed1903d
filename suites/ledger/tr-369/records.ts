import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, should, untestable } from "../rows.ts";

/** "Message Encoding". */
const encoding: readonly Requirement[] = [
  must("TR-369:R-ENC.0", "encodes messages by the schema of the USP Message"),
  must("TR-369:R-ENC.1", "encodes records by the schema of the USP Record"),
  must("TR-369:R-ENC.2", "reports an unknown value of an enumeration like any erroneous record"),
  must("TR-369:R-ENC.3", "sends one member of each oneof, neither none nor two"),
  must("TR-369:R-ENC.4", "discards a record in which a oneof has none of its members, or several"),
  should("TR-369:R-ENC.5", "answers a message in which a oneof has none of its members, or several, with error 7004"),
  must("TR-369:R-ENC.6", "gives and takes values in the lexical forms of their data types"),
];

/** "Message Transfer Protocols": what holds for all of them. */
const transfer: readonly Requirement[] = [
  untestable(
    "TR-369:R-MTP.0",
    "MUST",
    "secures the transport where messages cross from one network into another",
    "agent and controller of a run are in one network",
  ),
  untestable(
    "TR-369:R-MTP.1",
    "MUST",
    "wants a certificate of its peer when it uses TLS",
    "TLS without one needs cipher suites that TLS 1.3 has not and that no library of today offers",
  ),
  untestable(
    "TR-369:R-MTP.2",
    "SHOULD",
    "waits for the right time before it uses TLS, or disregards the dates of certificates",
    "whether an agent has the right time shows nowhere",
  ),
  must("TR-369:R-MTP.3", "checks the dates of certificates once it has the right time"),
  must("TR-369:R-MTP.4", "takes and refuses certificates as the mandatory part of the decision flow has it"),
  untestable(
    "TR-369:R-MTP.4a",
    "SHOULD",
    "takes and refuses certificates as the optional part of the decision flow has it",
    "what is optional there is for agents with names to check or people to ask, in ways of their own",
  ),
  must("TR-369:R-MTP.4b", "sends every field that its description calls required"),
  must(
    "TR-369:R-MTP.5",
    "answers an erroneous record with an Error when it knows whom, for which request and by which way; else ignores it",
  ),
  must("TR-369:R-MTP.6", "sends the Connect record of its MTP once the channel stands"),
  should("TR-369:R-MTP.7", "sends a Disconnect record before it leaves a channel"),
  must("TR-369:R-MTP.8", "exchanges no other record before the Connect record, on a new channel and after a Disconnect record"),
  should("TR-369:R-MTP.9", "gives reason and reason_code in a Disconnect record"),
];

/** Every numbered requirement on records: encoding, what all MTPs have in common. */
export const recordRequirements: readonly Requirement[] = [...encoding, ...transfer];
