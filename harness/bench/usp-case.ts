import { type AnyCase, type Case, erase } from "../core/case.ts";
import type { FeatureName } from "../phone/features.ts";
import type { Mtp } from "../trace/usp.ts";
import type { MqttVersion } from "../wire/mqtt.ts";
import type { CwmpBench } from "./bench.ts";
import type { Bench, UspBench } from "./usp-bench.ts";

/** A case on the USP bench: `needs` takes only features that exist, and has `usp` by itself. */
export interface UspCase<Evidence, Given = UspBench> extends Case<Given, Evidence> {
  readonly needs?: readonly FeatureName[];
  /** It is about this MTP, and is driven once the agent comes over it; all others are driven over whatever it comes. */
  readonly mtp?: Mtp;
  /** It is about this version of MQTT alone. */
  readonly mqttVersion?: MqttVersion;
}

/** What a case about both protocols drives: everything of either bench. */
export type BothBench = CwmpBench & UspBench;

/** Takes a case into a list of cases, as `cwmpCase`. It is driven once the agent is there. */
export const uspCase = <Evidence>(one: UspCase<Evidence>): AnyCase<Bench> => driven(one, ["usp"], ({ usp }) => usp);

/** The same for a case about a phone that is managed over CWMP and USP at once. */
export const bothCase = <Evidence>(one: UspCase<Evidence, BothBench>): AnyCase<Bench> =>
  // Inherited, not copied: a bench without a LAN throws when it is asked for one.
  driven(one, ["cwmp", "usp"], ({ acs, usp }) => Object.create(usp, { acs: { value: acs } }) as BothBench);

function driven<Evidence, Given extends UspBench>(
  one: UspCase<Evidence, Given>,
  needs: readonly FeatureName[],
  given: (bench: Bench) => Given,
): AnyCase<Bench> {
  return erase<Bench, Evidence>({
    ...one,
    needs: [...needs, ...(one.mtp === "mqtt" ? (["usp-mqtt"] as const) : []), ...(one.needs ?? [])],
    async drive(bench) {
      // A passive case looks at what was recorded, wherever the agent is by then.
      if (one.passive !== true) await bench.usp.ready(one.mtp);
      return one.drive(given(bench));
    },
  });
}
