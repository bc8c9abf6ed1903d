/** A list that is appended to and whose memory is bounded: the oldest members are let go. */
export class Kept<T> {
  #all: T[] = [];
  readonly #most: number;
  readonly #weightOf: (member: T) => number;
  #weight = 0;
  #dropped = 0;

  /**
   * @param most weight that is kept at one time; the latest member always is
   * @param weightOf default: each member weighs 1
   */
  constructor(most: number, weightOf: (member: T) => number = () => 1) {
    this.#most = most;
    this.#weightOf = weightOf;
  }

  get all(): readonly T[] {
    return this.#all;
  }

  /** How many were let go to bound memory. */
  get dropped(): number {
    return this.#dropped;
  }

  append(member: T): T {
    this.#all.push(member);
    this.#weight += this.#weightOf(member);
    while (this.#weight > this.#most && this.#all.length > 1) {
      this.#weight -= this.#weightOf(this.#all.shift() as T);
      this.#dropped += 1;
    }
    return member;
  }

  /** Lets go of the members that fit: they are kept elsewhere now. */
  release(fits: (member: T) => boolean): void {
    this.#all = this.#all.filter((member) => !fits(member));
    this.#weight = this.#all.reduce((sum, member) => sum + this.#weightOf(member), 0);
  }
}
