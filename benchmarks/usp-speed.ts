import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { Aedes } from "aedes";
import { generate, type IPublishPacket, type Packet, parser } from "mqtt-packet";
import { WebSocket, WebSocketServer } from "ws";
import { defaultPatience } from "../harness/acs/patience.ts";
import { startController } from "../harness/controller/usp-controller.ts";
import { realClock } from "../harness/core/clock.ts";
import { Recording } from "../harness/trace/recording.ts";
import type { Mtp } from "../harness/trace/usp.ts";
import { DeviceAtHand } from "../simulator/at-hand.ts";

/** Round trips of one measurement. */
const ROUND_TRIPS = 500;
/** Those before them, which warm up what is measured. */
const WARM_UP = 200;
/** The best of so many measurements counts: what else the machine does can only make one longer. */
const RUNS = 3;

/**
 * A Get over our controller and our agent takes no more than so many times as long as the same octets take there and back over the bare
 * libraries. What is between is everything that makes a suite of it: encoding, decoding, judging and recording every octet.
 */
export const LIMIT: Readonly<Record<Mtp, number>> = { websocket: 60, mqtt: 30 };

const PATH = "Device.LocalAgent.EndpointID";

/** Octets of one round trip. */
export interface RoundTrip {
  readonly request: Buffer;
  readonly response: Buffer;
}

export interface Measured {
  /** Round trips in a second. */
  readonly rate: number;
  readonly trip: RoundTrip;
}

/** How many round trips are done in a second, one after the other. */
async function rateOf(trip: () => Promise<unknown>): Promise<number> {
  for (let count = 0; count < WARM_UP; count += 1) await trip();
  let best = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    for (let count = 0; count < ROUND_TRIPS; count += 1) await trip();
    best = Math.max(best, ROUND_TRIPS / ((performance.now() - started) / 1000));
  }
  return best;
}

/** Get of one parameter of the simulated agent by the controller. */
export async function overUsp(mtp: Mtp): Promise<Measured> {
  const recording = new Recording();
  const controller = await startController({
    context: { clock: realClock, recording, patience: defaultPatience },
    host: "127.0.0.1",
    path: "/usp",
    endpointId: "self::benchmark",
    mtps: [mtp],
  });
  const device = new DeviceAtHand({ clock: realClock });
  try {
    await device.start({ usp: controller.access(mtp) });
    if (!(await controller.ready(10_000))) throw new Error(`the agent does not come over ${mtp}`);
    const rate = await rateOf(() => controller.get([PATH]));
    const { request, log } = await controller.get([PATH]);
    if (log?.record.message?.msgType !== "GET_RESP") throw new Error(`a Get over ${mtp} is not answered`);
    return { rate, trip: { request: request.record.octets, response: log.record.octets } };
  } finally {
    await device.stop();
    await controller.stop();
  }
}

/** The same octets over a WebSocket of the library alone. */
export async function overBareWebSocket({ request, response }: RoundTrip): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => socket.on("message", () => socket.send(response)));
  await new Promise((resolve) => server.once("listening", resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await new Promise((resolve) => client.once("open", resolve));
  let answered = (): void => {};
  client.on("message", () => answered());
  const rate = await rateOf(
    () =>
      new Promise<void>((resolve) => {
        answered = resolve;
        client.send(request);
      }),
  );
  client.terminate();
  server.close();
  return rate;
}

/** A client of a broker, no more than the packets that it needs. */
class BareClient {
  readonly #socket: Socket;
  readonly #parser = parser({ protocolVersion: 5 });
  #ids = 0;
  onPublish: (packet: IPublishPacket) => void = () => {};

  constructor(port: number) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (data) => this.#parser.parse(data));
    this.#parser.on("packet", (packet: Packet) => {
      if (packet.cmd !== "publish") return;
      this.#send({ cmd: "puback", messageId: packet.messageId ?? 0, reasonCode: 0 });
      this.onPublish(packet);
    });
  }

  /** Connects and subscribes. */
  async start(clientId: string, topic: string): Promise<void> {
    const come = (cmd: Packet["cmd"]): Promise<void> =>
      new Promise((resolve) => {
        const look = (packet: Packet): void => {
          if (packet.cmd !== cmd) return;
          this.#parser.off("packet", look);
          resolve();
        };
        this.#parser.on("packet", look);
      });
    this.#send({ cmd: "connect", protocolId: "MQTT", protocolVersion: 5, clientId, clean: true, keepalive: 0 });
    await come("connack");
    this.#send({ cmd: "subscribe", messageId: this.#nextId(), subscriptions: [{ topic, qos: 1 }] });
    await come("suback");
  }

  publish(topic: string, payload: Buffer): void {
    this.#send({ cmd: "publish", topic, payload, qos: 1, dup: false, retain: false, messageId: this.#nextId() });
  }

  end(): void {
    this.#socket.destroy();
  }

  #nextId(): number {
    this.#ids = (this.#ids % 65_535) + 1;
    return this.#ids;
  }

  #send(packet: Packet): void {
    this.#socket.write(generate(packet, { protocolVersion: 5 }));
  }
}

/** The same octets between two clients of a broker of the library alone. */
export async function overBareMqtt({ request, response }: RoundTrip): Promise<number> {
  const broker = await Aedes.createBroker();
  const server = createServer({ noDelay: true }, (socket) => broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const [asking, answering] = [new BareClient(port), new BareClient(port)];
  await answering.start("answering", "there");
  await asking.start("asking", "back");
  let answered = (): void => {};
  asking.onPublish = () => answered();
  answering.onPublish = () => answering.publish("back", response);
  const rate = await rateOf(
    () =>
      new Promise<void>((resolve) => {
        answered = resolve;
        asking.publish("there", request);
      }),
  );
  for (const client of [asking, answering]) client.end();
  await new Promise<void>((resolve) => broker.close(() => resolve()));
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return rate;
}
