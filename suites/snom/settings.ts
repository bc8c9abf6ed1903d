import { eventCodes } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { refused } from "../support/connection-requests.ts";
import { comes, passBy } from "../support/contacts.ts";
import { restoring } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { bootstraps, cameOn, managedAs, showManaged, turnedOn, UNMANAGED, unmanagedSeconds } from "./support/management.ts";

const TABLE = "SNOM-TR-069:TR-069-specific-phone-settings";

const needs = ["snom"] as const;

/** Seconds of a periodic Inform that a phone without management must not send. */
const OFTEN = "10";

/** No Inform came while the phone was turned off. */
function keptSilent(requirement: string, inform: Exchange | undefined, how: string, seconds: number): Finding {
  return holds(requirement, inform === undefined, {
    expected: `no Inform for ${seconds} s`,
    actual: inform === undefined ? "so" : `an Inform with ${eventCodes(inform).value?.join(", ") || "no event"}`,
    where: inform?.where ?? how,
  });
}

/** The first Inform to the same ACS, after the phone was off, with each of these values of tr69_bootstrap. */
async function firstInforms(bench: CwmpBench, values: readonly string[]): Promise<readonly Exchange[]> {
  const informs: Exchange[] = [];
  for (const value of values) {
    await bench.phone.snom.save({ tr69_use_acs: "off" });
    const inform = await turnedOn(bench, { tr69_bootstrap: value });
    if (inform === undefined) throw new Inconclusive("precondition", "turned on, the phone did not contact the ACS");
    informs.push(inform);
  }
  await showAlive(bench);
  return informs;
}

/** What comes in so many milliseconds; its session is served. */
async function comesUnasked({ acs }: CwmpBench, milliseconds: number): Promise<Exchange | undefined> {
  const session = await acs.silence(milliseconds);
  await session?.end();
  return session?.inform;
}

export const settingsCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.settings.bootstrap-on",
    title: "gives 0 BOOTSTRAP to the ACS that it knows when tr69_bootstrap is on",
    proves: [`${TABLE}#bootstrap-on`],
    needs,
    drive: (bench) => firstInforms(bench, ["on"]),
    *judge(informs) {
      for (const inform of informs) yield bootstraps(`${TABLE}#bootstrap-on`, inform, true);
    },
  }),
  cwmpCase({
    id: "snom.settings.bootstrap-off",
    title: "gives no 0 BOOTSTRAP to the ACS that it knows when tr69_bootstrap is off",
    proves: [`${TABLE}#bootstrap-off`],
    needs,
    drive: (bench) => firstInforms(bench, ["off"]),
    *judge(informs) {
      for (const inform of informs) yield bootstraps(`${TABLE}#bootstrap-off`, inform, false);
    },
  }),
  cwmpCase({
    id: "snom.settings.bootstrap-digits",
    title: "takes 1 and 0 as tr69_bootstrap like on and off",
    proves: [`${TABLE}#bootstrap-digits`],
    needs,
    drive: (bench) => firstInforms(bench, ["1", "0"]),
    *judge([on, off]) {
      if (on !== undefined) yield bootstraps(`${TABLE}#bootstrap-digits`, on, true);
      if (off !== undefined) yield bootstraps(`${TABLE}#bootstrap-digits`, off, false);
    },
  }),
  cwmpCase({
    id: "snom.settings.use-acs-off",
    title: "sends no Inform while tr69_use_acs is off, not even a periodic one",
    proves: [`${TABLE}#use-acs-off`],
    needs,
    waits: unmanagedSeconds,
    drive(bench) {
      const interval = bench.phone.path("ManagementServer.PeriodicInformInterval");
      const enable = bench.phone.path("ManagementServer.PeriodicInformEnable");
      return restoring(bench, [interval, enable], async (stage) => {
        const often = [
          { name: interval, value: OFTEN, type: "unsignedInt" },
          { name: enable, value: "1", type: "boolean" },
        ];
        demand(await stage.write(often), "SetParameterValues", `setting ${interval} to ${OFTEN}`);
        await stage.session.end();
        return managedAs(bench, { tr69_use_acs: "off" }, async () => {
          const inform = await comesUnasked(bench, UNMANAGED);
          await showManaged(bench);
          return inform;
        });
      });
    },
    *judge(inform) {
      yield keptSilent(`${TABLE}#use-acs-off`, inform, "tr69_use_acs saved as off", unmanagedSeconds);
    },
  }),
  cwmpCase({
    id: "snom.settings.use-acs-off-called",
    title: "opens no session for a connection request while tr69_use_acs is off",
    proves: [`${TABLE}#use-acs-off-called`, "SNOM:settings#off-refuses-calls"],
    needs: ["snom", "connection-request"],
    waits: unmanagedSeconds,
    drive: (bench) =>
      managedAs(bench, { tr69_use_acs: "off" }, async () => {
        const answer = await bench.phone.connectionRequest();
        const inform = await comesUnasked(bench, UNMANAGED);
        await showManaged(bench);
        return { answer, inform };
      }),
    *judge({ answer, inform }) {
      yield keptSilent(`${TABLE}#use-acs-off-called`, inform, answer.last.where, unmanagedSeconds);
      // Success promises a session within 30 s (TR-069 3.2.2).
      yield refused("SNOM:settings#off-refuses-calls", "a connection request to a phone that is turned off", answer);
    },
  }),
  cwmpCase({
    id: "snom.settings.use-acs-on",
    title: "contacts the ACS when tr69_use_acs is turned on",
    proves: [`${TABLE}#use-acs-on`],
    needs,
    drive: (bench) =>
      managedAs(bench, { tr69_use_acs: "off" }, async () => {
        const trigger = (): Promise<void> => bench.phone.snom.save({ tr69_use_acs: "on" });
        const session = await comes(bench.acs, { trigger, within: bench.patience.firstContact });
        await session?.end();
        return session?.inform;
      }),
    *judge(inform) {
      yield cameOn(`${TABLE}#use-acs-on`, inform, "tr69_use_acs saved as on");
    },
  }),
  cwmpCase({
    id: "snom.settings.use-acs-digits",
    title: "takes 1 and 0 as tr69_use_acs like on and off",
    proves: [`${TABLE}#use-acs-digits`],
    needs: ["snom", "connection-request"],
    waits: unmanagedSeconds,
    drive: (bench) =>
      managedAs(bench, { tr69_use_acs: "0" }, async () => {
        await bench.phone.connectionRequest();
        const silent = await comesUnasked(bench, UNMANAGED);
        const on = await turnedOn(bench, { tr69_use_acs: "1" });
        if (on === undefined) await showManaged(bench);
        return { silent, on };
      }),
    *judge({ silent, on }) {
      yield keptSilent(`${TABLE}#use-acs-digits`, silent, "tr69_use_acs saved as 0", unmanagedSeconds);
      yield cameOn(`${TABLE}#use-acs-digits`, on, "tr69_use_acs saved as 1");
    },
  }),
];

