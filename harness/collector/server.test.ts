import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type KeyAndCertificate, makeCertificate } from "../core/certificate.ts";
import { realClock } from "../core/clock.ts";
import { Recording } from "../trace/recording.ts";
import { BulkDataCollector } from "./server.ts";

const patience = { response: 1000, request: 1000 } as never;
let recording: Recording;
let collector: BulkDataCollector;
let certificate: KeyAndCertificate;

beforeEach(async () => {
  recording = new Recording();
  certificate = await makeCertificate(realClock, { commonName: "127.0.0.1" });
  collector = new BulkDataCollector({
    context: { clock: realClock, recording, patience },
    host: "127.0.0.1",
    tls: async () => certificate,
  });
});

afterEach(() => collector.stop());

test("a delivery is given with its query, its header and its content", async () => {
  const inbox = await collector.open();
  const response = await fetch(`${inbox.url}?oui=00005E&ct=a%20b`, {
    method: "POST",
    headers: { "Content-Type": "application/json; charset=UTF-8", "Content-Encoding": "gzip" },
    body: gzipSync("{}"),
  });
  expect(response.status).toBe(200);
  const delivery = await inbox.next(0);
  expect(delivery).toMatchObject({ method: "POST", isReadable: true, where: "delivery #1 (POST /b1)" });
  expect([...(delivery?.query ?? [])]).toEqual([
    ["oui", "00005E"],
    ["ct", "a b"],
  ]);
  expect(delivery?.header("content-type").value).toBe("application/json; charset=UTF-8");
  expect(delivery?.body.toString()).toBe("{}");
  expect(await inbox.next(0)).toBeUndefined();
  expect(recording.connections.map(({ purpose, tls }) => [purpose, tls])).toEqual([["bulk-data", false]]);
});

test("it takes chunks (TR-369 R-BULK.0)", async () => {
  const inbox = await collector.open();
  const { port, pathname } = new URL(inbox.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`);
  expect((await inbox.next(1000))?.body.toString()).toBe("abcde");
  socket.destroy();
});

test("it answers as it is told, and what has no place with 404", async () => {
  const inbox = await collector.open();
  inbox.answers = () => ({ status: inbox.deliveries.length === 0 ? 503 : 200 });
  const statuses = [];
  for (const url of [inbox.url, inbox.url, `${inbox.url}0`])
    statuses.push((await fetch(url, { method: "PUT", body: "x" })).status);
  expect(statuses).toEqual([503, 200, 404]);
  inbox.answers = () => ({ status: 200, cut: 0 });
  await expect(fetch(inbox.url, { method: "PUT", body: "x" })).rejects.toThrow();
});

test("a place is gone once the case that has opened it is over", async () => {
  const inbox = await collector.open();
  collector.settle();
  expect((await fetch(inbox.url, { method: "POST", body: "x" })).status).toBe(404);
  expect(inbox.deliveries).toEqual([]);
});

test("a content coding that is none is told, and the body kept as it is", async () => {
  const inbox = await collector.open();
  await fetch(inbox.url, { method: "POST", headers: { "Content-Encoding": "gzip" }, body: "plain" });
  expect(await inbox.next(0)).toMatchObject({ isReadable: false, body: Buffer.from("plain") });
});

test("a place over TLS has a URL of its own, which takes no plain HTTP", async () => {
  const inbox = await collector.open("https");
  expect(inbox.url).toMatch(/^https:/);
  await expect(fetch(inbox.url.replace("https:", "http:"), { method: "POST", body: "x" })).rejects.toThrow();
  expect(inbox.deliveries).toEqual([]);
});
