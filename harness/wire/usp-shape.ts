import { type DescEnum, type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { WIRE_32_BIT, WIRE_LENGTH, WIRE_VARINT } from "./protobuf.ts";

/** The types that fields of USP have. */
type Type = "string" | "bytes" | "bool" | "uint64" | "fixed32" | "enum" | "message";

/** What the schema says of one field, as a reader of octets needs it. */
export interface FieldShape {
  readonly name: string;
  readonly number: number;
  readonly type: Type;
  readonly wireType: number;
  /** `single` may occur once, `list` as often as it likes; a `map` is a list of entries on the wire. */
  readonly occurs: "single" | "list" | "map";
  /** The oneof that it is a member of. */
  readonly oneof: string | undefined;
  readonly enum: DescEnum | undefined;
  /** Absent for what is not of type `message`. A function, for the shape is made when it is first asked for. */
  readonly message: (() => MessageShape) | undefined;
  /** How the schema itself describes it; absent for key and value of a map entry. */
  readonly desc: DescField | undefined;
}

/** What the schema says of a message. */
export interface MessageShape {
  readonly name: string;
  readonly byNumber: ReadonlyMap<number, FieldShape>;
  readonly byName: ReadonlyMap<string, FieldShape>;
  readonly oneofs: readonly string[];
}

const shapes = new WeakMap<DescMessage, MessageShape>();

/** The shape of a message of the USP schemas. Throws for types that these do not use: the reader would not know them. */
export function shapeOf(desc: DescMessage): MessageShape {
  const known = shapes.get(desc);
  if (known !== undefined) return known;
  const shape = messageShape(
    desc.name,
    desc.fields.map(fieldShape),
    desc.oneofs.map(({ name }) => name),
  );
  shapes.set(desc, shape);
  return shape;
}

function messageShape(name: string, fields: readonly FieldShape[], oneofs: readonly string[]): MessageShape {
  return {
    name,
    byNumber: new Map(fields.map((field) => [field.number, field])),
    byName: new Map(fields.map((field) => [field.name, field])),
    oneofs,
  };
}

function entryPart(name: string, number: number): FieldShape {
  return {
    ...{ name, number, type: "string", wireType: WIRE_LENGTH, occurs: "single" },
    ...{ oneof: undefined, enum: undefined, message: undefined, desc: undefined },
  };
}

/** All maps of USP lead from a string to a string. */
const MAP_ENTRY = messageShape("map entry", [entryPart("key", 1), entryPart("value", 2)], []);

function fieldShape(field: DescField): FieldShape {
  const { name, number } = field;
  const oneof = field.oneof?.name;
  const rest = { name, number, oneof, enum: undefined, message: undefined, desc: field };
  switch (field.fieldKind) {
    case "map":
      if (field.mapKey !== ScalarType.STRING || field.scalar !== ScalarType.STRING) throw unfamiliar(field);
      return { ...rest, type: "message", wireType: WIRE_LENGTH, occurs: "map", message: () => MAP_ENTRY };
    case "enum":
      return { ...rest, type: "enum", wireType: WIRE_VARINT, occurs: "single", enum: field.enum };
    case "message":
      return { ...rest, type: "message", wireType: WIRE_LENGTH, occurs: "single", message: () => shapeOf(field.message) };
    case "scalar":
      return { ...rest, ...scalarType(field, field.scalar), occurs: "single" };
    case "list": {
      if (field.listKind === "message")
        return { ...rest, type: "message", wireType: WIRE_LENGTH, occurs: "list", message: () => shapeOf(field.message) };
      // Lists of numbers could be packed into one value; USP has none.
      const type = field.listKind === "scalar" ? scalarType(field, field.scalar) : undefined;
      if (type?.wireType !== WIRE_LENGTH) throw unfamiliar(field);
      return { ...rest, ...type, occurs: "list" };
    }
  }
}

const SCALAR_TYPES: Partial<Record<ScalarType, Pick<FieldShape, "type" | "wireType">>> = {
  [ScalarType.STRING]: { type: "string", wireType: WIRE_LENGTH },
  [ScalarType.BYTES]: { type: "bytes", wireType: WIRE_LENGTH },
  [ScalarType.BOOL]: { type: "bool", wireType: WIRE_VARINT },
  [ScalarType.UINT64]: { type: "uint64", wireType: WIRE_VARINT },
  [ScalarType.FIXED32]: { type: "fixed32", wireType: WIRE_32_BIT },
};

function scalarType(field: DescField, scalar: ScalarType): Pick<FieldShape, "type" | "wireType"> {
  const type = SCALAR_TYPES[scalar];
  if (type === undefined) throw unfamiliar(field);
  return type;
}

const unfamiliar = (field: DescField): Error => new Error(`${String(field)} has a type that the reader of USP does not know`);
