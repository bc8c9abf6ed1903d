import type { Clock } from "../core/clock.ts";
import type { Endpoint } from "../core/network.ts";
import type { Nat } from "./stun.ts";

interface Binding {
  readonly inside: Endpoint;
  readonly outside: Endpoint;
  /** Milliseconds of the clock. */
  until: number;
}

/**
 * A NAT that gives each address and port of the phone one of its own, whoever is written to. A binding lives for a while after the last
 * datagram from inside; what comes from outside does not prolong it.
 */
export class NatGateway {
  readonly #clock: Clock;
  readonly #nat: Nat;
  readonly #told: (text: string) => void;
  #bindings: Binding[] = [];
  #given = 0;

  /** @param told of each new binding, a sentence for the report */
  constructor(clock: Clock, nat: Nat, told: (text: string) => void) {
    this.#clock = clock;
    this.#nat = nat;
    this.#told = told;
  }

  /** A datagram goes out. @returns address and port that its receiver sees */
  outgoing(from: Endpoint): Endpoint {
    const binding = this.#alive().find(({ inside }) => isSame(inside, from)) ?? this.#bind(from);
    binding.until = this.#expiry();
    return binding.outside;
  }

  /** A datagram comes to this public address and port. @returns where it is delivered, undefined when it is lost */
  incoming(to: Endpoint): Endpoint | undefined {
    return this.#alive().find(({ outside }) => isSame(outside, to))?.inside;
  }

  /** Forgets all bindings, as when it starts anew. */
  forget(): void {
    this.#bindings = [];
  }

  #alive(): readonly Binding[] {
    this.#bindings = this.#bindings.filter(({ until }) => until > this.#clock.now());
    return this.#bindings;
  }

  #expiry(): number {
    const { timeoutSeconds } = this.#nat;
    return timeoutSeconds === undefined ? Number.POSITIVE_INFINITY : this.#clock.now() + timeoutSeconds * 1000;
  }

  #bind(inside: Endpoint): Binding {
    const { address = inside.address, firstPort } = this.#nat;
    const port = firstPort === undefined ? inside.port : firstPort + this.#given;
    this.#given += 1;
    const binding = { inside, outside: { address, port }, until: this.#expiry() };
    this.#bindings.push(binding);
    this.#told(`the NAT gives ${shown(inside)} the public address ${shown(binding.outside)}`);
    return binding;
  }
}

export const isSame = (a: Endpoint, b: Endpoint): boolean => a.address === b.address && a.port === b.port;

/** An endpoint as findings and addresses in parameters show it: `198.51.100.7:40001`. */
export const shown = ({ address, port }: Endpoint): string => `${address}:${port}`;