/** Those that start the phone anew. */
export const settingsRebootCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.settings.use-acs-off-after-boot",
    title: "contacts no ACS after a boot with tr69_use_acs off",
    proves: [`${TABLE}#use-acs-off-boot`],
    needs: ["snom", "power-cycle"],
    disturbs: "reboot",
    waits: 120,
    drive: (bench) =>
      managedAs(bench, { tr69_use_acs: "off" }, async () => {
        const { phone, patience } = bench;
        await phone.powerCycle();
        const inform = await comesUnasked(bench, patience.reboot);
        await showManaged(bench);
        return { inform, seconds: patience.reboot / 1000 };
      }),
    *judge({ inform, seconds }) {
      yield keptSilent(`${TABLE}#use-acs-off-boot`, inform, "the boot with tr69_use_acs off", seconds);
    },
  }),
  cwmpCase({
    id: "snom.settings.events-cleared",
    title: "drops the events that it has not delivered when tr69_events is saved empty",
    proves: ["SNOM:settings#events-cleared"],
    needs: ["snom", "reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const { acs, phone, patience } = bench;
      const session = await acs.session();
      demand(await session.reboot("assay"), "Reboot", "rebooting");
      const booted = await acs.contact({ trigger: () => session.end(), event: "M Reboot", within: patience.reboot });
      // Refused, the events stay to be delivered (TR-069 3.7.1.5), until the phone is told to forget them.
      await booted.answer({ status: 503 }, { within: 2_000 });
      await phone.snom.save({ tr69_events: "" });
      return passBy(acs);
    },
    *judge(inform) {
      const { value = [], where } = eventCodes(inform);
      const kept = value.filter((code) => code === "M Reboot" || code === "1 BOOT");
      yield holds("SNOM:settings#events-cleared", kept.length === 0, {
        expected: "neither 1 BOOT nor M Reboot after tr69_events was saved empty",
        actual: value.join(", ") || "no event",
        where,
      });
    },
  }),
];
