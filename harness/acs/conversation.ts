import type { Exchange } from "../trace/exchange.ts";
import type { Answer } from "./answer.ts";
import type { AcsContext, Incoming } from "./context.ts";
import type { Line } from "./line.ts";
import { faultElement, message, methodElement, plainSpeech, type Speech } from "./messages.ts";
import * as methods from "./methods.ts";
import { inWords } from "./patience.ts";
import { kindOf } from "./replies.ts";
import type {
  Args,
  AttributeSetting,
  DownloadRequest,
  Ending,
  ParameterSetting,
  Reply,
  RequestOptions,
  Session,
  UploadRequest,
} from "./session.ts";

/** POSTs that `end()` answers before it gives the session up. */
const MOST_IN_THE_END = 50;

const NAMESPACES: readonly (string | undefined)[] = ["cwmp-1-0", "cwmp-1-1", "cwmp-1-2"];

/** The Session that a case leads: CWMP methods on a line. */
export class Conversation implements Session {
  readonly number: number;
  readonly line: Line;
  readonly requests: Exchange[] = [];
  readonly #context: AcsContext;
  /** Number of the exchange that opened the session. */
  readonly #first: number;
  #inform: Exchange;
  #ending: Promise<Ending> | undefined;

  constructor(context: AcsContext, number: number, line: Line, inform: Exchange) {
    this.#context = context;
    this.number = number;
    this.line = line;
    this.#first = inform.number;
    this.#inform = inform;
  }

  get inform(): Exchange {
    return this.#inform;
  }

  get exchanges(): readonly Exchange[] {
    return this.#context.recording.slice(this.#first).filter(({ session }) => session === this.number);
  }

  get outstanding(): Exchange | undefined {
    return this.line.outstanding?.exchange;
  }

  get over(): boolean {
    return this.line.over;
  }

  /** The Inform was accepted: the conversation can begin. */
  begin(incoming: Incoming): void {
    this.#inform = incoming.exchange;
    this.line.deliver(incoming);
  }

  answer(response: Answer, options: { readonly within?: number } = {}): Promise<Reply> {
    return this.line.answer(response, options.within);
  }

  next(within: number = this.#context.patience.response): Promise<Reply> {
    return this.line.next(within);
  }

  request(method: string, args: Args = "", options: RequestOptions = {}): Promise<Reply> {
    return this.#ask(method, ({ prefixes }) => (typeof args === "string" ? args : args(prefixes)), options);
  }

  getRPCMethods(options?: RequestOptions): Promise<Reply> {
    return this.#ask("GetRPCMethods", methods.nothing, options);
  }
  getParameterNames(path: string, nextLevel: boolean, options?: RequestOptions): Promise<Reply> {
    return this.#ask("GetParameterNames", methods.getParameterNames(path, nextLevel), options);
  }
  getParameterValues(names: readonly string[], options?: RequestOptions): Promise<Reply> {
    return this.#ask("GetParameterValues", methods.parameterNames(names), options);
  }
  setParameterValues(settings: readonly ParameterSetting[], parameterKey = "", options?: RequestOptions): Promise<Reply> {
    return this.#ask("SetParameterValues", methods.setParameterValues(settings, parameterKey), options);
  }
  getParameterAttributes(names: readonly string[], options?: RequestOptions): Promise<Reply> {
    return this.#ask("GetParameterAttributes", methods.parameterNames(names), options);
  }
  setParameterAttributes(settings: readonly AttributeSetting[], options?: RequestOptions): Promise<Reply> {
    return this.#ask("SetParameterAttributes", methods.setParameterAttributes(settings), options);
  }
  addObject(path: string, parameterKey = "", options?: RequestOptions): Promise<Reply> {
    return this.#ask("AddObject", methods.objectName(path, parameterKey), options);
  }
  deleteObject(path: string, parameterKey = "", options?: RequestOptions): Promise<Reply> {
    return this.#ask("DeleteObject", methods.objectName(path, parameterKey), options);
  }
  reboot(commandKey = "", options?: RequestOptions): Promise<Reply> {
    return this.#ask("Reboot", methods.reboot(commandKey), options);
  }
  factoryReset(options?: RequestOptions): Promise<Reply> {
    return this.#ask("FactoryReset", methods.nothing, options);
  }
  download(request: DownloadRequest, options?: RequestOptions): Promise<Reply> {
    return this.#ask("Download", methods.download(request), options);
  }
  upload(request: UploadRequest, options?: RequestOptions): Promise<Reply> {
    return this.#ask("Upload", methods.upload(request), options);
  }
  scheduleInform(delaySeconds: number, commandKey = "", options?: RequestOptions): Promise<Reply> {
    return this.#ask("ScheduleInform", methods.scheduleInform(delaySeconds, commandKey), options);
  }
  getQueuedTransfers(options?: RequestOptions): Promise<Reply> {
    return this.#ask("GetQueuedTransfers", methods.nothing, options);
  }
  getAllQueuedTransfers(options?: RequestOptions): Promise<Reply> {
    return this.#ask("GetAllQueuedTransfers", methods.nothing, options);
  }

