import fc from "fast-check";
import { expect, test } from "vitest";
import { realClock } from "../core/clock.ts";
import { VirtualClock } from "../core/virtual-clock.ts";
import { Recording } from "../trace/recording.ts";
import { addressOctets, type DhcpMessage, type DhcpToWrite, decodeDhcp, encodeDhcp, numberOf, optionOf } from "../wire/dhcp.ts";
import { BROADBAND_FORUM, DEVICE, GATEWAY, OPTION } from "../wire/dhcp-names.ts";
import { readText, subOptionOf, vendorInformationOf, writeVendorInformation } from "../wire/dhcp-vendor.ts";
import { FakeLan } from "./fake-lan.ts";
import { type GatewayDhcpServer, startDhcpServer } from "./server.ts";

const MAC = "02:00:00:00:00:02";
const gateway = { oui: "00005E", serial: "GW-1", productClass: "Home" };
const CLIENT = { address: "0.0.0.0", port: 68 };
const ALL = { address: "255.255.255.255", port: 67 };
const BOUND = { address: "10.111.0.20", port: 68 };
const SERVER = { address: "10.111.0.1", port: 67 };

const address = (code: number, value: string) => ({ code, octets: addressOctets(value) });
const identity = {
  code: OPTION.vendorIdentifyingInformation,
  octets: writeVendorInformation([
    {
      enterprise: BROADBAND_FORUM,
      subOptions: [
        { code: DEVICE.serial, value: "SN-1" },
        { code: DEVICE.oui, value: "000413" },
      ],
    },
  ]),
};

interface Scene {
  readonly lan: FakeLan;
  readonly server: GatewayDhcpServer;
  readonly recording: Recording;
  /** Sends a message and gives what came back, once the server has dealt with it. */
  say(fields: Partial<DhcpToWrite>, from?: typeof CLIENT, to?: typeof ALL): Promise<Answered | undefined>;
}

interface Answered {
  readonly message: DhcpMessage;
  readonly to: { address: string; port: number };
  readonly gateway: string;
}

async function scene(onlyClient?: string, clock = realClock): Promise<Scene> {
  const lan = new FakeLan(onlyClient);
  const recording = new Recording();
  const server = await startDhcpServer({ port: lan, clock, recording, gateway });
  return {
    lan,
    server,
    recording,
    async say(fields, from = CLIENT, to = ALL) {
      const before = lan.delivered.length;
      lan.say(encodeDhcp({ op: 1, xid: 7, chaddr: MAC, ...fields }), from, to);
      await new Promise((resolve) => setImmediate(resolve));
      const [answer, ...more] = lan.delivered.slice(before);
      expect(more).toEqual([]);
      if (answer === undefined) return undefined;
      const message = decodeDhcp(answer.octets, "answer");
      expect([message.xid, message.chaddr]).toEqual([7, MAC]);
      return { message, to: answer.to, gateway: gatewayIn(message) };
    },
  };
}

function gatewayIn(message: DhcpMessage): string {
  const information = vendorInformationOf(message);
  if (information === undefined) return "none";
  return Object.values(GATEWAY)
    .map((code) => subOptionOf(information, BROADBAND_FORUM, code)?.value)
    .map((value) => (value === undefined ? "-" : readText(value).text))
    .join(" ");
}

const request = (...more: NonNullable<DhcpToWrite["options"]>) => ({
  type: "REQUEST" as const,
  options: [address(OPTION.serverIdentifier, SERVER.address), address(OPTION.requestedAddress, BOUND.address), ...more],
});

