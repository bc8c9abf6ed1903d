import { SaxesParser } from "saxes";
import type { XmlElement } from "./xml.ts";

/** Why octets are not the XML they should be, and where. Lines and columns count from 1. */
export interface Malformed {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface Parsed {
  readonly malformed: Malformed | undefined;
  /** What could be read; with `malformed` set, what a lenient reader makes of it. */
  readonly root: XmlElement | undefined;
  /** Encoding the octets were read in, in lower case. */
  readonly encoding: string;
}

/** Larger bodies are not decoded. */
const MAX_OCTETS = 32 * 1024 * 1024;
/** Characters of a document up to which one with a DTD, which SOAP forbids, is read on leniently. */
const LARGEST_WITH_DTD = 256 * 1024;
/** Limits that no SOAP message of a phone comes near; they keep hostile documents from taking memory or time. */
const MAX_DEPTH = 256;
const MAX_ELEMENTS = 120_000;
const MAX_ERRORS = 100;
const MAX_SCOPE_ENTRIES = 2_000_000;

const XMLNS = "http://www.w3.org/2000/xmlns/";

interface Growing extends XmlElement {
  children: XmlElement[];
  text: string;
}

/** A run keeps some hundred thousand elements, most of them without children or attributes: they share these. */
const CHILDLESS: XmlElement[] = [];
const BARE: XmlElement["attributes"] = [];

/** Ends reading early; what was read so far stays. */
class Enough extends Error {}

/**
 * Reads a namespace-aware XML 1.0 document. The reader goes on after an error as far as it can, so that one pass gives both
 * the strict judgement and the lenient reading. Never throws.
 */
export function parseXml(octets: Buffer): Parsed {
  if (octets.length > MAX_OCTETS)
    return { malformed: at(1, 1, `longer than ${MAX_OCTETS} octets, not decoded`), root: undefined, encoding: "" };
  const { text, encoding, problem } = decodeText(octets);
  // A large DTD is there to do harm, and the parser would gather all of it before it says a word.
  if (text.length > LARGEST_WITH_DTD && text.slice(0, 4096).includes("<!DOCTYPE"))
    return { malformed: at(1, 1, "a large document with a DTD, not decoded"), root: undefined, encoding };
  const reader = new Reader(text, problem === undefined ? undefined : at(1, 1, problem));
  reader.read();
  return { malformed: reader.malformed, root: reader.root, encoding };
}

const at = (line: number, column: number, message: string): Malformed => ({ message, line, column });

class Reader {
  malformed: Malformed | undefined;
  root: XmlElement | undefined;
  readonly #text: string;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #open: Growing[] = [];
  #elements = 0;
  #scopeEntries = 0;
  #errors = 0;
  #start = 0;
  /** Line breaks up to the last element start, counted as the reader goes. */
  #line = { number: 1, begins: 0, scanned: 0 };

  constructor(text: string, malformed: Malformed | undefined) {
    this.#text = text;
    this.malformed = malformed;
  }

