import { RpcArguments, RpcFault, refuse } from "../cwmp/rpc-arguments.ts";
import { rpcSeams } from "../cwmp/rpc-seams.ts";
import type { RpcAnswer } from "../cwmp/session.ts";
import type { Arg, IncomingMessage } from "../cwmp/soap.ts";
import { valueStruct } from "../cwmp/structs.ts";
import { type GatewayParameter, type GatewayState, PORT_MAPPINGS, parametersOf, ROOT } from "./model.ts";
import { newMapping } from "./port-mappings.ts";

/** What the gateway's table of mappings means is to be done. Rejects when it cannot. */
type Follow = () => Promise<void>;

type Method = (state: GatewayState, given: RpcArguments, follow: Follow) => Promise<readonly Arg[]>;

const METHODS: Readonly<Record<string, Method>> = {
  async GetRPCMethods() {
    const members = Object.keys(METHODS).map((text) => ({ name: "string", text }));
    return [{ name: "MethodList", array: { type: "xsd:string", members } }];
  },

  async GetParameterNames(state, given) {
    const path = given.text("ParameterPath") || ROOT;
    const listed = given.boolean("NextLevel") ? nextLevel(state, path) : allBelow(state, path);
    if (listed.length === 0) refuse(9005);
    const members = listed.map(({ name, writable }) => ({
      name: "ParameterInfoStruct",
      children: [
        { name: "Name", text: name },
        { name: "Writable", text: writable ? "1" : "0" },
      ],
    }));
    return [{ name: "ParameterList", array: { type: "cwmp:ParameterInfoStruct", members } }];
  },

  async GetParameterValues(state, given) {
    const members = given
      .strings("ParameterNames")
      .flatMap((path) => meant(state, path))
      .map(({ name, value, type }) => valueStruct(name, value, type));
    return [{ name: "ParameterList", array: { type: "cwmp:ParameterValueStruct", members } }];
  },

  async SetParameterValues(state, given, follow) {
    const parameterKey = given.text("ParameterKey");
    const changes = given.members("ParameterList").map((member) => {
      const name = member.text("Name");
      const { text } = member.value("Value");
      return { name, text, parameter: parametersOf(state).find((one) => one.name === name) };
    });
    const parameterFaults = changes.flatMap(({ name, text, parameter }) => {
      const code = refusal(parameter, text);
      return code === undefined ? [] : [{ name, code, text: "refused" }];
    });
    if (parameterFaults.length > 0) throw new RpcFault({ code: 9003, parameterFaults });
    const before = structuredClone(state.mappings);
    for (const { text, parameter } of changes) parameter?.write?.(text);
    await follow().catch(async () => {
      state.mappings = before;
      await follow();
      throw new RpcFault({ code: 9002, text: "an external port cannot be had" });
    });
    state.parameterKey = parameterKey;
    return [{ name: "Status", text: "0" }];
  },

  async AddObject(state, given) {
    if (given.text("ObjectName") !== PORT_MAPPINGS) refuse(9005);
    state.highest.mapping += 1;
    state.mappings = [...state.mappings, newMapping(state.highest.mapping)];
    state.parameterKey = given.text("ParameterKey");
    return [
      { name: "InstanceNumber", text: String(state.highest.mapping) },
      { name: "Status", text: "0" },
    ];
  },

  async DeleteObject(state, given, follow) {
    const name = given.text("ObjectName");
    const rest = state.mappings.filter(({ instance }) => `${PORT_MAPPINGS}${instance}.` !== name);
    if (rest.length === state.mappings.length) refuse(9005);
    state.mappings = rest;
    await follow();
    state.parameterKey = given.text("ParameterKey");
    return [{ name: "Status", text: "0" }];
  },
};

/** Carries out a request of the ACS; what is asked in vain is answered with a fault. */
export async function serve(
  state: GatewayState,
  { method, body }: Pick<IncomingMessage, "method" | "body">,
  follow: Follow,
): Promise<RpcAnswer> {
  try {
    const known = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    if (known === undefined) return { kind: "fault", code: 9000 };
    return { kind: "response", args: await known(state, new RpcArguments(body, rpcSeams), follow) };
  } catch (error) {
    if (error instanceof RpcFault) return { kind: "fault", ...error.fault };
    throw error;
  }
}

function meant(state: GatewayState, path: string): readonly GatewayParameter[] {
  const found = parametersOf(state).filter(({ name }) =>
    path === "" || path.endsWith(".") ? name.startsWith(path) : name === path,
  );
  if (found.length === 0 && !objectsOf(state).includes(path)) refuse(9005);
  return found;
}

function refusal(parameter: GatewayParameter | undefined, text: string): number | undefined {
  if (parameter === undefined) return 9005;
  if (parameter.write === undefined) return 9008;
  if (parameter.type === "boolean") return /^(?:0|1|true|false)$/.test(text) ? undefined : 9007;
  if (parameter.type === "unsignedInt") return /^\d{1,9}$/.test(text) && isPort(parameter.name, text) ? undefined : 9007;
  return undefined;
}

const isPort = (name: string, text: string): boolean => !name.endsWith("Port") || Number(text) <= 65_535;

interface Listed {
  readonly name: string;
  readonly writable: boolean;
}

/** Every object: what is above a parameter, and the tables that may be empty. */
function objectsOf(state: GatewayState): readonly string[] {
  const above = parametersOf(state).flatMap(({ name }) => {
    const steps = name.split(".").slice(0, -1);
    return steps.map((_step, at) => `${steps.slice(0, at + 1).join(".")}.`);
  });
  return [...new Set([...above, PORT_MAPPINGS, `${ROOT}ManagementServer.ManageableDevice.`])];
}

function allBelow(state: GatewayState, path: string): readonly Listed[] {
  const objects = objectsOf(state).map((name) => ({ name, writable: name.startsWith(PORT_MAPPINGS) }));
  const parameters = parametersOf(state).map(({ name, write }) => ({ name, writable: write !== undefined }));
  return [...objects, ...parameters].filter(({ name }) => (path.endsWith(".") ? name.startsWith(path) : name === path));
}

const nextLevel = (state: GatewayState, path: string): readonly Listed[] =>
  allBelow(state, path).filter(({ name }) => name !== path && !name.slice(path.length, -1).includes("."));
