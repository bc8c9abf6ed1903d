import { SOAP_ENCODING, SOAP_ENVELOPE, XSD, XSI } from "../wire/soap.ts";

/** The namespace prefixes that our messages use. */
export interface Prefixes {
  readonly soap: string;
  readonly enc: string;
  readonly cwmp: string;
  readonly xsd: string;
  readonly xsi: string;
}

/** How the ACS writes its messages: every value is legal, and a phone has to understand all of them. */
export interface Speech {
  /** `<?xml version="1.0" encoding="UTF-8"?>` at the start, with `standalone` when that is said. */
  readonly xmlDeclaration: boolean | "standalone";
  readonly namespace: "cwmp-1-0" | "cwmp-1-1" | "cwmp-1-2";
  readonly prefixes: Prefixes;
  /** `soap`: Envelope, Header and Body carry no prefix, their namespace is the default one. */
  readonly defaultNamespace?: "soap";
  /** The cwmp prefix is declared on each element that uses it, not on Envelope. */
  readonly localDeclarations: boolean;
  /** Each element on a line of its own, indented. */
  readonly pretty: boolean;
  /** Line breaks are CRLF; without `pretty` it changes nothing. */
  readonly crlf: boolean;
  /** Comments and a processing instruction between the elements. */
  readonly comments: boolean;
  /** A UTF-8 byte order mark before everything. */
  readonly bom: boolean;
  /** Requests of the ACS carry a cwmp:ID header. */
  readonly idHeader: boolean;
  /** Arrays carry soap-enc:arrayType. */
  readonly arrayTypes: boolean;
}

/** The plainest way, which common ACSs use: everything on one line, all namespaces on Envelope. */
export const plainSpeech: Speech = {
  xmlDeclaration: true,
  namespace: "cwmp-1-2",
  prefixes: { soap: "soap-env", enc: "soap-enc", cwmp: "cwmp", xsd: "xsd", xsi: "xsi" },
  localDeclarations: false,
  pretty: false,
  crlf: false,
  comments: false,
  bom: false,
  idHeader: true,
  arrayTypes: true,
};

/** Escapes text for element content and attribute values; a carriage return would otherwise become a line feed (XML 1.0 2.11). */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}

