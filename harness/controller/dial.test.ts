import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { defaultPatience } from "../acs/patience.ts";
import { realClock } from "../core/clock.ts";
import { Recording } from "../trace/recording.ts";
import { encodeRecord } from "../wire/usp-write.ts";
import { dial } from "./dial.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An agent that listens, made of a WebSocket server that is not ours: it gives back what it is sent, in two frames. */
async function listening(status: 101 | 403) {
  const server = createServer();
  servers.push(server);
  const upgrades: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    upgrades.push(`${request.url} ${request.headers["sec-websocket-protocol"]} ${request.headers["sec-websocket-extensions"]}`);
    if (status === 403) return void socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (agent) => {
      agent.on("message", (octets: Buffer) => {
        agent.send(octets.subarray(0, 4), { fin: false });
        agent.send(octets.subarray(4), { fin: true });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/usp?a=1`, upgrades };
}

const started = () => ({
  clock: realClock,
  recording: new Recording(),
  patience: { ...defaultPatience, response: 500, sessionEnd: 300 },
});

test("a WebSocket is opened to an agent, and records go both ways", async () => {
  const { url, upgrades } = await listening(101);
  const context = started();
  const connection = await dial(context, { url, endpointId: "self::a%1" });
  expect(connection.status.value).toBe(101);
  expect(connection.header("sec-websocket-protocol").value).toBe("v1.usp");
  expect(upgrades).toEqual(['/usp?a=1&eid=self%3A%3Aa%251 v1.usp bbf-usp-protocol; eid="self::a%1"']);
  await connection.send(encodeRecord({ version: "1.4", toId: "os::b", fromId: "self::a" }));
  const log = await connection.next(() => true, 500);
  expect(log?.record.at("to_id").value).toBe("os::b");
  expect(context.recording.usp.map(({ from }) => from)).toEqual(["controller", "agent"]);
  connection.end();
  expect(await connection.closed(500)).toBe(true);
  expect(connection.open).toBe(false);
});

test("a refusal, and an agent that is not there, are told and not thrown", async () => {
  const { url } = await listening(403);
  const refused = await dial(started(), { url, endpointId: "self::a", offersProtocol: false });
  expect([refused.status.value, refused.open]).toEqual([403, false]);
  const nobody = await dial(started(), { url: "ws://127.0.0.1:1/usp", endpointId: "self::a" });
  expect([nobody.status.value, nobody.open]).toEqual([undefined, false]);
  await nobody.send(Buffer.from("x"));
});
