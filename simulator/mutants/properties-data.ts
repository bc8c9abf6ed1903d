import type { MapLine } from "../../schema/param-map.ts";
import type { Mutant } from "./mutant.ts";

/** Phones that are right for all that somebody would think of writing down, and wrong for some value, path or order of many. */
export const propertiesDataMutants: readonly Mutant[] = [
  {
    id: "prop-last-of-deep-level-left-out",
    phone: "A phone that leaves out the last of what is on the next level of an object that lies deep.",
    breaks: "TR-069:A.3.2.3#levels-agree",
    caught: {
      "cwmp.get-parameter-names.level-by-level": ["TR-069:A.3.2.3#levels-agree"],
      "properties.reading.any-path": ["TR-069:A.3.2.3#levels-agree"],
    },
    change: ({ rpc }) => ({
      rpc: {
        nextLevel: (object) => {
          const next = rpc.nextLevel(object);
          return object.name.split(".").length > 9 ? next.slice(0, -1) : next;
        },
      },
    }),
  },
  {
    id: "prop-forty-values-of-a-path",
    phone: "A phone that gives no more than forty values of a partial path.",
    breaks: "TR-069:A.3.2.2#partial-path",
    caught: { "properties.reading.any-path": ["TR-069:A.3.2.2#partial-path"] },
    change: ({ rpc }) => ({
      rpc: {
        meantBy: (method, path, below) => {
          const meant = rpc.meantBy(method, path, below);
          return method === "GetParameterValues" && path !== "" ? meant.slice(0, 40) : meant;
        },
      },
    }),
  },
  {
    id: "prop-asked-twice-left-out",
    phone: "A phone that leaves out a parameter that is asked for again after others.",
    breaks: "TR-069:A.3.2.2#all-requested",
    caught: { "properties.reading.any-grouping": ["TR-069:A.3.2.2#all-requested"] },
    change: ({ rpc }) => ({
      rpc: {
        answered: (found, asked) => {
          const again = asked.filter((name, index) => asked.lastIndexOf(name) > index + 1);
          return rpc.answered(found, asked).filter((one) => !again.includes(nameOf(one)));
        },
      },
    }),
  },
  {
    id: "prop-empty-list-beside-notification",
    phone: "A phone that leaves an AccessList as it is when the same entry sets the Notification and makes the list empty.",
    breaks: "TR-069:A.3.2.4#last-word",
    caught: { "properties.attributes.last-word": ["TR-069:A.3.2.4#last-word"] },
    change: ({ rpc }) => ({
      rpc: {
        accessListAfter: (before, change, parameter) =>
          change.notification !== undefined && change.accessList?.length === 0
            ? before.accessList
            : rpc.accessListAfter(before, change, parameter),
      },
    }),
  },
  {
    id: "prop-active-for-nobody-is-writable",
    phone: "A phone that calls a parameter writable that notifies actively and that nobody but the ACS may write.",
    breaks: "TR-069:A.3.2.4#read-only-stays",
    caught: { "properties.attributes.last-word": ["TR-069:A.3.2.4#read-only-stays"] },
    change: ({ rpc }) => ({
      rpc: {
        listedWritable: (node, attributes) =>
          rpc.listedWritable(node, attributes) || (attributes?.notification === 2 && attributes.accessList.length === 0),
      },
    }),
  },
  {
    id: "prop-entities-decoded-twice",
    phone: "A phone that decodes &lt; in a written string once more after the XML was read.",
    breaks: "TR-069:A.3.2.1#set",
    caught: { "properties.values.any-value": ["TR-069:A.3.2.1#set", "SNOM-TR-069:Values#map-in-step"] },
    change: ({ model }) => ({ model: { storedString: (text) => model.storedString(text.replaceAll("&lt;", "<")) } }),
  },
  {
    id: "prop-backslash-in-line",
    phone: "A phone that writes a backslash in a value twice into its param_map.",
    breaks: "SNOM-TR-069:Values#map-in-step",
    caught: { "properties.values.any-value": ["SNOM-TR-069:Values#map-in-step"] },
    change: ({ model }) => ({
      model: { lineWith: (line, value) => model.lineWith(line, value.replaceAll("\\", "\\\\")) },
    }),
  },
  {
    id: "prop-backslash-in-setting",
    phone: "A phone that leaves backslashes out of a value that is saved at its web interface.",
    breaks: "SNOM-TR-069:Values#one-setting",
    caught: { "properties.values.any-setting": ["SNOM-TR-069:Values#one-setting"] },
    change: ({ web }) => ({ web: { savedValue: (name, value) => web.savedValue(name, value.replaceAll("\\", "")) } }),
  },
  {
    id: "prop-three-changes-remembered",
    phone: "A phone that remembers no more than three changed parameters until it can tell of them.",
    breaks: "TR-069:A.3.2.4#due",
    caught: { "properties.notification.any-changes": ["TR-069:A.3.2.4#due"] },
    change: ({ model }) => ({ model: { changesWith: (changes, change) => model.changesWith(changes, change).slice(-3) } }),
  },
  {
    id: "prop-comment-said-once",
    phone: "A phone that leaves a comment out of its param_map that says the same as the line above it.",
    breaks: "PARAM-MAP:file#shown-as-loaded",
    caught: { "properties.map.any-lines": ["PARAM-MAP:file#shown-as-loaded"] },
    change: ({ model }) => ({
      model: { loadedMap: (text, before) => model.loadedMap(text, before).replace(/^(#.*\r?\n)\1/gm, "$1") },
    }),
  },
  {
    id: "prop-line-goes-on",
    phone: "A phone that takes a line without an equals sign for the rest of the value above it.",
    breaks: "PARAM-MAP:file#broken-file",
    caught: {
      "properties.map.any-damage": ["PARAM-MAP:file#broken-file"],
      "snom.map-broken.modifier": ["PARAM-MAP:broken#whole-or-not"],
      "snom.map-broken.nothing-lost": ["PARAM-MAP:broken#nothing-lost"],
      "snom.map-download.broken": ["PARAM-MAP:broken#whole-or-not"],
    },
    change: ({ model }) => ({
      model: {
        goodLines(lines) {
          const isRest = ({ kind, text }: MapLine): boolean => kind === "broken" && !text.includes("=");
          if (lines.some((line) => line.kind === "broken" && !isRest(line))) return model.goodLines(lines);
          return lines.flatMap((line, at) => {
            const rest = lines[at + 1];
            const goesOn = line.kind === "parameter" && rest !== undefined && isRest(rest);
            return isRest(line) ? [] : [goesOn ? { ...line, value: line.value + rest.text } : line];
          });
        },
      },
    }),
  },
  {
    id: "prop-backslash-escapes",
    phone: "A phone that takes a backslash in the value of a map line for an escape.",
    breaks: "SNOM-TR-069:Values#every-line",
    caught: { "properties.map.any-lines": ["SNOM-TR-069:Values#every-line"] },
    change: ({ model }) => ({ model: { lineValue: (line) => model.lineValue(line).replace(/\\(.)/g, "$1") } }),
  },
];

/** Name of what a request has found. */
const nameOf = (found: unknown): string =>
  typeof found === "object" && found !== null && "name" in found ? String(found.name) : "";
