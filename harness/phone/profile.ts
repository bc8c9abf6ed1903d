import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { plainSpeech, type Speech } from "../acs/messages.ts";
import { defaultPatience, type Patience } from "../acs/patience.ts";
import type { Disturbance } from "../core/case.ts";
import { closest } from "../core/closest.ts";
import { readYaml, schemaProblems } from "../core/yaml-place.ts";
import type { Mtp } from "../trace/usp.ts";
import type { MqttVersion } from "../wire/mqtt.ts";
import { FEATURES, type FeatureName, isFeature } from "./features.ts";
import { fieldsAt, type ProfileFile, profileSchema } from "./profile-schema.ts";
import { SNOM_WAYS, type SnomWays } from "./snom-phone.ts";
import type { UspTestValues } from "./usp-values.ts";
import type { TestValues } from "./values.ts";

/** A command of the lab that stands in for a hand at the phone. */
export interface Hook {
  /** Given to the shell. */
  readonly command: string;
  /** Milliseconds that it may take. */
  readonly within: number;
}

/** What a command of the lab may stand in for. */
export type HookName = "start" | "powerCycle" | "reboot" | "factoryReset" | "localReset" | "localChange" | "stop";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** How the phone is reached, and how it reaches us. Secrets are resolved. */
export interface Reach {
  readonly driver: "snom" | "snom-provisioned" | "generic";
  readonly web: { readonly scheme: "http" | "https"; readonly port?: number } & Partial<Credentials>;
  readonly acs: {
    readonly listen: { readonly host?: string; readonly port?: number };
    /** Host name or address that the phone shall use. */
    readonly advertise?: string;
    readonly path: string;
    readonly username?: string;
    readonly password?: string;
    readonly authentication: "none" | "basic" | "digest";
    /** PEM texts. */
    readonly tls?: { readonly key: string; readonly cert: string };
  };
  /** Where the driver `snom-provisioned` serves settings. */
  readonly provisioning: {
    readonly listen: { readonly host?: string; readonly port?: number };
    readonly advertise?: string;
  };
  /** Where the USP controller listens, for a phone that claims `usp`. */
  readonly usp: {
    readonly listen: { readonly host?: string; readonly port?: number };
    /** Host name or address that the phone shall use; default that of the ACS. */
    readonly advertise?: string;
    readonly path: string;
    /** EndpointID of the controller. */
    readonly endpointId: string;
    /** PEM texts; true for a certificate that is made for the run. */
    readonly tls?: true | { readonly key: string; readonly cert: string };
    /** Over what the agent comes, where it cannot be pointed from here, or shall come over one alone. */
    readonly mtp?: Mtp;
    readonly mqtt: {
      readonly listen: { readonly host?: string; readonly port?: number };
      readonly version: MqttVersion;
      /** The controller's topic; default one that is made of its EndpointID. */
      readonly topic?: string;
      /** The agent's own topic, for one that does not tell it. */
      readonly agentTopic?: string;
      /** What the broker wants to be shown. */
    } & Partial<Credentials>;
  };
  /** What the phone expects of connection requests already; absent: it is told made-up ones. */
  readonly connectionRequest?: Credentials;
  readonly hooks: Partial<Record<HookName, Hook>>;
}

/** What the profile opens beyond gentle and quick cases. */
export interface Allowance {
  readonly disturbs: readonly Disturbance[];
  readonly slow: boolean;
}

/** What is known of a target before anything is sent. */
export interface Profile {
  /** As given. */
  readonly file: string;
  readonly name: string;
  /** What the profile does not mention is false; what TR-069 requires of every CPE is true. */
  claims(feature: FeatureName): true | false | "learn";
  /** Why a feature is not claimed, or was not learnt, in words that name the profile's line where there is one. */
  claimReason(feature: string): string;
  /** As written: names may lack the root. */
  readonly values: Partial<TestValues>;
  readonly uspValues: Partial<UspTestValues>;
  /** Globs beside those of values.ts; they may lack the root. */
  readonly volatile: readonly string[];
  readonly unsafe: readonly string[];
  readonly reach: Reach;
  /** Milliseconds. */
  readonly patience: Patience;
  /** How often properties are tried, and with how many commands at most; what is absent is the bench's choice. */
  readonly properties: { readonly runs?: number; readonly commands?: number };
  readonly allow: Allowance;
  readonly speak: Partial<Speech>;
  readonly snom: SnomWays;
  /** What the embedded phone is, for a run without a target; undefined where the profile does not say. */
  readonly simulated: "snom" | "cwmp" | "generic" | undefined;
  /** Every password in it, for the redactor. */
  readonly secrets: readonly string[];
}

