import type { Located } from "../core/finding.ts";
import type { Exchange } from "../trace/exchange.ts";
import type { XmlElement } from "../wire/xml.ts";
import type { Answer, AnswerOptions } from "./answer.ts";
import type { Prefixes, Speech } from "./messages.ts";

/** The XML inside a method element: as it stands, or made from the namespace prefixes in force. */
export type Args = string | ((prefixes: Prefixes) => string);

export interface RequestOptions {
  /** cwmp:ID of the request; default a fresh one, `false` for none. */
  readonly id?: string | false;
  /** XML of further entries of soap:Header, such as `<cwmp:HoldRequests soap:mustUnderstand="1">1</cwmp:HoldRequests>`. */
  readonly header?: Args;
  /** How the HTTP answer that carries the request is written. */
  readonly write?: AnswerOptions;
  /** Milliseconds to wait for what comes back; default `patience.response`. */
  readonly within?: number;
  /** Changes to the way of speaking, for this message only. */
  readonly speech?: Partial<Speech>;
}

/** What happened after an answer of ours. */
export interface Reply {
  /**
   * * `response`: a MethodResponse (its name is `exchange.request.envelope.method`)
   * * `fault`: a SOAP fault
   * * `request`: a request of the phone, such as TransferComplete; it is now outstanding
   * * `inform`: an Inform: the repetition after 401, 3xx or fault 8005, or a second one in the session
   * * `empty`: an empty POST
   * * `closed`: the session's connection is closed, and the session did not go on over another one
   * * `silence`: nothing until the deadline
   * * `garbage`: something that is no HTTP request, or a body without a SOAP message
   */
  readonly kind: "response" | "fault" | "request" | "inform" | "empty" | "closed" | "silence" | "garbage";
  readonly exchange: Exchange | undefined;
  /** What came, as one located text: `GetParameterValuesResponse`, `Fault 9005`, `empty POST`, `connection closed`, `nothing within 30 s`. */
  readonly summary: Located;
  /** Text of detail/Fault/FaultCode without surrounding white space; absent when this is no fault. */
  readonly faultCode: Located;
  /** As in Envelope; absent when no message came. */
  at(path: string): Located;
  all(path: string): readonly Located[];
  element(path: string): XmlElement | undefined;
  elements(path: string): readonly XmlElement[];
  /** The place of an element of this reply. */
  place(element: XmlElement): string;
}

/** How a session came to its end. */
export interface Ending {
  /**
   * * `closed`: after our empty answer the phone closed its connection
   * * `open`: after our empty answer the phone kept its connection open for `patience.sessionEnd`; we closed it
   * * `broken`: the session was over before we could answer with nothing
   */
  readonly kind: "closed" | "open" | "broken";
  /** POSTs that came after our first empty answer in `end()`; each was answered too. */
  readonly after: readonly Exchange[];
  /** One located text: `connection closed`, `connection kept open for 10 s`, … */
  readonly summary: Located;
  /** Milliseconds from our last answer to the closing of the connection. */
  readonly closedAfter: number | undefined;
}

export interface ParameterSetting {
  readonly name: string;
  /** The value in its lexical form, not yet escaped. */
  readonly value: string;
  /** Name of the XML Schema type without prefix, such as `unsignedInt`; default `string`. */
  readonly type?: string;
}

export interface AttributeSetting {
  /** A parameter or a partial path. */
  readonly name: string;
  /** 0 off, 1 passive, 2 active; left out: NotificationChange is false. */
  readonly notification?: number;
  /** Left out: AccessListChange is false. */
  readonly accessList?: readonly string[];
}

export interface DownloadRequest {
  readonly commandKey?: string;
  /** Such as `1 Firmware Upgrade Image` or `3 Vendor Configuration File`. */
  readonly fileType: string;
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Octets; default 0. */
  readonly fileSize?: number;
  readonly targetFileName?: string;
  readonly delaySeconds?: number;
  readonly successUrl?: string;
  readonly failureUrl?: string;
}

export interface UploadRequest {
  readonly commandKey?: string;
  /** Such as `1 Vendor Configuration File` or `2 Vendor Log File`. */
  readonly fileType: string;
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly delaySeconds?: number;
}

/**
 * A CWMP session as a conversation that the case leads. The phone's POST that waits for our answer is `outstanding`; every
 * method below answers it and gives what happens next. None of them throws: a session that is over gives `closed`.
 */
export interface Session {
  /** Counts from 1 over the run. */
  readonly number: number;
  /** The Inform that opened the session: the one that was accepted, when an authentication came before. */
  readonly inform: Exchange;
  /** All exchanges of this session so far, challenges of ours included. */
  readonly exchanges: readonly Exchange[];
  /** The POST that waits for our answer. */
  readonly outstanding: Exchange | undefined;
  /** Requests of the phone (TransferComplete …) that were answered by `acs.session()`, `acknowledge()` or `end()`. */
  readonly requests: readonly Exchange[];
  /** True when nothing more can come in this session. */
  readonly over: boolean;

  /** Sends a request as answer to the outstanding POST and gives what came back. `args` is the XML inside the method element. */
  request(method: string, args?: Args, options?: RequestOptions): Promise<Reply>;

  getRPCMethods(options?: RequestOptions): Promise<Reply>;
  getParameterNames(path: string, nextLevel: boolean, options?: RequestOptions): Promise<Reply>;
  getParameterValues(names: readonly string[], options?: RequestOptions): Promise<Reply>;
  setParameterValues(settings: readonly ParameterSetting[], parameterKey?: string, options?: RequestOptions): Promise<Reply>;
  getParameterAttributes(names: readonly string[], options?: RequestOptions): Promise<Reply>;
  setParameterAttributes(settings: readonly AttributeSetting[], options?: RequestOptions): Promise<Reply>;
  addObject(path: string, parameterKey?: string, options?: RequestOptions): Promise<Reply>;
  deleteObject(path: string, parameterKey?: string, options?: RequestOptions): Promise<Reply>;
  reboot(commandKey?: string, options?: RequestOptions): Promise<Reply>;
  factoryReset(options?: RequestOptions): Promise<Reply>;
  download(request: DownloadRequest, options?: RequestOptions): Promise<Reply>;
  upload(request: UploadRequest, options?: RequestOptions): Promise<Reply>;
  scheduleInform(delaySeconds: number, commandKey?: string, options?: RequestOptions): Promise<Reply>;
  getQueuedTransfers(options?: RequestOptions): Promise<Reply>;
  getAllQueuedTransfers(options?: RequestOptions): Promise<Reply>;

  /** Answers the outstanding POST with exactly this and gives the next thing that happens. */
  answer(response: Answer, options?: { readonly within?: number }): Promise<Reply>;
  /** Answers the Inform with InformResponse, the session cookie included. `args` replaces `<MaxEnvelopes>1</MaxEnvelopes>`. */
  informResponse(options?: RequestOptions & { readonly args?: Args }): Promise<Reply>;
  /** Answers the phone's outstanding request with its response (fault 8000 when we do not know it). */
  acknowledge(options?: RequestOptions): Promise<Reply>;
  /** Answers the outstanding request of the phone with a SOAP fault, such as 8005 `Retry request`. */
  fault(code: number, text: string, options?: RequestOptions): Promise<Reply>;
  /** Waits for what the phone does next without answering anything. */
  next(within?: number): Promise<Reply>;
  /** Answers what is outstanding (InformResponse, responses to the phone's requests, then 204) until the session is over. */
  end(): Promise<Ending>;
}
