import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { VirtualClock } from "../core/virtual-clock.ts";
import { Recording } from "../trace/recording.ts";
import { basic, digestOf, parseFields } from "./digest.ts";
import { runHook } from "./hooks.ts";
import { SnomDriver } from "./snom.ts";
import { parseSettings, restoration } from "./snom-settings.ts";

/** As much of a phone's web interface as the driver uses. */
class TinyPhone {
  readonly visits: string[] = [];
  settings: Record<string, string> = {
    tr69_acs_url: "http://old/",
    tr69_use_acs: "off",
    ntp_server: "ntp.old",
    user_name1: "ana",
  };
  map = "string:Device.A=1\n";
  scheme: "none" | "basic" | "digest" = "none";
  /** Answers with 503 so many times, as while it starts. */
  starting = 0;
  server: Server | undefined;

  listen(clock: VirtualClock): Promise<number> {
    const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      const url = new URL(request.url ?? "/", "http://phone");
      const authorization = request.headers.authorization ?? "";
      let body = "";
      request.on("data", (data) => {
        body += String(data);
      });
      request.on("end", () => {
        if (!this.#isLetIn(authorization, request.method ?? "")) {
          const challenge = this.scheme === "basic" ? 'Basic realm="p"' : 'Digest realm="p", nonce="n1", qop="auth"';
          response.writeHead(401, { "WWW-Authenticate": challenge }).end();
          return;
        }
        this.visits.push(`${request.method} ${request.url}`);
        if (this.starting > 0) {
          this.starting -= 1;
          response.writeHead(503).end();
        } else if (url.pathname === "/settings.xml") response.end(this.#xml());
        else if (url.pathname === "/param_map") {
          if (request.method === "POST") this.map = body;
          response.end(this.map);
        } else {
          for (const [name, value] of url.searchParams)
            if (name in this.settings || /^tr69_/.test(name)) this.settings[name] = value;
          response.end("<html></html>");
        }
      });
    });
    this.server = server;
    server.on("connection", (socket) => clock.phone.watch(socket));
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
  }

  #xml(): string {
    const list = Object.entries(this.settings).map(([name, value]) => {
      const [, word, index] = /^(.*?)(\d*)$/.exec(name) ?? [];
      return `<${word}${index === "" || name.startsWith("tr69") ? "" : ` idx="${index}"`} perm="">${value.replaceAll("&", "&amp;")}</${word}>`;
    });
    return `<?xml version="1.0"?><settings><phone-settings e="2">${list.join("")}</phone-settings></settings>`;
  }

  #isLetIn(authorization: string, method: string): boolean {
    if (this.scheme === "none") return true;
    if (this.scheme === "basic") return authorization === basic("admin", "s3cret");
    const fields = parseFields(authorization);
    return authorization.startsWith("Digest ") && fields.response === digestOf(fields, "s3cret", method);
  }
}

const ACCESS = { url: "http://a/?x=1&y=2", username: "u", password: "p", connectionRequest: { username: "cu", password: "cp" } };
let phone: TinyPhone;
afterEach(() => phone.server?.close());

async function driverFor(tiny: TinyPhone, web: { username?: string; password?: string } = {}): Promise<SnomDriver> {
  phone = tiny;
  const clock = new VirtualClock();
  const target = { host: "127.0.0.1", port: await tiny.listen(clock) };
  const wire = { clock: clock.harness, recording: new Recording() };
  return new SnomDriver({ wire, target, web: { scheme: "http", ...web }, reboot: 60_000, note() {} });
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
  expect([await driver.settle(), await driver.settle(), tiny.settings.ntp_server]).toEqual([true, false, "ntp.old"]);
  tiny.map = "string:Device.A=2\n";
  expect(await driver.stop()).toEqual([]);
  expect(tiny.settings).toMatchObject(before);
  expect([tiny.map, tiny.settings.tr69_acs_user]).toEqual(["string:Device.A=1\n", ""]);
});

test.each(["basic", "digest"] as const)(
  "answers a challenge for %s, and asks for credentials where there are none",
  async (scheme) => {
    const tiny = new TinyPhone();
    tiny.scheme = scheme;
    const driver = await driverFor(tiny, { username: "admin", password: "s3cret" });
    await driver.start(ACCESS);
    expect(tiny.settings.tr69_acs_url).toBe(ACCESS.url);
    tiny.server?.close();
    await expect((await driverFor(tiny)).start(ACCESS)).rejects.toThrow(
      "asks for a password; set username and password under reach.web",
    );
    tiny.server?.close();
    await expect((await driverFor(tiny, { username: "admin", password: "no" })).start(ACCESS)).rejects.toThrow(
      "does not take the username",
    );
  },
);

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
