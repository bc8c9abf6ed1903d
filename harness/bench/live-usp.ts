import { inWords } from "../acs/patience.ts";
import type { RunningCollector } from "../collector/server.ts";
import type { RunningController } from "../controller/usp-controller.ts";
import { Inconclusive } from "../core/case.ts";
import type { Driver } from "../phone/driver.ts";
import type { LearntOverUsp } from "../phone/features.ts";
import type { Identity } from "../phone/phone.ts";
import type { Profile } from "../phone/profile.ts";
import type { Recording } from "../trace/recording.ts";
import type { Mtp, UspRecordLog } from "../trace/usp.ts";
import type { CwmpBench } from "./bench.ts";
import type { RunningBench } from "./running-bench.ts";
import { type LearntAgent, learnAgent, readAll } from "./usp-agent.ts";
import { touchedByUsp, UspBaseline } from "./usp-baseline.ts";
import type { UspBench } from "./usp-bench.ts";
import type { Snapshot } from "./usp-entries.ts";

/** Milliseconds in which a phone that is told to start anew may still be connected as before. */
const STILL_THERE = 15_000;
/** Milliseconds for an agent that has not come when it was waited for at length. */
const SHORT = 1_000;

export interface LiveUspOptions {
  readonly controller: RunningController;
  readonly collector: RunningCollector;
  readonly driver: Driver;
  readonly profile: Profile;
  readonly recording: Recording;
  note(text: string): void;
  waitsFor(what: string | undefined): void;
}

/** Controller and agent of a run; knows how to bring the agent back to where it was. */
export class LiveUsp {
  readonly #options: LiveUspOptions;
  #joined: (LearntAgent & { readonly baseline: UspBaseline }) | undefined;
  #why = "the phone's USP agent was not waited for";
  #bench: UspBench | undefined;
  #settledAt = 0;
  /** It has been waited for at length, and did not come. */
  #lost = false;

  constructor(options: LiveUspOptions) {
    this.#options = options;
  }

  /**
   * Waits for the agent, and learns what it is. Never throws: an agent that does not come is noted.
   * @param isVolatile whether a parameter changes by itself
   */
  async join(isVolatile: (parameter: string) => boolean): Promise<void> {
    const { controller, profile, recording, note, waitsFor } = this.#options;
    const { patience } = profile;
    // Without the profile's word there may be no agent at all.
    const allowed = profile.claims("usp") === true ? patience.firstContact : patience.contact;
    waitsFor(`the phone's USP agent (up to ${inWords(allowed)})`);
    try {
      if (!(await controller.ready(allowed)))
        throw new Inconclusive(
          "unreachable",
          `the phone's USP agent did not come to ${controller.access(controller.mtps[0] ?? "websocket").url} within ${inWords(allowed)}`,
        );
      const onUse = (name: string, what: string): void => recording.uses(name, what);
      const learning = { response: patience.response, values: profile.uspValues, note, onUse };
      const learnt = await learnAgent(controller, learning);
      this.#joined = { ...learnt, baseline: new UspBaseline(learnt.values, isVolatile) };
      this.#noteVersion();
    } catch (error) {
      if (!(error instanceof Inconclusive)) throw error;
      this.#why = error.message;
      if (profile.claims("usp") === true) note(error.message);
    } finally {
      waitsFor(undefined);
    }
    // What came until now is no answer to anything that the first case does.
    await controller.settle();
    this.#settled();
  }

