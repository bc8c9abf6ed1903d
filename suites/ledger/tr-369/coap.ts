import type { Requirement } from "../../../harness/core/verdict.ts";
import { outOfScope } from "../rows.ts";

const DEPRECATED = "the whole MTP is deprecated since version 1.2, and all its tests in TP-469";

const row = (number: string, says: string): Requirement => outOfScope(`TR-369:R-COAP.${number}`, "MUST", says, DEPRECATED);

/** Every numbered requirement of "CoAP Binding". */
export const coapRequirements: readonly Requirement[] = [
  row("0", "names its CoAP server by a CoAP URI"),
  row("1", "is a CoAP resource with the attributes of a USP endpoint"),
  row("2", "says in each request where it wants the answer"),
  row("2a", "answers where the request wants it"),
  row("3", "names its resource in DNS-SD"),
  row("4", "sends records in CoAP messages"),
  row("5", "sends large records in blocks"),
  row("6", "calls records octet streams"),
  row("7", "confirms a record by 2.04"),
  row("8", "knows the response codes of CoAP"),
  row("9", "reports a timeout of the transport"),
  row("10", "reports a failure that the server tells"),
  row("11", "answers a wrong method by 4.05"),
  row("12", "answers a wrong format by 4.15"),
  row("13", "answers an unreadable record by 4.00"),
  row("14", "has the security modes NoSec and Certificate"),
  row("15", "follows the profile of DTLS for small devices"),
  row("16", "shows its certificate"),
];
