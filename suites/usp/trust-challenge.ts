import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { deletingMade } from "./support/instances.ts";
import { freshName, settings } from "./support/making.ts";
import { ROLES, references, TRUST } from "./support/roles.ts";
import { withValues } from "./support/values.ts";

const ROLE = "TR-369:SEC#challenge";
const LIMITED = "TR-369:R-SEC.16";
const LOCKED = "TR-369:R-SEC.17";
const NEEDS = ["usp-challenge", "usp-controller-trust-roles", "usp-assigned-role-writable"] as const;

const RESULT = "response/operate_resp/operation_results";
const RETRIES = 2;
/** Seconds, in parameter LockoutPeriod. */
const LOCKOUT = 60;
/** Milliseconds after which a lockout of that length still holds. */
const MEANWHILE = 20_000;

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** A challenge that is ours, for a role without permissions. */
interface Challenge {
  /** Asks for it, and answers it rightly or wrongly. */
  answer(isRight: boolean): Promise<UspReply>;
  /** Whether our controller has the role. */
  hasRole(): Promise<boolean>;
  /** Takes the role away again. */
  forget(): Promise<void>;
}

/** @throws Inconclusive `precondition` when the agent does not take the challenge */
const withChallenge = <T>(bench: UspBench, use: (challenge: Challenge) => Promise<T>): Promise<T> =>
  deletingMade(bench.controller, async ({ add }) => {
    const { controller, agent } = bench;
    const secret = freshName(bench);
    const role = await add(ROLES, settings({ Enable: "true", Name: freshName(bench) }));
    const path = await add(
      `${TRUST}Challenge.`,
      settings({
        Enable: "true",
        Description: "Conformance test",
        Role: role.slice(0, -1),
        Type: "Passphrase",
        Value: base64(secret),
        ValueType: "text/plain",
        Instruction: base64("Enter the passphrase"),
        InstructionType: "text/plain",
        Retries: String(RETRIES),
        LockoutPeriod: String(LOCKOUT),
      }),
    );
    const name = `${agent.controllerPath}AssignedRole`;
    const assigned = async () => parametersIn(await controller.get([name])).get(name)?.value ?? "";
    const before = await assigned();
    const challenge: Challenge = {
      async answer(isRight) {
        const asked = await controller.operate(`${TRUST}RequestChallenge()`, { ChallengeRef: path.slice(0, -1) });
        const id = asked.entries(`${RESULT}/req_output_args/output_args`).get("ChallengeID")?.value;
        // A challenge that is locked may not even be asked for.
        if (id === undefined) return asked;
        const Value = base64(isRight ? secret : `${secret}-wrong`);
        return controller.operate(`${TRUST}ChallengeResponse()`, { ChallengeID: id, Value });
      },
      hasRole: async () => references(await assigned()).includes(role),
      async forget() {
        await controller.set([{ path: agent.controllerPath, params: [{ name: "AssignedRole", value: before, required: true }] }]);
      },
    };
    return withValues(bench, agent.controllerPath, {}, () => use(challenge), ["AssignedRole"]);
  });

const isMet = (reply: UspReply): boolean => reply.at(`${RESULT}/req_output_args`).value !== undefined;

const isRefused = (requirement: string, reply: UspReply): Finding =>
  holds(requirement, !isMet(reply) && (reply.kind === "response" || reply.kind === "error"), {
    expected: "an answer that is refused",
    actual: isMet(reply) ? "one that is accepted" : reply.summary.value,
    where: reply.summary.where,
  });

const hasRole = (requirement: string, has: boolean, is: boolean, { summary: { where } }: UspReply): Finding =>
  holds(requirement, has === is, {
    expected: `${is ? "the" : "no"} role of the challenge in AssignedRole`,
    actual: has ? "there" : "not there",
    where,
  });

/** Answers a challenge rightly, which works; then wrongly as often as it may be; and rightly again, after so many milliseconds. */
const exhausting = (bench: UspBench, pause: number) =>
  withChallenge(bench, async ({ answer, hasRole: has, forget }) => {
    const control = await answer(true);
    if (!isMet(control))
      throw new Inconclusive("precondition", `the right answer to a challenge: the agent gave ${control.summary.value}`);
    await forget();
    if (await has())
      throw new Inconclusive("precondition", "the role of the challenge cannot be taken from the controller again");
    for (let tries = 0; tries < RETRIES; tries += 1)
      if (isMet(await answer(false))) throw new Inconclusive("precondition", "the agent takes a wrong answer to a challenge");
    if (pause > 0) await bench.controller.silence(pause, () => false);
    return { last: await answer(true), gained: await has() };
  });

export const trustChallengeCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.trust.challenge",
    title: "gives a controller the role of a challenge that it meets, and not otherwise",
    proves: [ROLE],
    needs: NEEDS,
    drive: (bench) =>
      withChallenge(bench, async ({ answer, hasRole: has }) => {
        const wrong = await answer(false);
        const before = await has();
        return { wrong, before, right: await answer(true), after: await has() };
      }),
    *judge({ wrong, before, right, after }) {
      yield isRefused(ROLE, wrong);
      yield hasRole(ROLE, before, false, wrong);
      yield holds(ROLE, isMet(right), { expected: "success", actual: right.summary.value, where: right.summary.where });
      yield hasRole(ROLE, after, true, right);
    },
  }),
  uspCase({
    id: "usp.trust.challenge-limited",
    title: "takes no further answer to a challenge after too many wrong ones",
    proves: [LIMITED],
    needs: NEEDS,
    drive: (bench) => exhausting(bench, 0),
    *judge({ last, gained }) {
      yield isRefused(LIMITED, last);
      yield hasRole(LIMITED, gained, false, last);
    },
  }),
  uspCase({
    id: "usp.trust.challenge-locked",
    title: "locks a challenge for some time after too many wrong answers",
    proves: [LOCKED],
    needs: NEEDS,
    waits: MEANWHILE / 1000,
    drive: (bench) => exhausting(bench, MEANWHILE),
    *judge({ last, gained }) {
      yield isRefused(LOCKED, last);
      yield hasRole(LOCKED, gained, false, last);
    },
  }),
];