  informResponse(options: RequestOptions & { readonly args?: Args } = {}): Promise<Reply> {
    const { args } = options;
    const content: methods.Content =
      args === undefined ? methods.maxEnvelopes : ({ prefixes }) => (typeof args === "string" ? args : args(prefixes));
    return this.line.answer(this.#response("InformResponse", content, options), options.within);
  }

  acknowledge(options: RequestOptions = {}): Promise<Reply> {
    const outstanding = this.outstanding;
    if (outstanding !== undefined) this.#note(outstanding);
    return this.line.answer(this.#acknowledgement(outstanding, options), options.within);
  }

  fault(code: number, text: string, options: RequestOptions = {}): Promise<Reply> {
    const speech = this.#speech(options);
    return this.line.answer(
      this.#message(speech, faultElement(speech, code, text), this.#echoedId(options), options),
      options.within,
    );
  }

  end(): Promise<Ending> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  /** Ends the session without asking the phone, as when it hangs. */
  abort(): void {
    this.line.takeLead();
    this.line.finish();
  }

  async #end(): Promise<Ending> {
    const { line } = this;
    line.takeLead();
    const after: Exchange[] = [];
    let said = line.ended;
    let farewell = said;
    let last: Reply | undefined;
    for (let count = 0; count < MOST_IN_THE_END && !line.over && last?.kind !== "silence"; count += 1) {
      const outstanding = line.outstanding?.exchange;
      if (outstanding === undefined) {
        last = await line.next(this.#context.patience.sessionEnd);
        continue;
      }
      if (said) after.push(outstanding);
      this.#note(outstanding);
      const answer = this.#acknowledgement(outstanding, {});
      if (answer.body === undefined && !farewell) {
        farewell = true;
        await this.#context.farewell(this);
        continue;
      }
      last = await line.answer(answer);
      said ||= answer.body === undefined;
    }
    const kept = last?.kind === "silence" || !line.over;
    line.finish();
    return { ...this.#howItEnded(said, kept, last), after };
  }

  #howItEnded(said: boolean, kept: boolean, last: Reply | undefined): Omit<Ending, "after"> {
    const { connection, latestAnswer, where } = this.line;
    const { closedAt } = connection;
    const known = !kept && closedAt !== undefined && latestAnswer !== undefined;
    const closedAfter = known ? Math.max(0, closedAt - latestAnswer.endedAt) : undefined;
    const closed = { value: "connection closed", where };
    if (!said) return { kind: "broken", closedAfter, summary: last?.summary ?? closed };
    if (!kept) return { kind: "closed", closedAfter, summary: closed };
    const value =
      last?.kind === "silence"
        ? `connection kept open for ${inWords(this.#context.patience.sessionEnd)}`
        : `no end after ${MOST_IN_THE_END} POSTs`;
    return { kind: "open", closedAfter, summary: { value, where } };
  }

  #note(outstanding: Exchange): void {
    if (kindOf(outstanding) === "request") this.requests.push(outstanding);
  }

  /** What the ACS answers by itself: a response to what the phone asks, nothing to everything else. */
  #acknowledgement(outstanding: Exchange | undefined, options: RequestOptions): Answer {
    const kind = outstanding === undefined ? "empty" : kindOf(outstanding);
    const method = outstanding?.request.envelope?.method ?? "";
    if (kind !== "inform" && kind !== "request") return options.write ?? {};
    const content = methods.responses.get(method);
    if (content !== undefined) return this.#response(`${method}Response`, content, options);
    const speech = this.#speech(options);
    return this.#message(speech, faultElement(speech, 8000, "Method not supported"), this.#echoedId(options), options);
  }

  #ask(method: string, content: methods.Content, options: RequestOptions = {}): Promise<Reply> {
    const speech = this.#speech(options);
    const chosen = options.id === false ? undefined : options.id;
    const id = options.id === undefined && speech.idHeader ? this.#context.freshId() : chosen;
    const answer = this.#message(speech, methodElement(speech, method, content(speech)), id, options);
    return this.line.answer(answer, options.within);
  }

  #response(name: string, content: methods.Content, options: RequestOptions): Answer {
    const speech = this.#speech(options);
    return this.#message(speech, methodElement(speech, name, content(speech)), this.#echoedId(options), options);
  }

  #message(speech: Speech, body: string, id: string | undefined, { header = "", write }: RequestOptions): Answer {
    const entries = typeof header === "string" ? header : header(speech.prefixes);
    return { ...write, body: message(speech, { id, header: entries, body }) };
  }

  /** A response carries the cwmp:ID of the request it answers, if that had one (TR-069 3.5, table 4). */
  #echoedId({ id }: RequestOptions): string | undefined {
    if (id !== undefined) return id === false ? undefined : id;
    return this.outstanding?.request.envelope?.id.value;
  }

  /**
   * How a message of this session is written. As long as nobody has chosen another namespace than the default one, we speak the
   * version of the phone's Inform, if it is one that we know.
   */
  #speech({ speech }: RequestOptions): Speech {
    const usual = this.#context.speech();
    const version = this.#inform.request.envelope?.cwmpNamespace?.replace(/^urn:dslforum-org:/, "");
    const namespace =
      usual.namespace === plainSpeech.namespace && NAMESPACES.includes(version)
        ? (version as Speech["namespace"])
        : usual.namespace;
    return { ...usual, namespace, ...speech };
  }
}
