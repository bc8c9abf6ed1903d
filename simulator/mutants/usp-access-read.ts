import type { Use } from "../usp/trust-seams.ts";
import type { Mutant } from "./mutant.ts";

/** A phone that shows every controller one thing. */
const careless = (wanted: readonly Use[], facts: Pick<Mutant, "id" | "phone" | "breaks" | "caught">): Mutant => ({
  ...facts,
  rig: "generic",
  change: ({ usp }) => ({
    usp: { permits: (given, right, use, path) => wanted.includes(use) || usp.permits(given, right, use, path) },
  }),
});

/** Phones that tell a controller what it may not read (TR-369 R-GET.1 and what is like it). */
export const uspAccessReadMutants: readonly Mutant[] = [
  careless(["read value"], {
    id: "usp-access-tells-any-parameter",
    phone: "A phone that gives the values of parameters without a look at the permissions.",
    breaks: "TR-369:R-GET.4",
    caught: {
      "usp.access.get-parameter-left-out": ["TR-369:R-GET.4"],
      "usp.access.get-unreadable-parameter": ["TR-369:R-GET.1"],
      "usp.access.order": ["TP-469:2.21#order"],
      "usp.bulk.permissions": ["TR-369:A.1#permissions"],
    },
  }),
  careless(["see object"], {
    id: "usp-access-tells-any-object",
    phone: "A phone that gives the parameters of objects without a look at the permissions for the objects.",
    breaks: "TR-369:R-GET.1",
    caught: {
      "usp.access.get-unreadable-object": ["TR-369:R-GET.1"],
      "usp.access.get-object-left-out": ["TR-369:R-GET.1"],
    },
  }),
  careless(["see supported object"], {
    id: "usp-access-tells-whole-model",
    phone: "A phone that tells its whole supported data model to every controller.",
    breaks: "TR-369:R-GSP.0",
    caught: { "usp.access.supported-object": ["TR-369:R-GSP.0"] },
  }),
  careless(["see parameter"], {
    id: "usp-access-tells-supported-parameters",
    phone: "A phone that tells every controller which parameters an object has.",
    breaks: "TR-369:R-GSP.0",
    caught: { "usp.access.supported-parameters": ["TR-369:R-GSP.0"] },
  }),
  careless(["see instance"], {
    id: "usp-access-lists-any-instance",
    phone: "A phone that lists all instances to every controller.",
    breaks: "TR-369:R-GIN.0",
    caught: { "usp.access.unlisted-instance": ["TR-369:R-GIN.0"] },
  }),
  careless(["search value"], {
    id: "usp-access-searches-anywhere",
    phone: "A phone that searches in parameters which the controller may not read.",
    breaks: "TR-369:R-GIN.0",
    caught: { "usp.access.unsearchable-instance": ["TR-369:R-GIN.0"] },
  }),
  careless(["read key"], {
    id: "usp-access-tells-any-key",
    phone: "A phone that tells unique keys to every controller.",
    breaks: "TR-369:R-GIN.1",
    caught: {
      "usp.access.unreadable-key": ["TR-369:R-GIN.1"],
      "usp.access.add-unreadable-key": ["TR-369:R-ADD.6"],
    },
  }),
  careless(["read update"], {
    id: "usp-access-tells-any-update",
    phone: "A phone that returns the parameters which a controller has set, whether it may read them or not.",
    breaks: "TR-369:R-SET.3",
    caught: { "usp.access.updated-unreadable": ["TR-369:R-SET.3"] },
  }),
  careless(["see gone"], {
    id: "usp-access-tells-anything-gone",
    phone: "A phone that returns the objects which a controller has deleted, whether it may read them or not.",
    breaks: "TR-369:R-DEL.2",
    caught: { "usp.access.deleted-unreadable": ["TR-369:R-DEL.2"] },
  }),
  careless(["see unaffected"], {
    id: "usp-access-tells-anything-left",
    phone: "A phone that returns the objects which it did not delete, whether the controller may read them or not.",
    breaks: "TR-369:R-DEL.4",
    caught: { "usp.access.undeleted-unreadable": ["TR-369:R-DEL.4"] },
  }),
  {
    id: "usp-access-tells-nothing-left",
    phone: "A phone that does not return the objects which it did not delete.",
    breaks: "TR-369:R-DEL.3",
    caught: { "usp.access.undeleted-told": ["TR-369:R-DEL.3"] },
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        permits: (given, right, use, path) => use !== "see unaffected" && usp.permits(given, right, use, path),
      },
    }),
  },
  {
    id: "usp-access-first-three",
    phone: "A phone that compares no more than three permissions of a role.",
    breaks: "TP-469:2.21#order",
    caught: { "usp.access.order": ["TP-469:2.21#order"] },
    rig: "generic",
    change: ({ usp }) => ({ usp: { deciding: (permissions) => usp.deciding(permissions.slice(0, 3)) } }),
  },
];
