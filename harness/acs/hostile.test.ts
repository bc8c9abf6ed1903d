import { randomBytes } from "node:crypto";
import { connect as connectTls } from "node:tls";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { VirtualClock } from "../core/virtual-clock.ts";
import { defaultPatience } from "./patience.ts";
import { LARGEST_BODY } from "./reader.ts";
import { Phone, type StartedAcs, soap, started, stopAll } from "./scripted-phone.ts";

afterEach(stopAll);

/** The ACS still takes a session. */
async function alive(acs: StartedAcs): Promise<void> {
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    await phone.post("");
    phone.close();
  });
  expect((await (await acs.session()).end()).kind).toBe("closed");
}

const reasons = (acs: StartedAcs): readonly string[] => acs.recording.garbage.map(({ reason }) => reason);

test("octets that are no HTTP are recorded and the connection is closed", async () => {
  const acs = await started();
  const garbage = [
    randomBytes(50_000),
    "hello\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    `POST / HTTP/1.1\r\nA: ${"b".repeat(20_000)}\r\n\r\n`,
    "CONNECT a:1 HTTP/1.1\r\n\r\n",
  ];
  for (const octets of garbage) {
    const phone = new Phone(acs);
    phone.write(octets);
    await phone.answer();
    expect((await phone.answer()).status).toBe(0);
  }
  expect(reasons(acs)).toHaveLength(garbage.length);
  expect(acs.recording.garbage[1]).toMatchObject({ reason: "not HTTP: Invalid method encountered", where: "connection #2" });
  expect(acs.recording.garbage[1]?.raw.toString()).toBe("hello\r\n\r\n");
  expect(reasons(acs)[4]).toBe("a head larger than 16 KB");
  await alive(acs);
});

test("garbage within a session is a reply", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    await phone.post("", { body: "not XML" });
    phone.write("not HTTP\r\n\r\n");
  });
  const session = await acs.contact();
  expect(await session.informResponse()).toMatchObject({ kind: "garbage", summary: { value: "a body without a SOAP message" } });
  const reply = await session.getRPCMethods();
  expect(reply).toMatchObject({ kind: "garbage", exchange: undefined, summary: { where: "connection #1, session 1" } });
  expect((await session.end()).kind).toBe("broken");
});

test("a request that is never complete is given up", async () => {
  const acs = await started();
  for (const part of ["POST /acs HT", "POST /acs HTTP/1.1\r\nHost: acs\r\nContent-Length: 10\r\n\r\nabc"]) {
    const phone = new Phone(acs);
    phone.write(part);
    expect((await phone.answer()).status).toBe(408);
  }
  const leaving = new Phone(acs);
  leaving.write("POST /acs");
  await new Promise((resolve) => setTimeout(resolve, 30));
  leaving.close();
  await alive(acs);
  expect(reasons(acs)).toEqual([
    "not complete 300 ms after its first octet",
    "not complete 300 ms after its first octet",
    "the connection was closed in the middle of a request",
  ]);
});

test("a body over the limit is refused, announced or chunked without end", async () => {
  const acs = await started();
  const announced = new Phone(acs);
  announced.write(`POST /acs HTTP/1.1\r\nHost: acs\r\nExpect: 100-continue\r\nContent-Length: ${LARGEST_BODY + 1}\r\n\r\n`);
  expect((await announced.answer()).status).toBe(413);
  const endless = new Phone(acs);
  endless.write("POST /acs HTTP/1.1\r\nHost: acs\r\nTransfer-Encoding: chunked\r\n\r\n");
  const chunk = Buffer.concat([Buffer.from("100000\r\n"), Buffer.alloc(0x100000, 97), Buffer.from("\r\n")]);
  for (let count = 0; count < 100; count += 1) endless.write(chunk);
  await endless.answer();
  await alive(acs);
  expect(reasons(acs)).toEqual(["a body larger than 8 MB", "a body larger than 8 MB"]);
  expect(acs.recording.garbage[1]?.raw.length).toBeLessThanOrEqual(64 * 1024);
});

