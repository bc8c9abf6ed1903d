import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realClock } from "./clock.ts";
import { codes, FakeAcs, set } from "./fake-acs.ts";
import { type SimulatedPhone, startPhone } from "./phone.ts";

describe("the simulated phone", () => {
  let acs: FakeAcs;
  let phone: SimulatedPhone;
  let url: string;

  beforeEach(async () => {
    acs = new FakeAcs();
    url = await acs.listen();
    phone = await startPhone({ clock: realClock, rebootSeconds: 0.05 });
  });

  afterEach(async () => {
    await phone.stop();
    acs.close();
  });

  const web = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${phone.webPort}${path}`);
  const configure = (): Promise<Response> =>
    web(`/dummy.htm?settings=save&tr69_acs_url=${encodeURIComponent(url)}&tr69_use_acs=on&tr69_bootstrap=on&tr69_events=`);

  test("greets a new ACS with 0 BOOTSTRAP and 1 BOOT, once", async () => {
    await configure();
    const first = await acs.session();
    expect(codes(first.inform)).toEqual(["0 BOOTSTRAP", "1 BOOT"]);
    expect(first.post.body).toBe("");
    first.post.end();
    await web("/advanced_update.htm?reboot=Reboot");
    const second = await acs.session();
    expect(codes(second.inform)).toEqual(["1 BOOT"]);
    second.post.end();
  });

  test("reads and writes parameters", async () => {
    await configure();
    let { post } = await acs.session();
    post = await post.answer("SetParameterValues", set("Device.Time.NTPServer1", "string", "a &amp; b"));
    expect(post.body).toContain("<Status>0</Status>");
    post = await post.answer("GetParameterValues", "<ParameterNames><string>Device.Time.NTPServer1</string></ParameterNames>");
    expect(post.body).toContain('<Value xsi:type="xsd:string">a &amp; b</Value>');
    post = await post.answer("SetParameterValues", set("Device.ManagementServer.PeriodicInformInterval", "unsignedInt", "0"));
    expect([...post.body.matchAll(/<FaultCode>(\d+)</g)].map(([, code]) => code)).toEqual(["9003", "9007"]);
    post = await post.answer("GetParameterValues", "<ParameterNames><string>Device.</string></ParameterNames>");
    expect(post.body.match(/<ParameterValueStruct>/g)?.length).toBeGreaterThan(300);
    post = await post.answer("AddObject", "<ObjectName>Device.X_Snom_Speeddial.</ObjectName><ParameterKey>k</ParameterKey>");
    expect(post.body).toContain("<InstanceNumber>1</InstanceNumber>");
    post.end();
  });

  test("lists the vendor's methods by their conforming names, and answers to those of the guide too", async () => {
    await configure();
    let { post } = await acs.session();
    post = await post.answer("GetRPCMethods");
    expect(post.body).toContain("<string>X_000413_Customize</string><string>X_000413_Minibrowser</string>");
    expect(post.body).not.toContain("snom");
    for (const name of ["X_000413_Customize", "X-snom-Customize", "X_snom_Customize"]) {
      post = await post.answer(name, "<skinUrl>http://skin.example</skinUrl>");
      expect(post.body).toContain(`${name}Response`);
    }
    post = await post.answer("X-snom_Customise");
    expect(post.body).toContain("<FaultCode>9000</FaultCode>");
    post.end();
  });

  test("reboots when the session is over, and says so", async () => {
    await configure();
    let { post } = await acs.session();
    post = await post.answer("Reboot", "<CommandKey>once</CommandKey>");
    post = await post.answer("Reboot", "<CommandKey>twice</CommandKey>");
    post.end();
    const next = await acs.session();
    expect(codes(next.inform)).toEqual(["1 BOOT", "M Reboot", "M Reboot"]);
    expect(next.inform).toContain("<CommandKey>twice</CommandKey>");
    next.post.end();
  });

  test("forgets everything on FactoryReset", async () => {
    await configure();
    let { post } = await acs.session();
    post = await post.answer("SetParameterValues", set("Device.Time.NTPServer1", "string", "other"));
    post = await post.answer("FactoryReset");
    expect(post.body).toContain("FactoryResetResponse");
    post.end();
    const settings = async (): Promise<string> => (await web("/settings.xml")).text().catch(() => "");
    await expect.poll(() => settings().catch(() => ""), { timeout: 2000 }).toContain('<tr69_acs_url perm=""></tr69_acs_url>');
    await configure();
    const next = await acs.session();
    expect(codes(next.inform)).toEqual(["0 BOOTSTRAP", "1 BOOT"]);
    post = await next.post.answer(
      "GetParameterValues",
      "<ParameterNames><string>Device.Time.NTPServer1</string></ParameterNames>",
    );
    expect(post.body).toContain("ntp.example.com");
    post.end();
  });

  test("reports what its user changed, at once when asked to", async () => {
    await configure();
    let { post } = await acs.session();
    post = await post.answer(
      "SetParameterAttributes",
      "<ParameterList><SetParameterAttributesStruct><Name>Device.Time.NTPServer1</Name><NotificationChange>1</NotificationChange><Notification>2</Notification><AccessListChange>0</AccessListChange><AccessList></AccessList></SetParameterAttributesStruct></ParameterList>",
    );
    expect(post.body).toContain("SetParameterAttributesResponse");
    await web("/dummy.htm?settings=save&ntp_server=elsewhere");
    post = await post.answer("GetParameterValues", "<ParameterNames><string>Device.Time.NTPServer1</string></ParameterNames>");
    expect(post.body).toContain("ntp.example.com");
    post.end();
    const next = await acs.session();
    expect(codes(next.inform)).toEqual(["4 VALUE CHANGE"]);
    expect(next.inform).toContain("elsewhere");
    next.post.end();
  });
});
