import type { XmlElement } from "../../harness/wire/xml.ts";

/** What an element of a CWMP message holds, by the message tables of TR-069 Annex A. */
export type Shape =
  | { readonly kind: "text"; readonly lexical?: RegExp; readonly called?: string; readonly max?: number }
  | { readonly kind: "sequence"; readonly children: readonly (readonly [name: string, shape: Shape])[] }
  | { readonly kind: "array"; readonly member: string; readonly of: Shape };

const text = (max?: number): Shape => (max === undefined ? { kind: "text" } : { kind: "text", max });
const lexical = (pattern: RegExp, called: string): Shape => ({ kind: "text", lexical: pattern, called });
const sequence = (...children: (readonly [string, Shape])[]): Shape => ({ kind: "sequence", children });
const array = (member: string, of: Shape): Shape => ({ kind: "array", member, of });

const unsignedInt = lexical(/^\s*\+?\d{1,10}\s*$/, "an unsignedInt");
const boolean = lexical(/^\s*(?:0|1|true|false)\s*$/, "a boolean");
const status = lexical(/^\s*[01]\s*$/, "0 or 1");
const dateTime = lexical(/^\s*-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?\s*$/, "a dateTime");
const faultCode = lexical(/^\s*\d{1,4}\s*$/, "a fault code");
const name = text(256);
/** Whoever takes a key of more than 32 characters (A.2.1 leaves that open) has to return it as it came. */
const commandKey = text();

const transferResult = sequence(["Status", status], ["StartTime", dateTime], ["CompleteTime", dateTime]);

/** The messages that a phone may send, by the local name of the element in the SOAP body. */
export const shapes: Readonly<Record<string, Shape>> = {
  Inform: sequence(
    ["DeviceId", sequence(["Manufacturer", text(64)], ["OUI", text(6)], ["ProductClass", text(64)], ["SerialNumber", text(64)])],
    ["Event", array("EventStruct", sequence(["EventCode", text(64)], ["CommandKey", commandKey]))],
    ["MaxEnvelopes", unsignedInt],
    ["CurrentTime", dateTime],
    ["RetryCount", unsignedInt],
    ["ParameterList", array("ParameterValueStruct", sequence(["Name", name], ["Value", text()]))],
  ),
  TransferComplete: sequence(
    ["CommandKey", commandKey],
    ["FaultStruct", sequence(["FaultCode", faultCode], ["FaultString", text(256)])],
    ["StartTime", dateTime],
    ["CompleteTime", dateTime],
  ),
  GetRPCMethods: sequence(),
  GetRPCMethodsResponse: sequence(["MethodList", array("string", text(64))]),
  GetParameterNamesResponse: sequence([
    "ParameterList",
    array("ParameterInfoStruct", sequence(["Name", name], ["Writable", boolean])),
  ]),
  GetParameterValuesResponse: sequence([
    "ParameterList",
    array("ParameterValueStruct", sequence(["Name", name], ["Value", text()])),
  ]),
  SetParameterValuesResponse: sequence(["Status", status]),
  GetParameterAttributesResponse: sequence([
    "ParameterList",
    array(
      "ParameterAttributeStruct",
      sequence(["Name", name], ["Notification", lexical(/^\s*[0-6]\s*$/, "0 to 6")], ["AccessList", array("string", text(64))]),
    ),
  ]),
  SetParameterAttributesResponse: sequence(),
  AddObjectResponse: sequence(["InstanceNumber", lexical(/^\s*\+?0*[1-9]\d{0,9}\s*$/, "a number from 1")], ["Status", status]),
  DeleteObjectResponse: sequence(["Status", status]),
  RebootResponse: sequence(),
  FactoryResetResponse: sequence(),
  ScheduleInformResponse: sequence(),
  DownloadResponse: transferResult,
  UploadResponse: transferResult,
  GetQueuedTransfersResponse: sequence([
    "TransferList",
    array("QueuedTransferStruct", sequence(["CommandKey", commandKey], ["State", lexical(/^\s*[123]\s*$/, "1, 2 or 3")])),
  ]),
  GetAllQueuedTransfersResponse: sequence([
    "TransferList",
    array(
      "AllQueuedTransferStruct",
      sequence(
        ["CommandKey", commandKey],
        ["State", lexical(/^\s*[123]\s*$/, "1, 2 or 3")],
        ["IsDownload", boolean],
        ["FileType", text(64)],
        ["FileSize", unsignedInt],
        ["TargetFileName", text(256)],
      ),
    ),
  ]),
};

/** Where an element is not what its shape says. */
export interface Misfit {
  readonly element: XmlElement;
  readonly expected: string;
  readonly actual: string;
}

/** Elements that are missing, unknown or out of order. Unknown children are told, for a schema has no room for them. */
export function* misplaced(element: XmlElement, shape: Shape): Iterable<Misfit> {
  if (shape.kind === "text") {
    if (element.children.length > 0)
      yield { element, expected: `text in ${element.local}`, actual: `elements ${names(element.children)}` };
    return;
  }
  if (shape.kind === "array") {
    for (const member of element.children)
      if (member.local === shape.member) yield* misplaced(member, shape.of);
      else yield { element: member, expected: `${shape.member} elements in ${element.local}`, actual: member.local };
    return;
  }
  const expected = shape.children.map(([child]) => child);
  const actual = element.children.map(({ local }) => local);
  if (expected.join() !== actual.join())
    yield {
      element,
      expected: `${element.local} with ${expected.join(", ") || "nothing in it"}`,
      actual: names(element.children),
    };
  for (const [child, inner] of shape.children) {
    const found = element.children.find(({ local }) => local === child);
    if (found !== undefined) yield* misplaced(found, inner);
  }
}

/** Texts that are longer than the message tables allow, or not of the type that they give. */
export function* misspelt(element: XmlElement, shape: Shape): Iterable<Misfit> {
  if (shape.kind === "text") {
    const length = [...element.text].length;
    if (shape.max !== undefined && length > shape.max)
      yield { element, expected: `at most ${shape.max} characters in ${element.local}`, actual: `${length} characters` };
    if (shape.lexical !== undefined && !shape.lexical.test(element.text))
      yield { element, expected: `${shape.called} in ${element.local}`, actual: JSON.stringify(element.text) };
    return;
  }
  for (const child of element.children) {
    const inner = shape.kind === "array" ? shape.of : shape.children.find(([name]) => name === child.local)?.[1];
    if (inner !== undefined) yield* misspelt(child, inner);
  }
}

/** Every array element in a message, with the name that its members must have. */
export function* arraysIn(element: XmlElement, shape: Shape): Iterable<{ element: XmlElement; member: string }> {
  if (shape.kind === "array") yield { element, member: shape.member };
  if (shape.kind === "text") return;
  for (const child of element.children) {
    const inner = shape.kind === "array" ? shape.of : shape.children.find(([name]) => name === child.local)?.[1];
    if (inner !== undefined) yield* arraysIn(child, inner);
  }
}

/** The elements that Annex A declares as anySimpleType: `Value` of every ParameterValueStruct. */
export function* valuesIn(element: XmlElement): Iterable<XmlElement> {
  if (element.local === "ParameterValueStruct") yield* element.children.filter(({ local }) => local === "Value");
  for (const child of element.children) yield* valuesIn(child);
}

const names = (elements: readonly XmlElement[]): string => elements.map(({ local }) => local).join(", ") || "nothing";
