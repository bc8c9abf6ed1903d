import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { absent, type Finding, holds, same } from "../../harness/core/finding.ts";
import { resolveQName } from "../../harness/wire/qname.ts";
import type { Envelope } from "../../harness/wire/soap.ts";
import { CWMP_PREFIX, SOAP_ENCODING, SOAP_ENVELOPE, XSD, XSI } from "../../harness/wire/soap.ts";
import type { XmlElement } from "../../harness/wire/xml.ts";
import { VALUE_TYPES } from "../support/lexical.ts";
import { messageOf, requestAnswered, sentIn } from "../support/messages.ts";
import { passiveCase, passiveRule } from "../support/passive.ts";
import { arraysIn, type Misfit, misplaced, misspelt, shapes, valuesIn } from "../support/shapes.ts";

const attribute = (element: XmlElement, uri: string, local: string): string | undefined =>
  element.attributes.find((candidate) => candidate.uri === uri && candidate.local === local)?.value;

/** One finding for each misfit, or one good finding for a message without any. */
function* fitting(requirement: string, envelope: Envelope, misfits: Iterable<Misfit>, good: string): Iterable<Finding> {
  let all = true;
  for (const { element, expected, actual } of misfits) {
    all = false;
    yield holds(requirement, false, { expected, actual, where: envelope.place(element) });
  }
  if (all) yield holds(requirement, true, { expected: good, actual: "so", where: envelope.where });
}

