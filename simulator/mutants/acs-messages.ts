import type { Mutant } from "./mutant.ts";

/** A phone that refuses documents in which `pattern` is found. */
const refusing = (pattern: RegExp): Mutant["change"] => {
  return () => ({ soap: { admits: (document) => (pattern.test(document) ? `${pattern} in it` : undefined) } });
};

/** Phones that cannot read XML, SOAP or its namespaces in one of the ways in which they may be written. */
export const acsMessagesMutants: readonly Mutant[] = [
  {
    id: "acs-message-declaration",
    phone: "A phone that cannot read an XML declaration with a standalone part.",
    breaks: "XML:1.0-2.8#declaration",
    quirk: "M70",
    caught: { "cwmp.acs-messages.declaration": ["XML:1.0-2.8#declaration"] },
    change: refusing(/^<\?xml[^>]*standalone/),
  },
  {
    id: "acs-message-no-declaration",
    phone: "A phone that cannot read messages without an XML declaration.",
    breaks: "XML:1.0-2.8#no-declaration",
    quirk: "M71",
    caught: { "cwmp.acs-messages.no-declaration": ["XML:1.0-2.8#no-declaration"] },
    change: refusing(/^\uFEFF?\s*<(?!\?xml)/),
  },
  {
    id: "acs-message-prefix-of-method",
    phone: "A phone that knows methods by their prefix cwmp.",
    breaks: "TR-069:3.5#any-prefix",
    quirk: "M72",
    caught: { "cwmp.acs-messages.prefixes": ["TR-069:3.5#any-prefix"] },
    change: () => ({
      soap: { localName: ({ prefix, local }) => (prefix === "cwmp" || local === "Fault" ? local : `${prefix}:${local}`) },
    }),
  },
  {
    id: "acs-message-prefix-of-envelope",
    phone: "A phone that knows the envelope by the name soap-env:Envelope.",
    breaks: "TR-069:3.5#any-prefix",
    quirk: "M72",
    caught: {
      "cwmp.acs-messages.prefixes": ["TR-069:3.5#any-prefix"],
      "cwmp.acs-messages.default-namespace": ["XML-NS:1.0-6.2#default-namespace"],
    },
    change: ({ soap }) => ({ soap: { isEnvelope: (name) => name.prefix === "soap-env" && soap.isEnvelope(name) } }),
  },
  {
    id: "acs-message-default-namespace",
    phone: "A phone that takes an element without prefix for one without namespace.",
    breaks: "XML-NS:1.0-6.2#default-namespace",
    caught: { "cwmp.acs-messages.default-namespace": ["XML-NS:1.0-6.2#default-namespace"] },
    change: ({ soap }) => ({
      soap: { isEnvelope: ({ prefix, local, uri }) => soap.isEnvelope({ prefix, local, uri: prefix === "" ? "" : uri }) },
    }),
  },
  {
    id: "acs-message-local-declarations",
    phone: "A phone that looks for the CWMP namespace on the Envelope only.",
    breaks: "XML-NS:1.0-6.1#local-declarations",
    caught: { "cwmp.acs-messages.local-declarations": ["XML-NS:1.0-6.1#local-declarations"] },
    change: () => ({
      soap: {
        admits: (document) =>
          /<[^>]*Envelope[^>]*urn:dslforum-org:cwmp/.test(document) ? undefined : "no CWMP namespace on the Envelope",
      },
    }),
  },
  {
    id: "acs-message-indented",
    phone: "A phone that cannot read elements that are indented by blanks.",
    breaks: "XML:1.0-2.10#indented",
    caught: {
      "cwmp.acs-messages.indented": ["XML:1.0-2.10#indented"],
      "cwmp.acs-messages.carriage-returns": ["XML:1.0-2.11#carriage-returns"],
    },
    change: refusing(/\n +</),
  },
  {
    id: "acs-message-carriage-returns",
    phone: "A phone that cannot read a carriage return between elements.",
    breaks: "XML:1.0-2.11#carriage-returns",
    caught: { "cwmp.acs-messages.carriage-returns": ["XML:1.0-2.11#carriage-returns"] },
    change: refusing(/\r/),
  },
  {
    id: "acs-message-comments",
    phone: "A phone that cannot read a message with comments.",
    breaks: "TR-069:3.5#comments",
    caught: { "cwmp.acs-messages.comments": ["TR-069:3.5#comments"] },
    change: refusing(/<!--/),
  },
  {
    id: "acs-message-instructions",
    phone: "A phone that cannot read a processing instruction other than the XML declaration.",
    breaks: "TR-069:3.5#comments",
    caught: { "cwmp.acs-messages.comments": ["TR-069:3.5#comments"] },
    change: refusing(/<\?(?!xml )/),
  },
  {
    id: "acs-message-byte-order-mark",
    phone: "A phone that cannot read a byte order mark.",
    breaks: "XML:1.0-4.3.3#byte-order-mark",
    caught: { "cwmp.acs-messages.byte-order-mark": ["XML:1.0-4.3.3#byte-order-mark"] },
    change: refusing(/^\uFEFF/),
  },
  {
    id: "acs-message-cdata",
    phone: "A phone that passes CDATA sections over.",
    breaks: "XML:1.0-2.7#cdata",
    caught: { "cwmp.acs-messages.cdata": ["XML:1.0-2.7#cdata"] },
    change: () => ({ soap: { cdata: () => "" } }),
  },
  {
    id: "acs-message-character-references",
    phone: "A phone that knows no references but the five named ones.",
    breaks: "XML:1.0-4.1#character-references",
    caught: {
      "cwmp.acs-messages.character-references": ["XML:1.0-4.1#character-references"],
      "snom.map-safety.line-break": ["PARAM-MAP:safety#no-second-line"],
    },
    change: refusing(/&#/),
  },
  {
    id: "acs-message-single-quotes",
    phone: "A phone that knows no quotes but double ones.",
    breaks: "XML:1.0-2.3#single-quotes",
    caught: { "cwmp.acs-messages.single-quotes": ["XML:1.0-2.3#single-quotes"] },
    change: refusing(/\s[\w:.-]+\s*=\s*'/),
  },
  {
    id: "acs-message-no-header",
    phone: "A phone that refuses a message without a SOAP header.",
    breaks: "SOAP-1.1:4.2#no-header",
    caught: { "cwmp.acs-messages.no-header": ["SOAP-1.1:4.2#no-header"] },
    change: () => ({
      soap: { admits: (document) => (/<[^>]*\bHeader\b/.test(document) ? undefined : "no Header in it") },
    }),
  },
  {
    id: "acs-message-unknown-header",
    phone: "A phone that wants to understand every header entry.",
    breaks: "SOAP-1.1:4.2.3#unknown-header",
    caught: { "cwmp.acs-messages.unknown-header": ["SOAP-1.1:4.2.3#unknown-header"] },
    change: () => ({ soap: { isMandatory: () => true } }),
  },
  {
    id: "acs-message-encoding-style",
    phone: "A phone that refuses a message with encodingStyle.",
    breaks: "SOAP-1.1:4.1.1#encoding-style",
    caught: { "cwmp.acs-messages.encoding-style": ["SOAP-1.1:4.1.1#encoding-style"] },
    change: refusing(/encodingStyle/),
  },
  {
    id: "acs-message-empty-element-tag",
    phone: "A phone that does not know the empty-element tag.",
    breaks: "XML:1.0-3.1#empty-element-tag",
    caught: {
      "cwmp.acs-messages.empty-element-tag": ["XML:1.0-3.1#empty-element-tag"],
      "cwmp.get-parameter-names.empty-path-spelling": ["XML:1.0-3.1#empty-element"],
    },
    change: refusing(/\/>/),
  },
];
