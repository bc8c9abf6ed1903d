import type { Device } from "../device.ts";
import { RpcArguments, RpcFault, refuse } from "./rpc-arguments.ts";
import { addObject, type Consequences, deleteObject, setParameterAttributes, setParameterValues } from "./rpc-changes.ts";
import { getParameterAttributes, getParameterNames, getParameterValues } from "./rpc-parameters.ts";
import { downloadRpc, getAllQueuedTransfers, getQueuedTransfers, uploadRpc } from "./rpc-transfers.ts";
import { customize, minibrowser } from "./rpc-vendor.ts";
import type { RpcAnswer } from "./session.ts";
import type { Arg, IncomingMessage } from "./soap.ts";
import type { Transfers } from "./transfers.ts";

/** What requests of the ACS do to the phone as a whole, after the session. */
export interface Orders extends Consequences {
  reboot(): void;
  factoryReset(): void;
  schedule(delaySeconds: number, commandKey: string): void;
}

type Method = (given: RpcArguments) => readonly Arg[];

/** Carries out the requests of an ACS. */
export class RpcServer {
  readonly #device: Device;
  readonly #methods: Readonly<Record<string, Method>>;

  constructor(device: Device, transfers: Transfers, orders: Orders) {
    this.#device = device;
    this.#methods = methodsOf(device, transfers, orders);
  }

  /** Never throws; what a request asks in vain is answered with a fault. */
  serve({ method, body }: IncomingMessage): RpcAnswer {
    const { rpc, vendor } = this.#device.seams;
    try {
      const meant = vendor.listedName(method);
      if (meant !== method) refuse(vendor.otherNameFault());
      const known = rpc.supported().includes(meant) ? this.#methods[meant] : undefined;
      if (known === undefined) refuse(rpc.unknownMethod());
      const args = known?.(new RpcArguments(body, rpc)) ?? [];
      this.#device.save();
      return { kind: "response", args };
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error;
      const args = rpc.responseForFault(method, error.fault);
      return args === undefined ? { kind: "fault", ...rpc.faultOf(method, error.fault) } : { kind: "response", args };
    }
  }
}

function methodsOf(device: Device, transfers: Transfers, orders: Orders): Readonly<Record<string, Method>> {
  const { state, seams } = device;
  const { rpc } = seams;
  return {
    GetRPCMethods() {
      const members = rpc.listedMethods(rpc.supported()).map((method) => ({ name: "string", text: method }));
      return [{ name: "MethodList", array: { type: "xsd:string", members } }];
    },
    SetParameterValues: (given) => setParameterValues(device, orders, given),
    GetParameterValues: (given) => getParameterValues(device, given),
    GetParameterNames: (given) => getParameterNames(device, given),
    SetParameterAttributes: (given) => setParameterAttributes(device, given),
    GetParameterAttributes: (given) => getParameterAttributes(device, given),
    AddObject: (given) => addObject(device, given),
    DeleteObject: (given) => deleteObject(device, orders, given),
    Reboot(given) {
      state.reboots = rpc.rebootKeys(state.reboots, given.key("CommandKey"));
      if (rpc.reboots()) orders.reboot();
      return [];
    },
    Download: (given) => downloadRpc(device, transfers, given),
    Upload: (given) => uploadRpc(device, transfers, given),
    ScheduleInform(given) {
      const delay = given.unsigned("DelaySeconds");
      const key = given.key("CommandKey");
      if (!rpc.acceptsDelay(delay)) refuse(rpc.invalidArgument());
      orders.schedule(delay, key);
      return [];
    },
    FactoryReset() {
      if (rpc.resets()) orders.factoryReset();
      return [];
    },
    GetQueuedTransfers: () => getQueuedTransfers(device),
    GetAllQueuedTransfers: () => getAllQueuedTransfers(device),
    X_000413_Customize: (given) => customize(device, given),
    X_000413_Minibrowser: (given) => minibrowser(device, given),
  };
}
