import fc from "fast-check";

/** The items of a list as fast-check needs them to make them smaller, and how many at a time it may do without. */
interface Items<T> {
  readonly items: readonly fc.Value<T>[];
  readonly chunk: number;
}

/**
 * Lists of exactly `length` items, which are made smaller by leaving items out, many at a time and then single ones, and by making
 * the items smaller. Long lists find more in the same time than many short ones; and every run of a phone counts, so that the way
 * down has to be short, and has to end only where no single item can be done without.
 */
class Lists<T> extends fc.Arbitrary<readonly T[]> {
  readonly #item: fc.Arbitrary<T>;
  readonly #length: number;

  constructor(item: fc.Arbitrary<T>, length: number) {
    super();
    this.#item = item;
    this.#length = length;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<readonly T[]> {
    const items = Array.from({ length: this.#length }, () => this.#item.generate(random, bias));
    return listOf(items, this.#length);
  }

  override canShrinkWithoutContext(_value: unknown): _value is readonly T[] {
    return false;
  }

  override shrink(_value: readonly T[], context: unknown): fc.Stream<fc.Value<readonly T[]>> {
    return context === undefined ? fc.Stream.nil() : fc.stream(this.#smaller(context as Items<T>));
  }

  *#smaller({ items, chunk: last }: Items<T>): IterableIterator<fc.Value<readonly T[]>> {
    // Less than all: an empty list of commands does nothing.
    for (let chunk = Math.min(last, Math.floor(items.length / 2)); chunk >= 1; chunk = Math.floor(chunk / 2))
      for (let end = items.length; end > 0; end -= chunk)
        if (items.length > chunk) yield listOf([...items.slice(0, Math.max(0, end - chunk)), ...items.slice(end)], chunk);
    for (const [index, item] of items.entries())
      for (const smaller of this.#item.shrink(item.value_, item.context)) yield listOf(items.with(index, smaller), 1);
  }
}

const listOf = <T>(items: readonly fc.Value<T>[], chunk: number): fc.Value<readonly T[]> =>
  new fc.Value<readonly T[]>(
    items.map(({ value_ }) => value_),
    { items, chunk } satisfies Items<T>,
  );

/** Lists of `length` items, at least one, to be made smaller. */
export const listsOf = <T>(item: fc.Arbitrary<T>, length: number): fc.Arbitrary<readonly T[]> =>
  new Lists(item, Math.max(1, length));
