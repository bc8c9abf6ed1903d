import type { Mutant } from "./mutant.ts";

/** Records of a size that only data models have. */
const isLarge = (octets: Buffer): boolean => octets.length > 4096;

/** Phones that get handshakes, frames or the end of a WebSocket wrong (TR-369 "WebSocket Binding"). */
export const uspWebsocketMutants: readonly Mutant[] = [
  {
    id: "usp-websocket-old-version",
    phone: "A phone that asks for a draft version of WebSocket.",
    breaks: "TR-369:R-WS.7",
    caught: { "usp.websocket.handshake": ["TR-369:R-WS.7"] },
    change: ({ usp }) => ({
      usp: {
        handshake: (path, endpointId) => ({ ...usp.handshake(path, endpointId), headers: { "Sec-WebSocket-Version": "8" } }),
      },
    }),
  },
  {
    id: "usp-websocket-other-subprotocol",
    phone: "A phone that offers a subprotocol of its own before v1.usp.",
    breaks: "TR-369:R-WS.9",
    caught: { "usp.websocket.subprotocol": ["TR-369:R-WS.9"] },
    change: ({ usp }) => ({
      usp: { handshake: (path, endpointId) => ({ ...usp.handshake(path, endpointId), protocols: ["snom.usp", "v1.usp"] }) },
    }),
  },
  {
    id: "usp-websocket-no-eid",
    phone: "A phone that does not tell its Endpoint ID in its handshake.",
    breaks: "TR-369:R-WS.10b",
    caught: { "usp.websocket.endpoint-id": ["TR-369:R-WS.10b"] },
    change: ({ usp }) => ({
      usp: { handshake: (path, endpointId) => ({ ...usp.handshake(path, endpointId), path: path === "" ? "/" : path }) },
    }),
  },
  {
    id: "usp-websocket-two-connections",
    phone: "A phone that opens two WebSockets and answers on the first what it hears on the second.",
    breaks: "TR-369:R-WS.4",
    caught: {
      "usp.websocket.one-connection": ["TR-369:R-WS.4"],
      "usp.record.connect": ["TR-369:R-MTP.6"],
    },
    change: () => ({ usp: { connections: () => 2 } }),
  },
  {
    id: "usp-websocket-text",
    phone: "A phone that sends large records in text frames.",
    breaks: "TR-369:R-WS.14",
    caught: { "usp.websocket.binary": ["TR-369:R-WS.14"] },
    change: ({ usp }) => ({ usp: { frames: (octets) => ({ ...usp.frames(octets), isBinary: !isLarge(octets) }) } }),
  },
  {
    id: "usp-websocket-fragments-sent",
    phone: "A phone that sends large records in two frames.",
    breaks: "TR-369:R-WS.14a",
    caught: { "usp.websocket.one-frame": ["TR-369:R-WS.14a"] },
    change: ({ usp }) => ({
      usp: {
        frames: (octets) => ({
          ...usp.frames(octets),
          parts: isLarge(octets) ? [octets.subarray(0, 4096), octets.subarray(4096)] : [octets],
        }),
      },
    }),
  },
  {
    id: "usp-websocket-not-masked",
    phone: "A phone that does not mask large frames.",
    breaks: "TR-369:R-WS.15",
    caught: { "usp.websocket.frames": ["TR-369:R-WS.15"] },
    change: ({ usp }) => ({ usp: { frames: (octets) => ({ ...usp.frames(octets), isMasked: !isLarge(octets) }) } }),
  },
  {
    id: "usp-websocket-fragments-refused",
    phone: "A phone that takes records in one frame alone.",
    breaks: "TR-369:R-WS.14b",
    caught: { "usp.websocket.fragments": ["TR-369:R-WS.14b"] },
    change: () => ({ usp: { bearsFragments: () => false } }),
  },
  {
    id: "usp-websocket-wants-extension",
    phone: "A phone that opens no WebSocket without the extension that it offers.",
    breaks: "TR-369:R-WS.11b",
    caught: { "usp.websocket.no-extension": ["TR-369:R-WS.11b"] },
    change: () => ({ usp: { acceptsExtensions: (extensions) => extensions !== undefined } }),
  },
  {
    id: "usp-websocket-any-subprotocol",
    phone: "A phone that uses a WebSocket whether its server speaks USP or not.",
    breaks: "TR-369:R-WS.12",
    caught: { "usp.websocket.no-subprotocol": ["TR-369:R-WS.12"] },
    change: () => ({ usp: { acceptsProtocol: () => true } }),
  },
  {
    id: "usp-websocket-never-again",
    phone: "A phone that opens no other WebSocket once its controller has closed one.",
    breaks: "TR-369:R-WS.5",
    caught: { "usp.websocket.opens": ["TR-369:R-WS.5"] },
    change: () => ({ usp: { reconnects: (code) => code !== 1000 } }),
  },
  {
    id: "usp-websocket-hangs-up",
    phone: "A phone that ends its connections without a Close frame.",
    breaks: "TR-369:R-WS.8",
    caught: {
      "usp.websocket.close": ["TR-369:R-WS.8"],
      "usp.websocket.malformed-record": ["TR-369:R-WS.16"],
      "usp.websocket.text-frame": ["TR-369:R-WS.16"],
    },
    change: () => ({ usp: { closesWithFrame: () => false } }),
  },
  {
    id: "usp-websocket-bears-garbage",
    phone: "A phone that passes over what is no record.",
    breaks: "TR-369:R-WS.16",
    caught: { "usp.websocket.malformed-record": ["TR-369:R-WS.16"] },
    change: ({ usp }) => ({ usp: { onUnreadable: (isText) => (isText ? usp.onUnreadable(isText) : undefined) } }),
  },
  {
    id: "usp-websocket-reads-text",
    phone: "A phone that takes a record in a text frame.",
    breaks: "TR-369:R-WS.16",
    caught: { "usp.websocket.text-frame": ["TR-369:R-WS.16"] },
    change: () => ({ usp: { readsText: () => true } }),
  },
  {
    id: "usp-websocket-pong-empty",
    phone: "A phone that answers a Ping by an empty Pong.",
    breaks: "TR-369:R-WS.13",
    caught: { "usp.websocket.ping": ["TR-369:R-WS.13"] },
    change: () => ({ usp: { pong: () => Buffer.alloc(0) } }),
  },
  {
    id: "usp-websocket-pong-unborne",
    phone: "A phone that ends its connection on a Pong that nothing asked for.",
    breaks: "TR-369:R-WS.13",
    caught: { "usp.websocket.unsolicited-pong": ["TR-369:R-WS.13"] },
    change: () => ({ usp: { bearsPong: () => false } }),
  },
  {
    id: "usp-websocket-no-ping",
    phone: "A phone that sends no Ping.",
    breaks: "TR-369:R-WS.17",
    caught: { "usp.websocket.keep-alive": ["TR-369:R-WS.17", "TR-369:R-WS.18"] },
    change: () => ({ usp: { pingEvery: () => undefined } }),
  },
  {
    id: "usp-websocket-ping-fixed",
    phone: "A phone that pings every twelve seconds, whatever it is set to.",
    breaks: "TR-369:R-WS.18",
    caught: { "usp.websocket.keep-alive": ["TR-369:R-WS.18"] },
    change: () => ({ usp: { pingEvery: () => 12 } }),
  },
  {
    id: "usp-websocket-retry-flat",
    phone: "A phone that tries again in the shortest interval each time.",
    breaks: "TR-369:R-WS.19",
    caught: { "usp.websocket.retry": ["TR-369:R-WS.19"] },
    change: ({ usp }) => ({ usp: { retryRange: (_retry, minimum, multiplier) => usp.retryRange(1, minimum, multiplier) } }),
  },
  {
    id: "usp-websocket-retry-hasty",
    phone: "A phone that tries a second time in a quarter of the interval.",
    breaks: "TR-369:R-WS.19",
    caught: { "usp.websocket.retry": ["TR-369:R-WS.19"] },
    change: ({ usp }) => ({
      usp: { retryRange: (retry, minimum, multiplier) => usp.retryRange(retry, retry === 2 ? minimum / 4 : minimum, multiplier) },
    }),
  },
  {
    id: "usp-websocket-retry-goes-on",
    phone: "A phone that does not begin anew after a WebSocket that took it more than two retries.",
    breaks: "TR-369:R-WS.20",
    caught: { "usp.websocket.retry-anew": ["TR-369:R-WS.20"] },
    change: () => ({ usp: { retriesAfterSuccess: (retries) => (retries > 2 ? 2 : 0) } }),
  },
  {
    id: "usp-websocket-retry-over-reboot",
    phone: "A phone that goes on counting its retries after a reboot.",
    breaks: "TR-369:R-WS.21",
    caught: { "usp.websocket.retry-after-reboot": ["TR-369:R-WS.21"] },
    change: () => ({ usp: { retriesAfterBoot: (retries) => retries } }),
  },
];
