import type { MqttPacket } from "../wire/mqtt.ts";

/** An MQTT control packet that went over the wire between an agent and the broker. */
export interface MqttPacketRecord {
  /** Counts from 1 over the run, both directions together. */
  readonly number: number;
  /** As of a USP record. */
  readonly order: number;
  /** When it was complete, or written, in milliseconds of the run's clock. */
  readonly at: number;
  readonly from: "agent" | "broker";
  /** Which TCP connection, counted from 1 over the run. */
  readonly connection: number;
  readonly caseId: string;
  readonly packet: MqttPacket;
  /** `CONNECT #3`. */
  readonly where: string;
}
