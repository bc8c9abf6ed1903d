import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { CollectorWay, Delivery } from "../../harness/collector/collector.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import type { FeatureName } from "../../harness/phone/features.ts";
import { type Encoding, gather, type Reported, readDelivery, upTime, withHttpProfile } from "./support/bulk.ts";
import { growing, reportedObject, reportsObject, withBootParameters } from "./support/bulk-contents.ts";
import {
  identified,
  identityOf,
  isWithin,
  oneParameter,
  PARAMETER,
  reported,
  TRANSFERS,
  twoTransfers,
  WELL_FORMED,
  wellFormed,
} from "./support/bulk-judging.ts";

const IDENTITY = "TR-369:R-BULK.1";
const TLS = "TR-369:R-BULK.6";
const QUERY = "TP-469:10.5#query";

interface Wanted {
  readonly way?: CollectorWay;
  readonly encoding?: Encoding;
  readonly parameters: readonly Reported[];
  readonly query?: readonly Reported[];
}

/** Two transfers of a profile, as the test plan has it in each of its tests. */
const twoDeliveries = (bench: UspBench, wanted: Wanted) =>
  withHttpProfile(bench, wanted, async ({ profile, inbox }) => {
    const known = await identityOf(bench);
    const begun = await profile.enable();
    const deliveries = await gather(bench, inbox, 2, profile.twoReports);
    const transfers = deliveries.map((delivery) => readDelivery(delivery, profile.layout));
    return { known, begun, within: profile.twoReports, deliveries, transfers };
  });

type Seen = Awaited<ReturnType<typeof twoDeliveries>>;

/** What every test of the plan asks for. */
function* delivered({ deliveries, begun, within, known }: Seen): Iterable<Finding> {
  yield twoTransfers(deliveries, begun, within);
  yield* identified(deliveries, known);
}

/** Where they are to come over TLS: the place listens for nothing else. */
function* secure(isSecured: boolean, deliveries: readonly Delivery[]): Iterable<Finding> {
  if (!isSecured) return;
  yield holds(TLS, deliveries.length > 0, {
    expected: "a transfer over TLS",
    actual: `${deliveries.length}`,
    where: deliveries[0]?.where ?? "after the profile was enabled",
  });
}

/** What a test and its twin over HTTPS differ in. */
const over = (isSecured: boolean) => ({
  protocol: isSecured ? "HTTPS" : "HTTP",
  id: `usp.bulk.${isSecured ? "https" : "http"}`,
  proves: isSecured ? [TLS] : [],
  needs: isSecured ? (["usp-bulk-https"] as const) : [],
  way: isSecured ? ("https" as const) : ("http" as const),
});

const encoded = (encoding: Encoding, needs: FeatureName, test: string, isSecured: boolean): AnyCase<Bench> => {
  const way = over(isSecured);
  return uspCase({
    id: `${way.id}-${encoding.toLowerCase()}`,
    title: `delivers a parameter in ${encoding} over ${way.protocol}, once in each interval`,
    proves: [TRANSFERS, WELL_FORMED, PARAMETER, IDENTITY, ...way.proves],
    references: [`TP-469 ${test}`],
    needs: [needs, ...way.needs],
    waits: 130,
    drive(bench) {
      const uptime = upTime(bench);
      const wanted = { way: way.way, encoding, parameters: [uptime] };
      return growing(bench, uptime, () => twoDeliveries(bench, wanted));
    },
    *judge(seen) {
      yield* delivered(seen);
      yield* secure(isSecured, seen.deliveries);
      yield* wellFormed(seen.transfers);
      yield* oneParameter(seen.transfers, seen.growing);
    },
  });
};

