import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { RequestOptions, UspReply } from "../../../harness/controller/controller.ts";
import { createdIn, parametersIn } from "../../../harness/controller/read.ts";
import type { AgentConnection } from "../../../harness/controller/websocket.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { deletingMade, SUBSCRIPTIONS, subscription } from "./instances.ts";
import { freshName, settings } from "./making.ts";

const CONTROLLERS = "Device.LocalAgent.Controller.";

/** What tells the agent the way to a controller, by the names of the parameters. */
type Way = Readonly<Record<"Host" | "Port" | "Path" | "EnableEncryption", string>>;

/** An entry of a second controller at the agent. */
export interface SecondEntry {
  /** `Device.LocalAgent.Controller.3.` */
  readonly path: string;
  /** Options of a request that make it this controller's. */
  readonly itself: RequestOptions;
  /** The next connection that the agent makes to it. @param within milliseconds; default `patience.contact` */
  opened(within?: number): Promise<AgentConnection | undefined>;
}

export interface SecondController extends SecondEntry {
  /** Makes a subscription to something that never happens, and gives its path. @throws Inconclusive `precondition` */
  subscribe(): Promise<string>;
  /** Ends its connection: from then on we are the first controller again, until the agent comes to it anew. */
  leave(): Promise<void>;
  /** Waits for the agent to come to it anew. @throws Inconclusive `precondition` when it does not */
  comesAgain(): Promise<void>;
}

export interface SecondOptions {
  /** AssignedRole of its entry; `none` leaves that to the agent. Default: that of our own, where it can be written. */
  readonly roles?: string;
  /** EndpointID. Default: one that nobody has. */
  readonly endpointId?: string;
  /** Where the agent shall come to it. Default: where it comes to us, or another port when it comes to us over MQTT. */
  readonly url?: string;
}

/**
 * Gives the agent a second controller over WebSocket, which is enabled; afterwards the entry is deleted.
 * @throws Inconclusive `precondition` when the agent does not take it
 */
export async function withSecondEntry<T>(
  bench: UspBench,
  options: SecondOptions,
  use: (entry: SecondEntry, note: (reply: UspReply) => UspReply) => Promise<T>,
): Promise<T> {
  if (options.url !== undefined || bench.controller.mtp === "websocket") return withEntry(bench, options, use);
  // Over MQTT nobody listens for WebSockets unless a case wants it.
  const door = await bench.websocket.listen();
  try {
    return await withEntry(bench, { ...options, url: door.url }, use);
  } finally {
    await door.close();
  }
}

const withEntry = <T>(
  bench: UspBench,
  options: SecondOptions,
  use: (entry: SecondEntry, note: (reply: UspReply) => UspReply) => Promise<T>,
): Promise<T> =>
  deletingMade(bench.controller, async ({ add, note }) => {
    const { controller, websocket, patience } = bench;
    const endpointId = options.endpointId ?? `self::${freshName(bench)}`;
    const role = await roleFor(bench, options);
    const way = options.url === undefined ? await ourWay(bench) : wayTo(options.url);
    const path = await add(CONTROLLERS, settings({ EndpointID: endpointId, Enable: "false", ...role }));
    const mtp = await add(`${path}MTP.`, settings({ Protocol: "WebSocket", Enable: "true" }));
    const params = Object.entries(way).map(([name, value]) => ({ name, value, required: true }));
    demandDone(await controller.set([{ path: `${mtp}WebSocket.`, params }]), `writing the way to ${path}`);
    const first = websocket.current;
    demandDone(await controller.set([{ path, params: [{ name: "Enable", value: "true", required: true }] }]), `enabling ${path}`);
    const entry: SecondEntry = {
      path,
      itself: { record: { fromId: endpointId } },
      async opened(within = patience.contact) {
        const connection = await websocket.opened(within);
        return connection === first ? undefined : connection;
      },
    };
    try {
      return await use(entry, note);
    } finally {
      const { current } = websocket;
      if (current !== first) await current?.close();
    }
  });

/**
 * Plays a second controller, to which the agent comes over WebSocket. It is gone after `use`.
 * @throws Inconclusive `precondition` when the agent does not come to it
 */
export const withSecondController = <T>(
  bench: UspBench,
  use: (second: SecondController) => Promise<T>,
  options: SecondOptions = {},
): Promise<T> =>
  withSecondEntry(bench, options, async (entry, note) => {
    const opened = async () => {
      const connection = await entry.opened();
      if (connection !== undefined) return connection;
      throw new Inconclusive("precondition", "the agent does not come to a second controller that it is given");
    };
    let connection = await opened();
    return use({
      ...entry,
      async subscribe() {
        const params = subscription(freshName(bench));
        const created = note(await bench.controller.add([{ path: SUBSCRIPTIONS, params }], false, entry.itself));
        const [made] = createdIn(created);
        if (made !== undefined) return made;
        throw new Inconclusive("precondition", `subscribing as a second controller: the agent gave ${created.summary.value}`);
      },
      async leave() {
        await connection.close();
      },
      async comesAgain() {
        if (!connection.open) connection = await opened();
      },
    });
  });

async function ourWay({ controller, agent }: UspBench): Promise<Way> {
  const ours = `${agent.mtpPath}WebSocket.`;
  const names = ["Host", "Port", "Path", "EnableEncryption"] as const;
  const values = parametersIn(await controller.get(names.map((name) => ours + name)));
  const [Host, Port, Path, EnableEncryption] = names.map((name) => values.get(ours + name)?.value ?? "");
  return { Host: Host ?? "", Port: Port ?? "", Path: Path ?? "", EnableEncryption: EnableEncryption ?? "" };
}

function wayTo(url: string): Way {
  const { protocol, hostname, port, pathname } = new URL(url);
  return { Host: hostname.replace(/^\[|\]$/g, ""), Port: port, Path: pathname, EnableEncryption: String(protocol === "wss:") };
}

/** AssignedRole for a new entry, as a setting of it; none where it cannot be written. */
export async function roleFor({ controller, agent }: UspBench, { roles }: SecondOptions): Promise<Record<string, string>> {
  const name = `${agent.controllerPath}AssignedRole`;
  if (roles === "none" || (roles === undefined && !agent.writes(name))) return {};
  const AssignedRole = roles ?? parametersIn(await controller.get([name])).get(name)?.value ?? "";
  return AssignedRole === "" ? {} : { AssignedRole };
}

function demandDone({ kind, summary }: UspReply, step: string): void {
  if (kind !== "response") throw new Inconclusive("precondition", `${step}: the agent gave ${summary.value}`);
}
