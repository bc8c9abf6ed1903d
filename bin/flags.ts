import type { UspChoice } from "../harness/bench/bench-options.ts";
import { YARDSTICKS, type Yardstick } from "../harness/core/verdict.ts";
import { parseListen } from "../harness/phone/profile-schema.ts";
import type { Gate } from "../harness/run/result.ts";
import { type Address, parseAddress } from "./address.ts";
import { type Flag, type Mistake, mistakeIn, readWords, standsAlone, type Word } from "./argv.ts";
import { nearest } from "./nearest.ts";
import { forgottenDashes, npmCommand, quoted, SWALLOWED, type Swallowable } from "./npm.ts";
import { VITEST_FLAGS, type VitestFlag } from "./vitest-flags.ts";

/** One of several parts of a run, as vitest's `--shard=1/3` has it. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Which cases a run consists of. Can be cloned between threads. */
export interface Selection {
  readonly protocol?: string;
  readonly caseGlob: readonly string[];
  readonly nameFilter?: string;
  readonly shard?: Shard;
}

/** An interface of this machine, and the address that our DHCP server has there; undefined for any free one. */
export interface DhcpPlace {
  readonly interface: string;
  readonly address?: string;
}

/** What was asked for, checked as far as it can be without reading a file. */
export interface Request {
  /** Absent: the profile's address, or else the embedded phone. */
  readonly target?: Address;
  readonly profile?: string;
  readonly selection: Selection;
  readonly listen?: string;
  /** Where our DHCP server may listen. */
  readonly dhcp?: DhcpPlace;
  /** How USP messages travel. */
  readonly usp: UspChoice;
  readonly knownFailures?: string;
  readonly gate: Gate;
  readonly yardstick: Yardstick;
  /** Absent: the embedded phone always gets the same one, a device another one each time. */
  readonly seed?: number;
  /** The way to one counterexample of the property that is chosen. */
  readonly path?: string;
  readonly realTime: boolean;
  readonly reportFolder: string;
  /** Undefined: as the terminal is. */
  readonly color?: boolean;
  /** What is handed over to vitest, as it was typed. */
  readonly vitest: readonly string[];
}

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "list" | "plan" | "run"; readonly request: Request }
  /** Nothing is run. */
  | ({ readonly kind: "wrong" } & Mistake);

type Environment = Readonly<Record<string, string | undefined>>;

