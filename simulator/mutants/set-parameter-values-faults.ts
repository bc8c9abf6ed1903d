import { PARAMETER_KEY_NAME } from "../data-model/standard.ts";
import type { ParameterNode } from "../data-model/tree.ts";
import type { Mutant } from "./mutant.ts";

const isNumber = ({ type }: ParameterNode): boolean => type === "unsignedInt" || type === "int";

/** Phones that write what they have to refuse, or say otherwise why they refuse it (TR-069 A.3.2.1). */
export const setParameterValuesFaultsMutants: readonly Mutant[] = [
  {
    id: "spv-duplicate-taken",
    phone: "A phone that takes a request with the same parameter twice.",
    breaks: "TR-069:A.3.2.1#duplicate",
    caught: { "cwmp.set-parameter-values.duplicate": ["TR-069:A.3.2.1#duplicate"] },
    quirk: "M54",
    change: () => ({ rpc: { hasDuplicates: () => false } }),
  },
  {
    id: "spv-unknown-passed-over",
    phone: "A phone that passes over parameters that it does not have.",
    breaks: "TR-069:A.3.2.1#unknown-name",
    caught: {
      "cwmp.set-parameter-values.unknown-name": ["TR-069:A.3.2.1#unknown-name"],
      "cwmp.set-parameter-values.partial-path": ["TR-069:A.3.2.1#partial-path"],
      "cwmp.set-parameter-values.case": ["TR-069:A.3.2.1#case"],
      "cwmp.set-parameter-values.primary-code": ["TR-069:A.3.2.1#primary-code"],
      "cwmp.set-parameter-values.fault-for-each": ["TR-069:A.3.2.1#fault-for-each"],
    },
    quirk: "M42",
    change: () => ({ rpc: { unknownParameter: () => undefined } }),
  },
  {
    id: "spv-object-passed-over",
    phone: "A phone that says of a value for an object that it has taken it.",
    breaks: "TR-069:A.3.2.1#partial-path",
    caught: { "cwmp.set-parameter-values.partial-path": ["TR-069:A.3.2.1#partial-path"] },
    change: ({ rpc }) => ({
      rpc: { unknownParameter: (name) => (name.endsWith(".") ? undefined : rpc.unknownParameter(name)) },
    }),
  },
  {
    id: "spv-read-only-as-value-fault",
    phone: "A phone that calls a value for a read-only parameter invalid.",
    breaks: "TR-069:A.3.2.1#read-only",
    caught: {
      "cwmp.set-parameter-values.read-only": ["TR-069:A.3.2.1#read-only"],
      "cwmp.set-parameter-values.parameter-key-by-name": ["TR-106:3.4#parameter-key-read-only"],
    },
    change: () => ({ rpc: { readOnlyParameter: () => 9007 } }),
  },
  {
    id: "spv-key-by-name-taken",
    phone: "A phone that says of a value for ParameterKey that it has taken it.",
    breaks: "TR-106:3.4#parameter-key-read-only",
    caught: { "cwmp.set-parameter-values.parameter-key-by-name": ["TR-106:3.4#parameter-key-read-only"] },
    change: ({ rpc }) => ({
      rpc: {
        readOnlyParameter: (parameter) => (parameter.name === PARAMETER_KEY_NAME ? undefined : rpc.readOnlyParameter(parameter)),
      },
    }),
  },
  {
    id: "spv-range-not-checked",
    phone: "A phone that keeps numbers that are out of range.",
    breaks: "TR-069:A.3.2.1#out-of-range",
    caught: { "cwmp.set-parameter-values.out-of-range": ["TR-069:A.3.2.1#out-of-range"] },
    quirk: "M55",
    change: () => ({ model: { isInRange: () => true } }),
  },
  {
    id: "spv-range-as-type-fault",
    phone: "A phone that calls a number that is out of range one of another type.",
    breaks: "TR-069:A.3.2.1#out-of-range-code",
    caught: { "cwmp.set-parameter-values.out-of-range": ["TR-069:A.3.2.1#out-of-range-code"] },
    change: () => ({ rpc: { refusedValue: (fault, parameter) => (isNumber(parameter) ? 9006 : fault) } }),
  },
  {
    id: "spv-unsigned-overflow",
    phone: "A phone that takes numbers of over 32 bits for an unsignedInt.",
    breaks: "TR-069:A.2.1#unsigned-range",
    caught: { "cwmp.set-parameter-values.unsigned-range": ["TR-069:A.2.1#unsigned-range"] },
    change: () => ({ model: { isUnsignedInt: (text) => /^\d+$/.test(text) } }),
  },
  {
    id: "spv-letters-as-number",
    phone: "A phone that says of letters for a number that it has taken them.",
    breaks: "TR-069:A.3.2.1#not-a-number",
    caught: { "cwmp.set-parameter-values.not-a-number": ["TR-069:A.3.2.1#not-a-number"] },
    quirk: "M55",
    change: () => ({
      rpc: { refusedValue: (fault, parameter, text) => (isNumber(parameter) && !/\d/.test(text) ? undefined : fault) },
    }),
  },
  {
    id: "spv-any-word-as-boolean",
    phone: "A phone that takes any word but true for false.",
    breaks: "TR-069:A.3.2.1#not-a-boolean",
    caught: {
      "cwmp.set-parameter-values.not-a-boolean": ["TR-069:A.3.2.1#not-a-boolean"],
      "cwmp.set-parameter-values.fault-for-each": ["TR-069:A.3.2.1#fault-for-each"],
    },
    change: () => ({ model: { isBoolean: () => true } }),
  },
  {
    id: "spv-any-word-as-date",
    phone: "A phone that keeps any word as a dateTime.",
    breaks: "TR-069:A.3.2.1#not-a-date",
    caught: { "cwmp.set-parameter-values.not-a-date": ["TR-069:A.3.2.1#not-a-date"] },
    quirk: "M55",
    change: () => ({ model: { isDateTime: () => true } }),
  },
  {
    id: "spv-enumeration-not-checked",
    phone: "A phone that keeps a value that is none of an enumeration.",
    breaks: "TR-069:A.3.2.1#enumeration",
    caught: { "cwmp.set-parameter-values.not-in-the-enumeration": ["TR-069:A.3.2.1#enumeration"] },
    quirk: "M55",
    change: () => ({ model: { isListed: () => true } }),
  },
  {
    id: "spv-first-code-for-all",
    phone: "A phone that gives the code of the first parameter in error as that of the whole fault.",
    breaks: "TR-069:A.3.2.1#primary-code",
    caught: { "cwmp.set-parameter-values.primary-code": ["TR-069:A.3.2.1#primary-code"] },
    quirk: "M52",
    change: () => ({ rpc: { primaryFault: ([first = 9003]) => first } }),
  },
  {
    id: "spv-first-in-error-alone",
    phone: "A phone that names the first parameter in error alone.",
    breaks: "TR-069:A.3.2.1#fault-for-each",
    caught: { "cwmp.set-parameter-values.fault-for-each": ["TR-069:A.3.2.1#fault-for-each"] },
    change: () => ({ soap: { parameterFaults: (faults) => faults.slice(0, 1) } }),
  },
  {
    id: "spv-nothing-named",
    phone: "A phone that names no parameter in the fault of SetParameterValues.",
    breaks: "TR-069:A.3.2.1#fault-for-each",
    caught: {
      "cwmp.set-parameter-values.fault-for-each": ["TR-069:A.3.2.1#fault-for-each"],
      "cwmp.set-parameter-values.other-type": ["TR-069:A.3.2.1#other-type"],
      "cwmp.set-parameter-values.unknown-name": ["TR-069:A.3.2.1#unknown-name"],
      "cwmp.set-parameter-values.partial-path": ["TR-069:A.3.2.1#partial-path"],
      "cwmp.set-parameter-values.case": ["TR-069:A.3.2.1#case"],
      "cwmp.set-parameter-values.read-only": ["TR-069:A.3.2.1#read-only"],
      "cwmp.set-parameter-values.parameter-key-by-name": ["TR-106:3.4#parameter-key-read-only"],
      "cwmp.set-parameter-values.out-of-range": ["TR-069:A.3.2.1#out-of-range"],
      "cwmp.set-parameter-values.unsigned-range": ["TR-069:A.2.1#unsigned-range"],
      "cwmp.set-parameter-values.not-a-number": ["TR-069:A.3.2.1#not-a-number"],
      "cwmp.set-parameter-values.not-a-boolean": ["TR-069:A.3.2.1#not-a-boolean"],
      "cwmp.set-parameter-values.not-a-date": ["TR-069:A.3.2.1#not-a-date"],
      "cwmp.set-parameter-values.not-in-the-enumeration": ["TR-069:A.3.2.1#enumeration"],
    },
    quirk: "M52",
    change: () => ({ soap: { parameterFaults: () => [] } }),
  },
  {
    id: "spv-good-ones-written",
    phone: "A phone that writes the values that are right when others of the same request are wrong.",
    breaks: "TR-069:A.3.2.1#atomic",
    caught: { "cwmp.set-parameter-values.atomic": ["TR-069:A.3.2.1#atomic"] },
    quirk: "M53",
    change: () => ({ rpc: { writtenDespiteFaults: (good) => good } }),
  },
];
