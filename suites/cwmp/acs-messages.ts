import type { Speech } from "../../harness/acs/messages.ts";
import { parameterValues, rpcMethods } from "../../harness/acs/read.ts";
import type { Args, Reply, RequestOptions } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { few, holds } from "../../harness/core/finding.ts";
import { SOAP_ENCODING } from "../../harness/wire/soap.ts";
import { showAlive } from "../support/alive.ts";
import { afterOwnRequests, askHarmless, came, harmlessName, told } from "../support/sessions.ts";
import { bareHeaders, getValueText, requestText } from "../support/texts.ts";

interface Spoken {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  /** What is different from the way in which the ACS speaks to this phone otherwise. */
  readonly speech: Partial<Speech>;
  /** The way in which the phone is shown to understand the ACS at all, where it is not the usual one. */
  readonly control?: Partial<Speech>;
}

/** A case in which every message of the ACS is written in one legal way: InformResponse, a request, and all that is sent meanwhile. */
function spoken({ id, title, requirement, references, speech, control }: Spoken): AnyCase<CwmpBench> {
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    async drive(bench) {
      const { acs, phone } = bench;
      const usual = acs.speech;
      try {
        acs.speech = { ...usual, ...control };
        await showAlive(bench);
        acs.speech = { ...usual, ...speech };
        const session = await acs.contact();
        const first = await afterOwnRequests(session, await session.informResponse());
        const reply = await askHarmless(session, phone);
        await session.end();
        return { first, reply, name: harmlessName(phone) };
      } finally {
        acs.speech = usual;
      }
    },
    *judge({ first, reply, name }) {
      yield came(requirement, first, "empty", "an empty POST after the InformResponse");
      yield told(requirement, reply, name);
    },
  });
}

interface Asked {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references: readonly string[];
  /** XML inside GetParameterValues. */
  args?(name: string): Args;
  readonly options?: RequestOptions;
  /** Changes the whole message as text. */
  rewrite?(text: string, speech: Speech): string;
}

/** A case in which GetParameterValues is written in one legal way. */
function asked({ id, title, requirement, references, args, options, rewrite }: Asked): AnyCase<CwmpBench> {
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    async drive({ acs, phone }) {
      const name = harmlessName(phone);
      const session = await acs.session();
      let reply: Reply;
      if (rewrite === undefined) {
        const list = args?.(name);
        reply = await (list === undefined
          ? session.getParameterValues([name], options)
          : session.request("GetParameterValues", list, options));
      } else {
        const body = Buffer.from(rewrite(getValueText(acs, name), acs.speech), "utf8");
        reply = await session.answer({ body, headers: bareHeaders(body) });
      }
      await session.end();
      return { reply, name };
    },
    *judge({ reply, name }) {
      yield told(requirement, reply, name);
      // A name that was not read is an empty one, and asks for everything.
      const others = [...parameterValues(reply).keys()].filter((other) => other !== name);
      if (others.length > 0)
        yield holds(requirement, false, { expected: `${name} alone`, actual: few(others), where: reply.summary.where });
    },
  });
}

/** ParameterNames with one member, its text as XML. */
const nameList =
  (xml: string): Args =>
  ({ enc, xsd }) =>
    `<ParameterNames ${enc}:arrayType="${xsd}:string[1]"><string>${xml}</string></ParameterNames>`;

