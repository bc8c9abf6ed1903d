/** The candidate that a person most likely meant by `word`, if one is near enough to be worth a suggestion. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3));
  const near = candidates
    .map((candidate) => ({ candidate, apart: edits(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ apart, candidate }) => apart <= allowed && apart < candidate.length / 2)
    .sort((a, b) => a.apart - b.apart);
  return near[0]?.candidate;
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
