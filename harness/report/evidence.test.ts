import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import type { RanCase } from "../run/result.ts";
import { Recording } from "../trace/recording.ts";
import { decodeEnvelope } from "../wire/soap.ts";
import { Redactor } from "./redact.ts";
import { sequenceDiagram } from "./sequence.ts";
import { transcript } from "./transcript.ts";
import { prettyXml, xmlText } from "./xml-text.ts";

const ran: RanCase = {
  id: "cwmp.get.a",
  title: 'answers <a> & "b"',
  area: "get",
  protocol: "cwmp",
  references: [],
  verdict: "fail",
  durationMs: 1,
  clockMs: 1,
  findings: [
    { requirement: "T:1#a", keyword: "MUST", ok: false, expected: "1", actual: "2", where: "POST #1 (Fault), line 1 column 3" },
  ],
  evidence: [],
  notes: [],
};

function recorded(body: Buffer): Recording {
  const recording = new Recording();
  recording.startCase(ran.id);
  const open = { tls: false, harness: { address: "h", port: 1 }, phone: { address: "p", port: 2 }, openedAt: 5 } as const;
  const call = recording.connection({ ...open, purpose: "connection-request", openedBy: "harness" });
  const cwmp = recording.connection({ ...open, purpose: "cwmp", openedBy: "phone" });
  const exchange = recording.exchange((number) => ({
    connection: cwmp.record.number,
    session: 1,
    where: `POST #${number} (Fault)`,
    request: {
      method: "POST",
      target: "/",
      version: "1.1",
      headers: [["X", "\u0007<&>"]],
      body,
      raw: body,
      omitted: 3,
      startedAt: 5,
      endedAt: 5,
      envelope: decodeEnvelope(body, ""),
    },
  }));
  recording.answered(exchange, { status: 204, headers: [], body: Buffer.alloc(0), startedAt: 5, endedAt: 5 });
  recording.call({
    connection: call.record.number,
    purpose: "connection-request",
    request: Buffer.from("GET /cr HTTP/1.1\r\nHost: p\r\n\r\n"),
    response: Buffer.from("HTTP/1.1 503 Busy\r\n\r\n"),
    status: 503,
    startedAt: 5,
    endedAt: 5,
  });
  return recording;
}

const soap = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault/></s:Body></s:Envelope>';

test("the transcript tells at one and the same millisecond what came before what", () => {
  const text = transcript(ran, recorded(Buffer.from(soap)).ofCase(ran.id), 5, new Redactor());
  const headings = [...text.matchAll(/^── (.*?) +\(/gm)].map(([, heading]) => heading);
  expect(headings.slice(0, 4)).toEqual([
    "0 ms  ACS → phone  GET /cr",
    "0 ms  phone → ACS  503 Busy",
    "0 ms  phone → ACS  Fault",
    "0 ms  ACS → phone  204",
  ]);
  expect(text).toContain("  <s:Body>\n    <s:Fault/>\n  </s:Body>\n</s:Envelope>\n… 3 more, not shown");
  expect(text).toContain("X: \\x07<&>");
});

test("what a case says stands between the messages before and after it", () => {
  const recording = recorded(Buffer.from(soap));
  recording.step(5, "the phone is reset & <gone>");
  const later = recorded(Buffer.from(soap)).ofCase(ran.id);
  const shift = <T extends { readonly connection: number }>(one: T): T => ({ ...one, connection: one.connection + 2 });
  const first = recording.ofCase(ran.id);
  const trace = { ...first, exchanges: [...first.exchanges, ...later.exchanges.map(shift)] };
  const text = transcript(ran, trace, 5, new Redactor(["gone"]));
  expect([...text.matchAll(/^(?:──|══) (.*?)(?: +\(| ═)/gm)].map(([, heading]) => heading).slice(0, 6)).toEqual([
    "0 ms  ACS → phone  GET /cr",
    "0 ms  phone → ACS  503 Busy",
    "0 ms  phone → ACS  Fault",
    "0 ms  ACS → phone  204",
    "0 ms  the phone is reset & <[redacted]>",
    "0 ms  phone → ACS  Fault",
  ]);
  expect(sequenceDiagram(ran, trace, 5, new Redactor(["gone"]))).toContain(">the phone is reset &amp; &lt;[redacted]&gt;<");
});

test("a long text is shown with its beginning and its end, and only once", () => {
  const recording = new Recording();
  recording.startCase(ran.id);
  const map = Array.from({ length: 9_000 }, (_, index) => `string:Device.A${index}=${index}`).join("\n");
  const response = Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${map}`);
  const request = Buffer.from("GET /param_map HTTP/1.1\r\n\r\n");
  for (let round = 0; round < 2; round += 1)
    recording.call({ connection: 1, purpose: "web", request, response, status: 200, startedAt: 5, endedAt: 5 });
  const text = transcript(ran, recording.ofCase(ran.id), 5, new Redactor());
  expect(text).toContain("string:Device.A0=0\n");
  expect(text.match(/A8999=8999/g)).toHaveLength(1);
  expect(text).toMatch(/… \d+ characters are left out here …/);
  expect(text).toContain(`… the same ${map.length} characters as in request #1 (GET /param_map)`);
});

test("the diagram is well-formed whatever the phone sent, and the message that a bad finding points at is red", () => {
  const check = (svg: string): void => {
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(svg).close();
  };
  for (const body of [soap, "\u0000\ufffe<<<&", "<a><![CDATA[</b>"]) {
    const svg = sequenceDiagram(ran, recorded(Buffer.from(body)).ofCase(ran.id), 5, new Redactor());
    expect(() => check(svg)).not.toThrow();
    expect(svg).toContain('fill="#b3261e" font-weight="600"');
  }
});

test("pretty XML loses nothing but white space between tags", () => {
  const squeeze = (text: string): string => text.replace(/\s+/g, "");
  for (const xml of [soap, "<a> x <b>1</b><!-- c --><![CDATA[<y>]]></a>", "<a><b></a> & <", "<a", "</a></b>text"])
    expect(squeeze(prettyXml(xml))).toBe(squeeze(xml));
  expect(prettyXml("<a><b>1</b><c></c></a>")).toBe("<a>\n  <b>1</b>\n  <c></c>\n</a>");
  expect(xmlText('a\u0001\ud800<&">\u{1f600}')).toBe("a\ufffd&lt;&amp;&quot;&gt;\u{1f600}");
});
