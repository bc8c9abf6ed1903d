import { afterEach, expect, test } from "vitest";
import { Phone, started, stopAll } from "./scripted-phone.ts";

afterEach(stopAll);

test("a session goes on over a new connection, without a cookie too", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    phone.close();
    await phone.post("");
    phone.close();
    await phone.post("GetRPCMethodsResponse");
    phone.close();
  });
  const session = await acs.session();
  expect((await session.getRPCMethods()).kind).toBe("response");
  expect((await session.end()).kind).toBe("closed");
  expect(new Set(session.exchanges.map(({ connection }) => connection)).size).toBe(3);
});

test("the cookie finds the session of two that are open at a time, however it is echoed", async () => {
  const acs = await started();
  const phones = [new Phone(acs), new Phone(acs)];
  for (const phone of phones)
    phone.plays(async () => {
      const { headers } = await phone.post("Inform");
      phone.cookie = `$Version=1; other=2; ${headers.get("set-cookie")}; Path=/`;
      phone.close();
      await phone.post("");
      await phone.post("GetRPCMethodsResponse");
      phone.close();
    });
  const sessions = [await acs.contact(), await acs.contact()];
  for (const session of sessions) expect((await session.informResponse()).kind).toBe("empty");
  for (const session of sessions) expect((await session.getRPCMethods()).exchange?.session).toBe(session.number);
  for (const session of sessions) expect((await session.end()).kind).toBe("closed");
});

test("after Connection: close the session goes on over a new connection", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    const { headers } = await phone.post("Inform");
    expect(headers.get("connection")).toBe("close");
    expect((await phone.answer()).status).toBe(0);
    await phone.post("", { headers: ["Connection: close"] });
    expect((await phone.answer()).status).toBe(0);
    await phone.post("GetRPCMethodsResponse");
    phone.close();
  });
  const session = await acs.contact();
  expect((await session.informResponse({ write: { close: true } })).kind).toBe("empty");
  expect((await session.getRPCMethods()).kind).toBe("response");
  await session.end();
});

test("a redirected POST is found again at another port, without a cookie", async () => {
  const acs = await started();
  const elsewhere = await acs.listen();
  const phone = new Phone(acs);
  const again = new Phone(elsewhere);
  phone.plays(async () => {
    const { status, headers } = await phone.post("Inform");
    expect([status, headers.get("location")]).toEqual([302, elsewhere.url]);
    expect((await again.post("Inform")).status).toBe(200);
    expect((await again.post("")).status).toBe(307);
    await phone.post("");
    phone.close();
    again.close();
  });
  const session = await acs.contact();
  expect((await session.answer({ status: 302, extra: [["Location", elsewhere.url]] })).kind).toBe("inform");
  expect((await session.informResponse()).kind).toBe("empty");
  expect((await session.answer({ status: 307, extra: [["Location", acs.url]] })).kind).toBe("empty");
  expect((await session.end()).kind).toBe("closed");
  expect(session.exchanges).toHaveLength(4);
});

test("fault 8005 brings the same Inform again in the same session", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    expect((await phone.post("Inform")).body).toContain("<FaultCode>8005</FaultCode>");
    phone.close();
    await phone.post("Inform");
    await phone.post("");
    phone.close();
  });
  const session = await acs.contact();
  expect((await session.fault(8005, "Retry request")).kind).toBe("inform");
  expect((await session.informResponse()).kind).toBe("empty");
  await session.end();
});

test("a phone that begins anew has left its old session", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    phone.close();
    await phone.post("Inform", { events: ["1 BOOT"] });
  });
  const session = await acs.contact();
  expect((await session.informResponse()).kind).toBe("closed");
  expect((await acs.contact({ trigger: "none" })).number).toBe(2);
});

test("a retry is a session of its own, even with the cookie of the one that failed", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    phone.cookie = (await phone.post("Inform")).headers.get("set-cookie");
    phone.close();
    await phone.post("Inform");
  });
  const session = await acs.contact();
  expect((await session.answer({ status: 503, close: true })).kind).toBe("closed");
  expect((await acs.contact({ trigger: "none" })).number).toBe(2);
});

test("white space in place of nothing ends the phone's requests, too", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    await phone.post("", { body: "\r\n" });
    phone.close();
  });
  const session = await acs.contact();
  expect((await session.informResponse()).kind).toBe("empty");
  await session.end();
});

test("POSTs that do not wait for the answer come one after the other", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    const empty = "POST /acs HTTP/1.1\r\nHost: acs\r\nContent-Length: 0\r\n\r\n";
    phone.write(empty + empty);
    expect((await phone.answer()).body).toContain("GetRPCMethods");
    expect((await phone.answer()).status).toBe(204);
    phone.close();
  });
  const session = await acs.session();
  expect((await session.getRPCMethods()).kind).toBe("empty");
  expect((await session.end()).kind).toBe("closed");
});

test("answers can be late, in pieces, cut off or never given", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    expect((await phone.post("Inform")).body).toContain("InformResponse");
    expect(await phone.post("")).toMatchObject({ status: 0, body: "HTTP/1.1 200 OK\r\nCon" });
    await phone.post("");
  });
  const session = await acs.contact();
  expect((await session.informResponse({ write: { delay: 30, pieces: { octets: 100, every: 5 } } })).kind).toBe("empty");
  expect((await session.getRPCMethods({ write: { cut: 20 } })).kind).toBe("empty");
  expect((await session.answer({ never: true }, { within: 50 })).kind).toBe("silence");
  const [inform, cut, never] = session.exchanges;
  expect((inform?.response?.startedAt ?? 0) - (inform?.request.endedAt ?? 0)).toBeGreaterThanOrEqual(25);
  expect(cut?.response).toBeDefined();
  expect(never?.response).toBeUndefined();
});
