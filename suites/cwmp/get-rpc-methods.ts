import { tag } from "../../harness/acs/messages.ts";
import { rpcMethods } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds, type Located } from "../../harness/core/finding.ts";
import { each } from "../support/answers.ts";
import { inSession } from "../support/stage.ts";

/** TR-069 3.6, Table 5: what every CPE has to respond to. */
const REQUIRED: readonly string[] = [
  "GetRPCMethods",
  "SetParameterValues",
  "GetParameterValues",
  "GetParameterNames",
  "SetParameterAttributes",
  "GetParameterAttributes",
  "AddObject",
  "DeleteObject",
  "Reboot",
];

/** The other methods of a CPE in Annex A up to CWMP version 1.4. */
const OPTIONAL: readonly string[] = [
  "Download",
  "ScheduleDownload",
  "Upload",
  "FactoryReset",
  "GetQueuedTransfers",
  "GetAllQueuedTransfers",
  "CancelTransfer",
  "ScheduleInform",
  "ChangeDUState",
  "SetVouchers",
  "GetOptions",
];

/** Methods that only an ACS responds to. */
const OF_THE_ACS: readonly string[] = [
  "Inform",
  "TransferComplete",
  "AutonomousTransferComplete",
  "Kicked",
  "RequestDownload",
  "DUStateChangeComplete",
  "AutonomousDUStateChangeComplete",
];

/**
 * A call of each method that changes nothing: it reads, or its arguments cannot be met. Reboot, FactoryReset and the methods
 * that fetch or send files are left out; nothing harmless can be asked of them.
 */
const HARMLESS: Readonly<Record<string, (session: Session) => Promise<Reply>>> = {
  GetRPCMethods: (session) => session.getRPCMethods(),
  GetParameterNames: (session) => session.getParameterNames("Nowhere.", true),
  GetParameterValues: (session) => session.getParameterValues(["Nowhere.Nothing"]),
  GetParameterAttributes: (session) => session.getParameterAttributes(["Nowhere.Nothing"]),
  SetParameterValues: (session) => session.setParameterValues([{ name: "Nowhere.Nothing", value: "1" }]),
  SetParameterAttributes: (session) => session.setParameterAttributes([{ name: "Nowhere.Nothing", notification: 0 }]),
  AddObject: (session) => session.addObject("Nowhere."),
  DeleteObject: (session) => session.deleteObject("Nowhere.1."),
  ScheduleInform: (session) => session.scheduleInform(0),
  GetQueuedTransfers: (session) => session.getQueuedTransfers(),
  GetAllQueuedTransfers: (session) => session.getAllQueuedTransfers(),
  CancelTransfer: (session) => session.request("CancelTransfer", tag("CommandKey", "no such transfer")),
  GetOptions: (session) => session.request("GetOptions", tag("OptionName", "")),
};

/** What `judge` finds in the list of methods; without a list there is one bad finding. */
function* inList(
  requirement: string,
  { value, where }: Located<readonly string[]>,
  judge: (list: readonly string[]) => Iterable<Finding>,
) {
  if (value === undefined || value.length === 0)
    yield holds(requirement, false, { expected: "a MethodList with methods in it", actual: value && "an empty list", where });
  else yield* judge(value);
}

const listed = (bench: CwmpBench): Promise<Located<readonly string[]>> =>
  inSession(bench, async (session) => rpcMethods(await session.getRPCMethods()));

export const getRPCMethodsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.get-rpc-methods.mandatory-methods",
    title: "lists the nine methods that every CPE supports",
    proves: ["TR-069:A.3.1.1#all-supported"],
    references: ["GRM-001"],
    drive: listed,
    *judge(list) {
      yield* inList("TR-069:A.3.1.1#all-supported", list, function* (methods) {
        const missing = REQUIRED.filter((method) => !methods.includes(method));
        yield holds("TR-069:A.3.1.1#all-supported", missing.length === 0, {
          expected: `among others ${REQUIRED.join(", ")}`,
          actual: missing.length === 0 ? "all of them" : `not listed: ${missing.join(", ")}`,
          where: list.where,
        });
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-rpc-methods.listed-methods-work",
    title: "supports the methods that it lists",
    proves: ["TR-069:A.3.1.1#only-supported"],
    references: ["GRM-002"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const list = rpcMethods(await session.getRPCMethods());
        const calls = [];
        for (const method of new Set(list.value)) {
          const call = HARMLESS[method];
          if (call !== undefined) calls.push({ method, reply: await call(session) });
        }
        return { list, calls };
      }),
    *judge({ list, calls }) {
      // Any fault but 9000 will do: most of these calls ask for something that is not there.
      yield* inList("TR-069:A.3.1.1#only-supported", list, () =>
        each(
          "TR-069:A.3.1.1#only-supported",
          calls,
          {
            value: `a response, or a fault other than 9000, to each of ${calls.map(({ method }) => method).join(", ")}`,
            where: list.where,
          },
          ({ method, reply }) => {
            const works = reply.kind === "response" || (reply.kind === "fault" && reply.faultCode.value !== "9000");
            const { value = "nothing", where } = reply.summary;
            return works ? undefined : { expected: `no fault 9000 to ${method}, which is listed`, actual: value, where };
          },
        ),
      );
    },
  }),
  cwmpCase({
    id: "cwmp.get-rpc-methods.no-acs-methods",
    title: "lists no method that only an ACS responds to",
    // Table 5 gives these methods to the ACS, but nothing forbids in so many words to name what a phone calls: a SHOULD.
    proves: ["TR-069:A.3.1.1#no-acs-methods"],
    references: ["GRM-002"],
    drive: listed,
    *judge(list) {
      yield* inList("TR-069:A.3.1.1#no-acs-methods", list, function* (methods) {
        const wrong = methods.filter((method) => OF_THE_ACS.includes(method));
        yield holds("TR-069:A.3.1.1#no-acs-methods", wrong.length === 0, {
          expected: "methods of a CPE only",
          actual: wrong.length === 0 ? "so" : wrong.join(", "),
          where: list.where,
        });
      });
    },
  }),
  cwmpCase({
    id: "cwmp.get-rpc-methods.vendor-names",
    title: "names methods of a vendor X_VENDOR_Method",
    proves: ["TR-069:A.3.1.1#vendor-names"],
    references: ["GRM-004"],
    drive: listed,
    *judge(list) {
      yield* inList("TR-069:A.3.1.1#vendor-names", list, function* (methods) {
        const standard = [...REQUIRED, ...OPTIONAL, ...OF_THE_ACS];
        // VENDOR is an OUI or a domain name, both in upper case, with - or _ for each dot of the name.
        const wrong = methods.filter(
          (method) => !standard.includes(method) && !/^X_[0-9A-Z]+(?:[-_][0-9A-Z]+)*_\w+$/.test(method),
        );
        yield holds("TR-069:A.3.1.1#vendor-names", wrong.length === 0, {
          expected: "methods of Annex A, or X_VENDOR_Method",
          actual: wrong.length === 0 ? "so" : few(wrong),
          where: list.where,
        });
      });
    },
  }),
];
