import { must, should } from "../rows.ts";

/** Requirements on Reboot, FactoryReset and ScheduleInform, TR-069 A.3.2.9, A.4.1.6 and A.4.1.2. */
export const rebootRequirements = [
  must("TR-069:A.3.2.9#response", "answers Reboot with RebootResponse"),
  must("TR-069:A.3.2.9#reboots", "reboots after the session in which Reboot was called"),
  must("TR-069:A.3.2.9#command-key", "returns the CommandKey of Reboot in the M Reboot event, character for character"),
  must("TR-069:A.3.2.9#empty-command-key", "sends M Reboot also when the CommandKey of Reboot was empty"),
  should("TR-069:A.3.2.9#long-command-key", "refuses a CommandKey of more than 32 characters, or returns it whole"),
  must("TR-069:A.4.1.6#response", "answers FactoryReset with FactoryResetResponse"),
  must("TR-069:A.4.1.6#after-session", "completes the session before it resets itself"),
  must("TR-069:3.7.1.5#bootstrap-after-reset", "lists 0 BOOTSTRAP at the first contact after a factory reset"),
  must("TR-069:A.4.1.6#parameter-key", "has an empty ParameterKey after a factory reset"),
  must("TR-069:A.4.1.6#values", "has its factory values after a factory reset"),
  must("TR-069:A.4.1.6#instances", "has lost objects that the ACS added, after a factory reset"),
  must("TR-069:A.4.1.2#response", "answers ScheduleInform with ScheduleInformResponse"),
  must("TR-069:A.4.1.2#delay", "calls Inform DelaySeconds after ScheduleInform"),
  must("TR-069:3.7.1.5#scheduled", "lists 3 SCHEDULED and M ScheduleInform in the Inform that ScheduleInform asked for"),
  must("TR-069:A.4.1.2#command-key", "returns the CommandKey of ScheduleInform in the M ScheduleInform event"),
  must("TR-069:A.4.1.2#zero-delay", "refuses ScheduleInform with DelaySeconds 0 as invalid"),
  must("TR-069:3.7.1.5#scheduled-multiple", "delivers an M ScheduleInform event for each ScheduleInform"),
  must("TR-069:3.7.1.5#scheduled-kept", "delivers an undelivered M ScheduleInform event after a reboot"),
];
