import { isUtf8 } from "node:buffer";
import type { ProblemKind } from "./octet-problem.ts";
import { addressText } from "./octets.ts";

/** Octets of the header (RFC 3489 11.1). */
export const HEADER = 20;

export type StunName =
  | "BindingRequest"
  | "BindingResponse"
  | "BindingErrorResponse"
  | "SharedSecretRequest"
  | "SharedSecretResponse"
  | "SharedSecretErrorResponse";

/** Message types (RFC 3489 11.1). */
export const MESSAGE_TYPE: Readonly<Record<StunName, number>> = {
  BindingRequest: 0x0001,
  BindingResponse: 0x0101,
  BindingErrorResponse: 0x0111,
  SharedSecretRequest: 0x0002,
  SharedSecretResponse: 0x0102,
  SharedSecretErrorResponse: 0x0112,
};

export const MESSAGES: ReadonlyMap<number, StunName> = new Map(
  (Object.keys(MESSAGE_TYPE) as StunName[]).map((name) => [MESSAGE_TYPE[name], name]),
);

/** Attribute types (RFC 3489 11.2); the last two are of TR-111 2.2.1.3, Table 5. */
export const ATTRIBUTE_TYPE = {
  "MAPPED-ADDRESS": 0x0001,
  "RESPONSE-ADDRESS": 0x0002,
  "CHANGE-REQUEST": 0x0003,
  "SOURCE-ADDRESS": 0x0004,
  "CHANGED-ADDRESS": 0x0005,
  USERNAME: 0x0006,
  PASSWORD: 0x0007,
  "MESSAGE-INTEGRITY": 0x0008,
  "ERROR-CODE": 0x0009,
  "UNKNOWN-ATTRIBUTES": 0x000a,
  "REFLECTED-FROM": 0x000b,
  "CONNECTION-REQUEST-BINDING": 0xc001,
  "BINDING-CHANGE": 0xc002,
} as const;

export type AttributeName = keyof typeof ATTRIBUTE_TYPE;

/** Attributes up to this type have to be understood by whoever receives them (RFC 3489 11.2). */
export const LAST_MANDATORY = 0x7fff;

interface Wrong {
  readonly kind: ProblemKind;
  readonly text: string;
  readonly clause: string;
}

interface AttributeShape {
  readonly name: AttributeName;
  /** The value in words. */
  text(value: Buffer): string;
  /** What is wrong with the value's form, by RFC 3489. */
  check?(value: Buffer): Wrong | undefined;
}

const FAMILY_IPV4 = 1;
/** Flags of CHANGE-REQUEST: change IP, change port (RFC 3489 11.2.4). */
const CHANGE_IP = 4;
const CHANGE_PORT = 2;

const inHex = (value: Buffer): string => value.toString("hex");
const inWords = (value: Buffer): string => (isUtf8(value) ? value.toString("utf8") : inHex(value));

const endpoint = (value: Buffer): string =>
  value.length === 8 ? `${addressText(value.subarray(4))}:${value.readUInt16BE(2)}` : inHex(value);

const length = (is: number, right: string, clause: string): Wrong => ({
  kind: "length",
  text: `has ${is} octets, not ${right}`,
  clause,
});

const address =
  (clause: string) =>
  (value: Buffer): Wrong | undefined => {
    if (value.length !== 8) return length(value.length, "8", clause);
    const family = value.readUInt8(1);
    return family === FAMILY_IPV4 ? undefined : { kind: "value", text: `has the address family ${family}, not 1`, clause };
  };

/** The length is a multiple of four, so that what follows is aligned. */
const aligned =
  (clause: string) =>
  (value: Buffer): Wrong | undefined =>
    value.length % 4 === 0 ? undefined : length(value.length, "a multiple of 4", clause);

function checkChangeRequest(value: Buffer): Wrong | undefined {
  if (value.length !== 4) return length(value.length, "4", "11.2.4");
  const others = value.readUInt32BE(0) & ~(CHANGE_IP | CHANGE_PORT);
  return others === 0 ? undefined : { kind: "value", text: "has flags that are not defined", clause: "11.2.4" };
}

function changeRequest(value: Buffer): string {
  if (value.length !== 4) return inHex(value);
  const flags = value.readUInt32BE(0);
  return `change IP ${(flags & CHANGE_IP) !== 0}, change port ${(flags & CHANGE_PORT) !== 0}`;
}

function checkErrorCode(value: Buffer): Wrong | undefined {
  if (value.length < 4 || value.length % 4 !== 0) return length(value.length, "a multiple of 4, of at least 4", "11.2.9");
  const [number, hundreds] = [value.readUInt8(3), value.readUInt8(2) & 0x07];
  return number < 100 && hundreds >= 1 && hundreds <= 6
    ? undefined
    : { kind: "value", text: `has class ${hundreds} and number ${number}`, clause: "11.2.9" };
}

const errorCode = (value: Buffer): string =>
  value.length < 4
    ? inHex(value)
    : `${(value.readUInt8(2) & 0x07) * 100 + value.readUInt8(3)} ${value.toString("utf8", 4).trimEnd()}`.trimEnd();

const shape = (name: AttributeName, text: AttributeShape["text"], check?: AttributeShape["check"]): AttributeShape => ({
  name,
  text,
  ...(check === undefined ? {} : { check }),
});

const integrity = (value: Buffer): Wrong | undefined => (value.length === 20 ? undefined : length(value.length, "20", "11.2.8"));

const SHAPES: readonly AttributeShape[] = [
  shape("MAPPED-ADDRESS", endpoint, address("11.2.1")),
  shape("RESPONSE-ADDRESS", endpoint, address("11.2.2")),
  shape("CHANGE-REQUEST", changeRequest, checkChangeRequest),
  shape("SOURCE-ADDRESS", endpoint, address("11.2.5")),
  shape("CHANGED-ADDRESS", endpoint, address("11.2.3")),
  shape("USERNAME", inWords, aligned("11.2.6")),
  shape("PASSWORD", inWords, aligned("11.2.7")),
  shape("MESSAGE-INTEGRITY", inHex, integrity),
  shape("ERROR-CODE", errorCode, checkErrorCode),
  shape("UNKNOWN-ATTRIBUTES", inHex, aligned("11.2.10")),
  shape("REFLECTED-FROM", endpoint, address("11.2.11")),
  shape("CONNECTION-REQUEST-BINDING", inWords),
  shape("BINDING-CHANGE", inHex),
];

export const ATTRIBUTES: ReadonlyMap<number, AttributeShape> = new Map(SHAPES.map((one) => [ATTRIBUTE_TYPE[one.name], one]));
