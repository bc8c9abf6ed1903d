import { discoverySeams } from "./discovery-seams.ts";
import { leaseSeams } from "./lease-seams.ts";
import { readingSeams } from "./reading-seams.ts";
import { sendingSeams } from "./sending-seams.ts";

/** The phone as a client of DHCP: RFC 2131, TR-111 1.2, TR-069 3.1. */
export const dhcpSeams = { ...sendingSeams, ...readingSeams, ...leaseSeams, ...discoverySeams };

export type DhcpSeams = typeof dhcpSeams;
