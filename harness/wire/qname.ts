import { XSI } from "./soap.ts";
import type { XmlElement } from "./xml.ts";

/** A qualified name in the value of an attribute, resolved with the prefixes in scope. */
export interface QName {
  readonly prefix: string;
  readonly local: string;
  /** Absent when the prefix is declared nowhere. */
  readonly uri: string | undefined;
}

/** An older namespace that some phones still use beside that of 2001. */
const XSI_OF_1999 = "http://www.w3.org/1999/XMLSchema-instance";

/** What `xsi:type` of an element says. */
export function typeOf(element: XmlElement): QName | undefined {
  const attribute =
    element.attributes.find(({ local, uri }) => local === "type" && uri === XSI) ??
    element.attributes.find(({ local, uri }) => local === "type" && uri === XSI_OF_1999);
  return attribute === undefined ? undefined : resolveQName(element, attribute.value);
}

/** What a QName in the value of an attribute of `element` stands for. */
export function resolveQName(element: XmlElement, text: string): QName {
  const name = text.trim();
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  return { prefix, local: name.slice(colon + 1), uri: element.namespaces[prefix] };
}
