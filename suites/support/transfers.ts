import { status } from "../../harness/acs/read.ts";
import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import type { Offer } from "../../harness/files/server.ts";

/** A vendor configuration file that changes nothing: whether a phone takes or refuses it, the transfer completes. */
const NO_SETTINGS = '<?xml version="1.0" encoding="utf-8"?>\n<settings>\n  <phone-settings></phone-settings>\n</settings>\n';

export const TRANSFER_COMPLETE = "7 TRANSFER COMPLETE";

/**
 * Has the phone fetch a vendor configuration file, by default one with nothing in it, and gives the session in which it wants to report that: its
 * Inform, not yet answered, has the event 7 TRANSFER COMPLETE. Cases with it need the feature `download`.
 * @param commandKey CommandKey of the Download; a case that tells transfers apart gives its own
 * @throws Inconclusive when the phone refuses, completes the transfer at once (Status 0), or never reports it
 */
export async function pendingTransfer(bench: CwmpBench, commandKey = "assay", content = NO_SETTINGS): Promise<Session> {
  const { acs } = bench;
  const before = neverReported.get(bench.recording);
  if (before !== undefined) throw new Inconclusive("precondition", before);
  const session = await acs.session();
  await requestTransfer(bench, session, commandKey, content);
  try {
    return await acs.contact({ trigger: () => session.end(), event: TRANSFER_COMPLETE, within: REPORTED_WITHIN });
  } catch (error) {
    if (!(error instanceof Inconclusive) || error.kind !== "unreachable") throw error;
    const reason = `no Inform with ${TRANSFER_COMPLETE} within ${REPORTED_WITHIN / 1000} s after a Download that was accepted`;
    neverReported.set(bench.recording, `${reason}, in an earlier case of this run`);
    throw new Inconclusive("precondition", reason);
  }
}

/** Milliseconds for the phone to fetch a small file from us, to apply it, and to say so. */
const REPORTED_WITHIN = 120_000;

/** Runs in which the phone has not reported a transfer: it is not waited for again, or a dozen cases would take an hour. */
const neverReported = new WeakMap<object, string>();

/** Sends the Download of `pendingTransfer` in a session whose empty POST is outstanding, and gives what the phone is to fetch. */
export async function requestTransfer(
  { files }: CwmpBench,
  session: Session,
  commandKey: string,
  content = NO_SETTINGS,
): Promise<Offer> {
  const offer = files.offer("config.xml", content, { contentType: "text/xml" });
  const reply = await session.download({
    commandKey,
    fileType: "3 Vendor Configuration File",
    url: offer.url,
    fileSize: Buffer.byteLength(content),
  });
  if (status(reply, "Download").value === "1") return offer;
  await session.end();
  const answer = reply.kind === "response" ? `Status ${status(reply, "Download").value ?? "absent"}` : reply.summary.value;
  throw new Inconclusive("precondition", `no transfer is pending: Download was answered with ${answer}, not with Status 1`);
}
