/** Styles of text on a terminal; each gives the text as it is where colour is off. */
export type Paint = Record<"bold" | "dim" | "red" | "green" | "yellow", (text: string) => string>;

export function painter(color: boolean): Paint {
  const style = (on: number, off: number) => (text: string) =>
    color && text !== "" ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: style(1, 22), dim: style(2, 22), red: style(31, 39), green: style(32, 39), yellow: style(33, 39) };
}

/** A count under a heading of eight columns; none is a dot. */
export const cell = (paint: Paint, count: number, as: (text: string) => string): string =>
  count === 0 ? paint.dim("·".padStart(8)) : as(String(count).padStart(8));
