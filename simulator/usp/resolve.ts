import type { UspModel } from "./model.ts";
import type { Component, Leaf, Path, Step } from "./path.ts";
import type { UspAgentSeams } from "./seams.ts";
import type { ParameterShape } from "./shape.ts";
import { ROOT, type SupportedObject } from "./supported.ts";
import { EVERYTHING, type Rights } from "./trust.ts";

/** What a path of a request names. */
export type Resolved =
  | { readonly kind: "syntax" }
  /** Nothing in the supported data model. */
  | { readonly kind: "unsupported" }
  /** In the supported data model, but it names an instance that is not there. */
  | { readonly kind: "missing"; readonly shape: SupportedObject; readonly leaf: Leaf }
  | {
      readonly kind: "found";
      readonly shape: SupportedObject;
      readonly leaf: Leaf;
      readonly isSearch: boolean;
      /** Paths of objects, in the order of the instances; of the table when the path ends with a table. */
      readonly objects: readonly string[];
    };

/** Where a walk along a path has come to. */
interface Walk {
  readonly shape: SupportedObject;
  /** Whether an instance of the table is still to be chosen. */
  readonly isTable: boolean;
  readonly objects: readonly string[];
  readonly isMissing: boolean;
}

/** Finds what paths name, in the supported and in the instantiated data model. */
export class Resolver {
  readonly #model: UspModel;
  readonly #seams: UspAgentSeams;
  readonly #rights: Rights;

  /** @param rights of the controller that asks; whatever it may not read is found by no search */
  constructor(model: UspModel, seams: UspAgentSeams, rights = EVERYTHING) {
    this.#model = model;
    this.#seams = seams;
    this.#rights = rights;
  }

  resolve(text: string): Resolved {
    const path = this.#seams.read(text);
    if (path === undefined) return { kind: "syntax" };
    const walk = this.#walk(path);
    if (walk === "syntax" || walk === "unsupported") return { kind: walk };
    const { shape, isTable, objects, isMissing } = walk;
    const { leaf, isSearch } = path;
    if (!hasLeaf(shape, leaf) || (isTable && leaf.kind !== "object")) return { kind: "unsupported" };
    return isMissing && !isSearch ? { kind: "missing", shape, leaf } : { kind: "found", shape, leaf, isSearch, objects };
  }

  #walk({ steps }: Path): Walk | "syntax" | "unsupported" {
    const root = this.#model.supported.get(ROOT);
    if (root === undefined) return "unsupported";
    let walk: Walk = { shape: root, isTable: false, objects: [ROOT], isMissing: false };
    for (const step of steps.slice(1)) {
      const next = this.#step(walk, step);
      if (next === "syntax" || next === "unsupported") return next;
      walk = next;
    }
    return walk;
  }

  #step(walk: Walk, step: Step): Walk | "syntax" | "unsupported" {
    const { shape, isTable, objects } = walk;
    const { supported } = this.#model;
    switch (step.kind) {
      case "name": {
        const single = supported.get(`${shape.path}${step.name}.`);
        const next = single ?? supported.get(`${shape.path}${step.name}.{i}.`);
        if (next === undefined || isTable) return "unsupported";
        return { ...walk, shape: next, isTable: single === undefined, objects: objects.map((path) => `${path}${step.name}.`) };
      }
      case "number": {
        if (!isTable) return "unsupported";
        const there = objects.filter((table) => this.#model.instances(table).includes(step.number));
        return {
          shape,
          isTable: false,
          objects: there.map((table) => `${table}${step.number}.`),
          isMissing: walk.isMissing || there.length === 0,
        };
      }
      case "any":
        return isTable ? this.#chosen(walk, "wildcard", () => true) : "unsupported";
      case "expression": {
        if (!isTable) return "unsupported";
        const problem = step.components.map((component) => this.#problem(shape, component)).find((one) => one !== undefined);
        if (problem !== undefined) return problem;
        return this.#chosen(walk, "expression", (instance) =>
          this.#seams.isFound(step.components.map((component) => this.#fits(instance, component))),
        );
      }
      case "follow":
        return isTable ? "unsupported" : this.#follow(walk, step.name, step.item);
    }
  }

  #chosen(walk: Walk, by: "wildcard" | "expression", isChosen: (instance: string) => boolean): Walk {
    const objects = walk.objects.flatMap((table) =>
      this.#seams
        .found(
          this.#model.instances(table).filter((number) => isChosen(`${table}${number}.`)),
          by,
        )
        .map((number) => `${table}${number}.`),
    );
    return { ...walk, isTable: false, objects };
  }

  #follow(walk: Walk, name: string, item: number | "all"): Walk | "unsupported" {
    const target = walk.shape.parameters.get(name)?.refersTo;
    const shape = target === undefined ? undefined : this.#model.supported.get(target);
    if (shape === undefined) return "unsupported";
    const objects = walk.objects
      .flatMap((path) =>
        this.#seams.followed(
          this.#model
            .value(path + name)
            .split(",")
            .map((one) => one.trim()),
          item,
        ),
      )
      .map((one) => `${one}.`)
      .filter((path) => this.#model.has(path));
    return { shape, isTable: false, objects, isMissing: walk.isMissing || objects.length === 0 };
  }

  /** The parameter that a component speaks of, in the supported data model. */
  #compared(shape: SupportedObject, steps: readonly Step[]): ParameterShape | undefined {
    let at: SupportedObject | undefined = shape;
    for (const step of steps.slice(0, -1)) {
      if (step.kind === "name") at = this.#model.supported.get(`${at?.path}${step.name}.`);
      else if (step.kind === "follow") at = this.#model.supported.get(at?.parameters.get(step.name)?.refersTo ?? "");
    }
    const last = steps.at(-1);
    return last?.kind === "name" ? at?.parameters.get(last.name) : undefined;
  }

  #problem(shape: SupportedObject, { parameter, operator, constant }: Component): "syntax" | "unsupported" | undefined {
    const compared = this.#compared(shape, parameter);
    if (compared === undefined) return "unsupported";
    return this.#seams.isComparable(compared, operator, constant) ? undefined : "syntax";
  }

  #fits(instance: string, { parameter, operator, constant }: Component): boolean {
    const shape = this.#model.shape(instance);
    const last = parameter.at(-1);
    if (shape === undefined || last?.kind !== "name") return false;
    let walk: Walk = { shape, isTable: false, objects: [instance], isMissing: false };
    for (const step of parameter.slice(0, -1)) {
      const next = this.#step(walk, step);
      if (next === "syntax" || next === "unsupported") return false;
      walk = next;
    }
    const compared = walk.shape.parameters.get(last.name);
    return (
      compared !== undefined &&
      walk.objects.some(
        (object) =>
          this.#rights.may("search value", object + last.name) &&
          this.#seams.matches(this.#model.value(object + last.name), compared, operator, constant),
      )
    );
  }
}

function hasLeaf({ parameters, commands, events }: SupportedObject, leaf: Leaf): boolean {
  switch (leaf.kind) {
    case "object":
      return true;
    case "parameter":
      return parameters.has(leaf.name);
    case "command":
      return commands.some(({ name }) => name === leaf.name);
    case "event":
      return events.some(({ name }) => name === leaf.name);
  }
}
