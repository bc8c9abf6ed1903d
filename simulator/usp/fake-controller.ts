import type { AddressInfo } from "node:net";
import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type WebSocket, WebSocketServer } from "ws";
import {
  type Msg,
  MsgSchema,
  type Notify,
  type RequestSchema,
  type Response,
  type Error as UspError,
} from "../../schema/usp/msg_pb.ts";
import { RecordSchema, type Record as UspRecord } from "../../schema/usp/record_pb.ts";
import type { FakeBroker } from "./fake-broker.ts";

export type RequestBody = NonNullable<MessageInitShape<typeof RequestSchema>["reqType"]>;

/** Fields of a record that differ from what they should be. */
type RecordFields = {
  readonly version?: string;
  readonly toId?: string;
  readonly fromId?: string;
  readonly payloadSecurity?: 0 | 1;
};

const ID = "self::controller";

/** The smallest USP controller, for tests: behind a WebSocket, or at a broker of its own. Notifications are answered. */
export class FakeController {
  readonly #server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  readonly #broker: FakeBroker | undefined;
  readonly #waiting: (() => void)[] = [];
  readonly urls: string[] = [];
  readonly records: UspRecord[] = [];
  readonly notifications: Notify[] = [];
  readonly closed: number[] = [];
  #socket: WebSocket | undefined;
  #count = 0;
  agentId = "";
  /** Topics of what goes out over a broker. */
  address: { readonly topic: string; readonly responseTopic?: string } = {
    topic: "usp/agents/a",
    responseTopic: "usp/controllers/c",
  };

  constructor(broker?: FakeBroker) {
    this.#broker = broker;
    if (broker !== undefined)
      broker.heard = (packet) => {
        if (packet?.cmd === "publish") this.#take(fromBinary(RecordSchema, Buffer.from(packet.payload)));
        else this.#wake();
      };
    this.#server.on("connection", (socket, { url = "" }) => {
      this.urls.push(url);
      this.#socket = socket;
      socket.on("message", (octets: Buffer) => this.#take(fromBinary(RecordSchema, octets)));
      socket.on("close", (code) => {
        this.closed.push(code);
        this.#wake();
      });
    });
  }

  async listen(): Promise<string> {
    if (this.#server.address() === null) await new Promise((resolve) => this.#server.once("listening", resolve));
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/usp`;
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  /** Waits until something holds, looked at whenever something has come. */
  async until<T>(what: () => T | undefined): Promise<T> {
    for (;;) {
      const found = what();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  sendRaw(octets: Buffer | string): void {
    this.#socket?.send(octets);
    if (this.#broker !== undefined) {
      const { topic, responseTopic } = this.address;
      const properties = responseTopic === undefined ? {} : { responseTopic, contentType: "usp.msg" };
      this.#broker.publish(topic, Buffer.from(octets), properties);
    }
  }

  /** Sends a record, as it is or with other fields. */
  send(recordType: NonNullable<MessageInitShape<typeof RecordSchema>["recordType"]>, rest: RecordFields = {}): void {
    const record = {
      version: "1.4",
      toId: this.agentId,
      fromId: ID,
      ...rest,
      ...(recordType === undefined ? {} : { recordType }),
    };
    this.sendRaw(Buffer.from(toBinary(RecordSchema, create(RecordSchema, record))));
  }

  sendMessage(message: MessageInitShape<typeof MsgSchema>, rest: RecordFields = {}): void {
    this.send({ case: "noSessionContext", value: { payload: toBinary(MsgSchema, create(MsgSchema, message)) } }, rest);
  }

  /** Sends a request and waits for what answers it. */
  async ask(reqType: RequestBody, rest: RecordFields = {}): Promise<Msg> {
    this.#count += 1;
    const msgId = `m${this.#count}`;
    this.sendMessage({ header: { msgId }, body: { msgBody: { case: "request", value: { reqType } } } }, rest);
    return this.until(() => this.#messages().find(({ header }) => header?.msgId === msgId));
  }

  async response(reqType: RequestBody): Promise<Response["respType"]> {
    const { body } = await this.ask(reqType);
    if (body?.msgBody.case !== "response") throw new Error(`answered with ${JSON.stringify(body?.msgBody)}`);
    return body.msgBody.value.respType;
  }

  async error(reqType: RequestBody, rest: RecordFields = {}): Promise<UspError> {
    const { body } = await this.ask(reqType, rest);
    if (body?.msgBody.case !== "error") throw new Error(`answered with ${JSON.stringify(body?.msgBody)}`);
    return body.msgBody.value;
  }

  /** Values by path, of what Get finds. */
  async values(...paramPaths: string[]): Promise<Readonly<Record<string, string>>> {
    const response = await this.response({ case: "get", value: { paramPaths } });
    if (response.case !== "getResp") throw new Error(`answered with ${response.case}`);
    const results = response.value.reqPathResults.flatMap(({ resolvedPathResults }) => resolvedPathResults);
    return Object.fromEntries(
      results.flatMap(({ resolvedPath, resultParams }) =>
        Object.entries(resultParams).map(([name, value]) => [resolvedPath + name, value] as const),
      ),
    );
  }

  #messages(): readonly Msg[] {
    return this.records.flatMap(({ recordType }) =>
      recordType.case === "noSessionContext" ? [fromBinary(MsgSchema, recordType.value.payload)] : [],
    );
  }

  #take(record: UspRecord): void {
    this.agentId = record.fromId;
    this.records.push(record);
    if (record.recordType.case === "noSessionContext") {
      const { header, body } = fromBinary(MsgSchema, record.recordType.value.payload);
      const request = body?.msgBody.case === "request" ? body.msgBody.value.reqType : undefined;
      if (request?.case === "notify" && header !== undefined) {
        this.notifications.push(request.value);
        const { subscriptionId } = request.value;
        if (request.value.sendResp)
          this.sendMessage({
            header: { msgId: header.msgId, msgType: 16 },
            body: { msgBody: { case: "response", value: { respType: { case: "notifyResp", value: { subscriptionId } } } } },
          });
      }
    }
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
