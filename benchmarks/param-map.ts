import { LIMIT, LINES, mapOf, parsing, splitting } from "./param-map-speed.ts";

// How long a param_map takes to read, against splitting the same text at its line feeds, which is the least that any reader has to do.

const shown = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`.padStart(9);

const sizes = [LINES / 4, LINES / 2, LINES, LINES * 2, LINES * 4];
const texts = sizes.map(mapOf);
const [parses, splits] = [parsing(texts), splitting(texts)];
const times = sizes.map((lines, index) => {
  const parse = parses[index] ?? 0;
  return {
    lines,
    octets: texts[index]?.length ?? 0,
    parse,
    split: splits[index] ?? 0,
    growth: parse / (parses[index - 1] ?? parse),
  };
});

process.stdout.write("  lines      size    parse    split   parse per line   growth per doubling\n");
for (const [index, { lines, octets, parse, split, growth }] of times.entries())
  process.stdout.write(
    `${String(lines).padStart(7)}  ${(octets / 1e6).toFixed(1).padStart(5)} MB ${shown(parse)} ${shown(split)}      ${((parse / lines) * 1e6).toFixed(0).padStart(5)} ns${index === 0 ? "" : `            ${growth.toFixed(2)}`}\n`,
  );
process.stdout.write(`Limit: ${LINES} lines in ${LIMIT} ms; a growth of 2 is linear.\n`);
