import type { Requirement } from "../../../harness/core/verdict.ts";
import { outOfScope } from "../rows.ts";

const INSIDE = "an MTP between two programs inside one device, which nobody outside can see";

const row = (number: number, says: string): Requirement => outOfScope(`TR-369:R-UDS.${number}`, "MUST", says, INSIDE);

/** Every numbered requirement of "UNIX Domain Socket Binding". */
export const unixDomainSocketRequirements: readonly Requirement[] = [
  row(1, "has the profiles UDSAgent:1 and UDSController:1"),
  row(2, "listens on its socket when it is the server"),
  row(3, "accepts connections when it is the server"),
  row(4, "connects to the server when it is the client"),
  row(5, "tries again within 1 to 5 seconds after a connection that failed"),
  row(6, "sends frames of a header and at least one field"),
  row(7, "begins a header with a mark and a length"),
  row(8, "has the mark _USP"),
  row(9, "counts everything behind the header in the length"),
  row(10, "gives the type of a field in one octet"),
  row(11, "gives the length of a field in four octets"),
  row(12, "shakes hands by fields of type 1"),
  row(13, "tells errors by fields of type 2"),
  row(14, "sends records by fields of type 3"),
  row(15, "ignores fields of other types"),
  row(16, "tells its Endpoint ID first when it is the client"),
  row(17, "tells its Endpoint ID in answer when it is the server"),
  row(18, "gives up a handshake that is not answered within 30 seconds"),
  row(19, "ignores a handshake that it does not wait for"),
  row(20, "ignores records before the handshake is over"),
  row(21, "answers a handshake that it cannot use by an error"),
  row(22, "sends the encoded record in its field"),
  row(23, "closes with an error after a record that it cannot extract"),
  row(24, "closes with an error after a frame that it cannot read"),
  row(25, "closes after an error of its peer"),
];
