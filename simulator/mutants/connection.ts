import type { Mutant } from "./mutant.ts";

/** Phones that keep or leave their connection to the ACS where they must not. */
export const connectionMutants: readonly Mutant[] = [
  {
    id: "connection-eight-exchanges",
    phone: "A phone that uses a connection for eight exchanges and then makes a new one.",
    breaks: "TR-069:3.4.2#persistent-connection",
    caught: { "cwmp.connection.persists": ["TR-069:3.4.2#persistent-connection"] },
    change: ({ http }) => ({
      http: { keepsConnection: (response) => response.exchanges < 8 && http.keepsConnection(response) },
    }),
  },
  {
    id: "connection-stops-after-announced-close",
    phone: "A phone that has a response to send and gives the session up because the ACS said Connection: close.",
    breaks: "TR-069:3.4.2#continues",
    quirk: "M27",
    caught: { "cwmp.connection.closed-after-request": ["TR-069:3.4.2#continues"] },
    change: () => ({ http: { continuesAfterClose: (kind, announced) => kind !== "response" || !announced } }),
  },
  {
    id: "connection-stops-after-inform",
    phone: "A phone that gives the session up when the connection is closed before its empty POST.",
    breaks: "TR-069:3.4.2#continues-after-inform",
    quirk: "M27",
    caught: { "cwmp.connection.closed-after-inform": ["TR-069:3.4.2#continues-after-inform"] },
    change: () => ({ http: { continuesAfterClose: (kind) => kind !== "empty" } }),
  },
  {
    id: "connection-stops-after-unannounced-close",
    phone: "A phone that gives the session up when the ACS closes the connection without notice.",
    breaks: "TR-069:3.4.2#continues-unannounced",
    quirk: "M27",
    caught: { "cwmp.connection.closed-unannounced": ["TR-069:3.4.2#continues-unannounced"] },
    change: () => ({ http: { continuesAfterClose: (_kind, announced) => announced } }),
  },
  {
    id: "connection-new-for-credentials",
    phone: "A phone that answers every challenge over a new connection.",
    breaks: "TR-069:3.4.2#challenge-same-connection",
    caught: { "cwmp.connection.challenged": ["TR-069:3.4.2#challenge-same-connection"] },
    change: ({ http }) => ({
      http: { keepsConnection: (response) => response.status !== 401 && http.keepsConnection(response) },
    }),
  },
  {
    id: "connection-kept-for-credentials",
    phone: "A phone that answers a challenge over the connection that the ACS wants to be closed.",
    breaks: "TR-069:3.4.2#challenge-new-connection",
    caught: { "cwmp.connection.challenged-and-closed": ["TR-069:3.4.2#challenge-new-connection"] },
    change: ({ http }) => ({
      http: { keepsConnection: (response) => response.status === 401 || http.keepsConnection(response) },
    }),
  },
  {
    id: "connection-same-port-after-boot",
    phone: "A phone that begins with the same source port after each boot.",
    breaks: "TR-069:3.2.1.2#source-port",
    caught: { "cwmp.connection.source-port": ["TR-069:3.2.1.2#source-port"] },
    change: () => ({ http: { localPort: (nth) => (nth === 1 ? 16_000 : 0) } }),
  },
];
