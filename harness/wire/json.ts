/** A value of a JSON document. `where` is `line 3 column 7`. */
export type JsonValue =
  | { readonly kind: "object"; readonly members: ReadonlyMap<string, JsonValue>; readonly where: string }
  | { readonly kind: "array"; readonly items: readonly JsonValue[]; readonly where: string }
  /** `text` is the string's content, and of all others what stands there. */
  | { readonly kind: "string" | "number" | "boolean" | "null"; readonly text: string; readonly where: string };

export interface JsonReading {
  /** Absent when the octets are no JSON text. */
  readonly root: JsonValue | undefined;
  /** What is wrong with it by RFC 8259, each with its place: `a comma is missing (line 3 column 7)`. */
  readonly faults: readonly string[];
}

/** Deeper documents are not read: no report of parameters comes near it. */
const DEEPEST = 64;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const BLANK = /[ \t\r\n]*/y;
const STRING = /"((?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y;

/** Ends reading: what follows cannot be told apart. */
class Broken extends Error {}

/** Reads a JSON text as RFC 8259 has it and no other; names that stand twice in an object are a fault, and the last one counts. */
export function readJson(octets: Buffer): JsonReading {
  const reader = new JsonReader(octets);
  return { root: reader.root, faults: reader.faults };
}

class JsonReader {
  readonly root: JsonValue | undefined;
  readonly faults: string[] = [];
  readonly #text: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(octets: Buffer) {
    this.#text = octets.toString("utf8");
    if (!Buffer.from(this.#text, "utf8").equals(octets)) this.faults.push("it is not UTF-8");
    if (this.#text.startsWith("\ufeff")) this.faults.push("it begins with a byte order mark");
    this.#text = this.#text.replace(/^\ufeff/, "");
    try {
      this.root = this.#value(0);
      if (this.#peek() !== "") this.#fault("something follows the end of the text");
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.root = undefined;
    }
  }

  /** The next character that is no blank, empty at the end. */
  #peek(): string {
    this.#match(BLANK);
    return this.#text.charAt(this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #where(): string {
    for (;;) {
      const end = this.#text.indexOf("\n", this.#lineStart);
      if (end < 0 || end >= this.#at) break;
      this.#line += 1;
      this.#lineStart = end + 1;
    }
    return `line ${this.#line} column ${this.#at - this.#lineStart + 1}`;
  }

  #fault(message: string): void {
    this.faults.push(`${message} (${this.#where()})`);
  }

  #broken(message: string): never {
    this.#fault(message);
    throw new Broken(message);
  }

  #value(depth: number): JsonValue {
    const first = this.#peek();
    const where = this.#where();
    if (depth > DEEPEST) return this.#broken("it goes too deep");
    if (first === "{") return { kind: "object", members: this.#members(depth), where };
    if (first === "[") return { kind: "array", items: this.#items(depth), where };
    if (first === '"') return { kind: "string", text: this.#string(), where };
    const word = this.#match(WORD)?.[0];
    if (word !== undefined) return { kind: word === "null" ? "null" : "boolean", text: word, where };
    const number = this.#match(NUMBER)?.[0];
    return number === undefined ? this.#broken("no value stands here") : { kind: "number", text: number, where };
  }

  #string(): string {
    const found = this.#match(STRING)?.[0];
    return found === undefined ? this.#broken("no string ends here as it should") : (JSON.parse(found) as string);
  }

  #members(depth: number): ReadonlyMap<string, JsonValue> {
    const members = new Map<string, JsonValue>();
    this.#list("}", () => {
      if (this.#peek() !== '"') this.#broken("the name of a member is missing");
      const name = this.#string();
      if (members.has(name)) this.#fault(`the name ${JSON.stringify(name)} stands twice in an object`);
      if (this.#peek() !== ":") this.#broken("a colon is missing");
      this.#at += 1;
      members.set(name, this.#value(depth + 1));
    });
    return members;
  }

  #items(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    this.#list("]", () => items.push(this.#value(depth + 1)));
    return items;
  }

  /** Reads what stands between brackets, with commas between. */
  #list(end: string, read: () => void): void {
    this.#at += 1;
    if (this.#peek() === end) {
      this.#at += 1;
      return;
    }
    for (;;) {
      read();
      const next = this.#peek();
      this.#at += 1;
      if (next === end) return;
      if (next !== ",") {
        this.#at -= 1;
        this.#broken("a comma is missing");
      }
    }
  }
}
