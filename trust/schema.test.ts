import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seeded } from "../harness/core/random.ts";
import { Recording } from "../harness/trace/recording.ts";
import { decodeEnvelope } from "../harness/wire/soap.ts";
import { startPhone } from "../simulator/phone.ts";
import { examine } from "./examine.ts";
import { SEED } from "./rig.ts";
import { openSchemaWitness } from "./schema-witness.ts";

// The published XML schema of CWMP as an independent witness: neither our decoder nor our phone has written it.

const folder = join(import.meta.dirname, "../../shared/specs/cwmp");
const there = existsSync(join(folder, "cwmp-1-2.xsd"));
if (!there) console.warn("The CWMP schemas are not in ../shared/specs/cwmp: messages are not held against them.");

/** Cases that send what no schema allows, to see what the phone makes of it. */
const WRONG_ON_PURPOSE = [
  /^cwmp\.(?:malformed-answers|session-faults|faults|acs-messages)\./,
  /\.(?:over-long-\w+|long-command-key|unsigned-range|not-an?-\w+|fault-for-each|range|no-dot)$/,
  /^cwmp\.redirects\.body$/,
  /^snom\.map-types-written\.[\w-]+-refused$/,
  /^snom\.vendor-methods\.standard-name$/,
];

/** The schema lists one entity of an AccessList; the text of A.3.2.4 lets vendors have their own. */
const WIDER_THAN_THE_SCHEMA = /^cwmp\.access-list\.unknown-entity$/;

test.runIf(there)("every message of the simulated phone and of the ACS is valid", { timeout: 480_000 }, async () => {
  const recording = new Recording();
  await examine((clock) => startPhone({ clock, random: seeded(SEED) }), { recording });
  const witnesses = new Map(([0, 1, 2] as const).map((version) => [`${version}`, openSchemaWitness(folder, version)]));
  const complaints = new Set<string>();
  const valid = { phone: 0, acs: 0 };
  const hold = (who: "phone" | "acs", body: Buffer, about: string): void => {
    const envelope = decodeEnvelope(body, about);
    const version = /cwmp-1-(\d)$/.exec(envelope.cwmpNamespace ?? "")?.[1] ?? "";
    // Methods of a vendor, and those invented by a case, are in no schema.
    if (/^X[_-]/.test(envelope.method)) return;
    const found = witnesses.get(version)?.complaints(body) ?? [`no schema for version 1.${version}`];
    for (const complaint of found) complaints.add(`${who}, ${envelope.method}: ${complaint} (${about})`);
    if (found.length === 0) valid[who] += 1;
  };
  for (const { request, response, caseId, where } of recording.exchanges) {
    if (WIDER_THAN_THE_SCHEMA.test(caseId)) continue;
    if (request.body.length > 0) hold("phone", request.body, `${caseId}, ${where}`);
    if (response !== undefined && response.body.length > 0 && !WRONG_ON_PURPOSE.some((cases) => cases.test(caseId)))
      hold("acs", response.body, `${caseId}, ${where}`);
  }
  expect([...complaints].slice(0, 20)).toEqual([]);
  expect(valid.phone).toBeGreaterThan(1000);
  expect(valid.acs).toBeGreaterThan(1000);
});
