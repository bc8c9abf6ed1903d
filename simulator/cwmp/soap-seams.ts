import type { Field } from "../http/message.ts";
import type { Arg } from "./arg.ts";

export const SOAP_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
export const SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
export const XML_SCHEMA = "http://www.w3.org/2001/XMLSchema";
export const XML_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

/** One text for each namespace that an envelope uses: its prefix, or its name. */
export interface PerNamespace {
  readonly envelope: string;
  readonly encoding: string;
  readonly schema: string;
  readonly instance: string;
  readonly cwmp: string;
}

/** Name of an element as written, with the namespace it is in; `uri` is `""` for none. */
export interface ElementName {
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
}

export type MessageKind = "request" | "response" | "fault";

/** Where namespaces are declared: on the Envelope, or on an entry of Header, Body or detail. */
export type DeclarationPlace = "envelope" | "entry";

/** How the phone writes and reads envelopes (TR-069 3.5). `message` is what the Body holds: `Inform`, `RebootResponse`, `Fault`. */
export interface SoapSeams {
  /** What stands before the Envelope. */
  declaration(message: string): string;
  /** Prefixes in use; an empty one makes its namespace the default of the elements in it. */
  prefixes(): PerNamespace;
  /** Names of the namespaces; `cwmp` is the version in use. */
  namespaces(cwmp: string, message: string): PerNamespace;
  /** Declarations written at a place. What an element needs as default namespace is added where it is needed. */
  declarations(place: DeclarationPlace, prefixes: PerNamespace, namespaces: PerNamespace): readonly Field[];
  /** Local name of the element in the Body: `Inform`, `GetParameterValuesResponse`. */
  methodName(method: string): string;
  /** Content of the ID header entry, or none to leave it out. `id` is that of the request which is answered. */
  idHeader(id: string | undefined, kind: MessageKind): string | undefined;
  /** Attributes of the ID header entry. */
  mustUnderstand(prefixes: PerNamespace, message: string): readonly Field[];
  /** Further header entries, written as they are. */
  headerEntries(prefixes: PerNamespace, message: string): string;
  /** What stands between the Body and the end of the Envelope, written as it is. */
  afterBody(prefixes: PerNamespace, message: string): string;
  /** Prefix of elements below that of the method; they are in no namespace. */
  innerPrefix(name: string, prefixes: PerNamespace): string;
  /** Value of xsi:type on a Value of this XML Schema type, or none. */
  valueType(type: string, prefixes: PerNamespace): string | undefined;
  /** Value of xsi:type on any other element, or none. */
  elementType(name: string, prefixes: PerNamespace): string | undefined;
  /** Value of arrayType for `cwmp:ParameterValueStruct`, `xsd:string`…, or none. */
  arrayType(type: string, count: number, prefixes: PerNamespace): string | undefined;
  /** Elements inside a method or struct, in the order of the schema. */
  members(parent: string, members: readonly Arg[]): readonly Arg[];
  /** Members of an array of this type, in their order. */
  listOrder(type: string, members: readonly Arg[]): readonly Arg[];
  /** Character data. */
  text(text: string): string;
  /** Attributes of a start tag, with the blank before each. */
  attributes(attributes: readonly Field[]): string;
  /** An element without content; `tag` is its name with attributes. */
  emptyElement(tag: string, name: string): string;
  /** What stands before a tag that no character data is next to, at this depth. The Envelope has depth 0. */
  gap(depth: number): string;
  /** Whether the fault table calls this fault code the requester's or the responder's (TR-069 A.5.1). */
  faultClass(code: number): "Client" | "Server";
  /** Content of faultcode. */
  faultCode(faultClass: string, prefixes: PerNamespace): string;
  /** Content of faultstring. */
  faultString(): string;
  /** Local name of the element in detail. */
  faultDetail(): string;
  /** Members of the element in detail, in the order of the schema. */
  faultMembers(members: readonly Arg[]): readonly Arg[];
  /** The parameters in error that are listed in detail. */
  parameterFaults<Listed>(faults: readonly Listed[]): readonly Listed[];
  /** Why a received document, byte order mark included, is not even given to the XML parser; none for one that is. */
  admits(document: string): string | undefined;
  /** Whether a document type declaration is refused; SOAP 1.1 section 3 forbids it. */
  refusesDoctype(): boolean;
  /** Whether an element belongs to SOAP's envelope. */
  isEnvelope(name: ElementName): boolean;
  /** Local name that an element in the Body is known by. */
  localName(name: ElementName): string;
  /** Whether an element in the form of an empty-element tag is seen at all. */
  seesEmptyTag(name: string): boolean;
  /** Character data of a CDATA section. */
  cdata(text: string): string;
  /** Value of the SOAP header HoldRequests; `undefined` when it cannot be read. */
  holdRequests(text: string): boolean | undefined;
  /** The ID of a request as it will be repeated. */
  readId(text: string): string;
  /** Whether an envelope with so many bodies is refused. */
  refusesBodies(count: number): boolean;
  /** Whether a header entry with this mustUnderstand, `""` for none, must be understood. */
  isMandatory(mustUnderstand: string): boolean;
  /** Whether a header entry that must be understood is. */
  understands(name: ElementName): boolean;
}

