/** CWMP 1.2, the highest version that the phone speaks. */
const CWMP_1_2 = "urn:dslforum-org:cwmp-1-2";
const CWMP_1_0 = "urn:dslforum-org:cwmp-1-0";

/** How far a session is, when no request of the ACS waits for a response. */
export interface Progress {
  /** What the last HTTP response brought: nothing, or the answer to a request of the phone. */
  readonly heard: "nothing" | "answer";
  /** Requests of the phone that are still to be sent. */
  readonly pending: number;
  /** Requests of the phone that the ACS has answered with a fault in this session. */
  readonly refused: number;
  /** Whether the last HTTP response told the phone to hold them. */
  readonly held: boolean;
  /** Whether an empty POST has been sent while they were not held. */
  readonly emptySent: boolean;
  /** Requests of the phone, other than the Inform, that the ACS has confirmed in this session. */
  readonly confirmed: number;
  /** Requests of the ACS that were served in this session. */
  readonly served: number;
  /** How many HTTP responses in a row have brought nothing. */
  readonly empties: number;
}

/** What stood in a POST: an Inform, another request of the phone, an answer to a request of the ACS, or nothing. */
export type PostContent = "inform" | "report" | "answer" | "empty";

/** What the phone posts next. */
export type NextPost = "request" | "empty" | "inform";

/** What a SOAP message is, as an answer to a request of the phone. */
export type AnswerKind =
  | { readonly kind: "response"; readonly method: string }
  | { readonly kind: "fault"; readonly code: number };

/** Why the phone would contact its ACS. */
export type ContactCause = "boot" | "periodic" | "call" | "event";

