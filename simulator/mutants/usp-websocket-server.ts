import type { Mutant } from "./mutant.ts";

const AREA = "usp.websocket-server";

/** Devices that go wrong as WebSocket servers (TR-369 "WebSocket Binding"). */
export const uspWebsocketServerMutants: readonly Mutant[] = [
  {
    id: "usp-server-closed",
    rig: "generic",
    phone: "A phone that opens no WebSocket for a controller.",
    breaks: "TR-369:R-WS.6",
    caught: {
      [`${AREA}.accepts`]: ["TR-369:R-WS.6", "TR-369:R-WS.11", "TR-369:R-WS.11a"],
      [`${AREA}.path`]: ["TR-369:R-WS.2"],
      [`${AREA}.without-extension`]: ["TR-369:R-WS.11c"],
    },
    change: () => ({ usp: { acceptsSessions: () => false } }),
  },
  {
    id: "usp-server-any-path",
    rig: "generic",
    phone: "A phone that can be reached under any path.",
    breaks: "TR-369:R-WS.2",
    caught: { [`${AREA}.path`]: ["TR-369:R-WS.2"] },
    change: () => ({ usp: { isOwnPath: () => true } }),
  },
  {
    id: "usp-server-no-protocol",
    rig: "generic",
    phone: "A phone that names no subprotocol when it opens a WebSocket for a controller.",
    breaks: "TR-369:R-WS.11",
    caught: { [`${AREA}.accepts`]: ["TR-369:R-WS.11"] },
    change: () => ({ usp: { answeredProtocol: () => undefined } }),
  },
  {
    id: "usp-server-nameless",
    rig: "generic",
    phone: "A phone that does not tell its Endpoint ID to a controller that opens a WebSocket.",
    breaks: "TR-369:R-WS.11a",
    caught: { [`${AREA}.accepts`]: ["TR-369:R-WS.11a"] },
    change: () => ({ usp: { answeredExtension: () => undefined } }),
  },
  {
    id: "usp-server-wants-extension",
    rig: "generic",
    phone: "A phone that opens no WebSocket without the extension bbf-usp-protocol.",
    breaks: "TR-369:R-WS.11c",
    caught: { [`${AREA}.without-extension`]: ["TR-369:R-WS.11c"] },
    change: () => ({ usp: { wantsExtension: () => true } }),
  },
  {
    id: "usp-server-any-protocol",
    rig: "generic",
    phone: "A phone that opens a WebSocket for a controller that offers no subprotocol.",
    breaks: "TR-369:R-WS.12a",
    caught: { [`${AREA}.without-protocol`]: ["TR-369:R-WS.12a"] },
    change: () => ({ usp: { wantsProtocol: () => false } }),
  },
  {
    id: "usp-server-two-sessions",
    rig: "generic",
    phone: "A phone that has a second WebSocket with a controller beside the first one.",
    breaks: "TR-369:R-WS.4",
    caught: { [`${AREA}.one-session`]: ["TR-369:R-WS.4"] },
    change: () => ({ usp: { onSecondSession: () => "both" } }),
  },
];
