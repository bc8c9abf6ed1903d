import type { ParameterNode } from "../data-model/nodes.ts";
import type { Attributes } from "../state.ts";

/** An entry of SetParameterAttributes (A.3.2.4). */
export interface AttributeChange {
  readonly notification: number | undefined;
  readonly accessList: readonly string[] | undefined;
}

/** Parameters to which such an entry applies, and what it changes in them. */
export interface AttributeEntry {
  readonly nodes: readonly ParameterNode[];
  readonly change: AttributeChange;
}

/** What an ACS changes: parameters, attributes, objects, and the phone as a whole. */
export const changeSeams = {
  /** Fault of SetParameterValues with no parameters: none, it sets the ParameterKey alone (A.3.2.1). */
  emptyParameterList(): number | undefined {
    return undefined;
  },
  /** Whether SetParameterValues names something twice (A.3.2.1). */
  hasDuplicates(names: readonly string[]): boolean {
    return new Set(names).size < names.length;
  },
  /** Fault of SetParameterValues as a whole, when it names something twice. */
  duplicateFault(): number {
    return 9003;
  },
  /** Fault of SetParameterValues as a whole, when single parameters are at fault. */
  primaryFault(_faults: readonly number[]): number {
    return 9003;
  },
  /** Fault for one parameter that the data model does not have. Undefined lets it pass without effect. */
  unknownParameter(_name: string): number | undefined {
    return 9005;
  },
  /** Fault for one parameter that cannot be written. Undefined lets it pass without effect. */
  readOnlyParameter(_parameter: ParameterNode): number | undefined {
    return 9008;
  },
  /** Fault for one value that is refused. Undefined takes it as it is. */
  refusedValue(fault: 9006 | 9007, _parameter: ParameterNode, _text: string): number | undefined {
    return fault;
  },
  /** What SetParameterValues writes although others of its parameters are at fault: nothing. */
  writtenDespiteFaults<T>(_good: readonly T[]): readonly T[] {
    return [];
  },
  /** What a SetParameterValues without faults writes. */
  written<T extends { readonly parameter: ParameterNode }>(good: readonly T[]): readonly T[] {
    return good;
  },
  /** Status of SetParameterValuesResponse: 0, applied. */
  setStatus(): number {
    return 0;
  },
  /** ParameterKey after SetParameterValues, AddObject or DeleteObject: the new one exactly when it succeeded. */
  parameterKey(before: string, given: string, succeeded: boolean, _method: string): string {
    return succeeded ? given : before;
  },
  /** Whether an entry changes an attribute: as its NotificationChange or AccessListChange says. `other` is that of the other one. */
  changesAttribute(flag: boolean, _attribute: "notification" | "accessList", _other: boolean): boolean {
    return flag;
  },
  /** Parameters that an entry changes, of those that its path means: all. */
  attributesSetOn(nodes: readonly ParameterNode[], _path: string): readonly ParameterNode[] {
    return nodes;
  },
  /** Notification after a change; an entry that does not change it has none. */
  notificationAfter(before: Attributes, { notification }: AttributeChange, _parameter: ParameterNode): number {
    return notification ?? before.notification;
  },
  /** AccessList after a change. */
  accessListAfter(before: Attributes, { accessList }: AttributeChange, _parameter: ParameterNode): readonly string[] {
    return accessList ?? before.accessList;
  },
  /** Whether a Notification is one of the three. */
  isNotification(value: number): boolean {
    return value <= 2;
  },
  /** Fault for a Notification that is none. */
  invalidNotification(): number | undefined {
    return 9003;
  },
  /** Whether the phone refuses this Notification for a parameter of `path`: active, where the data model allows it (A.3.2.4). */
  refusesNotification({ deniable }: ParameterNode, notification: number, _path: string): boolean {
    return deniable && notification === 2;
  },
  /** Fault for a Notification that is refused. */
  refusedNotification(): number | undefined {
    return 9009;
  },
  /** What SetParameterAttributes changes although it fails: nothing. `refused` is the entry whose Notification is refused. */
  changedDespiteFault(_good: readonly AttributeEntry[], _refused: AttributeEntry | undefined): readonly AttributeEntry[] {
    return [];
  },
  /** Order in which the entries of SetParameterAttributes are applied: that of the array, so that the last counts. */
  attributeOrder<T>(entries: readonly T[]): readonly T[] {
    return entries;
  },
  /** Whether an AccessList may name this entity; those that the phone does not know do no harm. */
  acceptsEntity(_entity: string): boolean {
    return true;
  },
  /** ParameterKey after SetParameterAttributes, which does not touch it. */
  keyAfterAttributes(key: string): string {
    return key;
  },
  /** Attributes in an answer. */
  answeredAttributes(attributes: Attributes, _parameter: ParameterNode): Attributes {
    return attributes;
  },
  /**
   * Fault of AddObject for a path that is no table. Undefined answers as if an instance had been made. `exists` tells what the data
   * model has.
   */
  addToNoTable(_path: string, _exists: (path: string) => boolean): number | undefined {
    return 9005;
  },
  /** Fault of AddObject for a table whose instances the phone makes itself. Undefined makes one. */
  addToFixedTable(): number | undefined {
    return 9005;
  },
  /** Fault of AddObject when no more instances fit (A.3.2.6). */
  tableFull(): number {
    return 9004;
  },
  /** Status of AddObjectResponse: 0, created. */
  addStatus(): number {
    return 0;
  },
  /** InstanceNumber in the answer. */
  answeredInstance(number: number): number {
    return number;
  },
  /**
   * Fault of DeleteObject for a path that is no instance (A.3.2.7). Undefined answers as if it had been deleted. `exists` tells what
   * the data model has.
   */
  deleteNoInstance(_path: string, _exists: (path: string) => boolean): number | undefined {
    return 9005;
  },
  /** Fault of DeleteObject for an instance that the phone keeps. Undefined answers as if it had been deleted. */
  deleteFixed(): number | undefined {
    return 9005;
  },
  /** Whether DeleteObject deletes. */
  deletes(): boolean {
    return true;
  },
  /** Status of DeleteObjectResponse: 0, deleted. */
  deleteStatus(): number {
    return 0;
  },
  /** CommandKeys of Reboot requests that have not been carried out, after one more; they make one reboot together (A.3.2.9). */
  rebootKeys(waiting: readonly string[], commandKey: string): string[] {
    return [...waiting, commandKey];
  },
  /** Which of the Reboot requests that wait one reboot carries out: all. */
  rebootsTogether(waiting: readonly string[]): readonly string[] {
    return waiting;
  },
  /** Whether Reboot makes the phone reboot. */
  reboots(): boolean {
    return true;
  },
  /** Whether FactoryReset resets. */
  resets(): boolean {
    return true;
  },
  /** Whether ScheduleInform takes a delay in seconds: more than none (A.4.1.2). */
  acceptsDelay(seconds: number): boolean {
    return seconds > 0;
  },
  /** When a scheduled Inform is due, in milliseconds of the clock. */
  scheduledAt(now: number, delaySeconds: number): number {
    return now + delaySeconds * 1000;
  },
  /** Scheduled Informs after one more. */
  scheduleWith<T>(scheduled: readonly T[], added: T): T[] {
    return [...scheduled, added];
  },
};
