import { escapeXml } from "../../harness/acs/messages.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { FileRequest } from "../../harness/files/server.ts";
import { showReading } from "../support/model.ts";
import { inSession } from "../support/stage.ts";
import { type Afterwards, afterwards, answered, carriedOut, goOn, livesOn, page, showPage } from "./support/vendor.ts";

/** Milliseconds that a page stays before the phone goes on to the next one. */
const STAYS = 20_000;

/** Milliseconds until everything that was to come of a page has come. */
const WATCHED = 60_000;

/** What came of pages that were pushed in one session. */
interface Pushed {
  readonly replies: readonly Reply[];
  /** Requests for the page that the first one, and the last one, of ours lead to. */
  readonly first: readonly FileRequest[];
  readonly last: readonly FileRequest[];
  readonly after: Afterwards;
}

/**
 * Pushes pages one after the other in one session.
 * @param contents what goes into the method's element; each is given the element that leads to the next page
 */
async function push(bench: CwmpBench, contents: readonly ((more: string) => string)[]): Promise<Pushed> {
  const offers = contents.map((_, index) =>
    bench.files.offer(`page${index + 1}.xml`, page("The next page."), { contentType: "text/xml" }),
  );
  const replies = await inSession(bench, async (session) => {
    await showReading(session, bench.phone);
    const seen: Reply[] = [];
    for (const [index, content] of contents.entries())
      seen.push(await showPage(session, bench.phone, content(goOn(offers[index]?.url ?? "", STAYS))));
    return seen;
  });
  const after = await afterwards(bench, WATCHED);
  return { replies, first: offers[0]?.requests ?? [], last: offers.at(-1)?.requests ?? [], after };
}

/** The page went on to another one: the phone shows it, and has read it to its end. */
const wentOn = (requirement: string, requests: readonly FileRequest[], { reply }: Afterwards): Finding =>
  holds(requirement, requests.length > 0, {
    expected: `a request for the page that fetch names, ${STAYS / 1000} s later`,
    actual: requests.length === 0 ? "none" : "one",
    where: requests[0]?.where ?? reply?.summary.where ?? "after the call",
  });

const paged = (text: string) => (more: string) => page(text, more);

/** The reply to the last call. */
function* onLast(replies: readonly Reply[], judge: (reply: Reply) => Finding): Iterable<Finding> {
  const reply = replies.at(-1);
  if (reply !== undefined) yield judge(reply);
}

/** A page of so many octets, its text being that long. */
const large =
  (octets: number) =>
  (more: string): string =>
    page("The quick brown fox jumps over the lazy dog. ".repeat(Math.ceil(octets / 45)).slice(0, octets), more);

/** That a page which may be too large is refused, or shown to its end, and does no harm. */
function* wholeOrRefused(requirement: string, { replies, last, after }: Pushed): Iterable<Finding> {
  const [reply] = replies;
  if (reply?.kind === "response") yield wentOn(requirement, last, after);
  else if (reply !== undefined) yield answered(requirement, reply);
  yield livesOn(requirement, after);
}

