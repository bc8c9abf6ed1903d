import type { Limits } from "../data-model/standard.ts";

/** Primitive types of parameters (TR-106 3.2). A list is a string. */
export type UspType = "boolean" | "dateTime" | "int" | "string" | "unsignedInt";

/** Who may write: nobody, a controller, or a controller once (TR-369 "writeOnceReadOnly Parameter Access"). */
export type Access = "read" | "write" | "once";

export interface ParameterShape {
  readonly name: string;
  readonly type: UspType;
  readonly access: Access;
  /** Value in a new instance. */
  readonly initial: string;
  readonly limits: Limits;
  /** A comma-separated list. */
  readonly isList?: true;
  /** Path, in the supported data model, of the object that the value names. */
  readonly refersTo?: string;
  /** Changes of its own accord, so that ValueChange ignores it. */
  readonly restless?: true;
  /** A secret: it reads as the empty string (TR-106 "hidden"). */
  readonly isHidden?: true;
  /** A secret that controllers with one of the secured roles are shown (TR-106 "secured"). */
  readonly isSecured?: true;
  /** Only there where the phone's own data model has it. */
  readonly isOfMap?: true;
  /** What a new value has to look like, beyond its limits. */
  readonly pattern?: RegExp;
}

export interface CommandShape {
  /** With its parentheses. */
  readonly name: string;
  readonly isAsync: boolean;
  readonly input: readonly string[];
  /** Those of the input arguments that have to be there. */
  readonly mandatory: readonly string[];
  readonly output: readonly string[];
}

export interface EventShape {
  /** With its exclamation mark. */
  readonly name: string;
  readonly args: readonly string[];
}

export interface ObjectShape {
  /** Path in the supported data model, `Device.LocalAgent.Subscription.{i}.` */
  readonly path: string;
  /** Whether Add and Delete work on its instances. */
  readonly creatable: boolean;
  /** How many instances fit into one table. */
  readonly max: number;
  readonly keys: readonly (readonly string[])[];
  readonly parameters: readonly ParameterShape[];
  readonly commands: readonly CommandShape[];
  readonly events: readonly EventShape[];
}

type Members = Partial<Omit<ObjectShape, "path" | "parameters">>;

export function object(path: string, parameters: readonly ParameterShape[], members: Members = {}): ObjectShape {
  return { path, creatable: false, max: 0, keys: [], commands: [], events: [], ...members, parameters };
}

type Rest = Partial<Omit<ParameterShape, "name" | "type">>;

const of =
  (type: UspType, initial: string) =>
  (name: string, access: Access, rest: Rest = {}): ParameterShape => ({ initial, limits: {}, ...rest, name, type, access });

export const flag = of("boolean", "false");
export const text = of("string", "");
export const count = of("unsignedInt", "0");
export const number = of("int", "0");
export const time = of("dateTime", "0001-01-01T00:00:00Z");

export const list = (name: string, access: Access, rest: Rest = {}): ParameterShape =>
  text(name, access, { ...rest, isList: true });

/** The non-functional key that tables have: a letter first, given once (TR-106 3.6.1). */
export const alias: ParameterShape = text("Alias", "once", { limits: { length: 64 }, pattern: /^[A-Za-z][\w-]*$/ });

export function command(
  name: string,
  isAsync: boolean,
  mandatory: readonly string[] = [],
  output: readonly string[] = [],
): CommandShape {
  return { name, isAsync, input: mandatory, mandatory, output };
}
