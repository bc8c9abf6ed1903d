/** How the agent takes WebSockets that controllers open to it (TR-369 "WebSocket Binding"). */
export const doorSeams = {
  /** Whether a controller may open a WebSocket at all (R-WS.6). */
  acceptsSessions(): boolean {
    return true;
  },
  /** Whether a request is for the agent, by the path that was asked for and its own (R-WS.2). */
  isOwnPath(asked: string, own: string): boolean {
    return asked === own;
  },
  /** Whether a request has to offer the subprotocol (R-WS.12a). */
  wantsProtocol(): boolean {
    return true;
  },
  /** The subprotocol that an answer names (R-WS.11). */
  answeredProtocol(): string | undefined {
    return "v1.usp";
  },
  /** Whether a request has to have the extension bbf-usp-protocol (R-WS.11c). */
  wantsExtension(): boolean {
    return false;
  },
  /** The extension that answers one in a request (R-WS.11a). */
  answeredExtension(endpointId: string): string | undefined {
    return `bbf-usp-protocol; eid="${endpointId}"`;
  },
  /** What becomes of a second WebSocket of a controller (R-WS.4). */
  onSecondSession(): "refused" | "first closed" | "both" {
    return "refused";
  },
};
