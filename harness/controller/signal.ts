import { type Clock, within } from "../core/clock.ts";

/** Something that happens once. Whoever waits for it can go away again, so that a long life gathers no listeners. */
export class Signal {
  readonly #actions = new Set<() => void>();
  #raised = false;

  get raised(): boolean {
    return this.#raised;
  }

  raise(): void {
    this.#raised = true;
    for (const action of this.#actions) action();
    this.#actions.clear();
  }

  /** Calls `action` when it happens, at once when it has. @returns what takes this back */
  on(action: () => void): () => void {
    if (this.#raised) action();
    else this.#actions.add(action);
    return () => this.#actions.delete(action);
  }

  /** Whether it happens within so many milliseconds. */
  async within(clock: Clock, milliseconds: number): Promise<boolean> {
    let forget = (): void => {};
    const raised = new Promise<void>((resolve) => {
      forget = this.on(resolve);
    });
    await within(clock, milliseconds, raised);
    forget();
    return this.#raised;
  }
}