/** The vendor's method Minibrowser. */
export const minibrowserCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.minibrowser.element",
    title: "takes a page as an element inside Minibrowser, as the guide shows it",
    proves: ["SNOM-TR-069:X-snom-Minibrowser#element"],
    needs: ["snom", "minibrowser"],
    drive: (bench) => push(bench, [paged("As an element.")]),
    *judge({ replies }) {
      yield* onLast(replies, (reply) => carriedOut("SNOM-TR-069:X-snom-Minibrowser#element", reply));
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.goes-on",
    title: "goes on to the page that fetch names, when its time has come",
    proves: ["SNOM:minibrowser#fetch", "SNOM:minibrowser#fetch-time"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    async drive(bench) {
      const offer = bench.files.offer("next.xml", page("The next page."), { contentType: "text/xml" });
      const reply = await inSession(bench, (session) => showPage(session, bench.phone, page("First.", goOn(offer.url, STAYS))));
      const shown = bench.clock.now();
      const after = await afterwards(bench, WATCHED);
      return { reply, shown, requests: offer.requests, after };
    },
    *judge({ reply, shown, requests, after }) {
      yield wentOn("SNOM:minibrowser#fetch", requests, after);
      const waited = requests[0] && requests[0].at - shown;
      // Counted from the end of the session; the page may have been there a little earlier.
      yield holds("SNOM:minibrowser#fetch-time", waited !== undefined && Math.abs(waited - STAYS) <= STAYS / 2, {
        expected: `a request ${STAYS / 1000} s after the page was shown, or nearly`,
        actual: waited === undefined ? "none" : `after ${waited / 1000} s`,
        where: requests[0]?.where ?? reply.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.escaped-text",
    title: "takes a page as escaped text inside Minibrowser",
    proves: ["SNOM:minibrowser#text", "SNOM:minibrowser#text-shown"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [(more) => escapeXml(page("As a text.", more))]),
    *judge({ replies, last, after }) {
      yield* onLast(replies, (reply) => carriedOut("SNOM:minibrowser#text", reply));
      yield wentOn("SNOM:minibrowser#text-shown", last, after);
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.unicode",
    title: "takes a page with letters of any script",
    proves: ["SNOM:minibrowser#unicode", "SNOM:minibrowser#unicode-shown"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [paged("Grüße, Ελλάδα, Привет, 漢字, עברית, 📞 & <so on>")]),
    *judge({ replies, last, after }) {
      yield* onLast(replies, (reply) => carriedOut("SNOM:minibrowser#unicode", reply));
      yield wentOn("SNOM:minibrowser#unicode-shown", last, after);
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.large-page",
    title: "refuses a page of 64 KiB or shows all of it, and lives on",
    proves: ["SNOM:minibrowser#large"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [large(64 * 1024)]),
    judge: (seen) => wholeOrRefused("SNOM:minibrowser#large", seen),
  }),
  cwmpCase({
    id: "snom.minibrowser.huge-page",
    title: "refuses a page of 256 KiB or shows all of it, and lives on",
    proves: ["SNOM:minibrowser#huge"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [large(256 * 1024)]),
    judge: (seen) => wholeOrRefused("SNOM:minibrowser#huge", seen),
  }),
  cwmpCase({
    id: "snom.minibrowser.malformed",
    title: "answers a text that is no XML, lives on, and keeps the page before",
    proves: ["SNOM:minibrowser#malformed-answered", "SNOM:minibrowser#malformed-alive", "SNOM:minibrowser#malformed-page-stays"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [paged("The page before."), () => escapeXml("<SnomIPPhoneText><Title>Unfinished<Text>")]),
    *judge({ replies, first, after }) {
      yield* onLast(replies, (reply) => answered("SNOM:minibrowser#malformed-answered", reply));
      yield livesOn("SNOM:minibrowser#malformed-alive", after);
      yield wentOn("SNOM:minibrowser#malformed-page-stays", first, after);
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.foreign-root",
    title: "answers a page of another language than its own, and lives on",
    proves: ["SNOM:minibrowser#foreign-answered", "SNOM:minibrowser#foreign-alive"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [() => "<html><head><title>No</title></head><body><p>This is no page.</p></body></html>"]),
    *judge({ replies, after }) {
      yield* onLast(replies, (reply) => answered("SNOM:minibrowser#foreign-answered", reply));
      yield livesOn("SNOM:minibrowser#foreign-alive", after);
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.empty",
    title: "answers Minibrowser without a page, and lives on",
    proves: ["SNOM:minibrowser#empty-answered", "SNOM:minibrowser#empty-alive"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) => push(bench, [() => ""]),
    *judge({ replies, after }) {
      yield* onLast(replies, (reply) => answered("SNOM:minibrowser#empty-answered", reply));
      yield livesOn("SNOM:minibrowser#empty-alive", after);
    },
  }),
  cwmpCase({
    id: "snom.minibrowser.many-pages",
    title: "takes twenty pages one after the other, and shows the last one",
    proves: ["SNOM:minibrowser#many", "SNOM:minibrowser#last-shown"],
    needs: ["snom", "minibrowser"],
    waits: WATCHED / 1000,
    drive: (bench) =>
      push(
        bench,
        Array.from({ length: 20 }, (_, index) => paged(`Page ${index + 1} of 20.`)),
      ),
    *judge({ replies, first, last, after }) {
      const failed = replies.findIndex(({ kind }) => kind !== "response");
      yield holds("SNOM:minibrowser#many", failed < 0, {
        expected: "twenty responses",
        actual: failed < 0 ? "so" : `to page ${failed + 1}: ${replies[failed]?.summary.value}`,
        where: (replies[failed] ?? replies.at(-1))?.summary.where ?? "no call",
      });
      yield wentOn("SNOM:minibrowser#last-shown", last, after);
      yield holds("SNOM:minibrowser#last-shown", first.length === 0, {
        expected: "no request for what the first page would have led to",
        actual: first.length === 0 ? "none" : "one",
        where: first[0]?.where ?? replies[0]?.summary.where ?? "no call",
      });
    },
  }),
];
