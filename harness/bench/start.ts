import type { RunningAcs } from "../acs/acs.ts";
import type { Authentication } from "../acs/authentication.ts";
import { inWords } from "../acs/patience.ts";
import { informValue } from "../acs/read.ts";
import type { Session } from "../acs/session.ts";
import { Inconclusive } from "../core/case.ts";
import type { Cancel, Clock } from "../core/clock.ts";
import { seeded } from "../core/random.ts";
import { connectionRequest } from "../phone/connection-request.ts";
import type { Access, Driver } from "../phone/driver.ts";
import { GenericDriver } from "../phone/generic.ts";
import { withHands } from "../phone/hands.ts";
import { handsOf } from "../phone/hooks.ts";
import { makePhone } from "../phone/known-phone.ts";
import { identify, type Learnt, learn } from "../phone/learn.ts";
import { missingValues, resolveValues } from "../phone/learnt-values.ts";
import type { Phone } from "../phone/phone.ts";
import type { Credentials } from "../phone/profile.ts";
import { SnomDriver } from "../phone/snom.ts";
import { SnomProvisionedDriver } from "../phone/snom-provisioned.ts";
import { Recording } from "../trace/recording.ts";
import type { BenchOptions } from "./bench-options.ts";
import { ChangedParameters } from "./changed-parameters.ts";
import { LiveBench } from "./live-bench.ts";
import { LiveNetworks } from "./live-networks.ts";
import { LiveUsp } from "./live-usp.ts";
import { propertyRuns } from "./property-runs.ts";
import type { RunningBench } from "./running-bench.ts";
import { type Servers, startServers } from "./servers.ts";
import { beginUspOnly } from "./start-usp.ts";
import { Summons } from "./summons.ts";
import { madeBrokerCredentials } from "./usp-servers.ts";

export type { RunningBench } from "./running-bench.ts";

/** Milliseconds after which a wait is worth a progress line. */
const LONG_WAIT = 2_000;
const ALPHABET = "abcdefghijkmnopqrstuvwxyz23456789";

/**
 * Starts ACS, file server and USP controller, those that the profile wants, points the phone to them, waits for its first contact, and
 * learns what it is.
 *
 * @throws Inconclusive `unreachable` when the phone never comes, `interrupted` at the signal; nothing is then left open
 */
export async function startBench(options: BenchOptions): Promise<RunningBench> {
  const { clock, profile, signal, target } = options;
  const recording = options.recording ?? new Recording();
  const credentials = credentialsOf(options);
  const starting: Starting = { ...options, recording, credentials, summons: undefined };
  const networks = await LiveNetworks.start({ ...options, recording });
  const servers = await startServers({
    clock,
    recording,
    profile,
    target: target?.host,
    listen: options.listen,
    authentication: credentials.authentication,
    usp: options.usp ?? {},
    broker: credentials.broker,
    trigger: async () => starting.summons?.trigger(),
    farewell: async (session) => starting.summons?.farewell(session),
    onWait: afterAWhile(clock, options.waitsFor),
  }).catch(async (error: unknown) => {
    await networks.stop();
    throw error;
  });
  const driver = driverOf(options, recording);
  try {
    return await unlessAborted(begin(starting, { ...servers, networks, driver }), signal);
  } catch (error) {
    for (const problem of await driver.stop()) options.note(problem);
    await Promise.allSettled([servers.acs?.stop(), servers.files.stop(), servers.controller?.stop(), networks.stop()]);
    throw error;
  } finally {
    options.waitsFor(undefined);
  }
}

interface Starting extends BenchOptions {
  readonly recording: Recording;
  readonly credentials: MadeCredentials;
  /** There once enough of the phone is known. */
  summons: Summons | undefined;
}

interface Started extends Servers {
  readonly networks: LiveNetworks;
  readonly driver: Driver;
}

