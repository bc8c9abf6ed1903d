import type { AgentLink } from "./transport.ts";

/** Whom an agent has addressed last on each of its connections: a case may have given it more than one controller. */
export class Addressees {
  readonly #byLink = new Map<number, string>();

  note({ number }: AgentLink, controllerId: string): void {
    this.#byLink.set(number, controllerId);
  }

  forget({ number }: AgentLink): void {
    this.#byLink.delete(number);
  }

  /** The connection that was made to this controller, of several; the present one when that may be, or when no other is. */
  choose(controllerId: string | undefined, present: AgentLink, all: readonly (AgentLink | undefined)[]): AgentLink {
    const isFor = ({ number }: AgentLink): boolean => this.#byLink.get(number) === controllerId;
    if (isFor(present) || !this.#byLink.has(present.number)) return present;
    return all.findLast((link) => link?.open === true && isFor(link)) ?? present;
  }
}
