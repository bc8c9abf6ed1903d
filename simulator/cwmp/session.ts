import type { Device } from "../device.ts";
import type { AcsClient } from "../http/client.ts";
import type { Transfer } from "../state.ts";
import type { Inform } from "./inform.ts";
import type { AnswerKind, NextPost, Progress } from "./session-seams.ts";
import {
  type Arg,
  encodeFault,
  encodeMessage,
  encodeNotUnderstood,
  type IncomingMessage,
  type OutgoingFault,
  parseIncoming,
} from "./soap.ts";

/** What the phone makes of a request of the ACS. */
export type RpcAnswer =
  | { readonly kind: "response"; readonly args: readonly Arg[] }
  | ({ readonly kind: "fault" } & OutgoingFault);

/** The phone's side of a session, as far as the session itself does not know it. */
export interface Conduct {
  readonly inform: Inform;
  /** Requests of the phone's own to be made: each a TransferComplete. */
  readonly reports: readonly Transfer[];
  reportArgs(transfer: Transfer): readonly Arg[];
  /** Carries out a request of the ACS. */
  serve(request: IncomingMessage): RpcAnswer;
  /** The ACS has confirmed the Inform. */
  informed(): void;
  /** The ACS has confirmed a TransferComplete. */
  reported(transfer: Transfer): void;
  nextMessageId(): string;
  /** Whether a connection request has come since this was asked last. */
  wasCalled(): boolean;
}

type Heard =
  | { readonly kind: "empty" }
  | { readonly kind: "confirmed" }
  | { readonly kind: "ignored" }
  | { readonly kind: "failure"; readonly reason: string }
  | IncomingMessage;

/** A POST to be made: `asks` tells what it asks of the ACS. */
type Post =
  | { readonly kind: "inform"; readonly body: string }
  | { readonly kind: "report"; readonly body: string; readonly transfer: Transfer }
  | { readonly kind: "answer"; readonly says: "response" | "fault"; readonly body: string; readonly last: boolean }
  | { readonly kind: "empty" };

type Move = Post | { readonly kind: "over" } | { readonly kind: "failure"; readonly reason: string };

/** One CWMP session, from the Inform to its end (TR-069 3.7.1). */
export class Session {
  readonly #device: Device;
  readonly #client: AcsClient;
  readonly #conduct: Conduct;
  readonly #reports: Transfer[];
  readonly #refused: Transfer[] = [];
  #namespace: string;
  #held = false;
  #emptySent = false;
  #confirmed = 0;
  #empties = 0;
  /** Methods of the requests that were served. */
  readonly #served: string[] = [];
  /** Size of the last message of the ACS. */
  #octets = 0;
  #repeats = 0;

  constructor(device: Device, client: AcsClient, conduct: Conduct) {
    this.#device = device;
    this.#client = client;
    this.#conduct = conduct;
    this.#reports = [...conduct.reports];
    this.#namespace = device.seams.session.namespace();
  }

  /** Leads the session to its end. Never throws for anything that the ACS does. */
  async run(): Promise<"clean" | "failed"> {
    const { session } = this.#device.seams;
    if (session.opening() !== "inform") await this.#client.post("", "empty");
    let post = this.#compose("inform");
    for (;;) {
      const heard = this.#hear(post, await this.#send(post));
      const move = heard.kind === "failure" ? heard : this.#react(post, heard);
      if (move.kind === "failure") {
        this.#device.log(`session failed: ${move.reason}`);
        return "failed";
      }
      if (move.kind === "over") {
        if (session.trailer() === "empty") await this.#send({ kind: "empty" });
        return "clean";
      }
      post = move;
    }
  }