/** How a session goes: TR-069 3.7.1. */
export const sessionSeams = {
  /** Whether the phone goes to its ACS for this: for nothing while `tr69_use_acs` is off. */
  isInCharge(switchedOn: boolean, _cause: ContactCause): boolean {
    return switchedOn;
  },
  /** What the very first POST of a session is (3.7). */
  opening(): "inform" | "empty, then inform" {
    return "inform";
  },
  /** Namespace of the Inform: the highest version that the phone supports. */
  namespace(): string {
    return CWMP_1_2;
  },
  /** Namespace for the rest of the session; an ACS that answers in version 1.0 knows no other (3.7.1.1). */
  namespaceAfter(spoken: string, answered: string): string {
    return answered === CWMP_1_0 ? CWMP_1_0 : spoken;
  },
  /** Whether a message in this namespace is CWMP at all. */
  isCwmp(namespace: string): boolean {
    return /^urn:dslforum-org:cwmp-1-\d+$/.test(namespace);
  },
  /**
   * What an HTTP response is to the session; what HTTP itself deals with (401, redirection) does not come here. When it is
   * ignored, the session goes on as if the phone had no request.
   */
  meaningOf(status: number, length: number, _post: PostContent): "message" | "empty" | "failure" | "ignored" {
    if (status < 200 || status > 299) return "failure";
    return length === 0 ? "empty" : "message";
  },
  /**
   * What XML that is not well-formed, or no SOAP, does to a session (3.7.1.4): `text` came in answer to a request of the phone, or
   * where one of the ACS was expected. It may be taken for what the request wanted, or for nothing.
   */
  afterMalformed(_expected: "answer" | "request", _text: string): "failure" | "confirmed" | "empty" {
    return "failure";
  },
  /**
   * What comes after the answer to an Inform: only its response begins the session, whatever MaxEnvelopes it has (A.3.3.1), and
   * 8005 asks for it again (3.7.1.6). When the answer is ignored, the session goes on, and what the Inform told stays untold.
   */
  afterInform(answer: AnswerKind, _maxEnvelopes: string | undefined): "begun" | "again" | "ignored" | "failure" {
    if (answer.kind === "fault") return answer.code === 8005 ? "again" : "failure";
    return answer.method === "InformResponse" ? "begun" : "failure";
  },
  /** What comes after the answer to another request of the phone: a fault other than 8005 does not end the session (3.7.1.4). */
  afterRequest(asked: string, answer: AnswerKind): "confirmed" | "again" | "refused" | "failure" {
    if (answer.kind === "fault") return answer.code === 8005 ? "again" : "refused";
    return answer.method === `${asked}Response` ? "confirmed" : "failure";
  },
  /** How often 8005 is obeyed for one request before the ACS is given up. */
  repeatsAllowed(): number {
    return 10;
  },
  /** Whether a response holds the phone's requests back, if it has any `pending`; `header` is undefined when it has none. */
  isHeld(header: boolean | undefined, _pending: number): boolean {
    return header === true;
  },
  /** Whether an empty HTTP response holds the phone's requests back. */
  isHeldAfterEmpty(_before: boolean): boolean {
    return false;
  },
  /** What is posted when no request of the ACS waits for a response (Table 6), or that the session is over (3.7.1.4). */
  next({ heard, pending, held, emptySent }: Progress): NextPost | "over" {
    if (heard === "nothing" && emptySent) return "over";
    return pending > 0 && !held && !emptySent ? "request" : "empty";
  },
  /** Whether an empty POST told the ACS that nothing more will come. */
  endsRequests(held: boolean): boolean {
    return !held;
  },
  /** Whether one more request of the ACS is served; `served` counts those of this session. */
  serves(_served: number): boolean {
    return true;
  },
  /**
   * Whether what a request of the ACS came to is posted at all, instead of nothing. `before` tells how often the method was
   * called in this session already, and whether the request holds those of the phone back.
   */
  posts(_method: string, _before: { readonly calls: number; readonly held: boolean }): boolean {
    return true;
  },
  /** Whether an Inform tells of a connection request in the session that it comes into, in the place of an answer (3.7). */
  informsOfConnectionRequest(): boolean {
    return false;
  },
  /** Whether a session is over for the phone when it has answered a request with this fault (3.7.1.4). */
  endsAfterOwnFault(_code: number): boolean {
    return false;
  },
  /** What a response or fault that nobody asked for does. */
  afterUnasked(_answer: AnswerKind): "failure" | "fault" | "ignored" {
    return "failure";
  },
  /** What is posted after the session is over: nothing. */
  trailer(): "nothing" | "empty" {
    return "nothing";
  },
  /** Whether the phone closes the TCP connection when the session is over (3.7.1.4). */
  closesConnection(_outcome: "clean" | "failed"): boolean {
    return true;
  },
  /** Whether a session may begin; there is never more than one (3.7). */
  mayBegin(running: number): boolean {
    return running === 0;
  },
  /** Whether a change by other hands shows at once; during a session only the ACS changes anything (3.7.1.1). */
  showsLocalChange(inSession: boolean): boolean {
    return !inSession;
  },
  /** Whether a reboot that a request has asked for may happen now (3.7.1.4). */
  mayReboot(session: "running" | "clean" | "failed"): boolean {
    return session === "clean";
  },
  /** The same of a factory reset (A.4.1.6). */
  mayReset(session: "running" | "clean" | "failed"): boolean {
    return session === "clean";
  },
  /** What becomes of a valid connection request (3.2.2). Refused with 503 during a session, else it causes the next one. */
  onConnectionRequest(inSession: boolean): { readonly answer: "accepted" | "busy"; readonly causesSession: boolean } {
    return inSession ? { answer: "busy", causesSession: false } : { answer: "accepted", causesSession: true };
  },
  /**
   * Milliseconds between a connection request and its session: the answer goes first, and several requests make one session. So
   * long that sessions asked for one after the other stay below the rate at which requests are turned away.
   */
  connectionRequestDelay(_accept?: string): number {
    return 100;
  },
  /** Whether a connection request is met by the session that one before it has led to, and that is still to begin (3.2.2). */
  joinsConnectionRequests(): boolean {
    return true;
  },
  /** Whether a connection request ends the session that it comes into (3.2.2). */
  endsForConnectionRequest(): boolean {
    return false;
  },
  /** Whether what happened while the session went on is taken to the ACS right after it (3.7.1.5). */
  continuesAtOnce(happened: boolean): boolean {
    return happened;
  },
};

export type SessionSeams = typeof sessionSeams;
