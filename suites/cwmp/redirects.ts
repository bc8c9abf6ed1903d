import type { Answer } from "../../harness/acs/answer.ts";
import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { returned } from "../support/cookies.ts";
import { failSession, isOver } from "../support/failures.ts";
import {
  atHome,
  follow,
  followed,
  furtherPort,
  furtherPorts,
  homePort,
  nextSession,
  type Redirected,
  redirect,
  redirectedSession,
} from "../support/redirects.ts";
import { afterOwnRequests, askHarmless, harmlessName, portOf, told } from "../support/sessions.ts";
import { demand } from "../support/steps.ts";

/** Redirects in a row that a phone has to follow, TR-069 3.4.2. */
const IN_A_ROW = 5;

/** Redirects in a row after which a phone that still follows is taken never to stop; HTTP clients that do stop do so before. */
const ENDLESS = 50;

/** Redirects the Inform of a session with `answer`, and lets the session go on from there. */
async function redirectInform(bench: CwmpBench, answer: (url: string) => Answer): Promise<Redirected> {
  const listener = await furtherPort(bench.acs);
  const session = await bench.acs.contact();
  const seen = await follow(bench, session, listener, answer(listener.url));
  await session.end();
  await showAlive(bench);
  return seen;
}

interface InformRedirect {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  answer(url: string): Answer;
}

const informRedirect = ({ id, title, requirement, references, answer }: InformRedirect): AnyCase<CwmpBench> =>
  cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    drive: (bench) => redirectInform(bench, answer),
    *judge(seen) {
      yield* followed(requirement, seen);
    },
  });

