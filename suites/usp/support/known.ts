import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

const asked = new WeakMap<object, Promise<void>>();

/**
 * The control of cases that an agent could pass which answers everything alike: it has told, once in this run, its own EndpointID when
 * it was asked for it, so that what it says means something.
 * @throws Inconclusive `control-failed`
 */
export function known(bench: UspBench): Promise<void> {
  const before = asked.get(bench.recording);
  if (before !== undefined) return before;
  const now = tells(bench);
  asked.set(bench.recording, now);
  return now;
}

async function tells({ ready, controller, agent }: UspBench): Promise<void> {
  await ready();
  const reply = await controller.get([ENDPOINT_ID]);
  const told = parametersIn(reply).get(ENDPOINT_ID)?.value;
  if (told !== agent.endpointId)
    throw new Inconclusive("control-failed", `asked for ${ENDPOINT_ID}, the agent gave: ${told ?? reply.summary.value}`);
}
