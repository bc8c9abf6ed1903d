import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn, updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { deletingMade } from "./support/instances.ts";
import { freshName, settings } from "./support/making.ts";

const CONTROLLERS = "Device.LocalAgent.Controller.";

/** Unique keys that have a function, so that they may change (TR-369 "Unique Keys"). */
export const uniqueKeyCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.set.taken-key",
    title: "gives no two instances the same unique key when one of them is set",
    proves: ["TR-369:R-KEY.2"],
    needs: ["usp-add-controller"],
    drive: (bench) =>
      deletingMade(bench.controller, async ({ add }) => {
        const { controller, agent } = bench;
        if (!agent.writes(`${CONTROLLERS}1.MTP.1.Protocol`))
          throw new Inconclusive("precondition", "the agent has no key that can be set: Protocol of Controller.{i}.MTP cannot");
        const table = `${await add(CONTROLLERS, settings({ EndpointID: `self::${freshName(bench)}`, Enable: "false" }))}MTP.`;
        await add(table, settings({ Protocol: "WebSocket", Enable: "false" }));
        const path = await add(table, settings({ Protocol: "MQTT", Enable: "false" }));
        const reply = await controller.set([{ path, params: [{ name: "Protocol", value: "WebSocket", required: true }] }]);
        return { path: `${path}Protocol`, reply, after: await controller.get([table]) };
      }),
    *judge({ path, reply, after }) {
      const requirement = "TR-369:R-KEY.2";
      yield holds(requirement, !updatedIn(reply).includes(path), {
        expected: "no second MTP with the Protocol WebSocket",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      const values = [...parametersIn(after)].flatMap(([name, { value }]) => (name.endsWith(".Protocol") ? [value] : []));
      yield holds(requirement, values.length > 1 && new Set(values).size === values.length, {
        expected: "another Protocol for each MTP",
        actual: values.join(", ") || after.summary.value,
        where: after.summary.where,
      });
    },
  }),
];
