import type { ParameterNode } from "../data-model/nodes.ts";
import type { Device } from "../device.ts";
import { type RpcArguments, RpcFault, refuse } from "./rpc-arguments.ts";
import type { AttributeEntry } from "./rpc-change-seams.ts";
import { lookUp, parametersOf } from "./rpc-parameters.ts";
import type { Arg } from "./soap.ts";

/** What else the phone does when an ACS changes something. */
export interface Consequences {
  /** Performs a change, and sees to what follows from another ACS URL or periodic interval. */
  change(action: () => void): void;
  /** Parameters changed that the ACS is to be told of. */
  changed(names: readonly string[]): void;
}

interface Write {
  readonly parameter: ParameterNode;
  readonly text: string;
}

/** SetParameterValues (TR-069 A.3.2.1). */
export function setParameterValues(device: Device, consequences: Consequences, given: RpcArguments): readonly Arg[] {
  const { model, seams } = device;
  const { rpc } = seams;
  const entries = given.members("ParameterList").map((entry) => ({ name: entry.text("Name"), ...entry.value("Value") }));
  const key = given.key("ParameterKey");
  if (entries.length === 0) refuse(rpc.emptyParameterList());
  if (rpc.hasDuplicates(entries.map(({ name }) => name))) failSet(rpc.duplicateFault());

  const good: Write[] = [];
  const faults: { name: string; code: number; text: string }[] = [];
  for (const { name, text, type } of entries) {
    const parameter = model.parameter(name);
    const code = faultOf(name, parameter, text, type);
    if (code !== undefined) faults.push({ name, code, text: FAULT_TEXTS[code] ?? "" });
    else if (parameter?.writable) good.push({ parameter, text });
  }
  if (faults.length === 0) apply(rpc.written(good));
  else {
    apply(rpc.writtenDespiteFaults(good));
    const listed = faults.map(({ code }) => code);
    setKey(device, key, false, "SetParameterValues");
    throw new RpcFault({ code: rpc.primaryFault(listed), parameterFaults: faults });
  }
  setKey(device, key, true, "SetParameterValues");
  return [{ name: "Status", text: String(rpc.setStatus()) }];

  function faultOf(
    name: string,
    parameter: ParameterNode | undefined,
    text: string,
    type: string | undefined,
  ): number | undefined {
    if (parameter === undefined) return rpc.unknownParameter(name);
    if (!parameter.writable) return rpc.readOnlyParameter(parameter);
    const refusal = model.refusal(parameter, text, type);
    return refusal === undefined ? undefined : rpc.refusedValue(refusal, parameter, text);
  }

  function failSet(code: number): never {
    setKey(device, key, false, "SetParameterValues");
    throw new RpcFault({ code });
  }

  function apply(writes: readonly Write[]): void {
    consequences.change(() => {
      for (const { parameter, text } of writes) model.write(parameter, text);
    });
    consequences.changed(
      seams.model.changesByAcs(writes.map(({ parameter: { name } }) => ({ name, notification: notificationOf(device, name) }))),
    );
  }
}

const FAULT_TEXTS: Readonly<Record<number, string>> = {
  9005: "Invalid parameter name",
  9006: "Invalid parameter type",
  9007: "Invalid parameter value",
  9008: "Attempt to set a non-writable parameter",
};