/** Protocols that this version has cases for. */
const PROTOCOLS = ["cwmp", "usp"];
/** Ways of USP messages that this version has. */
const MTPS = { ws: "websocket", mqtt: "mqtt" } as const;
/** Versions of MQTT as they may be typed. */
const MQTT_VERSIONS = { "5": "5.0", "5.0": "5.0", "3.1.1": "3.1.1" } as const;
const GATES: readonly Gate[] = ["must", "should"];
/** The flags of our own, in the order of the help text. */
export const OWN_FLAGS: readonly Flag[] = [
  {
    name: "target",
    value: { shown: "HOST[:PORT]" },
    says: "the phone to examine, with the port of its web interface; without it, the embedded one",
  },
  {
    name: "profile",
    value: { shown: "FILE" },
    says: "what the phone supports and how it is reached (default profiles/snom.yaml)",
  },
  { name: "case", value: { shown: "ID" }, says: "only this case; a glob such as 'cwmp.inform.*', several with commas or again" },
  {
    name: "testNamePattern",
    short: "t",
    value: { shown: "PATTERN" },
    says: "only cases whose id or title fits this regular expression",
  },
  { name: "protocol", value: { shown: "NAME" }, says: "only cases of this protocol: cwmp or usp" },
  {
    name: "mtp",
    value: { shown: "ws|mqtt" },
    says: "USP messages travel over this alone (default: WebSocket, and MQTT for the cases that are about it)",
  },
  {
    name: "mqtt-version",
    value: { shown: "5.0|3.1.1" },
    says: "version of MQTT (default that of the profile, 5.0 where it has none)",
  },
  { name: "tls", says: "USP messages travel over TLS; without a certificate in the profile one is made for the run" },
  { name: "shard", value: { shown: "N/OF" }, says: "only the Nth of OF parts, for several phones or machines" },
  { name: "list", says: "lists the cases and ends" },
  { name: "plan", says: "says what would run and what would not, and why; nothing is sent" },
  { name: "known-failures", value: { shown: "FILE" }, says: "failures that are expected for now: see docs/verdicts.md" },
  {
    name: "gate",
    value: { shown: "must|should" },
    says: "whether bad SHOULD findings make the run not conformant too (default must)",
  },
  {
    name: "yardstick",
    value: { shown: "tr-369|tp-469" },
    says: "which of both verdicts on USP decides: that by the requirements of TR-369 (default), or by the certification plan",
  },
  { name: "listen", value: { shown: "ADDRESS" }, says: "our own address that the phone can reach, when the guess is wrong" },
  {
    name: "dhcp-interface",
    value: { shown: "NAME" },
    says: "interface to the phone's LAN, on which a DHCP server answers the phone, and nobody else: see docs/lab.md",
  },
  {
    name: "dhcp-address",
    value: { shown: "ADDRESS/BITS" },
    says: "free address of that LAN for the DHCP server, such as 192.168.1.250/24; without it a free one is looked for",
  },
  { name: "seed", value: { shown: "NUMBER" }, says: "for everything that is chosen at random, to repeat a run" },
  {
    name: "path",
    value: { shown: "PATH" },
    says: "replays one counterexample of a property, with its --case and --seed: see docs/properties.md",
  },
  { name: "real-time", says: "the embedded phone lives in real time, as a real one does" },
  { name: "report-folder", value: { shown: "FOLDER" }, says: "where the report goes (default reports/latest)" },
  { name: "help", short: "h", says: "shows this text" },
  { name: "version", short: "v", says: "shows the version" },
];

const ALL_FLAGS: readonly Flag[] = [...OWN_FLAGS, ...VITEST_FLAGS];

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The flag of a name in either spelling, `known-failures` or `knownFailures`; those of vitest may have a part behind a dot. */
function find(name: string): Flag | VitestFlag | undefined {
  return (
    OWN_FLAGS.find((flag) => flag.short === name || kebab(flag.name) === kebab(name)) ??
    VITEST_FLAGS.find((flag) => kebab(flag.name) === kebab(name.replace(/\..*$/, "")))
  );
}

/** Reads the command line of `npm test` and `npm run plan`, with the environment that npm made of what it swallowed. */
export function readCommand(argv: readonly string[], env: Environment): Command {
  const npm = npmCommand(env);
  const forgotten = forgottenDashes(argv, env, swallowable());
  if (forgotten !== undefined) return { kind: "wrong", message: SWALLOWED, instead: forgotten };
  const words = readWords(argv, find);
  if (words.some((word) => word.kind === "flag" && word.flag.name === "help")) return { kind: "help" };
  const typed = env.npm_lifecycle_event === "plan" ? argv.filter((word) => word !== "--plan") : argv;
  for (const word of words) {
    const mistake = otherMistake(word, npm) ?? mistakeIn(word, ALL_FLAGS, typed, npm);
    if (mistake !== undefined) return { kind: "wrong", ...mistake };
  }
  if (words.some((word) => word.kind === "flag" && word.flag.name === "version")) return { kind: "version" };
  return new Reading(words, npm).command();
}

function swallowable(): readonly Swallowable[] {
  return ALL_FLAGS.filter(({ name }) => !["help", "version", "plan"].includes(name)).flatMap(({ name, short, value }) => {
    const takesValue = value !== undefined && value.optional !== true;
    return [{ flag: `--${name}`, takesValue }, ...(short === undefined ? [] : [{ flag: `-${short}`, takesValue }])];
  });
}

