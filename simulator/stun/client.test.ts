import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Machine } from "../machine.ts";
import type { Endpoint, Network, SocketOptions } from "../network.ts";
import { reference } from "../seams.ts";
import { TestClock } from "../test-clock.ts";
import * as stun from "./message.ts";

interface Heard {
  readonly at: number;
  readonly port: number;
  readonly message: stun.StunMessage;
}

const SERVER = { address: "127.0.0.1", port: 3478 };
const CR_BINDING = "dslforum.org/TR-111 ";

/** A STUN server behind a NAT whose bindings last so many seconds. */
class World implements Network {
  readonly heard: Heard[] = [];
  readonly others: Buffer[] = [];
  /** Public port of the NAT for the primary port; undefined: there is no NAT. */
  mapped: number | undefined = 40_000;
  timeout = Number.POSITIVE_INFINITY;
  silent = false;
  credentials: { readonly password: string; readonly wrong?: boolean } | undefined;
  readonly #clock: TestClock;
  readonly #sockets = new Map<number, SocketOptions>();
  #refreshed = 0;
  #next = 50_000;

  constructor(clock: TestClock) {
    this.#clock = clock;
  }

  get primary(): number {
    return Math.min(...this.#sockets.keys());
  }

  async open(options: SocketOptions): Promise<{ port: number; send(data: Buffer, to: Endpoint): void; close(): void }> {
    this.#next += 1;
    const port = options.port === 0 || options.port > 50_000 ? this.#next : options.port;
    this.#sockets.set(port, options);
    return {
      port,
      send: (data, to) => this.#receive(data, port, to),
      close: () => void this.#sockets.delete(port),
    };
  }

  deliver(data: Buffer, port = this.primary): void {
    this.#sockets.get(port)?.received(data, SERVER, "127.0.0.1");
  }

  #receive(data: Buffer, port: number, to: Endpoint): void {
    const message = stun.decodeMessage(data);
    if (message === undefined || to.port !== SERVER.port) return void this.others.push(data);
    this.heard.push({ at: this.#clock.now() / 1000, port, message });
    const isPrimary = port === this.primary;
    const lived = this.#clock.now() - this.#refreshed <= this.timeout * 1000;
    if (isPrimary) {
      if (!lived && this.mapped !== undefined) this.mapped += 1;
      this.#refreshed = this.#clock.now();
    }
    if (this.silent) return;
    const { id } = message;
    if (this.credentials !== undefined && message.integrity === undefined) {
      const value = Buffer.from([0, 0, 4, 1]);
      const attributes = [{ type: stun.ERROR_CODE, value }];
      this.deliver(stun.encodeMessage({ type: stun.BINDING_ERROR, id, attributes }), port);
      return;
    }
    const mapped = this.mapped === undefined ? { address: "127.0.0.1", port } : { address: "203.0.113.7", port: this.mapped };
    const attributes = [{ type: stun.MAPPED_ADDRESS, value: stun.encodeAddress(isPrimary ? mapped : { ...mapped, port: 1 }) }];
    const { password, wrong = false } = this.credentials ?? { password: "" };
    const sign = (over: Buffer): Buffer => stun.integrityOf(over, wrong ? "other" : password);
    const answer = stun.encodeMessage({ type: stun.BINDING_RESPONSE, id, attributes }, this.credentials && sign);
    if (isPrimary || lived) this.deliver(answer);
  }
}

const has = ({ message }: Heard, type: number): boolean => message.attributes.some((one) => one.type === type);
const text = ({ message }: Heard, type: number): string | undefined =>
  message.attributes.find((one) => one.type === type)?.value.toString();

describe("the STUN client", () => {
  let clock: TestClock;
  let world: World;
  let machine: Machine;
  const value = (name: string): string => machine.model.valueOf(`Device.ManagementServer.${name}`);

  function set(values: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(values)) machine.state.values[`Device.ManagementServer.${name}`] = text;
    machine.followSettings();
  }

  beforeEach(async () => {
    clock = new TestClock();
    world = new World(clock);
    machine = new Machine({
      device: "cwmp",
      clock,
      seams: reference,
      settings: { tr69_cnr_user: "user", tr69_cnr_pass: "secret" },
      host: "127.0.0.1",
      address: "127.0.0.1",
      udp: world,
      webPort: 0,
      connectionRequestPort: 0,
      rebootSeconds: 1,
      random: Math.random,
    });
    await machine.start();
    set({ STUNServerAddress: "127.0.0.1", STUNMinimumKeepAlivePeriod: "10", STUNMaximumKeepAlivePeriod: "10" });
  });

  afterEach(() => machine.stop());

  test("says nothing while STUN is off, and shows its own address", async () => {
    await clock.pass(1000);
    expect(world.heard).toEqual([]);
    expect(value("UDPConnectionRequestAddress")).toBe(`127.0.0.1:${world.primary}`);
    expect(value("NATDetected")).toBe("false");
  });

  test("finds the binding, tells the server once that it is new, and keeps it alive at the period", async () => {
    set({ STUNEnable: "true", STUNUsername: "alice" });
    await clock.pass(35);
    expect(world.heard.map(({ at }) => at)).toEqual([0, 0, 10, 20, 30]);
    expect(world.heard.map((heard) => has(heard, stun.BINDING_CHANGE))).toEqual([false, true, false, false, false]);
    expect(world.heard.map((heard) => text(heard, stun.CONNECTION_REQUEST_BINDING))).toEqual(Array(5).fill(CR_BINDING));
    expect(text(world.heard[0] as Heard, stun.USERNAME)).toBe("alice   ");
    expect(value("UDPConnectionRequestAddress")).toBe("203.0.113.7:40000");
    expect(value("NATDetected")).toBe("true");
    world.mapped = 40_001;
    await clock.pass(10);
    expect(value("UDPConnectionRequestAddress")).toBe("203.0.113.7:40001");
    expect(world.heard.slice(5).map((heard) => has(heard, stun.BINDING_CHANGE))).toEqual([false, true]);
    set({ STUNEnable: "false" });
    await clock.pass(100);
    expect(world.heard.length).toBe(7);
    expect(value("NATDetected")).toBe("false");
  });

  test("sends copies of a request that nobody answers by RFC 3489 9.3", async () => {
    world.silent = true;
    set({ STUNEnable: "true" });
    await clock.pass(9.9);
    expect(world.heard.map(({ at }) => at)).toEqual([0, 0.1, 0.3, 0.7, 1.5, 3.1, 4.7, 6.3, 7.9]);
    expect(new Set(world.heard.map(({ message }) => message.id.toString("hex"))).size).toBe(1);
  });

  test("signs when it is asked to, and believes only signed answers then", async () => {
    world.credentials = { password: "pass" };
    set({ STUNEnable: "true", STUNUsername: "alice", STUNPassword: "pass" });
    await clock.pass(0);
    const [plain, signed] = world.heard;
    expect(plain?.message.integrity).toBeUndefined();
    expect(signed?.message.integrity?.found).toEqual(
      stun.integrityOf(signed?.message.integrity?.over ?? Buffer.alloc(0), "pass"),
    );
    expect(value("NATDetected")).toBe("true");
    world.credentials = { password: "pass", wrong: true };
    world.mapped = 40_001;
    await clock.pass(15);
    expect(value("UDPConnectionRequestAddress")).toBe("203.0.113.7:40000");
  });

  test("finds how long the binding lives, by probes from another port, and stays below", async () => {
    world.timeout = 60;
    set({ STUNEnable: "true", STUNMaximumKeepAlivePeriod: "300" });
    await clock.pass(2000);
    const probes = world.heard.filter(({ port }) => port !== world.primary);
    expect(probes.length).toBeGreaterThan(5);
    expect(probes.every((probe) => has(probe, stun.RESPONSE_ADDRESS) && !has(probe, stun.CONNECTION_REQUEST_BINDING))).toBe(true);
    const kept = world.heard
      .filter(({ port }) => port === world.primary)
      .slice(-3)
      .map(({ at }) => at);
    const period = (kept[2] ?? 0) - (kept[1] ?? 0);
    expect(period).toBeGreaterThan(50);
    expect(period).toBeLessThanOrEqual(60);
    expect(value("UDPConnectionRequestAddress")).toBe(`203.0.113.7:${world.mapped}`);
  });

  test("says that there is no NAT where there is none", async () => {
    world.mapped = undefined;
    set({ STUNEnable: "true" });
    await clock.pass(25);
    expect(world.heard.length).toBe(3);
    expect(world.heard.some((heard) => has(heard, stun.BINDING_CHANGE))).toBe(false);
    expect(value("NATDetected")).toBe("false");
    expect(value("UDPConnectionRequestAddress")).toBe(`127.0.0.1:${world.primary}`);
  });

  test("hears garbage without harm", async () => {
    set({ STUNEnable: "true" });
    await clock.pass(0);
    for (const octets of [[], [0], [0, 1, 0, 4], [1, 1, 255, 255], [200, 3], [71, 69, 84]]) world.deliver(Buffer.from(octets));
    await clock.pass(10);
    expect(world.heard.at(-1)?.at).toBe(10);
  });
});

describe("UDP connection requests", () => {
  const request = (ts: number, id: string): string => {
    const sig = createHmac("sha1", "secret").update(`${ts}${id}usercn`).digest("hex");
    return `GET http://127.0.0.1:1?ts=${ts}&id=${id}&un=user&cn=cn&sig=${sig} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n`;
  };

  test.each([
    ["a good one", request(1, "2"), true],
    ["another method", request(1, "2").replace("GET", "POST"), false],
    ["no Host", request(1, "2").replace(/Host.*\r\n/, ""), false],
    ["an old version", request(1, "2").replace("HTTP/1.1", "HTTP/1.0"), false],
    ["the timestamp 0", request(0, "2"), false],
    ["another user", request(1, "2").replace("un=user", "un=users"), false],
    ["a wrong signature", request(1, "2").replace("cn=cn", "cn=cm"), false],
    ["a signature in capitals", request(1, "2").replace(/[0-9a-f]{40}/, (sig) => sig.toUpperCase()), true],
    ["data", `${request(1, "2")}abc`, true],
  ])("%s", async (_what, datagram, good) => {
    const { isGood, readUdpRequest } = await import("./udp-connection-request.ts");
    const read = readUdpRequest(Buffer.from(datagram), reference.stun);
    const credentials = { username: "user", password: "secret" };
    expect(read !== undefined && isGood(read, { ts: 0, id: "" }, credentials, reference.stun)).toBe(good);
  });
});
