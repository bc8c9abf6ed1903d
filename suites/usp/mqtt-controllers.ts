import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { RequestOptions } from "../../harness/controller/controller.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { withSecondEntry } from "./support/second-controller.ts";

const SAME_MTP = "TR-369:mtp#same-mtp";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

/** An agent with controllers over several MTPs (TR-369 "Supporting Multiple MTPs"). */
export const mqttControllerCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.two-controllers",
    title: "serves two controllers at once, one over MQTT and the other over WebSocket",
    mtp: "mqtt",
    proves: [SAME_MTP],
    needs: ["usp-add-controller", "usp-websocket"],
    waits: 30,
    drive: (bench) =>
      withSecondEntry(bench, {}, async ({ path, itself, opened }) => {
        const asked = async (by: "mqtt" | "websocket", options: RequestOptions) => {
          const reply = await bench.controller.get([ENDPOINT_ID], 0, options);
          return { by, reply, mtp: { value: reply.log?.mtp, where: reply.log?.where ?? reply.summary.where } };
        };
        if ((await opened()) === undefined) return { path, seen: [] };
        return { path, seen: [await asked("mqtt", {}), await asked("websocket", itself), await asked("mqtt", {})] };
      }),
    *judge({ path, seen }) {
      yield holds(SAME_MTP, seen.length > 0, {
        expected: "a session over WebSocket beside that over MQTT",
        actual: seen.length > 0 ? "one" : "none",
        where: path,
      });
      for (const { by, reply, mtp } of seen) {
        yield same(SAME_MTP, reply.summary, "GET_RESP");
        if (reply.log !== undefined) yield same(SAME_MTP, mtp, by);
      }
    },
  }),
];
