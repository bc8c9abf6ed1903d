import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ResponseSchema } from "../../schema/usp/msg_pb.ts";

/** A response as data: which one, and its fields. */
export type ResponseBody = NonNullable<MessageInitShape<typeof ResponseSchema>["respType"]>;

/** An error by path (TR-369 "ParamError"). */
export interface ParamError {
  readonly paramPath: string;
  readonly errCode: number;
  readonly errMsg: string;
}

/** What becomes of a request. */
export type Answer =
  | { readonly kind: "response"; readonly response: ResponseBody }
  | { readonly kind: "error"; readonly code: number; readonly params: readonly ParamError[] }
  | { readonly kind: "none" };

export const respond = (response: ResponseBody): Answer => ({ kind: "response", response });

const TEXTS: Readonly<Record<number, string>> = {
  7000: "Message failed",
  7001: "Message not supported",
  7002: "Request denied",
  7003: "Internal error",
  7004: "Invalid arguments",
  7005: "Resources exceeded",
  7006: "Permission denied",
  7008: "Invalid path syntax",
  7010: "Unsupported parameter",
  7011: "Invalid type",
  7012: "Invalid value",
  7013: "Parameter is not writable",
  7016: "Object does not exist",
  7017: "Object could not be created",
  7018: "Object is not a table",
  7019: "Object cannot be created",
  7021: "A required parameter failed",
  7022: "Command failed",
  7023: "Command cancelled",
  7024: "Object cannot be deleted",
  7025: "Another object has this key",
  7026: "Invalid path",
  7027: "Invalid command arguments",
  7100: "Record could not be parsed",
  7102: "Secure session not supported",
  7104: "Invalid record value",
  7105: "Session context terminated",
  7106: "Session context not allowed",
};

/** What an error code means, for people. */
export const errorText = (code: number): string => (code === 0 ? "" : (TEXTS[code] ?? "Failed"));
