import type { RanCase } from "../run/result.ts";
import type { Trace } from "../trace/recording.ts";
import { happenings, type Step } from "./happenings.ts";
import type { Message } from "./message.ts";
import type { Redactor } from "./redact.ts";
import { prettyXml, visible } from "./xml-text.ts";

/** Characters of one body that are shown; of a case that passed a person wants the course, and the capture has the rest. */
const SHOWN = { pass: 4 * 1024, other: 64 * 1024 };

/** Characters from which on a text is shown once, and referred to afterwards. */
const REPEATED = 1024;

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
  const showing = { startedAt, most: ran.verdict === "pass" ? SHOWN.pass : SHOWN.other, redactor, seen: new Map() };
  const told = happenings(trace).map((one) => (one.kind === "step" ? step(one, startedAt) : message(one, showing)));
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
    ...told,
    told.length === 0 ? "Nothing went over the wire during this case." : "",
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
  /** Long texts that were shown already, and where. */
  readonly seen: Map<string, string>;
}

const step = ({ at, text }: Step, startedAt: number): string => rule(`${Math.round(at - startedAt)} ms  ${visible(text)}`, "═");

function message(one: Message, showing: Showing): string {
  const direction = one.from === "phone" ? `phone → ${one.role}` : `${one.role} → phone`;
  const time = `${Math.round(one.at - showing.startedAt)} ms`;
  const body = bodyText(one, showing);
  return [rule(`${time}  ${direction}  ${cut(one.label, 80)}  (${cut(one.where, 60)})`), visible(one.head), body]
    .filter((part) => part !== "")
    .join("\n\n")
    .replace("\n\n", "\n");
}

function bodyText({ body, omitted, where }: Message, { most, redactor, seen }: Showing): string {
  if (body.length === 0) return "";
  // Redacted before it is cut: half a secret would not be found any more.
  const text = redactor.text(body.toString("utf8"));
  const before = seen.get(text);
  if (before !== undefined) return `… the same ${text.length} characters as in ${before}`;
  if (text.length >= REPEATED) seen.set(text, where);
  const isXml = /^\s*(?:\ufeff)?\s*</.test(text);
  const after = omitted > 0 ? `\n… ${omitted} more, not shown` : "";
  if (text.length <= most) return visible(isXml ? prettyXml(text) : text) + after;
  if (isXml) return `${visible(prettyXml(text.slice(0, most)))}\n… ${text.length - most + omitted} more, not shown`;
  // What a case adds to a long file mostly stands at its end.
  const [begin, end] = [text.slice(0, most / 2), text.slice(-most / 2)];
  return `${visible(begin)}\n… ${text.length - most} characters are left out here …\n${visible(end)}${after}`;
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

const rule = (text: string, line = "─"): string => `${line}${line} ${text} ${line.repeat(Math.max(3, 116 - text.length))}`;
