import type { DataModel } from "../data-model/model.ts";
import type { ModelNode, ObjectNode, ParameterNode } from "../data-model/nodes.ts";
import type { Device } from "../device.ts";
import type { RpcArguments } from "./rpc-arguments.ts";
import { RpcFault, refuse } from "./rpc-arguments.ts";
import type { RpcSeams } from "./rpc-seams.ts";
import type { Arg } from "./soap.ts";
import { valueStruct } from "./structs.ts";

/** GetParameterNames (TR-069 A.3.2.3). */
export function getParameterNames({ model, seams: { rpc } }: Device, given: RpcArguments): readonly Arg[] {
  const path = lookUp(model, rpc, given.path("ParameterPath"), "GetParameterNames");
  const nextLevel = given.boolean("NextLevel");
  const found = namesAt();
  const listed = rpc.listedNames(found, path);
  if (listed.length > rpc.namesLimit()) refuse(9004);
  return [
    {
      name: "ParameterList",
      array: {
        type: "cwmp:ParameterInfoStruct",
        members: listed.map((node) => ({
          name: "ParameterInfoStruct",
          children: [
            { name: "Name", text: rpc.listedName(node) },
            {
              name: "Writable",
              text: rpc.listedWritable(node, node.kind === "parameter" ? model.attributes(node) : undefined) ? "1" : "0",
            },
          ],
        })),
      },
    },
  ];

  function namesAt(): readonly ModelNode[] {
    if (path === "") {
      refuse(rpc.emptyPath("GetParameterNames"));
      return rpc.rootOnly(nextLevel) ? [model.root] : namesOf(model.root);
    }
    if (path.endsWith(".")) {
      const object = model.object(path);
      if (object === undefined) refuse(rpc.unknownName("GetParameterNames", path, 1));
      if (nextLevel && object?.children.length === 0) refuse(rpc.namesOfEmptyObject(object));
      return object === undefined ? [] : namesOf(object);
    }
    const parameter = model.parameter(path);
    if (parameter === undefined) refuse(rpc.unknownName("GetParameterNames", path, 1));
    if (nextLevel) refuse(rpc.nextLevelOfParameter());
    return parameter === undefined ? [] : [parameter];
  }

  function namesOf(object: ObjectNode): readonly ModelNode[] {
    if (nextLevel && path !== "") return rpc.nextLevel(object);
    return rpc.listsItself(object) ? [object, ...below(object)] : below(object);
  }

  function below(object: ObjectNode): ModelNode[] {
    return object.children.flatMap((child) => {
      if (child.kind === "parameter") return [child];
      return rpc.listsObjects(child) ? [child, ...below(child)] : below(child);
    });
  }
}

/** GetParameterValues (TR-069 A.3.2.2). */
export function getParameterValues(device: Device, given: RpcArguments): readonly Arg[] {
  const { model, seams } = device;
  const asked = given.strings("ParameterNames");
  const found = parametersOf(device, "GetParameterValues", asked, seams.rpc.valuesOfEmptyObject);
  return [
    {
      name: "ParameterList",
      array: {
        type: "cwmp:ParameterValueStruct",
        members: seams.rpc
          .answered(found, asked)
          .map((node) =>
            valueStruct(
              node.name,
              seams.rpc.answeredValue(node.name, model.read(node)),
              seams.rpc.answeredType(node.name, node.type),
            ),
          ),
      },
    },
  ];
}

/** GetParameterAttributes (TR-069 A.3.2.5). */
export function getParameterAttributes(device: Device, given: RpcArguments): readonly Arg[] {
  const { model, seams } = device;
  const asked = given.strings("ParameterNames");
  const found = parametersOf(device, "GetParameterAttributes", asked, seams.rpc.attributesOfEmptyObject);
  return [
    {
      name: "ParameterList",
      array: {
        type: "cwmp:ParameterAttributeStruct",
        members: seams.rpc.answeredWithAttributes(seams.rpc.answered(found, asked), asked).map((node) => {
          const { notification, accessList } = seams.rpc.answeredAttributes(model.attributes(node), node);
          const entities = accessList.map((entity) => ({ name: "string", text: entity }));
          return {
            name: "ParameterAttributeStruct",
            children: [
              { name: "Name", text: node.name },
              { name: "Notification", text: String(notification) },
              { name: "AccessList", array: { type: "xsd:string", members: entities } },
            ],
          };
        }),
      },
    },
  ];
}

/** The path that is looked up for one that was given. */
export function lookUp(model: DataModel, rpc: RpcSeams, given: string, method: string): string {
  return given === "" || model.has(given) ? given : rpc.lookedUpPath(given, (name) => model.has(name), method);
}

/**
 * The parameters that names and partial paths mean; an empty path is the root. Ends the request at the first that the data model
 * does not have, or, when `whenEmpty` gives a fault, at an object without parameters.
 */
export function parametersOf(
  { model, seams: { rpc } }: Device,
  method: string,
  paths: readonly string[],
  whenEmpty: () => number | undefined,
): readonly ParameterNode[] {
  return paths.flatMap((given) => {
    if (!rpc.pathFits(given)) throw new RpcFault({ code: rpc.overLongPath() });
    const path = lookUp(model, rpc, given, method);
    if (path === "") refuse(rpc.emptyPath(method));
    const node = path === "" ? model.root : path.endsWith(".") ? model.object(path) : model.parameter(path);
    if (node === undefined) refuse(rpc.unknownName(method, path, paths.length));
    if (node === undefined) return [];
    if (node.kind === "parameter") {
      refuse(rpc.cannotRead(node));
      return [node];
    }
    const below = model.parametersBelow(node);
    if (below.length === 0) refuse(whenEmpty());
    return rpc.meantBy(method, path, below);
  });
}
