import type { RanCase } from "../run/result.ts";
import type { Trace } from "../trace/recording.ts";
import { type Happening, happenings } from "./happenings.ts";
import type { Redactor } from "./redact.ts";
import { prettyXml, visible } from "./xml-text.ts";

/** Characters of one body that are shown; of a case that passed a person wants the course, and the capture has the rest. */
const SHOWN = { pass: 4 * 1024, other: 64 * 1024 };

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
  const messages = happenings(trace).map((one) =>
    message(one, { startedAt, most: ran.verdict === "pass" ? SHOWN.pass : SHOWN.other, redactor }),
  );
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

interface Showing {
  readonly startedAt: number;
  /** Characters of one body. */
  readonly most: number;
  readonly redactor: Redactor;
}

function message(one: Happening, showing: Showing): string {
  const direction = one.from === "phone" ? `phone → ${one.role}` : `${one.role} → phone`;
  const time = `${Math.round(one.at - showing.startedAt)} ms`;
  const body = bodyText(one, showing);
  return [rule(`${time}  ${direction}  ${one.label}  (${one.where})`), visible(one.head), body]
    .filter((part) => part !== "")
    .join("\n\n")
    .replace("\n\n", "\n");
}

function bodyText({ body, omitted }: Happening, { most, redactor }: Showing): string {
  if (body.length === 0) return "";
  // Redacted before it is cut: half a secret would not be found any more.
  const text = redactor.text(body.toString("utf8"));
  const shown = /^\s*(?:\ufeff)?\s*</.test(text) ? prettyXml(text.slice(0, most)) : text.slice(0, most);
  const rest = Math.max(0, text.length - most) + omitted;
  return visible(shown) + (rest > 0 ? `\n… ${rest} more, not shown` : "");
}

const rule = (text: string): string => `── ${text} ${"─".repeat(Math.max(3, 116 - text.length))}`;
