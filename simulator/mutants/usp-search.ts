import type { Seams } from "../seams.ts";
import type { Constant, Operator } from "../usp/path.ts";
import type { Compared } from "../usp/path-seams.ts";
import type { Change, Mutant } from "./mutant.ts";

const ALL = "TR-369:R-ARC.9";
const ONLY = "TP-469:1.46#only";

/** Compares otherwise what `compares` gives an answer for. */
const comparing =
  (compares: (value: string, compared: Compared, operator: Operator, constant: Constant) => boolean | undefined) =>
  ({ usp }: Seams): Change => ({
    usp: {
      matches: (value, compared, operator, constant) =>
        compares(value, compared, operator, constant) ?? usp.matches(value, compared, operator, constant),
    },
  });

/** Takes one operator for another. */
const taking =
  (asked: Operator, done: Operator) =>
  ({ usp }: Seams): Change => ({
    usp: {
      matches: (value, compared, operator, constant) =>
        usp.matches(value, compared, operator === asked ? done : operator, constant),
    },
  });

/** Phones that find other instances than a search path describes (TR-369 "Searching"). */
export const uspSearchMutants: readonly Mutant[] = [
  {
    id: "usp-search-first-only",
    phone: "A phone that finds by an expression no more than one instance.",
    breaks: ALL,
    caught: {
      "usp.search.equal": [ALL],
      "usp.search.not-equal": [ALL],
      "usp.search.greater": [ALL],
      "usp.search.less": [ALL],
      "usp.search.greater-or-equal": [ALL],
      "usp.search.less-or-equal": [ALL],
      "usp.search.and": [ALL],
      "usp.search.by-value": [ALL],
      "usp.search.contains": [ALL],
      "usp.search.blanks": ["TR-369:R-ARC.9a"],
      "usp.delete.search": [ALL],
      "usp.add.search-path-fails": ["TR-369:R-ADD.2a"],
      "usp.add.search-path-fails-partial": ["TR-369:R-ADD.0"],
    },
    change: ({ usp }) => ({
      usp: { found: (instances, by) => usp.found(by === "expression" ? instances.slice(0, 1) : instances, by) },
    }),
  },
  {
    id: "usp-search-wildcard-first-only",
    phone: "A phone that takes a wildcard for the first instance.",
    breaks: "TR-369:R-ARC.10",
    caught: {
      "usp.get.wildcard-parameter": ["TR-369:R-ARC.10"],
      "usp.get.wildcard-object": ["TR-369:R-ARC.10"],
      "usp.delete.wildcard": ["TR-369:R-ARC.10"],
      "usp.add.search-path": ["TP-469:1.95#created"],
      "usp.set.wildcard": ["TP-469:1.11#value"],
      "usp.get-instances.wildcard": ["TP-469:1.70#wildcard"],
      "usp.subscription.search-path": ["TR-369:R-NOT.0"],
    },
    change: ({ usp }) => ({
      usp: { found: (instances, by) => usp.found(by === "wildcard" ? instances.slice(0, 1) : instances, by) },
    }),
  },
  {
    id: "usp-search-or",
    phone: "A phone that takes && in an expression for an or.",
    breaks: ONLY,
    caught: { "usp.search.and": [ONLY], "usp.get.unique-key": ["TP-469:1.43#unique-key"] },
    change: () => ({ usp: { isFound: (fits) => fits.some(Boolean) } }),
  },
  {
    id: "usp-search-any-boolean",
    phone: "A phone that finds all instances when an expression wants a boolean to be true.",
    breaks: ONLY,
    caught: {
      "usp.search.equal": [ONLY],
      "usp.search.by-value": [ONLY],
      "usp.search.and": [ONLY],
      "usp.delete.search": [ONLY, ALL],
    },
    change: comparing((_value, { type }, operator) => (type === "boolean" && operator === "==" ? true : undefined)),
  },
  {
    id: "usp-search-unequal-as-equal",
    phone: "A phone that takes != in an expression for ==.",
    breaks: ONLY,
    caught: { "usp.search.not-equal": [ALL, ONLY], "usp.add.search-path-fails": ["TR-369:R-ADD.2a"] },
    change: taking("!=", "=="),
  },
  {
    id: "usp-search-greater-or-equal",
    phone: "A phone that takes > in an expression for >=.",
    breaks: ONLY,
    caught: { "usp.search.greater": [ONLY], "usp.search.and": [ONLY] },
    change: taking(">", ">="),
  },
  {
    id: "usp-search-less-or-equal",
    phone: "A phone that takes < in an expression for <=.",
    breaks: ONLY,
    caught: { "usp.search.less": [ONLY] },
    change: taking("<", "<="),
  },
  {
    id: "usp-search-greater-alone",
    phone: "A phone that takes >= in an expression for >.",
    breaks: ALL,
    caught: { "usp.search.greater-or-equal": [ALL] },
    change: taking(">=", ">"),
  },
  {
    id: "usp-search-less-alone",
    phone: "A phone that takes <= in an expression for <.",
    breaks: ALL,
    caught: { "usp.search.less-or-equal": [ALL] },
    change: taking("<=", "<"),
  },
  {
    id: "usp-search-at-most-unknown",
    phone: "A phone that does not know <= in an expression, and finds all instances.",
    breaks: ONLY,
    caught: { "usp.search.less-or-equal": [ONLY] },
    change: comparing((_value, _compared, operator) => (operator === "<=" ? true : undefined)),
  },
  {
    id: "usp-search-numbers-as-texts",
    phone: "A phone that compares numbers in an expression as texts.",
    breaks: ONLY,
    caught: {
      "usp.search.greater": [ONLY],
      "usp.search.greater-or-equal": [ONLY],
      "usp.search.less": [ALL],
      "usp.search.less-or-equal": [ALL],
      "usp.search.and": [ALL],
    },
    change: comparing((value, { type }, operator, { text }) => {
      if (type !== "unsignedInt" || operator === "==" || operator === "!=") return undefined;
      const [isLess, isMore] = [value < text, value > text];
      return operator.startsWith("<") ? isLess || (operator === "<=" && !isMore) : isMore || (operator === ">=" && !isLess);
    }),
  },
  {
    id: "usp-search-booleans-as-texts",
    phone: "A phone that does not take 1 in an expression for true.",
    breaks: ALL,
    caught: { "usp.search.by-value": [ALL] },
    change: comparing((value, { type }, operator, { text }) =>
      type === "boolean" ? (value === text) === (operator === "==") : undefined,
    ),
  },
  {
    id: "usp-search-no-texts",
    phone: "A phone that finds nothing by the value of a text.",
    breaks: "TP-469:1.43#unique-key",
    caught: {
      "usp.path.addressing": ["TR-369:R-ARC.7"],
      "usp.set.reference-by-key": ["TR-369:R-ARC.11"],
      "usp.get.unique-key": ["TP-469:1.43#unique-key"],
      "usp.delete.unique-key": ["TP-469:1.43#unique-key", "TR-369:R-MSG.3"],
      "usp.add.inside-by-key": ["TP-469:1.10#created"],
      "usp.add.search-path-fails-partial": ["TR-369:R-ADD.0"],
      "usp.set.by-key": ["TP-469:1.11#updated", "TP-469:1.11#value"],
      "usp.set.expression": ["TP-469:1.11#updated", "TP-469:1.11#value"],
      "usp.get-instances.search-expression": ["TP-469:1.71#search-expression"],
    },
    change: comparing((_value, { type }, operator) => (type === "string" && operator === "==" ? false : undefined)),
  },
  {
    id: "usp-search-list-whole",
    phone: "A phone that takes ~= in an expression for ==.",
    breaks: ALL,
    caught: { "usp.search.contains": [ALL] },
    change: comparing((value, _compared, operator, { text }) => (operator === "~=" ? value === text : undefined)),
  },
  {
    id: "usp-search-list-part",
    phone: "A phone that finds by ~= lists in which an item only begins with the text.",
    breaks: ONLY,
    caught: { "usp.search.contains": [ONLY] },
    change: comparing((value, _compared, operator, { text }) => (operator === "~=" ? value.includes(text) : undefined)),
  },
  {
    id: "usp-search-no-blanks",
    phone: "A phone that does not understand an expression with blanks.",
    breaks: "TR-369:R-ARC.9a",
    caught: { "usp.search.blanks": ["TR-369:R-ARC.9a"] },
    change: ({ usp }) => ({ usp: { read: (path) => (/\s[=!~<>]/.test(path) ? undefined : usp.read(path)) } }),
  },
];
