import type { Use } from "../usp/trust-seams.ts";
import type { Mutant } from "./mutant.ts";

const CHECKS = "TR-369:R-SEC.1";
const ALLOWED = "TP-469:2.11#allowed";
const CODE = "TP-469:2.12#code";

type Facts = Pick<Mutant, "id" | "phone" | "breaks" | "caught">;

/** A phone that lets every controller do one thing. */
const careless = (wanted: Use, facts: Facts): Mutant => ({
  ...facts,
  rig: "generic",
  change: ({ usp }) => ({
    usp: { permits: (given, right, use, path) => use === wanted || usp.permits(given, right, use, path) },
  }),
});

/** A phone that lets nobody do one thing who may not do everything else too. */
const strict = (wanted: Use, facts: Facts): Mutant => ({
  ...facts,
  rig: "generic",
  change: ({ usp }) => ({
    usp: {
      permits: (given, right, use, path) => (use === wanted ? given.includes("rwxn") : usp.permits(given, right, use, path)),
    },
  }),
});

/** A phone that has another code for one thing that a controller may not do. */
const otherCode = (wanted: Use, code: number, facts: Facts): Mutant => ({
  ...facts,
  rig: "generic",
  change: ({ usp }) => ({ usp: { deniedCode: (use) => (use === wanted ? code : usp.deniedCode(use)) } }),
});

