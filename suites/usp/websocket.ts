import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { RecordFields, UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import type { AgentConnection, Closing } from "../../harness/controller/websocket.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, matches, present, same } from "../../harness/core/finding.ts";
import { encodeMsg } from "../../harness/wire/usp-write.ts";
import { OPCODE } from "../../harness/wire/websocket.ts";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import { tellsEndpointId } from "./support/answers.ts";
import { known } from "./support/known.ts";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";
const KEEP_ALIVE = "WebSocket.KeepAliveInterval";

const OPENS = "TR-369:R-WS.5";
const CLOSES = "TR-369:R-WS.8";
const NO_EXTENSION = "TR-369:R-WS.11b";
const NO_SUBPROTOCOL = "TR-369:R-WS.12";
const CONTROL_FRAMES = "TR-369:R-WS.13";
const FRAGMENTS = "TR-369:R-WS.14b";
const UNREADABLE = "TR-369:R-WS.16";
const PINGS = "TR-369:R-WS.17";
const INTERVAL = "TR-369:R-WS.18";

/** Seconds between pings that a case sets, and by how many they may miss them. */
const PING_EVERY = 20;
const PING_SLACK = 5;

/** The connection of the moment. @throws Inconclusive when it is gone since the agent was there */
function currentOf(bench: UspBench): AgentConnection {
  const { current } = bench.websocket;
  if (current === undefined) throw new Inconclusive("unreachable", "the agent has just closed its connection");
  return current;
}

/** That the agent answers a Get. */
function* answersGet(requirement: string, reply: UspReply): Iterable<Finding> {
  yield holds(requirement, tellsEndpointId(reply), {
    expected: "a GetResp",
    actual: reply.summary.value,
    where: reply.summary.where,
  });
}

/** How the connection ended after something was sent that is no record. */
async function closedAfter(bench: UspBench, send: (connection: AgentConnection) => Promise<unknown>) {
  const connection = currentOf(bench);
  await send(connection);
  return { connection: connection.number, closing: await connection.closed(bench.patience.response) };
}

const closedWith = (
  requirement: string,
  { connection, closing }: { readonly connection: number; readonly closing: Closing | undefined },
  code: number,
): Finding => same(requirement, closing?.summary ?? { value: "still open", where: `connection ${connection}` }, `Close ${code}`);

/** Milliseconds in which an agent that does not want a connection ends it. */
const UNWANTED = 2_000;

/** What came of the next connection, after the one of the moment was closed. */
async function nextConnection(bench: UspBench) {
  const last = currentOf(bench);
  await last.close();
  const opened = await bench.websocket.opened(bench.patience.reboot);
  const closing = await opened?.closed(UNWANTED);
  const stays = opened !== undefined && closing === undefined;
  const where = opened?.upgrade.where ?? `after connection ${last.number}`;
  const happened = closing?.summary.value ?? (stays ? "one" : undefined);
  return { happened: { value: happened, where }, reply: stays ? await bench.controller.get([ENDPOINT_ID]) : undefined };
}

function* answersOnIt(requirement: string, { happened, reply }: Awaited<ReturnType<typeof nextConnection>>): Iterable<Finding> {
  yield holds(requirement, reply !== undefined, {
    expected: "another connection, which stays",
    actual: happened.value,
    where: happened.where,
  });
  if (reply !== undefined) yield* answersGet(requirement, reply);
}

export const websocketCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.websocket.opens",
    mtp: "websocket",
    title: "opens a WebSocket again after it was closed, and answers on it",
    proves: [OPENS],
    references: ["TP-469 7.1"],
    waits: 10,
    async drive(bench) {
      await known(bench);
      return nextConnection(bench);
    },
    *judge(seen) {
      yield* answersOnIt(OPENS, seen);
    },
  }),
  uspCase({
    id: "usp.websocket.close",
    mtp: "websocket",
    title: "answers a Close frame by a Close frame",
    proves: [CLOSES],
    references: ["TP-469 7.4"],
    async drive(bench) {
      await known(bench);
      return { closing: await currentOf(bench).close(1000, "", bench.patience.response) };
    },
    *judge({ closing }) {
      yield matches(CLOSES, closing.summary, /^Close /, "a Close frame");
    },
  }),
  uspCase({
    id: "usp.websocket.no-extension",
    mtp: "websocket",
    title: "takes a handshake answer without the extension bbf-usp-protocol",
    proves: [NO_EXTENSION],
    references: ["TP-469 7.11"],
    waits: 10,
    async drive(bench) {
      await known(bench);
      bench.websocket.answers = { extension: "never" };
      return nextConnection(bench);
    },
    *judge(seen) {
      yield* answersOnIt(NO_EXTENSION, seen);
    },
  }),
  uspCase({
    id: "usp.websocket.no-subprotocol",
    mtp: "websocket",
    title: "uses no WebSocket whose handshake answer names no subprotocol",
    proves: [NO_SUBPROTOCOL],
    waits: 40,
    async drive(bench) {
      await known(bench);
      const { websocket, patience, recording } = bench;
      websocket.answers = { protocol: false };
      await currentOf(bench).close();
      const attempt = await websocket.attempt(patience.reboot);
      if (attempt === undefined) throw new Inconclusive("precondition", "the agent did not try to open a WebSocket again");
      const opened = await websocket.opened(patience.sessionEnd);
      const closing = await opened?.closed(patience.response);
      websocket.answers = {};
      const records = recording.usp.filter(({ connection, from }) => connection === attempt.connection && from === "agent");
      return { where: attempt.where, closed: opened === undefined || closing !== undefined, records: records.length };
    },
    *judge({ where, closed, records }) {
      yield holds(NO_SUBPROTOCOL, closed && records === 0, {
        expected: "a connection that the agent ends without a record",
        actual: `${closed ? "closed" : "still open"}, ${records} records`,
        where,
      });
    },
  }),
  uspCase({
    id: "usp.websocket.fragments",
    mtp: "websocket",
    title: "takes a record that comes in several frames, with a Ping between them",
    proves: [FRAGMENTS],
    references: ["TP-469 7.12"],
    async drive(bench) {
      await known(bench);
      const framing = { fragments: [16], between: [{ opcode: OPCODE.ping, payload: Buffer.from("between") }] };
      return { reply: await bench.controller.get([ENDPOINT_ID], 0, { framing }) };
    },
    *judge({ reply }) {
      yield* answersGet(FRAGMENTS, reply);
    },
  }),
  uspCase({
    id: "usp.websocket.malformed-record",
    mtp: "websocket",
    title: "closes the WebSocket with 1003 on octets that are no record",
    proves: [UNREADABLE],
    references: ["TP-469 7.6"],
    async drive(bench) {
      // Field 1, a text of 127 octets, of which three are there.
      return closedAfter(bench, (connection) => connection.send(Buffer.from("0a7f312e33", "hex")));
    },
    *judge(seen) {
      yield closedWith(UNREADABLE, seen, 1003);
    },
  }),
  uspCase({
    id: "usp.websocket.text-frame",
    mtp: "websocket",
    title: "closes the WebSocket with 1003 on a record in a text frame",
    proves: [UNREADABLE],
    references: ["TP-469 7.6"],
    async drive(bench) {
      const { controller, agent } = bench;
      const reqType = { case: "get" as const, value: { paramPaths: [ENDPOINT_ID] } };
      const payload = encodeMsg({
        header: { msgId: "assay-text", msgType: Header_MsgType.GET },
        body: { msgBody: { case: "request", value: { reqType } } },
      });
      const record: RecordFields = {
        version: controller.version,
        toId: agent.endpointId,
        fromId: controller.endpointId,
        recordType: { case: "noSessionContext", value: { payload } },
      };
      return closedAfter(bench, () => controller.send(record, { opcode: OPCODE.text }));
    },
    *judge(seen) {
      yield closedWith(UNREADABLE, seen, 1003);
    },
  }),
  uspCase({
    id: "usp.websocket.ping",
    mtp: "websocket",
    title: "answers a Ping by a Pong with the same data",
    proves: [CONTROL_FRAMES],
    references: ["TP-469 7.7"],
    async drive(bench) {
      await known(bench);
      const connection = currentOf(bench);
      const pong = await connection.ping(Buffer.from("assay ping"), 60_000);
      return { connection: connection.number, pong: pong?.where };
    },
    *judge({ connection, pong }) {
      yield present(CONTROL_FRAMES, { value: pong, where: pong ?? `connection ${connection}` }, "a Pong with its data");
    },
  }),
  uspCase({
    id: "usp.websocket.unsolicited-pong",
    mtp: "websocket",
    title: "keeps a WebSocket open on which a Pong came that nothing asked for",
    proves: [CONTROL_FRAMES],
    references: ["TP-469 7.7"],
    async drive(bench) {
      await known(bench);
      const connection = currentOf(bench);
      await connection.sendFrame({ opcode: OPCODE.pong, payload: Buffer.from("unasked") });
      const reply = await bench.controller.get([ENDPOINT_ID]);
      return { connection: connection.number, reply };
    },
    *judge({ connection, reply }) {
      const isSame = reply.log?.connection === connection;
      yield holds(CONTROL_FRAMES, isSame, {
        expected: `a GetResp on connection ${connection}`,
        actual: reply.log === undefined ? reply.summary.value : `${reply.summary.value} on connection ${reply.log.connection}`,
        where: reply.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.websocket.keep-alive",
    mtp: "websocket",
    title: "pings in the interval that it is set to",
    proves: [PINGS, INTERVAL],
    waits: 3 * (PING_EVERY + PING_SLACK),
    async drive(bench) {
      const { agent, controller } = bench;
      const path = `${agent.mtpPath}${KEEP_ALIVE}`;
      if (!agent.supports(path)) throw new Inconclusive("precondition", `the agent has no ${path} to set the interval by`);
      const before = parametersIn(await controller.get([path])).get(path)?.value;
      const interval = (value: string) => {
        const cut = path.lastIndexOf(".") + 1;
        return controller.set([{ path: path.slice(0, cut), params: [{ name: path.slice(cut), value, required: true }] }]);
      };
      const set = await interval(String(PING_EVERY));
      if (set.summary.value !== "SET_RESP") throw new Inconclusive("precondition", `setting ${path}: ${set.summary.value}`);
      const connection = currentOf(bench);
      const pings: number[] = [];
      for (let left = 3; left > 0; left -= 1) {
        const ping = await connection.nextFrame(({ frame }) => frame.opcode === OPCODE.ping, 1000 * (PING_EVERY + PING_SLACK));
        if (ping === undefined) break;
        pings.push(ping.at / 1000);
      }
      if (before !== undefined) await interval(before);
      return { connection: connection.number, pings };
    },
    *judge({ connection, pings }) {
      const where = `connection ${connection}`;
      yield holds(PINGS, pings.length > 0, { expected: "a Ping", actual: `${pings.length} Pings`, where });
      const gaps = pings.slice(1).map((at, index) => at - (pings[index] ?? 0));
      yield holds(INTERVAL, gaps.length > 0 && gaps.every((gap) => Math.abs(gap - PING_EVERY) <= PING_SLACK), {
        expected: `Pings ${PING_EVERY} s apart`,
        actual: gaps.length === 0 ? "fewer than two" : `${gaps.map((gap) => Math.round(gap * 10) / 10).join(" s, ")} s apart`,
        where,
      });
    },
  }),
];
