import type { Located } from "../core/finding.ts";
import type { Exchange } from "../trace/exchange.ts";
import { typeOf } from "../wire/qname.ts";
import type { XmlElement } from "../wire/xml.ts";

/** A Reply or an Envelope: whatever has paths and places. */
export interface Readable {
  at(path: string): Located;
  element(path: string): XmlElement | undefined;
  elements(path: string): readonly XmlElement[];
  place(element: XmlElement): string;
}

/** A parameter with its value, as a ParameterValueStruct gives it. Texts are as sent; names without surrounding white space. */
export interface ParameterValue {
  readonly name: string;
  readonly value: string;
  /** Local name of xsi:type, such as `string`; absent when there is none. */
  readonly type: string | undefined;
  readonly where: string;
}

export interface ParameterName {
  readonly name: string;
  /** Absent when Writable is missing or no boolean. */
  readonly writable: boolean | undefined;
  readonly where: string;
}

export interface ParameterAttribute {
  readonly name: string;
  readonly notification: number | undefined;
  readonly accessList: readonly string[];
  readonly where: string;
}

export interface EventEntry {
  readonly code: string;
  readonly commandKey: string;
  readonly where: string;
}

export interface DeviceId {
  readonly manufacturer: Located;
  readonly oui: Located;
  readonly productClass: Located;
  readonly serialNumber: Located;
}

/** One parameter's error in the fault of a SetParameterValues. */
export interface ParameterFault {
  readonly name: string;
  readonly code: string;
  readonly text: string;
  readonly where: string;
}

/** The message in an exchange, readable even when there is none. */
export function messageOf(exchange: Exchange | undefined): Readable {
  const envelope = exchange?.request.envelope;
  const where = exchange?.where ?? "no message";
  return {
    at: (path) => envelope?.at(path) ?? { value: undefined, where },
    element: (path) => envelope?.element(path),
    elements: (path) => envelope?.elements(path) ?? [],
    place: (element) => envelope?.place(element) ?? where,
  };
}

/** Text of a child element, `undefined` when there is none. */
export function childText(element: XmlElement | undefined, local: string): string | undefined {
  return element?.children.find((child) => child.local === local)?.text;
}

const trimmed = (element: XmlElement, local: string): string => (childText(element, local) ?? "").trim();

function valuesAt(message: Readable, path: string): readonly ParameterValue[] {
  return message.elements(`${path}/ParameterList/ParameterValueStruct`).map((struct) => {
    const value = struct.children.find(({ local }) => local === "Value");
    return {
      name: trimmed(struct, "Name"),
      value: value?.text ?? "",
      type: value === undefined ? undefined : typeOf(value)?.local,
      where: message.place(value ?? struct),
    };
  });
}

/** All structs of a GetParameterValuesResponse in their order, repetitions included. */
export function parameterValueList(reply: Readable): readonly ParameterValue[] {
  return valuesAt(reply, "GetParameterValuesResponse");
}

/** The values of a GetParameterValuesResponse by name; of a repeated name the last one. Empty for anything else. */
export function parameterValues(reply: Readable): ReadonlyMap<string, ParameterValue> {
  return byName(parameterValueList(reply));
}

/** The value of one parameter in a GetParameterValuesResponse as a located text. */
export function parameterValue(reply: Readable, name: string): Located {
  const found = parameterValues(reply).get(name);
  return found === undefined
    ? { value: undefined, where: reply.at("GetParameterValuesResponse/ParameterList").where }
    : { value: found.value, where: found.where };
}

/** All structs of a GetParameterNamesResponse in their order. */
export function parameterNameList(reply: Readable): readonly ParameterName[] {
  return reply.elements("GetParameterNamesResponse/ParameterList/ParameterInfoStruct").map((struct) => ({
    name: trimmed(struct, "Name"),
    writable: boolean(childText(struct, "Writable")),
    where: reply.place(struct),
  }));
}

export function parameterNames(reply: Readable): ReadonlyMap<string, ParameterName> {
  return byName(parameterNameList(reply));
}

/** All structs of a GetParameterAttributesResponse in their order. */
export function parameterAttributeList(reply: Readable): readonly ParameterAttribute[] {
  return reply.elements("GetParameterAttributesResponse/ParameterList/ParameterAttributeStruct").map((struct) => {
    const list = struct.children.find(({ local }) => local === "AccessList");
    return {
      name: trimmed(struct, "Name"),
      notification: integer(childText(struct, "Notification")),
      accessList: (list?.children ?? []).map(({ text }) => text),
      where: reply.place(struct),
    };
  });
}

