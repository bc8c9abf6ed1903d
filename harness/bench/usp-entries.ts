import { Inconclusive } from "../core/case.ts";
import type { Mtp } from "../trace/usp.ts";

/** Values of parameters by full path. */
export type Snapshot = ReadonlyMap<string, string>;

/** As the data model names them. */
const PROTOCOLS: Readonly<Record<Mtp, string>> = { websocket: "WebSocket", mqtt: "MQTT" };

/** Where in its data model an agent has what belongs to our controller. Each throws Inconclusive when the agent does not show it. */
export class UspEntries {
  readonly #values: Snapshot;
  readonly #endpointId: string;
  readonly #mtp: Mtp;

  /** @param mtp over which the agent comes */
  constructor(values: Snapshot, endpointId: string, mtp: Mtp) {
    this.#values = values;
    this.#endpointId = endpointId;
    this.#mtp = mtp;
  }

  /** `Device.LocalAgent.Controller.2.`; undefined when there is none. */
  get known(): string | undefined {
    return this.#first(/^(Device\.LocalAgent\.Controller\.\d+\.)EndpointID$/, (value) => value === this.#endpointId);
  }

  get controller(): string {
    return this.known ?? absent(`for the controller ${this.#endpointId} in Device.LocalAgent.Controller.`);
  }

  /** The controller's MTP over which the agent comes: the first one of this protocol that is on, if any is. */
  get mtp(): string {
    const protocol = PROTOCOLS[this.#mtp];
    const paths = this.#all(/^(Device\.LocalAgent\.Controller\.\d+\.MTP\.\d+\.)Protocol$/, (value) => value === protocol).filter(
      (path) => path.startsWith(this.controller),
    );
    return this.#on(paths) ?? absent(`for its MTP of the protocol ${protocol} in ${this.controller}`);
  }

  /** `Device.MQTT.Client.2.`, the client that is used for our controller. */
  get mqttClient(): string {
    return this.#client(`${this.mtp}MQTT.Reference`) ?? absent("of the MQTT client in Device.MQTT.Client.");
  }

  /** The agent's own MTP that uses that client, `Device.LocalAgent.MTP.2.`. */
  get agentMtp(): string {
    const client = this.mqttClient;
    const paths = this.#all(/^(Device\.LocalAgent\.MTP\.\d+\.)Protocol$/, (value) => value === "MQTT");
    const own = paths.filter((path) => this.#client(`${path}MQTT.Reference`) === client);
    return this.#on(own) ?? absent(`of ${client} in Device.LocalAgent.MTP.`);
  }

  #client(reference: string): string | undefined {
    const value = this.#values.get(reference) ?? "";
    return value === "" ? undefined : value.replace(/\.?$/, ".");
  }

  #on(paths: readonly string[]): string | undefined {
    return paths.find((path) => /^(?:true|1)$/.test(this.#values.get(`${path}Enable`) ?? "")) ?? paths[0];
  }

  #first(name: RegExp, fits: (value: string) => boolean): string | undefined {
    return this.#all(name, fits)[0];
  }

  #all(name: RegExp, fits: (value: string) => boolean): readonly string[] {
    return [...this.#values].flatMap(([path, value]) => (fits(value) ? (name.exec(path)?.[1] ?? []) : []));
  }
}

function absent(what: string): never {
  throw new Inconclusive("precondition", `the agent shows no entry ${what}`);
}
