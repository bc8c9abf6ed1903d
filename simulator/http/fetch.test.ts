import type { Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { realClock } from "../clock.ts";
import { download, upload } from "./fetch.ts";
import { fetchSeams } from "./fetch-seams.ts";
import { answer, type HeardRequest, type RawServer, startRawServer } from "./raw-server.ts";

const started: RawServer[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

async function files(...script: ((socket: Socket, request: HeardRequest) => void)[]): Promise<RawServer> {
  const server = await startRawServer(script);
  started.push(server);
  return server;
}

const from = (address: string) => ({
  clock: realClock,
  seams: fetchSeams,
  url: address,
  username: "user",
  password: "secret",
  random: () => 0.5,
});

it("gets a file by way of a redirect and a challenge", async () => {
  const server = await files(
    answer(302, ["Location: /b"]),
    answer(401, ['WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"', 'WWW-Authenticate: Basic realm="r"']),
    answer(200, [], "content"),
  );
  expect(await download(from(`http://127.0.0.1:${server.port}/a`))).toEqual({ kind: "file", content: Buffer.from("content") });
  expect(server.heard.map(({ head, connection }) => [head.split(" HTTP")[0], connection])).toEqual([
    ["GET /a", 1],
    ["GET /b", 1],
    ["GET /b", 1],
  ]);
  expect(server.heard[2]?.head).toContain('Authorization: Digest username="user"');
});

it("puts a file with PUT, with Basic credentials where those are asked for", async () => {
  const server = await files(answer(401, ['WWW-Authenticate: Basic realm="r"']), answer(201));
  const file = { content: Buffer.from("config"), contentType: "text/xml" };
  expect(await upload({ ...from(`http://127.0.0.1:${server.port}/up`), ...file })).toEqual({ kind: "done" });
  expect(server.heard.map(({ head, body }) => [head.split(" HTTP")[0], body])).toEqual([
    ["PUT /up", "config"],
    ["PUT /up", "config"],
  ]);
  expect(server.heard[1]?.head).toContain("Authorization: Basic dXNlcjpzZWNyZXQ=");
});

it.each([
  [9012, answer(401, ['WWW-Authenticate: Basic realm="r"'])],
  [9016, answer(404)],
  [9016, answer(403)],
  [9010, answer(500)],
  [9017, (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")],
] as const)("calls a failed download %i", async (code, script) => {
  const server = await files(script, script);
  expect(await download(from(`http://127.0.0.1:${server.port}/a`))).toMatchObject({ kind: "failed", code });
});

it("calls what it cannot speak 9013, and a server that is not there 9015", async () => {
  for (const url of ["tftp://127.0.0.1/a", "no url"])
    expect(await download(from(url))).toMatchObject({ kind: "failed", code: 9013 });
  const gone = await files();
  await gone.stop();
  const url = `http://127.0.0.1:${gone.port}/a`;
  expect(await download(from(url))).toMatchObject({ kind: "failed", code: 9015 });
  expect(await upload({ ...from(url), content: Buffer.from("x"), contentType: "text/plain" })).toMatchObject({
    kind: "failed",
    code: 9015,
  });
});
