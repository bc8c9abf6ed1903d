import type { Mutant } from "./mutant.ts";

const OBJECTS = "properties.objects.any-sequence";
const PHONE = "properties.phone.any-sequence";
const RESET = "properties.phone.any-sequence-with-reset";

/** Phones that are right in each single thing, and wrong after some of them: only a sequence shows it. */
export const propertiesMutants: readonly Mutant[] = [
  {
    id: "prop-four-commands",
    phone:
      "A phone that keeps its counter of instances as it was before the last AddObject, and gives a number twice after a reboot.",
    breaks: "TR-069:A.3.2.6#number-not-reused",
    caught: {
      [OBJECTS]: ["TR-069:A.3.2.6#number-not-reused"],
      [PHONE]: ["TR-069:A.3.2.6#number-not-reused"],
    },
    change: () => ({
      model: {
        tablesAfterBoot: (tables) =>
          Object.fromEntries(
            Object.entries(tables).map(([path, { highest, instances }]) => [
              path,
              { highest: Math.max(0, highest - 1, ...instances), instances },
            ]),
          ),
      },
    }),
  },
  {
    id: "prop-second-inner-object-lost-at-boot",
    phone: "A phone that keeps one object only of a table inside an object over a reboot.",
    breaks: "TR-069:A.3.2.6#undisturbed",
    caught: { [OBJECTS]: ["TR-069:A.3.2.6#undisturbed"], [PHONE]: ["TR-069:A.3.2.6#undisturbed"] },
    change: () => ({
      model: {
        tablesAfterBoot: (tables) =>
          Object.fromEntries(
            Object.entries(tables).map(([path, { highest, instances }]) => [
              path,
              { highest, instances: /\.\d+\./.test(path) ? instances.slice(0, 1) : instances },
            ]),
          ),
      },
    }),
  },
  {
    id: "prop-attributes-lost-with-sibling",
    phone: "A phone that forgets the attributes of all objects of a table when one of them is deleted.",
    breaks: "TR-069:A.3.2.4#undisturbed",
    caught: { [PHONE]: ["TR-069:A.3.2.4#undisturbed"] },
    change: ({ model }) => ({
      model: {
        withoutBranch: (byName, path) => {
          const table = path.replace(/\d+\.$/, "");
          const kept = Object.entries(byName).filter(([name, kind]) => typeof kind === "string" || !name.startsWith(table));
          return model.withoutBranch(Object.fromEntries(kept), path);
        },
      },
    }),
  },
  {
    id: "prop-empty-value-lost-at-boot",
    phone: "A phone that does not keep over a reboot that a value was made empty.",
    breaks: "TR-069:A.3.2.1#undisturbed",
    caught: { [PHONE]: ["TR-069:A.3.2.1#undisturbed", "SNOM-TR-069:Values#map-in-step"] },
    change: () => ({
      model: { valuesAfterBoot: (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")) },
    }),
  },
  {
    id: "prop-changed-lines-sorted",
    phone: "A phone that writes the changed lines of its param_map in the order of their names.",
    breaks: "SNOM-TR-069:Values#map-in-step",
    caught: { [PHONE]: ["SNOM-TR-069:Values#map-in-step"] },
    change: () => ({
      model: {
        shownLines: (lines, edited) => {
          const sorted = lines.filter(edited).sort((a, b) => (nameOf(a.text) < nameOf(b.text) ? -1 : 1));
          return lines.map((line) => (edited(line) ? (sorted.shift() ?? line) : line));
        },
      },
    }),
  },
  {
    id: "prop-clock-outlives-reset",
    phone: "A phone that keeps its time server and time zone over a factory reset.",
    breaks: "TR-069:A.4.1.6#as-delivered",
    caught: {
      "snom.factory-reset.delivered-state": ["SNOM:factory-reset#settings"],
      [RESET]: ["TR-069:A.4.1.6#as-delivered"],
    },
    change: ({ model }) => ({
      model: {
        settingsAfterReset: (settings, factory, identity) => {
          const { ntp_server = "", timezone = "" } = settings;
          return { ...model.settingsAfterReset(settings, factory, identity), ntp_server, timezone };
        },
      },
    }),
  },
];

const nameOf = (line: string): string => line.replace(/^\w+:/, "");
