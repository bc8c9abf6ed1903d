import { conditional, deprecated, type Listed, without } from "./tests.ts";

const noStomp = (test: Listed): Listed => without("STOMP is an MTP that this suite does not speak", test);

/** "CoAP". */
export const section5: readonly Listed[] = [
  deprecated("5.1", "Records in CoAP messages"),
  deprecated("5.2", "Records larger than a message"),
  deprecated("5.3", "Successful exchange"),
  deprecated("5.4", "Timeout"),
  deprecated("5.5", "Invalid method"),
  deprecated("5.6", "Invalid Content-Format"),
  deprecated("5.7", "Invalid record"),
  deprecated("5.8", "DTLS"),
];

/** "STOMP". */
export const section6: readonly Listed[] = [
  conditional("6.1", "Required profiles", 17),
  conditional("6.2", "Start of a session", 17),
  conditional("6.3", "Retry of the connection", 17),
  conditional("6.4", "Headers of a message", 17),
  conditional("6.5", "Destination from subscribe-dest", 17),
  conditional("6.6", "Destination from the data model", 17),
  conditional("6.7", "No destination", 17),
  conditional("6.8", "Heart beats", 18),
  conditional("6.9", "Unreadable record", 17),
  conditional("6.10", "Change of the destination", 17),
  conditional("6.11", "TLS", 17),
  conditional("6.12", "Connect record", 17),
].map(noStomp);

/** "WebSocket". */
export const section7: readonly Listed[] = [
  conditional("7.1", "Start of a session", 19),
  conditional("7.2", "No more than one session", 19),
  deprecated("7.3", "Sessions that the controller starts"),
  conditional("7.4", "End of a connection", 19),
  deprecated("7.5", "Rejected session"),
  conditional("7.6", "Unreadable records", 19),
  conditional("7.7", "Ping and Pong", 19),
  conditional("7.8", "Retry of a session", 19),
  conditional("7.9", "TLS", 19),
  conditional("7.10", "Connect record", 19),
  conditional("7.11", "Answer without the extension bbf-usp-protocol", 19),
  conditional("7.12", "Records in several fragments", 19),
];

/** "Discovery". */
export const section8: readonly Listed[] = [
  conditional("8.1", "What a DHCP request has", 21),
  conditional("8.2", "What is made of DHCP options", 21),
  conditional("8.3", "A name from DHCP leads to DNS", 21),
  conditional("8.4", "mDNS", [22, 10]),
  conditional("8.5", "mDNS and MTPs", 22),
  conditional("8.6", "DNS records", 22),
  conditional("8.7", "mDNS request and response", 22),
];
