import { describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { factoryState } from "../factory.ts";
import type { PhoneState } from "../state.ts";
import { allSettings } from "./internal-settings.ts";
import { DataModel } from "./model.ts";
import type { ParameterNode } from "./nodes.ts";
import { readMapFile } from "./phone-map.ts";
import { modelSeams } from "./seams.ts";

/** A phone's data model over a map of these lines. */
function modelOf(paramMap: string): { state: PhoneState; model: DataModel; node(name: string): ParameterNode } {
  const state = factoryState({ paramMap, connectionRequestPort: 0, random: () => 0 });
  const running = { clock: realClock, bootedAt: 0, connectionRequestURL: "", log: [] };
  const model = new DataModel(state, running, modelSeams);
  return {
    state,
    model,
    node(name) {
      const found = model.parameter(`Device.${name}`);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    },
  };
}

const EVERYBODY = ["Subscriber"];

/** A line of 8192 octets with its end. */
const COMMENT = `${"#".repeat(8191)}\n`;

describe("the map as a file", () => {
  test("has written values in their lines, and all else octet for octet", () => {
    const { model, node } = modelOf(
      "\uFEFF# one\r\nstring:Device.A=old # 1\r\n\r\nstring:Device.B={ntp_server}\r\nint:Device.C!=1",
    );
    model.write(node("A"), "new=#");
    model.write(node("B"), "ntp.example.net");
    expect(model.mapText()).toBe("\uFEFF# one\r\nstring:Device.A=new=#\r\n\r\nstring:Device.B={ntp_server}\r\nint:Device.C!=1");
    expect(model.read(node("B"))).toBe("ntp.example.net");
  });

  test("has notifications as modifiers, but for what is read only", () => {
    const { model, node } = modelOf("string:Device.A=a\nstring:Device.B*=b\nstring:Device.C!=c\nstring:Device.D=d\n");
    for (const [name, notification] of [
      ["A", 2],
      ["B", 0],
      ["C", 2],
    ] as const)
      model.setAttributes(`Device.${name}`, { notification, accessList: EVERYBODY });
    model.setAttributes("Device.D", { notification: 1, accessList: [] });
    model.write(node("A"), "=");
    expect(model.mapText()).toBe("string:Device.A*==\nstring:Device.B$=b\nstring:Device.C!=c\nstring:Device.D=d\n");
    expect(node("C").writable).toBe(false);
    expect(model.attributes(node("C")).notification).toBe(2);
  });

  test("of several lines with one name the last counts, and is written to", () => {
    const { model, node } = modelOf("string:Device.A=1\nint:Device.A*=2\nstring:Device.B=3\nstring:Device.B&=4\n");
    expect(node("A").type).toBe("int");
    expect(model.parameter("Device.B")).toBeUndefined();
    model.write(node("A"), "5");
    expect(model.mapText()).toBe("string:Device.A=1\nint:Device.A*=5\nstring:Device.B=3\nstring:Device.B&=4\n");
  });

  test("has no say in tables", () => {
    const { model } = modelOf(
      "string:Device.X_Snom_Speeddial.1.Number=1\nunsignedInt:Device.X_Snom_SpeeddialNumberOfEntries=7\n",
    );
    expect(model.valueOf("Device.X_Snom_SpeeddialNumberOfEntries")).toBe("0");
    expect(model.has("Device.X_Snom_Speeddial.1.Number")).toBe(false);
  });

  test.each([
    ["string:Device.A=1\r\nDevice.B=2\r\n", "line 2: no type and ':' before the name"],
    ["# nothing\n", "no line of it is a parameter"],
    [`string:Device.A=${"x".repeat(8176)}`, undefined],
    [`string:Device.A=${"x".repeat(8177)}`, "line 1: it is longer than 8192 octets"],
    [`string:Device${".A".repeat(125)}=1`, undefined],
    [`string:Device${".A".repeat(126)}=1`, "line 1: its name is longer than 256 characters"],
    [`string:Device.A=1\n${COMMENT.repeat(63)}`, undefined],
    [`string:Device.A=1\n${COMMENT.repeat(64)}`, "it is longer than 524288 octets"],
    [Buffer.from("string:Device.A=\xe4\n", "latin1"), "it is not in UTF-8"],
  ])("is refused for what is none (%#)", (file, reason) => {
    const content = Buffer.from(file);
    expect(readMapFile(content, modelSeams)).toEqual(reason === undefined ? { text: content.toString() } : { reason });
  });
});

describe("values", () => {
  test("that would break their line, or read as a placeholder, are refused", () => {
    const { model, node } = modelOf("string:Device.A=\nstring:Device.B={ntp_server}\n");
    for (const text of ["a\nb", "a\rb", "{http_pass}", "x{user_pass|1}", "{X}", "x".repeat(8200)])
      expect([text, model.refusal(node("A"), text, "string")]).toEqual([text, 9007]);
    for (const text of ["{}", "{a b}", "{", "a\tb", " # = : "])
      expect([text, model.refusal(node("A"), text, "string")]).toEqual([text, undefined]);
    expect(model.refusal(node("B"), "{http_pass}\n", "string")).toBeUndefined();
    model.write(node("B"), "{http_pass}");
    expect(model.read(node("B"))).toBe("{http_pass}");
  });

  test.each([
    ["{tr69_events}", false],
    ["{mac}", false],
    ["{tr369_mqtt_topic|1}", false],
    ["{tr369_enable|1}", true],
    ["{tr369_mqtt_topic|2}", true],
    ["{no_such_setting}", false],
    ["{constructor}", false],
    ["{LCS2_PRODUCT}", false],
    ["{NO_SUCH_VALUE}", false],
    ["a {ntp_server}", false],
    ["{ntp_server}", true],
    ["a", true],
  ])("of the form %s can be written: %s", (value, writable) => {
    expect(modelOf(`string:Device.A=${value}`).node("A").writable).toBe(writable);
    expect(modelOf(`string:Device.A!=${value}`).node("A").writable).toBe(false);
  });

  test("come from the setting of the index that is meant", () => {
    const { state, model, node } = modelOf(
      "string:Device.L.2.P.1.A={user_name|n}\nstring:Device.B={user_name}\nstring:Device.C=<{user_name|2}|{none}|{NONE|1}>\n",
    );
    Object.assign(state.settings, { user_name1: "one", user_name2: "two" });
    expect(["L.2.P.1.A", "B", "C"].map((name) => model.read(node(name)))).toEqual(["one", "one", "<two||>"]);
    expect(model.parametersOf("user_name1").map(({ name }) => name)).toEqual(["Device.L.2.P.1.A", "Device.B"]);
  });

  test("of a type that the text does not have are its zero", () => {
    const lines = [
      "int:Device.A=many",
      "unsignedInt:Device.B=-1",
      "boolean:Device.C=perhaps",
      "dateTime:Device.D=noon",
      "int:Device.E=",
    ];
    const { model, node } = modelOf(lines.join("\n"));
    const values = ["A", "B", "C", "D", "E"].map((name) => model.read(node(name)));
    expect(values).toEqual(["0", "0", "false", "0001-01-01T00:00:00Z", "0"]);
  });

  test("of booleans keep the spelling that was there", () => {
    const { model, node } = modelOf(
      "boolean:Device.A=1\nboolean:Device.B=yes\nboolean:Device.C=\nboolean:Device.D={admin_mode}\n",
    );
    for (const name of ["A", "B", "C", "D"]) model.write(node(name), "false");
    expect(model.mapText()).toBe(
      "boolean:Device.A=0\nboolean:Device.B=no\nboolean:Device.C=false\nboolean:Device.D={admin_mode}\n",
    );
  });

  test("of secret settings are never shown, whatever the parameter is called", () => {
    const { state, model, node } = modelOf("string:Device.A={http_pass}\nstring:Device.B=me:{user_pass|1}\n");
    Object.assign(state.settings, { http_pass: "secret", user_pass1: "secret" });
    expect(["A", "B"].map((name) => model.read(node(name)))).toEqual(["", ""]);
  });

  test("have the limits of the type that the map gives them", () => {
    const name = "ManagementServer.PeriodicInformInterval";
    const asString = modelOf(`string:Device.${name}=3600`);
    expect(asString.model.refusal(asString.node(name), "soon", "string")).toBeUndefined();
    expect(asString.model.refusal(asString.node(name), "7", "unsignedInt")).toBe(9006);
    const asInt = modelOf(`int:Device.${name}=3600`);
    expect(asInt.model.refusal(asInt.node(name), "0", "int")).toBe(9007);
  });
});

test("what the CWMP stack keeps for itself shows as settings", () => {
  const { state } = modelOf("string:Device.A=1");
  state.events = [{ code: "1 BOOT", commandKey: "" }];
  state.changes = ["Device.A", "Device.B"].map((name, serial) => ({ name, serial }));
  expect(allSettings(state)).toMatchObject({
    tr69_events: ";1 BOOT",
    tr69_params: ";Device.A;Device.B",
    tr69_download_status: "",
  });
});
