import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { absent, holds, type Located, matches, present, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { passiveRule } from "../support/passive.ts";

/** Every field of that name, whatever its case. */
const fields = ({ request }: Exchange, name: string): readonly string[] =>
  request.headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);

const field = (exchange: Exchange, name: string): Located => ({
  value: fields(exchange, name)[0],
  where: `${exchange.where}, header ${name}`,
});

/** White space alone says as little as no octets at all, and is told by a rule of its own. */
const carriesEnvelope = ({ request }: Exchange): boolean => request.envelope !== undefined;

/** A response to a request of ours, or a fault; what the phone asks on its own is neither. */
const answersUs = ({ request }: Exchange): boolean => /^Fault$|Response$/.test(request.envelope?.method ?? "");

/** Requests whose method is read from the body: an envelope that cannot be read tells nothing about its SOAPAction. */
const asksOnItsOwn = (exchange: Exchange): boolean => (exchange.request.envelope?.method ?? "") !== "" && !answersUs(exchange);

const encodingOf = (body: Buffer): string => {
  if (body[0] === 0xfe || body[0] === 0xff) return "utf-16";
  return (
    /^(?:\xEF\xBB\xBF)?<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/
      .exec(body.subarray(0, 200).toString("latin1"))?.[1]
      ?.toLowerCase() ?? "utf-8"
  );
};

export const httpRules: readonly AnyCase<CwmpBench>[] = [
  passiveRule({
    id: "cwmp.http.version",
    title: "speaks HTTP/1.1",
    requirement: "TR-069:3.4#http-1.1",
    references: ["TRN-001"],
    *judge(exchange) {
      yield same(this.requirement, { value: exchange.request.version, where: exchange.where }, "1.1");
    },
  }),
  passiveRule({
    id: "cwmp.http.host",
    title: "names the host once in every request",
    requirement: "HTTP:9112-3.2#host",
    references: ["TRN-001"],
    *judge(exchange) {
      const hosts = fields(exchange, "host");
      yield holds(this.requirement, hosts.length === 1 && hosts[0] !== "", {
        expected: "one Host field",
        actual: hosts.length === 0 ? "none" : hosts.join(" and "),
        where: exchange.where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.http.post",
    title: "uses POST for all that it sends to the ACS",
    requirement: "TR-069:3.4.1#post",
    *judge(exchange) {
      yield same(this.requirement, { value: exchange.request.method, where: exchange.where }, "POST");
    },
  }),
  passiveRule({
    id: "cwmp.http.content-type",
    title: "labels envelopes text/xml",
    requirement: "TR-069:3.4.1#content-type",
    references: ["TRN-003"],
    *judge(exchange) {
      if (carriesEnvelope(exchange))
        yield matches(
          this.requirement,
          field(exchange, "content-type"),
          /^\s*text\/xml\s*(;|$)/i,
          "text/xml, with or without a charset",
        );
    },
  }),
  passiveRule({
    id: "cwmp.http.charset",
    title: "encodes envelopes in the charset that it names",
    requirement: "TR-069:3.4.1#charset",
    references: ["TRN-003"],
    *judge(exchange) {
      if (!carriesEnvelope(exchange)) return;
      const { value = "", where } = field(exchange, "content-type");
      const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(value)?.[1]?.toLowerCase();
      const encoding = encodingOf(exchange.request.body);
      const fits = charset === undefined || charset === encoding || (charset === "us-ascii" && encoding === "utf-8");
      yield holds(this.requirement, fits, {
        expected: `no charset, or that of the envelope, ${encoding}`,
        actual: charset ?? "no charset",
        where,
      });
    },
  }),
  passiveRule({
    id: "cwmp.http.soap-action-on-answers",
    title: "sends an empty SOAPAction with responses and faults",
    requirement: "TR-069:3.4.1#soap-action-empty",
    references: ["TRN-004"],
    *judge(exchange) {
      if (answersUs(exchange)) yield same(this.requirement, field(exchange, "soapaction"), "");
    },
  }),
  passiveRule({
    id: "cwmp.http.soap-action-on-requests",
    title: "sends a SOAPAction with its own requests",
    requirement: "SOAP-1.1:6.1.1#soap-action",
    references: ["TRN-005"],
    *judge(exchange) {
      if (asksOnItsOwn(exchange))
        yield present(this.requirement, field(exchange, "soapaction"), "a SOAPAction field, with any value");
    },
  }),
  passiveRule({
    id: "cwmp.http.empty-post-soap-action",
    title: "sends no SOAPAction with an empty POST",
    requirement: "TR-069:3.4.1#empty-post-soap-action",
    references: ["TRN-006"],
    *judge(exchange) {
      if (!carriesEnvelope(exchange)) yield absent(this.requirement, field(exchange, "soapaction"), "no SOAPAction field");
    },
  }),
  passiveRule({
    id: "cwmp.http.empty-post-content-type",
    title: "sends no Content-Type with an empty POST",
    requirement: "TR-069:3.4.1#empty-post-content-type",
    references: ["TRN-007"],
    *judge(exchange) {
      if (!carriesEnvelope(exchange)) yield absent(this.requirement, field(exchange, "content-type"), "no Content-Type field");
    },
  }),
  passiveRule({
    id: "cwmp.http.empty-post-length",
    title: "sends zero octets when it has nothing to say",
    requirement: "TR-069:3.4.6#empty-post-length",
    references: ["TRN-008"],
    *judge(exchange) {
      const text = exchange.request.body.toString("latin1");
      yield holds(this.requirement, text === "" || text.trim() !== "", {
        expected: "a body of zero octets, or an envelope",
        actual: text === "" ? "zero octets" : text.trim() === "" ? `${text.length} octets of white space` : "an envelope",
        where: exchange.where,
      });
    },
  }),
];
