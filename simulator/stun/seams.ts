import { bindingSeams } from "./binding-seams.ts";
import { stunMessageSeams } from "./message-seams.ts";
import { udpRequestSeams } from "./request-seams.ts";

/** Connection requests through a NAT: TR-069 Annex G, which is TR-111 part 2. */
export const stunSeams = { ...stunMessageSeams, ...bindingSeams, ...udpRequestSeams };

export type StunSeams = typeof stunSeams;
