import { connect } from "node:net";
import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { WebSocket } from "ws";
import { type BodySchema, type Header_MsgType, MsgSchema, type Request } from "../../schema/usp/msg_pb.ts";
import { RecordSchema } from "../../schema/usp/record_pb.ts";
import type { PointedTo } from "../at-hand.ts";
import type { Clock } from "../clock.ts";
import { decode } from "../usp/wire.ts";

/** A message without its id. */
export interface Said {
  /** msg_type of the header, by its number. */
  readonly type: number;
  readonly body: NonNullable<MessageInitShape<typeof BodySchema>["msgBody"]>;
}

/** What an antagonist does next: says something, writes these octets, nothing at all, or hangs up. */
export type UspMove = Said | { readonly octets: Buffer } | "mute" | "hang-up";

export interface UspScript {
  /** What it does when it is asked something. */
  answer(request: Request["reqType"]): UspMove;
  /** msg_id of its answers; default that of the request. */
  readonly msgId?: string;
  /** Whether from_id and to_id change places. */
  readonly swapped?: boolean;
  /** Whether it begins with a Connect record; default so. */
  readonly greets?: boolean;
}

/** A USP agent in the hands of whoever examines it. */
export interface RunningUspAntagonist {
  readonly hands: { start(access: PointedTo): Promise<void>; factoryReset(): Promise<void> };
  stop(): Promise<void>;
}

const OWN_ID = "os::00005E-antagonist";

/** Milliseconds until it comes again after its connection ended. */
const COMES_AGAIN = 6_000;

/** An agent that comes over WebSocket as it should, and from then on only follows `script`. Nothing it does may earn a pass. */
export function startScriptedAgent(clock: Clock, script: UspScript): RunningUspAntagonist {
  let socket: WebSocket | undefined;
  let isOver = false;
  const come = ({ usp }: PointedTo): void => {
    if (usp === undefined || isOver) return;
    const opened = new WebSocket(`${usp.url}?eid=${OWN_ID}`, ["v1.usp"], {
      createConnection: () => {
        const { hostname, port } = new URL(usp.url);
        const tcp = connect({ host: hostname, port: Number(port), noDelay: true });
        clock.watch(tcp);
        return tcp;
      },
    });
    socket = opened;
    const send = (recordType: RecordType): void => opened.send(recordOf(script, usp.endpointId, recordType));
    opened.on("open", () => {
      if (script.greets !== false) send({ case: "websocketConnect", value: {} });
    });
    opened.on("message", (octets: Buffer) => {
      const asked = requestIn(octets);
      if (asked === undefined) return;
      const move = script.answer(asked.request);
      if (move === "hang-up") opened.terminate();
      else if (move === "mute") return;
      else if ("octets" in move) opened.send(move.octets);
      else send({ case: "noSessionContext", value: { payload: messageOf(script.msgId ?? asked.msgId, move) } });
    });
    opened.on("error", () => {});
    opened.on("close", () => clock.after(COMES_AGAIN, () => come({ usp })));
  };
  return {
    hands: {
      async start(access) {
        come(access);
      },
      async factoryReset() {},
    },
    async stop() {
      isOver = true;
      socket?.terminate();
    },
  };
}

type RecordType = NonNullable<MessageInitShape<typeof RecordSchema>["recordType"]>;

function recordOf({ swapped = false }: UspScript, controllerId: string, recordType: RecordType): Uint8Array {
  const [toId, fromId] = swapped ? [OWN_ID, controllerId] : [controllerId, OWN_ID];
  return toBinary(RecordSchema, create(RecordSchema, { version: "1.4", toId, fromId, recordType }));
}

const messageOf = (msgId: string, { type, body }: Said): Uint8Array =>
  toBinary(MsgSchema, create(MsgSchema, { header: { msgId, msgType: type as Header_MsgType }, body: { msgBody: body } }));

/** The request in a record, if there is one. */
function requestIn(octets: Buffer): { readonly msgId: string; readonly request: Request["reqType"] } | undefined {
  const record = decode(RecordSchema, octets);
  if (record.kind === "broken" || record.message.recordType.case !== "noSessionContext") return undefined;
  const message = decode(MsgSchema, Buffer.from(record.message.recordType.value.payload));
  if (message.kind === "broken" || message.message.body?.msgBody.case !== "request") return undefined;
  return { msgId: message.message.header?.msgId ?? "", request: message.message.body.msgBody.value.reqType };
}
