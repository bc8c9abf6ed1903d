import { conditional, deprecated, type Listed } from "./tests.ts";

/** "Functionality". */
export const section9: readonly Listed[] = [
  deprecated("9.1", "Timer! event, replaced by 9.11"),
  conditional("9.2", "AddCertificate()", 25),
  conditional("9.3", "Firmware upgrade, activated at once", 26),
  conditional("9.4", "Firmware activation in a time window: Immediately", 27),
  conditional("9.5", "Firmware activation in a time window: AnyTime", 27),
  conditional("9.6", "Validation of a firmware image", 26),
  conditional("9.7", "Download into the active bank", 26),
  conditional("9.8", "Cancel() of a request", [26, 28]),
  conditional("9.9", "A new controller, and its OnBoardRequest", [7, 8]),
  conditional("9.10", "Boot! event and boot parameters", [10, 30]),
  conditional("9.11", "Timer! event", 9),
];

/** "Bulk Data Collection". */
export const section10: readonly Listed[] = [
  conditional("10.1", "JSON over HTTP", 32),
  conditional("10.2", "JSON over HTTPS", 32),
  conditional("10.3", "CSV over HTTP", 33),
  conditional("10.4", "CSV over HTTPS", 33),
  conditional("10.5", "URI parameters over HTTP", 32, 33),
  conditional("10.6", "URI parameters over HTTPS", 32, 33),
  conditional("10.7", "Retry over HTTP", 32, 33),
  conditional("10.8", "Wildcard over HTTP", 32, 33),
  conditional("10.9", "Object path over HTTP", 32, 33),
  conditional("10.10", "Push! event", 34),
  conditional("10.11", "Push! event with a wildcard", 34),
  conditional("10.12", "Push! event with an object path", 34),
  conditional("10.13", "Over MQTT", 41),
];

/** "MQTT": either version of it, or 5.0 alone. */
export const section11: readonly Listed[] = [
  conditional("11.1", "Required profiles", 35, 36),
  conditional("11.2", "Start of a session: CONNECT", 35, 36),
  conditional("11.3", "TLS", 35, 36),
  conditional("11.4", "ClientID in MQTT 5.0", 36),
  conditional("11.5", "The same ClientID each time", 35, 36),
  conditional("11.6", "Retry of messages", 35, 36),
  conditional("11.7", "Keep alive", 36),
  conditional("11.8", "SUBSCRIBE", 36),
  conditional("11.9", "A new subscription", 35, 36),
  conditional("11.10", "No topic in CONNACK", 36),
  conditional("11.11", "Subscription that fails", 35, 36),
  conditional("11.12", "PUBLISH", 35, 36),
  conditional("11.13", "QoS", 35, 36),
  conditional("11.14", "Reply to topic", 35, 36),
  conditional("11.15", "Content Type in MQTT 5.0", 36),
  conditional("11.16", "Retry of the connection", 35, 36),
  conditional("11.17", "Connect record", 35, 36),
];
