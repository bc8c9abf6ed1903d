import { type LineContent, type MapLine, readLine } from "../../schema/param-map.ts";
import type { Mutant } from "./mutant.ts";

/** A line read in another way, at its place. */
const as = ({ number, text, end }: MapLine, content: LineContent): MapLine => ({ ...content, number, text, end });

/** What else shows in the Informs of a phone without a single parameter. */
const NAMELESS = {
  "cwmp.inform.oui": ["TR-069:A.3.3.1#oui"],
  "cwmp.inform.device-id-fixed": ["TR-069:A.3.3.1#device-id-fixed"],
  "cwmp.inform.forced-parameters": ["TR-106:3.5#forced-inform"],
};

/** Phones that make something strange of a map in which something is no line. */
export const snomMapBrokenMutants: readonly Mutant[] = [
  {
    id: "map-broken-half",
    phone: "A phone that takes a map up to the line that is none, and shows all of it.",
    breaks: "PARAM-MAP:broken#whole-or-not",
    caught: {
      "snom.map-broken.type": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.modifier": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.name": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.double-modifier": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.object-line": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.indented-comment": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.carriage-return": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.other-root": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-download.broken": ["PARAM-MAP:broken#whole-or-not"],
      "snom.provisioning.param-map-broken": ["SNOM:param-map-provisioning#broken"],
    },
    change: () => ({
      model: {
        goodLines(lines) {
          const broken = lines.findIndex(({ kind }) => kind === "broken");
          return lines.slice(0, broken).some(({ kind }) => kind === "parameter") ? lines.slice(0, broken) : undefined;
        },
      },
    }),
  },
  {
    id: "map-broken-any-name",
    phone: "A phone that takes all between the colon and the modifier for a name.",
    breaks: "PARAM-MAP:broken#valid-names",
    caught: {
      "snom.map-broken.name": ["PARAM-MAP:broken#valid-names", "PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.double-modifier": ["PARAM-MAP:broken#valid-names"],
      "snom.map-broken.object-line": ["PARAM-MAP:broken#no-instance-zero"],
    },
    change: () => ({
      model: {
        goodLines(lines) {
          if (!lines.some(({ kind }) => kind === "parameter")) return undefined;
          return lines.map((line) => {
            const [, name, value] = (line.kind === "broken" && /^string:(Device\.[^:]+?)=([^\r]*)$/.exec(line.text)) || [];
            if (name === undefined || value === undefined) return line;
            return as(line, { kind: "parameter", type: "string", name, modifier: "=", value });
          });
        },
      },
    }),
  },
  {
    id: "map-broken-blank-comment",
    phone: "A phone that reads lines in comments behind blanks.",
    breaks: "PARAM-MAP:broken#indented-comment",
    caught: { "snom.map-broken.indented-comment": ["PARAM-MAP:broken#indented-comment"] },
    change: () => ({
      model: {
        goodLines: (lines) =>
          lines.some((line) => line.kind === "broken" && line.rule === "comment-not-at-start")
            ? lines.map((line) => as(line, readLine(line.text.replace(/^[ \t]+#/, ""))))
            : undefined,
      },
    }),
  },
  {
    id: "map-broken-other-root",
    phone: "A phone that answers for a gateway's root as for its own.",
    breaks: "PARAM-MAP:broken#other-root",
    caught: { "snom.map-broken.other-root": ["PARAM-MAP:broken#other-root"] },
    change: ({ model }) => ({
      model: {
        findObject: (objects, path) =>
          objects.get(path.replace(/^InternetGatewayDevice\./, "Device.")) ?? model.findObject(objects, path),
      },
    }),
  },
  {
    id: "map-broken-all-lost",
    phone: "A phone that forgets what was written to its map when it refuses another one.",
    breaks: "PARAM-MAP:broken#nothing-lost",
    caught: { "snom.map-broken.nothing-lost": ["PARAM-MAP:broken#nothing-lost"] },
    change: () => ({ model: { keptAtRefusal: () => ({}) } }),
  },
  {
    id: "map-broken-empty",
    phone: "A phone that takes a file without a parameter for its map, and has none then.",
    breaks: "PARAM-MAP:broken#no-map",
    caught: {
      "snom.map-broken.no-parameters": ["PARAM-MAP:broken#no-map"],
      "snom.map-download.empty": ["PARAM-MAP:download#old-map-kept", "PARAM-MAP:download#reported"],
      ...NAMELESS,
    },
    change: () => ({ model: { takesEmptyMap: () => true } }),
  },
  {
    id: "map-broken-web-page",
    phone: "A phone that takes a web page for a map in which no line is good.",
    breaks: "PARAM-MAP:broken#no-map",
    caught: {
      "snom.map-broken.web-page": ["PARAM-MAP:broken#no-map"],
      "snom.map-download.web-page": ["PARAM-MAP:download#old-map-kept", "PARAM-MAP:download#reported"],
      ...NAMELESS,
    },
    change: () => ({ model: { goodLines: (lines) => (/^<!DOCTYPE/.test(lines[0]?.text ?? "") ? [] : undefined) } }),
  },
];
