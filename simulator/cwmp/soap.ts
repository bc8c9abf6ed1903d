export type { Arg } from "./arg.ts";
export { type Incoming, type IncomingMessage, parseIncoming } from "./soap-read.ts";
export { encodeFault, encodeMessage, encodeNotUnderstood, type Outgoing, type OutgoingFault } from "./soap-write.ts";
export type { XmlNode } from "./xml-read.ts";
