import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { Dialled, DialOptions } from "../../../harness/controller/dial.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { requestMessage } from "../../../harness/controller/requests.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { Located } from "../../../harness/core/finding.ts";
import { encodeRecord } from "../../../harness/wire/usp-write.ts";
import { deletingMade } from "./instances.ts";
import { freshName, settings } from "./making.ts";
import { roleFor } from "./second-controller.ts";

const MTPS = "Device.LocalAgent.MTP.";
const CONTROLLERS = "Device.LocalAgent.Controller.";
const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

/**
 * Where the agent listens for WebSockets, by its data model; its address is the one that it comes from.
 * @throws Inconclusive `precondition` when it does not say
 */
export async function listensAt({ controller, recording }: UspBench): Promise<string> {
  const shown = parametersIn(await controller.get([MTPS]));
  const value = (path: string): string => shown.get(path)?.value ?? "";
  const mtp = [...shown.keys()].find(
    (path) =>
      path.endsWith(".Protocol") &&
      value(path) === "WebSocket" &&
      /^(?:true|1)$/.test(value(path.replace(/Protocol$/, "Enable"))) &&
      Number(value(path.replace(/Protocol$/, "WebSocket.Port"))) > 0,
  );
  const number = controller.current?.number;
  const address = recording.connections.find((one) => one.number === number)?.phone.address;
  if (mtp === undefined || address === undefined)
    throw new Inconclusive("precondition", `${MTPS} shows no port on which the agent listens for WebSockets`);
  const socket = mtp.replace(/Protocol$/, "WebSocket.");
  const host = address.includes(":") ? `[${address}]` : address;
  return `ws://${host}:${value(`${socket}Port`)}/${value(`${socket}Path`).replace(/^\//, "")}`;
}

/** A controller to which the agent does not come, so that it has to come to the agent. */
export interface Caller {
  readonly endpointId: string;
  /** Opens a WebSocket to the agent; it is ended with the case. */
  dial(options?: Partial<DialOptions>): Promise<Dialled>;
  /** What the agent answers to a Get over a WebSocket: the type of the message, or nothing. */
  ask(connection: Dialled): Promise<Located>;
}

/** Plays a controller that the agent knows, and to which no MTP leads. @throws Inconclusive `precondition` */
export const withCaller = <T>(bench: UspBench, use: (caller: Caller, url: string) => Promise<T>): Promise<T> =>
  deletingMade(bench.controller, async ({ add }) => {
    const endpointId = `self::${freshName(bench)}`;
    const url = await listensAt(bench);
    await add(CONTROLLERS, settings({ EndpointID: endpointId, Enable: "true", ...(await roleFor(bench, {})) }));
    return calling(bench, endpointId, url, (caller) => use(caller, url));
  });

/** Lets `use` open WebSockets to the agent as the controller with this Endpoint ID. */
export async function calling<T>(
  bench: UspBench,
  endpointId: string,
  url: string,
  use: (caller: Caller) => Promise<T>,
): Promise<T> {
  const dialled: Dialled[] = [];
  try {
    return await use({
      endpointId,
      async dial(options = {}) {
        const connection = await bench.websocket.dial({ url, endpointId, ...options });
        dialled.push(connection);
        return connection;
      },
      async ask(connection) {
        const msgId = freshName(bench);
        const payload = requestMessage({ case: "get", value: { paramPaths: [ENDPOINT_ID] } }, msgId);
        const ends = { version: bench.controller.version, toId: bench.agent.endpointId, fromId: endpointId };
        await connection.send(encodeRecord({ ...ends, recordType: { case: "noSessionContext", value: { payload } } }));
        const log = await connection.next(({ record }) => record.message?.msgId.value === msgId, bench.patience.response);
        return { value: log?.record.message?.msgType, where: log?.where ?? connection.status.where };
      },
    });
  } finally {
    for (const connection of dialled) connection.end();
  }
}
