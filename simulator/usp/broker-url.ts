/** How a controller is reached over a broker, as one URL says it. */
export interface BrokerUrl {
  readonly host: string;
  readonly port: string;
  readonly secured: boolean;
  readonly version: string;
  readonly username: string;
  readonly password: string;
  readonly controllerTopic: string;
  /** The agent's own topic; empty when the URL does not say. */
  readonly agentTopic: string;
}

/** The topic of a controller that names none. */
export const usualControllerTopic = (controllerId: string): string => `usp/controllers/${controllerId}`;

/**
 * Reads `mqtt://user:password@host:port/controller/topic?version=5.0&topic=agent/topic`, or `mqtts:` for TLS; all but the host is
 * optional. Undefined when it is no URL of a broker.
 */
export function readBrokerUrl(url: string, controllerId: string): BrokerUrl | undefined {
  if (!/^mqtts?:\/\/[^/]/.test(url) || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port, pathname, searchParams, username, password } = new URL(url);
  const secured = protocol === "mqtts:";
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secured ? "8883" : "1883") : port,
    secured,
    version: searchParams.get("version") ?? "5.0",
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    controllerTopic: pathname.length > 1 ? decodeURIComponent(pathname.slice(1)) : usualControllerTopic(controllerId),
    agentTopic: searchParams.get("topic") ?? "",
  };
}
