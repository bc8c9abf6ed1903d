import type { Controller, UspReply } from "../controller/controller.ts";
import { parametersIn, type SupportedObject, supportedObjects, supportedPath } from "../controller/read.ts";
import { makeUspValues, type UspTestValues } from "../phone/usp-values.ts";
import type { UspAgent } from "./usp-bench.ts";
import { type Snapshot, UspEntries } from "./usp-entries.ts";

/** A whole data model takes an agent longer than the usual answer. */
const WHOLE_MODEL = 4;

export interface AgentLearnOptions {
  /** Milliseconds for a usual answer. */
  readonly response: number;
  /** The profile's values, which go before what is learnt. */
  readonly values: Partial<UspTestValues>;
  note(text: string): void;
  /** Told of each value to test with that a case reads: its name, and what it is. */
  onUse(name: string, what: string): void;
}

/** All values that the agent shows; empty when it does not. Never throws but for an agent that is away. */
export async function readAll(
  controller: Controller,
  { response, note }: Omit<AgentLearnOptions, "values" | "onUse">,
): Promise<Snapshot> {
  const reply = await controller.get(["Device."], 0, { within: response * WHOLE_MODEL });
  const whole = noted(reply, "Get of Device.", note) ? reply : await controller.get(["Device.LocalAgent."]);
  return new Map([...parametersIn(whole)].map(([name, { value = "" }]) => [name, value]));
}

export interface LearntAgent {
  readonly agent: UspAgent;
  readonly values: Snapshot;
  /** It comes over another MTP from now on. */
  follow(values: Snapshot): void;
}

/**
 * Asks an agent what it is. What it does not tell is noted, and stays empty.
 * @throws Inconclusive `unreachable` when it goes away meanwhile
 */
export async function learnAgent(controller: Controller, options: AgentLearnOptions): Promise<LearntAgent> {
  const { response, note } = options;
  const protocol = await controller.getSupportedProtocol();
  noted(protocol, "GetSupportedProtocol", note);
  const versions = protocol.at("response/get_supported_protocol_resp/agent_supported_protocol_versions").value ?? "";
  const everything = { commands: true, events: true, params: true, uniqueKeySets: true };
  const model = await controller.getSupportedDM(["Device."], everything, { within: response * WHOLE_MODEL });
  noted(model, "GetSupportedDM of Device.", note);
  const objects = supportedObjects(model);
  const values = await readAll(controller, options);
  const entriesIn = (now: Snapshot): UspEntries => new UspEntries(now, controller.endpointId, controller.mtp ?? "websocket");
  let entries = entriesIn(values);
  const shown = { objects, values, entry: entries.known };
  return {
    values,
    follow(now) {
      entries = entriesIn(now);
    },
    agent: {
      endpointId: controller.agentId,
      versions: versions.split(",").flatMap((version) => version.trim() || []),
      objects,
      get controllerPath() {
        return entries.controller;
      },
      get mtpPath() {
        return entries.mtp;
      },
      get mqttClientPath() {
        return entries.mqttClient;
      },
      get agentMtpPath() {
        return entries.agentMtp;
      },
      firmwareBanks: [...values.keys()].filter((name) => /^Device\.DeviceInfo\.FirmwareImage\.\d+\.Status$/.test(name)).length,
      values: makeUspValues({ ...learnUspValues(shown), ...options.values }, options.onUse),
      supports: (path) => supports(objects, path),
      writes: (path) => writes(objects, path),
      creates: (table) => creates(objects, table),
    },
  };
}

/** Whether it was a response; if not, that is said. */
function noted({ kind, summary }: UspReply, question: string, note: (text: string) => void): boolean {
  if (kind !== "response") note(`USP: ${question} was answered: ${summary.value}`);
  return kind === "response";
}

function supports(objects: ReadonlyMap<string, SupportedObject>, path: string): boolean {
  const full = supportedPath(path);
  if (full.endsWith(".")) return objects.has(full) || objects.has(`${full}{i}.`);
  const cut = full.lastIndexOf(".") + 1;
  const [object, name] = [objects.get(full.slice(0, cut)), full.slice(cut)];
  return object?.params.has(name) === true || object?.commands.has(name) === true || object?.events.has(name) === true;
}

function writes(objects: ReadonlyMap<string, SupportedObject>, path: string): boolean {
  const full = supportedPath(path);
  const cut = full.lastIndexOf(".") + 1;
  return objects.get(full.slice(0, cut))?.params.get(full.slice(cut))?.access === "PARAM_READ_WRITE";
}

