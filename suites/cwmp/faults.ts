import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, matches, present } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { CWMP_PREFIX } from "../../harness/wire/soap.ts";
import { faults } from "../support/answers.ts";
import { messageOf, requestAnswered } from "../support/messages.ts";
import { showReading } from "../support/model.ts";
import { passiveRule } from "../support/passive.ts";
import { askHarmless, harmlessName, told } from "../support/sessions.ts";
import { inSession } from "../support/stage.ts";

/** A method that no phone has: its vendor does not exist. */
const NO_SUCH_METHOD = "X_EXAMPLE_COM_NoSuchMethod";

/** Asks for what the phone does not have, so that it has to give fault 9005. */
const askUnknown = (session: Session, phone: Phone): Promise<Reply> =>
  session.getParameterValues([phone.path("ManagementServer.NoSuchParameter")]);

/**
 * Faults to look at: one for a wrong name, one for a method that is not there. Which codes they have to have is judged elsewhere.
 * @throws Inconclusive when the phone gives no fault
 */
const provoked = (bench: CwmpBench): Promise<readonly Reply[]> =>
  inSession(bench, async (session) => {
    await showReading(session, bench.phone);
    const replies = [await askUnknown(session, bench.phone), await session.request(NO_SUCH_METHOD)];
    const found = replies.filter(({ kind }) => kind === "fault");
    if (found.length > 0) return found;
    const seen = replies.map(({ summary }) => summary.value).join(", ");
    throw new Inconclusive("precondition", `asked for what it does not have, the phone gave no fault: ${seen}`);
  });

/** Fault codes that are the requester's doing (Table 84); all others are the responder's. */
const OF_THE_CLIENT: readonly string[] = ["9003", "9005", "9006", "9007", "9008", "9020", "9021"];

const codes = (...list: readonly number[]): readonly string[] => list.map(String);

/** The fault codes that Annex A defines for each method. */
const DEFINED: Readonly<Record<string, readonly string[]>> = {
  GetRPCMethods: codes(9001, 9002),
  SetParameterValues: codes(9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008),
  GetParameterValues: codes(9001, 9002, 9003, 9004, 9005),
  GetParameterNames: codes(9001, 9002, 9003, 9005),
  SetParameterAttributes: codes(9001, 9002, 9003, 9004, 9005, 9009),
  GetParameterAttributes: codes(9001, 9002, 9003, 9004, 9005),
  AddObject: codes(9001, 9002, 9003, 9004, 9005),
  DeleteObject: codes(9001, 9002, 9003, 9005),
  Reboot: codes(9001, 9002, 9003),
  Download: codes(9000, 9001, 9002, 9003, 9004, 9010, 9012, 9013),
  Upload: codes(9000, 9001, 9002, 9003, 9004, 9011, 9012, 9013),
  FactoryReset: codes(9000, 9001, 9002, 9003),
  ScheduleInform: codes(9000, 9001, 9002, 9003),
  GetQueuedTransfers: codes(9000, 9001, 9002),
  GetAllQueuedTransfers: codes(9000, 9001, 9002),
  CancelTransfer: codes(9000, 9001, 9004, 9021),
};