test("a client that tells who it is gets a lease, and is told who the gateway is from then on", async () => {
  const { say, server, lan, recording } = await scene();
  expect((await say({ type: "DISCOVER" }))?.gateway).toBe("none");
  const clientId = { code: OPTION.clientIdentifier, octets: Buffer.from("0102", "hex") };
  const offer = await say({ type: "DISCOVER", options: [identity, clientId] });
  expect(offer?.message).toMatchObject({ type: "OFFER", yiaddr: BOUND.address, op: 2, ciaddr: "0.0.0.0" });
  expect([offer?.to, lan.known.get(BOUND.address)]).toEqual([BOUND, MAC]);
  expect([offer?.gateway, offer?.message.problems]).toEqual(["00005E GW-1 Home", []]);
  expect(server.lease).toBeUndefined();
  const ack = await say(request());
  expect(ack?.message.type).toBe("ACK");
  expect(ack?.gateway).toBe("00005E GW-1 Home");
  const { message } = ack as Answered;
  expect([51, 58, 59].map((code) => numberOf(message, code))).toEqual([604_800, 302_400, 529_200]);
  expect([1, 3, 6, 54].map((code) => optionOf(message, code)?.octets.join("."))).toEqual([
    "255.255.255.0",
    SERVER.address,
    SERVER.address,
    SERVER.address,
  ]);
  expect(optionOf((offer as Answered).message, OPTION.clientIdentifier)?.octets.toString("hex")).toBe("0102");
  expect(server.lease).toMatchObject({ address: BOUND.address, seconds: 604_800 });
  expect(recording.datagrams.map(({ where }) => where)).toEqual([
    "datagram #1 (DHCPDISCOVER)",
    "datagram #2 (DHCPOFFER)",
    "datagram #3 (DHCPDISCOVER)",
    "datagram #4 (DHCPOFFER)",
    "datagram #5 (DHCPREQUEST)",
    "datagram #6 (DHCPACK)",
  ]);
  expect(server.heard.map(({ step, reply }) => [step, reply?.number])).toEqual([
    ["discover", 2],
    ["discover", 4],
    ["request", 6],
  ]);
  await say({ type: "RELEASE", ciaddr: BOUND.address }, BOUND, SERVER);
  expect([server.lease, server.owes, server.heard.at(-1)?.step]).toEqual([undefined, "lease", "release"]);
});

test("replies go where RFC 2131 4.1 sends them, and steps are told apart by address and destination", async () => {
  const { say, server } = await scene();
  server.shortLeases = true;
  expect((await say({ type: "DISCOVER", broadcast: true, giaddr: "10.9.9.9" }))?.to).toEqual({ ...ALL, port: 68 });
  expect((await say({ type: "DISCOVER", chaddr: MAC }))?.to).toEqual(BOUND);
  await say(request());
  const renewed = await say({ type: "REQUEST", ciaddr: BOUND.address }, BOUND, SERVER);
  expect([renewed?.to, renewed?.message.type, numberOf((renewed as Answered).message, 59)]).toEqual([BOUND, "ACK", 52]);
  await say({ type: "REQUEST", ciaddr: BOUND.address }, BOUND);
  // It names the server where it must not, and still renews.
  await say({ ...request(), ciaddr: BOUND.address }, BOUND, SERVER);
  const informed = await say({ type: "INFORM", ciaddr: "10.111.0.9" }, { address: "10.111.0.9", port: 68 });
  expect([informed?.to.address, informed?.message.yiaddr, optionOf((informed as Answered).message, 51)]).toEqual([
    "10.111.0.9",
    "0.0.0.0",
    undefined,
  ]);
  expect((await say({ type: "DISCOVER", options: [address(50, "192.168.1.9")] }))?.message.yiaddr).toBe(BOUND.address);
  const again = await say({ type: "REQUEST", options: [address(50, "192.168.1.9")] });
  expect([again?.message.type, again?.to.address]).toEqual(["NAK", "255.255.255.255"]);
  expect(await say({ type: "REQUEST", options: [address(54, "192.168.1.1"), address(50, "192.168.1.9")] })).toBeUndefined();
  expect((await say({ type: "REQUEST", options: [address(50, BOUND.address)] }))?.message.type).toBe("ACK");
  await say({ type: "DECLINE", options: [address(50, BOUND.address)] });
  await say({});
  expect(server.heard.map(({ step }) => step).join(" ")).toBe(
    "discover discover request renewal rebinding renewal inform discover request request request decline other",
  );
});

