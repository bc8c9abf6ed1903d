import { isUtf8 } from "node:buffer";
import type { OctetProblem } from "../wire/octet-problem.ts";
import type { Message } from "./message.ts";

/** What is shown of a datagram. */
export interface Shown {
  readonly role: string;
  readonly label: string;
  /** What it says, a fact each. */
  readonly lines: readonly string[];
  readonly mood: Message["mood"];
}

/** What is wrong with a message, a line each. */
export const problemLines = (problems: readonly OctetProblem[]): readonly string[] =>
  problems.map(({ offset, text, clause }) => `octet ${offset}: ${text} (${clause.replace(":", " ")})`);

/** Octets for a person: a text in quotation marks where they are one, else in hex. */
export function octetsText(octets: Buffer): string {
  const text = octets.toString("utf8");
  // A NUL at the end is what some send, and a reader has to see it.
  return octets.length > 0 && isUtf8(octets) && !/[\u0000-\u001f\u007f](?!$)/.test(text.replace(/\0$/, ""))
    ? JSON.stringify(text).replaceAll("\\u0000", "\\0")
    : `0x${octets.toString("hex")}`;
}
