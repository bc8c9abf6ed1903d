import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Exchange, RawHeaders } from "../harness/trace/exchange.ts";
import { decodeEnvelope } from "../harness/wire/soap.ts";

const folder = join(import.meta.dirname, "../vectors/cwmp");

export interface HttpMessage {
  readonly file: string;
  /** `POST / HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly start: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
  readonly raw: Buffer;
}

/** All messages of one captured conversation, in their order. */
export function conversation(name: "genieacs" | "scripted"): readonly HttpMessage[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-`))
    .sort()
    .map((file) => {
      const raw = readFileSync(join(folder, file));
      const end = raw.indexOf("\r\n\r\n");
      const [start = "", ...lines] = raw.toString("latin1", 0, end).split("\r\n");
      const headers = lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
      });
      return { file, start, headers, body: raw.subarray(end + 4), raw };
    });
}

/** The POSTs of a conversation with the answers to them, as a recording would hold them; an Inform begins a session. */
export function exchangesOf(messages: readonly HttpMessage[]): readonly Exchange[] {
  let session = 0;
  return messages.flatMap((message, index): Exchange[] => {
    const [method = "", target = "", version = ""] = message.start.split(" ");
    if (method !== "POST") return [];
    const envelope = message.body.length === 0 ? undefined : decodeEnvelope(message.body, message.file);
    if (envelope?.method === "Inform") session += 1;
    const answer = messages[index + 1];
    const at = { startedAt: index, endedAt: index };
    return [
      {
        number: index + 1,
        connection: session,
        session,
        caseId: "vectors",
        where: message.file,
        request: {
          method,
          target,
          version: version.replace("HTTP/", ""),
          headers: message.headers,
          body: message.body,
          raw: message.raw,
          omitted: 0,
          envelope,
          ...at,
        },
        response:
          answer === undefined || !answer.start.startsWith("HTTP/")
            ? undefined
            : { status: Number(answer.start.split(" ")[1]), headers: answer.headers, body: answer.body, ...at },
      },
    ];
  });
}
