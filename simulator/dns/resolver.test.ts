import { beforeEach, describe, expect, test } from "vitest";
import type { DatagramSocket, Network, SocketOptions } from "../network.ts";
import { reference } from "../seams.ts";
import { TestClock } from "../test-clock.ts";
import { DnsClient } from "./client.ts";
import { type DnsRecord, decodeDns, encodeDns } from "./message.ts";
import { Resolver } from "./resolver.ts";

const SERVER = "192.0.2.1";
const HOST = "acs.example.com";

/** A DNS server in memory; silent while it knows nothing. */
class FakeDns implements Network {
  records: readonly DnsRecord[] | undefined;
  asked = 0;

  async open({ received }: SocketOptions): Promise<DatagramSocket> {
    return {
      port: 4711,
      send: (octets, { address, port }) => {
        const query = decodeDns(octets);
        this.asked += 1;
        if (query === undefined || this.records === undefined || address !== SERVER) return;
        const answer = encodeDns({ ...query, isResponse: true, answers: this.records });
        queueMicrotask(() => received(answer, { address, port }, "192.0.2.20"));
      },
      close() {},
    };
  }
}

const a = (address: string, ttl = 60, name = HOST): DnsRecord => ({ type: "A", name, ttl, address });

describe("a resolver", () => {
  let clock: TestClock;
  let dns: FakeDns;
  let resolver: Resolver;
  let randoms: number[];

  beforeEach(() => {
    clock = new TestClock();
    dns = new FakeDns();
    randoms = [];
    const random = (): number => randoms.shift() ?? 0.5;
    resolver = new Resolver({ clock, random, seams: reference }, new DnsClient(clock, dns, random), () => [SERVER]);
  });

  /** The addresses of the host, for which it may ask for half a minute. */
  const look = async (host = HOST): Promise<readonly string[]> => {
    const found = resolver.addresses(host);
    await clock.pass(30);
    return found;
  };

  test("asks nobody for what is an address, or the phone itself", async () => {
    for (const host of ["192.0.2.9", "2001:db8::1", "localhost"]) expect(await look(host)).toEqual([host]);
    expect(dns.asked).toBe(0);
  });

  test("takes the addresses in random order", async () => {
    dns.records = [a("192.0.2.5"), a("192.0.2.6")];
    // The first one is for the id of the question.
    randoms = [0, 0.9, 0.1];
    expect(await look()).toEqual(["192.0.2.6", "192.0.2.5"]);
  });

  test("follows an alias, and no other name", async () => {
    dns.records = [
      { type: "CNAME", name: HOST, ttl: 60, target: "a.example.com" },
      a("192.0.2.7", 60, "A.example.com"),
      a("192.0.2.8", 60, "b.example.com"),
    ];
    expect(await look()).toEqual(["192.0.2.7"]);
  });

  test("asks again when the time to live is over, and not before", async () => {
    dns.records = [a("192.0.2.5", 45)];
    await look();
    await look();
    expect(dns.asked).toBe(1);
    dns.records = [a("192.0.2.6", 45)];
    expect(await look()).toEqual(["192.0.2.6"]);
  });

  test("uses what it knew while no server answers", async () => {
    dns.records = [a("192.0.2.5", 1)];
    await look();
    dns.records = undefined;
    expect(await look()).toEqual(["192.0.2.5"]);
    resolver.forget();
    expect(await look()).toEqual([]);
  });

  test("stays with the address that was good, as long as the list is the same", async () => {
    dns.records = [a("192.0.2.5", 0), a("192.0.2.6", 0)];
    await look();
    resolver.reached(HOST, "192.0.2.6");
    dns.records = [a("192.0.2.6", 0), a("192.0.2.5", 0)];
    expect((await look())[0]).toBe("192.0.2.6");
    dns.records = [a("192.0.2.5", 0), a("192.0.2.6", 0), a("192.0.2.7", 0)];
    expect((await look())[0]).toBe("192.0.2.5");
  });
});
