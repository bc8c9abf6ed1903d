import type { RawHeaders } from "../trace/exchange.ts";
import { answerChallenges, basic, parseChallenges } from "./digest.ts";
import { type CallAnswer, call, type Wire } from "./http.ts";

/** How a connection request is made; everything left out is as TR-069 3.2.2 has it. */
export interface ConnectionRequestOptions {
  /** Default: ConnectionRequestURL of the last Inform. */
  readonly url?: string;
  /** Default GET. */
  readonly method?: string;
  /**
   * `answer` (default): answer the phone's challenge with Digest, or with Basic where it asks for nothing else; `basic`: Basic,
   * ahead of any challenge; `none`: nothing; or an Authorization value as it stands.
   */
  readonly authorization?: "answer" | "basic" | "none" | { readonly value: string };
  /** Default: the right ones. */
  readonly username?: string;
  readonly password?: string;
  /** Fields of the Digest answer to falsify: `{ nonce: "…", uri: "/other" }`. */
  readonly tamper?: Readonly<Record<string, string>>;
  /** Header fields beside Host and Authorization. */
  readonly headers?: RawHeaders;
  readonly body?: string;
  /** Sends exactly these octets instead of anything above. */
  readonly raw?: Buffer;
  /** Milliseconds to wait for each HTTP answer; default 10 s. */
  readonly within?: number;
}

/** A connection request: the HTTP requests it took, in order; mostly the challenged one and the authenticated one. */
export interface ConnectionRequestAnswer {
  readonly calls: readonly CallAnswer[];
  /** The last of `calls`. */
  readonly last: CallAnswer;
  /** The phone's challenge, when there was one. */
  readonly challenge: CallAnswer | undefined;
  /** The phone has taken it: 200 or 204 at the end. */
  readonly accepted: boolean;
}

/** What is right unless the options say otherwise. */
export interface RightRequest {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly within: number;
}

/** Makes a connection request. Never throws for what the phone does; a URL that is none gives `refused`. */
export async function connectionRequest(
  wire: Wire,
  right: RightRequest,
  options: ConnectionRequestOptions = {},
): Promise<ConnectionRequestAnswer> {
  const text = options.url ?? right.url;
  if (!URL.canParse(text)) {
    const nowhere = unusable(text, wire.clock.now());
    return { calls: [nowhere], last: nowhere, challenge: undefined, accepted: false };
  }
  const url = new URL(text);
  const method = options.method ?? "GET";
  const username = options.username ?? right.username;
  const password = options.password ?? right.password;
  const send = (authorization: string | undefined): Promise<CallAnswer> =>
    call(wire, {
      url,
      method,
      headers: [...(authorization === undefined ? [] : [["Authorization", authorization] as const]), ...(options.headers ?? [])],
      ...(options.body === undefined ? {} : { body: options.body }),
      ...(options.raw === undefined ? {} : { raw: options.raw }),
      within: options.within ?? right.within,
      purpose: "connection-request",
    });
  const how = options.authorization ?? "answer";
  const first = await send(how === "basic" ? basic(username, password) : typeof how === "object" ? how.value : undefined);
  if (how !== "answer" || first.status !== 401 || options.raw !== undefined) return answerOf([first]);

  const parts = {
    username,
    password,
    method,
    uri: `${url.pathname}${url.search}`,
    ...(options.tamper && { tamper: options.tamper }),
  };
  const authorization = answerChallenges(parseChallenges(first.header("www-authenticate")), parts);
  return answerOf(authorization === undefined ? [first] : [first, await send(authorization)]);
}

function answerOf(calls: readonly [CallAnswer, ...CallAnswer[]]): ConnectionRequestAnswer {
  const last = calls.at(-1) ?? calls[0];
  return {
    calls,
    last,
    challenge: calls[0].status === 401 ? calls[0] : undefined,
    accepted: last.status === 200 || last.status === 204,
  };
}

function unusable(url: string, endedAt: number): CallAnswer {
  return {
    kind: "refused",
    status: 0,
    headers: [],
    body: Buffer.alloc(0),
    authorization: undefined,
    where: `ConnectionRequestURL ${JSON.stringify(url)}`,
    endedAt,
    summary: `${JSON.stringify(url)} is no URL`,
    header: () => [],
  };
}
