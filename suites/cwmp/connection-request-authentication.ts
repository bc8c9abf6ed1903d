import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { answerDigest, parseChallenges } from "../../harness/phone/digest.ts";
import {
  CONNECTION_REQUEST,
  FOLLOWING,
  refused,
  showAccepting,
  succeeded,
  USUAL_FIELDS,
} from "../support/connection-requests.ts";

const needs = ["connection-request"] as const;

/** Milliseconds without a session after which none is owed any more. */
const SETTLED = 3_000;

export const connectionRequestAuthenticationCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.connection-request.challenge",
    title: "challenges a connection request without credentials with Digest",
    proves: ["TR-069:3.2.2#digest"],
    references: ["CRQ-003"],
    needs,
    async drive({ phone }) {
      const bare = await phone.connectionRequest({ authorization: "none" });
      return [bare, await phone.connectionRequest({ authorization: "none", headers: USUAL_FIELDS })];
    },
    *judge(answers) {
      for (const { last } of answers) {
        const digest = parseChallenges(last.header("www-authenticate")).find(({ scheme }) => scheme === "digest");
        const complete = digest?.fields.nonce !== undefined && digest.fields.realm !== undefined;
        yield holds("TR-069:3.2.2#digest", last.status === 401 && complete, {
          expected: "401 with a Digest challenge that has realm and nonce",
          actual: `${last.summary}, ${last.header("www-authenticate").join(" and ") || "no challenge"}`,
          where: last.where,
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.wrong-credentials",
    title: "refuses a wrong user name and a wrong password",
    proves: ["TR-069:3.2.2#wrong-credentials"],
    references: ["CRQ-006"],
    needs,
    async drive(bench) {
      const password = await bench.phone.connectionRequest({ password: "not the password" });
      const username = await bench.phone.connectionRequest({ username: "not-the-user" });
      await showAccepting(bench);
      return { password, username };
    },
    *judge({ password, username }) {
      yield refused("TR-069:3.2.2#wrong-credentials", "a wrong password", password);
      yield refused("TR-069:3.2.2#wrong-credentials", "a wrong user name", username);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.basic",
    title: "refuses Basic credentials",
    proves: ["TR-069:3.2.2#basic-refused"],
    references: ["CRQ-008"],
    needs,
    async drive(bench) {
      const basic = await bench.phone.connectionRequest({ authorization: "basic" });
      await showAccepting(bench);
      return basic;
    },
    *judge(basic) {
      yield refused("TR-069:3.2.2#basic-refused", "the right credentials as Basic", basic);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.digest-verified",
    title: "refuses a Digest answer to another challenge or for another URI",
    proves: ["TR-069:3.2.2#digest-verified"],
    references: ["CRQ-016"],
    needs,
    async drive(bench) {
      const forged = [];
      for (const [what, change] of Object.entries(FORGERIES)) forged.push({ what, answer: await forge(bench, change) });
      await showAccepting(bench);
      return forged;
    },
    *judge(forged) {
      for (const { what, answer } of forged) yield refused("TR-069:3.2.2#digest-verified", what, answer);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.unauthenticated",
    title: "opens no session for connection requests that it has not authenticated",
    proves: ["TR-069:3.2.2#unauthenticated-silent"],
    references: ["CRQ-003", "CRQ-006", "CRQ-008"],
    needs,
    waits: 31,
    async drive(bench) {
      const { acs, phone } = bench;
      // A session that an earlier request still leads to is none of these.
      for (let owed = await acs.silence(SETTLED); owed !== undefined; owed = await acs.silence(SETTLED)) await owed.end();
      const last = await phone.connectionRequest({ authorization: "none" });
      await phone.connectionRequest({ password: "not the password" });
      await phone.connectionRequest({ password: "not the password", authorization: "basic" });
      const session = await acs.silence(31_000, { event: CONNECTION_REQUEST });
      await session?.end();
      await showAccepting(bench);
      return { session, where: last.last.where };
    },
    *judge({ session, where }) {
      yield silent("TR-069:3.2.2#unauthenticated-silent", session, 31, where);
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.credentials-set",
    title: "uses the connection request credentials that the ACS has set",
    proves: ["TR-069:3.2.2#credentials-set"],
    references: ["CRQ-017", "AUT-014"],
    needs,
    async drive(bench) {
      const { acs, phone } = bench;
      const mine = { username: "assay-case", password: "Case-0123456789" };
      const old = phone.connectionRequestCredentials;
      const session = await acs.session();
      const set = await setCredentials(bench, session, mine);
      await session.end();
      if (set.kind !== "response")
        throw new Inconclusive("precondition", `the credentials could not be set: ${set.summary.value}`);
      const outdated = await phone.connectionRequest(old);
      const current = await phone.connectionRequest(mine);
      // Whatever the phone makes of its new credentials: it has to get the old ones back.
      const back = await acs.session({
        trigger: current.accepted ? "none" : () => phone.connectionRequest(old),
        within: 3 * FOLLOWING,
      });
      await setCredentials(bench, back, old);
      await back.end();
      return { outdated, current };
    },
    *judge({ outdated, current }) {
      yield succeeded("TR-069:3.2.2#credentials-set", current);
      yield refused("TR-069:3.2.2#credentials-set", "the credentials of before", outdated);
    },
  }),
];

const setCredentials = ({ phone }: CwmpBench, session: Session, { username, password }: { username: string; password: string }) =>
  session.setParameterValues([
    { name: phone.path("ManagementServer.ConnectionRequestUsername"), value: username },
    { name: phone.path("ManagementServer.ConnectionRequestPassword"), value: password },
  ]);

/** No session in so many seconds, as the control of the case has shown that there could have been one. */
function silent(requirement: string, session: Session | undefined, seconds: number, where: string): Finding {
  return holds(requirement, session === undefined, {
    expected: `no session within ${seconds} s`,
    actual: session === undefined ? "so" : "a session",
    where: session?.inform.where ?? where,
  });
}

/** What makes a Digest answer one to another challenge, though its response is computed rightly over it. */
const FORGERIES: Readonly<Record<string, { nonce?: string; realm?: string; uri?: string }>> = {
  "a nonce that the phone never gave": { nonce: "0123456789abcdef0123456789abcdef" },
  "a realm that is not the phone's": { realm: "elsewhere" },
  "a uri that is not the one requested": { uri: "/elsewhere" },
};

async function forge({ phone }: CwmpBench, { uri, ...fields }: { nonce?: string; realm?: string; uri?: string }) {
  const { last } = await phone.connectionRequest({ authorization: "none" });
  const challenge = parseChallenges(last.header("www-authenticate")).find(({ scheme }) => scheme === "digest");
  if (challenge === undefined) throw new Inconclusive("precondition", `there is no Digest challenge to answer: ${last.summary}`);
  const { pathname, search } = new URL(phone.connectionRequestURL);
  const { username, password } = phone.connectionRequestCredentials;
  const forged = { ...challenge, fields: { ...challenge.fields, ...fields } };
  const value = answerDigest(forged, { username, password, method: "GET", uri: uri ?? `${pathname}${search}` });
  return phone.connectionRequest({ authorization: { value } });
}
