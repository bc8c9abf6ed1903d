import { readFileSync } from "node:fs";

import { seeded } from "../harness/core/random.ts";
import { hostNetwork } from "../lan/host.ts";
import { realClock } from "../simulator/clock.ts";
import { mutants } from "../simulator/mutants/index.ts";
import { applyMutant } from "../simulator/mutants/mutant.ts";
import type { PhoneOptions } from "../simulator/phone.ts";
import { reference, type Seams } from "../simulator/seams.ts";
import { type Flag, flagTable, type Mistake, mistakeIn, readWords } from "./argv.ts";
import { nearest } from "./nearest.ts";
import { forgottenDashes, npmCommand, SWALLOWED } from "./npm.ts";

export type PhoneCommand =
  | { readonly kind: "help" | "mutants" }
  | {
      readonly kind: "start";
      readonly acs: string | undefined;
      /** The interface that the phone has for its own. */
      readonly lan: string | undefined;
      readonly options: PhoneOptions & { readonly seams: Seams };
      /** The process ends when the phone reboots. */
      readonly rebootEnds: boolean;
    }
  | ({ readonly kind: "wrong" } & Mistake);

const FLAGS: readonly Flag[] = [
  {
    name: "acs",
    value: { shown: "URL" },
    says: "the ACS that the phone is managed by; without it, set tr69_acs_url over its web interface",
  },
  { name: "acs-user", value: { shown: "NAME" }, says: "what the phone logs in with there" },
  { name: "acs-password", value: { shown: "PASSWORD" }, says: "and its password" },
  { name: "cr-user", value: { shown: "NAME" }, says: "what connection requests have to log in with" },
  { name: "cr-password", value: { shown: "PASSWORD" }, says: "and its password" },
  { name: "web-user", value: { shown: "NAME" }, says: "what the web interface asks for (default: it asks for nothing)" },
  { name: "web-password", value: { shown: "PASSWORD" }, says: "and its password" },
  {
    name: "lan",
    value: { shown: "INTERFACE" },
    says: "interface of this machine that is the phone's alone: its addresses and routes are taken away, and the phone gets one by DHCP (default: none, and no DHCP)",
  },
  {
    name: "host",
    value: { shown: "ADDRESS" },
    says: "address that the phone listens on (default 127.0.0.1; with --lan 0.0.0.0, which is every one)",
  },
  { name: "port", value: { shown: "NUMBER" }, says: "port of the web interface (default: any free one)" },
  { name: "https-port", value: { shown: "NUMBER" }, says: "port on which it speaks HTTPS too (default: HTTP only)" },
  { name: "cr-port", value: { shown: "NUMBER" }, says: "port for connection requests (default: any free one)" },
  { name: "param-map", value: { shown: "FILE" }, says: "the phone's param_map (default: the built-in one)" },
  {
    name: "provisioning-server",
    value: { shown: "URL" },
    says: "where the phone gets its settings while it knows no ACS, as DHCP would name it (default: nowhere)",
  },
  {
    name: "device",
    value: { shown: "snom|cwmp|generic" },
    says: "what it is: a Snom phone; a CWMP device that can be called through a NAT (STUN, UDP), without a web interface; or a generic device with a USP agent and no web interface (default snom)",
  },
  {
    name: "usp-controller",
    value: { shown: "URL" },
    says: "URL of the USP controller that manages the phone, ws://192.168.1.5:8080/usp, or of its broker, mqtt://name:password@192.168.1.5:1883 (default: none)",
  },
  { name: "usp-controller-id", value: { shown: "ID" }, says: "and its EndpointID (default self::controller)" },
  { name: "endpoint-id", value: { shown: "ID" }, says: "the phone's own EndpointID (default os::000413- and its MAC address)" },
  { name: "reboot-ends", says: "the process ends when the phone reboots, for a lab that starts it again" },
  {
    name: "authorities",
    value: { shown: "FILE" },
    says: "certificates in PEM of the authorities that it believes besides the usual ones (default: none)",
  },
  { name: "state-dir", value: { shown: "FOLDER" }, says: "where the phone keeps what survives its end (default: nowhere)" },
  {
    name: "mutant",
    value: { shown: "ID" },
    says: "a phone with exactly one thing wrong, to see a run fail; --mutants lists them",
  },
  { name: "mutants", says: "lists the phones with one thing wrong, and ends" },
  { name: "seed", value: { shown: "NUMBER" }, says: "for what the standard wants random (default: different every time)" },
  { name: "help", short: "h", says: "shows this text" },
];

