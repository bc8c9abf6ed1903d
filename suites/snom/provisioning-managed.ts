import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { FileRequest } from "../../harness/files/server.ts";
import { passBy } from "../support/contacts.ts";
import { rebooted } from "../support/reboots.ts";
import { entry, type Provisioning, provisioning, settingsFile } from "./support/provisioning.ts";

/** Milliseconds in which a phone that still provisions itself would do so after its boot. */
const AFTER_BOOT = 60_000;

/** Seconds between two refreshes of the settings, and the milliseconds in which one has to come. */
const REFRESH = 60;
const REFRESHED_WITHIN = 3 * REFRESH * 1000;

/** Provisions the phone with settings that lead to the ACS. @throws Inconclusive `precondition` when it does not come there */
async function manage({ folder, acs, start }: Provisioning, ...more: readonly string[]): Promise<number> {
  folder.put("settings.xml", settingsFile([...more, ...acs]));
  const { inform } = await start("settings.xml");
  if (inform === undefined) throw new Inconclusive("precondition", "the phone did not come to the ACS by its provisioning");
  return folder.requests.length;
}

/** That nothing more was asked of the provisioning server. `alive` is where the phone was seen afterwards. */
function askedNothing(requirement: string, more: readonly FileRequest[], alive: string): Finding {
  return holds(requirement, more.length === 0, {
    expected: "no request to the provisioning server once TR-069 is enabled",
    actual: more.length === 0 ? "none" : more.map(({ where }) => where).join(", "),
    where: more[0]?.where ?? alive,
  });
}

/** Who is in charge of the phone: its own provisioning, or the ACS. */
export const provisioningManagedCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.provisioning.ends-at-boot",
    title: "fetches no settings at a boot once TR-069 is enabled",
    proves: ["SNOM-TR-069:Enabling-TR-069-on-snom-VoIP-phones#ends-provisioning"],
    needs: ["snom", "provisioning", "reboot"],
    disturbs: "reboot",
    waits: AFTER_BOOT / 1000,
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const fetched = await manage(server);
        // Taken once more, the file would have the phone come with other events than those of a boot.
        server.folder.put("settings.xml", settingsFile([]));
        const session = await rebooted(bench, await bench.acs.session());
        await session.end();
        const later = await bench.acs.silence(AFTER_BOOT);
        await later?.end();
        const alive = await passBy(bench.acs);
        return { more: server.folder.requests.slice(fetched), alive: alive.where };
      }),
    *judge({ more, alive }) {
      yield askedNothing("SNOM-TR-069:Enabling-TR-069-on-snom-VoIP-phones#ends-provisioning", more, alive);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.refresh",
    title: "fetches its settings again when its refresh timer has run out",
    proves: ["SNOM:provisioning#refresh"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    waits: REFRESHED_WITHIN / 1000,
    drive: (bench) =>
      provisioning(bench, async ({ folder }) => {
        folder.put("settings.xml", settingsFile([entry("settings_refresh_timer", String(REFRESH))]));
        await bench.phone.snom.provisionFrom(`${folder.url}settings.xml`);
        const first = await folder.next(bench.patience.reboot, "settings.xml");
        if (first === undefined) throw new Inconclusive("precondition", "the phone did not ask its provisioning server");
        return { first, again: await folder.next(REFRESHED_WITHIN, "settings.xml") };
      }),
    *judge({ first, again }) {
      yield holds("SNOM:provisioning#refresh", again !== undefined, {
        expected: `a second request within ${REFRESHED_WITHIN / 1000} s, settings_refresh_timer being ${REFRESH}`,
        actual: again === undefined ? "none" : `one after ${Math.round((again.at - first.at) / 1000)} s`,
        where: again?.where ?? first.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.provisioning.ends-refresh",
    title: "fetches no settings by its refresh timer once TR-069 is enabled",
    proves: ["SNOM-TR-069:Enabling-TR-069-on-snom-VoIP-phones#ends-refresh"],
    needs: ["snom", "provisioning"],
    disturbs: "reboot",
    waits: REFRESHED_WITHIN / 1000,
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const fetched = await manage(server, entry("settings_refresh_timer", String(REFRESH)));
        const later = await bench.acs.silence(REFRESHED_WITHIN);
        await later?.end();
        const alive = await passBy(bench.acs);
        return { more: server.folder.requests.slice(fetched), alive: alive.where };
      }),
    *judge({ more, alive }) {
      yield askedNothing("SNOM-TR-069:Enabling-TR-069-on-snom-VoIP-phones#ends-refresh", more, alive);
    },
  }),
  cwmpCase({
    id: "snom.provisioning.begins-again",
    title: "provisions itself again at the next boot once TR-069 is switched off",
    proves: ["SNOM:provisioning#begins-again"],
    needs: ["snom", "provisioning", "power-cycle"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const { folder } = server;
        const fetched = await manage(server);
        for (let count = 0; count < fetched; count += 1) await folder.next(0);
        await bench.phone.snom.save({ tr69_use_acs: "off" });
        await bench.phone.powerCycle();
        return { again: await folder.next(bench.patience.reboot), last: folder.requests[fetched - 1] };
      }),
    *judge({ again, last }) {
      yield holds("SNOM:provisioning#begins-again", again !== undefined, {
        expected: "a request to the provisioning server at the boot after tr69_use_acs was set to off",
        actual: again === undefined ? "none" : "one",
        where: again?.where ?? last?.where ?? "the provisioning server",
      });
    },
  }),
];
