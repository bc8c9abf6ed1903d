import { must, should } from "../rows.ts";

/** What a factory reset leaves (guide to TR-069, FactoryReset), and what is decided beside it. */
export const factoryResetRequirements = [
  must("SNOM-TR-069:FactoryReset#acs-data", "has lost URL and credentials of its ACS after a reset"),
  must("SNOM-TR-069:FactoryReset#no-contact", "does not contact the ACS of before after a reset"),
  must("SNOM-TR-069:FactoryReset#events", "has lost undelivered events after a reset"),
  must("SNOM-TR-069:FactoryReset#queued-transfers", "has lost queued transfers after a reset"),
  must("SNOM-TR-069:FactoryReset#map", "has lost what was in the param_map after a reset"),
  must("SNOM-TR-069:FactoryReset#standard-provisioning", "goes back to its standard provisioning after a reset"),
  should("SNOM:factory-reset#delivered-map", "has the same param_map after every reset, octet for octet"),
  should("SNOM:factory-reset#settings", "has the same settings after every reset, whatever was saved before"),
  should("SNOM:factory-reset#attributes", "has the attributes that its param_map says after a reset"),
  should("SNOM:factory-reset#by-user-acs-data", "loses URL and credentials of its ACS also by its reset button"),
  should("SNOM:factory-reset#by-user-values", "loses ParameterKey and values also by its reset button"),
  should("SNOM:factory-reset#identity", "has the same DeviceId and SoftwareVersion after a reset"),
];
