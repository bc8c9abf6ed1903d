import type { UspAgent, UspBench } from "../../../harness/bench/usp-bench.ts";
import type { Requests, UspReply, UspSession } from "../../../harness/controller/controller.ts";
import { parametersIn, updatedIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../../harness/core/finding.ts";
import type { UspRecordLog } from "../../../harness/trace/usp.ts";
import type { UspRecord } from "../../../harness/wire/usp.ts";
import { tidily } from "./instances.ts";

export const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

/** Milliseconds for what must not come: longer than any agent takes for what must. */
export const SILENT = 10_000;

/** How the agent is to behave in session contexts, by names of E2ESession. */
export interface SessionSettings {
  /** Without it, any mode that allows session contexts. Only one that requires them makes every agent begin anew after a failure. */
  readonly SessionMode?: "Require";
  readonly [name: string]: string | undefined;
}

export const sessionObject = ({ controllerPath }: UspAgent): string => `${controllerPath}E2ESession.`;

/**
 * Opens a session context with the agent, and brings its E2ESession back to what it was after `use`.
 * @throws Inconclusive `precondition` when the agent does not take the settings
 */
export async function withSession<T>(
  bench: UspBench,
  settings: SessionSettings,
  use: (session: UspSession) => Promise<T>,
): Promise<T> {
  const { controller, agent } = bench;
  const object = sessionObject(agent);
  const names = [...new Set(["SessionMode", ...Object.keys(settings)])].filter((name) => agent.supports(object + name));
  const { asked, held } = await readHeld(bench, names);
  const mode = held.SessionMode === "Forbid" ? { SessionMode: "Allow" } : {};
  const wanted = Object.entries({ ...mode, ...settings }).filter(([name]) => names.includes(name));
  const changed = wanted.flatMap(([name, value = ""]) => (held[name] === value ? [] : [[name, value] as const]));
  try {
    if (changed.length > 0) await write(asked, object, changed);
    return await use(controller.openSession());
  } finally {
    controller.answersSession = true;
    await tidily(async () => {
      const before = changed.flatMap(([name]) => (held[name] === undefined ? [] : [[name, held[name]] as const]));
      // Whatever has become of the numbers, both ends begin with a new session context.
      const session = controller.openSession();
      await (before.length > 0 ? write(session, object, before) : session.get([ENDPOINT_ID]));
    });
  }
}

/** The values of E2ESession, read in the way in which the agent answers. */
async function readHeld(
  { controller, agent }: UspBench,
  names: readonly string[],
): Promise<{ readonly asked: Requests; readonly held: Readonly<Record<string, string>> }> {
  const object = sessionObject(agent);
  for (const asked of [controller, controller.openSession()]) {
    const read = parametersIn(await asked.get(names.map((name) => object + name)));
    const held = names.flatMap((name) => {
      const value = read.get(object + name)?.value;
      return value === undefined ? [] : [[name, value] as const];
    });
    if (held.length > 0) return { asked, held: Object.fromEntries(held) };
  }
  throw new Inconclusive("precondition", `the agent does not show ${object} with or without session context`);
}

async function write(asked: Requests, object: string, values: readonly (readonly [string, string])[]): Promise<void> {
  const params = values.map(([name, value]) => ({ name, value, required: true }));
  const reply = await asked.set([{ path: object, params }]);
  const written = updatedIn(reply);
  if (values.every(([name]) => written.includes(object + name))) return;
  const what = values.map(([name, value]) => `${name} to ${JSON.stringify(value)}`).join(", ");
  throw new Inconclusive("precondition", `setting ${what} in ${object}: the agent gave ${reply.summary.value}`);
}

const IN_SESSION = "session_context";

/** A field of the session context in a record: `sequence_id`. */
export const inSession = (log: UspRecordLog | undefined, field: string, after: Located | UspRecordLog): Located =>
  log?.record.at(`${IN_SESSION}/${field}`) ?? { value: undefined, where: `after ${after.where}` };

/** The same of the record that a reply is; where it stands when there is none. */
export const ofReply = ({ log, summary }: UspReply, field: string): Located =>
  log?.record.at(`${IN_SESSION}/${field}`) ?? { value: undefined, where: summary.where };

/** A record in a session context with another session_id than this one. */
export const ofAnother =
  (...ids: readonly bigint[]) =>
  ({ record }: UspRecord): boolean =>
    record?.recordType.case === "sessionContext" && !ids.includes(record.recordType.value.sessionId);

/** The agent's records in a session context, in their order. */
export const agentRecords = ({ recording }: UspBench, { id }: Pick<UspSession, "id">): readonly UspRecordLog[] =>
  recording.usp.filter(
    ({ from, record: { record } }) =>
      from === "agent" && record?.recordType.case === "sessionContext" && record.recordType.value.sessionId === id,
  );

/** The agent has answered, with what it must know. */
export const isRead = (requirement: string, reply: UspReply, endpointId: string): Finding =>
  same(requirement, parametersIn(reply).get(ENDPOINT_ID) ?? reply.summary, endpointId);

/** What came of something after which the agent has to begin a session context of its own. */
export interface BegunAnew {
  readonly sent: UspRecordLog;
  /** An answer that must not have come. */
  readonly answer: UspRecordLog | undefined;
  /** First record in another session context. */
  readonly first: UspRecordLog | undefined;
  /** What a request in that session context was answered. */
  readonly control: UspReply | undefined;
  readonly endpointId: string;
}

/**
 * Sends something in a session context after which the agent has to begin another one, waits for that, and asks for something in it.
 * @param msgId Message ID of a request that must not be answered
 */
export async function begunAnew(
  { controller, agent, patience }: UspBench,
  { id }: Pick<UspSession, "id">,
  send: () => Promise<UspRecordLog>,
  msgId = "",
): Promise<BegunAnew> {
  controller.forget();
  const sent = await send();
  const first = await controller.next(ofAnother(id), patience.response);
  const control = first === undefined ? undefined : await controller.session?.get([ENDPOINT_ID]);
  const answer = await controller.silence(0, ({ message }) => msgId !== "" && message?.msgId.value === msgId);
  return { sent, answer, first, control, endpointId: agent.endpointId };
}

/**
 * The agent has begun a session context, which works, and has not served what was sent.
 * @param silently whether it may not even say so by an Error
 */
export function* beganAnew(
  requirement: string,
  { sent, answer, first, control, endpointId }: BegunAnew,
  silently = false,
): Iterable<Finding> {
  const isServed = answer !== undefined && (silently || answer.record.message?.msgType !== "ERROR");
  yield holds(requirement, !isServed, {
    expected: silently ? "no answer" : "no answer but an Error",
    actual: answer?.record.message?.msgType ?? "none",
    where: answer?.where ?? `after ${sent.where}`,
  });
  yield same(requirement, inSession(first, "sequence_id", sent), 1);
  if (control !== undefined) yield isRead(requirement, control, endpointId);
}
