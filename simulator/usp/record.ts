import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type Header_MsgType, MsgSchema, type RequestSchema } from "../../schema/usp/msg_pb.ts";
import { type Record_PayloadSecurity, RecordSchema } from "../../schema/usp/record_pb.ts";
import { type Answer, errorText } from "./answer.ts";
import type { UspAgentSeams } from "./seams.ts";

/** What a record carries. */
export type RecordBody = NonNullable<MessageInitShape<typeof RecordSchema>["recordType"]>;

/** A request of the agent as data. */
export type RequestBody = NonNullable<MessageInitShape<typeof RequestSchema>["reqType"]>;

/** msg_type of what answers a request, by its field. */
const RESPONSE_TYPES: Readonly<Record<string, number>> = {
  getResp: 2,
  setResp: 5,
  operateResp: 7,
  addResp: 9,
  deleteResp: 11,
  getSupportedDmResp: 13,
  getInstancesResp: 15,
  getSupportedProtocolResp: 18,
};

const ERROR = 0;
const NOTIFY = 3;

export function encodeRecord(
  seams: UspAgentSeams,
  ownId: string,
  controllerId: string,
  recordType: RecordBody,
  security: number,
): Buffer {
  const payloadSecurity = security as Record_PayloadSecurity;
  const record = { version: seams.recordVersion(), ...seams.addresses(ownId, controllerId), payloadSecurity, recordType };
  return Buffer.from(seams.writtenRecord(toBinary(RecordSchema, create(RecordSchema, record))));
}

/** The message that answers a request; undefined when nothing does. */
export function encodeAnswer(seams: UspAgentSeams, requestId: string, answer: Answer): Uint8Array | undefined {
  const msgId = seams.answerId(requestId);
  switch (answer.kind) {
    case "none":
      return undefined;
    case "error": {
      const { code, params } = answer;
      const error = { errCode: code, errMsg: errorText(code), paramErrs: [...params] };
      return encode(seams, msgId, ERROR, { case: "error", value: error });
    }
    case "response": {
      const { response } = answer;
      return encode(seams, msgId, RESPONSE_TYPES[response.case ?? ""] ?? ERROR, {
        case: "response",
        value: { respType: response },
      });
    }
  }
}

export const encodeNotify = (seams: UspAgentSeams, msgId: string, reqType: RequestBody): Uint8Array =>
  encode(seams, msgId, NOTIFY, { case: "request", value: { reqType } });

type MessageBody = NonNullable<NonNullable<MessageInitShape<typeof MsgSchema>["body"]>["msgBody"]>;

function encode(seams: UspAgentSeams, msgId: string, type: number, msgBody: MessageBody): Uint8Array {
  const msgType = seams.messageType(type) as Header_MsgType;
  return seams.writtenMessage(toBinary(MsgSchema, create(MsgSchema, { header: { msgId, msgType }, body: { msgBody } })), type);
}
