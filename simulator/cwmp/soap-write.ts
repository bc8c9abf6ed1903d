import type { Field } from "../http/message.ts";
import type { Arg } from "./arg.ts";
import type { ElementName, MessageKind, PerNamespace, SoapSeams } from "./soap-seams.ts";

/** A message other than a fault. `method` is the name of the element in the Body: `Inform`, `GetParameterValuesResponse`. */
export interface Outgoing {
  readonly method: string;
  readonly args: readonly Arg[];
  /** Content of the ID header; in a response that of the request. */
  readonly id: string | undefined;
}

export interface OutgoingFault {
  readonly code: number;
  /** Default: the description of the code. */
  readonly text?: string;
  /** The parameters in error of a SetParameterValues, with their full names. */
  readonly parameterFaults?: readonly { readonly name: string; readonly code: number; readonly text: string }[];
}

/** The envelope of a request or response, as text (TR-069 3.5). */
export function encodeMessage(seams: SoapSeams, namespace: string, message: Outgoing): string {
  const kind = message.method.endsWith("Response") ? "response" : "request";
  return new EnvelopeWriter(seams, namespace, message.method).envelope(message.id, kind, (writer, inside) => {
    const name = { prefix: writer.prefixes.cwmp, local: seams.methodName(message.method), uri: writer.namespaces.cwmp };
    return writer.method(name, seams.members(message.method, message.args), inside);
  });
}

/** The envelope of a CWMP fault, as text (TR-069 3.5). */
export function encodeFault(seams: SoapSeams, namespace: string, id: string | undefined, fault: OutgoingFault): string {
  const listed = seams.parameterFaults(fault.parameterFaults ?? []).map(({ name, code, text }) => ({
    name: "SetParameterValuesFault",
    children: [
      { name: "ParameterName", text: name },
      { name: "FaultCode", text: String(code) },
      { name: "FaultString", text },
    ],
  }));
  const detail = [
    { name: "FaultCode", text: String(fault.code) },
    { name: "FaultString", text: fault.text ?? FAULT_TEXTS[fault.code] ?? "Fault" },
    ...listed,
  ];
  return new EnvelopeWriter(seams, namespace, "Fault").envelope(id, "fault", (writer, inside) => {
    const code = seams.faultCode(seams.faultClass(fault.code), writer.prefixes);
    const cwmpFault = { prefix: writer.prefixes.cwmp, local: seams.faultDetail(), uri: writer.namespaces.cwmp };
    return writer.fault(code, seams.faultString(), inside, (deeper) =>
      writer.method(cwmpFault, seams.faultMembers(detail), deeper),
    );
  });
}

/** The answer to a request with a header entry that must be understood and is not (SOAP 1.1 4.2.3, 4.4.1): it has no detail. */
export function encodeNotUnderstood(seams: SoapSeams, namespace: string, id: string | undefined, entry: string): string {
  return new EnvelopeWriter(seams, namespace, "Fault").envelope(id, "fault", (writer, inside) =>
    writer.fault(`${writer.prefixes.envelope}:MustUnderstand`, `The header entry ${entry} is not understood`, inside),
  );
}

const FAULT_TEXTS: Readonly<Record<number, string>> = {
  9000: "Method not supported",
  9001: "Request denied",
  9002: "Internal error",
  9003: "Invalid arguments",
  9004: "Resources exceeded",
  9005: "Invalid parameter name",
  9006: "Invalid parameter type",
  9007: "Invalid parameter value",
  9008: "Parameter is not writable",
  9009: "Notification request rejected",
  9010: "Download failure",
  9011: "Upload failure",
  9012: "File server authentication failure",
  9013: "Unsupported protocol for file transfer",
};

/** Place of an element: how deep it is, and which default namespace is in force there. */
interface Place {
  readonly depth: number;
  readonly defaultNamespace: string;
}

type Content = string | readonly ((inside: Place) => string)[];

class EnvelopeWriter {
  readonly prefixes: PerNamespace;
  readonly namespaces: PerNamespace;
  readonly #seams: SoapSeams;
  readonly #message: string;

  constructor(seams: SoapSeams, namespace: string, message: string) {
    this.#seams = seams;
    this.#message = message;
    this.prefixes = seams.prefixes();
    this.namespaces = seams.namespaces(namespace, message);
  }

