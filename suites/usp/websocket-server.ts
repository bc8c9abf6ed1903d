import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { Dialled } from "../../harness/controller/dial.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, matches, same } from "../../harness/core/finding.ts";
import { type Caller, calling, listensAt, withCaller } from "./support/listening.ts";

/** How long an agent may take to end a WebSocket that it is not to have, in milliseconds. */
const SOON = 10_000;

const needs = ["usp-websocket-server", "usp-add-controller", "usp-websocket"] as const;

/** The control of what is refused: as it ought to be, a WebSocket is opened. @throws Inconclusive `control-failed` */
async function demandOpen(caller: Caller): Promise<void> {
  const connection = await caller.dial();
  if (!connection.open)
    throw new Inconclusive("control-failed", `an ordinary handshake is answered with status ${connection.status.value}`);
  connection.end();
}

/** A WebSocket that is not opened, or ended at once. */
const notOpened = (requirement: string, { status }: Dialled, isOver: boolean): Finding =>
  holds(requirement, status.value !== 101 || isOver, {
    expected: "no WebSocket",
    actual: status.value === undefined ? "no answer" : `status ${status.value}`,
    where: status.where,
  });

/** The agent as a WebSocket server (TR-369 "WebSocket Binding"). */
export const websocketServerCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.websocket-server.accepts",
    title: "takes a WebSocket of a controller, and answers over it",
    proves: ["TR-369:R-WS.6", "TR-369:R-WS.11", "TR-369:R-WS.11a"],
    needs,
    drive: (bench) =>
      withCaller(bench, async (caller) => {
        const connection = await caller.dial();
        const { status } = connection;
        const [protocol, extension] = ["sec-websocket-protocol", "sec-websocket-extensions"].map((name) =>
          connection.header(name),
        );
        return { status, protocol, extension, answer: await caller.ask(connection), agentId: bench.agent.endpointId };
      }),
    *judge({ status, protocol, extension, answer, agentId }) {
      yield same("TR-369:R-WS.6", status, 101);
      yield same("TR-369:R-WS.6", answer, "GET_RESP");
      yield same("TR-369:R-WS.11", protocol ?? status, "v1.usp");
      const { value, where } = extension ?? { value: undefined, where: status.where };
      const eid = /bbf-usp-protocol\s*;\s*eid="?([^",;]*)"?/.exec(value ?? "")?.[1];
      yield same("TR-369:R-WS.11a", { value: eid, where }, agentId);
    },
  }),
  uspCase({
    id: "usp.websocket-server.path",
    title: "is reached under the path that its data model shows, and under no other",
    proves: ["TR-369:R-WS.2"],
    needs,
    drive: (bench) =>
      withCaller(bench, async (caller, url) => {
        const elsewhere = await caller.dial({ url: `${url.replace(/\/$/, "")}-assay` });
        const isOver = await elsewhere.closed(SOON);
        const there = await caller.dial();
        return { elsewhere, isOver, there: there.status };
      }),
    *judge({ elsewhere, isOver, there }) {
      yield notOpened("TR-369:R-WS.2", elsewhere, isOver);
      yield same("TR-369:R-WS.2", there, 101);
    },
  }),
  uspCase({
    id: "usp.websocket-server.without-extension",
    title: "takes a handshake without the extension bbf-usp-protocol",
    proves: ["TR-369:R-WS.11c"],
    needs,
    drive: (bench) =>
      withCaller(bench, async (caller) => {
        const connection = await caller.dial({ sendsExtension: false });
        return { status: connection.status, answer: await caller.ask(connection) };
      }),
    *judge({ status, answer }) {
      yield same("TR-369:R-WS.11c", status, 101);
      yield matches("TR-369:R-WS.11c", answer, /^(?:GET_RESP|ERROR)$/, "an answer");
    },
  }),
  uspCase({
    id: "usp.websocket-server.without-protocol",
    title: "opens no WebSocket for a handshake that offers no subprotocol",
    proves: ["TR-369:R-WS.12a"],
    needs,
    drive: (bench) =>
      withCaller(bench, async (caller) => {
        const connection = await caller.dial({ offersProtocol: false });
        const isOver = await connection.closed(SOON);
        connection.end();
        await demandOpen(caller);
        return { connection, isOver };
      }),
    *judge({ connection, isOver }) {
      yield notOpened("TR-369:R-WS.12a", connection, isOver);
    },
  }),
  uspCase({
    id: "usp.websocket-server.one-session",
    title: "has no second WebSocket with a controller that opens one",
    proves: ["TR-369:R-WS.4"],
    references: ["TP-469 7.2"],
    needs: ["usp-websocket-server", "usp-websocket"],
    mtp: "websocket",
    async drive(bench) {
      const { controller, websocket } = bench;
      const first = websocket.current;
      if (first === undefined) throw new Inconclusive("unreachable", "the agent has just closed its connection");
      return calling(bench, controller.endpointId, await listensAt(bench), async (caller) => {
        const second = await caller.dial();
        // Either of the two may be the one that goes.
        const isOver = (await first.closed(SOON)) !== undefined || (await second.closed(0));
        return { second, isOver };
      });
    },
    *judge({ second, isOver }) {
      yield notOpened("TR-369:R-WS.4", second, isOver);
    },
  }),
];