test("a case says what each step is answered, until it is over", async () => {
  const { say, server } = await scene();
  server.answers({
    discover: { kind: "answer", gateway: { serial: "OTHER" } },
    request: { kind: "nak" },
    renewal: { kind: "silence" },
  });
  expect((await say({ type: "DISCOVER" }))?.gateway).toBe("- OTHER -");
  expect((await say(request()))?.message.type).toBe("NAK");
  expect(await say({ type: "REQUEST", ciaddr: BOUND.address }, BOUND, SERVER)).toBeUndefined();
  const twice = [1, 2].map((octet) => ({ code: 125, octets: Buffer.of(octet) }));
  server.answers({
    request: { kind: "answer", lease: 10, omits: [3], options: [{ code: 6, octets: Buffer.alloc(0) }, ...twice] },
    inform: { kind: "answer", tail: Buffer.from("7dff00", "hex") },
  });
  const { message } = (await say(request(identity))) as Answered;
  expect(message.instances.map(({ code, octets }) => `${code}:${octets.length}`).join(" ")).toBe(
    "53:1 54:4 51:4 58:4 59:4 1:4 6:0 125:1 125:1",
  );
  expect([server.lease?.seconds, server.owes]).toEqual([10, "renewal"]);
  expect(() => server.answers({ inform: { kind: "answer", gateway: { serial: "x".repeat(256) } } })).toThrow(RangeError);
  server.settle();
  expect((await say({ type: "REQUEST", ciaddr: BOUND.address }, BOUND, SERVER))?.gateway).toBe("00005E GW-1 Home");
  expect([server.lease?.seconds, server.owes]).toEqual([604_800, "nothing"]);
});

test("what every client is told is in all answers, unless the case says otherwise", async () => {
  const { say, server } = await scene();
  const option = (text: string) => ({ code: OPTION.vendorSpecific, octets: Buffer.from(text) });
  server.tells = [option("always")];
  const told = (answered: Answered | undefined) =>
    answered && optionOf(answered.message, OPTION.vendorSpecific)?.octets.toString("latin1");
  expect([told(await say({ type: "DISCOVER" })), told(await say(request()))]).toEqual(["always", "always"]);
  server.answers({ request: { kind: "answer", options: [option("now")] } });
  expect(told(await say(request()))).toBe("now");
  server.answers({ request: { kind: "answer", omits: [OPTION.vendorSpecific] } });
  expect(told(await say(request()))).toBeUndefined();
  server.settle();
  expect(told(await say(request()))).toBe("always");
});

test("whoever waits is told of the next message, and of nothing when none comes", async () => {
  const virtual = new VirtualClock();
  const { lan, server } = await scene(undefined, virtual.harness);
  const both = [server.next(["discover"], 1000), server.next(["discover", "inform"], 1000), server.next(["inform"], 1000)];
  lan.say(encodeDhcp({ op: 1, xid: 1, chaddr: MAC, type: "DISCOVER" }), CLIENT, ALL);
  expect((await Promise.all(both)).map((one) => one?.step)).toEqual(["discover", "discover", undefined]);
});

test("other clients of a lab's network are not answered, and not recorded", async () => {
  const { say, server, recording } = await scene(MAC.toUpperCase());
  expect(await say({ type: "DISCOVER", chaddr: "02:00:00:00:00:03" })).toBeUndefined();
  expect((await say({ type: "DISCOVER" }))?.message.type).toBe("OFFER");
  expect([server.others, recording.datagrams.length]).toEqual([1, 2]);
  // The phone is to ask the lab's own server again soon after us.
  await say(request());
  expect(server.lease?.seconds).toBe(3600);
});

test("whatever comes, the server stays and answers the next client", async () => {
  const { say, lan, server } = await scene();
  const message = encodeDhcp({ op: 1, xid: 7, chaddr: MAC, ...request(identity) });
  const damaged = fc
    .tuple(fc.nat(message.length - 1), fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.nat(message.length))
    .map(([at, octets, length]) => {
      const copy = Buffer.from(message);
      copy.set(octets.subarray(0, copy.length - at), at);
      return copy.subarray(0, length);
    });
  const octets = fc.oneof(damaged, fc.uint8Array({ maxLength: 400 }).map(Buffer.from));
  fc.assert(
    fc.property(octets, (data) => lan.say(data, CLIENT, ALL)),
    { numRuns: 2000 },
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await say({ type: "DISCOVER", options: [identity] }))?.gateway).toBe("00005E GW-1 Home");
  expect(server.heard.at(-1)?.step).toBe("discover");
});
