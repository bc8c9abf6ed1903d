import type { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import { type BulkTools, collect } from "./bulk-collect.ts";
import { type BulkLayout, encodeReports, layoutOf } from "./bulk-encode.ts";
import { sendOverHttp } from "./bulk-http.ts";
import type { BulkReport } from "./bulk-seams.ts";
import type { CommandHandlers } from "./commands.ts";
import { BULK_DATA, BULK_PROFILES } from "./schema-bulk.ts";

/** A report as it is published over MQTT. */
export interface Publication {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  /** For MQTT 5.0. */
  readonly contentType: string;
}

export interface BulkSurroundings {
  readonly tools: BulkTools;
  readonly alarms: Alarms;
  endpointId(): string;
  /** Calls `action` when the answer to the present request is out. */
  afterwards(action: () => void): void;
  /** Tells `Push!` of a profile. */
  push(profile: string, args: Readonly<Record<string, string>>): void;
  /** Publishes by a client of the table Device.MQTT.Client., given without the dot at its end; whether that has worked. */
  publish(client: string, publication: Publication): Promise<boolean>;
}

/** A profile that reports. */
interface Reporting {
  /** Whatever makes it begin anew when it changes. */
  readonly key: string;
  encoding: string;
  /** How many retries there were since something was delivered. */
  retries: number;
  /** Which report is the latest: what comes of a transfer of an earlier one makes nothing happen. */
  latest: number;
}

const UNKNOWN_TIME = "0001-01-01T00:00:00Z";

/** Reports of parameters that go out by themselves (TR-369 Annex "Bulk Data Collection"). */
export class BulkData {
  readonly #device: Device;
  readonly #around: BulkSurroundings;
  readonly #reporting = new Map<string, Reporting>();
  /** Retries that a restart has interrupted. */
  #interrupted = new Map<string, number>();

  constructor(device: Device, around: BulkSurroundings) {
    this.#device = device;
    this.#around = around;
  }

  /** The agent starts: reports that were not delivered are gone, unless they were to stay. */
  boot(): void {
    const { model, seams } = this.#around.tools;
    const { usp } = this.#device.state;
    const kept = Object.entries(usp.reports ?? {}).filter(([profile]) =>
      seams.bulkSurvivesBoot(model.isOn(`${profile}HTTP.PersistAcrossReboot`)),
    );
    usp.reports = Object.fromEntries(kept);
  }

  off(): void {
    this.#interrupted = new Map([...this.#reporting].map(([profile, { retries }]) => [profile, retries]));
    for (const profile of this.#reporting.keys()) this.#stop(profile);
  }

  /** Lets those profiles report that are to, by the values as they are now. */
  follow(): void {
    const { model, seams } = this.#around.tools;
    const profiles = model.instances(BULK_PROFILES).map((number) => `${BULK_PROFILES}${number}.`);
    for (const profile of this.#reporting.keys())
      if (!profiles.includes(profile)) {
        this.#stop(profile);
        this.#wait(profile, []);
      }
    for (const profile of profiles) {
      const isOn = seams.bulkReports(model.isOn(`${BULK_DATA}Enable`), model.isOn(`${profile}Enable`));
      this.#followProfile(profile, isOn ? this.#keyOf(profile) : undefined);
    }
  }

  readonly handlers: CommandHandlers = {
    /** Collects at once, besides the interval. */
    [`${BULK_PROFILES}ForceCollection()`]: ({ object }, run) => {
      const reporting = this.#reporting.get(object);
      if (reporting === undefined) return run.failed(7022);
      this.#around.afterwards(() => {
        if (this.#around.tools.seams.bulkForced()) this.#report(object, reporting);
      });
      return run.done();
    },
  };

  /** A value that only the collection knows. */
  live(path: string): string | undefined {
    if (path !== `${BULK_DATA}Status`) return undefined;
    return this.#around.tools.model.isOn(`${BULK_DATA}Enable`) ? "Enabled" : "Disabled";
  }

  #keyOf(profile: string): string {
    const { model } = this.#around.tools;
    return ["Protocol", "ReportingInterval", "TimeReference"].map((name) => model.value(profile + name)).join(" ");
  }

  #followProfile(profile: string, key: string | undefined): void {
    const { model, seams } = this.#around.tools;
    const reporting = this.#reporting.get(profile);
    const encoding = model.value(`${profile}EncodingType`);
    if (reporting !== undefined && reporting.encoding !== encoding) {
      reporting.encoding = encoding;
      if (!seams.bulkKeepsAcrossEncodings()) this.#wait(profile, []);
    }
    if (reporting?.key === key) return;
    this.#stop(profile);
    if (key === undefined) return;
    const retries = seams.bulkRetriesAfterBoot(this.#interrupted.get(profile) ?? 0);
    this.#interrupted.delete(profile);
    const begun: Reporting = { key, encoding, retries, latest: 0 };
    this.#reporting.set(profile, begun);
    this.#schedule(profile, begun);
  }

  #stop(profile: string): void {
    this.#reporting.delete(profile);
    this.#around.alarms.cancel(`bulk ${profile}`);
    this.#around.alarms.cancel(`bulk-retry ${profile}`);
  }

  #schedule(profile: string, reporting: Reporting): void {
    const { model, seams } = this.#around.tools;
    const reference = model.value(`${profile}TimeReference`);
    const phase = reference === UNKNOWN_TIME ? undefined : Date.parse(reference);
    const interval = Number(model.value(`${profile}ReportingInterval`));
    this.#around.alarms.set(`bulk ${profile}`, seams.bulkDelay(this.#device.clock.now(), interval, phase), () => {
      this.#schedule(profile, reporting);
      this.#report(profile, reporting);
    });
  }

  #report(profile: string, reporting: Reporting): void {
    const { tools, alarms, push } = this.#around;
    const { model, seams } = tools;
    const report: BulkReport = { at: this.#device.clock.now(), values: collect(tools, profile) };
    if (model.value(`${profile}Protocol`) === "USPEventNotif") {
      push(profile, seams.bulkPushed(encodeReports(seams, layoutOf(model, profile), [report])));
      return;
    }
    alarms.cancel(`bulk-retry ${profile}`);
    const room = Number(model.value(`${profile}NumberOfRetainedFailedReports`));
    this.#wait(profile, [...seams.bulkRetained(this.#waiting(profile), room), report]);
    reporting.latest += 1;
    void this.#send(profile, reporting);
  }

  #waiting(profile: string): readonly BulkReport[] {
    return this.#device.state.usp.reports?.[profile] ?? [];
  }

  #wait(profile: string, reports: readonly BulkReport[]): void {
    const { usp } = this.#device.state;
    usp.reports = { ...usp.reports, [profile]: reports };
  }

  async #send(profile: string, reporting: Reporting): Promise<void> {
    const { model, seams } = this.#around.tools;
    const { latest } = reporting;
    const sent = this.#waiting(profile);
    const layout = layoutOf(model, profile);
    const content = Buffer.from(encodeReports(seams, layout, sent), "utf8");
    const isOverMqtt = model.value(`${profile}Protocol`) === "MQTT";
    const status = isOverMqtt
      ? await this.#publish(profile, layout, content)
      : await sendOverHttp(this.#device, {
          tools: this.#around.tools,
          profile,
          layout,
          content,
          endpointId: this.#around.endpointId(),
        });
    if (status !== undefined && seams.bulkDelivered(status)) {
      this.#wait(
        profile,
        this.#waiting(profile).filter(({ at }) => !sent.some((one) => one.at === at)),
      );
      reporting.retries = seams.bulkRetriesAfterDelivery(reporting.retries);
    } else if (!isOverMqtt && this.#reporting.get(profile) === reporting && reporting.latest === latest)
      this.#retry(profile, reporting, status);
    this.#device.save();
  }

  /** What comes of it as a status of HTTP. */
  async #publish(profile: string, { encoding }: BulkLayout, payload: Buffer): Promise<number | undefined> {
    const { tools, publish } = this.#around;
    const value = (name: string): string => tools.model.value(`${profile}MQTT.${name}`);
    const qos = Number(value("PublishQoS"));
    const isDone = await publish(value("Reference"), {
      topic: tools.seams.bulkTopic(value("PublishTopic"), this.#around.endpointId()),
      payload: tools.seams.bulkPayload(payload),
      qos: qos === 1 || qos === 2 ? qos : 0,
      retain: tools.model.isOn(`${profile}MQTT.PublishRetain`),
      contentType: tools.seams.bulkMediaType(encoding, "MQTT"),
    });
    return isDone ? 200 : undefined;
  }

  #retry(profile: string, reporting: Reporting, status: number | undefined): void {
    const { tools, alarms } = this.#around;
    const { model, seams } = tools;
    if (!seams.bulkRetries(model.isOn(`${profile}HTTP.RetryEnable`), status)) return;
    reporting.retries += 1;
    const value = (name: string): number => Number(model.value(`${profile}HTTP.${name}`));
    const range = seams.bulkRange(reporting.retries, value("RetryMinimumWaitInterval"), value("RetryIntervalMultiplier"));
    const seconds = seams.bulkWait(range, this.#device.random());
    alarms.set(`bulk-retry ${profile}`, seconds * 1000, () => void this.#send(profile, reporting));
  }
}
