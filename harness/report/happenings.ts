import type { RawHeaders } from "../trace/exchange.ts";
import type { Trace } from "../trace/recording.ts";

/** One thing that went over the wire in a case, as transcript and sequence diagram show it. */
export interface Happening {
  /** Milliseconds of the run's clock. */
  readonly at: number;
  readonly from: "phone" | "harness";
  readonly connection: number;
  /** Who the harness is here: `ACS`, `file server`, … */
  readonly role: string;
  /** How findings name the message, `POST #12 (Inform), session 3`; for an answer the message it answers. */
  readonly where: string;
  /** A few words: `Inform`, `200 InformResponse`, `GET /tr069`. */
  readonly label: string;
  /** Start line and header fields. */
  readonly head: string;
  readonly body: Buffer;
  /** Octets of the body that were not kept. */
  readonly omitted: number;
  readonly mood: "ordinary" | "fault" | "refused";
}

const NOTHING = Buffer.alloc(0);

/**
 * Everything recorded for a case, in the order of time. Virtual time stands still during a whole session: what happened at the same
 * millisecond is told connection by connection, in the order in which they were opened.
 */
export function happenings(trace: Trace): readonly Happening[] {
  return [...ofExchanges(trace), ...ofCalls(trace), ...ofGarbage(trace), ...ofOtherConnections(trace)].toSorted(
    (a, b) => a.at - b.at || a.connection - b.connection,
  );
}

function ofExchanges(trace: Trace): Happening[] {
  return trace.exchanges.flatMap(({ connection, request, response, where }) => {
    const method = request.envelope?.method ?? "";
    const asked: Happening = {
      at: request.endedAt,
      connection,
      from: "phone",
      role: "ACS",
      where,
      label:
        method === ""
          ? `${request.method} ${request.body.length === 0 ? "(empty)" : "(no SOAP)"}`
          : faultName(method, request.body),
      head: headOf(`${request.method} ${request.target} HTTP/${request.version}`, request.headers),
      body: request.body,
      omitted: request.omitted,
      mood: method === "Fault" ? "fault" : request.envelope?.malformed === undefined ? "ordinary" : "refused",
    };
    if (response === undefined) return [asked];
    const answer = methodIn(response.body);
    return [
      asked,
      {
        at: response.endedAt,
        connection,
        from: "harness",
        role: "ACS",
        where,
        label: `${response.status}${answer === "" ? "" : ` ${faultName(answer, response.body)}`}`,
        head: headOf(`HTTP/1.1 ${response.status}`, response.headers),
        body: response.body,
        omitted: 0,
        mood: answer === "Fault" ? "fault" : response.status >= 400 ? "refused" : "ordinary",
      },
    ];
  });
}

function ofCalls(trace: Trace): Happening[] {
  return trace.calls.flatMap((call) => {
    const asked = splitHttp(call.request);
    const answered = splitHttp(call.response);
    const role = call.purpose === "connection-request" ? "ACS" : "web browser";
    const base = { connection: call.connection, role, where: call.where, omitted: 0 };
    const request: Happening = {
      ...base,
      at: call.startedAt,
      from: "harness",
      label: `${firstLine(asked.head).replace(/ HTTP\/.*$/, "")}${call.purpose === "connection-request" ? " (connection request)" : ""}`,
      ...asked,
      mood: "ordinary",
    };
    if (call.response.length === 0) return [request];
    const label = firstLine(answered.head).replace(/^HTTP\/\S+ /, "");
    return [
      request,
      { ...base, at: call.endedAt, from: "phone", label, ...answered, mood: /^[45]/.test(label) ? "refused" : "ordinary" },
    ];
  });
}

function ofGarbage(trace: Trace): Happening[] {
  return trace.garbage.map(({ at, connection, raw, reason, where }) => ({
    at,
    connection,
    from: "phone",
    role: "ACS",
    where,
    label: `refused: ${reason}`,
    head: "",
    body: raw,
    omitted: 0,
    mood: "refused",
  }));
}

/** Connections whose messages nobody decodes (file transfers): each run of octets in one direction is one happening. */
function ofOtherConnections(trace: Trace): Happening[] {
  return trace.connections
    .filter(({ purpose }) => purpose === "file")
    .flatMap((connection) => {
      const out: Happening[] = [];
      for (const { from, at, data, omitted } of trace.octets.filter((one) => one.connection === connection.number)) {
        const last = out.at(-1);
        if (last?.from === from) {
          const body = Buffer.concat([last.body, data]);
          out[out.length - 1] = { ...last, body, omitted: last.omitted + omitted };
          continue;
        }
        const { head, body } = splitHttp(data);
        const label = firstLine(head).replace(/ ?HTTP\/\S+ ?/, "") || "(octets)";
        const where = `connection ${connection.number}`;
        out.push({
          at,
          connection: connection.number,
          from,
          role: "file server",
          where,
          label,
          head,
          body,
          omitted,
          mood: "ordinary",
        });
      }
      return out;
    });
}

function headOf(start: string, headers: RawHeaders): string {
  return [start, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\n");
}

function splitHttp(message: Buffer): { head: string; body: Buffer } {
  const end = message.indexOf("\r\n\r\n");
  if (end < 0) return { head: message.toString("latin1").trimEnd(), body: NOTHING };
  return { head: message.toString("latin1", 0, end).replaceAll("\r\n", "\n"), body: message.subarray(end + 4) };
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

/** Local name of the first Body entry, found without parsing: it is only shown. */
function methodIn(body: Buffer): string {
  const found = /<(?:[\w.-]+:)?Body(?:\s[^>]*)?>\s*(?:<!--[\s\S]*?-->\s*)*<(?:[\w.-]+:)?([\w.-]+)/.exec(body.toString("latin1"));
  return found?.[1] ?? "";
}

function faultName(method: string, body: Buffer): string {
  if (method !== "Fault") return method;
  const code = /<(?:[\w.-]+:)?FaultCode(?:\s[^>]*)?>\s*(\d+)/.exec(body.toString("latin1"));
  return code === null ? "Fault" : `Fault ${code[1]}`;
}
