import { array, type Speech, tag, typed } from "./messages.ts";
import type { AttributeSetting, DownloadRequest, ParameterSetting, UploadRequest } from "./session.ts";

/** XML inside a method element; it depends on the way of speaking, as arrays and types carry prefixes. */
export type Content = (speech: Speech) => string;

export const nothing: Content = () => "";

const strings = (names: readonly string[]): readonly string[] => names.map((name) => tag("string", name));

/** TR-069 A.3.2.3. */
export const getParameterNames =
  (path: string, nextLevel: boolean): Content =>
  () =>
    tag("ParameterPath", path) + tag("NextLevel", nextLevel ? 1 : 0);

/** Arguments of GetParameterValues and GetParameterAttributes (TR-069 A.3.2.2, A.3.2.5). */
export const parameterNames =
  (names: readonly string[]): Content =>
  (speech) =>
    array(speech, "ParameterNames", "xsd:string", strings(names));

/** TR-069 A.3.2.1. */
export const setParameterValues =
  (settings: readonly ParameterSetting[], parameterKey: string): Content =>
  (speech) => {
    const structs = settings.map(
      ({ name, value, type = "string" }) =>
        `<ParameterValueStruct>${tag("Name", name)}${typed(speech, "Value", type, value)}</ParameterValueStruct>`,
    );
    return array(speech, "ParameterList", "cwmp:ParameterValueStruct", structs) + tag("ParameterKey", parameterKey);
  };

/** TR-069 A.3.2.4. What is not to be changed has its Change flag at 0 and a value that then means nothing. */
export const setParameterAttributes =
  (settings: readonly AttributeSetting[]): Content =>
  (speech) => {
    const structs = settings.map(
      ({ name, notification, accessList }) =>
        `<SetParameterAttributesStruct>${tag("Name", name)}` +
        tag("NotificationChange", notification === undefined ? 0 : 1) +
        tag("Notification", notification ?? 0) +
        tag("AccessListChange", accessList === undefined ? 0 : 1) +
        `${array(speech, "AccessList", "xsd:string", strings(accessList ?? []))}</SetParameterAttributesStruct>`,
    );
    return array(speech, "ParameterList", "cwmp:SetParameterAttributesStruct", structs);
  };

/** Arguments of AddObject and DeleteObject (TR-069 A.3.2.6, A.3.2.7). */
export const objectName =
  (path: string, parameterKey: string): Content =>
  () =>
    tag("ObjectName", path) + tag("ParameterKey", parameterKey);

/** TR-069 A.3.2.9. */
export const reboot =
  (commandKey: string): Content =>
  () =>
    tag("CommandKey", commandKey);

/** TR-069 A.3.2.8. */
export const download =
  (request: DownloadRequest): Content =>
  () =>
    tag("CommandKey", request.commandKey ?? "") +
    tag("FileType", request.fileType) +
    tag("URL", request.url) +
    tag("Username", request.username ?? "") +
    tag("Password", request.password ?? "") +
    tag("FileSize", request.fileSize ?? 0) +
    tag("TargetFileName", request.targetFileName ?? "") +
    tag("DelaySeconds", request.delaySeconds ?? 0) +
    tag("SuccessURL", request.successUrl ?? "") +
    tag("FailureURL", request.failureUrl ?? "");

/** TR-069 A.4.1.5. */
export const upload =
  (request: UploadRequest): Content =>
  () =>
    tag("CommandKey", request.commandKey ?? "") +
    tag("FileType", request.fileType) +
    tag("URL", request.url) +
    tag("Username", request.username ?? "") +
    tag("Password", request.password ?? "") +
    tag("DelaySeconds", request.delaySeconds ?? 0);

/** TR-069 A.4.1.2. */
export const scheduleInform =
  (delaySeconds: number, commandKey: string): Content =>
  () =>
    tag("DelaySeconds", delaySeconds) + tag("CommandKey", commandKey);

export const maxEnvelopes: Content = () => tag("MaxEnvelopes", 1);

/** What the ACS answers to methods of the phone (TR-069 A.3.1.1, A.3.3, A.4.2); what is not here is fault 8000. */
export const responses: ReadonlyMap<string, Content> = new Map([
  ["Inform", maxEnvelopes],
  ["TransferComplete", nothing],
  ["AutonomousTransferComplete", nothing],
  ["RequestDownload", nothing],
  ["DUStateChangeComplete", nothing],
  ["AutonomousDUStateChangeComplete", nothing],
  ["Kicked", () => tag("NextURL", "")],
  ["GetRPCMethods", (speech) => array(speech, "MethodList", "xsd:string", strings([...responses.keys()]))],
]);
