import { afterEach, expect, test } from "vitest";
import type { SessionContextRecord } from "../../schema/usp/record_pb.ts";
import { encodeMsg } from "../wire/usp-write.ts";
import { Agent, type StartedController, started, stopAll } from "./scripted-agent.ts";

afterEach(stopAll);

const NOTIFY = encodeMsg({
  header: { msgId: "n", msgType: 3 },
  body: {
    msgBody: {
      case: "request",
      value: { reqType: { case: "notify", value: { subscriptionId: "s", sendResp: true, notification: { case: undefined } } } },
    },
  },
});

const inSession = (agent: Agent, sequenceId: bigint, payload: readonly Uint8Array[], sessionId = 9n, retransmitId = 0n): void => {
  const value = { sessionId, sequenceId, expectedId: 1n, retransmitId, payload: [...payload] };
  agent.send({ recordType: { case: "sessionContext", value } });
};

/** What the controller has sent in session contexts: number, what it expects, Message ID. */
async function sent({ recording }: StartedController, count: number): Promise<readonly (readonly unknown[])[]> {
  for (;;) {
    const records = recording.usp.flatMap(({ from, record }) => {
      const content = record.record?.recordType;
      const isSent = from === "controller" && content?.case === "sessionContext";
      return isSent ? [of(content.value, record.message?.msgId.value)] : [];
    });
    if (records.length >= count) return records;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const of = ({ sessionId, sequenceId, expectedId }: SessionContextRecord, msgId: string | undefined): readonly unknown[] => [
  ...[sessionId, sequenceId, expectedId].map(Number),
  msgId,
];

test("a session context that the agent begins is answered, and so is a Notify in it", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  inSession(agent, 1n, [new Uint8Array()]);
  inSession(agent, 2n, [NOTIFY]);
  expect(await sent(controller, 2)).toEqual([
    [9, 1, 2, undefined],
    [9, 2, 3, "n"],
  ]);
});

test("a session context of the controller's counts, and is given up for one of the agent's or a Disconnect record", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  await controller.ready();
  const session = controller.openSession(77n);
  await session.post({ case: "get", value: { paramPaths: ["Device."] } }, { msgId: "a", segments: 2, order: [1, 0] });
  await session.send({ retransmitId: 5n });
  expect(await sent(controller, 3)).toEqual([
    [77, 2, 1, undefined],
    [77, 1, 1, "a"],
    [77, 3, 1, undefined],
  ]);
  inSession(agent, 1n, [NOTIFY], 78n);
  expect((await sent(controller, 4)).at(-1)).toEqual([78, 1, 2, "n"]);
  expect(controller.session?.id).toBe(78n);
  agent.send({ recordType: { case: "disconnect", value: { reasonCode: 7105, reason: "over" } } });
  await controller.next(({ kind }) => kind === "disconnect", 500);
  expect(controller.session).toBeUndefined();
});

test("a record that the agent asks for is sent again, and one that never was is not", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  await controller.ready();
  await controller.openSession(77n).post({ case: "get", value: { paramPaths: ["Device."] } }, { msgId: "a" });
  inSession(agent, 1n, [], 77n, 5n);
  inSession(agent, 2n, [], 77n, 1n);
  expect(await sent(controller, 2)).toEqual([
    [77, 1, 1, "a"],
    [77, 1, 3, "a"],
  ]);
});