/** A profile that cannot be taken; `problems` are a sentence each: `file, line L, column C: what is wrong; remedy`. */
export class ProfileError extends Error {
  override readonly name = "ProfileError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/**
 * Reads and checks a profile.
 *
 * @param env where `env:NAME` is looked up
 * @throws {ProfileError} with everything that is wrong
 */
export function loadProfile(file: string, env: NodeJS.ProcessEnv = process.env): Profile {
  const text = readOr(file);
  if (text === undefined)
    throw new ProfileError([`${file}: cannot be read; look at profiles/ for those that come with the suite`]);
  const yaml = readYaml(text, file);
  if (yaml.broken.length > 0) throw new ProfileError(yaml.broken.map((problem) => `${problem}; this is no valid YAML`));
  const schema = profileSchema({ env: (name) => env[name], readFile: (path) => readOr(resolve(dirname(file), path)) });
  const parsed = schema.safeParse(yaml.content ?? {});
  if (!parsed.success)
    throw new ProfileError(
      schemaProblems(parsed.error, yaml, {
        unknownField: (key, path) => `${nameOf([...path, key])} is no field of a profile; ${remedy(key, fieldsAt(path))}`,
        wrongValue: (message, path) => `${nameOf(path)} ${message}`,
      }),
    );
  return profileOf(file, parsed.data, (feature) => yaml.lineOf(["claims", feature]));
}

function profileOf(file: string, data: ProfileFile, lineOfClaim: (feature: string) => number): Profile {
  const claimed = (feature: FeatureName): true | false | "learn" => {
    const { learnt } = FEATURES[feature];
    if (learnt.kind === "run") return "learn";
    if (learnt.kind === "unless") return claimed(learnt.claimed) !== true;
    return "required" in FEATURES[feature] ? true : (data.claims?.[feature] ?? "assumed" in FEATURES[feature]);
  };
  const { volatile = [], unsafe = [], usp = {}, ...values } = data.values ?? {};
  const { prefixes, ...speak } = data.speak ?? {};
  const reach = reachOf(data.reach);
  return {
    file,
    name: data.name,
    claims: claimed,
    claimReason(feature) {
      if (!isFeature(feature)) return `${feature} is no feature that a profile can claim`;
      const { learnt } = FEATURES[feature];
      if (learnt.kind === "unless") return `${file}, line ${lineOfClaim(learnt.claimed)} claims ${learnt.claimed}`;
      if (data.claims?.[feature] === undefined) return `${file} does not mention ${feature}, so it is not claimed`;
      const line = `${file}, line ${lineOfClaim(feature)}`;
      if (data.claims[feature] === "learn") return `the phone has not shown ${feature}, which ${line} leaves to be learnt`;
      return `${line} does not claim ${feature}`;
    },
    values: withLimits(values),
    uspValues: defined(usp),
    volatile,
    unsafe,
    reach,
    patience: { ...defaultPatience, ...inMilliseconds(data.patience ?? {}) },
    properties: defined(data.properties ?? {}),
    allow: { disturbs: data.allow?.disturbs ?? [], slow: data.allow?.slow ?? false },
    speak: {
      ...defined(speak),
      ...(prefixes === undefined ? {} : { prefixes: { ...plainSpeech.prefixes, ...defined(prefixes) } }),
    },
    snom: waysOf(data.snom ?? {}),
    simulated: data.simulated,
    secrets: [reach.web.password, reach.acs.password, reach.usp.mqtt.password, reach.connectionRequest?.password].filter(
      (secret): secret is string => secret !== undefined && secret !== "",
    ),
  };
}

function waysOf({ mapUpload, ...others }: NonNullable<ProfileFile["snom"]>): SnomWays {
  const { page = SNOM_WAYS.mapUpload.page, ...field } = defined(mapUpload ?? {});
  return { ...SNOM_WAYS, ...defined(others), mapUpload: { page, ...field } };
}

/** Fixed, so that the lab's DHCP server can name it. */
const PROVISIONING = { host: "0.0.0.0", port: 8080 };

function reachOf(given: ProfileFile["reach"]): Reach {
  const { driver, web = {}, acs = {}, usp = {}, provisioning = {}, connectionRequest, hooks = {} } = given;
  const { scheme = "http", ...rest } = web;
  const { listen = {}, path = "/acs", authentication = "none", ...others } = acs;
  return {
    driver,
    web: { scheme, ...defined(rest) },
    acs: { listen: defined(listen), path, authentication, ...defined(others) },
    usp: {
      path: "/usp",
      endpointId: "self::cpe-assay",
      ...defined(usp),
      listen: defined(usp.listen ?? {}),
      mqtt: { version: "5.0", ...defined(usp.mqtt ?? {}), listen: defined(usp.mqtt?.listen ?? {}) },
    },
    provisioning: { ...defined(provisioning), listen: { ...PROVISIONING, ...defined(provisioning.listen ?? {}) } },
    ...(connectionRequest === undefined ? {} : { connectionRequest }),
    hooks: Object.fromEntries(
      Object.entries(defined(hooks)).map(([name, { command, within }]) => [name, { command, within: within * 1000 }]),
    ),
  };
}

/** The values as they are used: what a table leaves open is there, as undefined. */
function withLimits({
  table,
  nestedTable,
  ...others
}: Omit<NonNullable<ProfileFile["values"]>, "volatile" | "unsafe" | "usp">): Partial<TestValues> {
  return {
    ...defined(others),
    ...(table === undefined ? {} : { table: { max: undefined, column: undefined, ...table } }),
    ...(nestedTable === undefined ? {} : { nestedTable: { max: undefined, column: undefined, ...nestedTable } }),
  };
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the fields that are undefined, so that they do not hide defaults. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}

const inMilliseconds = (times: Partial<Record<keyof Patience, number | undefined>>): Partial<Patience> =>
  Object.fromEntries(Object.entries(defined(times)).map(([name, time]) => [name, Number(time) * 1000]));

/** `values.writableString.use[1]`. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`)).join("") ||
  "the file";

function remedy(key: string, known: readonly string[]): string {
  const [meant] = closest(key, known, 1);
  return meant === undefined ? `known here are ${known.join(", ")}` : `did you mean ${meant}?`;
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
