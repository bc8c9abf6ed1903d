import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, matches, present } from "../../harness/core/finding.ts";
import { uspRule } from "./support/passive.ts";
import { pathsIn } from "./support/paths.ts";

const SCHEME = "TR-369:R-ARC.2a";
const CHARACTERS = "TR-369:R-ARC.5";
const LENGTH = "TR-369:R-ARC.6";
const SYNTAX = "TR-369:R-ARC.7";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

/** Characters that need no percent sign (TR-369 "Use of instance-id"). */
const PLAIN = "[A-Za-z0-9._-]";
const OUI = "(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{7}|[0-9A-Fa-f]{9})";

/** What each authority scheme asks of authority-id and instance-id (the table of R-ARC.2a). */
const SCHEMES: Readonly<Record<string, RegExp>> = {
  oui: new RegExp(`^oui:${OUI}:.+$`),
  cid: /^cid:[0-9A-Fa-f]{6}:.+$/,
  pen: /^pen:\d+:.+$/,
  self: new RegExp(`^self:${PLAIN}{0,6}:.+$`),
  user: new RegExp(`^user:${PLAIN}{0,6}:.+$`),
  os: new RegExp(`^os::${OUI}-.+$`),
  ops: new RegExp(`^ops::${OUI}-.+-.+$`),
  uuid: /^uuid::[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  imei: /^imei::\d{14,16}$/,
  proto: /^proto:[A-Za-z0-9_-]{0,6}:.+$/,
  doc: new RegExp(`^doc:${PLAIN}{0,6}:.+$`),
  fqdn: /^fqdn::[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/,
};

/** That an Endpoint ID has one of the schemes, and what that asks for. */
function ofScheme(seen: Located): Finding {
  const scheme = /^([a-z]+):/.exec(seen.value ?? "")?.[1] ?? "";
  const form = SCHEMES[scheme];
  if (form !== undefined) return matches(SCHEME, seen, form, `an Endpoint ID as the scheme ${scheme} has them`);
  return holds(SCHEME, false, {
    expected: `one of the schemes ${Object.keys(SCHEMES).join(", ")}`,
    actual: seen.value,
    where: seen.where,
  });
}

/** Endpoint IDs and paths: how an agent calls itself, and what it has. */
export const nameCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.endpoint-id.form",
    title: "has an Endpoint ID of a known scheme, in the permitted characters and length",
    proves: [SCHEME, CHARACTERS, LENGTH],
    references: ["TP-469 U1"],
    async drive({ controller }) {
      return { reply: await controller.get([ENDPOINT_ID]) };
    },
    *judge({ reply }) {
      const none = { value: undefined, where: reply.summary.where };
      const shown = parametersIn(reply).get(ENDPOINT_ID) ?? none;
      const { value, where } = shown;
      yield ofScheme(shown);
      const instance = { value: value?.split(":").slice(2).join(":"), where };
      yield matches(CHARACTERS, instance, /^(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+$/, "letters, digits, - . _ and percent codes");
      yield present(LENGTH, instance, "an instance-id");
      if (instance.value !== undefined)
        yield holds(LENGTH, instance.value.length <= 50, {
          expected: "at most 50 characters of instance-id",
          actual: instance.value.length,
          where,
        });
    },
  }),
  uspRule({
    id: "usp.message.path-syntax",
    title: "writes the paths of what it has by their grammar",
    requirement: SYNTAX,
    references: ["TP-469 U3"],
    *judge({ records }): Iterable<Finding> {
      for (const { from, record } of records)
        if (from === "agent" && record.message !== undefined)
          for (const { seen, form, says } of pathsIn(record.message)) yield matches(SYNTAX, seen, form, says);
    },
  }),
];
