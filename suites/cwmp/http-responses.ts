import type { AnswerOptions } from "../../harness/acs/answer.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import type { RawHeaders } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { passiveRule } from "../support/passive.ts";
import { afterOwnRequests, askHarmless, came, harmlessName, told } from "../support/sessions.ts";
import { restoring } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { bareHeaders, getValueText, holdRequests } from "../support/texts.ts";
import { pendingTransfer } from "../support/transfers.ts";

/** A client need not wait for 100 Continue at all; one that waits longer than this stalls with most ACSs. */
const EXPECT_LIMIT = 5_000;

/** Milliseconds for the POST after an answer without body. */
const NO_BODY = 10_000;

/** Twelve characters, of one to three octets each. */
const BEYOND_ASCII = "Gr\u00FC\u00DFe \u4F60\u597D \u20AC99";

interface Written {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  readonly waits?: number;
  readonly write: AnswerOptions;
}

/** A case in which all messages of the ACS are written in one legal way of HTTP. */
function written({ id, title, requirement, references, waits, write }: Written): AnyCase<CwmpBench> {
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    ...(waits === undefined ? {} : { waits }),
    async drive(bench) {
      const { acs, phone } = bench;
      await showAlive(bench);
      const session = await acs.contact();
      const first = await afterOwnRequests(session, await session.informResponse({ write }));
      const reply = await askHarmless(session, phone, { write });
      await session.end();
      return { first, reply, name: harmlessName(phone) };
    },
    *judge({ first, reply, name }) {
      yield came(requirement, first, "empty", "an empty POST after the InformResponse");
      yield told(requirement, reply, name);
    },
  });
}

interface Spelt {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  /** How a header field is written. */
  spell(name: string, value: string): readonly [string, string];
}

/** A case in which a request comes with header fields in an unusual, legal spelling. */
function spelt({ id, title, requirement, spell }: Spelt): AnyCase<CwmpBench> {
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references: ["TRN-012"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      const body = Buffer.from(getValueText(acs, harmlessName(phone)), "utf8");
      const headers: RawHeaders = bareHeaders(body).map(([name, value]) => spell(name, value));
      const reply = await session.answer({ body, headers });
      await session.end();
      return { reply, name: harmlessName(phone) };
    },
    *judge({ reply, name }) {
      yield told(requirement, reply, name);
    },
  });
}

export const httpResponsesCases: readonly AnyCase<CwmpBench>[] = [
  written({
    id: "cwmp.http-responses.chunked",
    title: "reads answers in chunked coding",
    requirement: "HTTP:9112-7.1#chunked",
    references: ["TRN-010"],
    write: { chunked: true },
  }),
  written({
    id: "cwmp.http-responses.many-chunks",
    title: "reads answers in many chunks of different sizes",
    requirement: "HTTP:9112-7.1#many-chunks",
    references: ["TRN-010"],
    write: { chunked: [1, 16, 255, 10] },
  }),
  written({
    id: "cwmp.http-responses.octet-by-octet",
    title: "reads answers that come octet by octet",
    requirement: "HTTP:9112-6#segmented",
    references: ["TRN-011"],
    waits: 25,
    write: { pieces: { octets: 1, every: 10 } },
  }),
  spelt({
    id: "cwmp.http-responses.lower-case-fields",
    title: "knows header fields in lower case",
    requirement: "HTTP:9110-5.1#field-names",
    spell: (name, value) => [name.toLowerCase(), value],
  }),
  spelt({
    id: "cwmp.http-responses.white-space",
    title: "bears white space around the values of header fields",
    requirement: "HTTP:9112-5#white-space",
    spell: (name, value) => [name, ` \t${value}  `],
  }),
  cwmpCase({
    id: "cwmp.http-responses.no-content",
    title: "goes on at once after a 204 without Content-Length",
    proves: ["HTTP:9112-6.3#no-content"],
    references: ["TRN-031"],
    needs: ["download"],
    async drive(bench) {
      const session = await pendingTransfer(bench);
      const held = await session.informResponse({ header: holdRequests("1") });
      if (held.kind !== "empty") {
        await session.end();
        throw new Inconclusive("precondition", `with HoldRequests 1 the phone sent: ${held.summary.value}`);
      }
      const headers: RawHeaders = [["Connection", "keep-alive"]];
      const reply = await session.answer({ status: 204, headers }, { within: NO_BODY });
      await session.end();
      await showAlive(bench);
      return reply;
    },
    // With a request held back there is more to come after the 204, at least the end of the connection when the phone has given it
    // up; one that waits for a body does so for 30 s at least.
    *judge({ kind, summary }) {
      yield holds("HTTP:9112-6.3#no-content", kind !== "silence", {
        expected: "the request that was held back, or the end of the session",
        actual: summary.value,
        where: summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.http-responses.content-length",
    title: "counts octets, not characters, in Content-Length",
    proves: ["HTTP:9110-8.6#content-length"],
    references: ["TRN-009"],
    needs: ["writable-string"],
    drive(bench) {
      const { path, max } = bench.phone.values.writableString;
      return restoring(bench, [path], async (stage) => {
        demand(await stage.write([{ name: path, value: BEYOND_ASCII.slice(0, max) }]), "SetParameterValues", `setting ${path}`);
        const reply = await stage.read(path);
        return { reply, path };
      });
    },
    // Counted in characters the body is cut before its end. Whether the value itself is right is a matter of its encoding.
    *judge({ reply: { kind, exchange, summary }, path }) {
      // The last tag is ASCII, which every encoding writes with the same octets, UTF-16 with zeros between them.
      const body = exchange?.request.body.toString("latin1").replaceAll("\0", "").trimEnd() ?? "";
      const whole = kind === "response" && /Envelope\s*>$/.test(body);
      yield holds("HTTP:9110-8.6#content-length", whole, {
        expected: `a whole envelope with the value of ${path}`,
        actual: whole ? "whole" : `${summary.value}, which ends in ${JSON.stringify(body.slice(-20))}`,
        where: summary.where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.http-responses.expect-continue",
    title: "sends its body without waiting long for 100 Continue",
    requirement: "HTTP:9110-10.1.1#expect",
    references: ["TRN-013"],
    *judge({ request: { headers, startedAt, endedAt }, where }) {
      const expects = headers.some(([name, value]) => name.toLowerCase() === "expect" && /100-continue/i.test(value));
      yield holds(this.requirement, !expects || endedAt - startedAt <= EXPECT_LIMIT, {
        expected: `the body within ${EXPECT_LIMIT / 1000} s of the header`,
        actual: expects ? `after ${(endedAt - startedAt) / 1000} s` : "sent without Expect",
        where,
      });
    },
  }),
];
