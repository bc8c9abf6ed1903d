import { escapeText, type PerNamespace, XML_SCHEMA } from "../cwmp/soap-seams.ts";
import type { Field } from "../http/message.ts";
import type { Variant } from "./variant.ts";

const PREFIXES: PerNamespace = { envelope: "S", encoding: "E", schema: "x-1", instance: "i.2", cwmp: "_c" };

/** Everything but ASCII letters, digits and blanks as a numeric character reference; what XML cannot carry is left to `escapeText`. */
const asReferences = (text: string): string =>
  Array.from(escapeText(text).matchAll(/&[#\w]+;|[\s\S]/gu), ([piece]) =>
    piece.length > 2 || /[A-Za-z0-9 ]/.test(piece) ? piece : `&#x${piece.codePointAt(0)?.toString(16)};`,
  ).join("");

/** A CDATA section cannot hold its own end, nor a carriage return that would survive. */
const asCdata = (text: string): string => (/\r|\]\]>/.test(text) ? escapeText(text) : `<![CDATA[${text}]]>`);

const attributesWith =
  (separator: string, quote: "'" | '"') =>
  (attributes: readonly Field[]): string =>
    attributes
      .map(
        ([name, value]) =>
          `${separator}${name} = ${quote}${escapeText(value).replaceAll('"', "&quot;").replaceAll("'", "&#39;")}${quote}`,
      )
      .join("");

/** Named data types of elements in the CWMP schema. */
const ELEMENT_TYPES: Readonly<Record<string, string>> = {
  DeviceId: "DeviceIdStruct",
  Event: "EventList",
  EventStruct: "EventStruct",
  EventCode: "EventCodeType",
  ParameterValueStruct: "ParameterValueStruct",
  ParameterInfoStruct: "ParameterInfoStruct",
  ParameterAttributeStruct: "ParameterAttributeStruct",
  MethodList: "MethodList",
  FaultStruct: "TransferCompleteFaultStruct",
};