export const redirectsCases: readonly AnyCase<CwmpBench>[] = [
  informRedirect({
    id: "cwmp.redirects.found",
    title: "sends its Inform again, by POST, where a 302 points to",
    requirement: "TR-069:3.4.2#redirect-302",
    references: ["TRN-020"],
    answer: (url) => redirect(url),
  }),
  informRedirect({
    id: "cwmp.redirects.temporary",
    title: "sends its Inform again where a 307 points to",
    requirement: "TR-069:3.4.2#redirect-307",
    references: ["TRN-021"],
    answer: (url) => redirect(url, 307),
  }),
  informRedirect({
    id: "cwmp.redirects.body",
    title: "ignores the body of a redirect",
    requirement: "TR-069:3.4.2#redirect-body",
    references: ["TRN-025"],
    answer: (url) => ({ ...redirect(url), body: "<html><body><p>Found elsewhere.</p></body></html>" }),
  }),
  cwmpCase({
    id: "cwmp.redirects.rest-of-session",
    title: "stays where it was redirected to until the session is over",
    proves: ["TR-069:3.4.2#redirect-rest-of-session"],
    references: ["TRN-020"],
    async drive(bench) {
      await showAlive(bench);
      const { session, listener } = await redirectedSession(bench);
      const first = await session.informResponse();
      await afterOwnRequests(session, first);
      const posts = [first, await askHarmless(session, bench.phone), await askHarmless(session, bench.phone)];
      const ports = posts.map(({ exchange }) => portOf(bench, exchange));
      await session.end();
      return { posts, ports, expected: listener.port, name: harmlessName(bench.phone) };
    },
    *judge({ posts, ports, expected, name }) {
      yield told("TR-069:3.4.2#redirect-rest-of-session", posts.at(-1), name);
      for (const [index, { summary }] of posts.entries())
        yield holds("TR-069:3.4.2#redirect-rest-of-session", ports[index] === expected, {
          expected: `${summary.value} at port ${expected}`,
          actual: `at port ${ports[index] ?? "none"}`,
          where: summary.where,
        });
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.empty-post",
    title: "follows a redirect of its empty POST",
    proves: ["TR-069:3.4.2#redirect-empty-post"],
    references: ["TRN-022"],
    async drive(bench) {
      const listener = await furtherPort(bench.acs);
      const session = await bench.acs.session();
      const seen = await follow(bench, session, listener, redirect(listener.url));
      const later = await askHarmless(session, bench.phone);
      await session.end();
      return { seen, later, name: harmlessName(bench.phone) };
    },
    *judge({ seen, later, name }) {
      yield* followed("TR-069:3.4.2#redirect-empty-post", seen);
      yield told("TR-069:3.4.2#redirect-empty-post", later, name);
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.response",
    title: "follows a redirect of its response to a request",
    proves: ["TR-069:3.4.2#redirect-response"],
    references: ["TRN-022"],
    async drive(bench) {
      const listener = await furtherPort(bench.acs);
      const { acs, phone } = bench;
      const session = await acs.session();
      const first = await askHarmless(session, phone);
      demand(first, "GetParameterValues", "asking for a value");
      const seen = await follow(bench, session, listener, redirect(listener.url));
      const later = await askHarmless(session, phone);
      await session.end();
      return { seen, later, name: harmlessName(phone) };
    },
    *judge({ seen, later, name }) {
      yield* followed("TR-069:3.4.2#redirect-response", seen);
      yield told("TR-069:3.4.2#redirect-response", later, name);
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.five",
    title: "follows five redirects in a row",
    proves: ["TR-069:3.4.2#five-redirects"],
    references: ["TRN-023"],
    async drive(bench) {
      const listeners = await furtherPorts(bench.acs, IN_A_ROW);
      const session = await bench.acs.contact();
      const hops: Redirected[] = [];
      for (const listener of listeners)
        if (!session.over) hops.push(await follow(bench, session, listener, redirect(listener.url)));
      await session.end();
      await showAlive(bench);
      return hops;
    },
    *judge(hops) {
      for (const hop of hops) yield* followed("TR-069:3.4.2#five-redirects", hop);
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.loop",
    title: "does not follow redirects without end",
    proves: ["TR-069:3.4.2#redirect-loop"],
    references: ["TRN-024"],
    waits: 30,
    async drive(bench) {
      const listeners = await furtherPorts(bench.acs, 2);
      const session = await bench.acs.contact();
      let followed = 0;
      const { reply } = await failSession(bench, session, async (options) => {
        for (;;) {
          const last = await session.answer(redirect(listeners[followed % 2]?.url ?? bench.acs.url), options);
          if (last.kind !== "inform" || isOver(last) || followed === ENDLESS) return last;
          followed += 1;
        }
      });
      return { followed, summary: reply.summary };
    },
    *judge({ followed, summary }) {
      yield holds("TR-069:3.4.2#redirect-loop", followed < ENDLESS, {
        expected: `fewer than ${ENDLESS} redirects followed in a row`,
        actual: `${followed} followed, then ${summary.value}`,
        where: summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.not-saved",
    title: "uses a redirect for one session only",
    proves: ["TR-069:3.4.2#redirect-not-saved"],
    references: ["TRN-026"],
    async drive(bench) {
      const { acs, phone } = bench;
      const { session, listener } = await redirectedSession(bench);
      await session.end();
      const next = await nextSession(bench);
      const asking = await acs.session();
      const url = phone.path("ManagementServer.URL");
      const saved = parameterValue(await asking.getParameterValues([url]), url);
      await asking.end();
      return { next, saved, redirectedTo: listener.url };
    },
    *judge({ next, saved, redirectedTo }) {
      yield atHome("TR-069:3.4.2#redirect-not-saved", next);
      yield holds("TR-069:3.4.2#redirect-not-saved", saved.value !== redirectedTo, {
        expected: "ManagementServer.URL as it was before the redirect",
        actual: saved.value,
        where: saved.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.not-for-retries",
    title: "retries a redirected session at the ACS URL",
    proves: ["TR-069:3.4.2#redirect-not-for-retries"],
    references: ["TRN-026"],
    waits: 30,
    async drive(bench) {
      const { session } = await redirectedSession(bench);
      const { next } = await failSession(bench, session, (options) => session.answer({ status: 503 }, options));
      return { inform: next ?? session.inform, port: portOf(bench, next), home: homePort(bench) };
    },
    *judge(next) {
      yield atHome("TR-069:3.4.2#redirect-not-for-retries", next);
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.permanent-not-saved",
    title: "does not even keep the URL of a 301",
    proves: ["TR-069:3.4.2#redirect-301-not-saved"],
    references: ["TRN-027"],
    waits: 30,
    async drive(bench) {
      const listener = await furtherPort(bench.acs);
      const session = await bench.acs.contact();
      if (portOf(bench, session.inform) !== homePort(bench)) {
        await session.end();
        throw new Inconclusive("precondition", "the phone does not even come to the ACS URL before it is redirected");
      }
      await failSession(bench, session, (options) => session.answer(redirect(listener.url, 301), options));
      return nextSession(bench);
    },
    // It may follow a 301, or take it for a failure.
    *judge(next) {
      yield atHome("TR-069:3.4.2#redirect-301-not-saved", next);
    },
  }),
  cwmpCase({
    id: "cwmp.redirects.cookies",
    title: "takes its cookies along where it is redirected to",
    proves: ["TR-069:3.4.2#redirect-cookies"],
    references: ["TRN-019"],
    async drive(bench) {
      const listener = await furtherPort(bench.acs);
      const session = await bench.acs.contact();
      const cookie = { write: { extra: [["Set-Cookie", "assay=c5; Path=/"]] } } as const;
      await afterOwnRequests(session, await session.informResponse(cookie));
      const { reply } = await follow(bench, session, listener, redirect(listener.url));
      await session.end();
      await showAlive(bench);
      return reply;
    },
    *judge({ exchange, summary }) {
      if (exchange !== undefined) yield returned("TR-069:3.4.2#redirect-cookies", exchange, { assay: "c5" });
      else
        yield holds("TR-069:3.4.2#redirect-cookies", false, {
          expected: "the POST once more, with the cookie",
          actual: summary.value,
          where: summary.where,
        });
    },
  }),
];
