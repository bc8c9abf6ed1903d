/** Lines of at most `width` characters, the first after `first`, the others after `rest`. */
export function wrap(text: string, width: number, first: string, rest: string): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(/(?<=\s)(?=\S)/)) {
      if (line !== "" && rest.length + line.length + word.trimEnd().length > width) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += word;
    }
    lines.push(line.trimEnd());
  }
  return lines.map((line, index) => (index === 0 ? first : rest) + line);
}
