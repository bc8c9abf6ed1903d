import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeMqtt, type MqttPacket, type MqttVersion } from "./mqtt.ts";

// Packets of programs that we have not written (an agent, two controllers, a broker) as independent witnesses.

const folder = join(import.meta.dirname, "../../../shared/vectors/usp");
const there = existsSync(folder);
if (!there)
  console.warn("There are no packets of other programs in ../shared/vectors/usp: the MQTT decoder is not held against them.");

interface Described {
  readonly mtp?: string;
  readonly packet?: Record<string, unknown>;
  readonly hex?: string;
  readonly mqtt_publish?: {
    readonly topic: string;
    readonly qos: number;
    readonly header_hex: string;
    readonly properties?: object;
  };
}

const names = there ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
const described = names.map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as Described] as const);
const versionOf = ({ mtp }: Described): MqttVersion => (mtp === "MQTT 3.1.1" ? "3.1.1" : "5.0");

const read = (name: string, octets: Buffer, version: MqttVersion): MqttPacket => {
  const from = name.includes("ack") ? "server" : "client";
  return decodeMqtt(octets, { version, from, where: (type) => `${name} (${type})` });
};

test.runIf(there)("every control packet of other programs is read without a fault, and as it is described", () => {
  const packets = described.filter(([name]) => /^mqtt(?:5|311)_/.test(name));
  expect(packets.length).toBeGreaterThan(15);
  for (const [name, one] of packets) {
    const octets = Buffer.from(readFileSync(join(folder, name.replace(/json$/, "hex")), "utf8").trim(), "hex");
    const packet = read(name, octets, versionOf(one));
    expect([name, packet.faults]).toEqual([name, []]);
    const { protocol_level: level, keep_alive: keepAlive, client_id: clientId } = one.packet ?? {};
    if (packet.type === "CONNECT")
      expect([packet.number("protocolLevel"), packet.number("keepAlive"), packet.text("clientId")]).toEqual([
        level,
        keepAlive,
        clientId,
      ]);
  }
});

test.runIf(there)("every PUBLISH of other programs is read without a fault, and as it is described", () => {
  const published = described.filter(([, { mqtt_publish }]) => mqtt_publish !== undefined);
  expect(published.length).toBeGreaterThan(100);
  for (const [name, one] of published) {
    const { topic, qos, header_hex: header = "" } = one.mqtt_publish ?? {};
    const packet = read(name.replaceAll("ack", "-"), Buffer.from(header + (one.hex ?? ""), "hex"), versionOf(one));
    expect([name, packet.faults, packet.text("topic"), packet.qos, packet.buffer("payload").toString("hex")]).toEqual([
      ...[name, [], topic, qos, one.hex],
    ]);
  }
});
