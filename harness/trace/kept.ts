/** A list that is appended to and whose memory is bounded: the oldest members are let go. */
export class Kept<T> {
  readonly all: T[] = [];
  readonly #most: number;
  readonly #weightOf: (member: T) => number;
  #weight = 0;

  /**
   * @param most weight that is kept at one time; the latest member always is
   * @param weightOf default: each member weighs 1
   */
  constructor(most: number, weightOf: (member: T) => number = () => 1) {
    this.#most = most;
    this.#weightOf = weightOf;
  }

  append(member: T): T {
    this.all.push(member);
    this.#weight += this.#weightOf(member);
    while (this.#weight > this.#most && this.all.length > 1) this.#weight -= this.#weightOf(this.all.shift() as T);
    return member;
  }
}
