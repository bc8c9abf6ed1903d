import type { Located } from "../core/finding.ts";
import { type Malformed, parseXml } from "./parse.ts";
import type { XmlElement } from "./xml.ts";

export const SOAP_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
export const SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
export const XSD = "http://www.w3.org/2001/XMLSchema";
export const XSI = "http://www.w3.org/2001/XMLSchema-instance";
/** What every namespace of CWMP begins with: `urn:dslforum-org:cwmp-1-0` and so on. */
export const CWMP_PREFIX = "urn:dslforum-org:cwmp-";

/** A SOAP message: read leniently, so that a session can go on, with everything strict remembered beside it. */
export interface Envelope {
  /**
   * Set when the octets are not well-formed XML in the declared encoding, hold a DTD, or exceed a limit of the decoder;
   * `root` is then what a lenient reader made of them, if anything.
   */
  readonly malformed: Malformed | undefined;
  /** Encoding the octets were read in, in lower case. */
  readonly encoding: string;
  readonly root: XmlElement | undefined;
  /** Entries of soap:Header. */
  readonly header: readonly XmlElement[];
  /** Entries of soap:Body. */
  readonly body: readonly XmlElement[];
  /** Local name of the first Body entry, `""` when there is none; `Fault` for a fault. */
  readonly method: string;
  /** Text of the cwmp:ID header. */
  readonly id: Located;
  readonly cwmpNamespace: string | undefined;
  /** How findings name this message. */
  readonly where: string;
  /** The first element at a path of local names from Body: `GetParameterValuesResponse/ParameterList/ParameterValueStruct[2]/Value`. */
  element(path: string): XmlElement | undefined;
  /** All elements at a path; a step without `[n]` takes every element of that name. */
  elements(path: string): readonly XmlElement[];
  /** Text at a path and its place; absent is ordinary, its place is then that of the deepest element found. */
  at(path: string): Located;
  all(path: string): readonly Located[];
  /** The place of an element of this message. */
  place(element: XmlElement): string;
}

/**
 * Reads a SOAP message. Never throws, whatever the octets.
 *
 * @param where how findings name the message, given directly or from the method once that is known
 */
export function decodeEnvelope(body: Buffer, where: string | ((method: string) => string)): Envelope {
  const { malformed, root, encoding } = parseXml(body);
  const envelope = root?.local === "Envelope" ? root : undefined;
  const header = soapChild(envelope, "Header")?.children ?? [];
  const bodyElement = soapChild(envelope, "Body");
  const entries = bodyElement?.children ?? [];
  const method = entries[0]?.local ?? "";
  const name = typeof where === "string" ? where : where(method);
  const place = (element: XmlElement): string => `${name}, line ${element.line} column ${element.column}`;
  const found = (path: string) => walk(bodyElement, path);
  const at = (path: string): Located => {
    const { elements, deepest } = found(path);
    const element = elements[0];
    if (element !== undefined) return { value: element.text, where: place(element) };
    return { value: undefined, where: deepest === undefined ? name : place(deepest) };
  };
  const id = header.find(({ local }) => local === "ID");
  return {
    malformed,
    encoding,
    root,
    header,
    body: entries,
    method,
    id: { value: id?.text, where: id === undefined ? name : place(id) },
    cwmpNamespace: cwmpNamespaceOf(entries[0], id, envelope),
    where: name,
    element: (path) => found(path).elements[0],
    elements: (path) => found(path).elements,
    at,
    all: (path) => found(path).elements.map((element) => ({ value: element.text, where: place(element) })),
    place,
  };
}

/** The child in the SOAP namespace; where a phone has that wrong, the first one with the name. */
function soapChild(envelope: XmlElement | undefined, local: string): XmlElement | undefined {
  const named = envelope?.children.filter((child) => child.local === local) ?? [];
  return named.find(({ uri }) => uri === SOAP_ENVELOPE) ?? named[0];
}

function walk(start: XmlElement | undefined, path: string): { elements: readonly XmlElement[]; deepest: XmlElement | undefined } {
  let elements: readonly XmlElement[] = start === undefined ? [] : [start];
  let deepest = start;
  for (const step of path.split("/")) {
    const [, local, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? [];
    elements = elements.flatMap((element) => {
      const named = element.children.filter((child) => child.local === local);
      return index === undefined ? named : named.slice(Number(index) - 1, Number(index));
    });
    deepest = elements[0] ?? deepest;
  }
  return { elements, deepest };
}

function cwmpNamespaceOf(
  entry: XmlElement | undefined,
  id: XmlElement | undefined,
  envelope: XmlElement | undefined,
): string | undefined {
  const inFault = entry?.children.find(({ local }) => local === "detail")?.children[0];
  const candidates = [entry?.local === "Fault" ? inFault?.uri : entry?.uri, id?.uri];
  const used = candidates.find((uri) => uri?.startsWith(CWMP_PREFIX));
  if (used !== undefined) return used;
  const first = candidates.find((uri) => uri !== undefined && uri !== "" && uri !== SOAP_ENVELOPE);
  return first ?? Object.values(envelope?.namespaces ?? {}).find((uri) => uri.startsWith(CWMP_PREFIX));
}
