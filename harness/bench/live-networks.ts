import { isIP } from "node:net";
import { Inconclusive } from "../core/case.ts";
import { STUN_PORT, StunService } from "../stun/service.ts";
import type { StunBench } from "../stun/stun.ts";
import type { Recording } from "../trace/recording.ts";
import type { BenchOptions } from "./bench-options.ts";
import type { GatewayBench } from "./gateway-bench.ts";
import type { LanBench } from "./lan-bench.ts";
import { LiveGateway } from "./live-gateway.ts";
import { type LanManagement, type LiveLan, startLan } from "./live-lan.ts";

interface Services {
  readonly lan: LiveLan | undefined;
  readonly stun: StunService | undefined;
  readonly gateway: LiveGateway | undefined;
}

/** What a case may ask of the networks that datagrams go over: the LAN and its gateway, and the STUN server of the ACS. */
export class LiveNetworks {
  readonly #services: Services;
  readonly #noLan: string;

  private constructor(services: Services, noLan: string) {
    this.#services = services;
    this.#noLan = noLan;
  }

  /** Starts what the run has networks for. Never throws: what cannot listen is missing, and says why when it is asked for. */
  static async start(options: BenchOptions & { readonly recording: Recording }): Promise<LiveNetworks> {
    const { clock, recording, profile, lan: port, udp, target, gateway: start, noLan = "this run has no LAN", note } = options;
    const wire = { clock, recording };
    let why = noLan;
    const failed = (what: string) => (error: unknown) => {
      why = `${what}: ${error instanceof Error ? error.message : String(error)}`;
      note(why);
      return undefined;
    };
    const lan = port && (await startLan({ ...wire, port }).catch(failed("the gateway of the phone's LAN cannot listen")));
    const onLan = port === undefined ? {} : { lan: port };
    // A target that is told by its name may have several addresses.
    const from = target !== undefined && isIP(target.host) === 4 ? { phoneAddress: target.host } : {};
    const stun =
      udp &&
      (await StunService.start({ ...wire, ...onLan, ...from, network: udp, port: STUN_PORT }).catch(
        failed("the STUN server cannot listen"),
      ));
    const gateway =
      lan === undefined || start === undefined
        ? undefined
        : new LiveGateway({ clock, patience: profile.patience, dhcp: lan.dhcp, start });
    return new LiveNetworks({ lan, stun, gateway }, why);
  }

  get lan(): LanBench {
    return this.#services.lan ?? this.#missing(this.#noLan);
  }

  get stun(): StunBench {
    return this.#services.stun ?? this.#missing("this run has no STUN server");
  }

  get gateway(): GatewayBench {
    return this.#services.gateway ?? this.#missing(this.#noLan);
  }

  /** Tells the phone its ACS by DHCP. @returns whether there is a LAN for that */
  tellAcs(url: string): boolean {
    this.#services.lan?.tellAcs(url);
    return this.#services.lan !== undefined;
  }

  /** Enough is known of the phone to make it start anew. */
  manage(management: LanManagement): void {
    this.#services.lan?.manage(management);
  }

  /** A case is over: everything answers as by default again, so that the phone finds it so whatever is asked of it next. */
  answerAsUsual(): void {
    const { lan, stun } = this.#services;
    stun?.settle();
    lan?.answerAsUsual();
  }

  /** Waits until the phone has heard so. @returns what was left behind, a sentence each */
  async settle(): Promise<readonly string[]> {
    const { lan, gateway } = this.#services;
    await gateway?.settle();
    return (await lan?.settle()) ?? [];
  }

  async stop(): Promise<void> {
    const { lan, stun, gateway } = this.#services;
    await gateway?.stop();
    stun?.stop();
    lan?.stop();
  }

  #missing(why: string): never {
    throw new Inconclusive("precondition", why);
  }
}