  #send(post: Post): ReturnType<AcsClient["post"]> {
    switch (post.kind) {
      case "empty":
        this.#emptySent ||= this.#device.seams.session.endsRequests(this.#held);
        return this.#client.post("", "empty");
      case "answer":
        return this.#client.post(post.body, post.says);
      case "inform":
        return this.#client.post(post.body, "inform");
      case "report":
        return this.#client.post(post.body, "request");
    }
  }

  #hear(post: Post, posted: Awaited<ReturnType<AcsClient["post"]>>): Heard {
    if (posted.kind === "failed") return { kind: "failure", reason: posted.reason };
    const { session, soap } = this.#device.seams;
    const meaning = session.meaningOf(posted.status, posted.body.length, post.kind);
    if (meaning === "failure") return { kind: "failure", reason: `HTTP status ${posted.status}` };
    if (meaning !== "message") return { kind: meaning };
    this.#octets = posted.body.length;
    const incoming = parseIncoming(posted.body, soap);
    if (incoming.kind === "message") return incoming;
    const expected = post.kind === "inform" || post.kind === "report" ? "answer" : "request";
    const meant = session.afterMalformed(expected, posted.body.toString("utf8"));
    return meant === "failure" ? { kind: "failure", reason: incoming.reason } : { kind: meant };
  }

  #react(post: Post, heard: Exclude<Heard, { kind: "failure" }>): Move {
    const { session } = this.#device.seams;
    this.#empties = heard.kind === "empty" ? this.#empties + 1 : 0;
    if (heard.kind === "confirmed") return this.#afterConfirmation(post);
    if (heard.kind === "ignored") return this.#proceed("answer");
    if (post.kind === "answer" && post.last) return { kind: "over" };
    if (heard.kind === "empty") return this.#afterEmpty(post);
    if (!session.isCwmp(heard.namespace)) return failure(`namespace ${heard.namespace} is not CWMP`);
    if (heard.notUnderstood !== undefined) return this.#refuseHeader(post, heard, heard.notUnderstood);
    const answer = answerKind(heard);
    if (post.kind === "inform") return this.#afterInform(post, heard, answer);
    if (post.kind === "report") return this.#afterReport(post, heard, answer);
    return answer === undefined ? this.#serve(heard) : this.#afterUnasked(heard, answer);
  }

  #afterEmpty(post: Post): Move {
    if (post.kind === "inform" || post.kind === "report") return failure("an empty HTTP response to a request");
    const { session } = this.#device.seams;
    this.#held = session.isHeldAfterEmpty(this.#held);
    return this.#proceed("nothing");
  }

  /** Something unreadable was taken for the answer to a request. */
  #afterConfirmation(post: Post): Move {
    if (post.kind === "inform") this.#conduct.informed();
    if (post.kind === "report") this.#conduct.reported(post.transfer);
    return this.#proceed("answer");
  }

  #afterInform(post: Post, heard: IncomingMessage, answer: AnswerKind | undefined): Move {
    const { session } = this.#device.seams;
    const maxEnvelopes = heard.body.child("MaxEnvelopes")?.text;
    const outcome = answer === undefined ? "failure" : session.afterInform(answer, maxEnvelopes);
    if (outcome === "again") return this.#repeat(post);
    if (outcome === "failure") return failure(`${heard.method} in answer to Inform`);
    if (outcome === "ignored") return this.#goOn(heard);
    this.#repeats = 0;
    this.#namespace = session.namespaceAfter(this.#namespace, heard.namespace);
    this.#conduct.informed();
    return this.#goOn(heard);
  }

  #afterReport(post: Post & { kind: "report" }, heard: IncomingMessage, answer: AnswerKind | undefined): Move {
    const outcome = answer === undefined ? "failure" : this.#device.seams.session.afterRequest("TransferComplete", answer);
    if (outcome === "again") return this.#repeat(post);
    if (outcome === "failure") return failure(`${heard.method} in answer to TransferComplete`);
    this.#repeats = 0;
    if (outcome === "confirmed") {
      this.#confirmed += 1;
      this.#conduct.reported(post.transfer);
    } else this.#refused.push(post.transfer);
    return this.#goOn(heard);
  }

  /** After what answered a request of the phone: the next request, or the empty POST. */
  #goOn(heard: IncomingMessage): Move {
    this.#held = this.#device.seams.session.isHeld(heard.holdRequests, this.#reports.length);
    return this.#proceed("answer");
  }

  #proceed(heard: "nothing" | "answer"): Move {
    const progress: Progress = {
      heard,
      pending: this.#reports.length,
      refused: this.#refused.length,
      held: this.#held,
      emptySent: this.#emptySent,
      confirmed: this.#confirmed,
      served: this.#served.length,
      empties: this.#empties,
    };
    const next = this.#device.seams.session.next(progress);
    return next === "over" ? { kind: "over" } : this.#compose(next);
  }

  #repeat(post: Post): Move {
    this.#repeats += 1;
    return this.#repeats > this.#device.seams.session.repeatsAllowed() ? failure("fault 8005 without end") : post;
  }

  #serve(heard: IncomingMessage): Move {
    const { session, soap, rpc } = this.#device.seams;
    this.#held = session.isHeld(heard.holdRequests, this.#reports.length);
    if (!session.serves(this.#served.length)) return failure(`too many requests: ${this.#served.length}`);
    if (this.#conduct.wasCalled() && session.informsOfConnectionRequest()) return this.#compose("inform");
    const calls = this.#served.filter((method) => method === heard.method).length;
    this.#served.push(heard.method);
    const tooLarge = this.#octets > rpc.requestLimit();
    const answer: RpcAnswer = tooLarge ? { kind: "fault", code: 9004 } : this.#conduct.serve(heard);
    if (!session.posts(heard.method, { calls, held: this.#held })) return { kind: "empty" };
    const body =
      answer.kind === "fault"
        ? encodeFault(soap, this.#namespace, heard.id, answer)
        : encodeMessage(soap, this.#namespace, { method: `${heard.method}Response`, args: answer.args, id: heard.id });
    return { kind: "answer", says: answer.kind, body, last: answer.kind === "fault" && session.endsAfterOwnFault(answer.code) };
  }

  #afterUnasked(heard: IncomingMessage, answer: AnswerKind): Move {
    const { session, soap } = this.#device.seams;
    const reaction = session.afterUnasked(answer);
    if (reaction === "failure") return failure(`${heard.method} that nobody asked for`);
    if (reaction === "ignored") return this.#goOn(heard);
    return { kind: "answer", says: "fault", body: encodeFault(soap, this.#namespace, heard.id, { code: 9003 }), last: false };
  }

  #refuseHeader(post: Post, heard: IncomingMessage, entry: string): Move {
    if (post.kind === "inform" || post.kind === "report" || answerKind(heard) !== undefined)
      return failure(`header entry ${entry} is not understood`);
    const body = encodeNotUnderstood(this.#device.seams.soap, this.#namespace, heard.id, entry);
    return { kind: "answer", says: "fault", body, last: false };
  }

  #compose(next: NextPost): Post {
    const { soap } = this.#device.seams;
    const encode = (method: string, args: readonly Arg[]): string =>
      encodeMessage(soap, this.#namespace, { method, args, id: this.#conduct.nextMessageId() });
    if (next === "inform") return { kind: "inform", body: encode("Inform", this.#conduct.inform.args) };
    const transfer = next === "request" ? (this.#reports.shift() ?? this.#refused.shift()) : undefined;
    if (transfer === undefined) return { kind: "empty" };
    return { kind: "report", transfer, body: encode("TransferComplete", this.#conduct.reportArgs(transfer)) };
  }
}

/** What a message answers with, or undefined when it is a request itself. */
function answerKind({ fault, method }: IncomingMessage): AnswerKind | undefined {
  if (fault !== undefined) return { kind: "fault", code: fault.code };
  return method.endsWith("Response") ? { kind: "response", method } : undefined;
}

const failure = (reason: string): Move => ({ kind: "failure", reason });
