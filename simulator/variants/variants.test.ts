import { describe, expect, it } from "vitest";
import { encodeFault, encodeMessage, parseIncoming } from "../cwmp/soap.ts";
import { reference } from "../seams.ts";
import { variants } from "./index.ts";
import { applyVariant } from "./variant.ts";

const CWMP = "urn:dslforum-org:cwmp-1-2";
const TEXT = " <a> & \"Düvice\" 'x' ]]> 1\r\n\t";

describe.each(variants)("the variant $id", (variant) => {
  const { soap, http } = applyVariant(reference, variant);

  it("writes envelopes that say the same", () => {
    const value = { name: "Value", text: TEXT, type: "string" };
    const member = { name: "ParameterValueStruct", children: [{ name: "Name", text: "A." }, value] };
    const args = [
      { name: "ParameterList", array: { type: "cwmp:ParameterValueStruct" as const, members: [member] } },
      { name: "Empty" },
    ];
    const octets = http.encodeBody(encodeMessage(soap, CWMP, { method: "GetParameterValuesResponse", args, id: "<1>" }));
    const message = parseIncoming(octets, reference.soap);
    if (message.kind === "malformed") throw new Error(message.reason);
    expect(message).toMatchObject({ method: "GetParameterValuesResponse", namespace: CWMP, id: "<1>", notUnderstood: undefined });
    const [list, empty] = message.body.children;
    expect(list?.uri).toBe("");
    expect(list?.attributes["{http://schemas.xmlsoap.org/soap/encoding/}arrayType"]).toMatch(/^[^:]+:ParameterValueStruct\[1\]$/);
    expect(list?.children[0]?.child("Value")).toMatchObject({ text: TEXT, type: "string" });
    expect(empty).toMatchObject({ name: "Empty", text: "", children: [] });
  });

  it("writes faults that say the same", () => {
    const octets = http.encodeBody(encodeFault(soap, CWMP, "1", { code: 9005 }));
    expect(parseIncoming(octets, reference.soap)).toMatchObject({ id: "1", namespace: CWMP, fault: { code: 9005 } });
  });
});

it("all have their own name, and say which phone and which clause", () => {
  expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
  for (const { phone, clause } of variants)
    expect([phone, clause]).toEqual([expect.stringMatching(/^A phone .*\.$/), expect.stringMatching(/\d/)]);
});
