import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Clock, realClock } from "../clock.ts";
import { httpSeams } from "../cwmp/http-seams.ts";
import { AcsClient } from "./client.ts";
import { answer, type HeardRequest, octets, type RawServer, startRawServer } from "./raw-server.ts";

const started: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

async function acs(...script: ((socket: Socket, request: HeardRequest) => void)[]): Promise<RawServer> {
  const server = await startRawServer(script);
  started.push(server);
  return server;
}

const clientOf = (server: RawServer, more: { clock?: Clock; seams?: typeof httpSeams } = {}): AcsClient =>
  new AcsClient({
    clock: realClock,
    seams: httpSeams,
    url: `http://127.0.0.1:${server.port}/acs?a=b`,
    username: "user",
    password: "secret",
    random: () => 0.5,
    ...more,
  });

const fieldOf = (server: RawServer, index: number, name: string): string | undefined =>
  new RegExp(`^${name}:[ ]?(.*)\\r$`, "im").exec(server.heard[index]?.head ?? "")?.[1];

describe("requests", () => {
  it("carry SOAPAction and Content-Type exactly with an envelope, and the length in octets", async () => {
    const server = await acs(answer(204), answer(204));
    const client = clientOf(server);
    await client.post("<ä/>", "request");
    await client.post("", "empty");
    expect(server.heard[0]?.head).toBe(
      `POST /acs?a=b HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: CPE-Assay-Phone/1.0\r\n` +
        "Content-Type: text/xml; charset=utf-8\r\nSOAPAction:\r\nContent-Length: 5\r\n",
    );
    expect(server.heard[1]?.head).toBe(
      `POST /acs?a=b HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUser-Agent: CPE-Assay-Phone/1.0\r\nContent-Length: 0\r\n`,
    );
    expect(server.heard.map(({ connection }) => connection)).toEqual([1, 1]);
    client.close();
  });

  it("go over a new connection when the ACS has closed the old one, announced or not", async () => {
    const server = await acs(
      answer(200, ["Connection: close"], "<a/>"),
      (socket) => {
        answer(200, [], "<b/>")(socket);
        socket.end();
      },
      answer(204),
    );
    const client = clientOf(server);
    for (const kind of ["request", "response", "empty"] as const) {
      expect(await client.post(kind === "empty" ? "" : "<x/>", kind)).toMatchObject({ kind: "answer" });
    }
    expect(server.heard.map(({ connection }) => connection)).toEqual([1, 2, 3]);
    client.close();
  });

  it("are not repeated when the ACS closes instead of answering", async () => {
    const server = await acs(answer(204), (socket) => socket.end());
    const client = clientOf(server);
    await client.post("<x/>", "request");
    expect(await client.post("<y/>", "response")).toMatchObject({ kind: "failed" });
    expect(server.heard).toHaveLength(2);
    client.close();
  });
});

describe("requests of variants, to node's server", () => {
  async function node(refusals: number): Promise<{ server: RawServer; bodies: string[] }> {
    const bodies: string[] = [];
    const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const pieces: Buffer[] = await request.toArray();
      bodies.push(Buffer.concat(pieces).toString());
      response.writeHead(204).end();
    };
    const server = createServer((request, response) => void take(request, response));
    let left = refusals;
    server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
      left -= 1;
      if (left >= 0) response.writeHead(302, { Location: "/there", "Content-Length": 0 }).end();
      else {
        response.writeContinue();
        void take(request, response);
      }
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const stop = async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
    };
    started.push({ stop });
    return { server: { port: (server.address() as AddressInfo).port, heard: [], stop }, bodies };
  }

  it("go in chunks", async () => {
    const { server, bodies } = await node(0);
    const chunks = (whole: Buffer): Buffer[] => [whole.subarray(0, 3), whole.subarray(3)];
    const client = clientOf(server, { seams: { ...httpSeams, chunks } });
    for (const text of ["<abcdefghijklmnopqrst/>", "<ä/>"]) {
      expect(await client.post(text, "request")).toMatchObject({ status: 204 });
    }
    expect(bodies).toEqual(["<abcdefghijklmnopqrst/>", "<ä/>"]);
    client.close();
  });

  it("wait for leave to send the body, and take the connection for lost when it was not wanted", async () => {
    const { server, bodies } = await node(1);
    const client = clientOf(server, {
      seams: { ...httpSeams, expectContinue: () => ({ milliseconds: 60_000, heedsContinue: true }) },
    });
    for (const text of ["<x/>", "<y/>"]) expect(await client.post(text, "request")).toMatchObject({ status: 204 });
    expect(bodies).toEqual(["<x/>", "<y/>"]);
    client.close();
  });
});