/** `<Name>text</Name>`, the text escaped. */
export function tag(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** An array of structs or strings with its arrayType: `array(speech, "ParameterNames", "xsd:string", ["<string>a</string>"])`. */
export function array(speech: Speech, name: string, type: "xsd:string" | `cwmp:${string}`, members: readonly string[]): string {
  const [space, local] = type.split(":") as ["xsd" | "cwmp", string];
  const { enc, cwmp } = speech.prefixes;
  // The value of arrayType is a QName: a prefix that is declared on the method element only is in scope here too.
  const attribute = ` ${enc}:arrayType="${speech.prefixes[space] ?? cwmp}:${local}[${members.length}]"`;
  return `<${name}${speech.arrayTypes ? attribute : ""}>${members.join("")}</${name}>`;
}

/** `<name xsi:type="xsd:TYPE">text</name>`, the text escaped. */
export function typed(speech: Speech, name: string, type: string, text: string): string {
  const { xsi, xsd } = speech.prefixes;
  return `<${name} ${xsi}:type="${xsd}:${escapeXml(type)}">${escapeXml(text)}</${name}>`;
}

export interface MessageParts {
  /** Text of cwmp:ID; `undefined` for none. */
  readonly id?: string | undefined;
  /** XML of further header entries. */
  readonly header?: string;
  /** XML inside soap:Body. */
  readonly body: string;
}

/** A whole SOAP message as text. */
export function message(speech: Speech, { id, header = "", body }: MessageParts): string {
  const { prefixes } = speech;
  const plain = speech.defaultNamespace === "soap";
  const name = (local: string) => (plain ? local : `${prefixes.soap}:${local}`);
  const entry =
    id === undefined
      ? ""
      : `<${prefixes.cwmp}:ID${localNamespace(speech)} ${prefixes.soap}:mustUnderstand="1">${escapeXml(id)}</${prefixes.cwmp}:ID>`;
  const entries = entry + header;
  const envelope =
    `<${name("Envelope")}${namespacesOf(speech, plain)}>` +
    (entries === "" ? "" : `<${name("Header")}>${entries}</${name("Header")}>`) +
    `<${name("Body")}>${body}</${name("Body")}></${name("Envelope")}>`;
  const commented = speech.comments ? `<!-- a comment -->${comment(envelope)}<?a instruction?>` : envelope;
  const eol = speech.crlf ? "\r\n" : "\n";
  const laid = speech.pretty ? indent(commented, eol) : commented;
  const standalone = speech.xmlDeclaration === "standalone" ? ' standalone="yes"' : "";
  const declaration = speech.xmlDeclaration === false ? "" : `<?xml version="1.0" encoding="UTF-8"${standalone}?>${eol}`;
  return `${speech.bom ? "\uFEFF" : ""}${declaration}${laid}`;
}

/** The method element with what is inside it; elements inside are in no namespace (TR-069 3.5). */
export function methodElement(speech: Speech, method: string, args: string): string {
  const { cwmp } = speech.prefixes;
  const undeclared = speech.defaultNamespace === undefined ? "" : ' xmlns=""';
  return `<${cwmp}:${method}${localNamespace(speech)}${undeclared}>${args}</${cwmp}:${method}>`;
}

/** A SOAP fault of the ACS; codes from 8000 (TR-069 A.5.2). 8003 is the client's doing, all others the server's. */
export function faultElement(speech: Speech, code: number, text: string): string {
  const { soap, cwmp } = speech.prefixes;
  const name = speech.defaultNamespace === "soap" ? "Fault" : `${soap}:Fault`;
  const inner = speech.defaultNamespace === "soap" ? ' xmlns=""' : "";
  const origin = code === 8003 ? "Client" : "Server";
  return (
    `<${name}><faultcode${inner}>${soap}:${origin}</faultcode><faultstring${inner}>CWMP fault</faultstring><detail${inner}>` +
    `<${cwmp}:Fault${localNamespace(speech)}>${tag("FaultCode", code)}${tag("FaultString", text)}</${cwmp}:Fault></detail></${name}>`
  );
}

function localNamespace({ localDeclarations, prefixes, namespace }: Speech): string {
  return localDeclarations ? ` xmlns:${prefixes.cwmp}="urn:dslforum-org:${namespace}"` : "";
}

function namespacesOf(speech: Speech, plain: boolean): string {
  const { soap, enc, cwmp, xsd, xsi } = speech.prefixes;
  const declared: [string, string][] = [
    [soap, SOAP_ENVELOPE],
    [enc, SOAP_ENCODING],
    [xsd, XSD],
    [xsi, XSI],
  ];
  if (!speech.localDeclarations) declared.push([cwmp, `urn:dslforum-org:${speech.namespace}`]);
  const bound = declared.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join("");
  return plain ? ` xmlns="${SOAP_ENVELOPE}"${bound}` : bound;
}

/** CDATA sections and comments may hold what looks like tags; they are passed over. */
const OPAQUE = /(<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)/;

/** A comment between every closing tag and an opening one that follows it: nowhere inside a value. */
function comment(xml: string): string {
  const between = (part: string) => part.replace(/(<\/[^>]+>)(<[^/!?])/g, "$1<!-- a comment -->$2");
  return xml
    .split(OPAQUE)
    .map((part, index) => (index % 2 === 0 ? between(part) : part))
    .join("");
}

/** Line breaks and indentation between tags that stand next to each other; `<a></a>` stays as it is. */
function indent(xml: string, eol: string): string {
  let depth = 0;
  let before = "";
  let laid = "";
  for (const token of xml.match(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<[^>]+>|[^<]+/g) ?? []) {
    const kind = kindOf(token);
    if (kind === "close") depth -= 1;
    const apart = before !== "" && before !== "text" && kind !== "text" && !(before === "open" && kind === "close");
    laid += (apart ? eol + "  ".repeat(Math.max(0, depth)) : "") + token;
    if (kind === "open") depth += 1;
    before = kind;
  }
  return laid + eol;
}

function kindOf(token: string): "open" | "close" | "single" | "text" {
  if (!token.startsWith("<") || token.startsWith("<![CDATA[")) return "text";
  if (token.startsWith("</")) return "close";
  return token.startsWith("<!") || token.startsWith("<?") || token.endsWith("/>") ? "single" : "open";
}
