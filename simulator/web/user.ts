import type { Agent } from "../cwmp/agent.ts";
import { useParamMap } from "../cwmp/files.ts";
import type { Device } from "../device.ts";

/** What the phone's user, or whoever provisions the phone, can do to it. During a CWMP session it all waits (TR-069 3.7.1.1). */
export class User {
  readonly #device: Device;
  readonly #agent: Agent;

  constructor(device: Device, agent: Agent) {
    this.#device = device;
    this.#agent = agent;
  }

  /** Changes settings. One that shows in a parameter which only the ACS may write stays as it is (A.3.2.4). */
  saveSettings(settings: ReadonlyMap<string, string>): void {
    this.#agent.whenIdle(() => this.#save(settings));
  }

  #save(settings: ReadonlyMap<string, string>): void {
    const { state, model, seams } = this.#device;
    // The vendor's way to empty the queue of events; it comes before whatever the other settings give rise to.
    if (settings.get("tr69_events") === "") this.#agent.clearEvents();
    // Asked for once more, BOOTSTRAP is sent once more.
    if (settings.has("tr69_bootstrap")) state.settings.tr69_bootstrap = "off";
    const allowed = [...settings].filter(([name]) =>
      model.parametersOf(name).every((parameter) => seams.model.userMayWrite(model.attributes(parameter).accessList)),
    );
    const changed = allowed.filter(([name, value]) => state.settings[name] !== value).map(([name]) => name);
    // Reported first: another ACS URL discards what was to be reported to the old ACS.
    this.#agent.report(changed.flatMap((name) => model.parametersOf(name)).map(({ name }) => name));
    this.#agent.change(() => {
      for (const [name, value] of allowed) state.settings[name] = value;
    });
  }

  /** Takes another param_map; gives the reason when it is none. */
  loadParamMap(text: string): string | undefined {
    return useParamMap(this.#device, text, (action) => this.#agent.change(action));
  }

  reboot(): void {
    this.#agent.whenIdle(() => this.#device.restart());
  }

  factoryReset(): void {
    this.#agent.whenIdle(() => this.#device.factoryReset());
  }
}
