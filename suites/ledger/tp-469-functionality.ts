import type { Requirement } from "../../harness/core/verdict.ts";
import { should } from "./rows.ts";

/** Section 9, firmware. */
const firmware: readonly Requirement[] = [
  should("TP-469:9.3#operation-complete", "tells the end of Download()"),
  should("TP-469:9.3#transfer-complete", "tells TransferComplete!, with the command and FaultCode 0"),
  should("TP-469:9.3#firmware-updated", "tells Boot! with FirmwareUpdated true after a Download() with AutoActivate"),
  should("TP-469:9.3#running", "runs the downloaded image then, and shows its version"),
  should("TP-469:9.4#at-once", "tells the end of Activate() within 5 seconds when it is to start the image immediately"),
  should("TP-469:9.4#firmware-updated", "tells Boot! with FirmwareUpdated true after it has changed images"),
  should("TP-469:9.4#running", "runs the image that it was told to start, and shows its version"),
  should("TP-469:9.5#in-window", "tells the end of Activate() in the time window that it was given"),
  should("TP-469:9.6#transfer-complete", "tells TransferComplete! whatever became of a Download()"),
  should("TP-469:9.6#validation-failed", "shows ValidationFailed for a file that has another checksum"),
  should("TP-469:9.6#available", "shows Available for a file that has the right checksum"),
  should("TP-469:9.6#download-failed", "shows DownloadFailed for a file that it could not get"),
  should("TP-469:9.7#refused-or-done", "refuses a Download() over the running image, or goes through with it"),
  should("TP-469:9.8#request", "answers Activate() by its Request object"),
  should("TP-469:9.8#no-boot", "does not start an image whose Activate() was cancelled"),
  should("TP-469:9.8#request-over", "has no Request object of a cancelled command, or one that says so"),
  should("TP-469:9.8#cancel-response", "answers Cancel() without a failure"),
  should("TP-469:9.8#cancelled-code", 'tells the end of a cancelled command as failure 7023 (TR-369 "The CommandFailure")'),
];

/** Certificates. */
const certificates: readonly Requirement[] = [
  should("TP-469:9.2#added", "answers AddCertificate() without a failure"),
  should("TP-469:9.2#listed", "has an added certificate in its table, by the alias that was given"),
  should("TP-469:9.2#serial-number", "shows the serial number of an added certificate"),
  should("TP-469:9.2#deleted", "has a certificate no longer after its Delete()"),
  should("TP-469:9.2#believed", "talks to a controller whose certificate one that it was given has signed"),
  should("TP-469:9.2#fingerprint", "tells the fingerprint of a certificate"),
  should("TP-469:9.2#broken", "answers AddCertificate() of what is no certificate with a failure, and adds nothing"),
];

/** Controllers, starts and timers. */
const others: readonly Requirement[] = [
  should("TP-469:9.9#session", "comes to a controller that another one has added"),
  should("TP-469:9.9#on-board-request", "sends that controller an OnBoardRequest when it is told to"),
  should("TP-469:9.10#event", "tells its start as Boot! to whoever subscribed to it"),
  should("TP-469:9.10#cause", "tells in Boot! that Reboot() was the cause, its CommandKey, and that the firmware is the same"),
  should("TP-469:9.10#parameter-map", "has the parameters of BootParameter in ParameterMap"),
  should("TP-469:9.10#value", "has them there with their values"),
  should("TP-469:9.10#enabled-only", "has none there whose BootParameter is not enabled"),
  should("TP-469:9.11#response", "answers ScheduleTimer()"),
  should("TP-469:9.11#completion", "tells the end of ScheduleTimer() as OperationComplete"),
  should("TP-469:9.11#delay", "tells it when DelaySeconds are over, and not before"),
];

/** What section 9 of the test plan asks for beyond the numbered requirements of TR-369. */
export const functionalityRequirements: readonly Requirement[] = [...firmware, ...certificates, ...others];