  envelope(id: string | undefined, kind: MessageKind, entry: (writer: EnvelopeWriter, inside: Place) => string): string {
    const header = this.#header(id, kind);
    const extra = this.#seams.afterBody(this.prefixes, this.#message);
    const body = (place: Place): string => this.#element(this.#soap("Body"), [], [(inside) => entry(this, inside)], place);
    const content = [...(header === undefined ? [] : [header]), body, ...(extra === "" ? [] : [() => extra])];
    const declarations = this.#declarations("envelope");
    const root = this.#element(this.#soap("Envelope"), declarations, content, { depth: 0, defaultNamespace: "" });
    return this.#seams.declaration(this.#message) + root;
  }

  /** The element of a method, or another of the schema's top level, with what is in it. */
  method(name: ElementName, args: readonly Arg[], place: Place): string {
    return this.#element(
      name,
      this.#declarations("entry"),
      args.map((arg) => (inside: Place) => this.#arg(arg, inside)),
      place,
    );
  }

  fault(code: string, text: string, place: Place, detail?: (inside: Place) => string): string {
    const plain = (local: string, content: Content) => (inside: Place) =>
      this.#element({ prefix: "", local, uri: "" }, [], content, inside);
    const children = [
      plain("faultcode", code),
      plain("faultstring", text),
      ...(detail === undefined ? [] : [plain("detail", [detail])]),
    ];
    return this.#element(this.#soap("Fault"), [], children, place);
  }

  #soap(local: string): ElementName {
    return { prefix: this.prefixes.envelope, local, uri: this.namespaces.envelope };
  }

  #declarations(place: "envelope" | "entry"): readonly Field[] {
    return this.#seams.declarations(place, this.prefixes, this.namespaces);
  }

  #header(id: string | undefined, kind: MessageKind): ((place: Place) => string) | undefined {
    const text = this.#seams.idHeader(id, kind);
    const extra = this.#seams.headerEntries(this.prefixes, this.#message);
    if (text === undefined && extra === "") return undefined;
    const name = { prefix: this.prefixes.cwmp, local: "ID", uri: this.namespaces.cwmp };
    const attributes = [...this.#declarations("entry"), ...this.#seams.mustUnderstand(this.prefixes, this.#message)];
    const entries = text === undefined ? [] : [(inside: Place) => this.#element(name, attributes, text, inside)];
    return (place) => this.#element(this.#soap("Header"), [], [...entries, ...(extra === "" ? [] : [() => extra])], place);
  }

  #arg(arg: Arg, place: Place): string {
    const prefix = this.#seams.innerPrefix(arg.name, this.prefixes);
    const name = { prefix, local: arg.name, uri: prefix === "" ? "" : this.namespaces.cwmp };
    const type =
      arg.type === undefined ? this.#seams.elementType(arg.name, this.prefixes) : this.#seams.valueType(arg.type, this.prefixes);
    const attributes: Field[] = type === undefined ? [] : [[`${this.prefixes.instance}:type`, type]];
    if (arg.array !== undefined) {
      const members = this.#seams.listOrder(arg.array.type, arg.array.members);
      const arrayType = this.#seams.arrayType(arg.array.type, members.length, this.prefixes);
      if (arrayType !== undefined) attributes.push([`${this.prefixes.encoding}:arrayType`, arrayType]);
      return this.#element(
        name,
        attributes,
        members.map((member) => (inside: Place) => this.#arg(member, inside)),
        place,
      );
    }
    if (arg.children !== undefined) {
      const members = this.#seams.members(arg.name, arg.children);
      return this.#element(
        name,
        attributes,
        members.map((member) => (inside: Place) => this.#arg(member, inside)),
        place,
      );
    }
    return this.#element(name, attributes, arg.text ?? "", place);
  }

  #element(name: ElementName, attributes: readonly Field[], content: Content, { depth, defaultNamespace }: Place): string {
    const written = name.prefix === "" ? name.local : `${name.prefix}:${name.local}`;
    const redeclares = name.prefix === "" && name.uri !== defaultNamespace;
    const all: readonly Field[] = redeclares ? [["xmlns", name.uri], ...attributes] : attributes;
    const tag = written + this.#seams.attributes(all);
    if (content.length === 0) return this.#seams.emptyElement(tag, written);
    if (typeof content === "string") return `<${tag}>${this.#seams.text(content)}</${written}>`;
    const inside = { depth: depth + 1, defaultNamespace: redeclares ? name.uri : defaultNamespace };
    const gap = this.#seams.gap(inside.depth);
    return `<${tag}>${content.map((child) => gap + child(inside)).join("")}${this.#seams.gap(depth)}</${written}>`;
  }
}
