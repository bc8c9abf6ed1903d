import type { Mutant } from "./mutant.ts";

/** Phones that go wrong with names: of themselves, of instances and of what values refer to (TR-369 "Architecture"). */
export const uspArchitectureMutants: readonly Mutant[] = [
  {
    id: "usp-endpoint-id-itself",
    phone: "A phone that answers records that name itself as their sender.",
    breaks: "TR-369:R-ARC.2",
    caught: {
      "usp.endpoint-id.shared": ["TR-369:R-ARC.2"],
      "usp.record.from-itself": ["TP-469:2.1#own-id"],
    },
    change: ({ usp }) => ({
      usp: { verdict: (facts) => (facts.fromId === facts.ownId ? "serve" : usp.verdict(facts)) },
    }),
  },
  {
    id: "usp-path-no-following",
    phone: "A phone that does not follow references in paths.",
    breaks: "TR-369:R-ARC.7",
    caught: { "usp.path.addressing": ["TR-369:R-ARC.7"] },
    change: () => ({ usp: { followed: () => [] } }),
  },
  {
    id: "usp-instances-renumbered",
    phone: "A phone that numbers its BootParameter instances anew when it starts.",
    breaks: "TR-369:R-ARC.8",
    caught: {
      "usp.instance-number.kept": ["TR-369:R-ARC.8"],
      "usp.boot.parameters": ["TP-469:9.10#parameter-map", "TP-469:9.10#value"],
    },
    change: ({ usp }) => ({
      usp: {
        instancesAfterBoot: (instances, table) =>
          table.endsWith(".BootParameter.") ? instances.map((_, place) => place + 1) : usp.instancesAfterBoot(instances, table),
      },
    }),
  },
  {
    id: "usp-reference-no-keys",
    phone: "A phone that takes instance numbers alone in references.",
    breaks: "TR-369:R-ARC.11",
    caught: { "usp.set.reference-by-key": ["TR-369:R-ARC.11"] },
    change: ({ usp }) => ({
      usp: {
        keptReference: (written, resolved) => (written.includes("[") ? undefined : usp.keptReference(written, resolved)),
      },
    }),
  },
  {
    id: "usp-reference-kept-by-key",
    phone: "A phone that shows a reference as it was written, with the key in it.",
    breaks: "TR-369:R-ARC.11",
    caught: { "usp.set.reference-by-key": ["TR-369:R-ARC.11"] },
    change: () => ({ usp: { keptReference: (written, resolved) => (resolved === undefined ? undefined : written) } }),
  },
  {
    id: "usp-reference-dangling",
    phone: "A phone that takes a reference to an object that is not there.",
    breaks: "TR-369:R-ARC.12",
    caught: { "usp.set.dangling-reference": ["TR-369:R-ARC.12"] },
    change: ({ usp }) => ({ usp: { keptReference: (written, resolved) => usp.keptReference(written, resolved) ?? written } }),
  },
  {
    id: "usp-reference-left",
    rig: "generic",
    phone: "A phone that keeps a reference to an object that is deleted.",
    breaks: "TR-369:R-ARC.12",
    caught: { "usp.delete.referenced": ["TR-369:R-ARC.12"] },
    change: ({ usp }) => ({ usp: { dropsReference: (isList) => isList && usp.dropsReference(isList) } }),
  },
  {
    id: "usp-reference-left-in-list",
    rig: "generic",
    phone: "A phone that keeps a deleted object in lists of references.",
    breaks: "TR-369:R-ARC.12",
    caught: { "usp.delete.referenced-in-list": ["TR-369:R-ARC.12"] },
    change: ({ usp }) => ({ usp: { dropsReference: (isList) => !isList && usp.dropsReference(isList) } }),
  },
];