export function parameterAttributes(reply: Readable): ReadonlyMap<string, ParameterAttribute> {
  return byName(parameterAttributeList(reply));
}

/** Method names of a GetRPCMethodsResponse. */
export function rpcMethods(reply: Readable): Located<readonly string[]> {
  const list = reply.element("GetRPCMethodsResponse/MethodList");
  return {
    value: list?.children.map(({ text }) => text.trim()),
    where: reply.at("GetRPCMethodsResponse/MethodList").where,
  };
}

/** Status of any MethodResponse that has one, without surrounding white space. */
export function status(reply: Readable, method: string): Located {
  const seen = reply.at(`${method}Response/Status`);
  return { value: seen.value?.trim(), where: seen.where };
}

/** InstanceNumber of an AddObjectResponse; absent when it is no integer. */
export function instanceNumber(reply: Readable): Located<number> {
  const seen = reply.at("AddObjectResponse/InstanceNumber");
  return { value: integer(seen.value), where: seen.where };
}

/** The SetParameterValuesFault entries of a fault. */
export function parameterFaults(reply: Readable): readonly ParameterFault[] {
  return reply.elements("Fault/detail/Fault/SetParameterValuesFault").map((entry) => ({
    name: trimmed(entry, "ParameterName"),
    code: trimmed(entry, "FaultCode"),
    text: childText(entry, "FaultString") ?? "",
    where: reply.place(entry),
  }));
}

/** The entries of an Inform's Event array. */
export function events(inform: Exchange | undefined): readonly EventEntry[] {
  const message = messageOf(inform);
  return message.elements("Inform/Event/EventStruct").map((struct) => ({
    code: trimmed(struct, "EventCode"),
    commandKey: childText(struct, "CommandKey") ?? "",
    where: message.place(struct),
  }));
}

/** True when the Inform has this EventCode. */
export function hasEvent(inform: Exchange | undefined, code: string): boolean {
  return events(inform).some((event) => event.code === code);
}

/** EventCodes of an Inform as one located list. */
export function eventCodes(inform: Exchange | undefined): Located<readonly string[]> {
  const message = messageOf(inform);
  return {
    value: message.element("Inform/Event") === undefined ? undefined : events(inform).map(({ code }) => code),
    where: message.at("Inform/Event").where,
  };
}

/** The structs of an Inform's ParameterList in their order, repetitions included. */
export function parameterList(inform: Exchange | undefined): readonly ParameterValue[] {
  return valuesAt(messageOf(inform), "Inform");
}

/** The value of one parameter in an Inform. */
export function informValue(inform: Exchange | undefined, name: string): Located {
  const found = parameterList(inform).findLast((one) => one.name === name);
  return found === undefined
    ? { value: undefined, where: messageOf(inform).at("Inform/ParameterList").where }
    : { value: found.value, where: found.where };
}

export function deviceId(inform: Exchange | undefined): DeviceId {
  const message = messageOf(inform);
  return {
    manufacturer: message.at("Inform/DeviceId/Manufacturer"),
    oui: message.at("Inform/DeviceId/OUI"),
    productClass: message.at("Inform/DeviceId/ProductClass"),
    serialNumber: message.at("Inform/DeviceId/SerialNumber"),
  };
}

/** RetryCount, CurrentTime or MaxEnvelopes of an Inform. */
export function informField(inform: Exchange | undefined, name: "RetryCount" | "CurrentTime" | "MaxEnvelopes"): Located {
  return messageOf(inform).at(`Inform/${name}`);
}

/** A header field of a phone's request: the first of that name, in any case. */
export function headerField(exchange: Exchange, name: string): Located {
  const found = exchange.request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase());
  return { value: found?.[1], where: `${exchange.where}, header ${name}` };
}

/** Lexical forms of xsd:boolean. */
export function boolean(text: string | undefined): boolean | undefined {
  const word = text?.trim();
  if (word === "1" || word === "true") return true;
  return word === "0" || word === "false" ? false : undefined;
}

/** A decimal integer, signs allowed. */
export function integer(text: string | undefined): number | undefined {
  const word = text?.trim() ?? "";
  return /^[+-]?\d{1,15}$/.test(word) ? Number(word) : undefined;
}

function byName<T extends { readonly name: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [one.name, one]));
}
