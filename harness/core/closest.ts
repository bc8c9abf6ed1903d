/** The candidates that differ least from `word`, nearest first; those that have hardly a letter in common are left out. */
export function closest(word: string, candidates: readonly string[], most: number): readonly string[] {
  return candidates
    .map((candidate) => ({ candidate, apart: distance(word, candidate) }))
    .filter(({ candidate, apart }) => apart <= Math.max(2, candidate.length * 0.6))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Edits (one letter put in, taken out or changed) between two words; leaving out a whole segment of an id costs less. */
function distance(a: string, b: string): number {
  if (b.includes(a) && a.length > 3) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