export const acsMessagesCases: readonly AnyCase<CwmpBench>[] = [
  spoken({
    id: "cwmp.acs-messages.declaration",
    title: "reads messages with an XML declaration",
    requirement: "XML:1.0-2.8#declaration",
    references: ["ROB-001"],
    // The shorter form without standalone is how the ACS speaks otherwise.
    speech: { xmlDeclaration: "standalone" },
    control: { xmlDeclaration: false },
  }),
  spoken({
    id: "cwmp.acs-messages.no-declaration",
    title: "reads messages without an XML declaration",
    requirement: "XML:1.0-2.8#no-declaration",
    references: ["ROB-002"],
    speech: { xmlDeclaration: false },
  }),
  spoken({
    id: "cwmp.acs-messages.prefixes",
    title: "reads messages whose namespaces have other prefixes",
    requirement: "TR-069:3.5#any-prefix",
    references: ["ROB-003"],
    speech: { prefixes: { soap: "S", enc: "e1", cwmp: "c", xsd: "x-s", xsi: "x_i" } },
  }),
  spoken({
    id: "cwmp.acs-messages.default-namespace",
    title: "reads an envelope in the default namespace",
    requirement: "XML-NS:1.0-6.2#default-namespace",
    references: ["ROB-004"],
    speech: { defaultNamespace: "soap" },
  }),
  spoken({
    id: "cwmp.acs-messages.local-declarations",
    title: "reads messages that declare the CWMP namespace where it is used",
    requirement: "XML-NS:1.0-6.1#local-declarations",
    references: ["ROB-004"],
    speech: { localDeclarations: true },
  }),
  spoken({
    id: "cwmp.acs-messages.indented",
    title: "reads messages with line breaks and indentation",
    requirement: "XML:1.0-2.10#indented",
    references: ["ROB-005"],
    speech: { pretty: true },
  }),
  spoken({
    id: "cwmp.acs-messages.carriage-returns",
    title: "reads messages whose lines end in CR LF",
    requirement: "XML:1.0-2.11#carriage-returns",
    references: ["ROB-005"],
    speech: { pretty: true, crlf: true },
  }),
  // A recipient may ignore comments and instructions (3.5); what it may reject is named there, and they are not in it.
  spoken({
    id: "cwmp.acs-messages.comments",
    title: "reads messages with comments and processing instructions",
    requirement: "TR-069:3.5#comments",
    references: ["ROB-006"],
    speech: { comments: true },
  }),
  spoken({
    id: "cwmp.acs-messages.byte-order-mark",
    title: "reads messages that begin with a byte order mark",
    requirement: "XML:1.0-4.3.3#byte-order-mark",
    references: ["ROB-019"],
    speech: { bom: true },
  }),
  asked({
    id: "cwmp.acs-messages.cdata",
    title: "reads a CDATA section as the text in it",
    requirement: "XML:1.0-2.7#cdata",
    references: ["ROB-007"],
    args: (name) => nameList(`<![CDATA[${name}]]>`),
  }),
  asked({
    id: "cwmp.acs-messages.character-references",
    title: "resolves character references",
    requirement: "XML:1.0-4.1#character-references",
    references: ["ROB-007"],
    args: (name) => nameList(`&#${name.charCodeAt(0)};&#x${name.charCodeAt(1).toString(16)};${name.slice(2)}`),
  }),
  asked({
    id: "cwmp.acs-messages.single-quotes",
    title: "reads attributes in single quotes",
    requirement: "XML:1.0-2.3#single-quotes",
    references: ["ROB-003"],
    rewrite: (text) => text.replaceAll('"', "'"),
  }),
  asked({
    id: "cwmp.acs-messages.no-header",
    title: "answers a request without a SOAP header",
    requirement: "SOAP-1.1:4.2#no-header",
    references: ["ROB-011", "SOP-012"],
    options: { id: false },
  }),
  asked({
    id: "cwmp.acs-messages.unknown-header",
    title: "ignores a SOAP header entry that it need not understand",
    requirement: "SOAP-1.1:4.2.3#unknown-header",
    references: ["ROB-013"],
    options: { header: '<x:Hint xmlns:x="urn:example:hint">1</x:Hint>' },
  }),
  asked({
    id: "cwmp.acs-messages.encoding-style",
    title: "bears encodingStyle on the envelope",
    requirement: "SOAP-1.1:4.1.1#encoding-style",
    references: ["ROB-014"],
    rewrite: (text, { prefixes: { soap } }) => text.replace(/Envelope /, `Envelope ${soap}:encodingStyle="${SOAP_ENCODING}" `),
  }),
  cwmpCase({
    id: "cwmp.acs-messages.empty-element-tag",
    title: "reads an empty-element tag like a start with its end",
    proves: ["XML:1.0-3.1#empty-element-tag"],
    references: ["ROB-009"],
    async drive({ acs }) {
      const session = await acs.session();
      const text = requestText(acs.speech, "GetRPCMethods", "");
      const body = Buffer.from(text.replace(/><\/[^<>]*GetRPCMethods>/, "/>"), "utf8");
      const reply = await session.answer({ body, headers: bareHeaders(body) });
      await session.end();
      return reply;
    },
    *judge(reply) {
      const methods = rpcMethods(reply);
      yield holds("XML:1.0-3.1#empty-element-tag", methods.value?.includes("GetParameterValues") === true, {
        expected: "GetRPCMethodsResponse with GetParameterValues in its list",
        actual:
          reply.kind === "response" ? `${reply.summary.value} with ${methods.value?.length ?? 0} methods` : reply.summary.value,
        where: reply.summary.where,
      });
    },
  }),
];
