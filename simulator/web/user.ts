import type { Agent } from "../cwmp/agent.ts";
import { useParamMap } from "../cwmp/files.ts";
import type { Device } from "../device.ts";
import { applySettings, storeSettings } from "../settings.ts";

/** What the phone's user, or whoever provisions the phone, can do to it. During a CWMP session it all waits (TR-069 3.7.1.1). */
export class User {
  readonly #device: Device;
  readonly #agent: Agent;

  constructor(device: Device, agent: Agent) {
    this.#device = device;
    this.#agent = agent;
  }

  /** Changes settings by hand, as far as the user may. With `lasts` false they are back at what they were after a reboot. */
  saveSettings(settings: ReadonlyMap<string, string>, lasts = true): void {
    const entries = [...settings].map(([name, value]) => ({ name, value }));
    this.#agent.whenIdle(() => applySettings(this.#device, entries, "user", this.#agent, lasts));
  }

  /** What was to last until a reboot lasts from now on. */
  storeSettings(): void {
    this.#agent.whenIdle(() => {
      storeSettings(this.#device);
      this.#device.save();
    });
  }

  /** Takes another param_map; gives the reason when it is none. */
  loadParamMap(content: Buffer): string | undefined {
    return useParamMap(this.#device, content, (action) => this.#agent.whenIdle(() => this.#agent.change(action)));
  }

  reboot(): void {
    this.#agent.whenIdle(() => this.#device.restart());
  }

  factoryReset(): void {
    this.#agent.whenIdle(() => this.#device.factoryReset());
  }
}
