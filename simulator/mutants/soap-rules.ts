import { SOAP_ENVELOPE } from "../cwmp/soap-seams.ts";
import type { Mutant } from "./mutant.ts";

/** Phones that write their envelopes wrongly: TR-069 3.5 and the message tables of Annex A. */
export const soapRulesMutants: readonly Mutant[] = [
  {
    id: "soap-control-character",
    phone: "A phone that lets the colour codes of its log into XML as they are.",
    breaks: "TR-069:3.5#well-formed",
    quirk: "M01",
    caught: { "cwmp.soap.well-formed": ["TR-069:3.5#well-formed"] },
    change: ({ soap }) => ({ soap: { text: (text) => soap.text(text).replaceAll("\n", "\u001b[0m\n") } }),
  },
  {
    id: "soap-latin-1",
    phone: "A phone that declares UTF-8 and writes an Inform in Latin-1 when that is enough.",
    breaks: "TR-069:3.5#well-formed",
    caught: {
      "cwmp.soap.well-formed": ["TR-069:3.5#well-formed"],
      "cwmp.schedule-inform.delay": ["TR-069:A.4.1.2#command-key"],
    },
    change: ({ http }) => ({
      http: {
        encodeBody: (text) =>
          text.includes(":Inform>") && !/[^\0-\xff]/.test(text) ? Buffer.from(text, "latin1") : http.encodeBody(text),
      },
    }),
  },
  {
    id: "soap-undeclared-prefix",
    phone: "A phone that uses a prefix in ScheduleInformResponse which it has not declared.",
    breaks: "TR-069:3.5#well-formed",
    quirk: "M09",
    caught: { "cwmp.soap.well-formed": ["TR-069:3.5#well-formed"] },
    change: ({ soap }) => ({
      soap: {
        mustUnderstand: (prefixes, message) =>
          message === "ScheduleInformResponse" ? [["soap:mustUnderstand", "1"]] : soap.mustUnderstand(prefixes, message),
      },
    }),
  },
  {
    id: "soap-envelope-of-soap-1-2",
    phone: "A phone that writes faults in the envelope of SOAP 1.2.",
    breaks: "TR-069:3.5#envelope-namespaces",
    quirk: "M09",
    caught: {
      "cwmp.soap.envelope-namespaces": ["TR-069:3.5#envelope-namespaces"],
      "cwmp.soap.id-must-understand": ["TR-069:3.5#id-must-understand"],
    },
    change: ({ soap }) => ({
      soap: {
        namespaces: (cwmp, message) => ({
          ...soap.namespaces(cwmp, message),
          envelope: message === "Fault" ? "http://www.w3.org/2003/05/soap-envelope" : SOAP_ENVELOPE,
        }),
      },
    }),
  },
  {
    id: "soap-second-body",
    phone: "A phone that puts an empty second Body behind that of an AddObjectResponse.",
    breaks: "TR-069:3.5#one-body",
    caught: { "cwmp.soap.one-body": ["TR-069:3.5#one-body"] },
    change: () => ({
      soap: {
        afterBody: ({ envelope }, message) => (message === "AddObjectResponse" ? `<${envelope}:Body></${envelope}:Body>` : ""),
      },
    }),
  },
  {
    id: "soap-other-cwmp-version",
    phone: "A phone that answers GetParameterAttributes in another version of CWMP than everything else.",
    breaks: "TR-069:3.5#cwmp-namespace",
    quirk: "M09",
    caught: { "cwmp.soap.cwmp-namespace": ["TR-069:3.5#cwmp-namespace"] },
    change: ({ soap }) => ({
      soap: {
        namespaces: (cwmp, message) =>
          soap.namespaces(message === "GetParameterAttributesResponse" ? "urn:dslforum-org:cwmp-1-1" : cwmp, message),
      },
    }),
  },
  {
    id: "soap-qualified-strings",
    phone: "A phone that qualifies the strings in an array with the CWMP namespace.",
    breaks: "TR-069:3.5#unqualified-arguments",
    quirk: "M10",
    caught: { "cwmp.soap.unqualified-arguments": ["TR-069:3.5#unqualified-arguments"] },
    change: () => ({ soap: { innerPrefix: (name, { cwmp }) => (name === "string" ? cwmp : "") } }),
  },
  {
    id: "soap-fault-struct-last",
    phone: "A phone that writes FaultStruct at the end of TransferComplete.",
    breaks: "TR-069:A.2.2#schema-order",
    quirk: "M13",
    caught: { "cwmp.soap.schema-order": ["TR-069:A.2.2#schema-order"] },
    change: () => ({
      soap: {
        members: (parent, members) =>
          parent === "TransferComplete"
            ? [...members.filter(({ name }) => name !== "FaultStruct"), ...members.filter(({ name }) => name === "FaultStruct")]
            : members,
      },
    }),
  },
  {
    id: "soap-value-left-out",
    phone: "A phone that leaves out the Value of a log of several lines.",
    breaks: "TR-069:A.2.2#schema-order",
    quirk: "M02",
    caught: { "cwmp.soap.schema-order": ["TR-069:A.2.2#schema-order"] },
    change: () => ({
      soap: {
        members: (_parent, members) => members.filter(({ name, text }) => name !== "Value" || text?.includes("\n") !== true),
      },
    }),
  },
  {
    id: "soap-time-of-transfer-in-words",
    phone: "A phone that gives the times of a transfer which has not begun as a dash.",
    breaks: "TR-069:A.2.2#schema-types",
    caught: { "cwmp.soap.schema-types": ["TR-069:A.2.2#schema-types"] },
    change: () => ({ transfer: { responseTime: () => "-" } }),
  },
  {
    id: "soap-untyped-times",
    phone: "A phone that gives a dateTime no xsi:type.",
    breaks: "TR-069:3.5#value-type",
    quirk: "M03",
    caught: {
      "cwmp.soap.value-type": ["TR-069:3.5#value-type"],
      "snom.map-types.date-time": ["SNOM-TR-069:Parameter-types#dateTime"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
    },
    change: ({ soap }) => ({
      soap: { valueType: (type, prefixes) => (type === "dateTime" ? undefined : soap.valueType(type, prefixes)) },
    }),
  },
  {
    id: "soap-type-of-its-own",
    phone: "A phone that gives a dateTime the type xsd:json.",
    breaks: "TR-069:3.5#value-type",
    quirk: "M04",
    caught: {
      "cwmp.soap.value-type": ["TR-069:3.5#value-type"],
      "cwmp.get-parameter-values.model-types": ["TR-106:3.4#types"],
      "snom.map-types.date-time": ["SNOM-TR-069:Parameter-types#dateTime"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
    },
    change: ({ soap }) => ({
      soap: { valueType: (type, prefixes) => soap.valueType(type === "dateTime" ? "json" : type, prefixes) },
    }),
  },
  {
    id: "soap-type-cut-off",
    phone: "A phone that cuts xsd:dateTime off behind the colon.",
    breaks: "TR-069:3.5#value-type",
    quirk: "M05",
    caught: {
      "cwmp.soap.value-type": ["TR-069:3.5#value-type"],
      "cwmp.get-parameter-values.model-types": ["TR-106:3.4#types"],
      "snom.map-types.date-time": ["SNOM-TR-069:Parameter-types#dateTime"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
    },
    change: ({ soap }) => ({
      soap: { valueType: (type, prefixes) => soap.valueType(type === "dateTime" ? "" : type, prefixes) },
    }),
  },
  {
    id: "soap-array-count-wrong",
    phone: "A phone that counts the first string of an AccessList as none.",
    breaks: "TR-069:3.5#array-count",
    quirk: "M11",
    caught: { "cwmp.soap.array-count": ["TR-069:3.5#array-count"] },
    change: ({ soap }) => ({
      soap: { arrayType: (type, count, prefixes) => soap.arrayType(type, type === "xsd:string" ? count - 1 : count, prefixes) },
    }),
  },
  {
    id: "soap-array-type-without-prefix",
    phone: "A phone that writes the type of string arrays without a prefix.",
    breaks: "TR-069:3.5#array-type",
    quirk: "M12",
    caught: { "cwmp.soap.array-type": ["TR-069:3.5#array-type"] },
    change: ({ soap }) => ({
      soap: {
        arrayType: (type, count, prefixes) =>
          type === "xsd:string" ? `string[${count}]` : soap.arrayType(type, count, prefixes),
      },
    }),
  },
  {
    id: "soap-fault-without-id",
    phone: "A phone that sends faults without a Header.",
    breaks: "TR-069:3.5#id-echo",
    quirk: "M06",
    caught: { "cwmp.soap.id-echo": ["TR-069:3.5#id-echo"] },
    change: () => ({ soap: { idHeader: (id, kind) => (kind === "fault" ? undefined : id) } }),
  },
  {
    id: "soap-fault-with-empty-id",
    phone: "A phone that sends faults with an empty ID.",
    breaks: "TR-069:3.5#id-echo",
    quirk: "M07",
    caught: { "cwmp.soap.id-echo": ["TR-069:3.5#id-echo"] },
    change: () => ({ soap: { idHeader: (id, kind) => (kind === "fault" ? "" : id) } }),
  },
  {
    id: "soap-must-understand-of-encoding",
    phone: "A phone that takes mustUnderstand of its faults from SOAP's encoding namespace.",
    breaks: "TR-069:3.5#id-must-understand",
    quirk: "M08",
    caught: { "cwmp.soap.id-must-understand": ["TR-069:3.5#id-must-understand"] },
    change: ({ soap }) => ({
      soap: {
        mustUnderstand: (prefixes, message) =>
          message === "Fault" ? [[`${prefixes.encoding}:mustUnderstand`, "1"]] : soap.mustUnderstand(prefixes, message),
      },
    }),
  },
  {
    id: "soap-hold-requests",
    phone: "A phone that sends HoldRequests with its TransferComplete.",
    breaks: "TR-069:3.5#no-hold-requests",
    caught: { "cwmp.soap.no-hold-requests": ["TR-069:3.5#no-hold-requests"] },
    change: () => ({
      soap: {
        headerEntries: ({ cwmp }, message) =>
          message === "TransferComplete" ? `<${cwmp}:HoldRequests>0</${cwmp}:HoldRequests>` : "",
      },
    }),
  },
  {
    id: "soap-response-of-other-method",
    phone: "A phone that answers ScheduleInform with RebootResponse.",
    breaks: "TR-069:3.5#response-name",
    caught: {
      "cwmp.soap.response-name": ["TR-069:3.5#response-name"],
      "cwmp.schedule-inform.delay": ["TR-069:A.4.1.2#response"],
    },
    change: () => ({ soap: { methodName: (method) => (method === "ScheduleInformResponse" ? "RebootResponse" : method) } }),
  },
];