const withQuery = (test: string, isSecured: boolean): AnyCase<Bench> => {
  const way = over(isSecured);
  return uspCase({
    id: `${way.id}-query`,
    title: `puts a parameter of the profile into the query over ${way.protocol}`,
    proves: [TRANSFERS, QUERY, IDENTITY, ...way.proves],
    references: [`TP-469 ${test}`],
    needs: ["usp-bulk-http", ...way.needs],
    waits: 130,
    drive(bench) {
      const uptime = upTime(bench);
      const wanted = { way: way.way, parameters: [uptime], query: [uptime] };
      return growing(bench, uptime, () => twoDeliveries(bench, wanted));
    },
    *judge(seen) {
      yield* delivered(seen);
      yield* secure(isSecured, seen.deliveries);
      const { name, before, after } = seen.growing;
      for (const { query, where } of seen.deliveries) {
        const given = query.getAll(name);
        yield holds(QUERY, given.length === 1 && isWithin({ value: given[0], where }, seen.growing), {
          expected: `${name} once, from ${before} to ${after}`,
          actual: few([...query].map(([one, value]) => `${one}=${value}`)),
          where,
        });
      }
    },
  });
};

export const bulkHttpCases: readonly AnyCase<Bench>[] = [
  encoded("JSON", "usp-bulk-http-json", "10.1", false),
  encoded("JSON", "usp-bulk-http-json", "10.2", true),
  encoded("CSV", "usp-bulk-http-csv", "10.3", false),
  encoded("CSV", "usp-bulk-http-csv", "10.4", true),
  withQuery("10.5", false),
  withQuery("10.6", true),
  uspCase({
    id: "usp.bulk.https-impostor",
    title: "delivers nothing over HTTPS to a collector that it cannot authenticate",
    proves: [TLS],
    needs: ["usp-bulk-http", "usp-bulk-https"],
    waits: 130,
    drive: (bench) =>
      withHttpProfile(bench, { way: "impostor", parameters: [upTime(bench)] }, async ({ profile, inbox }) => {
        await profile.enable();
        const delivery = await inbox.next(profile.twoReports);
        // That it delivers at all is shown by another place, which it can authenticate.
        const known = await bench.collector.open("https");
        const params = [{ name: "HTTP.URL", value: known.url, required: true }];
        await bench.controller.set([{ path: profile.path, params }]);
        if ((await known.next(profile.twoReports)) === undefined)
          throw new Inconclusive("control-failed", "the agent delivers nothing to a collector that it can authenticate either");
        return { delivery };
      }),
    *judge({ delivery }) {
      yield holds(TLS, delivery === undefined, {
        expected: "no delivery to a collector with a certificate by an unknown authority",
        actual: delivery === undefined ? "none" : "one",
        where: delivery?.where ?? "after the profile was enabled",
      });
    },
  }),
  uspCase({
    id: "usp.bulk.http-wildcard",
    title: "reports over HTTP all parameters that a reference with wildcards finds",
    proves: [TRANSFERS, WELL_FORMED, "TR-369:R-BULK.9", PARAMETER, IDENTITY],
    references: ["TP-469 10.8"],
    needs: ["usp-bulk-http", "usp-boot-parameters"],
    waits: 130,
    drive: (bench) =>
      withBootParameters(bench, "Enabled", async (one, expected) => {
        return { expected, ...(await twoDeliveries(bench, { parameters: [one] })) };
      }),
    *judge(seen) {
      yield* delivered(seen);
      yield* wellFormed(seen.transfers);
      yield* reported("TR-369:R-BULK.9", seen.transfers, seen.expected);
    },
  }),
  uspCase({
    id: "usp.bulk.http-object",
    title: "reports over HTTP all parameters of an object, each under its name",
    proves: [TRANSFERS, WELL_FORMED, "TR-369:R-BULK.10", IDENTITY],
    references: ["TP-469 10.9"],
    needs: ["usp-bulk-http"],
    waits: 130,
    async drive(bench) {
      const object = await reportedObject(bench, "TestController", bench.agent.controllerPath);
      return { object, ...(await twoDeliveries(bench, { parameters: [object.reported] })) };
    },
    *judge(seen) {
      yield* delivered(seen);
      yield* wellFormed(seen.transfers);
      yield* reportsObject("TR-369:R-BULK.10", seen.transfers, seen.object);
    },
  }),
];
