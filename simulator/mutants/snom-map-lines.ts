import type { Mutant } from "./mutant.ts";

/** Phones that read the lines of a map otherwise than they are meant. */
export const snomMapLinesMutants: readonly Mutant[] = [
  {
    id: "map-line-comment-read",
    phone: "A phone that reads a line behind a # when no blank stands between.",
    breaks: "SNOM-TR-069:Comments#ignored",
    caught: { "snom.map-lines.comments": ["SNOM-TR-069:Comments#ignored"] },
    change: () => ({ model: { fileText: (text) => text.replace(/^#(?=[A-Za-z]+:Device\.\S+=)/gm, "") } }),
  },
  {
    id: "map-line-comment-cut-off",
    phone: "A phone that takes what stands behind a blank and # for a comment.",
    breaks: "SNOM-TR-069:Comments#whole-lines-only",
    caught: { "snom.map-lines.comment-after-value": ["SNOM-TR-069:Comments#whole-lines-only"] },
    change: ({ model }) => ({ model: { lineValue: (line) => model.lineValue(line).replace(/(?:^| )# .*$/, "") } }),
  },
  {
    id: "map-line-buffer",
    phone: "A phone that reads comments in pieces of 1023 characters, and each piece as a line.",
    breaks: "PARAM-MAP:lines#long-comment",
    caught: { "snom.map-lines.long-comment": ["PARAM-MAP:lines#long-comment"] },
    change: () => ({
      model: { fileText: (text) => text.replace(/^#.{1023,}$/gm, (comment) => comment.replace(/.{1023}/g, "$&\n")) },
    }),
  },
  {
    id: "map-line-ends-at-blanks",
    phone: "A phone that stops reading a map at a line with nothing but blanks.",
    breaks: "PARAM-MAP:lines#blank",
    caught: { "snom.map-lines.blank": ["PARAM-MAP:lines#blank"] },
    change: () => ({ model: { fileText: (text) => `${text.split(/\n[ \t]+\r?\n/, 1)[0]}\n` } }),
  },
  {
    id: "map-line-carriage-return",
    phone: "A phone that keeps the carriage return of CRLF as a part of the value in objects of the vendor's own.",
    breaks: "PARAM-MAP:lines#crlf",
    caught: {
      "snom.map-lines.crlf": ["PARAM-MAP:lines#crlf"],
      "snom.map-lines.mixed-ends": ["PARAM-MAP:lines#mixed-ends"],
    },
    change: ({ model }) => ({
      model: {
        lineValue: (line) => model.lineValue(line) + (line.end === "\r\n" && /^Device\.X_\w+\./.test(line.name) ? "\r" : ""),
      },
    }),
  },
  {
    id: "map-line-mixed-ends",
    phone: "A phone that reads no line of its vendor's objects that ends with CRLF when the first one ends with LF.",
    breaks: "PARAM-MAP:lines#mixed-ends",
    caught: { "snom.map-lines.mixed-ends": ["PARAM-MAP:lines#mixed-ends"] },
    change: () => ({
      model: { fileText: (text) => (/^[^\n]*\r\n/.test(text) ? text : text.replace(/^\w+:Device\.X_\w+\.[^\n]*\r\n/gm, "")) },
    }),
  },
  {
    id: "map-line-byte-order-mark",
    phone: "A phone that loses the first line of a map to a byte order mark.",
    breaks: "PARAM-MAP:lines#byte-order-mark",
    caught: { "snom.map-lines.byte-order-mark": ["PARAM-MAP:lines#byte-order-mark"] },
    change: () => ({ model: { fileText: (text) => text.replace(/^\uFEFF[^\n]*\n/, "") } }),
  },
  {
    id: "map-line-last-lost",
    phone: "A phone that reads no line that nothing ends.",
    breaks: "SNOM-TR-069:General-syntax#last-line",
    caught: { "snom.map-lines.last-line": ["SNOM-TR-069:General-syntax#last-line"] },
    change: () => ({ model: { fileText: (text) => text.replace(/[^\n]+$/, "") } }),
  },
  {
    id: "map-line-first-counts",
    phone: "A phone that goes by the first of several lines with one name.",
    breaks: "PARAM-MAP:lines#last-counts",
    caught: { "snom.map-lines.duplicate": ["PARAM-MAP:lines#last-counts"] },
    change: () => ({ model: { lineThatCounts: (lines) => lines[0] } }),
  },
  {
    id: "map-line-one-digit",
    phone:
      "A phone that reads no lines of the vendor's objects whose instance number has more than two digits, but for tables in rows.",
    breaks: "PARAM-MAP:lines#instance-gaps",
    caught: { "snom.map-lines.instance-gaps": ["PARAM-MAP:lines#instance-gaps"] },
    change: () => ({ model: { fileText: (text) => text.replace(/^\w+:Device\.X_\w+\.Line\.\d{3,}\..*\n/gm, "") } }),
  },
  {
    id: "map-line-hyphen",
    phone: "A phone that reads no line with a hyphen in its name.",
    breaks: "PARAM-MAP:lines#name-characters",
    caught: { "snom.map-lines.name-characters": ["PARAM-MAP:lines#name-characters"] },
    change: () => ({ model: { fileText: (text) => text.replace(/^\w+:[\w.]*-[\w.-]*[!&$*]?=.*\n/gm, "") } }),
  },
  {
    id: "map-line-any-case",
    phone: "A phone that passes over a line whose name stood there before in other upper and lower case.",
    breaks: "PARAM-MAP:lines#case",
    caught: { "snom.map-lines.case": ["PARAM-MAP:lines#case"] },
    change: () => ({
      model: {
        fileText(text) {
          const spelt = new Map<string, string>();
          const isFirst = (line: string): boolean => {
            const name = /^\w+:([\w.-]+)/.exec(line)?.[1] ?? line;
            if (!spelt.has(name.toLowerCase())) spelt.set(name.toLowerCase(), name);
            return spelt.get(name.toLowerCase()) === name;
          };
          return text.split("\n").filter(isFirst).join("\n");
        },
      },
    }),
  },
  {
    id: "map-line-object-once",
    phone: "A phone that reads lines of the vendor's smaller objects only as long as they stand together.",
    breaks: "SNOM-TR-069:Parameter-types#objects",
    caught: { "snom.map-lines.apart": ["SNOM-TR-069:Parameter-types#objects"] },
    change: () => ({
      model: {
        fileText(text) {
          const left = new Set<string>();
          let current = "";
          const stands = (line: string): boolean => {
            const holder = /^\w+:(Device\.X_\w+\.[A-Z]\w*\.)\w+[!&$*]?=/.exec(line)?.[1] ?? "";
            if (holder !== current) left.add(current);
            current = holder;
            return holder === "" || !left.has(holder);
          };
          return text.split("\n").filter(stands).join("\n");
        },
      },
    }),
  },
  {
    id: "map-line-parts-are-tables",
    phone: "A phone that says of instances in its vendor's objects that they can be deleted.",
    breaks: "PARAM-MAP:lines#objects-fixed",
    caught: { "snom.map-lines.objects-fixed": ["PARAM-MAP:lines#objects-fixed"] },
    change: ({ rpc }) => ({
      rpc: {
        listedWritable: (node, attributes) =>
          (node.kind === "object" && /^Device\.X_\w+\.Line\.\d+\.$/.test(node.name)) || rpc.listedWritable(node, attributes),
      },
    }),
  },
  {
    id: "map-line-64-kilobytes",
    phone: "A phone that reads 64 kilobytes of a map, and passes over the rest.",
    breaks: "PARAM-MAP:lines#many",
    caught: { "snom.map-lines.many": ["PARAM-MAP:lines#many"] },
    change: () => ({ model: { fileText: (text) => text.slice(0, 65_536) } }),
  },
];
