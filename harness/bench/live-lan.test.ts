import { expect, test } from "vitest";
import { defaultPatience } from "../acs/patience.ts";
import type { Clock } from "../core/clock.ts";
import { VirtualClock } from "../core/virtual-clock.ts";
import { FakeLan } from "../dhcp/fake-lan.ts";
import { Recording } from "../trace/recording.ts";
import { addressOctets, type DhcpType, decodeDhcp, encodeDhcp, numberOf } from "../wire/dhcp.ts";
import { OPTION } from "../wire/dhcp-names.ts";
import { type LiveLan, startLan } from "./live-lan.ts";

/** A client that asks for an address when it starts, and renews at T1; it asks again 10 s after a DHCPNAK, and after silence. */
class Client {
  boots = 0;
  readonly #lan: FakeLan;
  readonly #clock: Clock;
  #cancel = (): void => {};

  constructor(lan: FakeLan, clock: Clock) {
    this.#lan = lan;
    this.#clock = clock;
    lan.client = ({ octets, from }) => {
      if (from.port === 67) this.#heard(octets);
    };
  }

  start(): void {
    this.boots += 1;
    this.#say("DISCOVER");
  }

  #heard(octets: Buffer): void {
    const message = decodeDhcp(octets, "");
    this.#cancel();
    if (message.type === "OFFER") this.#say("REQUEST", "0.0.0.0");
    if (message.type === "ACK")
      this.#after(numberOf(message, OPTION.renewalTime) ?? 0, () => this.#say("REQUEST", this.#lan.phoneAddress));
    if (message.type === "NAK") this.#after(10, () => this.#say("DISCOVER"));
  }

  #say(type: DhcpType, ciaddr = "0.0.0.0"): void {
    const wish = { code: OPTION.requestedAddress, octets: addressOctets(this.#lan.phoneAddress) };
    const renews = ciaddr !== "0.0.0.0";
    const octets = encodeDhcp({ op: 1, xid: 1, chaddr: "02:00:00:00:00:02", type, ciaddr, options: renews ? [] : [wish] });
    this.#cancel();
    this.#after(20, () => this.#say("DISCOVER"));
    this.#lan.say(octets, { address: ciaddr, port: 68 }, { address: renews ? this.#lan.address : "255.255.255.255", port: 67 });
  }

  #after(seconds: number, action: () => void): void {
    this.#cancel = this.#clock.after(seconds * 1000, action);
  }
}

interface Scene {
  readonly lan: LiveLan;
  readonly client: Client;
  readonly clock: Clock;
}

async function scene(): Promise<Scene> {
  const { harness: clock, phone } = new VirtualClock();
  const port = new FakeLan();
  const lan = await startLan({ port, clock, recording: new Recording() });
  const client = new Client(port, phone);
  lan.manage({ patience: { ...defaultPatience, reboot: 60_000 }, restart: async () => client.start() });
  return { lan, client, clock };
}

test("a phone with a long lease is started anew once, and renews every half a minute from then on", async () => {
  const { lan, client, clock } = await scene();
  await lan.startAnew();
  expect(lan.dhcp.lease?.seconds).toBe(604_800);
  const began = clock.now();
  expect((await lan.renewed()).step).toBe("renewal");
  expect((await lan.renewed()).step).toBe("renewal");
  expect([clock.now() - began, client.boots]).toEqual([60_000, 2]);
});

test("after a case the phone hears the usual answers before the next one begins, however it comes to them", async () => {
  const { lan, client } = await scene();
  const over = async (): Promise<readonly string[]> => {
    lan.answerAsUsual();
    return lan.settle();
  };
  expect(await over()).toEqual([]);
  lan.dhcp.answers({ request: { kind: "answer", gateway: { serial: "OTHER" } } });
  await lan.startAnew();
  expect(lan.dhcp.owes).toBe("renewal");
  // Its lease is a long one.
  expect([await over(), lan.dhcp.owes, client.boots]).toEqual([[], "nothing", 2]);
  await lan.renewed();
  lan.dhcp.answers({ renewal: { kind: "answer", gateway: {} } });
  await lan.renewed();
  expect([await over(), lan.dhcp.owes, client.boots]).toEqual([[], "nothing", 3]);
  lan.dhcp.answers({ renewal: { kind: "nak" }, discover: { kind: "silence" } });
  await lan.renewed();
  expect(lan.dhcp.owes).toBe("lease");
  expect([await over(), lan.dhcp.owes, client.boots]).toEqual([[], "nothing", 3]);
});

test("a phone that does not ask is told of, and holds nothing up", async () => {
  const { lan } = await scene();
  lan.manage({ patience: { ...defaultPatience, reboot: 60_000 }, restart: async () => {} });
  await expect(lan.renewed()).rejects.toThrow("the phone has got no lease within 60 s of its start");
  await expect(lan.restart()).rejects.toThrow("a device without CWMP");
});