async function begin(
  starting: Starting,
  { acs, files, controller, collector, authority, networks, driver }: Started,
): Promise<RunningBench> {
  const { clock, recording, profile, credentials, note, waitsFor } = starting;
  const { patience } = profile;
  const to = controller === undefined ? {} : { usp: controller.access(controller.mtps[0] ?? "websocket") };
  const url = acs?.url ?? "";
  // Who is told by DHCP must know it from nobody else.
  const byDhcp = acs !== undefined && profile.claims("dhcp-acs-origin") === true && networks.tellAcs(url);
  const access = { authority, url: byDhcp ? "" : url, ...credentials.access, ...to };
  if (acs === undefined)
    return beginUspOnly({ options: starting, recording, files, controller, collector, networks, driver, access });
  waitsFor(`the phone's first Inform (up to ${inWords(patience.firstContact)})`);
  const first = await firstSession(starting, acs, () => driver.start(access));
  waitsFor("the phone to tell what it has");
  const { learnt, session } = await learnFrom(first, starting, acs);
  const changed = new ChangedParameters(learnt.values);
  let informs = 0;
  acs.onInform(() => {
    informs += 1;
  });
  const phone = makePhone({
    profile,
    learnt,
    driver,
    wire: { clock, recording },
    acs,
    credentials: access.connectionRequest,
    takesConnectionRequests: () => summons.takesConnectionRequests,
    onLan: starting.lan !== undefined,
    showsUsp: (how) => usp?.shows(how) === true,
  });
  const shared = { collector, driver, profile, recording, note, waitsFor };
  const usp = controller === undefined ? undefined : new LiveUsp({ controller, ...shared });
  const summons = new Summons({ clock, patience, phone, changed, note, informs: () => informs });
  for (const missing of missingValues(resolveValues(profile.values, learnt.root), learnt)) note(`${profile.file}: ${missing}`);
  if (session !== undefined && !driver.setsCredentials && profile.reach.connectionRequest === undefined)
    await setCredentials(session, phone, changed, note);
  await summons.learn(session);
  starting.summons = summons;
  networks.manage({ patience, acs });
  await session?.end();
  await confirm(summons, acs);
  await usp?.join((parameter) => phone.values.isVolatile(parameter));
  return new LiveBench({
    clock,
    recording,
    patience,
    properties: propertyRuns(profile, starting.seed, starting.properties),
    acs,
    files,
    usp,
    networks,
    driver,
    phone,
    learnt,
    changed,
    authentication: credentials.authentication,
    address: addressOf(starting, acs),
    secrets: [...new Set([...profile.secrets, ...credentials.secrets, ...driver.secrets])],
    random: seeded(starting.seed),
    note,
    waitsFor,
  });
}

/** The first session up to its empty POST; undefined when the phone informs, and then does not go on. */
async function firstSession(
  { profile, note }: Starting,
  acs: RunningAcs,
  start: () => Promise<void>,
): Promise<Session | undefined> {
  try {
    return await acs.session({ trigger: start, within: profile.patience.firstContact });
  } catch (error) {
    if (!(error instanceof Inconclusive) || error.kind !== "precondition" || acs.latestInform === undefined) throw error;
    note(`the first session: ${error.message}`);
    return undefined;
  }
}

async function learnFrom(
  first: Session | undefined,
  starting: Starting,
  acs: RunningAcs,
): Promise<{ learnt: Learnt; session: Session | undefined }> {
  const { clock, credentials, note, profile, recording } = starting;
  const { patience } = profile;
  const inform = acs.latestInform;
  if (inform === undefined) throw new Inconclusive("unreachable", "the phone came without an Inform");
  const nothing: Learnt = { ...identify(inform), methods: [], model: new Map(), values: new Map(), attributes: new Map() };
  // Nothing is known yet of how to make the phone come: it is asked, and after a session that died it mostly comes again by itself.
  const url = informValue(inform, `${nothing.root}ManagementServer.ConnectionRequestURL`).value ?? "";
  const right = { url, ...credentials.access.connectionRequest, within: patience.contact };
  const trigger = (): Promise<unknown> => connectionRequest({ clock, recording }, right);
  const reopen = (): Promise<Session | undefined> => acs.session({ trigger, within: patience.contact }).catch(() => undefined);
  const session = first ?? (await reopen());
  return session === undefined ? { learnt: nothing, session } : learn(session, { patience, note, reopen });
}

