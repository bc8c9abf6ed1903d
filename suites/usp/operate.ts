import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { instancesIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { absent, byPlan, type Finding, few, holds, matches, present, same } from "../../harness/core/finding.ts";
import type { UspCommand } from "../../harness/phone/usp-values.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { inResponse } from "./support/answers.ts";
import { type Subscription, tellsCompletion, withSubscription } from "./support/notifications.ts";

const REQUESTS = "Device.LocalAgent.Request.";
const RESULTS = "response/operate_resp/operation_results";
const COMPLETE = "request/notify/oper_complete";

/** A subscription to the end of a command. */
const withCompletion = <T>(
  bench: UspBench,
  name: string,
  { command }: UspCommand,
  use: (subscription: Subscription) => Promise<T>,
): Promise<T> => withSubscription(bench, { name, type: "OperationComplete", references: command }, use);

/** The response tells of one command, and that is the one that was called. */
const executed = (requirement: string, reply: UspReply, command: string): Iterable<Finding> =>
  inResponse(requirement, reply, "OPERATE_RESP", function* () {
    const results = reply.all(RESULTS);
    yield same(requirement, { value: results.length, where: reply.summary.where }, 1);
    if (results.length > 0) yield same(requirement, reply.at(`${RESULTS}[1]/executed_command`), command);
  });

/** The end of a command is notified, with its object, its name and its key. */
function* completed(log: UspRecordLog | undefined, command: string, commandKey: string): Iterable<Finding> {
  const requirement = "TP-469:1.64#operation-complete";
  const message = log?.record.message;
  yield holds(requirement, message !== undefined, {
    expected: `an OperationComplete of ${command}`,
    actual: message === undefined ? "none" : "one",
    where: log?.where ?? "until the deadline",
  });
  if (message === undefined) return;
  const [object, name] = [message.at(`${COMPLETE}/obj_path`), message.at(`${COMPLETE}/command_name`)];
  yield same(requirement, { value: `${object.value ?? ""}${name.value ?? ""}`, where: object.where }, command);
  yield same(requirement, message.at(`${COMPLETE}/command_key`), commandKey);
}

/** Calls a command, and looks at the Request table before its end and after it. */
async function requested(bench: UspBench, name: string, call: UspCommand) {
  const { controller, patience } = bench;
  return withCompletion(bench, name, call, async (subscription) => {
    const commandKey = `assay-${name}`;
    const reply = await controller.operate(call.command, call.args, { commandKey });
    const during = await controller.getInstances([REQUESTS], true);
    const log = await controller.next(tellsCompletion(subscription), patience.reboot);
    const after = await controller.getInstances([REQUESTS], true);
    return { command: call.command, commandKey, reply, during, log, after };
  });
}

/** There is a Request object while the command runs, and no longer (R-OPR.0); the plan asks only that the answer names it. */
function* requestObject({ reply, during, log, after }: Awaited<ReturnType<typeof requested>>): Iterable<Finding> {
  const requirement = "TR-369:R-OPR.0";
  const told = reply.at(`${RESULTS}[1]/req_obj_path`);
  yield matches(requirement, told, /^Device\.LocalAgent\.Request\.\d+\.?$/, `req_obj_path in ${REQUESTS}`);
  if (told.value === undefined) return;
  const path = told.value.replace(/\.?$/, ".");
  // A quick command may be over before we can look.
  if (during.log !== undefined && (log === undefined || log.number > during.log.number))
    yield byPlan(listed(requirement, during, path, true), true);
  if (log !== undefined) yield byPlan(listed(requirement, after, path, false), true);
}

function listed(requirement: string, reply: UspReply, path: string, there: boolean): Finding {
  const found = reply.kind === "response" ? instancesIn(reply) : undefined;
  return holds(requirement, found?.includes(path) === there, {
    expected: there ? `${path} while the command runs` : `no ${path} after its end`,
    actual: found === undefined ? reply.summary.value : few(found),
    where: reply.summary.where,
  });
}

/** A call that wants no answer has none, but for an Error (R-OPR.4). */
const unanswered = ({ kind, summary }: UspReply): Finding =>
  holds("TR-369:R-OPR.4", kind !== "response", { expected: "no OperateResp", actual: summary.value, where: summary.where });

/** Calls Device.Reboot() and waits until the agent has gone and come again. */
async function rebooted({ controller, patience }: UspBench, sendResp: boolean) {
  const connection = controller.current;
  const reply = await controller.operate("Device.Reboot()", {}, { sendResp, commandKey: "assay-reboot" });
  const gone = (await connection?.closed(patience.reboot)) !== undefined;
  return { reply, gone, back: gone && (await controller.ready(patience.reboot)) };
}

const restarts = ({ reply, gone, back }: Awaited<ReturnType<typeof rebooted>>): Finding =>
  holds("TP-469:1.61#reboots", back, {
    expected: "the connection ended, and another one made",
    actual: back ? "both" : gone ? "the connection ended, and no other one" : "the connection goes on",
    where: `after ${reply.request.where}`,
  });

export const operateCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.operate.reboot",
    title: "answers Device.Reboot() with a result without output, and reboots",
    proves: ["TP-469:1.61#response", "TP-469:1.61#reboots"],
    references: ["TP-469 1.61"],
    needs: ["usp-reboot"],
    disturbs: "reboot",
    drive: (bench) => rebooted(bench, true),
    *judge({ reply, ...rest }) {
      yield* executed("TP-469:1.61#response", reply, "Device.Reboot()");
      if (reply.kind === "response") {
        yield present("TP-469:1.61#response", reply.at(`${RESULTS}[1]/req_output_args`), "req_output_args");
        const output = [...reply.entries(`${RESULTS}[1]/req_output_args/output_args`).keys()];
        yield same("TP-469:1.61#response", { value: output.length, where: reply.summary.where }, 0);
      }
      yield restarts({ reply, ...rest });
    },
  }),
  uspCase({
    id: "usp.operate.reboot-silent",
    title: "reboots without an answer when Device.Reboot() wants none",
    proves: ["TR-369:R-OPR.4", "TP-469:1.61#reboots"],
    references: ["TP-469 1.62"],
    beyondPlan: ["TR-369:R-OPR.4"],
    needs: ["usp-reboot"],
    disturbs: "reboot",
    drive: (bench) => rebooted(bench, false),
    *judge(evidence) {
      yield unanswered(evidence.reply);
      yield restarts(evidence);
    },
  }),
  uspCase({
    id: "usp.operate.async",
    title: "answers an asynchronous command with its Request object, and tells its end",
    proves: ["TR-369:R-OPR.0", "TP-469:1.64#response", "TP-469:1.64#operation-complete"],
    references: ["TP-469 1.64"],
    needs: ["usp-async-command"],
    drive: (bench) => requested(bench, "async", bench.agent.values.asyncCommand),
    *judge(evidence) {
      const { command, commandKey, reply, log } = evidence;
      yield* executed("TP-469:1.64#response", reply, command);
      yield* requestObject(evidence);
      yield* completed(log, command, commandKey);
    },
  }),
  uspCase({
    id: "usp.operate.async-silent",
    title: "tells the end of an asynchronous command that it is not to answer",
    proves: ["TR-369:R-OPR.4", "TP-469:1.64#operation-complete"],
    references: ["TP-469 1.65"],
    needs: ["usp-async-command"],
    drive(bench) {
      const { controller, patience } = bench;
      const { command, args } = bench.agent.values.asyncCommand;
      return withCompletion(bench, "async-silent", { command, args }, async (subscription) => {
        const commandKey = "assay-async-silent";
        const reply = await controller.operate(command, args, { sendResp: false, commandKey });
        return { command, commandKey, reply, log: await controller.next(tellsCompletion(subscription), patience.reboot) };
      });
    },
    *judge({ command, commandKey, reply, log }) {
      yield unanswered(reply);
      yield* completed(log, command, commandKey);
    },
  }),
  uspCase({
    id: "usp.operate.arguments",
    title: "runs a command with input arguments",
    proves: ["TR-369:R-OPR.0", "TP-469:1.64#operation-complete"],
    references: ["TP-469 1.79"],
    needs: ["usp-command-arguments"],
    drive: (bench) => requested(bench, "arguments", bench.agent.values.commandWithArguments),
    *judge(evidence) {
      yield* requestObject(evidence);
      yield* completed(evidence.log, evidence.command, evidence.commandKey);
    },
  }),
  uspCase({
    id: "usp.operate.unknown-argument",
    title: "runs a command in spite of an input argument that it does not know",
    proves: ["TR-369:R-OPR.6"],
    references: ["TP-469 1.91"],
    needs: ["usp-command-arguments"],
    drive(bench) {
      const { command, args } = bench.agent.values.commandWithArguments;
      return requested(bench, "unknown-argument", { command, args: { ...args, AssayUnknown: "2" } });
    },
    *judge({ command, reply }) {
      yield* executed("TR-369:R-OPR.6", reply, command);
      yield absent("TR-369:R-OPR.6", reply.at(`${RESULTS}[1]/cmd_failure/err_code`), "no cmd_failure");
    },
  }),
  uspCase({
    id: "usp.operate.missing-argument",
    title: "refuses a command without its mandatory input argument, and does not run it",
    proves: ["TR-369:R-OPR.5"],
    references: ["TP-469 1.100"],
    needs: ["usp-command-arguments"],
    waits: 120,
    drive(bench) {
      const { controller } = bench;
      const { command } = bench.agent.values.commandWithArguments;
      return withCompletion(bench, "missing-argument", { command, args: {} }, async (subscription) => ({
        reply: await controller.operate(command, {}, { commandKey: "assay-missing-argument" }),
        log: await controller.silence(120_000, tellsCompletion(subscription)),
      }));
    },
    *judge({ reply, log }) {
      yield* inResponse("TR-369:R-OPR.5", reply, "OPERATE_RESP", function* () {
        yield same("TR-369:R-OPR.5", reply.at(`${RESULTS}[1]/cmd_failure/err_code`), 7027);
      });
      yield absent(
        "TR-369:R-OPR.5",
        { value: log?.record.message?.msgType, where: log?.where ?? `120 s after ${reply.request.where}` },
        "no OperationComplete",
      );
    },
  }),
  uspCase({
    id: "usp.operate.concurrent",
    title: "does not cancel a running command because it is called again",
    proves: ["TR-369:R-OPR.3"],
    needs: ["usp-async-command"],
    drive(bench) {
      const { controller, patience } = bench;
      const { command, args } = bench.agent.values.asyncCommand;
      return withCompletion(bench, "concurrent", { command, args }, async (subscription) => {
        const [one, two] = ["assay-concurrent-1", "assay-concurrent-2"] as const;
        const first = await controller.operate(command, args, { commandKey: one });
        const second = await controller.operate(command, args, { commandKey: two });
        const log = await controller.next(tellsCompletion(subscription, one), patience.reboot);
        // The second one may have been denied; else it is to be over before the next case.
        if (second.at(`${RESULTS}[1]/req_obj_path`).value !== undefined)
          await controller.next(tellsCompletion(subscription, two), patience.reboot);
        return { first, log };
      });
    },
    *judge({ first, log }) {
      const requirement = "TR-369:R-OPR.3";
      const none = { value: undefined, where: `after ${first.request.where}` };
      yield present(requirement, log?.record.message?.at(COMPLETE) ?? none, "an OperationComplete of the first call");
      yield absent(requirement, log?.record.message?.at(`${COMPLETE}/cmd_failure/err_code`) ?? none, "no cmd_failure");
    },
  }),
];
