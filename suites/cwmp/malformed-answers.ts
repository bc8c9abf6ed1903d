import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { SOAP_ENVELOPE } from "../../harness/wire/soap.ts";
import { failSession, tookForFailed } from "../support/failures.ts";
import { harmlessName } from "../support/sessions.ts";
import { getValueText, informResponseText } from "../support/texts.ts";

const SOAP_1_2 = "http://www.w3.org/2003/05/soap-envelope";

/** A message that ends in the middle, though its Content-Length is right. */
const truncated = (text: string): string => text.slice(0, text.lastIndexOf("Body>") - 2);

interface Malformed {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  /** `inform`: it is the answer to the Inform; `empty`: to the phone's empty POST. */
  readonly answers: "inform" | "empty";
  text(bench: CwmpBench, session: Session): string;
  readonly contentType?: string;
}

/** A case in which the ACS answers with something that is no valid message: the session has failed then (TR-069 3.7.1.4). */
function malformedAnswer({ id, title, requirement, references, answers, text, contentType }: Malformed): AnyCase<CwmpBench> {
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    waits: 30,
    async drive(bench) {
      const session = answers === "inform" ? await bench.acs.contact() : await bench.acs.session();
      const body = Buffer.from(text(bench, session), "utf8");
      const headers = [
        ["Content-Type", contentType ?? 'text/xml; charset="utf-8"'],
        ["Content-Length", String(body.length)],
      ] as const;
      return failSession(bench, session, (options) => session.answer({ body, headers }, options));
    },
    *judge(failed) {
      yield* tookForFailed(requirement, failed);
    },
  });
}

export const malformedAnswersCases: readonly AnyCase<CwmpBench>[] = [
  malformedAnswer({
    id: "cwmp.malformed-answers.truncated-inform-response",
    title: "gives a session up on an InformResponse that is not well-formed",
    requirement: "TR-069:3.7.1.4#malformed-inform-response",
    references: ["SES-025"],
    answers: "inform",
    text: ({ acs }, session) => truncated(informResponseText(acs, session)),
  }),
  malformedAnswer({
    id: "cwmp.malformed-answers.truncated-request",
    title: "gives a session up on a request that is not well-formed",
    requirement: "TR-069:3.7.1.4#malformed-request",
    references: ["SES-025"],
    answers: "empty",
    text: ({ acs, phone }) => truncated(getValueText(acs, harmlessName(phone))),
  }),
  malformedAnswer({
    id: "cwmp.malformed-answers.envelope-namespace",
    title: "gives a session up on an envelope of SOAP 1.2",
    requirement: "TR-069:3.7.1.4#envelope-namespace",
    references: ["SES-026"],
    answers: "empty",
    text: ({ acs, phone }) => getValueText(acs, harmlessName(phone)).replaceAll(SOAP_ENVELOPE, SOAP_1_2),
  }),
  malformedAnswer({
    id: "cwmp.malformed-answers.two-bodies",
    title: "gives a session up on an envelope with two bodies",
    requirement: "TR-069:3.7.1.4#two-bodies",
    references: ["SES-026"],
    answers: "empty",
    text({ acs, phone }) {
      const text = getValueText(acs, harmlessName(phone));
      const body = /<((?:[^\s<>:]+:)?Body)>.*<\/\1>/s.exec(text)?.[0] ?? "";
      return text.replace(body, body + body);
    },
  }),
  malformedAnswer({
    id: "cwmp.malformed-answers.html",
    title: "gives a session up on an HTML page in place of the InformResponse",
    requirement: "TR-069:3.7.1.4#html",
    references: ["ROB-026"],
    answers: "inform",
    contentType: "text/html",
    text: () => "<html><head><title>Welcome</title></head><body><p>Please log in.</p></body></html>",
  }),
];
