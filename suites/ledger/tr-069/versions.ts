import { must } from "../rows.ts";

/** Versions of CWMP, TR-069 section 3.7.1.1. */
export const versionsRequirements = [
  must("TR-069:3.7.1.1#reverts-to-1-0", "speaks version 1.0 for the rest of a session whose InformResponse is in version 1.0"),
  must("TR-069:3.7.1.1#other-minor-version", "works with an ACS of another minor version from 1.1 on"),
];
