import { splitList } from "./lists.ts";
import type { UspModel } from "./model.ts";
import type { Notification } from "./notify-seams.ts";
import { objectsBelow } from "./read.ts";
import type { Resolver } from "./resolve.ts";
import { SUBSCRIPTION_TABLE } from "./schema.ts";
import type { UspAgentSeams } from "./seams.ts";
import { toldValue } from "./told.ts";
import { isInstance, visibleKeys } from "./tools.ts";
import { rightsOf } from "./trust.ts";
import type { Use } from "./trust-seams.ts";

type Body = NonNullable<Notification["notification"]>;

/** A notification that a subscription gives rise to. */
export interface Due {
  readonly subscription: string;
  /** Its ID. */
  readonly id: string;
  /** Object of the controller that is to be told. */
  readonly controller: string;
  readonly body: Body;
}

/** What a subscription asks for. */
interface Terms {
  readonly id: string;
  readonly type: string;
  readonly controller: string;
  readonly references: readonly string[];
}

/** What a subscription saw when it was looked at last. */
interface Seen {
  /** What it was subscribed to then. */
  readonly terms: Terms;
  readonly values: Readonly<Record<string, string>>;
  readonly objects: readonly string[];
}

/** The subscriptions of all controllers: finds out what there is to notify. */
export class Subscriptions {
  readonly #model: UspModel;
  readonly #resolver: Resolver;
  readonly #seams: UspAgentSeams;
  readonly #seen = new Map<string, Seen>();

  constructor(model: UspModel, resolver: Resolver, seams: UspAgentSeams) {
    this.#model = model;
    this.#resolver = resolver;
    this.#seams = seams;
  }

  get paths(): readonly string[] {
    return this.#model.instances(SUBSCRIPTION_TABLE).map((number) => `${SUBSCRIPTION_TABLE}${number}.`);
  }

