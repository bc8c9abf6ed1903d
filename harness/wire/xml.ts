/** An element as a strict, namespace-aware parser saw it. Lines and columns count from 1. */
export interface XmlElement {
  readonly local: string;
  readonly prefix: string;
  /** Namespace URI, `""` when the element is in none. */
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  /** Prefixes in scope and what they stand for, as `xsi:type` and `arrayType` values need them. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All character data directly inside the element, CDATA included, comments left out. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

export interface XmlAttribute {
  readonly local: string;
  readonly prefix: string;
  readonly uri: string;
  readonly value: string;
}
