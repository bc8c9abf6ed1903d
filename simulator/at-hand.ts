import { type PhoneOptions, type SimulatedPhone, startPhone } from "./phone.ts";

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What a device is pointed to. */
export interface PointedTo extends Partial<Credentials> {
  /** Of the ACS; empty for a device that has no CWMP, or finds it by DHCP. */
  readonly url?: string;
  /** What connection requests will carry. */
  readonly connectionRequest?: Credentials;
  /** Certificate in PEM of an authority that it is to believe. */
  readonly authority?: string;
  readonly usp?: {
    readonly url: string;
    readonly endpointId: string;
    /** Over a broker. */
    readonly mqtt?: {
      readonly version: string;
      readonly topic: string;
      readonly credentials?: Credentials;
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

/** Settings with which a device of CWMP is delivered, so that it comes to its ACS. */
const cwmpSettings = ({ url = "", username = "", password = "", connectionRequest }: PointedTo): Record<string, string> => ({
  tr69_acs_url: url,
  tr69_acs_user: username,
  tr69_acs_passwd: password,
  tr69_use_acs: "on",
  tr69_cnr_user: connectionRequest?.username ?? "",
  tr69_cnr_pass: connectionRequest?.password ?? "",
});

/** Milliseconds that the plug is out when the power is cycled. */
const WITHOUT_POWER = 2_000;

/** A simulated device of no vendor in the hands of whoever wires a run: it is delivered pointed to who manages it, and started with that. */
export class DeviceAtHand {
  readonly #options: PhoneOptions;
  #device: SimulatedPhone | undefined;

  constructor(options: PhoneOptions) {
    this.#options = options;
  }

  /** Makes a device that is delivered with this ACS, or this controller, and switches it on. */
  async start(to: PointedTo): Promise<void> {
    const { usp, authority } = to;
    const { device = "generic" } = this.#options;
    const told = usp === undefined ? {} : { controllerUrl: urlOf(usp), controllerId: usp.endpointId };
    this.#device = await startPhone({
      ...(authority === undefined ? {} : { authorities: authority }),
      ...this.#options,
      device,
      ...(device === "cwmp" ? { delivered: { ...cwmpSettings(to), ...this.#options.delivered } } : {}),
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