function creates(objects: ReadonlyMap<string, SupportedObject>, table: string): boolean {
  const full = supportedPath(table).replace(/\{i\}\.$/, "");
  const access = objects.get(`${full}{i}.`)?.access;
  return access === "OBJ_ADD_DELETE" || access === "OBJ_ADD_ONLY";
}

interface Shown {
  readonly objects: ReadonlyMap<string, SupportedObject>;
  readonly values: Snapshot;
  readonly entry: string | undefined;
}

/** What the agent offers to test with. Only names of the standard are taken: a device that is not ours is not changed on a guess. */
function learnUspValues({ objects, values, entry = "" }: Shown): Partial<UspTestValues> {
  const learnt: { -readonly [Name in keyof UspTestValues]?: UspTestValues[Name] } = {};
  const param = (path: string) => {
    const cut = path.lastIndexOf(".") + 1;
    return objects.get(supportedPath(path.slice(0, cut)))?.params.get(path.slice(cut));
  };
  const has = (path: string, type: string): boolean => {
    const cut = path.lastIndexOf(".") + 1;
    return objects.get(supportedPath(path.slice(0, cut)))?.commands.get(path.slice(cut))?.type === type;
  };
  const text = [`${entry}ProvisioningCode`, "Device.DeviceInfo.ProvisioningCode"].find(
    (path) => values.has(path) && param(path)?.access === "PARAM_READ_WRITE",
  );
  if (text !== undefined) learnt.writableString = { path: text, use: ["assay.one", "assay.two"] };
  const fixed = ["Device.LocalAgent.SoftwareVersion", "Device.DeviceInfo.SoftwareVersion"].find(
    (path) => param(path)?.access === "PARAM_READ_ONLY",
  );
  if (fixed !== undefined) learnt.readOnly = { path: fixed };
  if (entry !== "" && creates(objects, `${entry}BootParameter.`))
    learnt.nestedTable = {
      path: `${entry}BootParameter.`,
      params: { Enable: "true", ParameterName: "Device.DeviceInfo.SoftwareVersion" },
    };
  const table = [...objects.values()].find(
    ({ path, access, multiInstance }) =>
      multiInstance && access === "OBJ_READ_ONLY" && !path.slice(0, -4).includes("{i}") && hasInstance(values, path),
  );
  if (table !== undefined) learnt.fixedTable = { path: table.path.replace(/\{i\}\.$/, "") };
  if (has(`${entry}SendOnBoardRequest()`, "CMD_SYNC")) learnt.syncCommand = { command: `${entry}SendOnBoardRequest()`, args: {} };
  const timer = [`${entry}ScheduleTimer()`, "Device.ScheduleTimer()"].find((path) => has(path, "CMD_ASYNC"));
  if (timer !== undefined) learnt.commandWithArguments = { command: timer, args: { DelaySeconds: "1" } };
  if (has("Device.SelfTestDiagnostics()", "CMD_ASYNC"))
    learnt.asyncCommand = { command: "Device.SelfTestDiagnostics()", args: {} };
  else if (learnt.commandWithArguments !== undefined) learnt.asyncCommand = learnt.commandWithArguments;
  const reference = [...values].find(
    ([path, value]) =>
      REFERENCES.test(path) &&
      param(path)?.access === "PARAM_READ_WRITE" &&
      (values.get(`${value.replace(/\.?$/, ".")}Alias`) ?? "") !== "",
  );
  if (reference !== undefined) learnt.reference = { path: reference[0] };
  const version = /\d+(?:\.\d+)+$/.exec(values.get("Device.DeviceInfo.SoftwareVersion") ?? "")?.[0];
  if (/^(?:true|1)$/.test(values.get(TAKES_OURS) ?? "") && version !== undefined)
    learnt.firmware = { version: version.replace(/\d+$/, (last) => String(Number(last) + 1)) };
  return learnt;
}

/** Parameters that name one object. */
const REFERENCES = /^Device\.(?:DeviceInfo\.BootFirmwareImage|LocalAgent\.Controller\.\d+\.MTP\.\d+\.MQTT\.Reference)$/;

/** By this the simulated phone says that it takes the bench's own firmware. */
const TAKES_OURS = "Device.DeviceInfo.X_Assay_TestFirmware";

const hasInstance = (values: Snapshot, path: string): boolean => {
  const table = path.replace(/\{i\}\.$/, "");
  return [...values.keys()].some((name) => name.startsWith(table) && /^\d+\./.test(name.slice(table.length)));
};
