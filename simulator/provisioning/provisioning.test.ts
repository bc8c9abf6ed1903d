import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { type PhoneOptions, type SimulatedPhone, startPhone } from "../phone.ts";
import { reference } from "../seams.ts";
import { readProvisioningFile } from "./file.ts";
import { provisioningSeams } from "./seams.ts";

const SETTINGS = { mac: "000413a11fa7", phone_type: "snomD785", firmware_version: "snomD785-SIP 10.1.198.19" };

describe("which files are asked for", () => {
  const files = (server: string): string[] => {
    const url = new URL(provisioningSeams.expanded(server, SETTINGS));
    return provisioningSeams.files(url, server.includes("{mac}"), SETTINGS).map(({ pathname, search }) => pathname + search);
  };
  test.each([
    ["http://a/", ["/snomD785.htm", "/snomD785-000413A11FA7.htm"]],
    ["http://a/dir/?x=1", ["/dir/snomD785.htm?x=1", "/dir/snomD785-000413A11FA7.htm?x=1"]],
    ["http://a/all.xml", ["/all.xml", "/all-000413A11FA7.xml"]],
    ["http://a/all", ["/all", "/all-000413A11FA7"]],
    ["http://a/{phone_type}-{mac}.xml", ["/snomD785-000413A11FA7.xml"]],
    ["http://a/p.php?id={mac}&{none}", ["/p.php?id=000413A11FA7&{none}"]],
  ])("%s", (server, expected) => expect(files(server)).toEqual(expected));
});

describe("what a file holds", () => {
  const read = (text: string) => readProvisioningFile(Buffer.from(text, "utf8"), provisioningSeams);
  test("XML, also as the guide prints it, without an end of param-map", () => {
    const file =
      read(`<?xml version="1.0"?><settings><phone-settings><user_name idx="2" perm="!">a&amp;b</user_name><x perm="R"/></phone-settings>
      <setting-files><file url="more.xml"/> <param-map url="http://m/map.txt"> </setting-files>
      <uploads><file url="m2" type="parammap"/><file url="s.tar" type="gui"/></uploads>
      <firmware-settings><firmware perm=""> http://f </firmware></firmware-settings></settings>`);
    expect(file?.settings).toEqual([
      { name: "user_name2", value: "a&b", permission: "!" },
      { name: "x", value: "", permission: "R" },
    ]);
    expect(file).toMatchObject({ files: ["more.xml"], firmware: ["http://f"] });
    expect(file?.paramMaps).toEqual([
      { place: "setting-files", url: "http://m/map.txt" },
      { place: "uploads", url: "m2" },
    ]);
    expect(file?.skins).toEqual([{ setting: "upload_gui", url: "s.tar" }]);
  });
  test("text, in which a setting without a flag is protected", () => {
    expect(read("<html><pre>\r\n# x\r\na!: 1\r\nb: 2 \r\nc$: x:y\r\n</pre></html>")?.settings).toEqual([
      { name: "a", value: "1", permission: "!" },
      { name: "b", value: "2 ", permission: "R" },
      { name: "c", value: "x:y", permission: "RW" },
    ]);
  });
  test.each([
    "",
    "<html><body>404</body></html>",
    "no settings",
    "<settings><phone-settings><a>1</b></phone-settings></settings>",
  ])("%j is no such file", (text) => expect(read(text)).toBeUndefined());
});

