import type { Request } from "../../schema/usp/msg_pb.ts";
import type { Device } from "../device.ts";
import { AcceptedLink } from "./accepted-link.ts";
import type { Answer } from "./answer.ts";
import type { Locate } from "./locator.ts";
import type { UspModel } from "./model.ts";
import type { MqttClients } from "./mqtt-clients.ts";
import { referredClient } from "./mqtt-settings.ts";
import type { Letter } from "./outbox.ts";
import { Peer } from "./peer.ts";
import { CONTROLLER_TABLE, MTP_TABLE } from "./schema.ts";
import { type Way, Ways } from "./ways.ts";
import { WebSocketDoor } from "./websocket-door.ts";

export interface PeersSurroundings {
  endpointId(): string;
  /** How hosts are found; undefined where the machine itself does that. */
  readonly locate: Locate | undefined;
  /** It is known on which port the agent listens for WebSockets. */
  listening(): void;
  serve(controller: string, request: Request, answered: (answer: Answer) => void): void;
  /** A controller is contacted for the first time since the phone started. */
  started(controller: string): void;
}

/** The controllers that the agent is in contact with. */
export class Peers {
  readonly #device: Device;
  readonly #model: UspModel;
  readonly #around: PeersSurroundings;
  readonly #clients: MqttClients;
  readonly #ways: Ways;
  /** Where controllers come to, of a device that listens. */
  readonly #door: WebSocketDoor | undefined;
  /** Ways that controllers have opened, by the controller. */
  readonly #accepted = new Map<string, Way>();
  readonly #peers = new Map<string, { readonly peer: Peer; readonly key: string }>();
  /** Controllers that were contacted since the phone started. */
  readonly #contacted = new Set<string>();
  /** Retries of a controller that a restart has interrupted. */
  #retries = new Map<string, number>();
  /** The same of its session context. */
  #sessionRetries = new Map<string, number>();
  #messages = 0;
  /** By subscription, the number of the retry that its last notification has come to, and in which life of the phone. */
  readonly #counts = new Map<string, { readonly retry: number; readonly bootedAt: number }>();

  constructor(device: Device, model: UspModel, clients: MqttClients, around: PeersSurroundings) {
    this.#device = device;
    this.#model = model;
    this.#around = around;
    this.#clients = clients;
    this.#ways = new Ways(device, model, clients, { endpointId: () => around.endpointId(), locate: around.locate });
    // A Snom phone does not listen for WebSockets.
    if (device.kind === "generic") this.#door = this.#makeDoor();
  }

  boot(): void {
    this.#contacted.clear();
  }

