import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { ConnectionRequestAnswer } from "../../harness/phone/connection-request.ts";
import { showAlive } from "./alive.ts";

export const CONNECTION_REQUEST = "6 CONNECTION REQUEST";

/** What an HTTP client of an ACS sends beside what a connection request needs. */
export const USUAL_FIELDS = [
  ["Accept", "*/*"],
  ["User-Agent", "assay"],
] as const;

/** Milliseconds within which a session follows on a connection request: 30 s by the clause. */
export const FOLLOWING = 30_000;

/** A finding that a request, described in words, was not taken. */
export function refused(requirement: string, what: string, { accepted, last }: ConnectionRequestAnswer): Finding {
  return holds(requirement, !accepted, { expected: `no success for ${what}`, actual: last.summary, where: last.where });
}

/** A finding that a request was taken, with a status that it may be taken with. */
export const succeeded = (requirement: string, { accepted, last }: ConnectionRequestAnswer): Finding =>
  holds(requirement, accepted, { expected: "200 or 204", actual: last.summary, where: last.where });

/** Shows that a right connection request works, so that a refusal before it says something about what was wrong with that one. */
export async function showAccepting(bench: CwmpBench): Promise<void> {
  await showAlive(bench, {
    trigger: async () => {
      const { accepted, last } = await bench.phone.connectionRequest();
      if (!accepted) throw new Inconclusive("control-failed", `a right connection request was answered: ${last.summary}`);
    },
    event: CONNECTION_REQUEST,
  });
}
