import type { Device } from "../device.ts";
import type { Link, LinkEvents } from "./link.ts";
import type { Locate } from "./locator.ts";
import type { UspModel } from "./model.ts";
import type { MqttClients } from "./mqtt-clients.ts";
import { MqttLink } from "./mqtt-link.ts";
import { agentMtp, qosOf, referredClient } from "./mqtt-settings.ts";
import { hasRoles } from "./trust.ts";
import { believes } from "./trust-certificates.ts";
import { WebSocketLink, type WebSocketLinkOptions, type WebSocketTarget } from "./websocket-link.ts";

/** As the data model names them. */
export type Protocol = "MQTT" | "WebSocket";

/** A way to a controller that is configured. */
export interface Way {
  readonly protocol: Protocol;
  /** Whatever makes another way of it when it changes. */
  readonly key: string;
  link(events: LinkEvents): Link;
}

export interface WaysSurroundings {
  endpointId(): string;
  readonly locate: Locate | undefined;
}

/** The ways to controllers, by the tables `Device.LocalAgent.Controller.{i}.MTP` and `Device.LocalAgent.MTP`. */
export class Ways {
  readonly #device: Device;
  readonly #model: UspModel;
  readonly #clients: MqttClients;
  readonly #around: WaysSurroundings;

  constructor(device: Device, model: UspModel, clients: MqttClients, around: WaysSurroundings) {
    this.#device = device;
    this.#model = model;
    this.#clients = clients;
    this.#around = around;
  }

  /** The first way to a controller, in the order that its MTPs have; undefined when there is none. */
  to(controller: string): Way | undefined {
    const model = this.#model;
    if (!model.isOn(`${controller}Enable`) || model.value(`${controller}EndpointID`) === "") return undefined;
    if (!this.#device.seams.usp.isContacted(controller)) return undefined;
    const mtps = model.instances(`${controller}MTP.`).map((number) => `${controller}MTP.${number}.`);
    const order = (mtp: string): number => Number(model.value(`${mtp}Order`));
    for (const mtp of mtps.toSorted((one, other) => order(one) - order(other))) {
      if (!model.isOn(`${mtp}Enable`)) continue;
      const way =
        model.value(`${mtp}Protocol`) === "MQTT" ? this.#overMqtt(controller, mtp) : this.#overWebSocket(controller, mtp);
      if (way !== undefined) return way;
    }
    return undefined;
  }

  #overWebSocket(controller: string, mtp: string): Way | undefined {
    const { clock, seams, random, trust } = this.#device;
    const isTold = hasRoles(this.#model);
    const value = (name: string): string => this.#model.value(`${mtp}WebSocket.${name}`);
    const [host, path] = [value("Host"), value("Path")];
    const secured = this.#model.isOn(`${mtp}WebSocket.EnableEncryption`);
    const target: WebSocketTarget = {
      host,
      port: Number(value("Port")),
      path: path.startsWith("/") ? path : `/${path}`,
      secured,
    };
    // Whoever sets a host that is none gets no connection; the phone goes on without.
    if (host === "" || !URL.canParse(`ws://${host.includes(":") ? `[${host}]` : host}:${target.port}/`)) return undefined;
    const { locate } = this.#around;
    const endpointId = this.#around.endpointId();
    const options: WebSocketLinkOptions = {
      clock,
      seams: seams.usp,
      target,
      endpointId,
      // A device that has a table of whom it believes in these matters goes by that.
      trust: isTold || trust === undefined ? (chain) => believes(this.#device, this.#model, controller, chain) : trust,
      random,
      locate,
      retry: () => ({
        minimum: Number(value("SessionRetryMinimumWaitInterval")),
        multiplier: Number(value("SessionRetryIntervalMultiplier")),
      }),
      keepAlive: () => Number(value("KeepAliveInterval")),
      log: (line) => this.#device.log(line),
    };
    return { protocol: "WebSocket", key: this.#key(controller, [target]), link: (events) => new WebSocketLink(options, events) };
  }

  #overMqtt(controller: string, mtp: string): Way | undefined {
    const path = referredClient(this.#model, mtp);
    const key = this.#clients.key(path);
    if (key === undefined || agentMtp(this.#model, path) === undefined) return undefined;
    return { protocol: "MQTT", key: this.#key(controller, [path, key]), link: (events) => this.#mqttLink(path, mtp, events) };
  }

  #mqttLink(path: string, mtp: string, events: LinkEvents): Link {
    const running = this.#clients.get(path);
    if (running === undefined) throw new Error(`${path} is on, and yet there is no such client`);
    const { client, place } = running;
    const model = this.#model;
    return new MqttLink(
      {
        seams: this.#device.seams.usp,
        client,
        version: place.version,
        topic: () => model.value(`${mtp}MQTT.Topic`),
        qos: () => qosOf(model.value(`${agentMtp(model, path)}MQTT.PublishQoS`)),
        isRetained: (purpose) =>
          (purpose === "answer" && model.isOn(`${mtp}MQTT.PublishRetainResponse`)) ||
          (purpose === "notify" && model.isOn(`${mtp}MQTT.PublishRetainNotify`)),
      },
      events,
    );
  }

  #key(controller: string, facts: readonly unknown[]): string {
    return JSON.stringify([...facts, this.#around.endpointId(), this.#model.value(`${controller}EndpointID`)]);
  }
}
