import type { RanCase } from "../run/result.ts";
import type { Trace } from "../trace/recording.ts";
import { type Happening, happenings } from "./happenings.ts";
import type { Redactor } from "./redact.ts";
import { prettyXml, visible } from "./xml-text.ts";

/** Characters of one body that are shown. */
const SHOWN = 64 * 1024;

/** Said above the findings, because the bodies above are laid out anew. */
const PLACES = "Lines and columns count in the message as it was sent; capture.pcapng holds it octet for octet.";

/** What a case has seen and found, for a person to read: every message with its direction and its time since the case began. */
export function transcript(ran: RanCase, trace: Trace, startedAt: number, redactor: Redactor): string {
  const head = [
    `${ran.id}`,
    `The phone ${ran.title}`,
    `${ran.verdict}${ran.reason === undefined ? "" : `: ${ran.reason}`}`,
    `Began ${new Date(startedAt).toISOString()} (clock of the run), lasted ${Math.round(ran.clockMs)} ms.`,
  ];
  const messages = happenings(trace).map((one) => message(one, startedAt, redactor));
  const findings = ran.findings.map(({ ok, requirement, keyword, expected, actual, where }) =>
    [
      `${ok ? "good" : "BAD "}  ${requirement}  ${keyword}`,
      `      expected  ${expected}`,
      `      actual    ${actual}`,
      `      where     ${where}`,
    ].join("\n"),
  );
  const sections = [
    head.join("\n"),
    ...messages,
    messages.length === 0 ? "Nothing went over the wire during this case." : "",
    findings.length > 0 ? [rule("Findings"), PLACES, ...findings].join("\n\n") : "",
    ran.notes.length > 0 ? [rule("Notes"), ...ran.notes].join("\n\n") : "",
  ];
  return `${redactor.text(sections.filter((section) => section !== "").join("\n\n"))}\n`;
}

function message(one: Happening, startedAt: number, redactor: Redactor): string {
  const direction = one.from === "phone" ? `phone → ${one.role}` : `${one.role} → phone`;
  const time = `${Math.round(one.at - startedAt)} ms`;
  const body = bodyText(one, redactor);
  return [rule(`${time}  ${direction}  ${one.label}  (${one.where})`), visible(one.head), body]
    .filter((part) => part !== "")
    .join("\n\n")
    .replace("\n\n", "\n");
}

function bodyText({ body, omitted }: Happening, redactor: Redactor): string {
  if (body.length === 0) return "";
  // Redacted before it is cut: half a secret would not be found any more.
  const text = redactor.text(body.toString("utf8"));
  const shown = /^\s*(?:\ufeff)?\s*</.test(text) ? prettyXml(text.slice(0, SHOWN)) : text.slice(0, SHOWN);
  const rest = Math.max(0, text.length - SHOWN) + omitted;
  return visible(shown) + (rest > 0 ? `\n… ${rest} more, not shown` : "");
}

const rule = (text: string): string => `── ${text} ${"─".repeat(Math.max(3, 116 - text.length))}`;