  /** Compares with what was seen last: what changed, came or went since, by whatever hand. */
  look(): readonly Due[] {
    const active = this.#active("ValueChange", "ObjectCreation", "ObjectDeletion");
    const outlives = this.#seams.outlives();
    const gone = [...this.#seen].filter(([path]) => !active.includes(path));
    if (!outlives) for (const [path] of gone) this.#seen.delete(path);
    const all = active.map((path) => [path, this.#terms(path)] as const);
    for (const [path, { terms }] of outlives ? gone : []) all.push([path, terms]);
    return all.flatMap(([path, terms]) => {
      const before = this.#seen.get(path);
      const now = this.#see(terms);
      this.#seen.set(path, now);
      return before !== undefined && isSame(before.terms, terms) ? this.#differences(path, before, now) : [];
    });
  }

  /** An event has happened to an object; `args` are what it tells a controller. Only `concerned` is told when it is given. */
  event(
    object: string,
    name: string,
    args: (controller: string) => Readonly<Record<string, string>>,
    concerned?: string,
  ): readonly Due[] {
    return this.#active("Event")
      .filter(
        (path) =>
          this.#isNamed(path, object + name, "event") &&
          this.#toolsOf(this.#recipient(path)).rights.may("watch command", object + name) &&
          this.#seams.isForRecipient(this.#recipient(path), concerned),
      )
      .map((path) => {
        const value = { objPath: object, eventName: name, params: { ...args(this.#recipient(path)) } };
        return this.#due(path, { case: "event", value });
      });
  }

  /** An asynchronous command has ended. */
  complete(value: Extract<Body, { case: "operComplete" }>["value"]): readonly Due[] {
    const command = `${value.objPath}${value.commandName}`;
    return this.#active("OperationComplete")
      .filter(
        (path) =>
          this.#isNamed(path, command, "command") && this.#toolsOf(this.#recipient(path)).rights.may("watch command", command),
      )
      .map((path) => this.#due(path, { case: "operComplete", value }));
  }

  /** Forgets what was seen: a start of the agent is no change. */
  forget(): void {
    this.#seen.clear();
  }

  #active(...types: readonly string[]): readonly string[] {
    return this.paths.filter((path) => {
      const notifType = this.#model.value(`${path}NotifType`);
      const recipient = this.#recipient(path);
      const hasRecipient = this.#model.has(recipient) && this.#model.isOn(`${recipient}Enable`);
      const enable = this.#model.isOn(`${path}Enable`);
      return types.includes(notifType) && this.#seams.isActive({ notifType, enable, hasRecipient });
    });
  }

  #recipient(path: string): string {
    return `${this.#model.value(`${path}Recipient`)}.`;
  }

  #references(path: string): readonly string[] {
    return splitList(this.#model.value(`${path}ReferenceList`));
  }

  #isNamed(path: string, full: string, leaf: "event" | "command"): boolean {
    const named = this.#references(path).flatMap((reference) => {
      const resolved = this.#resolver.resolve(reference);
      if (resolved.kind !== "found" || resolved.leaf.kind !== leaf) return [];
      const { name } = resolved.leaf;
      return resolved.objects.map((object) => object + name);
    });
    return this.#seams.isNamed(named, full);
  }

  #terms(path: string): Terms {
    const [id, type] = [this.#model.value(`${path}ID`), this.#model.value(`${path}NotifType`)];
    return { id, type, controller: this.#recipient(path), references: this.#references(path) };
  }

  #see(terms: Terms): Seen {
    const { type, references } = terms;
    if (type === "ValueChange") return { terms, values: this.#values(references), objects: [] };
    const objects = references.flatMap((reference) => this.#instances(reference));
    return { terms, values: {}, objects: [...new Set(objects)] };
  }

  #values(references: readonly string[]): Readonly<Record<string, string>> {
    const values: Record<string, string> = {};
    for (const reference of references) {
      const resolved = this.#resolver.resolve(reference);
      if (resolved.kind !== "found") continue;
      const { leaf } = resolved;
      const objects = this.#seams.watchedObjects(resolved.objects);
      const all = leaf.kind === "object" ? objects.flatMap((object) => objectsBelow(this.#model, object)) : objects;
      for (const object of all)
        for (const name of leaf.kind === "parameter" ? [leaf.name] : this.#model.names(object))
          if (this.#model.isThere(object + name) && this.#model.parameter(object + name)?.restless !== true)
            values[object + name] = this.#model.value(object + name);
    }
    return values;
  }

  /** Instances of the tables, or the instances themselves, that a reference names. */
  #instances(reference: string): readonly string[] {
    const resolved = this.#resolver.resolve(reference);
    if (resolved.kind !== "found" || resolved.leaf.kind !== "object") return [];
    return resolved.objects.flatMap((path) =>
      isInstance(path) ? [path] : this.#model.instances(path).map((number) => `${path}${number}.`),
    );
  }

  #differences(path: string, before: Seen, now: Seen): readonly Due[] {
    const { terms } = now;
    const tools = this.#toolsOf(terms.controller);
    const may =
      (use: Use) =>
      (one: string): boolean =>
        tools.rights.may(use, one);
    switch (terms.type) {
      case "ValueChange":
        return this.#seams
          .changedValues(before.values, now.values)
          .filter(may("watch value"))
          .map((paramPath) =>
            this.#due(path, { case: "valueChange", value: { paramPath, paramValue: toldValue(tools, paramPath) } }, terms),
          );
      case "ObjectCreation":
        return this.#seams
          .createdObjects(before.objects, now.objects)
          .filter(may("watch creation"))
          .map((objPath) => {
            const uniqueKeys = { ...this.#seams.toldKeys(visibleKeys(tools, objPath), objPath) };
            return this.#due(path, { case: "objCreation", value: { objPath, uniqueKeys } }, terms);
          });
      default:
        return this.#seams
          .deletedObjects(before.objects, now.objects)
          .filter(may("watch deletion"))
          .map((objPath) => this.#due(path, { case: "objDeletion", value: { objPath } }, terms));
    }
  }

  #toolsOf(controller: string) {
    const [model, seams] = [this.#model, this.#seams];
    return { model, seams, rights: rightsOf(model, seams, controller) };
  }

  #due(subscription: string, body: Body, { id, controller } = this.#terms(subscription)): Due {
    return { subscription, id, controller, body };
  }
}

/** Whether two terms are about the same things. */
const isSame = (one: Terms, other: Terms): boolean =>
  one.type === other.type && one.references.join() === other.references.join();