/** Settings of the phone by the flag that sets them. */
const SETTINGS: Readonly<Record<string, string>> = {
  acs: "tr69_acs_url",
  "acs-user": "tr69_acs_user",
  "acs-password": "tr69_acs_passwd",
  "cr-user": "tr69_cnr_user",
  "cr-password": "tr69_cnr_pass",
  "web-user": "http_user",
  "web-password": "http_pass",
};

/** `npm run phone -- --help`. */
export const PHONE_HELP = `The simulated phone of CPE Assay, on real sockets

  npm run phone -- --acs=http://127.0.0.1:7547/acs
  npm run phone -- --port=8080              and, in another terminal: npm test -- --target=127.0.0.1:8080
  sudo npm run phone -- --lan=eth1          on a machine, or in a network namespace, whose eth1 is the phone's

${flagTable(FLAGS).join("\n")}

Ctrl-C ends it.`;

/** Thrown in this file only: what is wrong with the command line. */
class WrongUsage extends Error {
  readonly mistake: Mistake;

  constructor(message: string, instead?: string) {
    super(message);
    this.mistake = { message, ...(instead === undefined ? {} : { instead }) };
  }
}

/** Reads the command line of `npm run phone`, and the files that it names. */
export function readPhoneCommand(argv: readonly string[], env: NodeJS.ProcessEnv): PhoneCommand {
  try {
    const given = readFlags(argv, env);
    if (given.has("help")) return { kind: "help" };
    if (given.has("mutants")) return { kind: "mutants" };
    return {
      kind: "start",
      acs: given.get("acs"),
      lan: given.get("lan"),
      options: optionsOf(given),
      rebootEnds: given.has("reboot-ends"),
    };
  } catch (error) {
    if (error instanceof WrongUsage) return { kind: "wrong", ...error.mistake };
    throw error;
  }
}

function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const npm = npmCommand(env, "phone");
  const forgotten = forgottenDashes(
    argv,
    env,
    FLAGS.map(({ name, value }) => ({ flag: `--${name}`, takesValue: value !== undefined })),
  );
  if (forgotten !== undefined) throw new WrongUsage(SWALLOWED, forgotten);
  const words = readWords(argv, (name) => FLAGS.find((flag) => flag.name === name || flag.short === name));
  const given = new Map<string, string>();
  for (const word of words) {
    const mistake = mistakeIn(word, FLAGS, argv, npm);
    if (mistake !== undefined) throw new WrongUsage(mistake.message, mistake.instead);
    if (word.kind !== "flag") continue;
    if (given.has(word.flag.name)) throw new WrongUsage(`${word.typed} stands there twice`);
    given.set(word.flag.name, word.value ?? "");
  }
  return given;
}

