import { parseParamMap } from "../../schema/param-map.ts";
import { DEFAULT_SETTINGS } from "../data-model/default-settings.ts";
import type { Mutant } from "./mutant.ts";

const WEB = "SNOM-TR-069:Retrieving-and-uploading-the-parameter-mapping-via-the-Web-UI";
const FILE = "SNOM-TR-069:The-param_map-file";

/** The object that holds a parameter. */
const holderOf = (name: string): string => name.slice(0, name.lastIndexOf(".") + 1);

/** Phones that load a map otherwise than it is, or keep what another one replaces. */
export const snomMapLoadingMutants: readonly Mutant[] = [
  {
    id: "map-load-bare-comment",
    phone: "A phone that stops reading a map at a # with nothing behind it.",
    breaks: `${WEB}#in-force`,
    caught: {
      "snom.map-upload.shown": [`${WEB}#in-force`],
      "snom.map-upload.reboot": ["PARAM-MAP:loading#persistent"],
      "snom.map-lines.comments": ["SNOM-TR-069:Comments#ignored"],
    },
    change: () => ({ model: { fileText: (text) => text.replace(/^#\n[\s\S]*/m, "") } }),
  },
  {
    id: "map-load-unsupported-unshown",
    phone: "A phone that does not show the lines of its map that are not supported.",
    breaks: `${WEB}#shown`,
    caught: {
      "snom.map-upload.shown": [`${WEB}#shown`, "PARAM-MAP:loading#octets"],
      "snom.map-upload.reboot": ["PARAM-MAP:loading#octets"],
      "snom.map-unsupported.written": ["TR-069:A.3.2.1#unknown-name"],
      "snom.map-attributes.partial-path": ["SNOM-TR-069:Modifiers#set-below"],
      "snom.map-attributes.unsupported": ["TR-069:A.3.2.4#unknown-name"],
    },
    change: ({ model }) => ({
      model: {
        shownLines: (lines, edited) =>
          model.shownLines(lines, edited).filter((line) => line.kind !== "parameter" || line.modifier !== "&="),
      },
    }),
  },
  {
    id: "map-load-tidied",
    phone: "A phone that leaves out the empty lines of a map that it takes.",
    breaks: "PARAM-MAP:loading#octets",
    caught: {
      "snom.map-upload.shown": ["PARAM-MAP:loading#octets"],
      "snom.map-upload.reboot": ["PARAM-MAP:loading#octets"],
      "snom.map-download.in-force": ["PARAM-MAP:download#octets"],
      "snom.map-values.other-lines": ["PARAM-MAP:writing#other-lines"],
      "snom.map-attributes.dynamic": ["PARAM-MAP:writing#attributes-alone"],
    },
    change: () => ({ model: { loadedMap: (text) => text.replace(/\n(?:\r?\n)+/g, "\n") } }),
  },
  {
    id: "map-load-rows-until-boot",
    phone: "A phone that loses the instances in its vendor's objects when it starts anew.",
    breaks: "PARAM-MAP:loading#persistent",
    caught: {
      "snom.map-upload.reboot": ["PARAM-MAP:loading#persistent", "PARAM-MAP:loading#octets"],
      "snom.map-download.reboot": ["PARAM-MAP:download#persistent"],
    },
    change: () => ({
      model: { mapAfterBoot: (map) => map.replace(/^\w+:Device\.X_\w+\.[A-Z]\w*\.\d+\..*\n/gm, "") },
    }),
  },
  {
    id: "map-load-merged",
    phone: "A phone that keeps lines of the map before in the vendor's objects that the new one has too.",
    breaks: "PARAM-MAP:loading#replaced",
    caught: { "snom.map-upload.replaced": ["PARAM-MAP:loading#replaced"] },
    change: () => ({
      model: {
        loadedMap(text, before) {
          const { lines } = parseParamMap(text);
          const names = lines.flatMap((line) => (line.kind === "parameter" ? [line.name] : []));
          const holders = new Set(names.map(holderOf).filter((holder) => /^Device\.X_\w+\.$/.test(holder)));
          const kept = parseParamMap(before).lines.filter(
            (line) => line.kind === "parameter" && holders.has(holderOf(line.name)) && !names.includes(line.name),
          );
          return text + kept.map((line) => `${line.text}\n`).join("");
        },
      },
    }),
  },
  {
    id: "map-load-objects-left",
    phone: "A phone that keeps the parts of a vendor's object that a new map does not have any more.",
    breaks: "PARAM-MAP:loading#objects-go",
    caught: {
      "snom.map-upload.objects": ["PARAM-MAP:loading#objects-go"],
      "snom.map-upload.replaced": ["PARAM-MAP:loading#replaced"],
    },
    change: () => ({
      model: {
        loadedMap(text, before) {
          const isPart = /^\w+:(Device\.X_\w+\.)[A-Z]\w*\./;
          const kept = before.split("\n").filter((line) => {
            const [start, holder] = isPart.exec(line) ?? [];
            return start !== undefined && !text.includes(start) && text.includes(`:${holder}`);
          });
          return text + kept.map((line) => `${line}\n`).join("");
        },
      },
    }),
  },
  {
    id: "map-load-no-rows-in-parts",
    phone: "A phone that reads no lines of instances in a part of a vendor's object.",
    breaks: "PARAM-MAP:loading#objects-come",
    caught: { "snom.map-upload.objects": ["PARAM-MAP:loading#objects-come"] },
    change: () => ({
      model: { fileText: (text) => text.replace(/^\w+:Device\.X_\w+\.[A-Z]\w*\.[A-Z]\w*\.\d+\..*\n/gm, "") },
    }),
  },
  {
    id: "map-load-cells-lost",
    phone: "A phone that forgets the values of the instances that an ACS has added when it takes another map.",
    breaks: "PARAM-MAP:loading#instances",
    caught: { "snom.map-upload.instances": ["PARAM-MAP:loading#instances"] },
    change: () => ({ model: { keptAtLoad: () => ({}) } }),
  },
  {
    id: "map-load-identities-lost",
    phone: "A phone whose identities have the proxies as delivered once it has taken another map.",
    breaks: "PARAM-MAP:loading#settings-stay",
    caught: { "snom.map-upload.settings": ["PARAM-MAP:loading#settings-stay"] },
    change: () => ({
      model: {
        settingsAtLoad: (settings) =>
          Object.fromEntries(
            Object.entries(settings).map(([name, value]) => [
              name,
              name.startsWith("user_outbound") ? (DEFAULT_SETTINGS[name] ?? value) : value,
            ]),
          ),
      },
    }),
  },
  {
    id: "map-load-silent-passive",
    phone: "A phone that notifies passively of standard parameters whose line turns notification off.",
    breaks: `${FILE}#notifications`,
    caught: { "snom.map-agrees.attributes": [`${FILE}#notifications`] },
    change: ({ model }) => ({
      model: {
        defaultNotification: (modifier, name) =>
          modifier === "$=" && !name.includes(".X_") ? 1 : model.defaultNotification(modifier, name),
      },
    }),
  },
  {
    id: "map-load-empty-read-only",
    phone: "A phone that has no parameter for a standard read-only line without a value.",
    breaks: `${FILE}#every-line`,
    caught: { "snom.map-agrees.names": [`${FILE}#every-line`] },
    change: () => ({ model: { fileText: (text) => text.replace(/^\w+:Device\.[A-W]\S+!=\n/gm, "") } }),
  },
];
