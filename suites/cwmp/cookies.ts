import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { cookiesOf, returned } from "../support/cookies.ts";
import { afterOwnRequests, askHarmless, exchangesSoFar, said } from "../support/sessions.ts";

/** Attributes of Set-Cookie (Netscape, RFC 2965) that are no cookies; with `$` before them they may come back, RFC 2965 3.3.4. */
const ATTRIBUTE = /^(?:path|domain|expires|max-age|secure|httponly|samesite|version|comment|discard|port)$/i;

const set = (cookies: readonly string[]) => ({ extra: cookies.map((cookie) => ["Set-Cookie", cookie] as const) });

/** A session whose InformResponse sets these cookies, with two requests in it; gives the POSTs after the Inform. */
async function posts(bench: CwmpBench, cookies: readonly string[]): Promise<readonly Exchange[]> {
  const { acs, phone } = bench;
  const session = await acs.contact();
  await afterOwnRequests(session, await session.informResponse({ write: set(cookies) }));
  await askHarmless(session, phone);
  await askHarmless(session, phone);
  await session.end();
  await showAlive(bench);
  return sinceInform(session);
}

/**
 * Those of the POSTs that have a cookie of ours.
 * @throws Inconclusive when there is none: how it comes back cannot be judged then
 */
async function postsWithCookie(bench: CwmpBench, cookies: readonly string[]): Promise<readonly Exchange[]> {
  const all = await posts(bench, cookies);
  const having = all.filter((exchange) => cookiesOf(exchange).some(({ name }) => name.startsWith("assay")));
  if (having.length === 0) throw new Inconclusive("control-failed", "the phone returned no cookie in the session that set it");
  return having;
}

const sinceInform = (session: Session): readonly Exchange[] =>
  exchangesSoFar(session).slice(session.exchanges.indexOf(session.inform) + 1);

/** Every POST has each of these cookies; without any POST that is not so. */
function* inEvery(
  requirement: string,
  exchanges: readonly Exchange[],
  cookies: Readonly<Record<string, string>>,
): Iterable<Finding> {
  for (const exchange of exchanges) yield returned(requirement, exchange, cookies);
  if (exchanges.length === 0)
    yield holds(requirement, false, { expected: "POSTs after the InformResponse", actual: "none", where: "no message" });
}

interface OneCookie {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  readonly cookies: readonly string[];
  readonly expected: Readonly<Record<string, string>>;
}

/** A case in which cookies of the InformResponse have to come back in each later POST. */
function comesBack({ id, title, requirement, references, cookies, expected }: OneCookie): AnyCase<CwmpBench> {
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    drive: (bench) => posts(bench, cookies),
    *judge(exchanges) {
      yield* inEvery(requirement, exchanges, expected);
    },
  });
}

const LARGE = ["assay1", "assay2", "assay3"].map((name, index) => [name, "abcdefghij".repeat(12) + index] as const);

export const cookiesCases: readonly AnyCase<CwmpBench>[] = [
  comesBack({
    id: "cwmp.cookies.returned",
    title: "returns a cookie in each later POST of the session",
    requirement: "TR-069:3.4.2#cookie",
    references: ["TRN-014"],
    cookies: ["assay=c1; Path=/"],
    expected: { assay: "c1" },
  }),
  comesBack({
    id: "cwmp.cookies.without-path",
    title: "returns a cookie that was set without a Path",
    requirement: "TR-069:3.4.2#cookie-without-path",
    references: ["TRN-016"],
    cookies: ["assay=c2"],
    expected: { assay: "c2" },
  }),
  comesBack({
    id: "cwmp.cookies.several",
    title: "returns each of several cookies",
    requirement: "TR-069:3.4.2#several-cookies",
    references: ["TRN-017"],
    cookies: ["assay1=one; Path=/", "assay2=two; Path=/", "assay3=three; Path=/"],
    expected: { assay1: "one", assay2: "two", assay3: "three" },
  }),
  comesBack({
    id: "cwmp.cookies.storage",
    title: "keeps cookies of almost 512 octets",
    requirement: "TR-069:3.4.2#cookie-storage",
    references: ["TRN-017"],
    cookies: LARGE.map(([name, value]) => `${name}=${value}; Path=/`),
    expected: Object.fromEntries(LARGE),
  }),
  cwmpCase({
    id: "cwmp.cookies.attributes",
    title: "returns cookies without their attributes",
    proves: ["TR-069:3.4.2#cookie-attributes"],
    references: ["TRN-015"],
    drive: (bench) => postsWithCookie(bench, ["assay=c3; Path=/; Expires=Fri, 31 Dec 2049 23:59:59 GMT; HttpOnly"]),
    *judge(exchanges) {
      for (const exchange of exchanges) {
        const attribute = cookiesOf(exchange).find(({ name }) => ATTRIBUTE.test(name));
        yield holds("TR-069:3.4.2#cookie-attributes", attribute === undefined, {
          expected: "the cookie by name and value alone",
          actual: attribute === undefined ? "so" : `with ${attribute.name}`,
          where: `${exchange.where}, header Cookie`,
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.cookies.separator",
    title: "separates cookies by semicolons",
    proves: ["TR-069:3.4.2#cookie-separator"],
    references: ["TRN-015"],
    drive: (bench) => postsWithCookie(bench, ["assay1=one; Path=/", "assay2=two; Path=/"]),
    // A cookie without Version is one of the old style, whose fields know no other separator.
    *judge(exchanges) {
      for (const { request, where } of exchanges) {
        const fields = request.headers.filter(([name]) => name.toLowerCase() === "cookie").map(([, value]) => value);
        yield holds("TR-069:3.4.2#cookie-separator", !fields.some((field) => field.includes(",")), {
          expected: "cookies separated by semicolons",
          actual: fields.join(" and "),
          where: `${where}, header Cookie`,
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.cookies.changed",
    title: "returns the new value of a cookie that changes in the session",
    proves: ["TR-069:3.4.2#cookie-changed"],
    references: ["TRN-017"],
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.contact();
      await afterOwnRequests(session, await session.informResponse({ write: set(["assay=old; Path=/"]) }));
      const reply = await askHarmless(session, phone, { write: set(["assay=new; Path=/"]) });
      await session.end();
      await showAlive(bench);
      return reply;
    },
    *judge({ exchange, summary }: Reply) {
      if (exchange !== undefined) yield returned("TR-069:3.4.2#cookie-changed", exchange, { assay: "new" });
      else
        yield holds("TR-069:3.4.2#cookie-changed", false, {
          expected: "a POST with the cookie",
          actual: summary.value,
          where: summary.where,
        });
    },
  }),
  cwmpCase({
    id: "cwmp.cookies.discarded",
    title: "forgets session cookies when the session is over",
    proves: ["TR-069:3.4.2#cookies-discarded"],
    references: ["TRN-018"],
    async drive(bench) {
      await postsWithCookie(bench, ["assay=c4; Path=/"]);
      const session = await bench.acs.contact();
      await session.end();
      return session.inform;
    },
    *judge(inform) {
      const stale = cookiesOf(inform).find(({ name }) => name === "assay");
      yield holds("TR-069:3.4.2#cookies-discarded", stale === undefined, {
        expected: "no cookie of an earlier session",
        actual: stale === undefined ? "none" : `${stale.name}=${stale.value}`,
        where: `${inform.where}, header Cookie (${said(inform).value})`,
      });
    },
  }),
];