/** Mistakes beyond those that every program of ours finds. */
function otherMistake(word: Word<Flag | VitestFlag>, npm: string): Mistake | undefined {
  if (word.kind === "stray") return strayWord(word.word, npm);
  if (word.kind !== "flag") return undefined;
  if ("refused" in word.flag && word.flag.refused !== undefined)
    return { message: `${word.typed} of vitest has no place here: ${word.flag.refused}` };
  if (VITEST_FLAGS.includes(word.flag) && word.flag.value?.shown === "NUMBER" && !/^\d+$/.test(word.value ?? ""))
    return { message: `${word.typed} is a whole number, not ${JSON.stringify(word.value)}` };
  return undefined;
}

function strayWord(word: string, npm: string): Mistake {
  const { message } = standsAlone(word);
  const ofCase = PROTOCOLS.some((protocol) => word.startsWith(`${protocol}.`));
  if (ofCase) return { message, instead: `${npm} --case=${quoted(word)}` };
  if (/\.ya?ml$/.test(word)) return { message, instead: `${npm} --profile=${quoted(word)}` };
  const isAddress = /[.:]/.test(word) && parseAddress(word).kind === "address";
  return { message, instead: isAddress ? `${npm} --target=${word}` : `${npm} -t ${quoted(word)}` };
}

/** Thrown inside this file only: the first value that cannot be. */
class WrongValue extends Error {}

