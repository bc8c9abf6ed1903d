import type { Purpose } from "../trace/exchange.ts";
import type { Trace } from "../trace/recording.ts";
import { datagramMessage } from "./datagram-message.ts";
import { headOf, type Message } from "./message.ts";
import { uspHappenings } from "./usp-happenings.ts";

/** What a case said in between, `the phone is reset`. */
export interface Step {
  readonly kind: "step";
  /** Milliseconds of the run's clock. */
  readonly at: number;
  /** That it follows. */
  readonly connection: number;
  readonly order: number;
  readonly text: string;
}

export type Happening = Message | Step;

const NOTHING = Buffer.alloc(0);

/**
 * Everything recorded for a case, in the order of time. Virtual time stands still during a whole session: what happened at the same
 * millisecond is told connection by connection, in the order in which they were opened.
 */
export function happenings(trace: Trace): readonly Happening[] {
  const messages = [
    ...ofExchanges(trace),
    ...ofCalls(trace),
    ...ofGarbage(trace),
    ...ofOtherConnections(trace),
    ...uspHappenings(trace),
    ...trace.datagrams.map(datagramMessage),
  ];
  const steps = trace.steps.map(({ at, connection, order, text }): Step => ({ kind: "step", at, connection, order, text }));
  // The sort is stable: steps and datagrams come, one after the other, behind all that happened on the connections before them.
  return [...messages, ...steps].toSorted(
    (a, b) => a.at - b.at || a.connection - b.connection || (a.order ?? 0) - (b.order ?? 0),
  );
}

function ofExchanges(trace: Trace): Message[] {
  return trace.exchanges.flatMap(({ connection, request, response, where }) => {
    const method = request.envelope?.method ?? "";
    const asked: Message = {
      kind: "message",
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
        kind: "message",
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

function ofCalls(trace: Trace): Message[] {
  let connection = 0;
  return trace.calls.flatMap((call) => {
    // One that was refused has no connection, and comes after the call before it.
    connection = call.connection === 0 ? connection : call.connection;
    const asked = splitHttp(call.request);
    const answered = splitHttp(call.response);
    const role = call.purpose === "connection-request" ? "ACS" : "web browser";
    const base = { kind: "message" as const, connection, role, where: call.where, omitted: 0 };
    const request: Message = {
      ...base,
      at: call.startedAt,
      from: "harness",
      label: [
        shortTarget(firstLine(asked.head)),
        ...(call.purpose === "connection-request" ? ["(connection request)"] : []),
        ...(call.response.length === 0 ? ["(no answer)"] : []),
      ].join(" "),
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

/** Who the harness is where something came that is no message. */
const ROLES: Readonly<Partial<Record<Purpose, string>>> = { usp: "controller", mqtt: "broker" };

function ofGarbage(trace: Trace): Message[] {
  return trace.garbage.map(({ at, connection, raw, reason, where }) => ({
    kind: "message",
    at,
    connection,
    from: "phone",
    role: ROLES[trace.connections.find(({ number }) => number === connection)?.purpose ?? "cwmp"] ?? "ACS",
    where,
    label: `refused: ${reason}`,
    head: "",
    body: raw,
    omitted: 0,
    mood: "refused",
  }));
}

/** Who the harness is on connections whose messages nobody decodes. */
const OTHERS: Readonly<Partial<Record<Purpose, string>>> = { file: "file server", "bulk-data": "bulk data collector" };

/** Connections whose messages nobody decodes: each run of octets in one direction is one happening. */
function ofOtherConnections(trace: Trace): Message[] {
  return trace.connections
    .filter(({ purpose }) => OTHERS[purpose] !== undefined)
    .flatMap((connection) => {
      const out: Message[] = [];
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
          kind: "message",
          at,
          connection: connection.number,
          from,
          role: OTHERS[connection.purpose] ?? "",
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

function splitHttp(message: Buffer): { head: string; body: Buffer } {
  const end = message.indexOf("\r\n\r\n");
  if (end < 0) return { head: message.toString("latin1").trimEnd(), body: NOTHING };
  return { head: message.toString("latin1", 0, end).replaceAll("\r\n", "\n"), body: message.subarray(end + 4) };
}

/** A start line without its version, and of a query only what is named in it: `GET /dummy.htm: ntp_server, language`. */
function shortTarget(line: string): string {
  const [request = "", query = ""] = line.replace(/ HTTP\/.*$/, "").split("?", 2);
  const names = [...new URLSearchParams(query)].flatMap(([name, value]) => (/^save$/i.test(value) ? [] : [name]));
  return names.length === 0 ? request : `${request}: ${names.join(", ")}`;
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
