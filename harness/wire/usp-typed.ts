import { create, type DescMessage, type MessageShape } from "@bufbuild/protobuf";
import { type ReflectList, type ReflectMap, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { WireField, WireMessage } from "./usp-lint.ts";
import { isMessage } from "./usp-path.ts";

/**
 * What was read, as a value of the generated types. The reader of the library is not asked, for it misreads fields of a wrong wire
 * type and gives up at the first fault.
 */
export function typed<Schema extends DescMessage>(schema: Schema, read: WireMessage): MessageShape<Schema> {
  const message = create(schema);
  fill(reflect(schema, message, false), read);
  return message;
}

function fill(target: ReflectMessage, read: WireMessage): void {
  for (const field of read.fields.values()) fillField(target, field);
}

function fillField(target: ReflectMessage, { shape: { desc }, values, entries }: WireField): void {
  // Only key and value of a map entry have none, and they are never filled in by themselves.
  if (desc === undefined) return;
  const filled = (index: number): unknown => {
    const value = values[index]?.value;
    if (value === undefined || !isMessage(value) || desc.message === undefined) return value;
    const inner = reflect(desc.message, undefined, false);
    fill(inner, value);
    return inner;
  };
  if (desc.fieldKind === "list") {
    const list: ReflectList = target.get(desc);
    for (const index of values.keys()) list.add(filled(index));
  } else if (desc.fieldKind === "map") {
    const map: ReflectMap = target.get(desc);
    for (const [key, { value }] of entries) map.set(key, value);
  } else {
    target.set(desc, filled(0));
  }
}
