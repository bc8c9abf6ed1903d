import { afterEach, expect, test } from "vitest";
import { Inconclusive } from "../core/case.ts";
import { Phone, started, stopAll } from "./scripted-phone.ts";

afterEach(stopAll);

test("a session is led from the Inform to the closing of the connection", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    expect((await phone.post("Inform")).body).toContain("InformResponse");
    const request = await phone.post("");
    expect(request.body).toContain("<string>Device.X</string>");
    expect((await phone.post("GetParameterValuesResponse")).status).toBe(204);
    phone.close();
  });
  const session = await acs.session({ trigger: "none" });
  const reply = await session.getParameterValues(["Device.X"]);
  expect(reply.kind).toBe("response");
  expect(reply.summary).toEqual({
    value: "GetParameterValuesResponse",
    where: "POST #3 (GetParameterValuesResponse), session 1",
  });
  const ending = await session.end();
  expect(ending).toMatchObject({ kind: "closed", after: [], summary: { value: "connection closed" } });
  expect(session.over).toBe(true);
  expect((await session.getRPCMethods()).kind).toBe("closed");
  expect(session.exchanges.map(({ response }) => response?.status)).toEqual([200, 200, 204]);
  expect(acs.recording.exchanges[0]?.request.raw.toString()).toMatch(/^POST \/acs HTTP\/1\.1\r\n.*<\/s:Envelope>$/s);
});

test("messages speak the version of the Inform, echo its ID and number their own", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  const bodies: string[] = [];
  phone.plays(async () => {
    bodies.push((await phone.post("Inform")).body, (await phone.post("")).body);
    phone.close();
  });
  const session = await acs.session();
  await session.reboot("key", { header: ({ cwmp }) => `<${cwmp}:HoldRequests>1</${cwmp}:HoldRequests>` });
  await phone.playing;
  expect(bodies[0]).toMatch(/urn:dslforum-org:cwmp-1-0.*<cwmp:ID soap-env:mustUnderstand="1">1<\/cwmp:ID>/);
  expect(bodies[1]).toMatch(
    />assay-1<\/cwmp:ID><cwmp:HoldRequests>1<.*<cwmp:Reboot><CommandKey>key<\/CommandKey><\/cwmp:Reboot>/,
  );
});

test("end answers what the phone still asks, before and after the empty answer", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  const seen: string[] = [];
  phone.plays(async () => {
    await phone.post("Inform");
    seen.push((await phone.post("TransferComplete")).body);
    await phone.post("");
    seen.push((await phone.post("X_Unknown")).body);
    phone.close();
  });
  const session = await acs.contact();
  const ending = await session.end();
  await phone.playing;
  expect(seen[0]).toContain("<cwmp:TransferCompleteResponse>");
  expect(seen[1]).toContain("<FaultCode>8000</FaultCode>");
  expect(ending.after.map(({ request }) => request.envelope?.method)).toEqual(["X_Unknown"]);
  expect(session.requests).toHaveLength(2);
});

test("a connection that the phone keeps open is told and closed", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    await phone.post("");
    expect((await phone.answer()).status).toBe(0);
  });
  const session = await acs.session();
  expect(await session.end()).toMatchObject({ kind: "open", summary: { value: "connection kept open for 300 ms" } });
});

test("silence and a closed connection are replies", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  phone.plays(async () => {
    await phone.post("Inform");
    await phone.post("");
  });
  const session = await acs.session();
  const silent = await session.getRPCMethods({ within: 100 });
  expect(silent).toMatchObject({
    kind: "silence",
    summary: { value: "nothing within 100 ms", where: "after POST #2 (empty), session 1" },
  });
  phone.close();
  expect(await session.next()).toMatchObject({ kind: "closed", exchange: undefined, summary: { value: "connection closed" } });
  expect((await session.end()).kind).toBe("broken");
});

test("without a trigger that works the phone is unreachable", async () => {
  const acs = await started();
  await expect(acs.contact({ within: 50 })).rejects.toThrow("no Inform within 50 ms after a connection request");
  await expect(acs.contact({ trigger: () => Promise.reject(new Inconclusive("precondition", "no way")) })).rejects.toThrow(
    "no way",
  );
  await expect(acs.contact({ trigger: "none", event: "4 VALUE CHANGE", within: 10 })).rejects.toThrow(
    "no Inform with 4 VALUE CHANGE within 10 ms",
  );
});

test("sessions that do not fit are served, and the trigger is used again", async () => {
  let triggered = 0;
  const acs = await started({
    trigger: async () => {
      const events = [["1 BOOT"], ["6 CONNECTION REQUEST"]][triggered] ?? [];
      triggered += 1;
      const phone = new Phone(acs);
      phone.plays(async () => {
        await phone.post("Inform", { events });
        expect((await phone.post("")).status).toBe(204);
        phone.close();
      });
    },
  });
  const session = await acs.session({ event: "6 CONNECTION REQUEST" });
  expect([triggered, session.number]).toEqual([2, 2]);
  await session.end();
});

test("a session that began unasked is held for a while, then served", async () => {
  const acs = await started();
  const first = new Phone(acs);
  first.plays(async () => {
    await first.post("Inform");
    await first.post("");
    first.close();
  });
  await new Promise((resolve) => setTimeout(resolve, 40));
  const session = await acs.session({ within: 10 });
  await session.end();
  const second = new Phone(acs);
  second.plays(async () => {
    expect((await second.post("Inform")).status).toBe(200);
    expect((await second.post("")).status).toBe(204);
    second.close();
  });
  await second.playing;
  expect(acs.latestInform?.session).toBe(2);
  expect(await acs.silence(20)).toBeUndefined();
});

test("a trigger of the case's own is not met by what stood there before", async () => {
  const acs = await started();
  const early = new Phone(acs);
  early.plays(async () => {
    await early.post("Inform", { events: ["1 BOOT"] });
    await early.post("");
    early.close();
  });
  await new Promise((resolve) => setTimeout(resolve, 40));
  const late = new Phone(acs);
  const session = await acs.contact({
    trigger: async () => {
      late.plays(async () => {
        await late.post("Inform", { events: ["2 PERIODIC"] });
      });
    },
  });
  expect(session.number).toBe(2);
});

test("settle ends what a case left open, a phone that hangs included", async () => {
  const acs = await started();
  const polite = new Phone(acs);
  polite.plays(async () => {
    await polite.post("Inform");
    expect((await polite.post("")).status).toBe(204);
    polite.close();
  });
  await acs.session();
  const hanging = new Phone(acs);
  hanging.plays(async () => {
    await hanging.post("Inform");
    expect((await hanging.answer()).status).toBe(0);
  });
  await acs.contact();
  const abandoned = acs.contact({ trigger: "none" });
  const failed = expect(abandoned).rejects.toThrow("given up");
  await acs.settle();
  await failed;
  await polite.playing;
});

test("an empty POST before any Inform gets nothing, other strays are refused", async () => {
  const acs = await started();
  const phone = new Phone(acs);
  expect((await phone.post("")).status).toBe(204);
  expect((await phone.post("GetRPCMethodsResponse")).status).toBe(400);
  phone.write("GET / HTTP/1.1\r\nHost: acs\r\n\r\n");
  expect((await phone.answer()).status).toBe(405);
  expect(acs.recording.exchanges.map(({ where }) => where)).toEqual([
    "POST #1 (empty)",
    "POST #2 (GetRPCMethodsResponse)",
    "GET #3",
  ]);
});
