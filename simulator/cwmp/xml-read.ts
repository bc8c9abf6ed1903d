import { SaxesParser, type SaxesTagNS } from "saxes";

/** An element as the phone sees it. */
export interface XmlNode {
  /** Local name. */
  readonly name: string;
  /** Namespace, `""` for none. */
  readonly uri: string;
  readonly prefix: string;
  /** By name, those in a namespace as `{namespace}name`. Namespace declarations are left out, and so is xsi:type. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Character data directly inside, untrimmed. */
  readonly text: string;
  /** Local name in xsi:type. */
  readonly type: string | undefined;
  /** First child with this local name. */
  child(name: string): XmlNode | undefined;
}

export interface XmlReading {
  refusesDoctype(): boolean;
  /** Whether an empty-element tag of this name counts as an element. */
  seesEmptyTag(name: string): boolean;
  cdata(text: string): string;
}

/** The document is not well-formed, or not for a phone to read; `message` says why. */
export class XmlRefused extends Error {}

/** Deeper than any CWMP message; what walks the tree may then recurse. */
const DEEPEST = 100;

const XMLNS = "http://www.w3.org/2000/xmlns/";

const isSchemaInstance = (uri: string): boolean => /^http:\/\/www\.w3\.org\/(?:2001|1999)\/XMLSchema-instance$/.test(uri);

class Node implements XmlNode {
  readonly name: string;
  readonly uri: string;
  readonly prefix: string;
  readonly attributes: Record<string, string> = Object.create(null);
  readonly children: XmlNode[] = [];
  text = "";
  type: string | undefined;

  constructor(tag: SaxesTagNS) {
    this.name = tag.local;
    this.uri = tag.uri;
    this.prefix = tag.prefix;
    for (const { local, uri, value } of Object.values(tag.attributes)) {
      if (local === "type" && isSchemaInstance(uri)) this.type = value.trim().split(":").at(-1);
      else if (uri !== XMLNS) this.attributes[uri === "" ? local : `{${uri}}${local}`] = value;
    }
  }

  child(name: string): XmlNode | undefined {
    return this.children.find((child) => child.name === name);
  }
}

/** The root element of a document. Throws XmlRefused. */
export function readXml(document: string, reading: XmlReading): XmlNode {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Node[] = [];
  let root: Node | undefined;
  parser.on("error", (error) => {
    throw new XmlRefused(error.message);
  });
  parser.on("doctype", () => {
    if (reading.refusesDoctype()) throw new XmlRefused("a document type declaration is not allowed");
  });
  parser.on("opentag", (tag) => {
    const node = new Node(tag);
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else if (!tag.isSelfClosing || reading.seesEmptyTag(tag.local)) parent.children.push(node);
    open.push(node);
    if (open.length > DEEPEST) throw new XmlRefused(`elements are nested more than ${DEEPEST} deep`);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  const add = (text: string): void => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  };
  parser.on("text", add);
  parser.on("cdata", (text) => add(reading.cdata(text)));
  parser.write(document).close();
  if (root === undefined) throw new XmlRefused("there is no element in it");
  return root;
}

/** Text of a document by its byte order mark or its declared encoding, else UTF-8 (XML 1.0 appendix F). Throws XmlRefused. */
export function decodeXml(octets: Buffer): string {
  const encoding = encodingOf(octets);
  // The WHATWG decoder takes this label for Windows-1252.
  if (/^(?:iso-8859-1|latin1)$/i.test(encoding)) return octets.toString("latin1");
  try {
    // The byte order mark is left to the XML parser, which knows it.
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    throw new XmlRefused(`its octets are not ${encoding}`);
  }
}

function encodingOf(octets: Buffer): string {
  const [first, second] = octets;
  if ((first === 0xfe && second === 0xff) || (first === 0x00 && second === 0x3c)) return "utf-16be";
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0x00)) return "utf-16le";
  const declared = /^(?:\u00ef\u00bb\u00bf)?<\?xml\s[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/.exec(
    octets.toString("latin1", 0, 200),
  )?.[1];
  return declared ?? "utf-8";
}