describe("a phone without an ACS", () => {
  let server: Server;
  let base: string;
  let files: Record<string, string>;
  let asked: string[];
  let phone: SimulatedPhone;

  beforeEach(async () => {
    files = {};
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      const content = files[request.url ?? ""];
      response.writeHead(content === undefined ? 404 : 200, { Connection: "close" });
      response.end(content);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await phone.stop();
    server.close();
  });

  const start = async (options: Partial<PhoneOptions> = {}): Promise<void> => {
    const seams = { ...reference, provisioning: { ...provisioningSeams, pause: () => 50 } };
    phone = await startPhone({
      clock: realClock,
      rebootSeconds: 0.05,
      provisioningServer: `${base}/{mac}.xml`,
      seams,
      ...options,
    });
  };
  const web = async (target: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${phone.webPort}${target}`)).text().catch(() => "");
  const settings = (): Promise<string> => web("/settings.xml").catch(() => "");
  const put = (entries: string, rest = ""): void => {
    files["/000413A11FA7.xml"] = `<settings><phone-settings>${entries}</phone-settings>${rest}</settings>`;
  };

  test("keeps what its user may keep, and protects what it may not change", async () => {
    put(
      `<ntp_server perm="R">fixed</ntp_server><language perm="!">Deutsch</language><timezone perm="">GER+1</timezone><tone_scheme perm="V">USA</tone_scheme>`,
    );
    await start();
    await expect.poll(settings).toContain('<ntp_server perm="R">fixed');
    await web("/dummy.htm?settings=save&ntp_server=mine&language=Polski&timezone=POL%2B1&tone_scheme=GBR");
    expect(await settings()).toContain('<tone_scheme perm="V">USA');
    files = {};
    await web("/advanced_network.htm?reboot=Reboot");
    await expect.poll(settings).toContain('<tone_scheme perm="V">GER');
    const now = await settings();
    for (const kept of ["fixed<", "Polski<", "POL+1<"]) expect(now).toContain(kept);
    put(`<language perm="!">Deutsch</language><timezone perm="">GER+1</timezone>`);
    await expect.poll(settings).toContain(">GER+1<");
    expect(await settings()).toContain("Polski<");
  });

  test("follows containers, once each, and uses what is good in them", async () => {
    files["/000413A11FA7.xml"] =
      '<setting-files><file url="a.xml"/><file url="gone.xml"/><file url="bad.xml"/><param-map url="map.txt"/><param-map url="bad.xml"/></setting-files>';
    files["/a.xml"] = '<settings><setting-files><file url="{mac}.xml"/><file url="/b.xml"/></setting-files></settings>';
    files["/b.xml"] = "<phone-settings><ntp_server>from b</ntp_server></phone-settings>";
    files["/bad.xml"] = "<phone-settings><ntp_server>broken</phone-settings>";
    files["/map.txt"] = "string:Device.Mine=yes\n";
    await start();
    await expect.poll(settings).toContain("from b");
    expect(await web("/param_map")).toBe("string:Device.Mine=yes\n");
    expect(asked).toEqual(["/000413A11FA7.xml", "/map.txt", "/bad.xml", "/a.xml", "/b.xml", "/gone.xml", "/bad.xml"]);
  });

  test("asks again until there is something, installs firmware first, and stops once an ACS is in charge", async () => {
    await start();
    await expect.poll(() => asked.length).toBeGreaterThan(2);
    files["/f.xml"] = `<firmware-settings><firmware>${base}/image.bin</firmware></firmware-settings>`;
    files["/image.bin"] = "CPE-ASSAY-FIRMWARE 10.1.200.1\n";
    put(
      `<firmware_status>${base}/f.xml</firmware_status><update_policy>auto_update</update_policy><settings_refresh_timer>1</settings_refresh_timer>
       <tr69_acs_url>${base}/acs</tr69_acs_url><tr69_use_acs>on</tr69_use_acs>`,
    );
    asked = [];
    await expect.poll(() => asked, { timeout: 3000 }).toContain("/acs");
    const fetched = asked.slice(0, asked.indexOf("/acs"));
    expect(fetched).toEqual([..."12"].flatMap(() => ["/000413A11FA7.xml", "/f.xml", "/image.bin"]));
    expect(await settings()).toContain("snomD785-SIP 10.1.200.1");
    await web("/advanced_update.htm?reset=Reset");
    asked = [];
    files = {};
    await expect.poll(() => asked.length).toBeGreaterThan(1);
    expect(new Set(asked)).toEqual(new Set(["/000413A11FA7.xml"]));
    expect(await settings()).toContain('<tr69_acs_url perm=""></tr69_acs_url>');
  });
});