/** The flags of one command line, each read into what it means. */
class Reading {
  readonly #words: readonly {
    readonly flag: Flag | VitestFlag;
    readonly value: string | undefined;
    readonly words: readonly string[];
  }[];
  readonly #npm: string;

  constructor(words: readonly Word<Flag | VitestFlag>[], npm: string) {
    this.#words = words.flatMap((word) => (word.kind === "flag" ? [word] : []));
    this.#npm = npm;
  }

  command(): Command {
    try {
      if (this.#has("list") && this.#has("plan"))
        throw new WrongValue("--list and --plan are two different questions: ask one of them");
      return { kind: this.#has("list") ? "list" : this.#has("plan") ? "plan" : "run", request: this.#request() };
    } catch (error) {
      if (error instanceof WrongValue) return { kind: "wrong", message: error.message, instead: `${this.#npm} --help` };
      throw error;
    }
  }

  #request(): Request {
    const target = this.#once("target");
    const profile = this.#once("profile");
    const seed = this.#seed();
    const listen = this.#once("listen");
    const path = this.#path();
    const dhcp = this.#dhcp(target);
    const knownFailures = this.#once("known-failures");
    if (listen !== undefined && parseListen(listen) === undefined)
      throw new WrongValue(`--listen=${listen} must be host:port, such as 192.168.1.5:7547, or a host, or a port`);
    if (target !== undefined && this.#has("real-time"))
      throw new WrongValue("--real-time is for the embedded phone; --target always lives in real time");
    return {
      ...(target === undefined ? {} : { target: addressIn("target", target) }),
      ...(profile === undefined ? {} : { profile }),
      ...(listen === undefined ? {} : { listen }),
      ...(dhcp === undefined ? {} : { dhcp }),
      ...(knownFailures === undefined ? {} : { knownFailures }),
      selection: this.#selection(),
      usp: this.#usp(),
      gate: oneOf("gate", this.#once("gate") ?? "must", GATES),
      yardstick: oneOf("yardstick", this.#once("yardstick") ?? "tr-369", YARDSTICKS),
      ...(seed === undefined ? {} : { seed }),
      ...(path === undefined ? {} : { path }),
      realTime: this.#has("real-time"),
      reportFolder: this.#once("report-folder") ?? "reports/latest",
      ...(this.#has("no-color") ? { color: false } : this.#has("color") ? { color: true } : {}),
      vitest: this.#words.flatMap(({ flag, words }) => (OWN_FLAGS.includes(flag) || flag.name === "run" ? [] : words)),
    };
  }

  #selection(): Selection {
    const protocol = this.#once("protocol");
    const nameFilter = this.#once("testNamePattern");
    const shard = this.#once("shard");
    return {
      ...(protocol === undefined ? {} : { protocol: oneOf("protocol", protocol, PROTOCOLS) }),
      caseGlob: this.#all("case").flatMap(globsIn),
      ...(nameFilter === undefined ? {} : { nameFilter }),
      ...(shard === undefined ? {} : { shard: shardIn(shard) }),
    };
  }

  #usp(): UspChoice {
    const mtp = this.#once("mtp");
    const version = this.#once("mqtt-version");
    if (version !== undefined && mtp === "ws")
      throw new WrongValue("--mqtt-version says nothing about --mtp=ws: leave one of them out");
    return {
      ...(mtp === undefined ? {} : { mtp: MTPS[oneOf("mtp", mtp, ["ws", "mqtt"])] }),
      ...(version === undefined ? {} : { mqttVersion: MQTT_VERSIONS[oneOf("mqtt-version", version, ["5.0", "3.1.1", "5"])] }),
      ...(this.#has("tls") ? { tls: true } : {}),
    };
  }

  #dhcp(target: string | undefined): DhcpPlace | undefined {
    const name = this.#once("dhcp-interface");
    const address = this.#once("dhcp-address");
    if (name === undefined) {
      if (address === undefined) return undefined;
      throw new WrongValue("--dhcp-address is for the interface of --dhcp-interface: name that too");
    }
    if (target === undefined)
      throw new WrongValue(
        "--dhcp-interface is for a phone of the lab: name it with --target; the embedded one has a LAN of its own",
      );
    if (address !== undefined && !/^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(address))
      throw new WrongValue(
        `--dhcp-address=${address} must be an IPv4 address and the length of the prefix, such as 192.168.1.250/24`,
      );
    return { interface: name, ...(address === undefined ? {} : { address }) };
  }

  #seed(): number | undefined {
    const typed = this.#once("seed");
    if (typed === undefined) return undefined;
    const seed = Number(typed);
    if (/^\d{1,10}$/.test(typed) && seed < 2 ** 32) return seed;
    throw new WrongValue(`--seed is a whole number from 0 to ${2 ** 32 - 1}, not ${JSON.stringify(typed)}`);
  }

  #path(): string | undefined {
    const path = this.#once("path");
    if (path === undefined) return undefined;
    if (!/^\d+(?::\d+)*$/.test(path))
      throw new WrongValue(
        `--path is numbers with colons between, as printed with a counterexample, not ${JSON.stringify(path)}`,
      );
    if (this.#all("case").flatMap(globsIn).length !== 1 || this.#once("seed") === undefined)
      throw new WrongValue(
        "--path is the way to one counterexample of one property: give the --case and the --seed that were printed with it",
      );
    return path;
  }

  #has(name: string): boolean {
    return this.#words.some(({ flag }) => flag.name === name);
  }

  #all(name: string): readonly string[] {
    return this.#words.flatMap(({ flag, value }) => (flag.name === name && value !== undefined ? [value] : []));
  }

  #once(name: string): string | undefined {
    const [value, other] = this.#all(name);
    if (other !== undefined)
      throw new WrongValue(
        name === "target"
          ? "--target stands there twice, and one run examines one phone: start one run for each, with its own --report-folder"
          : `--${name} stands there twice`,
      );
    return value;
  }
}

function addressIn(name: string, typed: string): Address {
  const parsed = parseAddress(typed);
  if (parsed.kind === "address") return parsed.address;
  throw new WrongValue(`--${name}=${typed} is no address: ${parsed.why}`);
}

function oneOf<const T extends string>(name: string, typed: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === typed);
  if (found !== undefined) return found;
  const meant = nearest(typed, allowed);
  throw new WrongValue(
    `--${name} is ${allowed.join(" or ")}, not ${JSON.stringify(typed)}${meant === undefined ? "" : `; did you mean ${meant}?`}`,
  );
}

/** Globs between commas; a comma inside braces belongs to its glob. */
function globsIn(typed: string): readonly string[] {
  return (typed.match(/(?:\{[^}]*\}|[^,])+/g) ?? []).map((glob) => glob.trim()).filter((glob) => glob !== "");
}

function shardIn(typed: string): Shard {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(typed) ?? []).map(Number);
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count };
  throw new WrongValue(`--shard is the number of a part and how many there are, such as 1/3, not ${JSON.stringify(typed)}`);
}