async function setCredentials(
  session: Session,
  phone: Phone,
  changed: ChangedParameters,
  note: (text: string) => void,
): Promise<void> {
  const { username, password } = phone.connectionRequestCredentials;
  const set = await changed.set(session, [
    { name: phone.path("ManagementServer.ConnectionRequestUsername"), value: username },
    { name: phone.path("ManagementServer.ConnectionRequestPassword"), value: password },
  ]);
  if (!set)
    note("the phone does not let the ACS set its connection request credentials; give them under reach.connectionRequest");
}

/** Sees whether the phone comes when it is called; if not, another way is taken from now on. */
async function confirm(summons: Summons, acs: RunningAcs): Promise<void> {
  if (!summons.takesConnectionRequests) return;
  try {
    const session = await acs.contact();
    await session.end();
  } catch (error) {
    if (!(error instanceof Inconclusive) || error.kind !== "unreachable") throw error;
    if (summons.takesConnectionRequests) await summons.noSessionFollows();
  }
}

function addressOf({ target, recording }: Starting, acs: RunningAcs): string {
  if (target !== undefined) return target.port === undefined ? target.host : `${target.host}:${target.port}`;
  return recording.connections.find(({ number }) => number === acs.latestInform?.connection)?.phone.address ?? "unknown";
}

function driverOf({ clock, profile, target, signal, hands, note }: BenchOptions, recording: Recording): Driver {
  const { reach, patience } = profile;
  const wire = { clock, recording };
  const driver =
    reach.driver === "snom" && target !== undefined
      ? new SnomDriver({ wire, target, web: reach.web, ways: profile.snom, reboot: patience.reboot, signal, note })
      : reach.driver === "snom-provisioned"
        ? new SnomProvisionedDriver({ ...wire, provisioning: reach.provisioning, ...patience, note })
        : new GenericDriver({ firstContact: patience.firstContact, note });
  /** What a hook said belongs to the case that it was run for. */
  const told = (text: string): void => (recording.caseId === "" ? note(text) : recording.step(clock.now(), text));
  return withHands(driver, hands ?? handsOf({ clock, hooks: reach.hooks, host: target?.host, note: told }), clock);
}

interface MadeCredentials {
  readonly access: Omit<Access, "url">;
  readonly authentication: Authentication;
  /** For the broker; absent where nobody can tell the device. */
  readonly broker: Credentials | undefined;
  readonly secrets: readonly string[];
}

/** Credentials of the profile, and made-up ones where it has none and the driver can tell the phone. */
function credentialsOf({ profile: { reach }, seed, hands }: BenchOptions): MadeCredentials {
  // Another stream than that of the cases, so that neither disturbs the other.
  const random = seeded(seed + 1);
  const word = (length: number): string =>
    Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");
  const made = { username: `assay-${word(8)}`, password: word(20) };
  const own = reach.driver === "generic" ? { username: "", password: "" } : made;
  const { username = own.username, password = own.password } = reach.acs;
  const connectionRequest = reach.connectionRequest ?? { username: `assay-${word(8)}`, password: word(20) };
  const { authentication: scheme } = reach.acs;
  const broker = reach.driver === "generic" && hands === undefined ? undefined : madeBrokerCredentials(seed);
  return {
    access: { username, password, connectionRequest },
    authentication: scheme === "none" ? { scheme } : { scheme, username, password },
    broker,
    secrets: [password, connectionRequest.password, broker?.password ?? ""].filter((secret) => secret !== ""),
  };
}

/** Tells of waits that last, and of the end of those it has told of. */
function afterAWhile(clock: Clock, waitsFor: BenchOptions["waitsFor"]): (what: string | undefined) => void {
  let cancel: Cancel = () => {};
  let told = false;
  return (what) => {
    cancel();
    if (what === undefined) {
      if (told) waitsFor(undefined);
      told = false;
      return;
    }
    cancel = clock.after(LONG_WAIT, () => {
      told = true;
      waitsFor(what);
    });
  };
}

/** The work's result, unless the signal comes first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stopListening = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(new Inconclusive("interrupted", "interrupted"));
    stopListening = () => signal.removeEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
  work.catch(() => {}); // what is given up may still fail later, and nobody waits for it then
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}