  read(): void {
    const parser = this.#parser;
    parser.on("error", (error) => this.#note(error.message.replace(/^\d+:\d+: /, "")));
    parser.on("doctype", () => this.#note("a document type declaration (DTD), which SOAP forbids"));
    parser.on("opentagstart", (tag) => {
      this.#start = parser.position - tag.name.length - 2;
    });
    parser.on("opentag", (tag) => this.#opened(tag));
    parser.on("closetag", () => {
      const element = this.#open.pop();
      // An array that has grown keeps room for many more.
      if (element !== undefined && element.children.length > 1) element.children = element.children.slice();
    });
    const add = (text: string): void => {
      const element = this.#open.at(-1);
      if (element !== undefined) element.text += text;
    };
    parser.on("text", add);
    parser.on("cdata", add);
    try {
      parser.write(this.#text).close();
    } catch (error) {
      // The parser itself may give up on what follows an error; whatever was read stays.
      if (!(error instanceof Enough)) this.#note(error instanceof Error ? error.message : String(error));
    }
    if (this.root === undefined && this.malformed === undefined) this.malformed = at(1, 1, "no root element");
  }

  #note(message: string): void {
    this.malformed ??= at(this.#parser.line, this.#parser.column + 1, message);
    this.#errors += 1;
    if (this.#errors > MAX_ERRORS) throw new Enough();
  }

  #stop(message: string): never {
    this.malformed ??= at(this.#parser.line, this.#parser.column + 1, message);
    throw new Enough();
  }

  #opened(tag: {
    local: string;
    prefix: string;
    uri: string;
    ns: Record<string, string>;
    attributes: Record<string, { local: string; prefix: string; uri: string; value: string }>;
  }): void {
    if (this.#open.length >= MAX_DEPTH) this.#stop(`nested deeper than ${MAX_DEPTH} elements`);
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) this.#stop(`more than ${MAX_ELEMENTS} elements`);
    const parent = this.#open.at(-1);
    const { line, column } = this.#position();
    const attributes = Object.values(tag.attributes)
      .filter(({ uri }) => uri !== XMLNS)
      .map(({ local, prefix, uri, value }) => ({ local, prefix, uri, value }));
    const element: Growing = {
      local: tag.local,
      prefix: tag.prefix,
      uri: tag.uri,
      attributes: attributes.length === 0 ? BARE : attributes,
      namespaces: this.#inScope(parent?.namespaces, tag.ns),
      children: CHILDLESS,
      text: "",
      line,
      column,
    };
    if (parent?.children === CHILDLESS) parent.children = [element];
    else parent?.children.push(element);
    this.root ??= element;
    this.#open.push(element);
  }

  /** Prefixes in scope; without a prototype, as phones choose the names. */
  #inScope(outer: Readonly<Record<string, string>> | undefined, own: Record<string, string>): Readonly<Record<string, string>> {
    if (outer !== undefined && Object.keys(own).length === 0) return outer;
    const scope = Object.assign(Object.create(null) as Record<string, string>, outer, own);
    this.#scopeEntries += Object.keys(scope).length;
    if (this.#scopeEntries > MAX_SCOPE_ENTRIES) this.#stop("too many namespace declarations");
    return scope;
  }

  /** Line and column of the `<` of the element that was just opened; CR, LF and CRLF each end a line. */
  #position(): { line: number; column: number } {
    const place = this.#line;
    const text = this.#text;
    for (; place.scanned < this.#start; place.scanned += 1) {
      const code = text.charCodeAt(place.scanned);
      if (code === 10 || (code === 13 && text.charCodeAt(place.scanned + 1) !== 10)) {
        place.number += 1;
        place.begins = place.scanned + 1;
      }
    }
    return { line: place.number, column: Math.max(1, this.#start - place.begins + 1) };
  }
}

interface Decoded {
  readonly text: string;
  readonly encoding: string;
  readonly problem: string | undefined;
}

/** Characters from octets: by byte order mark, else by XML declaration, else UTF-8 (XML 1.0 appendix F). */
function decodeText(octets: Buffer): Decoded {
  const [first, second, third] = octets;
  if (first === 0xfe && second === 0xff) return utf16(octets.subarray(2), "utf-16be", undefined);
  if (first === 0xff && second === 0xfe) return utf16(octets.subarray(2), "utf-16le", undefined);
  const unmarked = "UTF-16 without a byte order mark";
  if (first === 0 && second === 0x3c) return utf16(octets, "utf-16be", unmarked);
  if (first === 0x3c && second === 0) return utf16(octets, "utf-16le", unmarked);
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  const content = marked ? octets.subarray(3) : octets;
  const declared = declaredEncoding(content.toString("latin1", 0, 256));
  if (marked) {
    const conflict = declared !== undefined && declared !== "utf-8";
    return strictly(content, "utf-8", conflict ? `declares ${declared} after a UTF-8 byte order mark` : undefined);
  }
  if (declared?.startsWith("utf-16")) return strictly(content, "utf-8", `declares ${declared} but is in another encoding`);
  return strictly(content, declared ?? "utf-8", undefined);
}

function declaredEncoding(start: string): string | undefined {
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1]?.toLowerCase();
}

function utf16(octets: Buffer, encoding: "utf-16be" | "utf-16le", problem: string | undefined): Decoded {
  const decoded = strictly(octets, encoding, problem);
  const declared = declaredEncoding(decoded.text.slice(0, 256));
  const conflict =
    declared !== undefined && !declared.startsWith("utf-16") ? `declares ${declared} but is in ${encoding}` : undefined;
  return { ...decoded, problem: decoded.problem ?? conflict };
}

function strictly(octets: Buffer, encoding: string, problem: string | undefined): Decoded {
  // The Encoding Standard reads Latin-1 and ASCII as windows-1252, which differs in the octets 80 to 9F.
  if (/^(iso-8859-1|latin1)$/.test(encoding)) return { text: octets.toString("latin1"), encoding, problem };
  if (/^(us-)?ascii$/.test(encoding)) {
    const foreign = octets.some((octet) => octet > 0x7f);
    return { text: octets.toString("latin1"), encoding, problem: problem ?? (foreign ? "not US-ASCII as declared" : undefined) };
  }
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets), encoding, problem };
  } catch (error) {
    const reason = error instanceof RangeError ? `declares an unknown encoding ${encoding}` : `not valid ${encoding}`;
    const lenient = encoding === "utf-16be" || encoding === "utf-16le" ? encoding : "utf-8";
    return { text: new TextDecoder(lenient).decode(octets), encoding, problem: problem ?? reason };
  }
}
