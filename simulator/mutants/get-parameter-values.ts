import { refuse } from "../cwmp/rpc-arguments.ts";
import type { Mutant } from "./mutant.ts";

const METHOD = "GetParameterValues";

/** Phones that give other values than GetParameterValues asks for (TR-069 A.3.2.2). */
export const getParameterValuesMutants: readonly Mutant[] = [
  {
    id: "gpv-version-unlike-inform",
    phone: "A phone that tells its firmware version without the build number when it is asked for it.",
    breaks: "TR-069:A.3.2.2#one",
    caught: {
      "cwmp.get-parameter-values.one": ["TR-069:A.3.2.2#one"],
      "cwmp.inform.values": ["TR-069:A.3.3.1#values"],
      "snom.settings.shown-by-cwmp": ["SNOM:settings#same-as-cwmp"],
    },
    change: () => ({
      rpc: { answeredValue: (name, value) => (name.endsWith(".SoftwareVersion") ? value.replace(/\.\d+$/, "") : value) },
    }),
  },
  {
    id: "gpv-first-eight",
    phone: "A phone that answers for the first eight parameters of those that it is asked for by name.",
    breaks: "TR-069:A.3.2.2#all-requested",
    caught: {
      "cwmp.get-parameter-values.several": ["TR-069:A.3.2.2#all-requested"],
      "snom.settings.shown-by-cwmp": ["SNOM:settings#same-as-cwmp"],
    },
    quirk: "M43",
    change: ({ rpc }) => ({
      rpc: {
        answered: (found, asked) => rpc.answered(asked.length < found.length ? found : found.slice(0, 8), asked),
      },
    }),
  },
  {
    id: "gpv-partial-path-writable-only",
    phone: "A phone that leaves read-only parameters out when it is asked for an object in the root.",
    breaks: "TR-069:A.3.2.2#partial-path",
    caught: {
      "cwmp.get-parameter-values.partial-path": ["TR-069:A.3.2.2#partial-path"],
      "cwmp.get-parameter-values.overlapping": ["TR-069:A.3.2.2#overlapping"],
      "snom.map-modifiers.values-below": ["TR-069:A.3.2.2#partial-path"],
    },
    change: () => ({
      rpc: {
        meantBy: (method, path, below) =>
          method === METHOD && /^\w+\.\w+\.$/.test(path) ? below.filter(({ writable }) => writable) : below,
      },
    }),
  },
  {
    id: "gpv-empty-name-fault",
    phone: "A phone that refuses to give values for the empty name.",
    breaks: "TR-069:A.3.2.2#everything",
    caught: { "cwmp.get-parameter-values.empty-name": ["TR-069:A.3.2.2#everything"] },
    change: () => ({ rpc: { emptyPath: (method) => (method === METHOD ? 9005 : undefined) } }),
  },
  {
    id: "gpv-overlap-dropped",
    phone: "A phone that drops a parameter that it is asked for twice.",
    breaks: "TR-069:A.3.2.2#overlapping",
    caught: { "cwmp.get-parameter-values.overlapping": ["TR-069:A.3.2.2#overlapping"] },
    change: () => ({
      rpc: {
        answered: (found) => {
          const often = new Map<unknown, number>();
          for (const one of found) often.set(one, (often.get(one) ?? 0) + 1);
          return found.filter((one) => often.get(one) === 1);
        },
      },
    }),
  },
  {
    id: "gpv-empty-object-fault",
    phone: "A phone that calls an object with nothing in it unknown when it is asked for its values.",
    breaks: "TR-069:A.3.2.2#empty-object",
    caught: { "cwmp.get-parameter-values.empty-object": ["TR-069:A.3.2.2#empty-object"] },
    quirk: "M45",
    change: () => ({ rpc: { valuesOfEmptyObject: () => 9005 } }),
  },
  {
    id: "gpv-16-kilobytes",
    phone: "A phone that takes requests of up to 16 kilobytes.",
    breaks: "TR-069:3.5#large-request",
    caught: {
      "cwmp.get-parameter-values.large-request": ["TR-069:3.5#large-request"],
      "cwmp.set-parameter-values.large-request": ["TR-069:3.5#large-request"],
    },
    quirk: "M46",
    change: () => ({ rpc: { requestLimit: () => 16_384 } }),
  },
  {
    id: "gpv-32-names",
    phone: "A phone that runs into an error of its own when it is asked for 32 names or more.",
    breaks: "TR-069:3.5#large-request",
    caught: { "cwmp.get-parameter-values.large-request": ["TR-069:3.5#large-request"] },
    quirk: "M47",
    change: ({ rpc }) => ({
      rpc: {
        answered: (found, asked) => {
          refuse(asked.length >= 32 ? 9002 : undefined);
          return rpc.answered(found, asked);
        },
      },
    }),
  },
  {
    id: "gpv-passwords-shown",
    phone: "A phone that gives its passwords to the ACS.",
    breaks: "TR-106:3.4#hidden-passwords",
    caught: {
      "cwmp.get-parameter-values.hidden-passwords": ["TR-106:3.4#hidden-passwords"],
      "snom.local.secret": ["TR-106:3.4#hidden-passwords"],
      "snom.map-safety.secret": ["PARAM-MAP:safety#secret-setting"],
    },
    change: () => ({ model: { shownHidden: (value) => value } }),
  },
  {
    id: "gpv-uptime-int",
    phone: "A phone that gives its uptime the type int.",
    breaks: "TR-106:3.4#types",
    caught: {
      "cwmp.get-parameter-values.model-types": ["TR-106:3.4#types"],
      "snom.map-agrees.types": ["SNOM-TR-069:The-param_map-file#types"],
    },
    change: () => ({ rpc: { answeredType: (name, type) => (name.endsWith("UpTime") ? "int" : type) } }),
  },
  {
    id: "gpv-dates-without-zone",
    phone: "A phone that leaves the time zone out of its dateTimes.",
    breaks: "TR-069:A.2.1#lexical",
    caught: { "cwmp.get-parameter-values.lexical": ["TR-069:A.2.1#lexical"] },
    change: ({ model }) => ({ model: { shownDateTime: (text) => model.shownDateTime(text).replace(/^([^0].*)Z$/, "$1") } }),
  },
  {
    id: "gpv-unknown-dropped",
    phone: "A phone that passes over names that it does not have.",
    breaks: "TR-069:A.3.2.2#unknown-name",
    caught: {
      "cwmp.get-parameter-values.unknown-name": ["TR-069:A.3.2.2#unknown-name"],
      "cwmp.get-parameter-values.bad-among-good": ["TR-069:A.3.2.2#bad-among-good"],
      "cwmp.get-parameter-values.object-without-dot": ["TR-069:A.3.2.2#object-without-dot"],
      "cwmp.get-parameter-values.parameter-with-dot": ["TR-069:A.3.2.2#parameter-with-dot"],
      "cwmp.get-parameter-values.case": ["TR-069:A.3.2.2#case"],
      "cwmp.get-parameter-values.deleted-instance": ["TR-069:A.3.2.2#deleted-instance"],
      "cwmp.delete-object.deletes": ["TR-069:A.3.2.7#unavailable"],
      "cwmp.delete-object.whole-branch": ["TR-069:A.3.2.7#whole-branch"],
      "snom.map-unsupported.name": ["TR-069:A.3.2.2#unknown-name"],
      "snom.map-unsupported.object": ["PARAM-MAP:modifiers#unsupported-object"],
    },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (method === METHOD ? undefined : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "gpv-unknown-among-good-dropped",
    phone: "A phone that passes over a name that it does not have when it has others to answer for.",
    breaks: "TR-069:A.3.2.2#bad-among-good",
    caught: { "cwmp.get-parameter-values.bad-among-good": ["TR-069:A.3.2.2#bad-among-good"] },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (method === METHOD && asked > 1 ? undefined : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "gpv-dot-added",
    phone: "A phone that gives the values of an object when the dot at the end of its name is missing.",
    breaks: "TR-069:A.3.2.2#object-without-dot",
    caught: { "cwmp.get-parameter-values.object-without-dot": ["TR-069:A.3.2.2#object-without-dot"] },
    change: () => ({
      rpc: { lookedUpPath: (path, exists, method) => (method === METHOD && exists(`${path}.`) ? `${path}.` : path) },
    }),
  },
  {
    id: "gpv-dot-dropped",
    phone: "A phone that gives the value of a parameter when there is a dot behind its name.",
    breaks: "TR-069:A.3.2.2#parameter-with-dot",
    caught: { "cwmp.get-parameter-values.parameter-with-dot": ["TR-069:A.3.2.2#parameter-with-dot"] },
    change: () => ({
      rpc: {
        lookedUpPath: (path, exists, method) =>
          method === METHOD && exists(path.replace(/\.$/, "")) ? path.replace(/\.$/, "") : path,
      },
    }),
  },
  {
    id: "gpv-deleted-instance-empty",
    phone: "A phone that gives an empty list for an instance that is not there.",
    breaks: "TR-069:A.3.2.2#deleted-instance",
    caught: {
      "cwmp.get-parameter-values.deleted-instance": ["TR-069:A.3.2.2#deleted-instance"],
      "cwmp.delete-object.deletes": ["TR-069:A.3.2.7#unavailable"],
    },
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) =>
          method === METHOD && /\.\d+\.$/.test(path) ? undefined : rpc.unknownName(method, path, asked),
      },
    }),
  },
  {
    id: "gpv-log-without-value",
    phone: "A phone that leaves the Value element out where a value has several lines.",
    breaks: "TR-069:A.2.2#schema-order",
    caught: { "cwmp.soap.schema-order": ["TR-069:A.2.2#schema-order"] },
    quirk: "M02",
    change: () => ({
      soap: {
        members: (parent, members) =>
          parent === "ParameterValueStruct" ? members.filter(({ text = "" }) => !text.includes("\n")) : members,
      },
    }),
  },
  {
    id: "gpv-strings-untyped",
    phone: "A phone that gives strings no type.",
    breaks: "TR-069:3.5#value-type",
    caught: {
      "cwmp.soap.value-type": ["TR-069:3.5#value-type"],
      "snom.map-types.string": ["SNOM-TR-069:Parameter-types#string"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
    },
    quirk: "M03",
    change: ({ soap }) => ({
      soap: { valueType: (type, prefixes) => (type === "string" ? undefined : soap.valueType(type, prefixes)) },
    }),
  },
  {
    id: "gpv-type-json",
    phone: "A phone that calls the type of its strings xsd:json.",
    breaks: "TR-069:3.5#value-type",
    caught: {
      "cwmp.soap.value-type": ["TR-069:3.5#value-type"],
      "cwmp.get-parameter-values.model-types": ["TR-106:3.4#types"],
      "snom.map-types.string": ["SNOM-TR-069:Parameter-types#string"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
    },
    quirk: "M04",
    change: ({ soap }) => ({
      soap: { valueType: (type, prefixes) => soap.valueType(type === "string" ? "json" : type, prefixes) },
    }),
  },
  {
    id: "gpv-type-cut-short",
    phone: "A phone that writes xsd: and nothing more for the type of a dateTime.",
    breaks: "TR-069:3.5#value-type",
    caught: {
      "cwmp.soap.value-type": ["TR-069:3.5#value-type"],
      "cwmp.get-parameter-values.model-types": ["TR-106:3.4#types"],
      "snom.map-types.date-time": ["SNOM-TR-069:Parameter-types#dateTime"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
    },
    quirk: "M05",
    change: ({ soap }) => ({
      soap: { valueType: (type, prefixes) => soap.valueType(type === "dateTime" ? "" : type, prefixes) },
    }),
  },
];
