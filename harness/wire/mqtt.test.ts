import fc from "fast-check";
import mqttPacket from "mqtt-packet";
import { expect, test } from "vitest";
import { decodeMqtt, isCovered, isTopicFilter, type MqttPacket, type MqttVersion, subscriptionsOf } from "./mqtt.ts";
import { MqttReader } from "./mqtt-reader.ts";

const read = (octets: Buffer, version: MqttVersion = "5.0", from: "client" | "server" = "client"): MqttPacket =>
  decodeMqtt(octets, { version, from, where: (type) => `${type} #1` });

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

const kinds = ({ faults }: MqttPacket): readonly string[] => faults.map(({ kind, offset }) => `${kind}@${offset}`);

test("a packet is read with the octet of each field", () => {
  // CONNECT, 5.0, Clean Start, 60 s, User Property a=b, client id "x", will of QoS 1 to "w" with "p", user name "u", password "s"
  const octets = hex("10 22 0004 4d515454 05 ce 003c 07 26 0001 61 0001 62 0001 78 00 0001 77 0001 70 0001 75 0001 73");
  const packet = read(octets);
  expect(packet.faults).toEqual([]);
  expect(packet.fields.map(({ path, value, offset }) => `${offset} ${path}=${String(value)}`)).toEqual([
    ...["2 protocolName=MQTT", "8 protocolLevel=5", "9 connectFlags=206", "9 cleanStart=true", "10 keepAlive=60"],
    ...["14 properties/user/a=b", "20 clientId=x", "9 will/qos=1", "9 will/retain=false", "24 will/topic=w"],
    ...["27 will/payload=p", "30 username=u", "33 password=s"],
  ]);
  expect(packet.at("properties/user/a")).toEqual({ value: "b", where: "CONNECT #1, octet 14" });
  expect([packet.at("nothing").value, packet.at("nothing").where, packet.number("keepAlive"), packet.text("keepAlive")]).toEqual([
    ...[undefined, "CONNECT #1", 60, ""],
  ]);
});

test("Topic Filters come with their QoS", () => {
  const packet = read(hex("82 0b 0001 00 0001 61 01 0001 23 00"));
  expect([packet.faults, subscriptionsOf(packet)]).toEqual([
    [],
    [
      { filter: "a", qos: 1 },
      { filter: "#", qos: 0 },
    ],
  ]);
});

test.each<[string, string, readonly string[], MqttVersion?, ("client" | "server")?]>([
  ["the empty packet", "", ["truncated@0"]],
  ["a type that does not exist", "0000", ["type@0"]],
  ["a CONNACK of a client", "20 03 00 00 00", ["type@0"]],
  ["flags that SUBSCRIBE must have", "80 07 0001 00 0001 61 00", ["flags@0"]],
  ["QoS 3", "36 04 0001 61 00", ["flags@0", "truncated@5"]],
  ["DUP with QoS 0", "38 04 0001 61 00", ["flags@0"]],
  ["packet identifier 0", "32 06 0001 61 0000 00", ["value@5"]],
  ["a remaining length of five octets", "30 ffffffff01", ["length@1"]],
  ["a remaining length with an octet too many", "c0 8000", ["length@1"]],
  ["less than announced", "30 09 0001 61 00", ["truncated@2"]],
  ["octets behind the last field", "c0 01 ff", ["trailing@2"]],
  ["invalid UTF-8", "30 04 0001 ff 00", ["utf-8@2"]],
  ["a surrogate", "30 06 0003 eda080 00", ["utf-8@2"]],
  ["U+0000", "30 04 0001 00 00", ["utf-8@2"]],
  ["a Topic Name with a wildcard", "30 04 0001 23 00", ["topic@2"]],
  ["an empty Topic Name", "30 03 0000 00", ["topic@2"]],
  ["a property twice", "30 0c 0001 61 08 03 0001 62 03 0001 62", ["property@10"]],
  ["a property that PUBLISH cannot have", "30 07 0001 61 03 21 0001", ["property@6"]],
  ["a property that does not exist", "30 06 0001 61 02 05 00", ["property@6"]],
  ["Receive Maximum 0", "10 11 0004 4d515454 05 02 003c 03 21 0000 0001 78", ["value@13"]],
  ["neither 0 nor 1", "10 10 0004 4d515454 05 02 003c 02 19 02 0001 78", ["value@13"]],
  ["a Response Topic with a wildcard", "30 08 0001 61 04 08 0001 2b", ["topic@6"]],
  ["Topic Alias 0", "30 07 0001 61 03 23 0000", ["value@6"]],
  ["a Subscription Identifier of a client", "30 06 0001 61 02 0b 01", ["property@6"]],
  ["no Topic Filter", "82 03 0001 00", ["truncated@5"]],
  ["no Topic Filter in UNSUBSCRIBE", "a2 03 0001 00", ["truncated@5"]],
  ["a Topic Filter that is none", "82 09 0001 00 0003 61232f 00", ["topic@5"]],
  ["an empty Topic Filter", "82 06 0001 00 0000 00", ["topic@5"]],
  ["reserved Subscription Options", "82 07 0001 00 0001 61 c0", ["flags@8"]],
  ["options of 5.0 in 3.1.1", "82 06 0001 0001 61 04", ["flags@7"], "3.1.1"],
  ["a subscription with QoS 3", "82 07 0001 00 0001 61 03", ["value@8"]],
  ["No Local on a shared subscription", "82 0e 0001 00 0008 2473686172652f61 04", ["value@15"]],
  ["the reserved Connect Flag", "10 0e 0004 4d515454 05 03 003c 00 0001 78", ["flags@9"]],
  ["a will of QoS 3", "10 14 0004 4d515454 05 1e 003c 00 0001 78 00 0001 77 0000", ["value@9"]],
  ["QoS of no will", "10 0e 0004 4d515454 05 0a 003c 00 0001 78", ["flags@9"]],
  ["a password without a user name in 3.1.1", "10 10 0004 4d515454 04 42 003c 0001 78 0001 73", ["flags@9"]],
  ["another protocol name", "10 0e 0004 4d515455 05 02 003c 00 0001 78", ["value@2"]],
  ["another level", "10 0d 0004 4d515454 06 02 003c 0001 78", ["value@8"]],
  ["no Client Identifier and no Clean Session in 3.1.1", "10 0c 0004 4d515454 04 00 003c 0000", ["value@14"]],
  ["AUTH in 3.1.1", "f0 00", ["type@2"], "3.1.1"],
  ["a reason code that PUBACK cannot have", "40 03 0001 8e", ["value@4"]],
  ["a reason code that DISCONNECT cannot have", "e0 01 8a", ["value@2"]],
  ["a payload that should be UTF-8", "30 07 0001 61 02 01 01 ff", ["utf-8@8"]],
  ["reserved Acknowledge Flags", "20 03 02 00 00", ["flags@2"], "5.0", "server"],
])("%s is a fault", (_, octets, faults, version, from) => {
  expect(kinds(read(hex(octets), version, from))).toEqual(faults);
});