function optionsOf(given: ReadonlyMap<string, string>): PhoneOptions & { readonly seams: Seams } {
  const number = (name: string, most: number): number | undefined => {
    const typed = given.get(name);
    if (typed === undefined) return undefined;
    if (/^\d{1,10}$/.test(typed) && Number(typed) <= most) return Number(typed);
    throw new WrongUsage(`--${name} is a whole number up to ${most}, not ${JSON.stringify(typed)}`);
  };
  const settings = Object.entries(SETTINGS).flatMap(([flag, setting]) => {
    const value = given.get(flag);
    return value === undefined ? [] : [[setting, value] as const];
  });
  const acs = given.get("acs");
  if (acs !== undefined && !/^https?:$/.test(URL.canParse(acs) ? new URL(acs).protocol : ""))
    throw new WrongUsage(`--acs=${acs} is no URL of an ACS; it looks like http://192.168.1.5:7547/acs`);
  const seed = number("seed", 2 ** 32 - 1);
  const webPort = number("port", 65_535);
  const httpsPort = number("https-port", 65_535);
  const connectionRequestPort = number("cr-port", 65_535);
  const host = given.get("host") ?? (given.has("lan") ? "0.0.0.0" : undefined);
  const stateFolder = given.get("state-dir");
  const paramMap = textIn("param-map", given.get("param-map"));
  const authorities = textIn("authorities", given.get("authorities"));
  const provisioningServer = given.get("provisioning-server");
  if (
    provisioningServer !== undefined &&
    !/^https?:$/.test(URL.canParse(provisioningServer) ? new URL(provisioningServer).protocol : "")
  )
    throw new WrongUsage(`--provisioning-server=${provisioningServer} is no URL; it looks like http://192.168.1.5:8000/phones/`);
  const controllerUrl = given.get("usp-controller");
  if (
    controllerUrl !== undefined &&
    !/^(?:wss?|mqtts?):$/.test(URL.canParse(controllerUrl) ? new URL(controllerUrl).protocol : "")
  )
    throw new WrongUsage(
      `--usp-controller=${controllerUrl} is no URL of a controller; it looks like ws://192.168.1.5:8080/usp or mqtt://192.168.1.5:1883`,
    );
  const controllerId = given.get("usp-controller-id");
  const endpointId = given.get("endpoint-id");
  const device = given.get("device") ?? "snom";
  if (device !== "snom" && device !== "cwmp" && device !== "generic")
    throw new WrongUsage(`--device is snom, cwmp or generic, not ${JSON.stringify(device)}`);
  if (device === "cwmp" && acs === undefined && !given.has("lan"))
    throw new WrongUsage(
      "--device=cwmp has no web interface to be told its ACS by: name that with --acs, or let DHCP do so, with --lan",
    );
  return {
    clock: realClock,
    device,
    udp: hostNetwork(realClock, host),
    usp: {
      ...(endpointId === undefined ? {} : { endpointId }),
      ...(controllerUrl === undefined ? {} : { controllerUrl }),
      ...(controllerId === undefined ? {} : { controllerId }),
    },
    seams: seamsOf(given.get("mutant")),
    settings: Object.fromEntries([
      ...settings,
      ...(acs === undefined && device !== "cwmp" ? [] : [["tr69_use_acs", "on"] as const]),
    ]),
    ...(seed === undefined ? {} : { random: seeded(seed) }),
    ...(webPort === undefined ? {} : { webPort }),
    ...(httpsPort === undefined ? {} : { httpsPort }),
    ...(connectionRequestPort === undefined ? {} : { connectionRequestPort }),
    ...(host === undefined ? {} : { host }),
    ...(stateFolder === undefined ? {} : { stateFolder }),
    ...(paramMap === undefined ? {} : { paramMap }),
    ...(authorities === undefined ? {} : { authorities }),
    ...(provisioningServer === undefined ? {} : { provisioningServer }),
  };
}

function textIn(flag: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new WrongUsage(`--${flag}=${file} cannot be read; the path is relative to ${process.cwd()}`);
  }
}

function seamsOf(id: string | undefined): Seams {
  if (id === undefined) return reference;
  const mutant = mutants.find((one) => one.id === id);
  if (mutant !== undefined) return applyMutant(reference, mutant).seams;
  const meant = nearest(
    id,
    mutants.map((one) => one.id),
  );
  throw new WrongUsage(
    `there is no mutant ${id}${meant === undefined ? "" : `: did you mean ${meant}?`}`,
    meant === undefined ? "npm run phone -- --mutants" : `npm run phone -- --mutant=${meant}`,
  );
}
