import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { realClock } from "../clock.ts";
import { answerDigest, parseChallenges } from "../http/digest.ts";
import { type ConnectionRequestServer, startConnectionRequestServer } from "./connection-request.ts";
import { connectionRequestSeams } from "./connection-request-seams.ts";

let server: ConnectionRequestServer;
let happened: string[];
let busy: boolean;
let credentials: { username: string; password: string };
let now: number;

beforeEach(async () => {
  happened = [];
  busy = false;
  credentials = { username: "acs", password: "pass" };
  now = 1_000_000;
  let seed = 1;
  server = await startConnectionRequestServer({
    clock: { ...realClock, now: () => now },
    seams: connectionRequestSeams,
    host: "127.0.0.1",
    port: 0,
    path: "/p4th",
    credentials: () => credentials,
    accept: () => (busy ? "busy" : "accepted"),
    afterwards: () => happened.push("session"),
    random() {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    },
  });
});

afterEach(() => server.close());

/** Everything that comes back for these octets until the phone closes or, after a complete head, sends no more. */
function send(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(text, "latin1"));
    let heard = "";
    socket.on("error", () => resolve(heard));
    socket.on("close", () => resolve(heard));
    socket.on("data", (data) => {
      heard += data.toString("latin1");
      if (heard.includes("\r\n\r\n")) {
        happened.push("answer");
        socket.destroy();
      }
    });
  });
}

const ask = (lines: readonly string[] = [], start = "GET /p4th HTTP/1.1"): Promise<string> =>
  send([start, "Host: phone", ...lines, "", ""].join("\r\n"));

const statusOf = (response: string): number => Number(response.split(" ")[1]);

async function challenge(): Promise<(change?: object) => string> {
  const response = await ask();
  const [given] = parseChallenges([/WWW-Authenticate: (.*)\r/.exec(response)?.[1] ?? ""]);
  if (given === undefined) throw new Error(`no challenge in ${response}`);
  happened = [];
  const usual = { challenge: given, ...credentials, method: "GET", uri: "/p4th", count: 1, cnonce: "c" };
  return (change = {}) => `Authorization: ${answerDigest({ ...usual, ...change })}`;
}

describe("a connection request", () => {
  it("is challenged with Digest and qop auth, over a connection that stays", async () => {
    const response = await ask();
    expect(response).toMatch(/^HTTP\/1\.1 401 /);
    expect(response).toMatch(/WWW-Authenticate: Digest realm="[^"]+", qop="auth", algorithm=MD5, nonce="[0-9a-f]{32}"\r/);
    expect(response).not.toMatch(/Connection: close/);
    expect(happened).toEqual(["answer"]);
  });

  it("with the right answer is accepted, and the session starts after the answer", async () => {
    const authorization = await challenge();
    expect(await ask([authorization()])).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 0\r\n/);
    expect(happened.toSorted()).toEqual(["answer", "session"]);
    expect(statusOf(await ask([authorization({ count: 2 })]))).toBe(200);
  });

  it("is refused for anything that is wrong, for a replay and for Basic", async () => {
    const authorization = await challenge();
    for (const change of [{ password: "x" }, { username: "x" }, { uri: "/other" }, { method: "POST" }]) {
      expect(statusOf(await ask([authorization(change)])), JSON.stringify(change)).toBe(401);
    }
    expect(statusOf(await ask([`Authorization: Basic ${Buffer.from("acs:pass").toString("base64")}`]))).toBe(401);
    expect(statusOf(await ask([authorization()]))).toBe(200);
    expect(await ask([authorization()])).toMatch(/401[\s\S]*stale=true/);
    now += 600_000;
    expect(statusOf(await ask([authorization({ count: 2 })]))).toBe(401);
    expect(happened.filter((what) => what === "session")).toHaveLength(1);
  });

  it("is never accepted while no credentials are configured", async () => {
    credentials = { username: "", password: "" };
    const authorization = await challenge();
    expect(statusOf(await ask([authorization()]))).toBe(401);
    expect(statusOf(await ask())).toBe(401);
  });

  it("is turned away with 503 and without Retry-After when the phone is busy or flooded", async () => {
    const authorization = await challenge();
    busy = true;
    const response = await ask([authorization()]);
    expect(statusOf(response)).toBe(503);
    expect(response).not.toMatch(/retry-after/i);
    busy = false;
    const statuses: number[] = [];
    for (let count = 2; count < 34; count += 1) statuses.push(statusOf(await ask([authorization({ count })])));
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    now += 3_000;
    expect(statusOf(await ask([authorization({ count: 40 })]))).toBe(200);
    expect(happened.filter((what) => what === "session")).toHaveLength(31);
  });

  it("is a GET for the exact path, from HTTP/1.0 too, with or without a body", async () => {
    const authorization = await challenge();
    expect(statusOf(await ask([authorization({ method: "POST" }), "Content-Length: 0"], "POST /p4th HTTP/1.1"))).toBe(405);
    expect(statusOf(await ask([authorization({ method: "HEAD" })], "HEAD /p4th HTTP/1.1"))).toBe(405);
    expect(statusOf(await ask([authorization({ uri: "/p4th/" })], "GET /p4th/ HTTP/1.1"))).toBe(404);
    expect(happened).not.toContain("session");
    expect(statusOf(await ask([authorization()], "GET /p4th HTTP/1.0"))).toBe(200);
    expect(
      statusOf(await send(`GET /p4th HTTP/1.1\r\nHost: x\r\n${authorization({ count: 2 })}\r\nContent-Length: 3\r\n\r\nabc`)),
    ).toBe(200);
  });

  it("gets through beside garbage, long heads and silent connections", async () => {
    const silent = Array.from({ length: 25 }, () => connect(server.port, "127.0.0.1"));
    expect(statusOf(await send("\u0016\u0003\u0001\u0002\r\n\r\n"))).toBe(400);
    expect(statusOf(await ask([`X: ${"x".repeat(20_000)}`]))).toBe(431);
    expect(statusOf(await ask([(await challenge())()]))).toBe(200);
    for (const socket of silent) socket.destroy();
  });
});
