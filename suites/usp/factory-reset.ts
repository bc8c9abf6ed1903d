import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { instancesIn, parametersIn, updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { inResponse } from "./support/answers.ts";
import { SUBSCRIPTIONS } from "./support/instances.ts";
import { subscribe } from "./support/notifications.ts";

const COMMAND = "Device.FactoryReset()";
const RESPONSE = "TR-181:FactoryReset#response";
const FORGETS = "TR-181:FactoryReset#forgets";

/** Device.FactoryReset(): the agent is given its controller again by whoever gave it to it first. */
export const uspFactoryResetCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.operate.factory-reset",
    title: "forgets values and subscriptions when Device.FactoryReset() is called",
    proves: [RESPONSE, FORGETS],
    needs: ["usp-factory-reset"],
    disturbs: "factory-reset",
    async drive(bench) {
      const { controller, phone, agent, patience } = bench;
      const { path, use } = agent.values.writableString;
      const before = parametersIn(await controller.get([path])).get(path)?.value;
      const value = use.find((one) => one !== before) ?? use[0];
      const cut = path.lastIndexOf(".") + 1;
      const params = [{ name: path.slice(cut), value, required: true }];
      const written = await controller.set([{ path: path.slice(0, cut), params }]);
      if (!updatedIn(written).includes(path))
        throw new Inconclusive("precondition", `writing ${path}: the agent gave ${written.summary.value}`);
      const settings = { Persistent: "true", Enable: "false" };
      const { path: subscription } = await subscribe(bench, {
        name: "reset",
        type: "Event",
        references: "Device.Boot!",
        settings,
      });
      const connection = controller.current;
      const reply = await controller.operate(COMMAND, {}, { commandKey: "assay-reset" });
      await connection?.closed(patience.reboot);
      await phone.provisionAgain();
      if (!(await controller.ready()))
        throw new Inconclusive("unreachable", "the agent does not come again after Device.FactoryReset()");
      const shown = await controller.get([path]);
      return { reply, path, value, subscription, shown, list: await controller.getInstances([SUBSCRIPTIONS], true) };
    },
    *judge({ reply, path, value, subscription, shown, list }) {
      yield* inResponse(RESPONSE, reply, "OPERATE_RESP", function* () {
        yield same(RESPONSE, reply.at("response/operate_resp/operation_results[1]/executed_command"), COMMAND);
      });
      const seen = parametersIn(shown).get(path);
      yield holds(FORGETS, shown.kind === "response" && seen?.value !== value, {
        expected: `${path} other than ${JSON.stringify(value)}`,
        actual: seen?.value ?? shown.summary.value,
        where: seen?.where ?? shown.summary.where,
      });
      yield holds(FORGETS, list.kind === "response" && !instancesIn(list).includes(subscription), {
        expected: `no ${subscription}`,
        actual: list.kind === "response" ? instancesIn(list).join(", ") : list.summary.value,
        where: list.summary.where,
      });
    },
  }),
];