test("what another library writes is read without a fault", () => {
  const packets: readonly [Parameters<typeof mqttPacket.generate>[0], "client" | "server"][] = [
    [{ cmd: "connect", clientId: "c", protocolVersion: 5, protocolId: "MQTT", clean: true, keepalive: 1 }, "client"],
    [{ cmd: "connack", reasonCode: 0, sessionPresent: true, properties: { responseInformation: "r", maximumQoS: 1 } }, "server"],
    [{ cmd: "publish", topic: "t", payload: "p", qos: 2, messageId: 3, dup: true, retain: true }, "client"],
    [{ cmd: "pubrel", messageId: 3, reasonCode: 0 }, "client"],
    [{ cmd: "suback", messageId: 3, granted: [0, 0x80] }, "server"],
    [{ cmd: "unsubscribe", messageId: 3, unsubscriptions: ["a", "b/#"] }, "client"],
    [{ cmd: "disconnect", reasonCode: 4, properties: { reasonString: "bye" } }, "client"],
    [{ cmd: "pingreq" }, "client"],
  ];
  for (const [packet, from] of packets) {
    const octets = mqttPacket.generate(packet, { protocolVersion: 5 });
    const { type, faults } = read(octets, "5.0", from);
    expect([type, faults]).toEqual([packet.cmd.toUpperCase(), []]);
  }
});

test("whatever comes is read without an exception, and in the same packets wherever it is cut", () => {
  const some = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    // Something that begins like a packet, so that its body is reached.
    fc
      .tuple(fc.nat(255), fc.uint8Array({ maxLength: 60 }))
      .map(([first, body]) => Uint8Array.from([first, body.length, ...body])),
  );
  fc.assert(
    fc.property(some, fc.constantFrom<MqttVersion>("5.0", "3.1.1"), fc.array(fc.nat(60)), (octets, version, cuts) => {
      const whole = Buffer.from(octets);
      for (const { offset } of read(whole, version).faults) if (offset > whole.length) throw new Error(`fault at ${offset}`);
      const once = new MqttReader(1000);
      const pieces = new MqttReader(1000);
      const expected = once.feed(whole);
      const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
      const got = places.slice(1).flatMap((end, index) => pieces.feed(whole.subarray(places[index], end)));
      return expected.length === got.length && expected.every((packet, index) => got[index]?.equals(packet) === true);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["a/b", "a/b", true],
  ["a/b", "a/+", true],
  ["a", "a/#", true],
  ["a/b/c", "a/#", true],
  ["a/#", "a/#", true],
  ["a/#", "a/+", false],
  ["a/b", "a", false],
  ["a", "a/+", false],
  ["$SYS/a", "#", false],
])("%s below %s: %s", (topic, filter, covered) => {
  expect(isCovered(topic, filter)).toBe(covered);
});

test("Topic Filters have wildcards as whole levels", () => {
  expect(["#", "+/a/#", "a+", "a/#/b", "", "/"].map(isTopicFilter)).toEqual([true, true, false, false, false, true]);
});
