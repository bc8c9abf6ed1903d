import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A folder that this run writes its report into, or the process that already does. */
export type Claim = { readonly kind: "ours"; release(): void } | { readonly kind: "taken"; readonly by: number };

/** Claims the folder of a report, so that two runs at once do not mix theirs. A claim ends with its process. */
export function claimFolder(folder: string): Claim {
  const mark = join(folder, ".running");
  const by = Number(textOf(mark) ?? "0");
  if (by > 0 && by !== process.pid && isRun(by)) return { kind: "taken", by };
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, String(process.pid));
  return { kind: "ours", release: () => rmSync(mark, { force: true }) };
}

/** Whether this process lives and is a run; numbers of processes are given again, and in containers soon. */
function isRun(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return textOf(`/proc/${pid}/cmdline`)?.includes("assay") ?? true;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