  /** The plan goes by the version that the agent is to speak. */
  #noteVersion(): void {
    const { controller, note } = this.#options;
    const [told, spoken] = [controller.access("mqtt").mqtt?.version, controller.mqtt.current?.version];
    if (controller.mtp === "mqtt" && spoken !== undefined && spoken !== told)
      note(`the agent speaks MQTT ${spoken}, and the run is about ${told}: say so with --mqtt-version=${spoken}`);
  }

  shows(how: LearntOverUsp): boolean {
    if (this.#joined === undefined) return false;
    const { agent, values } = this.#joined;
    if (how.kind === "usp-agent") return true;
    if (how.kind === "usp-lists")
      return Object.entries(how.members).every(
        ([path, member]) =>
          values
            .get(path)
            ?.split(/\s*,\s*/)
            .includes(member) === true,
      );
    if (how.kind === "usp-value") return agent.values.has(how.value);
    if (how.creatable === true) return agent.creates(how.path);
    return how.writable === true ? agent.writes(how.path) : agent.supports(how.path);
  }

  /** Why it did not come, or undefined when it did. */
  get trouble(): string | undefined {
    return this.#joined === undefined ? this.#why : undefined;
  }

  /** What the device says it is. */
  get identity(): Identity {
    const value = (name: string): string => this.#joined?.values.get(`Device.DeviceInfo.${name}`) ?? "";
    return {
      manufacturer: value("Manufacturer"),
      oui: value("ManufacturerOUI"),
      model: value("ProductClass") || value("ModelName"),
      serialNumber: value("SerialNumber"),
      softwareVersion: value("SoftwareVersion"),
    };
  }

  /** Whether the agent answers. */
  async probe(): Promise<Awaited<ReturnType<RunningBench["probe"]>>> {
    try {
      const reply = await this.#options.controller.get(["Device.LocalAgent.EndpointID"]);
      if (reply.kind !== "silence" && reply.kind !== "closed") return { answers: true };
      return { answers: false, reason: `the USP agent answers a Get with: ${reply.summary.value}` };
    } catch (error) {
      return { answers: false, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** What cases drive. @throws Inconclusive `precondition` when the agent never came */
  of(bench: Omit<CwmpBench, "acs">): UspBench {
    if (this.#joined === undefined) throw new Inconclusive("precondition", this.#why);
    const { controller, collector } = this.#options;
    const { phone, files, clock, recording, patience, properties } = bench;
    this.#bench ??= {
      ...{ phone, files, clock, recording, patience, properties },
      get lan() {
        return bench.lan;
      },
      get gateway() {
        return bench.gateway;
      },
      get stun() {
        return bench.stun;
      },
      step: (text) => bench.step(text),
      random: () => bench.random(),
      controller,
      websocket: controller.websocket,
      mqtt: controller.mqtt,
      collector,
      agent: this.#joined.agent,
      ready: (mtp) => this.#ready(mtp),
    };
    return this.#bench;
  }

  /** When a case has reset the phone by USP since the last `settle`. */
  get resetAt(): number | undefined {
    return touchedByUsp(this.#since()).resetAt;
  }

  /** Ends what a case left open and puts back what it changed. Never throws. @param reset the phone is another one since */
  async settle(reset: boolean): Promise<readonly string[]> {
    const { controller, collector, driver } = this.#options;
    await controller.settle();
    collector.settle();
    if (this.#joined === undefined) return [];
    const touched = touchedByUsp(this.#since());
    const changed = touched.tables.size + touched.parameters.size > 0;
    try {
      const { current } = controller;
      if (current !== undefined && touched.rebootAt !== undefined && current.openedAt < touched.rebootAt)
        await current.closed(STILL_THERE);
      if (reset || controller.current === undefined) await driver.pointAgent?.();
      if (!(await this.#comes()))
        return changed ? ["what this case changed by USP could not be looked at: the agent is away"] : [];
      await controller.leaveSession();
      const { baseline } = this.#joined;
      if (reset) baseline.renew(await this.#snapshot());
      return reset ? [] : await baseline.putBack(controller, touched);
    } catch (error) {
      return [`what this case changed by USP could not be looked at: ${error instanceof Error ? error.message : String(error)}`];
    } finally {
      await controller.settle();
      this.#settled();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.#options.controller.stop(), this.#options.collector.stop()]);
  }

  #snapshot(): Promise<Snapshot> {
    const { controller, profile } = this.#options;
    return readAll(controller, { response: profile.patience.response, note() {} });
  }

  async #ready(mtp?: Mtp): Promise<void> {
    const { controller, profile } = this.#options;
    if ((await this.#comes()) && (mtp === undefined || controller.mtp === mtp || (await this.#turnsTo(mtp)))) return;
    const { reboot } = profile.patience;
    if (mtp !== undefined && controller.current !== undefined)
      throw new Inconclusive(
        "unreachable",
        `the phone's USP agent did not come to ${controller.access(mtp).url} within ${inWords(reboot)}`,
      );
    throw new Inconclusive("unreachable", `the phone's USP agent is away, and did not come within ${inWords(reboot)}`);
  }

  /** Points the agent to us over another MTP; whether it comes. */
  async #turnsTo(mtp: Mtp): Promise<boolean> {
    const { controller, driver, profile } = this.#options;
    if (!controller.mtps.includes(mtp) || driver.pointAgent === undefined) return false;
    await driver.pointAgent(controller.access(mtp));
    if (!(await controller.ready(profile.patience.reboot, mtp))) return false;
    const now = await this.#snapshot();
    this.#joined?.follow(now);
    this.#joined?.baseline.renew(now);
    await controller.settle();
    this.#settled();
    return true;
  }

  /** Whether the agent is there, or comes; one that was waited for in vain is not waited for at length again. */
  async #comes(): Promise<boolean> {
    const { controller, profile } = this.#options;
    this.#lost = !(await controller.ready(this.#lost ? SHORT : profile.patience.reboot));
    return !this.#lost;
  }

  #since(): readonly UspRecordLog[] {
    return this.#options.recording.usp.filter(({ number }) => number > this.#settledAt);
  }

  #settled(): void {
    this.#settledAt = this.#options.recording.usp.at(-1)?.number ?? this.#settledAt;
  }
}
