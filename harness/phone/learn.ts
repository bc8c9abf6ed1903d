import type { Patience } from "../acs/patience.ts";
import {
  deviceId,
  informValue,
  type ParameterAttribute,
  type ParameterValue,
  parameterAttributes,
  parameterList,
  parameterNameList,
  parameterValues,
  rpcMethods,
} from "../acs/read.ts";
import type { Reply, Session } from "../acs/session.ts";
import type { Exchange } from "../trace/exchange.ts";
import type { Identity, Root } from "./phone.ts";

/** What a phone has told about itself. Whatever it did not tell is empty. */
export interface Learnt {
  readonly root: Root;
  readonly identity: Identity;
  readonly methods: readonly string[];
  /** Names, objects with their dot at the end, and whether each is writable. */
  readonly model: ReadonlyMap<string, boolean>;
  readonly values: ReadonlyMap<string, ParameterValue>;
  readonly attributes: ReadonlyMap<string, ParameterAttribute>;
}

export interface LearnOptions {
  readonly patience: Patience;
  note(text: string): void;
  /** A new session after one that died, up to its empty POST; undefined when the phone does not come. */
  reopen(): Promise<Session | undefined>;
}

/** Sessions that may die while a phone is being asked about itself. */
const LIVES = 3;
/** Requests that a data model may take which has to be read object by object. */
const MOST_REQUESTS = 1_000;
/** A whole data model takes a phone longer than the usual answer. */
const WHOLE_MODEL = 4;

/** Root and identity as the Inform gives them. */
export function identify(inform: Exchange): Pick<Learnt, "root" | "identity"> {
  const { manufacturer, oui, productClass, serialNumber } = deviceId(inform);
  const names = parameterList(inform).map(({ name }) => name);
  const root = names.some((name) => name.startsWith("InternetGatewayDevice.")) ? "InternetGatewayDevice." : "Device.";
  const text = (seen: { readonly value: string | undefined }): string => (seen.value ?? "").trim();
  return {
    root,
    identity: {
      manufacturer: text(manufacturer),
      oui: text(oui),
      model: text(productClass),
      serialNumber: text(serialNumber),
      softwareVersion: text(informValue(inform, `${root}DeviceInfo.SoftwareVersion`)),
    },
  };
}

/**
 * Asks a phone for its methods, its data model, and all values and attributes. Never throws: a phone that answers with faults or
 * nothing, or whose sessions die, is noted, and what it did not tell stays empty.
 *
 * @param session up to its empty POST
 * @returns what was learnt, and the session to go on with, if one is still open
 */
export async function learn(session: Session, options: LearnOptions): Promise<{ learnt: Learnt; session: Session | undefined }> {
  const asker = new Asker(session, options);
  const { root, identity } = identify(session.inform);
  const methods = rpcMethods(await asker.ask("GetRPCMethods", (one) => one.getRPCMethods())).value ?? [];
  const model = await readModel(root, asker);
  const objects = [...model.keys()].filter(
    (name) => name.endsWith(".") && name.slice(root.length, -1).split(".").length === 1 && name !== root,
  );
  const values = await readWhole(root, objects, asker, "GetParameterValues", (one, path, within) =>
    one.getParameterValues([path], { within }),
  );
  const attributes = await readWhole(root, [], asker, "GetParameterAttributes", (one, path, within) =>
    one.getParameterAttributes([path], { within }),
  );
  return {
    learnt: {
      root,
      identity,
      methods: [...new Set(methods)].filter((method) => method !== ""),
      model,
      values: merged(values.map(parameterValues)),
      attributes: merged(attributes.map(parameterAttributes)),
    },
    session: asker.session,
  };
}

/** Asks one question after another, over new sessions where the phone lets one die. */
class Asker {
  readonly within: number;
  readonly #options: LearnOptions;
  #session: Session | undefined;
  #lives = LIVES;

  constructor(session: Session, options: LearnOptions) {
    this.#session = session;
    this.#options = options;
    this.within = options.patience.response * WHOLE_MODEL;
  }

  /** The session, while it is open. */
  get session(): Session | undefined {
    return this.#session?.over === false ? this.#session : undefined;
  }

  /** @param what the question, as notes name it; empty for one that needs no note */
  async ask(what: string, question: (session: Session) => Promise<Reply>): Promise<Reply> {
    if (this.session === undefined && this.#lives > 0) {
      this.#lives -= 1;
      this.#session = (await this.#options.reopen()) ?? this.#session;
    }
    const session = this.#session as Session;
    const alive = !session.over;
    const reply = await question(session);
    if (reply.kind !== "response" && what !== "" && alive)
      this.#options.note(`${what} was answered: ${reply.summary.value ?? reply.kind}`);
    // What comes too late would be taken for the answer to the next question.
    if (reply.kind === "silence" || reply.kind === "garbage" || reply.kind === "inform") await session.end();
    else if (reply.kind === "request") await session.acknowledge();
    return reply;
  }
}

async function readModel(root: Root, asker: Asker): Promise<ReadonlyMap<string, boolean>> {
  const model = new Map<string, boolean>();
  const take = (reply: Reply): readonly string[] => {
    const fresh: string[] = [];
    for (const { name, writable } of parameterNameList(reply)) {
      if (name.startsWith(root) && name !== root && !model.has(name)) fresh.push(name);
      if (name !== "") model.set(name, writable === true);
    }
    return fresh;
  };
  const whole = await asker.ask("GetParameterNames", (one) => one.getParameterNames(root, false, { within: asker.within }));
  const below = take(whole);
  if (below.some((name) => name.slice(root.length, -1).includes("."))) return model;
  // Some phones list one level only, or refuse the whole.
  const open = [root, ...below.filter((name) => name.endsWith("."))] as string[];
  for (let asked = 0; asked < MOST_REQUESTS; asked += 1) {
    const path = open.shift();
    if (path === undefined) break;
    const reply = await asker.ask("", (one) => one.getParameterNames(path, true));
    open.push(...take(reply).filter((name) => name.endsWith(".")));
    if (reply.kind === "closed" && asker.session === undefined && model.size === 0) break;
  }
  return model;
}

/** Asks for everything at once, and where the phone refuses, for each of `objects`. */
async function readWhole(
  root: Root,
  objects: readonly string[],
  asker: Asker,
  method: string,
  question: (session: Session, path: string, within: number) => Promise<Reply>,
): Promise<readonly Reply[]> {
  const whole = await asker.ask(method, (one) => question(one, root, asker.within));
  if (whole.kind === "response") return [whole];
  const parts: Reply[] = [];
  for (const path of objects) {
    const reply = await asker.ask("", (one) => question(one, path, asker.within));
    parts.push(reply);
    if (asker.session === undefined && reply.kind !== "response") break;
  }
  return parts;
}

const merged = <T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> => new Map(maps.flatMap((map) => [...map]));
