/** A step of a path in the instantiated data model (TR-369 "Data Model Path Grammar"). */
export type Step =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "any" }
  | { readonly kind: "expression"; readonly components: readonly Component[] }
  /** Goes on at the object that a parameter names; `item` counts from 1. */
  | { readonly kind: "follow"; readonly name: string; readonly item: number | "all" };

export const OPERATORS = ["==", "!=", "~=", "<=", ">=", "<", ">"] as const;
export type Operator = (typeof OPERATORS)[number];

/** A component of a search expression. */
export interface Component {
  /** Relative path of the parameter. */
  readonly parameter: readonly Step[];
  readonly operator: Operator;
  readonly constant: Constant;
}

/** The right side of a component: text between quotes, or what stands there without. */
export interface Constant {
  readonly isQuoted: boolean;
  readonly text: string;
}

/** What a path names in the object that its steps lead to. */
export type Leaf = { readonly kind: "object" } | { readonly kind: "parameter" | "command" | "event"; readonly name: string };

export interface Path {
  readonly steps: readonly Step[];
  readonly leaf: Leaf;
  /** Whether it has a wildcard or an expression: then it may match nothing. */
  readonly isSearch: boolean;
}

const NAME = /^[A-Za-z_][A-Za-z_0-9-]*$/;
const NUMBER = /^[1-9]\d*$/;
const FOLLOW = /^([A-Za-z_][A-Za-z_0-9]*)(?:#([1-9]\d*|\*))?\+$/;
const LEAF = /^([A-Za-z_][A-Za-z_0-9-]*)(\(\)|!)?$/;

/** Reads a path; undefined when it is none. */
export function readPath(text: string): Path | undefined {
  const pieces = split(text);
  if (pieces === undefined || pieces.length < 2 || pieces[0] !== "Device") return undefined;
  const leaf = leafOf(pieces.at(-1) ?? "");
  const steps = pieces.slice(0, -1).map(stepOf);
  if (leaf === undefined || !areSteps(steps)) return undefined;
  // An instance is chosen in a table, which has a name.
  if (steps.some((step, place) => isChoice(step) && steps[place - 1]?.kind !== "name")) return undefined;
  return {
    steps,
    leaf,
    isSearch: steps.some(
      (step) => step.kind === "any" || step.kind === "expression" || (step.kind === "follow" && step.item === "all"),
    ),
  };
}

const isChoice = ({ kind }: Step): boolean => kind === "number" || kind === "any" || kind === "expression";

const areSteps = (steps: readonly (Step | undefined)[]): steps is Step[] => !steps.includes(undefined);

/** Pieces between the dots that are not inside brackets; undefined when a bracket or a quote is left open. */
function split(text: string): readonly string[] | undefined {
  const pieces: string[] = [];
  let piece = "";
  let isInside = false;
  let isQuoted = false;
  for (const character of text) {
    if (character === '"' && isInside) isQuoted = !isQuoted;
    else if (character === "[" && !isQuoted) {
      if (isInside) return undefined;
      isInside = true;
    } else if (character === "]" && !isQuoted) isInside = false;
    if (character === "." && !isInside) {
      pieces.push(piece);
      piece = "";
    } else piece += character;
  }
  return isInside || isQuoted ? undefined : [...pieces, piece];
}

function leafOf(piece: string): Leaf | undefined {
  if (piece === "") return { kind: "object" };
  const [, name = "", mark = ""] = LEAF.exec(piece) ?? [];
  if (name === "") return undefined;
  return { kind: mark === "()" ? "command" : mark === "!" ? "event" : "parameter", name: name + mark };
}

function stepOf(piece: string): Step | undefined {
  if (NAME.test(piece)) return { kind: "name", name: piece };
  if (NUMBER.test(piece)) return { kind: "number", number: Number(piece) };
  if (piece === "*") return { kind: "any" };
  const [, name, item = "1"] = FOLLOW.exec(piece) ?? [];
  if (name !== undefined) return { kind: "follow", name, item: item === "*" ? "all" : Number(item) };
  if (!piece.startsWith("[") || !piece.endsWith("]")) return undefined;
  const components = conjuncts(piece.slice(1, -1)).map(componentOf);
  return components.includes(undefined) ? undefined : { kind: "expression", components: components as Component[] };
}

/** Components between `&&` that are not inside quotes. */
function conjuncts(expression: string): readonly string[] {
  const quoted = expression.split('"');
  const texts: string[] = [""];
  quoted.forEach((part, place) => {
    const isQuoted = place % 2 === 1;
    const [first = "", ...others] = isQuoted ? [part] : part.split("&&");
    texts[texts.length - 1] += (place === 0 ? "" : '"') + first;
    texts.push(...others);
  });
  return texts;
}

const COMPONENT = /^([^=!~<>"\s]+)\s*(==|!=|~=|<=|>=|<|>)\s*(?:"([^"]*)"|([^"=!~<>\s]+))$/;

function componentOf(text: string): Component | undefined {
  const [, path, operator, quoted, bare = ""] = COMPONENT.exec(text.trim()) ?? [];
  if (path === undefined || !isOperator(operator)) return undefined;
  const pieces = path.split(".");
  const parameter = pieces.map(stepOf);
  if (!areSteps(parameter) || parameter.at(-1)?.kind !== "name") return undefined;
  if (parameter.some((step) => step.kind !== "name" && step.kind !== "follow")) return undefined;
  const constant = quoted === undefined ? { isQuoted: false, text: bare } : { isQuoted: true, text: unescaped(quoted) };
  return { parameter, operator, constant };
}

const isOperator = (text: string | undefined): text is Operator => OPERATORS.some((operator) => operator === text);

/** A quote and a percent sign stand in a literal as `%22` and `%25`. */
const unescaped = (literal: string): string => literal.replace(/%22/g, '"').replace(/%25/g, "%");