test("a document that swells when it is read does not", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  const entities = Array.from({ length: 30 }, (_, index) => `<!ENTITY e${index + 1} "&e${index};&e${index};">`).join("");
  const body = `<!DOCTYPE x [<!ENTITY e0 "boom">${entities}]>${soap("Inform").replace("</cwmp:ID>", "&e30;</cwmp:ID>")}`;
  // Made beforehand: it keeps this process, and with it the ACS, busy for a while.
  const zeros = gzipSync(Buffer.alloc(100 * 1024 * 1024));
  const within = 20_000;
  phone.plays(async () => {
    await phone.post("", { body });
    await phone.post("", { body: "<a>".repeat(1_000_000) });
    phone.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ${zeros.length}\r\n\r\n`);
    phone.write(zeros);
    await phone.answer();
    phone.close();
  });
  const session = await acs.contact();
  expect(session.inform.request.envelope?.malformed).toBeDefined();
  expect((await session.informResponse({ within })).kind).toBe("garbage");
  expect((await session.answer({}, { within })).kind).toBe("garbage");
  await session.end();
  await alive(acs);
});

test("chunked and compressed requests and Expect are understood", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    const body = gzipSync(soap("Inform"));
    phone.write(
      "POST /acs HTTP/1.1\r\nHost: acs\r\nExpect: 100-continue\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    expect((await phone.answer()).status).toBe(100);
    phone.write(Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n0\r\n\r\n")]));
    expect((await phone.answer()).status).toBe(200);
    phone.write("POST /acs HTTP/1.0\r\n\r\n");
    expect((await phone.answer()).status).toBe(204);
    expect((await phone.answer()).status).toBe(0);
  });
  const session = await acs.session();
  expect(session.inform.request.raw.toString("latin1")).toMatch(/0\r\n\r\n$/);
  expect((await session.end()).kind).toBe("closed");
  await phone.playing;
});

test("a phone that does not read is cut off", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    phone.write(`POST /acs HTTP/1.1\r\nHost: acs\r\nContent-Length: ${soap("Inform").length}\r\n\r\n${soap("Inform")}`);
    phone.pause();
  });
  const session = await acs.contact();
  expect((await session.answer({ body: Buffer.alloc(64 * 1024 * 1024) })).kind).toBe("closed");
});

test("over TLS the octets inside are recorded, and a phone that refuses the certificate is noted", async () => {
  const acs = await started();
  const tls = { key: KEY, cert: CERTIFICATE };
  const secure = await acs.listen({ tls });
  expect(secure.url).toMatch(/^https:/);
  const refusing = connectTls({ port: secure.port, host: "127.0.0.1" });
  await new Promise((resolve) => refusing.once("error", resolve));
  const phone = connectTls({ port: secure.port, host: "127.0.0.1", rejectUnauthorized: false });
  phone.write(`POST /acs HTTP/1.1\r\nHost: acs\r\nContent-Length: ${soap("Inform").length}\r\n\r\n${soap("Inform")}`);
  const session = await acs.contact();
  expect(acs.recording.octets.find(({ connection }) => connection === session.inform.connection)?.data.toString()).toContain(
    "POST",
  );
  phone.destroy();
  expect((await session.informResponse()).kind).toBe("closed");
  await secure.close();
});

test("on a virtual clock every wait comes to its end", async () => {
  const clock = new VirtualClock();
  const acs = await started({ clock: clock.harness, patience: defaultPatience });
  const before = clock.harness.now();
  await expect(acs.contact()).rejects.toThrow("no Inform within 30 s after a connection request");
  expect(clock.harness.now() - before).toBe(30_000);
  expect(await acs.silence(3_600_000)).toBeUndefined();
  expect(clock.harness.now() - before).toBe(3_630_000);
  await acs.settle();
});

/** A certificate for these tests alone, self-signed, for 127.0.0.1. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUfs5KbvO7sseCdxcQyTm914WlKbMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNjAzNDA0N1oYDzIxMjYxMTAy
MDM0MDQ3WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAS6FY0fYXgriPLem085XMIXkRJubbuXxsHWyfXrTFslNGtk45tcs1Xu
3SL9wp+A+j9I/Tdmhwr1TcSQ+Jy6/TPCo1MwUTAdBgNVHQ4EFgQUrjbeGPJTbBx4
OL3MT1WqDhjowJcwHwYDVR0jBBgwFoAUrjbeGPJTbBx4OL3MT1WqDhjowJcwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAunQO3URoRf1jaSBO5XcE0
pVkpWWupO5BW9JT9a8+WfQIgX6OuTdMfDe1zUWgE9xHdMOkYRCvip8/uDi29YmTz
fRU=
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfwv/Rr19767p2IEr
DuZCASGM7iRBIPfBc9KKmKEm4umhRANCAAS6FY0fYXgriPLem085XMIXkRJubbuX
xsHWyfXrTFslNGtk45tcs1Xu3SL9wp+A+j9I/Tdmhwr1TcSQ+Jy6/TPC
-----END PRIVATE KEY-----
`;
