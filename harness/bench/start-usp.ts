import type { RunningCollector } from "../collector/server.ts";
import type { RunningController } from "../controller/usp-controller.ts";
import { Inconclusive } from "../core/case.ts";
import { seeded } from "../core/random.ts";
import type { FileServer } from "../files/server.ts";
import type { Access, Driver } from "../phone/driver.ts";
import { makePhone } from "../phone/known-phone.ts";
import type { Recording } from "../trace/recording.ts";
import type { BenchOptions } from "./bench-options.ts";
import type { LiveNetworks } from "./live-networks.ts";
import { LiveUsp } from "./live-usp.ts";
import { propertyRuns } from "./property-runs.ts";
import type { RunningBench } from "./running-bench.ts";
import { UspOnlyBench } from "./usp-only-bench.ts";
import { helpingBack } from "./usp-restarts.ts";

/** What is there before the device has been pointed to us. */
export interface UspOnlyStart {
  readonly options: BenchOptions;
  readonly recording: Recording;
  readonly files: FileServer;
  readonly controller: RunningController | undefined;
  readonly collector: RunningCollector;
  readonly networks: LiveNetworks;
  readonly driver: Driver;
  readonly access: Access;
}

/** A device without CWMP is not heard before its agent comes, which is all that it is known by. */
const ROOT = "Device.";

/** Whoever is at the device starts it anew; where nobody can, it is told to. */
async function startAnew(driver: Driver, controller: RunningController): Promise<unknown> {
  return driver.can("powerCycle") ? driver.powerCycle() : controller.operate("Device.Reboot()");
}

/**
 * Points a device that has no CWMP to the controller, waits for its agent, and learns what it is.
 * @throws Inconclusive `unreachable` when it does not come
 */
export async function beginUspOnly({
  options,
  recording,
  files,
  controller,
  collector,
  networks,
  driver,
  access,
}: UspOnlyStart): Promise<RunningBench> {
  const { clock, profile, seed, note, waitsFor, target } = options;
  const { patience } = profile;
  if (controller === undefined) throw new Inconclusive("precondition", "the profile claims neither cwmp nor usp");
  const usp = new LiveUsp({ controller, collector, driver, profile, recording, note, waitsFor });
  recording.onUsp(helpingBack({ controller, driver, note }));
  await driver.start(access);
  await usp.join((parameter) => phone.values.isVolatile(parameter));
  networks.manage({ patience, restart: () => startAnew(driver, controller) });
  if (usp.trouble !== undefined) throw new Inconclusive("unreachable", usp.trouble);
  const phone = makePhone({
    profile,
    learnt: { root: ROOT, identity: usp.identity, methods: [], model: new Map(), values: new Map(), attributes: new Map() },
    driver,
    wire: { clock, recording },
    acs: { latestInform: undefined, onInform: () => () => {} },
    credentials: access.connectionRequest,
    takesConnectionRequests: () => false,
    onLan: options.lan !== undefined,
    showsUsp: (how) => usp.shows(how),
  });
  return new UspOnlyBench({
    clock,
    recording,
    patience,
    properties: propertyRuns(profile, seed, options.properties),
    files,
    usp,
    networks,
    driver,
    phone,
    address: target?.host ?? recording.connections.at(-1)?.phone.address ?? "unknown",
    secrets: [...new Set([...profile.secrets, ...driver.secrets])],
    random: seeded(seed),
    note,
  });
}
