import type { Mutant } from "./mutant.ts";

/** Phones that let instances have the same unique keys. */
export const uspUniqueKeyMutants: readonly Mutant[] = [
  {
    id: "usp-keys-shared",
    phone: "A phone that lets a Set give two instances the same unique key.",
    breaks: "TR-369:R-KEY.2",
    caught: { "usp.set.taken-key": ["TR-369:R-KEY.2"] },
    change: ({ usp }) => ({ usp: { isDuplicate: (one, other, by) => by === "add" && usp.isDuplicate(one, other, by) } }),
  },
];
