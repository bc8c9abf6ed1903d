import { connect, type Socket } from "node:net";
import { WebSocket } from "ws";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import { defaultPatience, type Patience } from "../acs/patience.ts";
import { realClock } from "../core/clock.ts";
import { Recording } from "../trace/recording.ts";
import { decodeRecord, type UspMessage } from "../wire/usp.ts";
import { encodeMsg, encodeRecord } from "../wire/usp-write.ts";
import type { RecordFields } from "./controller.ts";
import { type RunningController, startController, type UspControllerOptions } from "./usp-controller.ts";

/** Everything short, as nothing here waits for a real phone. */
const patience: Patience = { ...defaultPatience, response: 500, reboot: 500, sessionEnd: 300, request: 200 };

export const CONTROLLER = "self::controller";
export const AGENT = "os::000413-AGENT";

const running: RunningController[] = [];
const sockets: { terminate(): void }[] = [];

export type StartedController = RunningController & { readonly recording: Recording; readonly port: number };

/** A controller on a free port. */
export async function started(options: Partial<UspControllerOptions> = {}): Promise<StartedController> {
  const recording = new Recording();
  const context = { clock: realClock, recording, patience };
  const controller = await startController({ context, endpointId: CONTROLLER, host: "127.0.0.1", path: "/usp", ...options });
  running.push(controller);
  return Object.assign(controller, { recording, port: Number(new URL(controller.url).port) });
}

/** Ends what the tests of a file have started. */
export async function stopAll(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(running.splice(0).map((controller) => controller.stop()));
}

type Handler = (message: UspMessage) => void;

/** An agent that does what the test says, made of a WebSocket client that is not ours. */
export class Agent {
  readonly socket: WebSocket;
  readonly heard: UspMessage[] = [];
  readonly pongs: string[] = [];
  /** Code of the controller's Close frame; 1006 when there was none. */
  closed: number | undefined;
  /** Called for every message of the controller. */
  onMessage: Handler = () => {};

  private constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, "v1.usp", { perMessageDeflate: false, headers });
    sockets.push(this.socket);
    // The client knows no extension but its own.
    this.socket.on("upgrade", (response) => delete response.headers["sec-websocket-extensions"]);
    this.socket.on("message", (octets: Buffer) => {
      const { message } = decodeRecord(octets, "the agent");
      if (message === undefined) return;
      this.heard.push(message);
      this.onMessage(message);
    });
    this.socket.on("pong", (payload) => this.pongs.push(payload.toString()));
    this.socket.on("close", (code) => {
      this.closed = code;
    });
    this.socket.on("error", () => {});
  }

  /** Opens a WebSocket and announces itself. */
  static async join(
    controller: { readonly url: string },
    { query = `?eid=${encodeURIComponent(AGENT)}`, headers = {}, announces = true } = {},
  ): Promise<Agent> {
    const agent = new Agent(controller.url + query, headers);
    await new Promise<void>((resolve, reject) => {
      agent.socket.once("open", resolve);
      agent.socket.once("error", reject);
    });
    if (announces) agent.send({ recordType: { case: "websocketConnect", value: {} } });
    return agent;
  }

  send(record: RecordFields): void {
    this.socket.send(encodeRecord({ version: "1.3", toId: CONTROLLER, fromId: AGENT, ...record }));
  }

  /** Sends a message in a record without session context. */
  say(msg: Parameters<typeof encodeMsg>[0]): void {
    this.send({ recordType: { case: "noSessionContext", value: { payload: encodeMsg(msg) } } });
  }

  /** Answers a Get with one parameter. */
  getResp(msgId: string, value: string): void {
    const resolvedPathResults = [{ resolvedPath: "Device.", resultParams: { Value: value } }];
    const getResp = { reqPathResults: [{ requestedPath: "Device.Value", resolvedPathResults }] };
    this.say({
      header: { msgId, msgType: Header_MsgType.GET_RESP },
      body: { msgBody: { case: "response", value: { respType: { case: "getResp", value: getResp } } } },
    });
  }

  error(msgId: string, errCode: number): void {
    this.say({
      header: { msgId, msgType: Header_MsgType.ERROR },
      body: { msgBody: { case: "error", value: { errCode, errMsg: "no" } } },
    });
  }

  notify(msgId: string, subscriptionId: string, sendResp = true): void {
    const event = { objPath: "Device.", eventName: "Boot!", params: {} };
    const notify = { subscriptionId, sendResp, notification: { case: "event" as const, value: event } };
    this.say({
      header: { msgId, msgType: Header_MsgType.NOTIFY },
      body: { msgBody: { case: "request", value: { reqType: { case: "notify", value: notify } } } },
    });
  }
}

/** A TCP connection that says what the test says. */
export function raw(controller: StartedController, octets: string | Buffer): { readonly socket: Socket; text(): string } {
  let received = "";
  const socket = connect({ port: controller.port, host: "127.0.0.1", noDelay: true });
  sockets.push({ terminate: () => socket.destroy() });
  socket.on("data", (data: Buffer) => {
    received += data.toString("latin1");
  });
  socket.on("error", () => {});
  socket.write(octets);
  return { socket, text: () => received };
}
