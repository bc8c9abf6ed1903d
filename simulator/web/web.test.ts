import { request } from "node:https";
import type { TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { type SimulatedPhone, startPhone } from "../phone.ts";
import { reference } from "../seams.ts";
import { Lock } from "./lock.ts";
import { webSeams } from "./seams.ts";

let phone: SimulatedPhone;
let kept = true;
beforeEach(async () => {
  kept = true;
  const seams = { ...reference, web: { ...webSeams, saveLasts: () => kept } };
  phone = await startPhone({ clock: realClock, rebootSeconds: 0.05, seams });
});
afterEach(() => phone.stop());

const ask = (target: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${phone.webPort}${target}`, init);
const text = async (target: string, init?: RequestInit): Promise<string> => (await ask(target, init)).text().catch(() => "");
const settings = (): Promise<string> => text("/settings.xml").catch(() => "");

test("a param_map comes as the body, as a file or a field of a form, and what is none changes nothing", async () => {
  const map = (name: string): string => `\uFEFFstring:Device.${name}=1\r\nint:Device.N!=2`;
  const upload = async (target: string, body: string | FormData | URLSearchParams): Promise<number> =>
    (await ask(target, { method: "POST", body })).status;
  const form = new FormData();
  form.append("note", "a field before the file");
  form.append("param_map", new Blob([map("Form")]), "map.txt");
  const ways: [string, string, string | FormData | URLSearchParams][] = [
    ["Raw", "/param_map", map("Raw")],
    ["Form", "/advanced_update.htm", form],
    ["Field", "/param_map", new URLSearchParams({ param_map: map("Field") })],
  ];
  for (const [name, target, body] of ways) {
    expect([name, await upload(target, body)]).toEqual([name, 200]);
    expect((await (await ask("/param_map")).arrayBuffer()).byteLength).toBe(Buffer.byteLength(map(name)));
  }
  expect(await upload("/param_map", "string:Device.A\n")).toBe(400);
  expect(await text("/param_map")).toContain("Device.Field=1");
  expect(await text("/advanced_update.htm")).toContain("Load TR069 Parameter Map Manually");
});

test("settings are saved from queries and forms, and shown as XML and as text", async () => {
  await text("/dummy.htm?settings=save&ntp_server=a%26b%3D%3C&user_name2=%C3%BC&x%20y=1");
  await text("/advanced_update.htm", { method: "POST", body: new URLSearchParams({ Settings: "Save", phone_name: "desk" }) });
  await text("/dummy.htm?language=Polski");
  expect(await settings()).toContain('<user_name idx="2" perm="">ü</user_name>');
  const lines = (await text("/settings.cfg")).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining(["ntp_server$: a&b=<", "user_name2$: ü", "phone_name$: desk", "language$: English"]),
  );
  expect(await text("/info.htm")).toMatch(/Mac:000413A11FA7.*Hardware: D785/);
  expect((await ask("/minibrowser.htm?url=none")).status).toBe(400);
});

test("a phone that wants to be told to store loses what was only saved", async () => {
  kept = false;
  await text("/dummy.htm?settings=save&ntp_server=lost");
  await text("/dummy.htm?settings=save&phone_name=stored&store_settings=save&language=Polski");
  await text("/dummy.htm?settings=save&ntp_server=lost+too");
  await text("/set_base_en.htm?reboot=Reboot");
  await expect.poll(settings).toContain(">lost<");
  expect(await settings()).toContain(">stored<");
});

test("three bad logins shut the web interface, each time for longer", async () => {
  await text("/dummy.htm?settings=save&http_user=ana&http_pass=right");
  const as = async (password: string): Promise<number> =>
    (await ask("/", { headers: { Authorization: `Basic ${Buffer.from(`ana:${password}`).toString("base64")}` } })).status;
  expect([await as("right"), await as("1"), await as("2"), await as("right"), await as("3")]).toEqual([200, 401, 401, 200, 401]);
  expect([(await ask("/")).status, await as("4"), await as("5"), await as("right")]).toEqual([401, 401, 401, 403]);

  let now = 0;
  const lock = new Lock({ ...realClock, now: () => now }, webSeams);
  const group = (): void => {
    for (let bad = 0; bad < 3; bad += 1) lock.bad();
  };
  group();
  now += 59_999;
  expect(lock.isShut).toBe(true);
  now += 1;
  expect(lock.isShut).toBe(false);
  group();
  now += 119_999;
  expect(lock.isShut).toBe(true);
});

test("a phone that speaks HTTPS only sends its visitors there", async () => {
  await text("/dummy.htm?settings=save&webserver_type=https");
  await text("/advanced_update.htm?reboot=Reboot");
  const moved = async (): Promise<Response> => ask("/info.htm", { redirect: "manual" });
  await expect.poll(async () => (await moved().catch(() => undefined))?.status, { timeout: 3000 }).toBe(307);
  const target = (await moved()).headers.get("location") ?? "";
  expect(target).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/info\.htm$/);
  const subject = await new Promise((resolve) => {
    request(target, { rejectUnauthorized: false, agent: false }, (response) => {
      resolve("getPeerCertificate" in response.socket && (response.socket as TLSSocket).getPeerCertificate().subject.CN);
      response.resume();
    }).end();
  });
  expect(subject).toBe("000413A11FA7");
});
