import type { StunMessage } from "../wire/stun.ts";
import { ATTRIBUTES } from "../wire/stun-names.ts";
import { problemLines, type Shown } from "./datagram-text.ts";

/** A STUN message, an attribute each line. */
export function stunLines({ name, type, transactionId, attributes, problems }: StunMessage): Shown {
  const known = name === "unknown" ? `STUN message of type ${type ?? "none"}` : name;
  const lines = attributes.map(({ type: code, name: of, value }) => {
    // Who reads a report does not have to know it.
    const text = of === "PASSWORD" ? "(not shown)" : (ATTRIBUTES.get(code)?.text(value) ?? value.toString("hex"));
    return `${of}: ${text}`;
  });
  const isError = name.endsWith("ErrorResponse");
  return {
    role: "STUN server",
    label: isError ? `${known} ${errorOf(attributes)}`.trim() : known,
    lines: [`transaction ${transactionId}`, ...lines, ...problemLines(problems)],
    mood: isError ? "fault" : problems.length > 0 ? "refused" : "ordinary",
  };
}

function errorOf(attributes: StunMessage["attributes"]): string {
  const found = attributes.find(({ name }) => name === "ERROR-CODE");
  return found === undefined ? "" : (ATTRIBUTES.get(found.type)?.text(found.value) ?? "");
}
