import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { MsgSchema } from "../../schema/usp/msg_pb.ts";
import { RecordSchema } from "../../schema/usp/record_pb.ts";

/** The octets of a record: fields in the order of their numbers, what has its default value left out. */
export function encodeRecord(record: MessageInitShape<typeof RecordSchema>): Buffer {
  return octetsOf(toBinary(RecordSchema, create(RecordSchema, record)));
}

/** The octets of a message, as of a record. */
export function encodeMsg(msg: MessageInitShape<typeof MsgSchema>): Buffer {
  return octetsOf(toBinary(MsgSchema, create(MsgSchema, msg)));
}

const octetsOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
