import { expect, test } from "vitest";
import { pause, realClock } from "../core/clock.ts";
import { Recording } from "../trace/recording.ts";
import { startFileServer } from "./server.ts";

const start = async (recording = new Recording()) =>
  startFileServer({ clock: realClock, recording, host: "127.0.0.1", advertise: "127.0.0.1" });

test("a file is served to GET, and every request for it is there to be waited for", async () => {
  const recording = new Recording();
  const files = await start(recording);
  const offer = files.offer("a b.xml", "<settings/>", { contentType: "text/xml" });
  const early = await fetch(offer.url);
  expect([early.status, early.headers.get("content-type"), await early.text()]).toEqual([200, "text/xml", "<settings/>"]);
  expect(await offer.next(10)).toMatchObject({
    method: "GET",
    target: "/f1/a%20b.xml",
    where: "GET /f1/a%20b.xml, connection 1",
  });
  expect(await offer.next(10)).toBeUndefined();
  const waiting = offer.next(5_000);
  await fetch(offer.url, { method: "HEAD" });
  expect((await waiting)?.method).toBe("HEAD");
  expect((await fetch(offer.url, { method: "PUT", body: "x" })).status).toBe(405);
  await files.stop();
  expect(recording.connections.map(({ purpose, openedBy }) => [purpose, openedBy])[0]).toEqual(["file", "phone"]);
  const octets = (from: string) => recording.octets.filter((one) => one.from === from).map(({ data }) => data.toString("latin1"));
  expect(octets("phone").join("")).toContain("GET /f1/a%20b.xml HTTP/1.1");
  expect(octets("harness").join("")).toContain("<settings/>");
});

test("a folder answers for what is in it, and keeps every request for what is not", async () => {
  const files = await start();
  const folder = files.folder();
  expect(folder.url).toMatch(/\/f1\/$/);
  const url = folder.put("snom D785.xml", "<settings/>");
  expect(await (await fetch(`${url}?mac=1`)).text()).toBe("<settings/>");
  expect((await fetch(`${folder.url}a/b.htm`)).status).toBe(404);
  expect(await folder.next(10, /htm$/)).toMatchObject({ target: "/f1/a/b.htm" });
  expect(await folder.next(10, "snom D785.xml")).toMatchObject({ target: "/f1/snom%20D785.xml?mac=1" });
  expect([await folder.next(10), folder.requests.length]).toEqual([undefined, 2]);
  const waiting = folder.next(5_000, "late.xml");
  folder.put("late.xml", "1");
  await fetch(`${folder.url}other.xml`);
  expect(await (await fetch(`${folder.url}late.xml`)).text()).toBe("1");
  expect((await waiting)?.target).toBe("/f1/late.xml");
  folder.remove("late.xml");
  expect((await fetch(`${folder.url}late.xml`)).status).toBe(404);
  files.settle();
  await pause(realClock, 50); // for fetch to see that its connections are gone
  expect([(await fetch(url)).status, folder.requests.length]).toEqual([404, 5]);
  await files.stop();
});

test("an upload is kept; what was taken back is not found", async () => {
  const files = await start();
  const place = files.accept("log.txt");
  const put = await fetch(place.url, { method: "PUT", body: "line" });
  expect([put.status, (await place.next(10))?.body.toString()]).toEqual([201, "line"]);
  const refused = files.accept("log.txt", { status: 401, headers: [["WWW-Authenticate", 'Basic realm="files"']] });
  const answer = await fetch(refused.url, { method: "PUT", body: "line" });
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Basic realm="files"']);
  files.settle();
  await pause(realClock, 50); // for fetch to see that its connections are gone
  expect((await fetch(place.url, { method: "PUT", body: "line" })).status).toBe(404);
  await files.stop();
});

test("an answer can be cut, or never come", async () => {
  const files = await start();
  const cut = files.offer("image.bin", Buffer.alloc(100_000), { cutAfter: 10 });
  await expect(fetch(cut.url).then((response) => response.arrayBuffer())).rejects.toThrow();
  const never = files.offer("image.bin", "x", { never: true });
  const lost = fetch(never.url).catch(() => "gone");
  expect(await never.next(5_000)).toMatchObject({ method: "GET" });
  await files.stop();
  expect(await lost).toBe("gone");
});
