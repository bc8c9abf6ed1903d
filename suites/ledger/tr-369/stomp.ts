import type { Requirement } from "../../../harness/core/verdict.ts";
import { outOfScope } from "../rows.ts";

const NO_STOMP = "STOMP is an MTP that this suite does not speak; phones have WebSocket or MQTT";
const REMOVED = "removed in version 1.2, when errors of all MTPs became records";

const row = (number: string, says: string, keyword: Requirement["keyword"] = "MUST", reason = NO_STOMP): Requirement =>
  outOfScope(`TR-369:R-STOMP.${number}`, keyword, says, reason);

/** Every numbered requirement of "STOMP Binding". */
export const stompRequirements: readonly Requirement[] = [
  row("0", "has the profiles STOMPConn:1 and STOMPController:1"),
  row("1", "has the profiles STOMPAgent:1 and STOMPHeartbeat:1", "SHOULD"),
  row("2", "begins a session with a STOMP frame"),
  row("3", "logs in with name and password where it has no certificate"),
  row("4", "tells its Endpoint ID in the header endpoint-id"),
  row("5", "names the virtual host that is configured"),
  row("6", "subscribes to the destination that subscribe-dest names"),
  row("7", "tries again after a connection that failed"),
  row("8", "negotiates heart beats when they are enabled"),
  row("9", "offers no heart beats when they are not enabled"),
  row("10", "offers the heart beats that are configured"),
  row("11", "keeps to the heart beats that the server gives"),
  row("12", "subscribes to its destination"),
  row("13", "names its destination in SUBSCRIBE"),
  row("14", "prefers the destination of the server for SUBSCRIBE"),
  row("15", "uses the configured destination when the server gives none"),
  row("16", "ends a session for which it has no destination"),
  row("17", "subscribes with ack auto"),
  row("18", "sends records in SEND frames"),
  row("19", "tells the length of a record in content-length"),
  row("20", "names the media type of a record in content-type"),
  row("21", "names its own destination in reply-to-dest"),
  row("22", "sends the encoded record as the body of SEND"),
  row("23", "answers to the destination in reply-to-dest"),
  row("23a", "knows the media type for errors", "MUST", REMOVED),
  row("23b", "names record and message in usp-err-id", "MUST", REMOVED),
  row("24", "ignores an unreadable record without usp-err-id", "MUST", REMOVED),
  row("24a", "answers an unreadable record that has usp-err-id by an error frame", "MUST", REMOVED),
  row("24b", "gives code and text in an error frame", "MUST", REMOVED),
  row("25", "tries again after an ERROR frame"),
  row("26", "sends no frames of transactions"),
  row("27", "sends no ACK and no NACK"),
  row("28", "may say farewell by UNSUBSCRIBE and DISCONNECT", "MAY"),
  row("29", "subscribes anew when its configured destination changes"),
  row("30", "may get RECEIPT frames", "MAY"),
  row("31", "names its destination in DNS-SD"),
  row("32", "names the server's addresses in DNS-SD"),
  row("33", "is a server after the STOMP specification"),
  row("34", "lets clients subscribe to their own destination alone"),
  row("35", "lets clients log in by certificate, or by name and password", "SHOULD"),
  row("36", "speaks TLS 1.2 or later"),
  row("37", "may have wildcards in the server's certificate", "MAY"),
];
