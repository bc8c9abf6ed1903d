import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLabInterface } from "./lab.ts";
import { type Lan, openLan } from "./lan.ts";
import { isRoot, lanProblem } from "./probe.ts";

// The machine of a lab is played by one side of a LAN of ours, whose interface is called gateway, and the lab by the other side.

const problem = lanProblem() ?? (isRoot() ? undefined : "a server beside an interface needs the rights of root");
if (problem !== undefined) console.warn(`no interface of a lab is tested: ${problem}`);

const PHONE = "10.111.0.20";

let lan: Lan;
let place: readonly string[];

function runAt(side: "gateway" | "phone", ...args: readonly string[]): string {
  const [command = "", ...before] = [...lan.inside(side), "ip"];
  return spawnSync(command, [...before, ...args], { encoding: "utf8" }).stdout;
}

/** A value that is there sooner or later. */
const eventually = <T>(list: readonly T[]) => expect.poll(() => list.at(-1), { timeout: 15_000 });

beforeAll(async () => {
  if (problem !== undefined) return;
  lan = await openLan({ busy: () => () => {} });
  await lan.phone.configure({ address: PHONE, prefix: 24 });
  place = lan.inside("gateway");
});

afterAll(async () => {
  await lan?.stop();
});

test.runIf(problem === undefined)("a server is put beside an interface, and hears and reaches the phone", async () => {
  runAt("phone", "address", "add", "10.111.0.254/24", "dev", "phone");
  const { gateway, stop } = await openLabInterface("gateway", { target: PHONE, place });
  expect(gateway).toMatchObject({ address: "10.111.0.253", prefix: 24, phoneAddress: PHONE, onlyClient: lan.phone.mac });
  const heard: string[] = [];
  const server = await gateway.open({
    port: 67,
    received: (data, from, to) => heard.push(`${data.toString()} ${from.address} ${to}`),
  });
  const client = await lan.phone.open({ port: 68, received: (data, from) => heard.push(`${data.toString()} ${from.address}`) });
  client.send(Buffer.from("rebinding"), { address: "255.255.255.255", port: 67 });
  await eventually(heard).toBe(`rebinding ${PHONE} 255.255.255.255`);
  client.send(Buffer.from("renewal"), { address: gateway.address, port: 67 });
  await eventually(heard).toBe(`renewal ${PHONE} ${gateway.address}`);
  await lan.phone.configure(undefined);
  client.send(Buffer.from("DISCOVER"), { address: "255.255.255.255", port: 67 });
  await eventually(heard).toBe("DISCOVER 0.0.0.0 255.255.255.255");
  server.send(Buffer.from("OFFER"), { address: "255.255.255.255", port: 68 });
  await eventually(heard).toBe(`OFFER ${gateway.address}`);
  await gateway.know("10.111.0.21", lan.phone.mac);
  server.send(Buffer.from("ACK"), { address: "10.111.0.21", port: 68 });
  await eventually(heard).toBe(`ACK ${gateway.address}`);
  await lan.phone.configure({ address: PHONE, prefix: 24 });
  expect(runAt("gateway", "-brief", "link")).not.toContain("gateway@gateway");
  await stop();
  client.close();
});

test.runIf(problem === undefined)("a server has the address that it is given", async () => {
  const { gateway, stop } = await openLabInterface("gateway", { target: PHONE, address: "10.111.0.77/24", place });
  expect(gateway).toMatchObject({ address: "10.111.0.77", prefix: 24 });
  await stop();
});

test.runIf(problem === undefined).each([
  ["eth7", { target: PHONE }, "eth7 is no interface of this machine; there are gateway"],
  ["lo", { target: PHONE }, "lo is no Ethernet interface; there are gateway"],
  ["gateway", { target: "10.222.0.1" }, "the phone 10.222.0.1 is not in a network of gateway"],
  ["gateway", { target: "10.111.0.99" }, "nobody answers for 10.111.0.99 on gateway"],
  ["gateway", { target: PHONE, address: "192.0.2.5/24" }, "the phone 10.111.0.20 is not in the network of 192.0.2.5/24"],
  ["gateway", { target: PHONE, address: "10.111.0.5/33" }, "10.111.0.5/33 is no address for a server"],
])("no server is put beside %s for %o", async (name, options, message) => {
  await expect(openLabInterface(name, { ...options, place })).rejects.toThrow(message);
});
