/** The candidates that differ least from `word`, nearest first; those that have hardly a letter in common are left out. */
export function closest(word: string, candidates: readonly string[], most: number): readonly string[] {
  return candidates
    .map((candidate) => ({ candidate, apart: distance(word, candidate) }))
    .filter(({ candidate, apart }) => apart <= Math.max(2, candidate.length * 0.6))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Edits between two words; leaving out a whole segment of an id costs less. */
function distance(a: string, b: string): number {
  return b.includes(a) && a.length > 3 ? 1 : edits(a, b);
}

/** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
export function edits(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : changed;
      row[j] = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
