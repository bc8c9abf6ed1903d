import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import {
  ASKS_AGAIN,
  awayFromHome,
  type Elsewhere,
  elsewhere,
  found,
  telling,
  UNREACHABLE,
  withUrl,
} from "../support/acs-discovery.ts";
import { says } from "../support/dhcp.ts";
import { demand } from "../support/steps.ts";

const ORIGIN = "TR-069:3.1#origin";

interface Losing {
  readonly id: string;
  readonly title: string;
  /** What happens to the phone at the ACS that it was given, before that is out of reach. */
  meanwhile?(bench: CwmpBench, given: Elsewhere): Promise<void>;
}

/** The phone is sent to another ACS by the one that it has found by DHCP, loses it, and is told a third one by DHCP. */
const losingCase = ({ id, title, meanwhile }: Losing): AnyCase<CwmpBench> =>
  cwmpCase({
    id,
    title,
    proves: [ORIGIN],
    references: ["DSC-009"],
    needs: ["lan", "dhcp-acs-discovery", "dhcp-acs-origin"],
    disturbs: "network",
    waits: (UNREACHABLE + ASKS_AGAIN) / 1000,
    async drive(bench) {
      const [given, told] = [await elsewhere(bench), await elsewhere(bench)];
      return awayFromHome(
        bench,
        () => [given, told],
        (session) => withUrl(bench, session, given.listener.url),
        async (session) => {
          const there = await given.session(() => session.end(), bench.patience.reboot);
          if (there === undefined) throw new Inconclusive("precondition", "the phone does not come to the ACS that it was given");
          await there.end();
          await meanwhile?.(bench, given);
          await given.listener.close();
          says(bench, telling({ url: told.listener.url }));
          // It is called, so that it has something to try for.
          const came = await told.session("usual", UNREACHABLE + ASKS_AGAIN);
          await came?.end();
          return { inform: came?.inform, where: came?.inform.where ?? "no session at the address that DHCP has told" };
        },
      );
    },
    *judge(seen) {
      yield found(ORIGIN, seen);
    },
  });

/** How a device that knows no ACS after a factory reset finds one again (TR-069 3.1). */
export const discoveryOriginCases: readonly AnyCase<CwmpBench>[] = [
  losingCase({
    id: "cwmp.discovery.origin",
    title: "looks by DHCP as at first when it loses an ACS that was set since",
  }),
  losingCase({
    id: "cwmp.discovery.origin-after-reboot",
    title: "remembers over a reboot that it has found its first ACS by DHCP",
    async meanwhile({ patience }, given) {
      const session = await given.session("usual", patience.contact);
      if (session === undefined)
        throw new Inconclusive("unreachable", "the phone does not come again to the ACS that it was given");
      demand(await session.reboot("assay"), "Reboot", "rebooting");
      const back = await given.session(() => session.end(), patience.reboot);
      if (back === undefined) throw new Inconclusive("unreachable", "the phone does not come back from its reboot");
      await back.end();
    },
  }),
];
