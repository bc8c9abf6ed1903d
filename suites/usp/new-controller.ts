import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { notified, tellsOnBoardRequest } from "./support/notifications.ts";
import { withSecondEntry } from "./support/second-controller.ts";

const FAILURE = "response/operate_resp/operation_results[1]/cmd_failure/err_code";

/** A controller that another one has told the agent of. */
export const newControllerCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.on-board.new-controller",
    title: "comes to a controller that another one added, and sends it an OnBoardRequest",
    proves: ["TP-469:9.9#session", "TP-469:9.9#on-board-request"],
    references: ["TP-469 9.9"],
    needs: ["usp-add-controller", "usp-send-on-board-request", "usp-websocket"],
    drive: (bench) =>
      withSecondEntry(bench, {}, async ({ path, itself, opened }) => {
        const { controller, patience } = bench;
        const endpointId = itself.record?.fromId ?? "";
        const connection = await opened();
        if (connection === undefined) return { path, endpointId, came: false, log: undefined };
        controller.answersNotify = () => false;
        try {
          const order = await controller.operate(`${path}SendOnBoardRequest()`, {}, itself);
          const failure = order.kind === "error" ? order.errorCode : order.at(FAILURE);
          // Whom it serves goes by roles, which are another case's business.
          if (/^70(?:06|16|26)$/.test(failure.value ?? ""))
            throw new Inconclusive("precondition", `the new controller's SendOnBoardRequest() fails with ${failure.value}`);
          const log = await controller.next(tellsOnBoardRequest, patience.contact);
          const message = log?.record.message;
          if (message !== undefined) await controller.notifyResponse(message, itself.record);
          return { path, endpointId, came: true, log };
        } finally {
          await connection.close();
        }
      }),
    *judge({ path, endpointId, came, log }) {
      yield holds("TP-469:9.9#session", came, {
        expected: "a session with the controller that was added",
        actual: came ? "one" : "none",
        where: path,
      });
      if (!came) return;
      yield notified("TP-469:9.9#on-board-request", log, "OnBoardRequest", `${path}SendOnBoardRequest()`);
      if (log !== undefined) yield same("TP-469:9.9#on-board-request", log.record.at("to_id"), endpointId);
    },
  }),
];
