import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { DatagramSocket } from "../harness/core/network.ts";
import { type Lan, openLan } from "./lan.ts";
import { lanProblem } from "./probe.ts";

const problem = lanProblem();
if (problem !== undefined) console.warn(`no LAN is tested: ${problem}`);

const EVERYBODY = "255.255.255.255";
const GROUP = "224.0.0.251";
const PHONE = { address: "10.111.0.20", prefix: 24, router: "10.111.0.1" };

/** Counts tokens: time may pass when there is none. */
let held = 0;
const clock = {
  busy() {
    held += 1;
    let open = true;
    return () => {
      if (open) held -= 1;
      open = false;
    };
  },
};

let lan: Lan;
const sockets: DatagramSocket[] = [];
let heard: string[] = [];

/** A socket of one side that writes down what it hears: its data, and the two addresses. */
async function open(side: "gateway" | "phone", port: number, group?: string): Promise<DatagramSocket> {
  const socket = await lan[side].open({
    port,
    ...(group === undefined ? {} : { group }),
    received: (data: Buffer, from: { readonly address: string; readonly port: number }, to?: string) =>
      heard.push(`${side} ${data.toString()} from ${from.address}:${from.port} to ${to}`),
  });
  sockets.push(socket);
  return socket;
}

/** Waits until no token is held; what was heard since the last time. */
async function settled(): Promise<readonly string[]> {
  while (held > 0) await new Promise((resolve) => setImmediate(resolve));
  const all = heard;
  heard = [];
  return all;
}

beforeAll(async () => {
  if (problem === undefined) lan = await openLan(clock);
});

beforeEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  if (problem === undefined) await lan.phone.configure(undefined);
  await settled();
});

afterAll(async () => {
  await lan?.stop();
});

test.runIf(problem === undefined)("without an address, everybody is reached both ways", async () => {
  const server = await open("gateway", 67);
  const client = await open("phone", 68);
  client.send(Buffer.from("DISCOVER"), { address: EVERYBODY, port: 67 });
  expect(await settled()).toEqual([`gateway DISCOVER from 0.0.0.0:68 to ${EVERYBODY}`]);
  server.send(Buffer.from("OFFER"), { address: EVERYBODY, port: 68 });
  expect(await settled()).toEqual([`phone OFFER from 10.111.0.1:67 to ${EVERYBODY}`]);
});

test.runIf(problem === undefined)("a client without an address hears what is sent to its hardware address", async () => {
  const server = await open("gateway", 67);
  await open("phone", 68);
  await lan.gateway.know(PHONE.address, lan.phone.mac);
  server.send(Buffer.from("OFFER"), { address: PHONE.address, port: 68 });
  expect(await settled()).toEqual(["phone OFFER from 10.111.0.1:67 to 10.111.0.20"]);
});

test.runIf(problem === undefined)("with an address, one is told from everybody", async () => {
  const server = await open("gateway", 67);
  const client = await open("phone", 68);
  await lan.phone.configure(PHONE);
  client.send(Buffer.from("renewal"), { address: "10.111.0.1", port: 67 });
  client.send(Buffer.from("rebinding"), { address: EVERYBODY, port: 67 });
  expect(await settled()).toEqual([
    "gateway renewal from 10.111.0.20:68 to 10.111.0.1",
    `gateway rebinding from 10.111.0.20:68 to ${EVERYBODY}`,
  ]);
  server.send(Buffer.from("ACK"), { address: PHONE.address, port: 68 });
  expect(await settled()).toEqual(["phone ACK from 10.111.0.1:67 to 10.111.0.20"]);
  await lan.phone.configure(undefined);
  client.send(Buffer.from("DISCOVER"), { address: EVERYBODY, port: 67 });
  expect(await settled()).toEqual([`gateway DISCOVER from 0.0.0.0:68 to ${EVERYBODY}`]);
});

test.runIf(problem === undefined)(
  "all of the network, and a gateway without a route to it, are reached or not at once",
  async () => {
    const server = await open("gateway", 67);
    const client = await open("phone", 68);
    const start = performance.now();
    await lan.phone.configure(PHONE);
    client.send(Buffer.from("all"), { address: "10.111.0.255", port: 67 });
    expect(await settled()).toEqual(["gateway all from 10.111.0.20:68 to 10.111.0.255"]);
    server.send(Buffer.from("all"), { address: "10.111.0.255", port: 68 });
    expect(await settled()).toEqual(["phone all from 10.111.0.1:67 to 10.111.0.255"]);
    await lan.phone.configure({ address: "192.0.2.20", prefix: 24 });
    client.send(Buffer.from("renewal"), { address: "10.111.0.1", port: 67 });
    client.send(Buffer.from("rebinding"), { address: EVERYBODY, port: 67 });
    expect(await settled()).toEqual([`gateway rebinding from 192.0.2.20:68 to ${EVERYBODY}`]);
    expect(performance.now() - start).toBeLessThan(1000);
  },
);

test.runIf(problem === undefined)("a group is heard both ways, whatever the address is and was", async () => {
  const [responder, querier] = [await open("gateway", 5353, GROUP), await open("phone", 5353, GROUP)];
  for (const [address, from] of [
    [undefined, "0.0.0.0"],
    [PHONE, PHONE.address],
    [{ ...PHONE, address: "10.111.0.21" }, "10.111.0.21"],
  ] as const) {
    await lan.phone.configure(address);
    querier.send(Buffer.from("query"), { address: GROUP, port: 5353 });
    expect(await settled()).toEqual([`gateway query from ${from}:5353 to ${GROUP}`]);
    responder.send(Buffer.from("response"), { address: GROUP, port: 5353 });
    expect(await settled()).toEqual([`phone response from 10.111.0.1:5353 to ${GROUP}`]);
  }
});

