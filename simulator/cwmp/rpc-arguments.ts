import type { RpcSeams } from "./rpc-seams.ts";
import type { OutgoingFault, XmlNode } from "./soap.ts";

/** A request ends with a fault (TR-069 A.5.1). */
export class RpcFault extends Error {
  readonly fault: OutgoingFault;

  constructor(fault: OutgoingFault) {
    super(`fault ${fault.code}`);
    this.fault = fault;
  }
}

/** Ends the request with a fault, unless the phone has none for this case. */
export function refuse(code: number | undefined): void {
  if (code !== undefined) throw new RpcFault({ code });
}

/** Reads the arguments of a request. One that is missing, or no value of its type, ends the request with fault 9003. */
export class RpcArguments {
  readonly #body: XmlNode;
  readonly #seams: RpcSeams;

  constructor(body: XmlNode, seams: RpcSeams) {
    this.#body = body;
    this.#seams = seams;
  }

  get content(): XmlNode {
    return this.#body;
  }

  text(name: string): string {
    const node = this.#body.child(name);
    if (node === undefined) return this.#seams.missingArgument(name) ?? this.#invalid();
    return node.children.length > 0 ? this.#invalid() : node.text;
  }

  path(name: string): string {
    const path = this.text(name);
    if (!this.#seams.pathFits(path)) refuse(this.#seams.overLongPath());
    return path;
  }

  key(name: string): string {
    const key = this.text(name);
    return this.#seams.keptKey(key, this.#seams.keyFits(key), name) ?? this.#invalid();
  }

  boolean(name: string): boolean {
    return this.#seams.booleanArgument(this.text(name), name) ?? this.#invalid();
  }

  unsigned(name: string): number {
    return this.#seams.unsignedArgument(this.text(name)) ?? this.#invalid();
  }

  /** Members of an array, whatever it says of their number. */
  members(name: string): readonly RpcArguments[] {
    return (this.#body.child(name)?.children ?? this.#invalid()).map((node) => new RpcArguments(node, this.#seams));
  }

  /** Members of an array of strings. */
  strings(name: string): readonly string[] {
    return this.members(name).map(({ content }) => (content.children.length > 0 ? this.#invalid() : content.text));
  }

  /** A value of any simple type, and the type that the ACS says it has. */
  value(name: string): { readonly text: string; readonly type: string | undefined } {
    return { text: this.text(name), type: this.#body.child(name)?.type };
  }

  #invalid(): never {
    throw new RpcFault({ code: this.#seams.invalidArgument() });
  }
}
