import { should } from "../rows.ts";

/** What the vendor tells the public of DHCP: a phone without an ACS finds its provisioning server by it. */
export const snomDhcpRequirements = [
  should("SNOM:dhcp#server-and-file", "fetches its settings from the server of option 66 and the file of option 67"),
  should("SNOM:dhcp#url", "fetches its settings from a URL in option 66 that names a file"),
  should("SNOM:dhcp#tunnelled", "takes options 66 and 67 inside option 43, ended by a NUL, as it takes them outside"),
  should("SNOM:dhcp#tunnelled-first", "goes by those inside option 43 where there are both"),
  should("SNOM:dhcp#managed", "does not provision itself from a server that DHCP names while TR-069 is enabled"),
  should("SNOM:dhcp#vendor-class", "sends its type as option 60"),
  should("SNOM:dhcp#asks", "asks for options 43, 66 and 67 when it asks for an address"),
];
