import { type PhoneOptions, type SimulatedPhone, startPhone } from "./phone.ts";

/** What a device is pointed to. */
export interface PointedTo {
  /** Certificate in PEM of an authority that it is to believe. */
  readonly authority?: string;
  readonly usp?: {
    readonly url: string;
    readonly endpointId: string;
    /** Over a broker. */
    readonly mqtt?: {
      readonly version: string;
      readonly topic: string;
      readonly credentials?: { readonly username: string; readonly password: string };
      readonly agentTopic?: string;
    };
  };
}

/** All that a device has to be told, as one URL. */
function urlOf({ url, mqtt }: NonNullable<PointedTo["usp"]>): string {
  if (mqtt === undefined) return url;
  const { version, topic, credentials, agentTopic = "usp/endpoints/own" } = mqtt;
  const whole = new URL(`${url}/${topic}`);
  whole.searchParams.set("version", version);
  whole.searchParams.set("topic", agentTopic);
  whole.username = credentials?.username ?? "";
  whole.password = credentials?.password ?? "";
  return whole.href;
}

/** Milliseconds that the plug is out when the power is cycled. */
const WITHOUT_POWER = 2_000;

/** A simulated generic device in the hands of whoever wires a run: it is delivered pointed to its controller, and started with that. */
export class DeviceAtHand {
  readonly #options: PhoneOptions;
  #device: SimulatedPhone | undefined;

  constructor(options: PhoneOptions) {
    this.#options = options;
  }

  /** Makes a device that is delivered with this controller, and switches it on. */
  async start({ usp, authority }: PointedTo): Promise<void> {
    const told = usp === undefined ? {} : { controllerUrl: urlOf(usp), controllerId: usp.endpointId };
    this.#device = await startPhone({
      ...(authority === undefined ? {} : { authorities: authority }),
      ...this.#options,
      device: "generic",
      usp: { ...told, ...this.#options.usp },
    });
  }

  async powerCycle(): Promise<void> {
    this.#device?.powerCycle(WITHOUT_POWER);
  }

  /** Nothing has to be done: it is reset to the way it was delivered. */
  async factoryReset(): Promise<void> {}

  async localReset(): Promise<void> {
    this.#device?.reset();
  }

  async stop(): Promise<void> {
    await this.#device?.stop();
  }
}
