import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { deletingMade } from "./support/instances.ts";
import { settings } from "./support/making.ts";

const CONTROLLERS = "Device.LocalAgent.Controller.";
/** How long an answer that must not come is waited for, in milliseconds. */
const QUIET = 10_000;

/** The agent's Endpoint ID (TR-369 "Endpoint Identifier"). */
export const endpointIdCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.endpoint-id.shared",
    title: "does not answer a controller that has its own Endpoint ID",
    proves: ["TR-369:R-ARC.2"],
    waits: QUIET / 1000,
    drive: ({ controller, agent }) =>
      deletingMade(controller, async ({ note }) => {
        // A controller that the agent knows, as far as it lets itself be told of it.
        if (agent.creates(CONTROLLERS)) {
          const params = settings({ EndpointID: agent.endpointId, Enable: "false" });
          note(await controller.add([{ path: CONTROLLERS, params }]));
        }
        const path = "Device.LocalAgent.SoftwareVersion";
        const reply = await controller.get([path], 0, { record: { fromId: agent.endpointId }, within: QUIET });
        const control = await controller.get([path]);
        if (control.kind !== "response")
          throw new Inconclusive("control-failed", `asked as ourselves, the agent gave: ${control.summary.value}`);
        return reply;
      }),
    *judge({ kind, summary }) {
      yield holds("TR-369:R-ARC.2", kind === "silence" || kind === "closed", {
        expected: "no answer",
        actual: summary.value,
        where: summary.where,
      });
    },
  }),
];