  off(why: "restart" | "unplugged"): void {
    this.#retries = new Map([...this.#peers].map(([controller, { peer }]) => [controller, peer.retries]));
    this.#sessionRetries = new Map([...this.#peers].map(([controller, { peer }]) => [controller, peer.session.retries]));
    for (const { peer } of this.#peers.values()) peer.end(why);
    this.#peers.clear();
    this.#accepted.clear();
    this.#door?.close();
    this.#clients.off(why);
  }

  get isEmpty(): boolean {
    return this.#peers.size === 0;
  }

  has(controller: string): boolean {
    return this.#peers.has(controller);
  }

  /** Queues a notification for a controller, if it is one that the agent is in contact with. */
  post(controller: string, letter: Letter): void {
    this.#peers.get(controller)?.peer.outbox.post(letter);
  }

  /** Port on which the agent listens for WebSockets; 0 as long as it does not. */
  get port(): number {
    return this.#door?.isOpen === true ? this.#door.port : 0;
  }

  /** @param mayRun whether there is to be any contact at all */
  follow(mayRun: boolean): void {
    if (mayRun && this.#ownMtp !== undefined) this.#door?.open();
    const wanted = this.#served(mayRun ? this.#controllers().flatMap((path) => this.#wayTo(path)) : []);
    for (const [controller, { peer, key }] of this.#peers) {
      if (wanted.get(controller)?.key === key) {
        peer.follow();
        continue;
      }
      this.#peers.delete(controller);
      peer.end("disabled");
    }
    // A farewell goes over the client that there was.
    this.#clients.follow(mayRun);
    for (const [controller, one] of wanted) if (!this.#peers.has(controller)) this.#start(controller, one);
  }

  /** Values that only the connections know. */
  live(path: string): string | undefined {
    const [, number, rest] = /^Device\.LocalAgent\.(?:Controller|MTP)\.(\d+)\.(?:MTP\.\d+\.)?(.*)$/.exec(path) ?? [];
    if (number === undefined) return this.#clients.live(path);
    const peer = this.#peers.get(`${CONTROLLER_TABLE}${number}.`)?.peer;
    if (rest === "WebSocket.Port" && this.#door !== undefined && path === `${this.#ownMtp}${rest}`)
      return String(this.#door.port);
    if (rest === "WebSocket.CurrentRetryCount") return String(peer?.retries ?? 0);
    if (rest === "E2ESession.CurrentRetryCount") return String(peer?.session.retries ?? 0);
    if (rest === "E2ESession.Status") return peer?.session.status ?? "Down";
    if (!/^Device\.LocalAgent\.MTP\.\d+\.(?:Status|MQTT\.ResponseTopicDiscovered)$/.test(path)) return undefined;
    const mtp = `Device.LocalAgent.MTP.${number}.`;
    const isMqtt = this.#model.value(`${mtp}Protocol`) === "MQTT";
    const client = isMqtt ? this.#clients.get(referredClient(this.#model, mtp))?.client : undefined;
    if (rest === "MQTT.ResponseTopicDiscovered") return client?.responseInformation ?? "";
    return (isMqtt ? client?.isUp : peer?.isOpen) === true ? "Up" : "Down";
  }

  #controllers(): readonly string[] {
    return this.#model.instances(CONTROLLER_TABLE).map((number) => `${CONTROLLER_TABLE}${number}.`);
  }

  #served(ways: readonly (readonly [string, Way])[]): ReadonlyMap<string, Way> {
    const { usp } = this.#device.seams;
    const besides = (controller: string) => ways.flatMap(([other, { protocol }]) => (other === controller ? [] : [protocol]));
    return new Map(ways.filter(([controller, { protocol }]) => usp.serves(protocol, besides(controller))));
  }

  #wayTo(controller: string): readonly (readonly [string, Way])[] {
    const way = (this.#mayCome(controller) ? this.#accepted.get(controller) : undefined) ?? this.#ways.to(controller);
    return way === undefined ? [] : [[controller, way]];
  }

  #mayCome(controller: string): boolean {
    return this.#model.isOn(`${controller}Enable`);
  }

  /** The agent's own MTP over WebSocket: the first, if there is one. */
  get #ownMtp(): string | undefined {
    const mtps = this.#model.instances(MTP_TABLE).map((number) => `${MTP_TABLE}${number}.`);
    return mtps.find((mtp) => this.#model.value(`${mtp}Protocol`) === "WebSocket");
  }

  #makeDoor(): WebSocketDoor {
    const { clock, seams, state } = this.#device;
    const find = (eid: string): string | undefined =>
      this.#controllers().find((path) => this.#mayCome(path) && this.#model.value(`${path}EndpointID`) === eid);
    return new WebSocketDoor({
      clock,
      seams: seams.usp,
      host: state.settings.ip_adr ?? "127.0.0.1",
      endpointId: () => this.#around.endpointId(),
      path: () => this.#model.value(`${this.#ownMtp ?? ""}WebSocket.Path`),
      known: (eid) => {
        const controller = find(eid);
        return controller === undefined ? undefined : this.#peers.get(controller)?.peer.isOpen === true ? "here" : "away";
      },
      listening: () => this.#around.listening(),
      opened: (eid, socket) => {
        const controller = find(eid);
        if (controller === undefined) return socket.terminate();
        if (this.#peers.has(controller) && seams.usp.onSecondSession() === "both") return;
        this.#peers.get(controller)?.peer.end("disabled");
        this.#peers.delete(controller);
        const left = (): void => {
          if (this.#accepted.get(controller) !== way) return;
          this.#accepted.delete(controller);
          this.#peers.delete(controller);
          this.follow(true);
        };
        const way: Way = {
          key: "accepted",
          protocol: "WebSocket",
          link: (events) => new AcceptedLink(clock, seams.usp, socket, events, left),
        };
        this.#accepted.set(controller, way);
        this.#start(controller, way);
      },
    });
  }

  #start(controller: string, way: Way): void {
    const { clock, seams, random, running } = this.#device;
    const number = (path: string): number => Number(this.#model.value(path));
    // Whoever it is when the connection is made: a farewell goes to the old one when the phone is given another.
    const controllerId = this.#model.value(`${controller}EndpointID`);
    const endpointId = this.#around.endpointId();
    const peer = new Peer({
      clock,
      seams: seams.usp,
      endpointId,
      controller,
      link: (events) => way.link(events),
      random,
      controllerId: () => controllerId,
      notifyRetry: () => ({
        minimum: number(`${controller}USPNotifRetryMinimumWaitInterval`),
        multiplier: number(`${controller}USPNotifRetryIntervalMultiplier`),
      }),
      firstRetry: (subscription = "") => {
        const { retry, bootedAt } = this.#counts.get(subscription) ?? { retry: 0, bootedAt: running.bootedAt };
        return seams.usp.firstRetry(retry, bootedAt !== running.bootedAt);
      },
      noteRetry: (subscription, retry) => {
        if (subscription !== undefined) this.#counts.set(subscription, { retry, bootedAt: running.bootedAt });
      },
      nextMessageId: () => {
        this.#messages += 1;
        return seams.usp.notifyId(this.#messages, running.bootedAt);
      },
      session: (name) => this.#model.value(`${controller}E2ESession.${name}`),
      serve: (request, answered) => this.#around.serve(controller, request, answered),
      log: (line) => this.#device.log(line),
    });
    this.#peers.set(controller, { peer, key: way.key });
    peer.start(
      seams.usp.retriesAfterBoot(this.#retries.get(controller) ?? 0),
      seams.usp.sessionRetriesAfterBoot(this.#sessionRetries.get(controller) ?? 0),
    );
    if (this.#contacted.has(controller)) return;
    this.#contacted.add(controller);
    this.#around.started(controller);
  }
}
