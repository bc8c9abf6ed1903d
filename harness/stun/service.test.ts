import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pause } from "../core/clock.ts";
import type { DatagramSocket, Endpoint, Network, SocketOptions } from "../core/network.ts";
import { VirtualClock } from "../core/virtual-clock.ts";
import { Recording } from "../trace/recording.ts";
import { decodeStun, type StunMessage } from "../wire/stun.ts";
import { addressAttribute, attribute, encodeStun, padded, type WrittenAttribute } from "../wire/stun-write.ts";
import { demandingReply } from "./answer.ts";
import { StunService } from "./service.ts";

/** UDP without loss and without time: what is sent is there at once. */
class Switchboard {
  readonly #sockets = new Map<string, SocketOptions>();
  #next = 5_000;

  network(address: string): Network {
    return {
      address,
      open: async (options): Promise<DatagramSocket> => {
        const port = options.port === 0 ? this.#next++ : options.port;
        const key = `${address}:${port}`;
        if (this.#sockets.has(key)) throw new Error("EADDRINUSE");
        this.#sockets.set(key, options);
        return {
          port,
          send: (data, to) => this.#sockets.get(`${to.address}:${to.port}`)?.received(data, { address, port }, to.address),
          close: () => void this.#sockets.delete(key),
        };
      },
    };
  }
}

const NAT = { address: "198.51.100.7", firstPort: 40_001, timeoutSeconds: 30 };

let clock: VirtualClock;
let board: Switchboard;
let recording: Recording;
let service: StunService;
let received: Buffer[];
let phone: DatagramSocket;

beforeEach(async () => {
  clock = new VirtualClock();
  board = new Switchboard();
  recording = new Recording();
  received = [];
  service = await StunService.start({ network: board.network("10.0.0.1"), clock: clock.harness, recording, port: 3478 });
  phone = await board.network("10.0.0.2").open({ port: 7547, received: (data) => void received.push(data) });
});

afterEach(() => service.stop());

const id = (octet: number): Buffer => Buffer.alloc(16, octet);
const server = (): Endpoint => service;
function ask(octet: number, attributes: readonly WrittenAttribute[] = [], key?: string, from = phone): StunMessage | undefined {
  received = [];
  const octets = encodeStun({ name: "BindingRequest", transactionId: id(octet), attributes, ...(key && { key }) });
  from.send(octets, server());
  return received[0] === undefined ? undefined : decodeStun(received[0], "answer");
}

test("without a NAT the phone is told its own address", () => {
  const answer = ask(1);
  expect(answer?.name).toBe("BindingResponse");
  expect(answer?.transactionId).toBe(id(1).toString("hex"));
  expect(answer?.at("MAPPED-ADDRESS").value).toBe("10.0.0.2:7547");
  expect(answer?.at("SOURCE-ADDRESS").value).toBe("10.0.0.1:3478");
  expect(answer?.has("MESSAGE-INTEGRITY")).toBe(false);
  expect(recording.datagrams.map(({ where, from }) => [where, from])).toEqual([
    ["datagram #1 (BindingRequest)", "phone"],
    ["datagram #2 (BindingResponse)", "harness"],
  ]);
});

test("behind a NAT it is told the port of its binding, until that is changed or has timed out", async () => {
  service.nat(NAT);
  expect(ask(1)?.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:40001");
  await pause(clock.harness, 20_000);
  expect(ask(2)?.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:40001");
  // 29 s after the last datagram from inside it lives, 1 s later it is gone.
  await pause(clock.harness, 29_000);
  received = [];
  service.send({ address: NAT.address, port: 40_001 }, Buffer.from("here"));
  expect(received.map(String)).toEqual(["here"]);
  await pause(clock.harness, 1_000);
  service.send({ address: NAT.address, port: 40_001 }, Buffer.from("lost"));
  expect(received).toHaveLength(1);
  expect(recording.steps.at(-1)?.text).toContain("198.51.100.7:40001 belongs to no binding");
  expect(ask(3)?.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:40002");
  service.changeBindings();
  expect(ask(4)?.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:40003");
});

test("a NAT may translate the address or the port alone", () => {
  service.nat({ address: NAT.address });
  expect(ask(1)?.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:7547");
  service.nat({ firstPort: 40_001 });
  expect(ask(2)?.at("MAPPED-ADDRESS").value).toBe("10.0.0.2:40001");
});

test("the answer goes to RESPONSE-ADDRESS while the binding there lives", async () => {
  service.nat(NAT);
  ask(1);
  const second = await board.network("10.0.0.2").open({ port: 0, received: () => {} });
  const to = addressAttribute("RESPONSE-ADDRESS", { address: NAT.address, port: 40_001 });
  const answer = ask(2, [to], undefined, second);
  expect(answer?.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:40002");
  expect(answer?.at("REFLECTED-FROM").value).toBe("198.51.100.7:40002");
  await pause(clock.harness, 30_000);
  expect(ask(3, [to], undefined, second)).toBeUndefined();
});

test("nobody but the phone is sent an answer, and nothing is sent to port 0", async () => {
  const others: number[] = [];
  const other = await board.network("10.0.0.66").open({ port: 0, received: () => others.push(1) });
  for (const to of [
    { address: "10.0.0.66", port: other.port },
    { address: "10.0.0.2", port: 0 },
  ])
    expect(ask(1, [addressAttribute("RESPONSE-ADDRESS", to)])).toBeUndefined();
  expect(others).toEqual([]);
  expect(recording.datagrams.at(-1)?.where).toBe("datagram #4 (BindingResponse, lost)");
});

test("MESSAGE-INTEGRITY is asked for by 401, judged, and given back", () => {
  service.credentials = { username: "assay", password: "secret" };
  service.answers((request) => demandingReply(request, service.credentials));
  const username = attribute("USERNAME", padded("assay"));
  expect(ask(1)?.at("ERROR-CODE").value).toBe("401 Unauthorized");
  expect(ask(2, [], "secret")?.at("ERROR-CODE").value).toBe("432 Missing Username");
  expect(ask(3, [attribute("USERNAME", padded("x"))], "secret")?.at("ERROR-CODE").value).toBe("430 Stale Credentials");
  expect(ask(4, [username], "wrong")?.at("ERROR-CODE").value).toBe("431 Integrity Check Failure");
  const answer = ask(5, [username], "secret");
  expect(answer?.name).toBe("BindingResponse");
  expect(answer?.integrity("secret")).toBe("valid");
  service.answers(() => ({ kind: "response", integrity: "wrong" }));
  expect(ask(6, [username], "secret")?.integrity("secret")).toBe("invalid");
  service.answers(() => ({ kind: "response", integrity: "none" }));
  expect(ask(7, [username], "secret")?.integrity("secret")).toBe("absent");
  service.answers(() => ({ kind: "silence" }));
  expect(ask(8)).toBeUndefined();
});

test("a mandatory attribute that nobody knows is refused, an optional one ignored", () => {
  const answer = ask(1, [{ type: 0x7f01, value: Buffer.alloc(4) }]);
  expect(answer?.at("ERROR-CODE").value).toBe("420 Unknown Attribute");
  expect(answer?.at("UNKNOWN-ATTRIBUTES").value).toBe("7f017f01");
  expect(ask(2, [{ type: 0xff01, value: Buffer.alloc(4) }])?.name).toBe("BindingResponse");
});

test("what comes is given once, in its order, or waited for", async () => {
  ask(1);
  ask(2);
  const hasId =
    (octet: number) =>
    ({ message }: { message: StunMessage }): boolean =>
      message.transactionId === id(octet).toString("hex");
  expect((await service.next(1_000, hasId(2)))?.message.transactionId).toBe(id(2).toString("hex"));
  clock.phone.after(500, () => ask(3));
  clock.phone.after(700, () => ask(4));
  expect((await service.next(1_000, hasId(4)))?.at).toBe(clock.harness.now());
  const before = clock.harness.now();
  expect(await service.next(1_000)).toBeUndefined();
  expect(clock.harness.now() - before).toBe(1_000);
  service.settle();
  expect(service.heard).toEqual([]);
});

test("a connection request is written as TR-111 2.2.2.3 has it, from the server's own port", () => {
  const to = { address: "10.0.0.2", port: 7547 };
  service.connectionRequest(
    to,
    { authority: "10.0.0.2:7547", ts: 1120673700, id: 1234, un: "CPE57689", cn: "a b+c", password: "p" },
    2,
  );
  const sig = createHmac("sha1", "p").update("11206737001234CPE57689a b+c").digest("hex").toUpperCase();
  const expected = [
    `GET http://10.0.0.2:7547?ts=1120673700&id=1234&un=CPE57689&cn=a+b%2Bc&sig=${sig} HTTP/1.1`,
    "Host: 10.0.0.2:7547",
    "",
    "",
  ].join("\r\n");
  expect(received.map(String)).toEqual([expected, expected]);
  expect(recording.datagrams.at(-1)).toMatchObject({ content: { kind: "udp-connection-request" }, source: { port: 3478 } });
});

test("timestamps and message ids are never given twice", async () => {
  const stamps = [service.stamp(), service.stamp()];
  await pause(clock.harness, 5_000);
  stamps.push(service.stamp());
  const [first] = stamps;
  expect(stamps.map(({ ts }) => ts - (first?.ts ?? 0))).toEqual([0, 1, 5]);
  expect(new Set(stamps.map((one) => one.id)).size).toBe(3);
});

test("what others send is not heard, and no case sees it", async () => {
  const network = board.network("10.0.0.3");
  const only = await StunService.start({ network, clock: clock.harness, recording, phoneAddress: "10.0.0.9" });
  phone.send(encodeStun({ name: "BindingRequest", transactionId: id(1), attributes: [] }), only);
  expect(received).toEqual([]);
  expect(only.heard).toEqual([]);
  only.stop();
});

test("where its port is taken the server listens at another one", async () => {
  const other = await StunService.start({ network: board.network("10.0.0.1"), clock: clock.harness, recording, port: 3478 });
  expect(other.port).not.toBe(3478);
  const further = await other.furtherPort();
  expect(other.listensAt.map(({ port }) => port)).toEqual([other.port, further]);
  other.stop();
});
