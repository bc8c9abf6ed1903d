import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { codes, FakeAcs, type Post } from "../fake-acs.ts";
import { type SimulatedGateway, startGateway } from "./gateway.ts";

const WAN = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.";
const MANAGEMENT = "InternetGatewayDevice.ManagementServer.";
const IDENTITY = { oui: "00005E", serial: "GW-1", productClass: "Box" };
const PHONE = { oui: "000413", serial: "0004130000FF", productClass: "D785" };

const valuesOf = (...names: readonly string[]): string =>
  `<ParameterNames>${names.map((name) => `<string>${name}</string>`).join("")}</ParameterNames>`;

const setting = (values: Readonly<Record<string, string>>): string =>
  `<ParameterList>${Object.entries(values)
    .map(([name, text]) => `<ParameterValueStruct><Name>${name}</Name><Value>${text}</Value></ParameterValueStruct>`)
    .join("")}</ParameterList><ParameterKey>k</ParameterKey>`;

const shown = ({ body }: Post): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/<Name>([^<]*)<\/Name><Value[^>]*>([^<]*)</g)].map(([, name = "", value = ""]) => [name, value]),
  );

describe("the simulated gateway", () => {
  let acs: FakeAcs;
  let gateway: SimulatedGateway;
  let post: Post;
  let inform: string;

  beforeEach(async () => {
    acs = new FakeAcs();
    gateway = await startGateway({
      clock: realClock,
      acs: { url: await acs.listen(), username: "gateway", password: "secret" },
      connectionRequest: { username: "acs", password: "secret" },
      identity: IDENTITY,
      host: "127.0.0.1",
      random: Math.random,
    });
    ({ inform, post } = await acs.session());
  });

  afterEach(async () => {
    post.end();
    await gateway.stop();
    acs.close();
  });

  test("informs who it is, and where it is called", () => {
    expect(codes(inform)).toEqual(["0 BOOTSTRAP", "1 BOOT"]);
    expect(inform).toMatch(/<OUI>00005E<.*<ProductClass>Box<.*<SerialNumber>GW-1</s);
    expect(inform).toMatch(/ConnectionRequestURL<\/Name><Value xsi:type="xsd:string">http:\/\/127\.0\.0\.1:\d+\/gateway</);
  });

  test("has an entry for each device on its LAN", async () => {
    gateway.leased(PHONE, "10.0.0.2");
    gateway.leased({ ...PHONE, serial: "other" }, "10.0.0.3");
    gateway.leased(PHONE, "10.0.0.4");
    gateway.released("10.0.0.3");
    post = await post.answer("GetParameterValues", valuesOf(`${MANAGEMENT}ManageableDevice.`));
    expect(shown(post)).toEqual({
      [`${MANAGEMENT}ManageableDevice.1.ManufacturerOUI`]: "000413",
      [`${MANAGEMENT}ManageableDevice.1.SerialNumber`]: "0004130000FF",
      [`${MANAGEMENT}ManageableDevice.1.ProductClass`]: "D785",
    });
    post = await post.answer("GetParameterValues", valuesOf(`${MANAGEMENT}ManageableDeviceNumberOfEntries`));
    expect(Object.values(shown(post))).toEqual(["1"]);
  });

  test("lists names, one level or all", async () => {
    const names = (): string[] => [...post.body.matchAll(/<Name>([^<]*)</g)].map(([, name = ""]) => name);
    post = await post.answer(
      "GetParameterNames",
      "<ParameterPath>InternetGatewayDevice.</ParameterPath><NextLevel>1</NextLevel>",
    );
    expect(names()).toEqual(
      ["DeviceInfo.", "ManagementServer.", "WANDevice.", "DeviceSummary"].map((name) => `InternetGatewayDevice.${name}`),
    );
    post = await post.answer("GetParameterNames", "<ParameterPath></ParameterPath><NextLevel>0</NextLevel>");
    expect(names()).toContain(`${WAN}PortMapping.`);
  });

  test("refuses what it has not, and what may not be written", async () => {
    post = await post.answer("GetParameterValues", valuesOf("InternetGatewayDevice.No"));
    expect(post.body).toContain("<FaultCode>9005<");
    post = await post.answer("SetParameterValues", setting({ [`${WAN}ExternalIPAddress`]: "1" }));
    expect(post.body).toMatch(/<FaultCode>9003<.*<FaultCode>9008</s);
    post = await post.answer("Reboot", "<CommandKey/>");
    expect(post.body).toContain("<FaultCode>9000<");
  });

  test("passes connections to a mapped port on, until the mapping is deleted", async () => {
    const inner = createServer((socket) => socket.end("hello"));
    await new Promise<void>((resolve) => inner.listen(0, "127.0.0.1", resolve));
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const heard = (): Promise<string> =>
      new Promise((resolve) => {
        let text = "";
        const socket = connect(port, "127.0.0.1");
        socket.on("data", (data) => {
          text += data.toString();
        });
        socket.on("error", () => resolve("refused"));
        socket.on("close", () => resolve(text));
      });
    const mapping = `${WAN}PortMapping.1.`;
    post = await post.answer("AddObject", `<ObjectName>${WAN}PortMapping.</ObjectName><ParameterKey/>`);
    expect(post.body).toContain("<InstanceNumber>1<");
    post = await post.answer(
      "SetParameterValues",
      setting({
        [`${mapping}PortMappingEnabled`]: "1",
        [`${mapping}ExternalPort`]: String(port),
        [`${mapping}InternalClient`]: "127.0.0.1",
        [`${mapping}InternalPort`]: String((inner.address() as AddressInfo).port),
      }),
    );
    expect(post.body).toContain("<Status>0<");
    expect(await heard()).toBe("hello");
    post = await post.answer("DeleteObject", `<ObjectName>${mapping}</ObjectName><ParameterKey/>`);
    expect(await heard()).toBe("refused");
    inner.close();
  });
});
