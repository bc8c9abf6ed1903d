import type { Mutant } from "./mutant.ts";

/** Phones whose faults are not in the form of TR-069 3.5, or have codes that Annex A does not give the method. */
export const faultsMutants: readonly Mutant[] = [
  {
    id: "fault-own-faultstring",
    phone: "A phone that says what is wrong in faultstring, in place of the words CWMP fault.",
    breaks: "TR-069:3.5#faultstring",
    caught: { "cwmp.faults.fault-string": ["TR-069:3.5#faultstring"] },
    change: () => ({ soap: { faultString: () => "Request failed" } }),
  },
  {
    id: "fault-without-text",
    phone: "A phone that leaves FaultString out of its faults.",
    breaks: "TR-069:3.5#fault-detail",
    caught: { "cwmp.faults.detail": ["TR-069:3.5#fault-detail"] },
    change: () => ({ soap: { faultMembers: (members) => members.filter(({ name }) => name !== "FaultString") } }),
  },
  {
    id: "fault-always-server",
    phone: "A phone that calls every fault its own in faultcode.",
    breaks: "TR-069:A.5.1#faultcode",
    caught: { "cwmp.faults.fault-code-class": ["TR-069:A.5.1#faultcode"] },
    change: () => ({ soap: { faultClass: () => "Server" } }),
  },
  {
    id: "fault-code-of-another-method",
    phone: "A phone that answers NextLevel true for a parameter with 9006, which GetParameterNames does not have.",
    breaks: "TR-069:A.5.1#code-of-method",
    caught: {
      "cwmp.faults.codes-of-methods": ["TR-069:A.5.1#code-of-method"],
      "cwmp.get-parameter-names.parameter-next-level": ["TR-069:A.3.2.3#parameter-next-level"],
    },
    change: () => ({ rpc: { nextLevelOfParameter: () => 9006 } }),
  },
  {
    id: "fault-vendor-code",
    phone: "A phone that has a fault code of its vendor for names that it does not know in GetParameterValues.",
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
    quirk: "M58",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (method === "GetParameterValues" ? 9809 : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "fault-parameter-everywhere",
    phone: "A phone that puts a SetParameterValuesFault without a name into every fault for a parameter.",
    breaks: "TR-069:3.5#parameter-faults",
    caught: { "cwmp.faults.parameter-faults": ["TR-069:3.5#parameter-faults"] },
    change: () => ({
      rpc: {
        faultOf: (_method, { parameterFaults, ...fault }) => ({
          ...fault,
          parameterFaults: parameterFaults ?? (fault.code === 9005 ? [{ name: "", code: fault.code, text: "" }] : []),
        }),
      },
    }),
  },
  {
    id: "fault-without-id",
    phone: "A phone that sends its faults without a header.",
    breaks: "TR-069:3.5#id-echo",
    caught: { "cwmp.soap.id-echo": ["TR-069:3.5#id-echo"] },
    quirk: "M06",
    change: ({ soap }) => ({ soap: { idHeader: (id, kind) => (kind === "fault" ? undefined : soap.idHeader(id, kind)) } }),
  },
];
