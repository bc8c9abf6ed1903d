import type { Located } from "../core/finding.ts";

/** What separates and quotes in a CSV document. */
export interface CsvDialect {
  readonly field: string;
  readonly row: string;
  /** What stands around a field that holds a separator, and is doubled inside it; empty for nothing. */
  readonly quote: string;
}

/** As RFC 4180 has them. */
export const RFC_4180: CsvDialect = { field: ",", row: "\r\n", quote: '"' };

export interface CsvReading {
  /** Rows with their fields, unquoted; each knows its place, `row 2 field 3`. */
  readonly rows: readonly (readonly Located[])[];
  /** What is wrong with it by RFC 4180, each with its place. */
  readonly faults: readonly string[];
}

/** Reads a CSV document (RFC 4180) with whatever separators. A row separator after the last row is allowed, and makes no row. */
export function readCsv(octets: Buffer, dialect: CsvDialect = RFC_4180): CsvReading {
  const text = octets.toString("utf8");
  const reader = new CsvReader(text, dialect);
  const faults = Buffer.from(text, "utf8").equals(octets) ? [] : ["it is not UTF-8"];
  const width = reader.rows[0]?.length ?? 0;
  const uneven = reader.rows.flatMap((row, index) =>
    row.length === width ? [] : [`row ${index + 1} has ${row.length} fields, the first has ${width}`],
  );
  return { rows: reader.rows, faults: [...faults, ...reader.faults, ...uneven] };
}

class CsvReader {
  readonly rows: Located[][] = [];
  readonly faults: string[] = [];
  readonly #text: string;
  readonly #dialect: CsvDialect;
  #at = 0;
  #row: Located[] = [];

  constructor(text: string, dialect: CsvDialect) {
    this.#text = text;
    this.#dialect = dialect;
    while (this.#at < text.length) this.#step();
    if (this.#row.length > 0) this.#endRow();
  }

  /** Reads one field with the separator behind it. */
  #step(): void {
    const { field, row, quote } = this.#dialect;
    const where = `row ${this.rows.length + 1} field ${this.#row.length + 1}`;
    const value = quote !== "" && this.#isAt(quote) ? this.#quoted(where) : this.#plain(where);
    this.#row.push({ value, where });
    if (this.#isAt(field)) {
      this.#at += field.length;
      // A separator at the end of the document has an empty field behind it.
      if (this.#at >= this.#text.length) this.#row.push({ value: "", where });
      return;
    }
    if (this.#isAt(row)) this.#at += row.length;
    this.#endRow();
  }

  #isAt(mark: string): boolean {
    return mark !== "" && this.#text.startsWith(mark, this.#at);
  }

  #endRow(): void {
    this.rows.push(this.#row);
    this.#row = [];
  }

  #plain(where: string): string {
    const { field, row, quote } = this.#dialect;
    const ends = [field, row].flatMap((mark) => {
      const end = mark === "" ? -1 : this.#text.indexOf(mark, this.#at);
      return end < 0 ? [] : [end];
    });
    const value = this.#text.slice(this.#at, Math.min(this.#text.length, ...ends));
    if (quote !== "" && value.includes(quote)) this.faults.push(`${where} has a quote and is not quoted`);
    if (/[\r\n]/.test(value)) this.faults.push(`${where} has a line break that separates no rows and is not quoted`);
    this.#at += value.length;
    return value;
  }

  #quoted(where: string): string {
    const { quote, field, row } = this.#dialect;
    let value = "";
    this.#at += quote.length;
    for (;;) {
      const end = this.#text.indexOf(quote, this.#at);
      if (end < 0) {
        this.faults.push(`${where} is quoted and has no end`);
        value += this.#text.slice(this.#at);
        this.#at = this.#text.length;
        return value;
      }
      value += this.#text.slice(this.#at, end);
      this.#at = end + quote.length;
      if (!this.#isAt(quote)) break;
      value += quote;
      this.#at += quote.length;
    }
    if (this.#at < this.#text.length && !this.#isAt(field) && !this.#isAt(row)) {
      this.faults.push(`${where} goes on behind its closing quote`);
      value += this.#plain(where);
    }
    return value;
  }
}