export const soapRules: readonly AnyCase<CwmpBench>[] = [
  passiveRule({
    id: "cwmp.soap.well-formed",
    title: "sends well-formed XML",
    requirement: "TR-069:3.5#well-formed",
    references: ["SOP-001"],
    *judge({ request: { envelope }, where }) {
      if (envelope === undefined) return;
      const { malformed } = envelope;
      const place = malformed === undefined ? where : `${where}, line ${malformed.line} column ${malformed.column}`;
      const actual = malformed?.message ?? "well-formed";
      yield holds(this.requirement, malformed === undefined, { expected: "well-formed XML without a DTD", actual, where: place });
    },
  }),
  passiveRule({
    id: "cwmp.soap.envelope-namespaces",
    title: "uses the namespaces of SOAP 1.1 and XML Schema 2001",
    requirement: "TR-069:3.5#envelope-namespaces",
    references: ["SOP-003"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      const root = envelope?.root;
      if (envelope === undefined || root === undefined) return;
      const parts = [root, ...root.children.filter(({ local }) => local === "Header" || local === "Body")];
      const foreign = parts.find(({ uri }) => uri !== SOAP_ENVELOPE);
      const old = Object.values(root.namespaces).find((uri) => /^http:\/\/www\.w3\.org\/(?:1999|2000\/10)\/XMLSchema/.test(uri));
      yield holds(this.requirement, root.local === "Envelope" && foreign === undefined && old === undefined, {
        expected: `Envelope, Header and Body in ${SOAP_ENVELOPE}, types in ${XSD}`,
        actual: foreign === undefined ? (old ?? root.local) : `${foreign.local} in ${foreign.uri || "no namespace"}`,
        where: envelope.place(foreign ?? root),
      });
    },
  }),
  passiveRule({
    id: "cwmp.soap.one-body",
    title: "sends one Body, after at most one Header",
    requirement: "TR-069:3.5#one-body",
    references: ["SOP-009"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      if (envelope?.root === undefined) return;
      const parts = envelope.root.children.map(({ local }) => local).join(", ");
      const right = parts === "Body" || parts === "Header, Body";
      yield holds(this.requirement, right && envelope.body.length === 1, {
        expected: "Header (or none) and Body, with one message in it",
        actual: right ? `${envelope.body.length} entries in Body` : parts || "nothing",
        where: envelope.place(envelope.root),
      });
    },
  }),
  passiveCase({
    id: "cwmp.soap.cwmp-namespace",
    title: "keeps to one CWMP namespace in a session",
    requirement: "TR-069:3.5#cwmp-namespace",
    references: ["SOP-004"],
    *judge({ exchanges }) {
      const inSession = new Map<number, string>();
      for (const exchange of exchanges) {
        const envelope = messageOf(exchange);
        if (envelope === undefined) continue;
        const uri = envelope.cwmpNamespace ?? "none";
        const before = exchange.session === undefined ? undefined : inSession.get(exchange.session);
        // Section 3.7.1.1: after an answer in version 1.0 the phone goes on in 1.0.
        const fallenBack = uri === `${CWMP_PREFIX}1-0` && before !== undefined;
        const known = /^urn:dslforum-org:cwmp-1-\d+$/.test(uri);
        yield holds(this.requirement, known && (before === undefined || before === uri || fallenBack), {
          expected: before === undefined ? `${CWMP_PREFIX}1-n` : `${before} as before in this session`,
          actual: uri,
          where: envelope.where,
        });
        if (exchange.session !== undefined) inSession.set(exchange.session, uri);
      }
    },
  }),
  passiveRule({
    id: "cwmp.soap.unqualified-arguments",
    title: "leaves the elements inside a message unqualified",
    requirement: "TR-069:3.5#unqualified-arguments",
    references: ["SOP-005"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      const top = envelope?.body[0];
      if (envelope === undefined || top === undefined) return;
      const method = top.local === "Fault" ? top.children.find(({ local }) => local === "detail")?.children[0] : top;
      const inside = method === undefined ? [] : descendants(method);
      const wrong = inside.find(({ uri }) => uri !== "");
      const ok = wrong === undefined && (method === undefined || method.uri !== "");
      yield holds(this.requirement, ok, {
        expected: "the message in the CWMP namespace, what is inside it in none",
        actual: wrong === undefined ? (ok ? "so" : `${method?.local} in no namespace`) : `${wrong.local} in ${wrong.uri}`,
        where: envelope.place(wrong ?? top),
      });
    },
  }),
  passiveRule({
    id: "cwmp.soap.schema-order",
    title: "sends the elements of the schema in their order",
    requirement: "TR-069:A.2.2#schema-order",
    references: ["SOP-002", "INF-001"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      const top = envelope?.body[0];
      const shape = shapes[top?.local ?? ""];
      if (envelope === undefined || top === undefined || shape === undefined) return;
      yield* fitting(this.requirement, envelope, misplaced(top, shape), `${top.local} as in the schema`);
    },
  }),
  passiveRule({
    id: "cwmp.soap.schema-types",
    title: "keeps the types and lengths of the message tables",
    requirement: "TR-069:A.2.2#schema-types",
    references: ["SOP-002", "INF-002"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      const top = envelope?.body[0];
      const shape = shapes[top?.local ?? ""];
      if (envelope === undefined || top === undefined || shape === undefined) return;
      yield* fitting(this.requirement, envelope, misspelt(top, shape), `the types of ${top.local}`);
    },
  }),
  passiveRule({
    id: "cwmp.soap.value-type",
    title: "gives every parameter value its type",
    requirement: "TR-069:3.5#value-type",
    references: ["SOP-006", "GPV-008"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      const top = envelope?.body[0];
      if (envelope === undefined || top === undefined) return;
      const wrong: Misfit[] = [];
      let count = 0;
      for (const element of valuesIn(top)) {
        count += 1;
        const type = attribute(element, XSI, "type");
        const { uri, local } = resolveQName(element, type ?? "");
        if (type === undefined || (uri !== XSD && uri !== SOAP_ENCODING) || !VALUE_TYPES.includes(local))
          wrong.push({ element, expected: "xsi:type with a type of XML Schema that CWMP uses", actual: type ?? "no xsi:type" });
      }
      if (count > 0) yield* fitting(this.requirement, envelope, wrong, `types on ${count} values`);
    },
  }),
  passiveRule({
    id: "cwmp.soap.array-count",
    title: "counts the members of arrays rightly",
    requirement: "TR-069:3.5#array-count",
    references: ["SOP-007"],
    *judge(exchange) {
      yield* judgeArrays(exchange, this.requirement, ({ element }) => {
        const type = attribute(element, SOAP_ENCODING, "arrayType");
        // Where there is none, the rule on the type of arrays says so.
        if (type === undefined) return undefined;
        const count = /\[(\d+)\]\s*$/.exec(type)?.[1];
        const members = element.children.length;
        if (count !== undefined && Number(count) === members) return undefined;
        return { element, expected: `arrayType ending in [${members}]`, actual: count === undefined ? "no count" : `[${count}]` };
      });
    },
  }),
  passiveRule({
    id: "cwmp.soap.array-type",
    title: "names the members' type in arrayType",
    requirement: "TR-069:3.5#array-type",
    references: ["SOP-008"],
    *judge(exchange) {
      yield* judgeArrays(exchange, this.requirement, ({ element, member }) => {
        const type = attribute(element, SOAP_ENCODING, "arrayType");
        const { uri, local } = resolveQName(element, (type ?? "").replace(/\[[^\]]*\]\s*$/, ""));
        const spaces = member === "string" ? [XSD, SOAP_ENCODING] : [messageOf(exchange)?.cwmpNamespace];
        if (type !== undefined && local === member && spaces.includes(uri)) return undefined;
        const expected = `${member === "string" ? "xsd:string" : `cwmp:${member}`} under whatever prefix`;
        return { element, expected, actual: type ?? "no arrayType" };
      });
    },
  }),
  passiveRule({
    id: "cwmp.soap.id-echo",
    title: "repeats the ID of a request in its answer",
    requirement: "TR-069:3.5#id-echo",
    references: ["SOP-010", "FLT-002"],
    *judge(exchange, before) {
      const asked = requestAnswered(exchange, before)?.id.value;
      if (asked !== undefined)
        yield same(this.requirement, messageOf(exchange)?.id ?? { value: undefined, where: exchange.where }, asked);
    },
  }),
  passiveRule({
    id: "cwmp.soap.id-must-understand",
    title: "marks its ID header mustUnderstand",
    requirement: "TR-069:3.5#id-must-understand",
    references: ["SOP-011", "INF-016"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      const id = envelope?.header.find(({ local }) => local === "ID");
      if (envelope === undefined || id === undefined) return;
      const where = `${envelope.place(id)}, attribute mustUnderstand`;
      yield same(this.requirement, { value: attribute(id, SOAP_ENVELOPE, "mustUnderstand")?.trim(), where }, "1");
    },
  }),
  passiveRule({
    id: "cwmp.soap.no-hold-requests",
    title: "never sends HoldRequests",
    requirement: "TR-069:3.5#no-hold-requests",
    references: ["SOP-013"],
    *judge(exchange) {
      const envelope = messageOf(exchange);
      if (envelope === undefined) return;
      const found = envelope.header.find(({ local }) => local === "HoldRequests");
      const where = found === undefined ? envelope.where : envelope.place(found);
      yield absent(this.requirement, { value: found?.text, where }, "no HoldRequests header");
    },
  }),
  passiveRule({
    id: "cwmp.soap.response-name",
    title: "names a response after its method",
    requirement: "TR-069:3.5#response-name",
    references: ["SOP-014"],
    *judge(exchange, before) {
      const envelope = messageOf(exchange);
      const asked = before === undefined ? undefined : sentIn(before);
      if (envelope === undefined || requestAnswered(exchange, before) === undefined || envelope.method === "Fault") return;
      yield same(this.requirement, { value: envelope.method, where: envelope.where }, `${asked?.method}Response`);
    },
  }),
];

function* judgeArrays(
  exchange: Parameters<typeof messageOf>[0],
  requirement: string,
  check: (array: { element: XmlElement; member: string }) => Misfit | undefined,
): Iterable<Finding> {
  const envelope = messageOf(exchange);
  const top = envelope?.body[0];
  const shape = shapes[top?.local ?? ""];
  if (envelope === undefined || top === undefined || shape === undefined) return;
  const arrays = [...arraysIn(top, shape)];
  if (arrays.length === 0) return;
  const wrong = arrays.map(check).filter((misfit) => misfit !== undefined);
  yield* fitting(requirement, envelope, wrong, `${arrays.length} arrays of ${top.local}`);
}

function descendants(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => [child, ...descendants(child)]);
}
