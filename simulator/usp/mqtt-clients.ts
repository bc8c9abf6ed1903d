import type { Device } from "../device.ts";
import type { Publication } from "./bulk.ts";
import type { CommandHandlers } from "./commands.ts";
import type { Parting } from "./link.ts";
import type { Locate } from "./locator.ts";
import type { UspModel } from "./model.ts";
import { MqttClient } from "./mqtt-client.ts";
import { agentMtp, type BrokerPlace, brokerOf, clientSettings, clientsOf, configuredFilters } from "./mqtt-settings.ts";

/** The clients of brokers that are on (TR-181 Device.MQTT.Client). */
export class MqttClients {
  readonly #device: Device;
  readonly #model: UspModel;
  readonly #endpointId: () => string;
  readonly #locate: Locate | undefined;
  readonly #running = new Map<string, { readonly client: MqttClient; readonly place: BrokerPlace; readonly key: string }>();

  constructor(device: Device, model: UspModel, endpointId: () => string, locate: Locate | undefined) {
    this.#device = device;
    this.#model = model;
    this.#endpointId = endpointId;
    this.#locate = locate;
  }

  /** Whatever makes another client of it when it changes; undefined when it is off. */
  key(path: string): string | undefined {
    const place = brokerOf(this.#model, path);
    return place === undefined ? undefined : JSON.stringify([place, this.#endpointId()]);
  }

  get(path: string): { readonly client: MqttClient; readonly place: BrokerPlace } | undefined {
    return this.#running.get(path);
  }

  /** @param mayRun whether there are to be any */
  follow(mayRun: boolean): void {
    const wanted = mayRun ? clientsOf(this.#model) : [];
    for (const [path, { client, key }] of this.#running) {
      if (wanted.includes(path) && this.key(path) === key) client.follow();
      else {
        this.#running.delete(path);
        client.end("disabled");
      }
    }
    for (const path of wanted) if (!this.#running.has(path)) this.#start(path);
  }

  off(why: Parting): void {
    for (const { client } of this.#running.values()) client.end(why);
    this.#running.clear();
  }

  /** @param afterwards calls an action when the present request is answered */
  handlers(afterwards: (action: () => void) => void): CommandHandlers {
    return {
      "Device.MQTT.Client.ForceReconnect()": ({ object }, run) => {
        afterwards(() => this.#running.get(object)?.client.reconnect());
        return run.done();
      },
    };
  }

  /** Publishes what is no record by a client, given without the dot at its end; false when it has no connection. */
  publish(path: string, { contentType, ...publication }: Publication): boolean {
    const running = this.#running.get(`${path}.`);
    if (running?.client.isUp !== true || publication.topic === "") return false;
    const properties = running.place.version === "5.0" ? { properties: { contentType } } : {};
    running.client.publish({ cmd: "publish", dup: false, ...publication, ...properties });
    return true;
  }

  /** Values that only the clients know. */
  live(path: string): string | undefined {
    const [, client = "", rest = ""] = /^(Device\.MQTT\.Client\.\d+\.)(.*)$/.exec(path) ?? [];
    const running = this.#running.get(client)?.client;
    if (rest === "Status") return running?.status ?? (this.#model.isOn(`${client}Enable`) ? "Error_Misconfigured" : "Disabled");
    if (rest === "ResponseInformation") return running?.responseInformation ?? "";
    if (rest.startsWith("Stats.")) return running?.stats.value(rest.slice("Stats.".length));
    const filter = /^(Subscription\.\d+\.)Status$/.exec(rest);
    if (filter !== null) return running?.filterStatus(this.#model.value(`${client}${filter[1]}Topic`)) ?? "Unsubscribed";
    return undefined;
  }

  #start(path: string): void {
    const { clock, seams, trust, random } = this.#device;
    const [place, key] = [brokerOf(this.#model, path), this.key(path)];
    if (place === undefined || key === undefined) return;
    const client = new MqttClient({
      clock,
      seams: seams.usp,
      place,
      endpointId: this.#endpointId(),
      trust: trust ?? "anyone",
      locate: this.#locate,
      random,
      settings: () => clientSettings(this.#model, path, place.version),
      configured: () => configuredFilters(this.#model, path),
      responseTopic: () => {
        const mtp = agentMtp(this.#model, path);
        return mtp === undefined ? undefined : this.#model.value(`${mtp}MQTT.ResponseTopicConfigured`);
      },
      assigned: (clientId) => {
        this.#model.write(`${path}ClientID`, clientId);
        this.#device.save();
      },
      log: (line) => this.#device.log(line),
    });
    this.#running.set(path, { client, place, key });
    client.start();
  }
}
