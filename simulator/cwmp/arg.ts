/** An argument of a method, or a member of a struct. Exactly one of `text`, `array` and `children` says what is in it; none, that it is empty. */
export interface Arg {
  readonly name: string;
  readonly text?: string;
  /** XML Schema type of an anySimpleType value, without prefix: becomes xsi:type. */
  readonly type?: string;
  /** Members under `cwmp:…` or `xsd:…`; becomes arrayType. */
  readonly array?: { readonly type: `cwmp:${string}` | `xsd:${string}`; readonly members: readonly Arg[] };
  readonly children?: readonly Arg[];
}
