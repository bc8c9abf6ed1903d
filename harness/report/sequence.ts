import type { RanCase } from "../run/result.ts";
import type { Trace } from "../trace/recording.ts";
import { happenings, type Step } from "./happenings.ts";
import type { Message } from "./message.ts";
import type { Redactor } from "./redact.ts";
import { visible, xmlText } from "./xml-text.ts";

const WIDTH = 760;
const PHONE = 190;
const HARNESS = 570;
/** Where the time of a step ends. */
const TIME = 96;
const ROW = 34;
const TOP = 96;
/** Messages shown; a longer case shows its beginning and its end. */
const MOST = 120;

const color = {
  ink: "#1f2933",
  soft: "#5f6b76",
  line: "#b8c0c8",
  paper: "#fbfbf9",
  bad: "#b3261e",
  fault: "#9a5b00",
  step: "#e4e9ee",
};

/**
 * A sequence diagram of a case as one SVG, drawn on its own paper so that it reads the same in a light and in a dark report.
 * Messages that a bad finding points at are red.
 */
export function sequenceDiagram(ran: RanCase, trace: Trace, startedAt: number, redactor: Redactor): string {
  const all = happenings(trace);
  const shown = all.length <= MOST ? all : [...all.slice(0, MOST / 2), ...all.slice(-MOST / 2)];
  const gap = all.length - shown.length;
  const badPlaces = ran.findings.filter(({ ok }) => !ok).map(({ where }) => where);
  const rows = shown.map((one, index) => {
    const y = TOP + ROW * (index + (gap > 0 && index >= MOST / 2 ? 2 : 1));
    if (one.kind === "step") return step(one, y, startedAt, redactor);
    return arrow(
      one,
      y,
      startedAt,
      redactor,
      badPlaces.some((place) => isAt(place, one)),
    );
  });
  if (gap > 0) rows.splice(MOST / 2, 0, text(WIDTH / 2, TOP + ROW * (MOST / 2 + 1), `… ${gap} more …`, { fill: color.soft }));
  const bottom = TOP + ROW * (shown.length + (gap > 0 ? 1 : 0)) + 28;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${bottom + 20}" viewBox="0 0 ${WIDTH} ${bottom + 20}" ` +
      `role="img" font-family="ui-sans-serif, system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" font-size="13">`,
    `<title>${xmlText(`Messages of ${ran.id}`)}</title>`,
    `<rect width="100%" height="100%" rx="6" fill="${color.paper}"/>`,
    text(24, 30, cut(ran.id, 90), { fill: color.ink, anchor: "start", weight: 600 }),
    text(24, 50, cut(`The phone ${ran.title}`, 100), { fill: color.soft, anchor: "start" }),
    lane(PHONE, "phone", bottom),
    lane(HARNESS, "CPE Assay", bottom),
    ...rows,
    shown.length === 0 ? text(WIDTH / 2, TOP + 30, "no messages", { fill: color.soft }) : "",
    "</svg>",
    "",
  ].join("\n");
}

/** What the case said, across the whole diagram. */
function step({ at, text: said }: Step, y: number, startedAt: number, redactor: Redactor): string {
  return (
    `<rect x="24" y="${y - 21}" width="${WIDTH - 48}" height="26" rx="4" fill="${color.step}"/>` +
    text(TIME, y - 4, `${Math.round(at - startedAt)} ms`, { fill: color.soft, anchor: "end", size: 11.5 }) +
    text(TIME + 12, y - 4, cut(visible(redactor.text(said)), 80), { fill: color.ink, anchor: "start", weight: 600 })
  );
}

function arrow(one: Message, y: number, startedAt: number, redactor: Redactor, bad: boolean): string {
  const right = one.from === "phone";
  const [start, end] = right ? [PHONE, HARNESS] : [HARNESS, PHONE];
  const stroke = bad ? color.bad : one.mood === "ordinary" ? color.ink : color.fault;
  const tip = right ? -1 : 1;
  const label = cut(visible(redactor.text(one.role === "ACS" ? one.label : `${one.label} (${one.role})`)), 52);
  return [
    `<line x1="${start}" y1="${y}" x2="${end}" y2="${y}" stroke="${stroke}" stroke-width="1.4"${right ? "" : ' stroke-dasharray="6 3"'}/>`,
    `<path d="M${end} ${y} l${tip * 9} -4.5 v9 z" fill="${stroke}"/>`,
    text((PHONE + HARNESS) / 2, y - 7, label, { fill: stroke, weight: bad ? 600 : 400 }),
    text(PHONE - 20, y + 4, `${Math.round(one.at - startedAt)} ms`, { fill: color.soft, anchor: "end", size: 11.5 }),
    text(HARNESS + 20, y + 4, cut(shortPlace(one.where), 24), { fill: color.soft, anchor: "start", size: 11.5 }),
  ].join("");
}

function lane(x: number, name: string, bottom: number): string {
  return (
    `<line x1="${x}" y1="${TOP}" x2="${x}" y2="${bottom}" stroke="${color.line}"/>` +
    `<rect x="${x - 55}" y="${TOP - 28}" width="110" height="26" rx="4" fill="#ffffff" stroke="${color.line}"/>` +
    text(x, TOP - 10, name, { fill: color.ink, weight: 600 })
  );
}

interface TextStyle {
  readonly fill: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: number;
  readonly size?: number;
}

function text(x: number, y: number, content: string, { fill, anchor = "middle", weight = 400, size = 13 }: TextStyle): string {
  const font = `${weight === 400 ? "" : ` font-weight="${weight}"`}${size === 13 ? "" : ` font-size="${size}"`}`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}"${font}>${xmlText(content)}</text>`;
}

/** Whether a finding's place lies in this message; answers share the name of what they answer and are not meant. */
function isAt(place: string, one: Message): boolean {
  if (one.from === "harness" || !place.startsWith(one.where)) return false;
  return !/\w/.test(place.charAt(one.where.length));
}

/** `POST #12 (Inform), session 3` is shown as `#12, session 3`: the label already says the rest. */
const shortPlace = (where: string): string => where.replace(/^[\w ]*(#\d+)(?: \(.*?\))?/, "$1");

const cut = (content: string, most: number): string => (content.length <= most ? content : `${content.slice(0, most - 1)}…`);
