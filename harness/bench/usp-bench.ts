import type { MqttControl } from "../broker/mqtt-control.ts";
import type { Collector } from "../collector/collector.ts";
import type { Controller } from "../controller/controller.ts";
import type { SupportedObject } from "../controller/read.ts";
import type { WebSocketControl } from "../controller/websocket.ts";
import type { UspValues } from "../phone/usp-values.ts";
import type { Mtp } from "../trace/usp.ts";
import type { CwmpBench } from "./bench.ts";

/** What is known of the phone's USP agent. */
export interface UspAgent {
  readonly endpointId: string;
  /** USP versions that GetSupportedProtocol gave; empty when it failed. */
  readonly versions: readonly string[];
  /** The supported data model by path, `Device.LocalAgent.Subscription.{i}.`; empty when GetSupportedDM failed. */
  readonly objects: ReadonlyMap<string, SupportedObject>;
  /**
   * The agent's entry for our controller, `Device.LocalAgent.Controller.2.`.
   * @throws Inconclusive when it did not show one
   */
  readonly controllerPath: string;
  /** The entry for the MTP over which it comes, `Device.LocalAgent.Controller.2.MTP.1.`. @throws Inconclusive as `controllerPath` */
  readonly mtpPath: string;
  /** The MQTT client over which it comes, `Device.MQTT.Client.2.`. @throws Inconclusive as `controllerPath` */
  readonly mqttClientPath: string;
  /** The agent's own MTP on that client, `Device.LocalAgent.MTP.2.`. @throws Inconclusive as `controllerPath` */
  readonly agentMtpPath: string;
  /** How many firmware images it shows; 0 without the profile Firmware:1. */
  readonly firmwareBanks: number;
  readonly values: UspValues;
  /**
   * Whether the supported data model has an object, parameter, command or event, with instance numbers or `{i}`:
   * `Device.LocalAgent.Subscription.1.TimeToLive`, `Device.Reboot()`, `Device.Boot!`.
   */
  supports(path: string): boolean;
  /** Whether the supported data model lets a controller write a parameter. */
  writes(path: string): boolean;
  /** Whether Add can create instances in this table, `Device.LocalAgent.Subscription.`. */
  creates(table: string): boolean;
}

/** What a USP case drives: the controller and the agent, beside everything of the CWMP bench but the ACS, which a device may not have. */
export interface UspBench extends Omit<CwmpBench, "acs"> {
  readonly controller: Controller;
  /** `controller.websocket`. */
  readonly websocket: WebSocketControl;
  /** `controller.mqtt`. */
  readonly mqtt: MqttControl;
  readonly collector: Collector;
  readonly agent: UspAgent;
  /**
   * @param mtp points the agent to us over this one, where it comes over another
   * @throws Inconclusive `unreachable` when the agent is away and does not come within `patience.reboot`
   */
  ready(mtp?: Mtp): Promise<void>;
}

/** What cases of every protocol drive, in one run and with one recording. */
export interface Bench extends CwmpBench {
  /** Throws `Inconclusive` when the phone's USP agent never came; cases with it need `usp`. */
  readonly usp: UspBench;
}
