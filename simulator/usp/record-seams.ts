import type { LoadFacts } from "./load.ts";

/** What the agent knows of a record that came. */
export interface RecordFacts {
  readonly version: string;
  readonly toId: string;
  readonly fromId: string;
  /** The agent's own EndpointID, and that of the controller at the other end. */
  readonly ownId: string;
  readonly controllerId: string;
  readonly payloadSecurity: number;
  readonly recordType: string;
}

/** What becomes of a record: its message is served, an Error with this code answers it, or nothing happens. */
export type RecordVerdict = "serve" | "ignore" | number;

/** What is wrong with a message whose record is right. */
export type MessageProblem = "no body" | "oneof" | "unknown enum" | "not for agents" | "other type";

/** How records are read and written (TR-369 "USP Record Encapsulation"). */
export const recordSeams = {
  /** Whether the agent reads a record at all, whatever has come before it. */
  reads(_load: LoadFacts): boolean {
    return true;
  },
  /** The agent's EndpointID, as its identity makes it (R-ARC.2a, R-ARC.5, R-ARC.6). */
  endpointId(made: string): string {
    return made;
  },
  /** USP version in a record of the agent's. */
  recordVersion(): string {
    return "1.4";
  },
  /** to_id and from_id of a record of the agent's. */
  addresses(own: string, controller: string): { readonly toId: string; readonly fromId: string } {
    return { toId: controller, fromId: own };
  },
  /** payload_security of a record of the agent's, by its number. */
  payloadSecurity(): number {
    return 0;
  },
  /** The octets of a record as they go out. */
  writtenRecord(octets: Uint8Array): Uint8Array {
    return octets;
  },
  /** The octets of a message as they go out. */
  writtenMessage(octets: Uint8Array, _type: number): Uint8Array {
    return octets;
  },
  /** Whether a new connection begins with a connect record (R-MTP.6). */
  sendsConnect(_record: string | undefined): boolean {
    return true;
  },
  /** Whether another connect record follows a disconnect record on the same connection (R-MTP.8). */
  greetsAgain(): boolean {
    return true;
  },
  /** The disconnect record with which the agent takes leave (R-MTP.7, R-MTP.9); undefined for none. */
  leave(why: "restart" | "disabled"): { readonly reasonCode: number; readonly reason: string } | undefined {
    return { reasonCode: 7105, reason: why === "restart" ? "The agent restarts" : "The controller was switched off" };
  },
  /** Whether an answer goes out in a session context, by whether its request came in one (R-MSG.0a). */
  answersInSession(isRequestInSession: boolean): boolean {
    return isRequestInSession;
  },
  /** What becomes of a record (R-E2E.1, R-MTP.5). */
  verdict({ version, toId, fromId, ownId, controllerId, payloadSecurity }: RecordFacts): RecordVerdict {
    if (toId !== ownId || fromId !== controllerId) return "ignore";
    if (!/^\d+\.\d+$/.test(version)) return 7104;
    if (payloadSecurity === 1) return 7102;
    return payloadSecurity === 0 ? "serve" : 7104;
  },
  /** What becomes of a record that has two members of a oneof, or none (R-ENC.4). */
  onAmbiguousRecord(): "ignore" | "close" | "serve" {
    return "ignore";
  },
  /** The answer to a record in a session context where that is not allowed (R-E2E.6a). */
  onSessionContext(): { readonly reasonCode: number; readonly reason: string } | undefined {
    return { reasonCode: 7106, reason: "Session context not allowed" };
  },
  /** Whether a message whose record is right, but which cannot be read, is passed over (R-MSG.1). */
  ignoresBrokenMessage(): boolean {
    return true;
  },
  /** Code of the Error that answers a message that is none for the agent (R-ENC.5, R-MSG.1). */
  onMessageProblem(problem: MessageProblem): number | "ignore" | "close" {
    return problem === "not for agents" ? 7001 : 7004;
  },
  /** msg_id of an answer (R-MSG.9). */
  answerId(requestId: string): string {
    return requestId;
  },
  /** msg_id of a Notify: unique, also over restarts (R-MSG.8). */
  notifyId(count: number, bootedAt: number): string {
    return `${bootedAt.toString(36)}-${count}`;
  },
  /** msg_type of a message, by the one that it is (R-MSG.10). */
  messageType(type: number): number {
    return type;
  },
  /** Whether a request is served whose header names another type than its body has (R-MSG.10). */
  goesByBody(_field: string | undefined, _type: number): boolean {
    return true;
  },
};
