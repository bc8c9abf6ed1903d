import { type DescMessage, fromBinary, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** What octets are: a message, none, or one in which a oneof has two members. */
export type Decoded<T> = { readonly kind: "good" | "ambiguous"; readonly message: T } | { readonly kind: "broken" };

/** Decodes octets. */
export function decode<D extends DescMessage>(schema: D, octets: Uint8Array): Decoded<MessageShape<D>> {
  try {
    const doubled = inspect(schema, octets);
    return { kind: doubled ? "ambiguous" : "good", message: fromBinary(schema, octets) };
  } catch {
    return { kind: "broken" };
  }
}

/**
 * Whether a oneof has two members somewhere inside.
 *
 * @throws when octets end early or a field has a wire type that it cannot have, which the runtime library would misread
 */
function inspect(schema: DescMessage, octets: Uint8Array): boolean {
  const reader = new BinaryReader(octets);
  const members = new Map<string, number>();
  let isDoubled = false;
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const field = schema.fields.find((one) => one.number === number);
    if (field === undefined) {
      reader.skip(wireType, number);
      continue;
    }
    if (!expected(field).includes(wireType)) throw new Error(`field ${field.name} has wire type ${wireType}`);
    if (field.oneof !== undefined) {
      const before = members.get(field.oneof.name);
      isDoubled ||= before !== undefined && before !== number;
      members.set(field.oneof.name, number);
    }
    const inner =
      field.fieldKind === "message" || (field.fieldKind === "list" && field.listKind === "message") ? field.message : undefined;
    if (inner === undefined) reader.skip(wireType, number);
    else isDoubled = inspect(inner, reader.bytes()) || isDoubled;
  }
  return isDoubled;
}

function expected(field: DescMessage["fields"][number]): readonly WireType[] {
  if (field.fieldKind === "message" || field.fieldKind === "map") return [WireType.LengthDelimited];
  if (field.fieldKind === "list" && field.listKind === "message") return [WireType.LengthDelimited];
  if (field.fieldKind === "enum" || (field.fieldKind === "list" && field.listKind === "enum")) return [WireType.Varint];
  if (field.scalar === ScalarType.STRING || field.scalar === ScalarType.BYTES) return [WireType.LengthDelimited];
  return [field.scalar === ScalarType.FIXED32 ? WireType.Bit32 : WireType.Varint];
}