/** Phones that do what a controller may not, or do not what it may (TR-369 "Role Based Access Control"). */
export const uspAccessMutants: readonly Mutant[] = [
  careless("create", {
    id: "usp-access-creates-anything",
    phone: "A phone that creates objects without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.create-denied": [CODE, CHECKS] },
  }),
  careless("delete", {
    id: "usp-access-deletes-anything",
    phone: "A phone that deletes objects without a look at the permissions.",
    breaks: CHECKS,
    caught: {
      "usp.access.delete-denied": [CODE, CHECKS],
      "usp.access.undeleted-told": ["TR-369:R-DEL.3"],
    },
  }),
  careless("set value", {
    id: "usp-access-sets-anything",
    phone: "A phone that sets parameters without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.set-denied": [CODE, CHECKS] },
  }),
  careless("give value", {
    id: "usp-access-gives-anything",
    phone: "A phone that gives parameters of new objects their values without a look at the permissions.",
    breaks: CHECKS,
    caught: {
      "usp.access.add-search-partial": [CODE, CHECKS],
      "usp.access.add-search-whole": [CODE, CHECKS, "TR-369:R-ADD.2a"],
      "usp.access.add-with-parameter": [CODE, "TR-369:R-ADD.3", CHECKS],
      "usp.access.add-optional-parameter": [CHECKS],
    },
  }),
  careless("run", {
    id: "usp-access-runs-anything",
    phone: "A phone that runs commands without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.operate-denied": ["TP-469:2.18#failure", CHECKS] },
  }),
  careless("watch value", {
    id: "usp-access-tells-any-value",
    phone: "A phone that notifies of values without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.notify-denied": [CHECKS] },
  }),
  careless("watch creation", {
    id: "usp-access-tells-any-creation",
    phone: "A phone that notifies of new objects without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.notify-creation-denied": [CHECKS] },
  }),
  careless("watch deletion", {
    id: "usp-access-tells-any-deletion",
    phone: "A phone that notifies of deleted objects without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.notify-deletion-denied": [CHECKS] },
  }),
  careless("watch command", {
    id: "usp-access-tells-any-completion",
    phone: "A phone that notifies of the end of commands without a look at the permissions.",
    breaks: CHECKS,
    caught: { "usp.access.notify-completion-denied": [CHECKS] },
  }),
  strict("create", {
    id: "usp-access-creates-with-everything",
    phone: "A phone that creates objects only for who has all four rights.",
    breaks: ALLOWED,
    caught: { "usp.access.create": [ALLOWED] },
  }),
  strict("delete", {
    id: "usp-access-deletes-with-everything",
    phone: "A phone that deletes objects only for who has all four rights.",
    breaks: ALLOWED,
    caught: { "usp.access.delete": [ALLOWED] },
  }),
  strict("set value", {
    id: "usp-access-sets-with-everything",
    phone: "A phone that sets parameters only for who has all four rights.",
    breaks: ALLOWED,
    caught: { "usp.access.set": [ALLOWED] },
  }),
  strict("give value", {
    id: "usp-access-gives-with-everything",
    phone: "A phone that gives parameters of new objects their values only for who has all four rights.",
    breaks: "TR-369:R-ADD.0",
    caught: {
      "usp.access.add-search-partial": [CODE, "TR-369:R-ADD.0"],
      "usp.access.add-search-whole": ["TP-469:2.24#param-errs"],
    },
  }),
  strict("run", {
    id: "usp-access-runs-with-everything",
    phone: "A phone that runs commands only for who has all four rights.",
    breaks: ALLOWED,
    caught: { "usp.access.operate": [ALLOWED] },
  }),
  strict("watch value", {
    id: "usp-access-tells-with-everything",
    phone: "A phone that notifies of values only who has all four rights.",
    breaks: ALLOWED,
    caught: { "usp.access.notify": [ALLOWED] },
  }),
  otherCode("create", 7019, {
    id: "usp-access-create-code",
    phone: "A phone that says of a table in which a controller may create nothing that nobody can.",
    breaks: CODE,
    caught: { "usp.access.create-denied": [CODE] },
  }),
  otherCode("delete", 7024, {
    id: "usp-access-delete-code",
    phone: "A phone that tells no reason why a controller may not delete an object.",
    breaks: CODE,
    caught: { "usp.access.delete-denied": [CODE] },
  }),
  otherCode("set value", 7013, {
    id: "usp-access-set-code",
    phone: "A phone that says of a parameter which a controller may not write that nobody can.",
    breaks: CODE,
    caught: { "usp.access.set-denied": [CODE] },
  }),
  otherCode("give value", 7013, {
    id: "usp-access-give-code",
    phone: "A phone that says of a parameter which a controller may not write in a new object that nobody can.",
    breaks: CODE,
    caught: {
      "usp.access.add-search-partial": [CODE],
      "usp.access.add-search-whole": [CODE, "TP-469:2.24#param-errs"],
      "usp.access.add-with-parameter": [CODE],
    },
  }),
  otherCode("run", 7022, {
    id: "usp-access-run-code",
    phone: "A phone that tells no reason why a controller may not run a command.",
    breaks: "TP-469:2.18#failure",
    caught: { "usp.access.operate-denied": ["TP-469:2.18#failure"] },
  }),
  {
    id: "usp-access-fails-with-optional",
    phone: "A phone that creates no object when the controller may not write one of the parameters that it asks for.",
    breaks: "TP-469:2.25#default",
    caught: { "usp.access.add-optional-parameter": ["TP-469:2.25#default"] },
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        failsObject: (required, isKey, request, code) => code === 7006 || usp.failsObject(required, isKey, request, code),
      },
    }),
  },
  {
    id: "usp-access-writes-enable-itself",
    phone: "A phone that writes Enable of a new subscription as if the controller had asked for it.",
    breaks: "TP-469:2.25#default",
    caught: { "usp.access.add-without-parameter": ["TP-469:2.25#default"] },
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        settings(given, request) {
          const isSubscription = given.some(({ param }) => param === "NotifType") && request === "add";
          const isOpen = isSubscription && given.every(({ param }) => param !== "Enable");
          return usp.settings(isOpen ? [...given, { param: "Enable", value: "false", required: true }] : given, request);
        },
      },
    }),
  },
  {
    id: "usp-access-nameless-denial",
    phone: "A phone that does not name the place where a controller has no permission.",
    breaks: "TP-469:2.24#param-errs",
    caught: { "usp.access.add-search-whole": ["TP-469:2.24#param-errs"] },
    rig: "generic",
    change: ({ usp }) => ({ usp: { toldErrors: (errors) => usp.toldErrors(errors.filter(({ errCode }) => errCode !== 7006)) } }),
  },
];
