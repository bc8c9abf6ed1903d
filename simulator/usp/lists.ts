/** Items of a comma-separated list, without the blanks around them; commas in brackets are no separators. */
export function splitList(text: string): readonly string[] {
  return text
    .split(/,(?![^[]*\])/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
