import { describe, expect, it } from "vitest";
import { encodeFault, encodeMessage, encodeNotUnderstood, type Incoming, type IncomingMessage, parseIncoming } from "./soap.ts";
import { soapSeams } from "./soap-seams.ts";

const CWMP = "urn:dslforum-org:cwmp-1-2";
const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

const envelope = (body: string, header = ""): string =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns:c="${CWMP}"><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

const read = (document: string | Buffer): Incoming => parseIncoming(Buffer.from(document as string), soapSeams);

function message(document: string | Buffer): IncomingMessage {
  const incoming = read(document);
  if (incoming.kind !== "message") throw new Error(incoming.reason);
  return incoming;
}

const pathOf = (document: string | Buffer): string | undefined => message(document).body.child("ParameterPath")?.text;

const ASK = "<c:GetParameterNames><ParameterPath>Düvice.</ParameterPath><NextLevel>0</NextLevel></c:GetParameterNames>";

describe("reading", () => {
  const plain = envelope(ASK);
  it.each([
    ["a declaration", `<?xml version="1.0" encoding="utf-8"?>\n${plain}`],
    ["a byte order mark", `\ufeff${plain}`],
    ["UTF-16, big end first", Buffer.from(`\ufeff${plain}`, "utf16le").swap16()],
    ["UTF-16, little end first", Buffer.from(`\ufeff<?xml version='1.0' encoding='UTF-16'?>${plain}`, "utf16le")],
    ["ISO-8859-1", Buffer.from(`<?xml version="1.0" encoding='ISO-8859-1'?>${plain}`, "latin1")],
    ["CDATA", plain.replace("Düvice.", "<![CDATA[Dü]]>vice.")],
    ["references and comments", plain.replace("Düvice.", "D&#xFC;<!-- x -->&#118;ice.")],
    ["instructions and white space", `<?go now?>${plain.replaceAll("><", ">\r\n\t<")}`],
    [
      "a default namespace",
      `<Envelope xmlns="${SOAP}"><Body><GetParameterNames xmlns="${CWMP}"><ParameterPath xmlns="">Düvice.</ParameterPath></GetParameterNames></Body></Envelope>`,
    ],
  ])("accepts %s", (_what, document) => {
    expect(pathOf(document)).toBe("Düvice.");
    expect(message(document)).toMatchObject({ method: "GetParameterNames", namespace: CWMP });
  });

  it.each([
    ["ill-formed XML", `${envelope(ASK)}<`],
    ["an undeclared prefix", envelope("<x:Reboot/>")],
    ["a document type", `<!DOCTYPE a [<!ENTITY b "c">]>${envelope(ASK)}`],
    ["two bodies", envelope(ASK).replace("</s:Envelope>", "<s:Body/></s:Envelope>")],
    ["an empty Body", envelope("")],
    ["another envelope", envelope(ASK).replace(SOAP, "http://www.w3.org/2003/05/soap-envelope")],
    ["HTML", "<html><body>503</body></html>"],
    ["octets that are no UTF-8", Buffer.from(envelope(ASK), "latin1")],
    ["deep nesting", envelope("<a>".repeat(5000) + "</a>".repeat(5000))],
    ["nothing", " "],
    ["a fault without CWMP detail", envelope("<s:Fault><faultcode>s:Server</faultcode><faultstring>x</faultstring></s:Fault>")],
    ["HoldRequests that is no boolean", envelope(ASK, "<c:HoldRequests>maybe</c:HoldRequests>")],
  ])("refuses %s", (_what, document) => {
    expect(read(document).kind).toBe("malformed");
  });

  it("gives the headers, untrimmed, and those that it ought to understand", () => {
    const header = (text: string) => message(envelope(ASK, text));
    expect(header(' <c:ID s:mustUnderstand="true"> &lt;1&gt; </c:ID><c:HoldRequests>true</c:HoldRequests>')).toMatchObject({
      id: " <1> ",
      holdRequests: true,
      notUnderstood: undefined,
    });
    expect(header("")).toMatchObject({ id: undefined, holdRequests: undefined });
    expect(header('<x xmlns="urn:x" s:mustUnderstand="1"/>').notUnderstood).toBe("x");
    expect(
      header('<x xmlns="urn:x" s:mustUnderstand="0"/><y xmlns="urn:x" s:mustUnderstand="1" s:actor="urn:other"/>').notUnderstood,
    ).toBe(undefined);
  });

  it("gives the code of a fault", () => {
    const fault = envelope(
      "<s:Fault><detail><c:Fault><FaultCode>8005</FaultCode><FaultString>again</FaultString></c:Fault></detail></s:Fault>",
    );
    expect(message(fault)).toMatchObject({ method: "Fault", namespace: CWMP, fault: { code: 8005, text: "again" } });
  });
});

describe("writing", () => {
  it("gives an envelope as the standard shows it", () => {
    const value = {
      name: "ParameterValueStruct",
      children: [
        { name: "Name", text: "A.B" },
        { name: "Value", text: '<a> & "\r\u0001', type: "string" },
      ],
    };
    const args = [{ name: "ParameterList", array: { type: "cwmp:ParameterValueStruct" as const, members: [value] } }];
    expect(encodeMessage(soapSeams, CWMP, { method: "GetParameterValuesResponse", args, id: "7&" })).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<soap-env:Envelope xmlns:soap-env="${SOAP}" xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" ` +
        `xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="${CWMP}">` +
        '<soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">7&amp;</cwmp:ID></soap-env:Header><soap-env:Body><cwmp:GetParameterValuesResponse>' +
        '<ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct><Name>A.B</Name>' +
        '<Value xsi:type="xsd:string">&lt;a&gt; &amp; "&#13;</Value></ParameterValueStruct></ParameterList>' +
        "</cwmp:GetParameterValuesResponse></soap-env:Body></soap-env:Envelope>",
    );
  });

  it("gives faults with the class of their code and the parameters in error", () => {
    const parameterFaults = [{ name: "A.B", code: 9008, text: "read-only" }];
    expect(encodeFault(soapSeams, CWMP, undefined, { code: 9003, parameterFaults })).toContain(
      "<soap-env:Body><soap-env:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault><FaultCode>9003</FaultCode>" +
        "<FaultString>Invalid arguments</FaultString><SetParameterValuesFault><ParameterName>A.B</ParameterName><FaultCode>9008</FaultCode>" +
        "<FaultString>read-only</FaultString></SetParameterValuesFault></cwmp:Fault></detail></soap-env:Fault></soap-env:Body>",
    );
    expect(message(encodeFault(soapSeams, CWMP, "1", { code: 9000 }))).toMatchObject({ id: "1", fault: { code: 9000 } });
    expect(encodeNotUnderstood(soapSeams, CWMP, "1", "x")).toContain("<faultcode>soap-env:MustUnderstand</faultcode>");
  });

  it("takes default namespaces off the elements that are in none", () => {
    const seams = { ...soapSeams, prefixes: () => ({ ...soapSeams.prefixes(), cwmp: "" }) };
    const text = encodeMessage(seams, CWMP, { method: "Reboot", args: [{ name: "CommandKey", text: "k" }], id: undefined });
    expect(text).toContain(`<Reboot xmlns="${CWMP}"><CommandKey xmlns="">k</CommandKey></Reboot>`);
  });
});