export const faultCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.faults.unsupported-method",
    title: "answers a method that it does not support with fault 9000",
    proves: ["TR-069:3.5#unsupported-method"],
    references: ["GRM-003"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        await showReading(session, bench.phone);
        return session.request(NO_SUCH_METHOD);
      }),
    *judge(reply) {
      yield faults("TR-069:3.5#unsupported-method", reply, 9000);
    },
  }),
  cwmpCase({
    id: "cwmp.faults.fault-string",
    title: "says CWMP fault in the faultstring of its faults",
    proves: ["TR-069:3.5#faultstring"],
    references: ["FLT-001"],
    drive: provoked,
    *judge(replies) {
      // The text has to contain these words; that nothing else may stand beside them is not said.
      for (const reply of replies)
        yield matches("TR-069:3.5#faultstring", reply.at("Fault/faultstring"), /CWMP fault/, "CWMP fault");
    },
  }),
  cwmpCase({
    id: "cwmp.faults.detail",
    title: "puts a Fault with FaultCode and FaultString into the detail of its faults",
    proves: ["TR-069:3.5#fault-detail"],
    references: ["FLT-001"],
    drive: provoked,
    *judge(replies) {
      const requirement = "TR-069:3.5#fault-detail";
      for (const reply of replies) {
        const fault = reply.element("Fault/detail/Fault");
        yield holds(requirement, fault?.uri.startsWith(CWMP_PREFIX) === true, {
          expected: "detail/Fault in the CWMP namespace",
          actual: fault === undefined ? `${reply.summary.value} without detail/Fault` : fault.uri || "in no namespace",
          where: fault === undefined ? reply.summary.where : reply.place(fault),
        });
        yield matches(requirement, reply.faultCode, /^\d{4}$/, "a fault code of four digits");
        yield present(requirement, reply.at("Fault/detail/Fault/FaultString"), "a FaultString");
      }
    },
  }),
  cwmpCase({
    id: "cwmp.faults.fault-code-class",
    title: "says in faultcode which side is to blame, as its fault code has it",
    // The recipient may ignore faultcode altogether, so what is wrong here does no harm: a SHOULD for us.
    proves: ["TR-069:A.5.1#faultcode"],
    references: ["FLT-003"],
    drive: provoked,
    *judge(replies) {
      for (const reply of replies) {
        const side = OF_THE_CLIENT.includes(reply.faultCode.value ?? "") ? "Client" : "Server";
        // A prefix is right by SOAP 1.1, none as in the examples of TR-069; SOAP lets a class have parts after a dot.
        const spelt = new RegExp(`^\\s*(?:[^\\s:]+:)?${side}(?:\\.\\S+)?\\s*$`);
        yield matches("TR-069:A.5.1#faultcode", reply.at("Fault/faultcode"), spelt, `${side} for ${reply.summary.value}`);
      }
    },
  }),
  cwmpCase({
    id: "cwmp.faults.session-goes-on",
    title: "goes on with the session after each of its faults",
    proves: ["TR-069:3.7.1.4#after-own-fault"],
    references: ["FLT-005", "GRM-003"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const { phone } = bench;
        const after: Reply[] = [await askHarmless(session, phone)];
        await askUnknown(session, phone);
        after.push(await askHarmless(session, phone));
        await session.request(NO_SUCH_METHOD);
        after.push(await askHarmless(session, phone));
        await session.setParameterValues([{ name: phone.path("ManagementServer.NoSuchParameter"), value: "1" }]);
        after.push(await askHarmless(session, phone));
        return { name: harmlessName(phone), after };
      }),
    *judge({ name, after }) {
      for (const reply of after) yield told("TR-069:3.7.1.4#after-own-fault", reply, name);
    },
  }),
  passiveRule({
    id: "cwmp.faults.codes-of-methods",
    title: "uses only fault codes that are defined for the method",
    requirement: "TR-069:A.5.1#code-of-method",
    references: ["FLT-004"],
    *judge(exchange, before) {
      const defined = DEFINED[requestAnswered(exchange, before)?.method ?? ""];
      const fault = messageOf(exchange);
      if (defined === undefined || fault?.method !== "Fault") return;
      // Faults of SOAP itself, for header entries or the envelope, have no detail (SOAP 1.1, 4.4).
      if (/^\s*(?:[^\s:]+:)?(?:MustUnderstand|VersionMismatch)\s*$/.test(fault.at("Fault/faultcode").value ?? "")) return;
      const { value, where } = fault.at("Fault/detail/Fault/FaultCode");
      const code = value?.trim();
      // 9800 to 9899 are the vendor's own, whatever the method.
      yield holds(this.requirement, code !== undefined && (defined.includes(code) || /^98\d\d$/.test(code)), {
        expected: `${defined.join(", ")} or a vendor's own code`,
        actual: code ?? "no FaultCode",
        where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.faults.parameter-faults",
    title: "has SetParameterValuesFault in no fault but that of SetParameterValues",
    requirement: "TR-069:3.5#parameter-faults",
    references: ["FLT-007"],
    *judge(exchange, before) {
      const asked = requestAnswered(exchange, before)?.method;
      const fault = messageOf(exchange);
      if (asked === undefined || asked === "SetParameterValues" || fault?.method !== "Fault") return;
      const found = fault.element("Fault/detail/Fault/SetParameterValuesFault");
      yield holds(this.requirement, found === undefined, {
        expected: `no SetParameterValuesFault in a fault of ${asked}`,
        actual: found === undefined ? "none" : "SetParameterValuesFault",
        where: found === undefined ? fault.where : fault.place(found),
      });
    },
  }),
];
