import { afterEach, expect, test } from "vitest";
import { VirtualClock } from "../core/virtual-clock.ts";
import { Recording } from "../trace/recording.ts";
import { runHook } from "./hooks.ts";
import type { Reach } from "./profile.ts";
import { SnomDriver } from "./snom.ts";
import { SNOM_WAYS, type SnomWays } from "./snom-phone.ts";
import { parseSettings, restoration } from "./snom-settings.ts";
import { TinyPhone } from "./tiny-phone.ts";

const ACCESS = { url: "http://a/?x=1&y=2", username: "u", password: "p", connectionRequest: { username: "cu", password: "cp" } };
let phone: TinyPhone;
afterEach(() => phone.server?.close());

interface Around {
  readonly web?: Partial<Reach["web"]>;
  readonly ways?: Partial<SnomWays>;
  readonly clock?: VirtualClock;
}

async function driverFor(tiny: TinyPhone, { web = {}, ways = {}, clock = new VirtualClock() }: Around = {}): Promise<SnomDriver> {
  phone = tiny;
  const target = { host: "127.0.0.1", port: await tiny.listen(clock) };
  const wire = { clock: clock.harness, recording: new Recording() };
  const options = { web: { scheme: "http", ...web }, ways: { ...SNOM_WAYS, ...ways }, reboot: 60_000, note() {} } as const;
  return new SnomDriver({ wire, target, ...options });
}

test("points the phone to the ACS as Snom's guide has it, and puts everything back", async () => {
  const tiny = new TinyPhone();
  const before = { ...tiny.settings };
  const driver = await driverFor(tiny);
  await driver.start(ACCESS);
  expect(tiny.visits[2]).toBe(
    "GET /dummy.htm?settings=save&tr69_acs_url=http%3A%2F%2Fa%2F%3Fx%3D1%26y%3D2&tr69_acs_user=u&tr69_acs_passwd=p&tr69_use_acs=on&" +
      "tr69_bootstrap=on&tr69_cnr_user=cu&tr69_cnr_pass=cp&tr69_events=&store_settings=save",
  );
  const local = { parameter: "Device.Time.NTPServer1", setting: "ntp_server", values: ["x", "y"] as const };
  await driver.changeLocally(local, "ntp.new");
  expect(tiny.settings.ntp_server).toBe("ntp.new");
  const settled = { changed: true, comes: false, left: [] };
  expect([await driver.settle(), tiny.settings.ntp_server]).toEqual([settled, "ntp.old"]);
  expect(await driver.settle()).toEqual({ ...settled, changed: false });
  tiny.map = "string:Device.A=2\n";
  expect(await driver.stop()).toEqual([]);
  expect(tiny.settings).toMatchObject(before);
  expect([tiny.map, tiny.settings.tr69_acs_user]).toEqual(["string:Device.A=1\n", ""]);
});

test.each(["basic", "digest"] as const)(
  "answers a challenge for %s, and asks for credentials where there are none",
  async (scheme) => {
    const tiny = new TinyPhone({ scheme });
    const driver = await driverFor(tiny, { web: { username: "admin", password: "s3cret" } });
    await driver.start(ACCESS);
    expect(tiny.settings.tr69_acs_url).toBe(ACCESS.url);
    tiny.nonce = "n2";
    await driver.snom.save({ ntp_server: "later" });
    expect([tiny.settings.ntp_server, tiny.badLogins]).toEqual(["later", scheme === "digest" ? 1 : 0]);
    tiny.server?.close();
    await expect((await driverFor(tiny)).start(ACCESS)).rejects.toThrow(
      "asks for a password; set username and password under reach.web",
    );
  },
);

test.each(["basic", "digest"] as const)("tries a password that is refused for %s once, and never again", async (scheme) => {
  const tiny = new TinyPhone({ scheme });
  const driver = await driverFor(tiny, { web: { username: "admin", password: "no" } });
  await expect(driver.start(ACCESS)).rejects.toThrow("does not take the username");
  await driver.stop();
  for (const page of ["/settings.xml", "/param_map", "/settings.xml"]) expect((await driver.snom.page(page)).status).toBe(401);
  expect(tiny.badLogins).toBe(1);
});

test.each([
  ["speaks HTTPS with a certificate of its own", { tls: true }],
  ["hangs up without keep-alive", { wants: "keep-alive" }],
  ["does not answer with keep-alive", { wants: "close" }],
  ["answers in chunks", { framing: "chunked" }],
  ["ends a page with its connection", { framing: "close" }],
  ["needs 15 s for its settings", { slow: 15_000 }],
  ["writes its settings in Latin-1 without saying so", { encoding: "latin1" }],
] as const)("a phone that %s is set up and put back", async (_, habits) => {
  const tiny = new TinyPhone(habits);
  tiny.settings.user_name1 = "Zoë Müller";
  const before = { ...tiny.settings };
  const driver = await driverFor(tiny, { web: { scheme: "tls" in habits ? "https" : "http" } });
  await driver.start(ACCESS);
  expect(tiny.settings.tr69_acs_url).toBe(ACCESS.url);
  await driver.snom.save({ user_name1: "other" });
  expect([tiny.settings.user_name1, await driver.settle()]).toEqual(["other", { changed: true, comes: false, left: [] }]);
  expect([await driver.stop(), tiny.settings]).toEqual([[], expect.objectContaining(before)]);
});