describe("responses", () => {
  it.each([
    [
      "chunked with extensions and trailer",
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3;x="1"\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n',
      "abcde",
    ],
    ["with lower-case names and blanks", "HTTP/1.1 200 OK\r\ncontent-length:   5  \r\n\r\nabcde", "abcde"],
    [
      "after interim responses",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 X\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      "ok",
    ],
    ["without length of the body", "HTTP/1.1 204 No Content\r\n\r\n", ""],
    ["204 with a Content-Length", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", ""],
    ["without reason phrase", "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx", "x"],
  ])("are read %s, whole and octet by octet", async (_what, text, body) => {
    const slowly = (socket: Socket): void => {
      for (const octet of text) socket.write(octet, "latin1");
    };
    const server = await acs(octets(text), slowly);
    const client = clientOf(server);
    for (const _ of [1, 2])
      expect(await client.post("<x/>", "request")).toMatchObject({ kind: "answer", body: Buffer.from(body) });
    expect(server.heard.map(({ connection }) => connection)).toEqual([1, 1]);
    client.close();
  });

  it("may end with the connection", async () => {
    const server = await acs((socket) => socket.end("HTTP/1.0 200 OK\r\n\r\n<x/>"));
    expect(await clientOf(server).post("<x/>", "request")).toEqual({ kind: "answer", status: 200, body: Buffer.from("<x/>") });
  });

  it.each([
    ["cut off", (socket: Socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), /in the middle/],
    ["two lengths", octets("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), /Content-Length is 1, 2/],
    ["no HTTP", octets("220 mail ready\r\n\r\n"), /no status line/],
  ])("fail the session: %s", async (_what, script, reason) => {
    const server = await acs(script);
    expect(await clientOf(server).post("<x/>", "request")).toMatchObject({
      kind: "failed",
      reason: expect.stringMatching(reason),
    });
  });

  it("fail the session when none comes within 60 s, and not before", async () => {
    let now = 0;
    const alarms = new Map<() => void, number>();
    const clock: Clock = {
      ...realClock,
      now: () => now,
      after(milliseconds, action) {
        alarms.set(action, now + milliseconds);
        return () => alarms.delete(action);
      },
    };
    let asked = (): void => {};
    const reached = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const server = await acs(() => asked());
    const posted = clientOf(server, { clock }).post("<x/>", "request");
    await reached;
    expect([...alarms.values()]).toEqual([60_000]);
    now = 60_000;
    for (const action of [...alarms.keys()]) action();
    expect(await posted).toMatchObject({ kind: "failed", reason: expect.stringContaining("60 s") });
  });
});

describe("authentication", () => {
  const challenge =
    'WWW-Authenticate: Basic realm="b", Digest realm="a, \\"b\\" = c", nonce="n1", qop="auth-int, auth", opaque="o", algorithm=MD5';

  it("prefers Digest, counts the uses of a nonce and goes ahead of further challenges", async () => {
    const server = await acs(answer(401, [challenge], "no"), answer(204), answer(204));
    const client = clientOf(server);
    await client.post("<x/>", "request");
    await client.post("", "empty");
    expect(fieldOf(server, 0, "Authorization")).toBeUndefined();
    expect(fieldOf(server, 1, "Authorization")).toMatch(
      /^Digest username="user", realm="a, \\"b\\" = c", nonce="n1", uri="\/acs\?a=b", response="[0-9a-f]{32}", algorithm=MD5, opaque="o", qop=auth, nc=00000001, cnonce="/,
    );
    expect(fieldOf(server, 2, "Authorization")).toContain("nc=00000002");
    expect(server.heard[1]?.body).toBe("<x/>");
    expect(server.heard.map(({ connection }) => connection)).toEqual([1, 1, 1]);
    client.close();
  });

  it("gives up after a second 401, and answers a stale nonce and a later challenge once", async () => {
    const refusing = await acs(answer(401, [challenge]), answer(401, [challenge]));
    expect(await clientOf(refusing).post("<x/>", "request")).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("refuses"),
    });
    expect(refusing.heard).toHaveLength(2);

    const fresh = (more: string): string => `WWW-Authenticate: Digest realm="r", nonce="n${Math.random()}", qop="auth"${more}`;
    const server = await acs(
      answer(401, [challenge]),
      answer(401, [fresh(", stale=TRUE")]),
      answer(204),
      answer(401, [fresh("")]),
      answer(204),
    );
    const client = clientOf(server);
    expect(await client.post("<x/>", "request")).toMatchObject({ status: 204 });
    expect(await client.post("", "empty")).toMatchObject({ status: 204 });
    client.close();
  });

  it("fails on schemes that it does not know", async () => {
    const server = await acs(answer(401, ["WWW-Authenticate: Bearer abc=="]));
    expect(await clientOf(server).post("<x/>", "request")).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("bearer"),
    });
  });
});

describe("cookies and redirects", () => {
  it("returns every cookie as name=value, with its last value, until it ends", async () => {
    const server = await acs(
      answer(200, ["Set-Cookie: a=1; Path=/; HttpOnly", 'set-cookie: b="x y"', "Set-Cookie: c=3"], "<x/>"),
      answer(
        200,
        ["Set-Cookie: a=2", "Set-Cookie: c=; Max-Age=0", "Set-Cookie: d=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
        "<x/>",
      ),
      answer(204),
    );
    const client = clientOf(server);
    for (const _ of [1, 2, 3]) await client.post("<x/>", "request");
    expect([0, 1, 2].map((index) => fieldOf(server, index, "Cookie"))).toEqual([undefined, 'a=1; b="x y"; c=3', 'a=2; b="x y"']);
    client.close();
  });

  it("sends the same POST, with the cookies, to where a redirect leads, and stays there for the session", async () => {
    const other = await acs(answer(204), answer(204));
    const server = await acs(
      answer(307, ["Location: /next", "Set-Cookie: s=1"], "<html>elsewhere</html>"),
      answer(302, [`Location: http://127.0.0.1:${other.port}/there?q`]),
    );
    const client = clientOf(server);
    await client.post("<x/>", "request");
    await client.post("", "empty");
    expect(server.heard.map(({ head }) => head.split(" ")[1])).toEqual(["/acs?a=b", "/next"]);
    expect(other.heard.map(({ head, body }) => [head.split(" HTTP")[0], body])).toEqual([
      ["POST /there?q", "<x/>"],
      ["POST /there?q", ""],
    ]);
    expect(fieldOf(other, 0, "Cookie")).toBe("s=1");
    client.close();
  });

  it("gives up on a circle of redirects", async () => {
    const server = await acs(...Array.from({ length: 30 }, () => answer(302, ["Location: /acs"])));
    expect(await clientOf(server).post("<x/>", "request")).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("in a row"),
    });
    expect(server.heard).toHaveLength(21);
  });
});
