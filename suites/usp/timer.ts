import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { instancesOf } from "./support/instances.ts";
import { notified, tellsCompletion, withSubscription } from "./support/notifications.ts";

const REQUESTS = "Device.LocalAgent.Request.";
const COMMAND = "Device.ScheduleTimer()";
const RESULT = "response/operate_resp/operation_results[1]";
/** DelaySeconds of the test plan. */
const DELAY = 60;
/** How much later an agent may tell something, in seconds (TR-369 R-NOT.0a). */
const LATE = 10;

/** ScheduleTimer(), and what Cancel() does to it. */
export const timerCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.timer.runs-out",
    title: "tells the end of ScheduleTimer() when the time is over",
    proves: ["TP-469:9.11#response", "TP-469:9.11#completion", "TP-469:9.11#delay"],
    beyondPlan: ["TP-469:9.11#delay"],
    references: ["TP-469 9.11"],
    needs: ["usp-schedule-timer"],
    waits: DELAY,
    drive: (bench) =>
      withSubscription(bench, { name: "timer", type: "OperationComplete", references: COMMAND }, async (subscription) => {
        const { controller, patience } = bench;
        const commandKey = "assay-timer";
        const reply = await controller.operate(COMMAND, { DelaySeconds: String(DELAY) }, { commandKey });
        const log = await controller.next(tellsCompletion(subscription, commandKey), DELAY * 1000 + patience.contact);
        return { reply, log };
      }),
    *judge({ reply, log }) {
      yield* inResponse("TP-469:9.11#response", reply, "OPERATE_RESP", function* () {
        yield same("TP-469:9.11#response", reply.at(`${RESULT}/executed_command`), COMMAND);
      });
      yield notified("TP-469:9.11#completion", log, `OperationComplete of ${COMMAND}`, reply.request.where);
      if (log === undefined) return;
      const waited = (log.at - reply.request.at) / 1000;
      // The agent's clock and ours are not the same one.
      yield holds("TP-469:9.11#delay", waited >= DELAY - 1 && waited <= DELAY + LATE, {
        expected: `${DELAY} s after ${reply.request.where}, and at most ${LATE} s late`,
        actual: `${waited.toFixed(1)} s after it`,
        where: log.where,
      });
    },
  }),
  uspCase({
    id: "usp.timer.cancelled",
    title: "tells a cancelled command's end as failure 7023, and has no Request of it",
    proves: ["TP-469:9.8#cancel-response", "TP-469:9.8#cancelled-code", "TP-469:9.8#request-over"],
    needs: ["usp-schedule-timer", "usp-cancel"],
    drive: (bench) =>
      withSubscription(bench, { name: "cancel", type: "OperationComplete", references: COMMAND }, async (subscription) => {
        const { controller, patience } = bench;
        const commandKey = "assay-cancelled";
        const reply = await controller.operate(COMMAND, { DelaySeconds: "600" }, { commandKey });
        const request = (reply.at(`${RESULT}/req_obj_path`).value ?? REQUESTS).replace(/\.?$/, ".");
        if (!(await instancesOf(controller, REQUESTS)).includes(request))
          throw new Inconclusive("precondition", `${COMMAND} has no Request object that could be cancelled`);
        const cancel = await controller.operate(`${request}Cancel()`, {}, { commandKey: "assay-cancel" });
        const log = await controller.next(tellsCompletion(subscription, commandKey), patience.contact);
        return { request, reply, cancel, log, after: await controller.get([`${request}Status`]) };
      }),
    *judge({ request, reply, cancel, log, after }) {
      yield* inResponse("TP-469:9.8#cancel-response", cancel, "OPERATE_RESP", function* () {
        yield same("TP-469:9.8#cancel-response", cancel.at(`${RESULT}/executed_command`), `${request}Cancel()`);
      });
      const code = log?.record.message?.at("request/notify/oper_complete/cmd_failure/err_code");
      yield same("TP-469:9.8#cancelled-code", code ?? { value: undefined, where: `after ${cancel.request.where}` }, 7023);
      const status = [...after.entries("response/get_resp/req_path_results/resolved_path_results/result_params").values()][0];
      yield holds("TP-469:9.8#request-over", status === undefined || /^Cancell?(?:ed|ing)$/.test(status.value ?? ""), {
        expected: `no ${request}, or one that is cancelled`,
        actual: status?.value ?? "none",
        where: status?.where ?? reply.summary.where,
      });
    },
  }),
];