test("a phone that sends everybody to HTTPS is followed there", async () => {
  const secure = new TinyPhone({ tls: true });
  const clock = new VirtualClock();
  const plain = new TinyPhone({ redirectsTo: await secure.listen(clock) });
  const driver = await driverFor(plain, { clock });
  await driver.start(ACCESS);
  expect([secure.settings.tr69_acs_url, (await driver.snom.loadParamMap("string:Device.B=1\n")).status]).toEqual([
    ACCESS.url,
    200,
  ]);
  expect(secure.map).toBe("string:Device.B=1\n");
  secure.server?.close();
});

test("a page for logging in is not taken for settings", async () => {
  const driver = await driverFor(new TinyPhone({ login: '<html><form><input name="p" type="password"></form></html>' }));
  await expect(driver.start(ACCESS)).rejects.toThrow("shows a page for logging in");
  const bare = await driverFor(new TinyPhone({ login: "<html>no settings here</html>" }));
  await bare.start(ACCESS);
  await expect(bare.snom.settings()).rejects.toThrow("the phone did not show its settings: 200 OK");
});

test("a map goes up as the profile says, and comes back after the case as it was when the case began", async () => {
  const tiny = new TinyPhone();
  const mapUpload = { page: "/param_map", field: "map" };
  const driver = await driverFor(tiny, { ways: { mapUpload, store: false } });
  await driver.start(ACCESS);
  expect(tiny.visits.at(-2)).not.toContain("store_settings");
  tiny.map = "# changed over CWMP\n";
  await driver.snom.loadParamMap("string:Device.B=assay\r\n");
  expect(tiny.map).toBe("string:Device.B=assay\r\n");
  await driver.snom.loadParamMap("string:Device.C=2");
  expect([await driver.settle(), tiny.map]).toEqual([{ changed: true, comes: false, left: [] }, "# changed over CWMP\n"]);
  expect([await driver.stop(), tiny.map]).toEqual([[], "string:Device.A=1\n"]);
});

test("what a case takes from the ACS is given back last, and a reset makes older changes void", async () => {
  const tiny = new TinyPhone();
  const driver = await driverFor(tiny);
  await driver.start(ACCESS);
  await driver.snom.save({ tr69_acs_url: "http://elsewhere/", ntp_server: "ntp.new", tr69_bootstrap: "off" });
  expect(await driver.settle()).toEqual({ changed: true, comes: true, left: [] });
  expect(tiny.visits.at(-1)).toContain("tr69_acs_url=http%3A%2F%2Fa%2F");
  expect(tiny.settings.ntp_server).toBe("ntp.old");
  await driver.snom.save({ ntp_server: "ntp.new" });
  await driver.snom.factoryReset();
  tiny.settings = { tr69_acs_url: "", tr69_use_acs: "off", ntp_server: "ntp.factory", user_name1: "" };
  expect(driver.away?.reset).toBe(true);
  await driver.provisionAgain();
  expect(await driver.settle()).toEqual({ changed: false, comes: false, left: [] });
  expect([tiny.settings.ntp_server, driver.away]).toEqual(["ntp.factory", undefined]);
});

test("gives the phone its ACS again only after the reset, and then puts back all that was lost", async () => {
  const tiny = new TinyPhone();
  const before = { ...tiny.settings };
  const driver = await driverFor(tiny);
  await driver.start(ACCESS);
  tiny.starting = 3;
  const again = driver.provisionAgain();
  tiny.settings = { tr69_acs_url: "", tr69_use_acs: "off", ntp_server: "ntp.factory", user_name1: "" };
  await again;
  expect(tiny.settings).toMatchObject({ tr69_acs_url: ACCESS.url, user_name1: "" });
  await driver.stop();
  expect(tiny.settings).toMatchObject(before);
});

test("a phone that keeps its ACS is told so", async () => {
  const tiny = new TinyPhone();
  const driver = await driverFor(tiny);
  Object.defineProperty(tiny.settings, "tr69_acs_url", { get: () => "http://old/", set() {}, enumerable: true });
  await expect(driver.start(ACCESS)).rejects.toThrow('kept "http://old/" as tr69_acs_url');
});

test("settings are read with their index, and hidden passwords are told", () => {
  const settings = parseSettings(
    Buffer.from('<settings><phone-settings><a idx="2" perm="">x&amp;y</a><b>1</b></phone-settings></settings>'),
  );
  expect([...(settings ?? [])]).toEqual([
    ["a2", "x&y"],
    ["b", "1"],
  ]);
  const before = new Map([
    ["tr69_acs_user", "ana"],
    ["tr69_acs_passwd", ""],
    ["http_pass", "****"],
    ["same", "1"],
  ]);
  const { lots, lost } = restoration(before, new Map([["same", "1"]]), undefined);
  expect(lost).toEqual(["http_pass", "tr69_acs_passwd"]);
  expect(lots).toEqual([
    expect.objectContaining({ tr69_acs_user: "ana", tr69_use_acs: "off", tr69_bootstrap: "on", tr69_events: "" }),
  ]);
});

test("a hook gets its variables, and its failure is told with what it printed", async () => {
  const { harness: clock } = new VirtualClock();
  const notes: string[] = [];
  const run = (command: string, within = 5_000): Promise<void> =>
    runHook("powerCycle", { command, within }, { ASSAY_TARGET: "10.0.0.1" }, { clock, note: (text) => notes.push(text) });
  await run("echo cycling $ASSAY_TARGET");
  expect(notes).toEqual(["the hook powerCycle is done; it printed: cycling 10.0.0.1"]);
  await expect(run("echo no relay >&2; exit 3")).rejects.toThrow("the hook powerCycle failed: exit code 3; it printed: no relay");
  await expect(run("sleep 30", 100)).rejects.toThrow("the hook powerCycle failed: not done within 100 ms");
});