const CLIENT_FAULTS: ReadonlySet<number> = new Set([9003, 9005, 9006, 9007, 9008, 9020, 9021]);

/** XML 1.0 cannot carry these at all, not even as references. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** Text for use between tags. A carriage return is written as a reference, or the reader would turn it into a line feed. */
export function escapeText(text: string): string {
  return text.replaceAll(UNSPEAKABLE, "").replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] ?? character);
}

export const isCwmpNamespace = (uri: string): boolean => /^urn:dslforum-org:cwmp-1-\d+$/.test(uri);

const PREFIX_OF: Readonly<Record<string, keyof PerNamespace>> = { cwmp: "cwmp", xsd: "schema" };

export const soapSeams: SoapSeams = {
  declaration: () => '<?xml version="1.0" encoding="UTF-8"?>\n',
  prefixes: () => ({ envelope: "soap-env", encoding: "soap-enc", schema: "xsd", instance: "xsi", cwmp: "cwmp" }),
  namespaces: (cwmp) => ({
    envelope: SOAP_ENVELOPE,
    encoding: SOAP_ENCODING,
    schema: XML_SCHEMA,
    instance: XML_SCHEMA_INSTANCE,
    cwmp,
  }),
  declarations: (place, prefixes, namespaces) =>
    place === "entry"
      ? []
      : Object.entries(prefixes)
          .filter(([, prefix]) => prefix !== "")
          .map(([which, prefix]) => [`xmlns:${prefix}`, namespaces[which as keyof PerNamespace]]),
  methodName: (method) => method,
  idHeader: (id) => id,
  mustUnderstand: (prefixes) => [[`${prefixes.envelope}:mustUnderstand`, "1"]],
  headerEntries: () => "",
  afterBody: () => "",
  innerPrefix: () => "",
  valueType: (type, prefixes) => `${prefixes.schema}:${type}`,
  elementType: () => undefined,
  arrayType(type, count, prefixes) {
    const [namespace = "", local = ""] = type.split(":");
    return `${prefixes[PREFIX_OF[namespace] ?? "cwmp"]}:${local}[${count}]`;
  },
  members: (_parent, members) => members,
  listOrder: (_type, members) => members,
  text: escapeText,
  attributes: (attributes) =>
    attributes
      .map(([name, value]) => ` ${name}="${value.replaceAll(/[&<"\r\n\t]/g, (character) => ESCAPES[character] ?? character)}"`)
      .join(""),
  emptyElement: (tag, name) => `<${tag}></${name}>`,
  gap: () => "",
  faultClass: (code) => (CLIENT_FAULTS.has(code) ? "Client" : "Server"),
  faultCode: (faultClass) => faultClass,
  faultString: () => "CWMP fault",
  faultDetail: () => "Fault",
  faultMembers: (members) => members,
  parameterFaults: (faults) => faults,
  admits: () => undefined,
  refusesDoctype: () => true,
  isEnvelope: ({ uri }) => uri === SOAP_ENVELOPE,
  localName: ({ local }) => local,
  seesEmptyTag: () => true,
  cdata: (text) => text,
  holdRequests(text) {
    const value = text.trim();
    if (value === "1" || value === "true") return true;
    return value === "0" || value === "false" ? false : undefined;
  },
  readId: (text) => text,
  refusesBodies: (count) => count !== 1,
  isMandatory: (mustUnderstand) => mustUnderstand === "1" || mustUnderstand === "true",
  understands: ({ uri, local }) => isCwmpNamespace(uri) && (local === "ID" || local === "HoldRequests"),
};