/** SetParameterAttributes (TR-069 A.3.2.4). */
export function setParameterAttributes(device: Device, given: RpcArguments): readonly Arg[] {
  const { model, state, seams } = device;
  const { rpc } = seams;
  const entries = given.members("ParameterList").map((entry) => {
    const notificationChange = entry.boolean("NotificationChange");
    const notification = entry.unsigned("Notification");
    const accessListChange = entry.boolean("AccessListChange");
    const accessList = entry.strings("AccessList");
    if (accessListChange && !accessList.every(rpc.acceptsEntity)) refuse(rpc.invalidArgument());
    return {
      path: entry.text("Name"),
      change: {
        notification: rpc.changesAttribute(notificationChange, "notification", accessListChange) ? notification : undefined,
        accessList: rpc.changesAttribute(accessListChange, "accessList", notificationChange) ? accessList : undefined,
      },
    };
  });
  const good: AttributeEntry[] = [];
  let refused: AttributeEntry | undefined;
  try {
    for (const { path, change } of entries) {
      const nodes = rpc.attributesSetOn(
        parametersOf(device, "SetParameterAttributes", [path], () => undefined),
        path,
      );
      const { notification } = change;
      if (notification !== undefined && !rpc.isNotification(notification)) refuse(rpc.invalidNotification());
      if (notification !== undefined && nodes.some((node) => rpc.refusesNotification(node, notification, path))) {
        refused = { nodes, change };
        refuse(rpc.refusedNotification());
      }
      good.push({ nodes, change });
    }
  } catch (error) {
    apply(rpc.changedDespiteFault(good, refused));
    throw error;
  }
  apply(rpc.attributeOrder(good));
  state.parameterKey = rpc.keyAfterAttributes(state.parameterKey);
  return [];

  function apply(changes: readonly AttributeEntry[]): void {
    for (const { nodes, change } of changes)
      for (const node of nodes) {
        const before = model.attributes(node);
        model.setAttributes(node.name, {
          notification: rpc.notificationAfter(before, change, node),
          accessList: rpc.accessListAfter(before, change, node),
        });
      }
  }
}

/** AddObject (TR-069 A.3.2.6). */
export function addObject(device: Device, given: RpcArguments): readonly Arg[] {
  const { model, seams } = device;
  const { rpc } = seams;
  const path = lookUp(model, rpc, given.path("ObjectName"), "AddObject");
  const key = given.key("ParameterKey");
  const object = path.endsWith(".") ? model.object(path) : undefined;
  let number = 1;
  try {
    if (object?.table === undefined && !isTable(device, path)) refuse(rpc.addToNoTable(path, (name) => model.has(name)));
    else if (object?.table?.creatable !== true) refuse(rpc.addToFixedTable());
    if (object?.table !== undefined) {
      const added = model.addInstance(object);
      if (added === undefined) throw new RpcFault({ code: rpc.tableFull() });
      number = added;
    }
  } catch (error) {
    setKey(device, key, false, "AddObject");
    throw error;
  }
  setKey(device, key, true, "AddObject");
  return [
    { name: "InstanceNumber", text: String(rpc.answeredInstance(number)) },
    { name: "Status", text: String(rpc.addStatus()) },
  ];
}

/** DeleteObject (TR-069 A.3.2.7). */
export function deleteObject(device: Device, consequences: Consequences, given: RpcArguments): readonly Arg[] {
  const { model, seams, state } = device;
  const { rpc } = seams;
  const path = lookUp(model, rpc, given.path("ObjectName"), "DeleteObject");
  const key = given.key("ParameterKey");
  const object = /\.\d+\.$/.test(path) ? model.object(path) : undefined;
  try {
    if (object === undefined) refuse(rpc.deleteNoInstance(path, (name) => model.has(name)));
    else if (!object.writable) refuse(rpc.deleteFixed());
  } catch (error) {
    setKey(device, key, false, "DeleteObject");
    throw error;
  }
  if (object?.writable && rpc.deletes()) {
    const reported = seams.model.changesByDeletion(
      path,
      model.parametersBelow(object).map(({ name }) => ({ name, notification: notificationOf(device, name) })),
    );
    model.deleteInstance(path);
    state.changes = state.changes.filter(({ name }) => !name.startsWith(path));
    consequences.changed(reported);
  }
  setKey(device, key, true, "DeleteObject");
  return [{ name: "Status", text: String(rpc.deleteStatus()) }];
}

/** Whether instances, not parameters, make up an object. */
function isTable({ model }: Device, path: string): boolean {
  const children = path.endsWith(".") ? (model.object(path)?.children ?? []) : [];
  return children.length > 0 && children.every(({ kind, name }) => kind === "object" && /\.\d+\.$/.test(name));
}

function notificationOf({ model }: Device, name: string): number {
  const parameter = model.parameter(name);
  return parameter === undefined ? 0 : model.attributes(parameter).notification;
}

function setKey({ state, seams }: Device, given: string, succeeded: boolean, method: string): void {
  state.parameterKey = seams.rpc.parameterKey(state.parameterKey, given, succeeded, method);
}
