import { SOAP_ENCODING, XSI } from "./soap.ts";
import type { XmlAttribute, XmlElement } from "./xml.ts";

/** A qualified name in the value of an attribute, resolved with the prefixes in scope. */
export interface QName {
  readonly prefix: string;
  readonly local: string;
  /** Absent when the prefix is declared nowhere. */
  readonly uri: string | undefined;
  /** Namespace of the attribute that held it: `xsi:type` of 1999 is read too. */
  readonly attributeUri: string;
}

/** Older namespaces that some phones still use beside those of 2001. */
export const XSI_OF_1999 = "http://www.w3.org/1999/XMLSchema-instance";
export const XSD_OF_1999 = "http://www.w3.org/1999/XMLSchema";

/** What `xsi:type` of an element says. */
export function typeOf(element: XmlElement): QName | undefined {
  const attribute =
    element.attributes.find(({ local, uri }) => local === "type" && uri === XSI) ??
    element.attributes.find(({ local, uri }) => local === "type" && uri === XSI_OF_1999);
  return attribute === undefined ? undefined : resolve(element, attribute, attribute.value);
}

/** What `soap-enc:arrayType` says: the type of the members and how many it claims. The claim is never trusted. */
export function arrayTypeOf(element: XmlElement): { member: QName; claims: number | undefined; text: string } | undefined {
  const attribute = element.attributes.find(({ local, uri }) => local === "arrayType" && uri === SOAP_ENCODING);
  if (attribute === undefined) return undefined;
  const [, name = attribute.value, count] = /^\s*([^[\s]*)\s*\[\s*(\d*)\s*\]\s*$/.exec(attribute.value) ?? [];
  const claims = count === undefined || count === "" ? undefined : Number(count);
  return { member: resolve(element, attribute, name), claims, text: attribute.value };
}

function resolve(element: XmlElement, attribute: XmlAttribute, text: string): QName {
  const name = text.trim();
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  return { prefix, local: name.slice(colon + 1), uri: element.namespaces[prefix], attributeUri: attribute.uri };
}
