/** What a client counts (TR-181 Device.MQTT.Client.{i}.Stats). Times are milliseconds of the clock. */
export class MqttStats {
  readonly #counts = new Map<string, number>();
  readonly #times = new Map<string, number>();

  count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  note(name: string, now: number): void {
    this.#times.set(name, now);
  }

  /** The value of a parameter of the object. */
  value(name: string): string {
    if (!/^(?:BrokerConnectionEstablished|LastPublishMessage(?:Sent|Received))$/.test(name))
      return String(this.#counts.get(name) ?? 0);
    const time = this.#times.get(name);
    return time === undefined ? "0001-01-01T00:00:00Z" : new Date(time).toISOString().replace(/\.\d+/, "");
  }
}
