import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "./default-settings.ts";
import { isFixedUspSetting, readHostAndPort, readUspValue, readWebSocketUri, withMac } from "./usp-settings.ts";

describe("tr369_websocket_uri", () => {
  test.each([
    ["ws://usp.example:8080/agent", "usp.example", 8080, "/agent", false],
    ["wss://usp.example:8443/agent?eid=1", "usp.example", 8443, "/agent?eid=1", true],
    ["wss://usp.example", "usp.example", 443, "", true],
    ["ws://usp.example/", "usp.example", 80, "/", false],
    ["usp.example", "usp.example", 80, "", false],
    ["usp.example:443/a", "usp.example", 443, "/a", true],
    ["ws://usp.example:443", "usp.example", 443, "", false],
    ["WSS://[2001:db8::1]:9000/x", "2001:db8::1", 9000, "/x", true],
  ])("%s", (uri, host, port, path, secured) => {
    expect(readWebSocketUri(uri)).toEqual({ host, port, path, secured });
  });

  test.each(["", "ws://", "http://usp.example", "ws://usp.example:0", "ws://usp.example:70000", "/agent", "a b"])(
    "'%s' is none",
    (uri) => {
      expect(readWebSocketUri(uri)).toEqual({ host: "", port: 0, path: "", secured: false });
    },
  );
});

describe("tr369_mqtt_hostport", () => {
  test.each([
    ["mqtt.example", "TCP/IP", "mqtt.example", 1883],
    ["mqtt.example", "TLS", "mqtt.example", 8883],
    ["mqtt.example:1884", "TLS", "mqtt.example", 1884],
    ["[2001:db8::1]:1884", "TCP/IP", "2001:db8::1", 1884],
    ["[2001:db8::1]", "TLS", "2001:db8::1", 8883],
    ["2001:db8::1", "TCP/IP", "2001:db8::1", 1883],
    ["", "TLS", "", 0],
    ["mqtt.example:", "TLS", "", 0],
    ["mqtt.example:65536", "TLS", "", 0],
  ])("'%s' over %s", (hostport, transport, address, port) => {
    expect(readHostAndPort(hostport, transport)).toEqual({ address, port });
  });
});

describe("special values", () => {
  const settings = {
    mac: "000413a11fa7",
    tr369_enable2: "true",
    tr369_mtp_protocol2: "MQTT",
    tr369_controller_endpointid2: "self::usp-controller",
    tr369_mqtt_topic2: "usp/{mac}",
    tr369_websocket_uri2: "ws://usp.example/{mac}",
  };

  test("know the MAC address in upper case", () => {
    expect(readUspValue("TR369_MQTTTOPIC_RESP", "2", settings)).toBe("usp/000413A11FA7");
    expect(readUspValue("TR369_MQTTTOPIC_CTRL", "2", settings)).toBe("usp/controllers/self::usp-controller");
    expect(readUspValue("TR369_WEBSOCKETPATH", "2", settings)).toBe("/000413A11FA7");
    expect(withMac("tr369_controller_subscriptionid2", "{mac}", settings.mac)).toBe("{mac}");
  });

  test("MQTT is on when the controller is, and speaks it", () => {
    expect(readUspValue("TR369_MQTTENABLE", "2", settings)).toBe("true");
    expect(readUspValue("TR369_MQTTENABLE", "2", { ...settings, tr369_mtp_protocol2: "WebSocket" })).toBe("false");
    expect(readUspValue("TR369_MQTTENABLE", "1", settings)).toBe("false");
  });
});

test("all settings of the vendor's controller are fixed but the one that switches it on", () => {
  const ofController = (index: string): string[] =>
    Object.keys(DEFAULT_SETTINGS).filter((name) => name.startsWith("tr369_") && name.endsWith(index));
  expect(ofController("1").filter((name) => !isFixedUspSetting(name))).toEqual(["tr369_enable1"]);
  expect(ofController("2").filter(isFixedUspSetting)).toEqual([]);
  expect(ofController("2")).toHaveLength(14);
});
