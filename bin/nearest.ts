import { edits } from "../harness/core/closest.ts";

/** The candidate that a person most likely meant by `word`, if one is near enough to be worth a suggestion. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const near = candidates
    .map((candidate) => ({ candidate, apart: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ apart, candidate }) => apart <= allowed && apart < candidate.length / 2)
    .sort((a, b) => a.apart - b.apart);
  return near[0]?.candidate;
}