test.runIf(problem === undefined)("hundreds of datagrams keep their order, and none is lost", async () => {
  const [server, client] = [await open("gateway", 67), await open("phone", 68)];
  await lan.phone.configure(PHONE);
  const data = Array.from({ length: 600 }, (_, index) => `${index} ${"x".repeat(500)}`);
  for (const text of data) {
    client.send(Buffer.from(text), { address: EVERYBODY, port: 67 });
    server.send(Buffer.from(text), { address: PHONE.address, port: 68 });
  }
  const all = await settled();
  for (const side of ["gateway", "phone"]) {
    expect(all.filter((line) => line.startsWith(side)).map((line) => line.split(" from ")[0])).toEqual(
      data.map((text) => `${side} ${text}`),
    );
  }
});

test.runIf(problem === undefined)("what nobody hears is known to be lost at once", async () => {
  const [server, client] = [await open("gateway", 67), await open("phone", 68)];
  const start = performance.now();
  await lan.phone.configure(PHONE);
  client.send(Buffer.from("nobody"), { address: EVERYBODY, port: 6767 });
  client.send(Buffer.from("nobody"), { address: "10.111.0.99", port: 67 });
  client.send(Buffer.from("nobody"), { address: "192.0.2.1", port: 67 });
  client.send(Buffer.from("nobody"), { address: "10.111.0.1", port: 0 });
  client.send(Buffer.from("nobody"), { address: "", port: 67 });
  client.send(Buffer.from("nobody"), { address: "no address", port: 67 });
  server.send(Buffer.from("nobody"), { address: GROUP, port: 68 });
  server.send(Buffer.from("nobody"), { address: "10.111.0.99", port: 68 });
  expect(await settled()).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1000);
  client.send(Buffer.from("still there"), { address: "10.111.0.1", port: 67 });
  expect(await settled()).toHaveLength(1);
});

test.runIf(problem === undefined)("a closed socket hears nothing, and its port is free again", async () => {
  const [first, client] = [await open("gateway", 67), await open("phone", 68)];
  await expect(open("gateway", 67)).rejects.toMatchObject({ code: "EADDRINUSE" });
  client.send(Buffer.from("under way"), { address: EVERYBODY, port: 67 });
  first.close();
  expect(await settled()).toEqual([]);
  await open("gateway", 67);
  client.send(Buffer.from("again"), { address: EVERYBODY, port: 67 });
  expect(await settled()).toHaveLength(1);
});

test.runIf(problem === undefined)("what was sent before a socket is closed leaves all the same", async () => {
  await open("gateway", 67);
  const client = await open("phone", 68);
  client.send(Buffer.from("RELEASE"), { address: EVERYBODY, port: 67 });
  client.close();
  expect(await settled()).toHaveLength(1);
});

test.runIf(problem === undefined)("an address that cannot be had is refused with what the system says", async () => {
  await expect(lan.phone.configure({ address: "10.111.0.20", prefix: 33 })).rejects.toThrow("10.111.0.20/33");
  expect(held).toBe(0);
});

test.runIf(problem === undefined)("a LAN that is stopped leaves no process and no token", async () => {
  const other = await openLan(clock);
  const pids = ["gateway", "phone"].map((side) => pidOf(other, side as "gateway"));
  const socket = await other.phone.open({ port: 0, received() {} });
  for (let count = 0; count < 200; count += 1) socket.send(Buffer.from("x"), { address: EVERYBODY, port: 67 });
  await other.stop();
  expect(held).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
  socket.send(Buffer.from("x"), { address: EVERYBODY, port: 67 });
  expect(held).toBe(0);
  await expect(other.gateway.open({ port: 67, received() {} })).rejects.toThrow("has ended");
});

test.runIf(problem === undefined)("a LAN whose owner is killed leaves no process", { timeout: 30_000 }, async () => {
  const script = `
    import { openLan } from "${join(import.meta.dirname, "lan.ts")}";
    openLan({ busy: () => () => {} }).then((lan) => console.log(JSON.stringify([lan.inside("gateway"), lan.inside("phone")])));
    setInterval(() => {}, 1000);`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const owner = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const said = await new Promise<string>((resolve) => owner.stdout.once("data", (data: Buffer) => resolve(data.toString())));
  const pids = [...said.matchAll(/--target=(\d+)/g)].map((found) => Number(found[1]));
  expect(pids.filter(isAlive)).toHaveLength(2);
  owner.kill("SIGKILL");
  await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([]);
});

test.runIf(problem === undefined)("programs of others run on either side", () => {
  const [command = "", ...args] = lan.inside("gateway");
  const { stdout } = spawnSync(command, [...args, "cat", "/proc/net/dev"], { encoding: "utf8" });
  expect(stdout).toContain("gateway:");
  expect(readFileSync("/proc/net/dev", "utf8")).not.toContain("gateway:");
});

function pidOf(one: Lan, side: "gateway" | "phone"): number {
  return Number(/--target=(\d+)/.exec(one.inside(side).join(" "))?.[1]);
}

const isAlive = (pid: number): boolean => readdirSync("/proc").includes(String(pid));
