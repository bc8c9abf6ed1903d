import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RanCase } from "../run/result.ts";
import type { Trace } from "../trace/recording.ts";
import { pcapng } from "./pcapng.ts";
import type { Redactor } from "./redact.ts";
import { sequenceDiagram } from "./sequence.ts";
import { transcript } from "./transcript.ts";

export interface EvidenceOptions {
  /** Folder of the report. */
  readonly folder: string;
  /** When the case began, by the clock of the run. */
  readonly startedAt: number;
  readonly redactor: Redactor;
  /** Stack of a fault of ours. */
  readonly fault?: string;
}

/**
 * Writes what a case leaves behind into `evidence/<case id>/`: `transcript.txt`, `sequence.svg` and `capture.pcapng`.
 * @returns the files, relative to the report's folder; none when nothing went over the wire and nothing was found
 */
export function writeEvidence(ran: RanCase, trace: Trace, options: EvidenceOptions): readonly string[] {
  const { folder, startedAt, redactor, fault } = options;
  const files: [name: string, content: string | Buffer][] = [];
  const { exchanges, octets, calls, garbage, usp, datagrams } = trace;
  const spoke = exchanges.length + octets.length + calls.length + garbage.length + usp.length + datagrams.length > 0;
  if (spoke || ran.findings.length > 0) files.push(["transcript.txt", transcript(ran, trace, startedAt, redactor)]);
  if (spoke) files.push(["sequence.svg", sequenceDiagram(ran, trace, startedAt, redactor)]);
  if (octets.length + datagrams.length > 0)
    files.push(["capture.pcapng", pcapng(trace, redactor, `${ran.id}: the phone ${ran.title}`)]);
  if (fault !== undefined) files.push(["fault.txt", `${redactor.text(fault)}\n`]);
  if (files.length === 0) return [];
  const place = join("evidence", ran.id);
  mkdirSync(join(folder, place), { recursive: true });
  return files.map(([name, content]) => {
    writeFileSync(join(folder, place, name), content);
    return `${place}/${name}`;
  });
}