/** Phones that write the same messages in other characters. */
export const envelopeVariants: readonly Variant[] = [
  {
    id: "other-prefixes",
    phone: "A phone that uses prefixes nobody else does.",
    clause: "TR-069 3.5: prefixes are arbitrary",
    change: () => ({ soap: { prefixes: () => PREFIXES } }),
  },
  {
    id: "default-namespace",
    phone: "A phone that makes the envelope's namespace the default one.",
    clause: "Namespaces in XML 1.0, 6.2",
    change: ({ soap }) => ({
      soap: {
        prefixes: () => ({ ...soap.prefixes(), envelope: "" }),
        // Attributes have no default namespace, so this one needs a prefix all the same.
        declarations: (place, prefixes, namespaces) => {
          const usual = soap.declarations(place, prefixes, namespaces);
          return place === "envelope" ? [["xmlns:at", namespaces.envelope], ...usual] : usual;
        },
        mustUnderstand: () => [["at:mustUnderstand", "1"]],
      },
    }),
  },
  {
    id: "local-declarations",
    phone: "A phone that declares a namespace on the element that needs it.",
    clause: "Namespaces in XML 1.0, 6.1",
    change: ({ soap }) => ({
      soap: {
        declarations: (place, prefixes, namespaces) =>
          soap
            .declarations("envelope", prefixes, namespaces)
            .filter(([name]) => (name === `xmlns:${prefixes.envelope}`) === (place === "envelope")),
      },
    }),
  },
  {
    id: "single-quotes",
    phone: "A phone that quotes attributes with apostrophes and blanks around the equals sign.",
    clause: "XML 1.0, 2.3 and 3.1",
    change: () => ({
      soap: {
        declaration: () => "<?xml version='1.0' encoding='utf-8' standalone='yes'?>",
        attributes: attributesWith(" ", "'"),
      },
    }),
  },
  {
    id: "attributes-on-lines",
    phone: "A phone that writes attributes in the reverse order, each on its own line.",
    clause: "XML 1.0, 3.1: the order of attributes means nothing",
    change: () => ({ soap: { attributes: (attributes) => attributesWith("\r\n\t", '"')(attributes.toReversed()) } }),
  },
  {
    id: "indented",
    phone: "A phone that indents its messages.",
    clause: "XML 1.0, 2.10",
    change: () => ({ soap: { gap: (depth) => `\r\n${"  ".repeat(depth)}` } }),
  },
  {
    id: "comments",
    phone: "A phone that puts comments between elements.",
    clause: "XML 1.0, 2.5; TR-069 3.5 lets the ACS ignore them",
    change: () => ({ soap: { gap: (depth) => `<!-- level ${depth}: <Fault> & more -->` } }),
  },
  {
    id: "cdata",
    phone: "A phone that writes all character data in CDATA sections.",
    clause: "XML 1.0, 2.7",
    change: () => ({ soap: { text: asCdata } }),
  },
  {
    id: "character-references",
    phone: "A phone that writes everything but letters and digits as numeric references.",
    clause: "XML 1.0, 4.1",
    change: () => ({ soap: { text: asReferences } }),
  },
  {
    id: "no-declaration",
    phone: "A phone that leaves the XML declaration out.",
    clause: "XML 1.0, 2.8",
    change: () => ({ soap: { declaration: () => "" } }),
  },
  {
    id: "byte-order-mark",
    phone: "A phone that begins its messages with a byte order mark.",
    clause: "XML 1.0, 4.3.3 and appendix F",
    change: ({ http }) => ({
      http: { encodeBody: (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), http.encodeBody(text)]) },
    }),
  },
  {
    id: "utf-16",
    phone: "A phone that speaks UTF-16.",
    clause: "XML 1.0, 4.3.3: every processor reads it",
    change: () => ({
      soap: { declaration: () => '<?xml version="1.0" encoding="UTF-16"?>' },
      http: {
        encodeBody: (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
        contentType: (kind) => (kind === "empty" ? undefined : "text/xml; charset=utf-16"),
      },
    }),
  },
  {
    id: "self-closed",
    phone: "A phone that writes empty elements with one tag.",
    clause: "XML 1.0, 3.1",
    change: () => ({ soap: { emptyElement: (tag) => `<${tag} />` } }),
  },
  {
    id: "header-entry",
    phone: "A phone that adds a header entry of its own, which need not be understood.",
    clause: "SOAP 1.1, 4.2",
    change: () => ({
      soap: { headerEntries: () => '<v:Trace xmlns:v="urn:example:trace"><ID>7</ID><HoldRequests>1</HoldRequests></v:Trace>' },
    }),
  },
  {
    id: "no-request-id",
    phone: "A phone that gives its own requests no ID.",
    clause: "TR-069 3.5, Table 4: the header may be used",
    change: ({ soap }) => ({ soap: { idHeader: (id, kind) => (kind === "request" ? undefined : soap.idHeader(id, kind)) } }),
  },
  {
    id: "long-request-id",
    phone: "A phone whose IDs are long and full of marks.",
    clause: "TR-069 3.5, Table 4: an arbitrary string",
    change: ({ inform }) => ({
      inform: { messageId: (count) => `<${inform.messageId(count)}> & "Ω" ${"0123456789".repeat(10)}` },
    }),
  },
  {
    id: "element-types",
    phone: "A phone that gives elements of named types their type.",
    clause: "TR-069 3.5: a type attribute may be there when the schema names the type",
    change: () => ({
      soap: {
        elementType: (name, prefixes) =>
          ELEMENT_TYPES[name] === undefined ? undefined : `${prefixes.cwmp}:${ELEMENT_TYPES[name]}`,
      },
    }),
  },
  {
    id: "encoding-strings",
    phone: "A phone that takes the type of string arrays from SOAP's encoding namespace.",
    clause: "TR-069 3.5: the prefix of either namespace",
    change: ({ soap }) => ({
      soap: {
        arrayType: (type, count, prefixes) =>
          soap.arrayType(type, count, type.startsWith("xsd:") ? { ...prefixes, schema: prefixes.encoding } : prefixes),
      },
    }),
  },
  {
    id: "two-schema-prefixes",
    phone: "A phone that has two prefixes for XML Schema and uses the second for types of values.",
    clause: "Namespaces in XML 1.0, 3",
    change: ({ soap }) => ({
      soap: {
        declarations: (place, prefixes, namespaces) => {
          const usual = soap.declarations(place, prefixes, namespaces);
          return place === "envelope" ? [...usual, ["xmlns:w3", XML_SCHEMA]] : usual;
        },
        valueType: (type, prefixes) => soap.valueType(type, { ...prefixes, schema: "w3" }),
      },
    }),
  },
  {
    id: "qualified-faultcode",
    phone: "A phone that writes faultcode with the envelope's prefix.",
    clause: "SOAP 1.1, 4.4: a qualified name",
    change: () => ({ soap: { faultCode: (faultClass, prefixes) => `${prefixes.envelope}:${faultClass}` } }),
  },
  {
    id: "reversed-lists",
    phone: "A phone that lists names, values and events in another order.",
    clause: "TR-069 A.2.1: the order of items in an array means nothing",
    change: () => ({ soap: { listOrder: (_type, members) => members.toReversed() } }),
  },
];
