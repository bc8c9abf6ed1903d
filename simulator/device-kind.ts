/**
 * What the phone is: a Snom phone, or a device of no vendor in particular: one that is managed over CWMP and has all of TR-111, or one
 * that is a USP agent and has all that an agent may have.
 */
export type DeviceKind = "snom" | "cwmp" | "generic";
