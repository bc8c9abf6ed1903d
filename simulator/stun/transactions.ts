import type { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import type { Endpoint } from "../network.ts";
import {
  type Attribute,
  addressIn,
  BINDING_CHANGE,
  BINDING_ERROR,
  BINDING_REQUEST,
  BINDING_RESPONSE,
  CONNECTION_REQUEST_BINDING,
  encodeAddress,
  encodeMessage,
  errorCodeIn,
  integrityOf,
  MAPPED_ADDRESS,
  RESPONSE_ADDRESS,
  type StunMessage,
  USERNAME,
} from "./message.ts";
import type { Plan, Purpose } from "./message-seams.ts";

/** What a request is made of besides its plan. */
export interface Account {
  readonly server: Endpoint;
  /** STUNUsername and STUNPassword. */
  readonly username: string;
  readonly password: string;
}

interface Transaction {
  readonly plan: Plan;
  readonly account: Account;
  readonly id: Buffer;
}

export interface TransactionActions {
  send(octets: Buffer, plan: Plan, server: Endpoint): void;
  /** The server has told where a request came from. `port` is the one that the answer was heard on. */
  answered(purpose: Purpose, mapped: Endpoint, port: Plan["source"]): void;
  failed(purpose: Purpose): void;
}

/** Binding Requests that wait for their answers, at most one for each purpose (RFC 3489 9.3). */
export class Transactions {
  readonly #device: Device;
  readonly #alarms: Alarms;
  readonly #actions: TransactionActions;
  readonly #open = new Map<Purpose, Transaction>();
  #number = 0;
  #wasAsked = false;

  constructor(device: Device, alarms: Alarms, actions: TransactionActions) {
    this.#device = device;
    this.#alarms = alarms;
    this.#actions = actions;
  }

  /** Sends a request, in place of one for the same purpose that waits still. */
  begin(request: Omit<Plan, "wasAsked">, account: Account): void {
    const { stun } = this.#device.seams;
    const plan = { ...request, wasAsked: this.#wasAsked };
    this.end(plan.purpose);
    const transaction = { plan, account, id: stun.transactionId(this.#device.random, this.#number) };
    this.#open.set(plan.purpose, transaction);
    const octets = stun.asSent(this.#octets(transaction), plan.purpose, this.#number);
    this.#number += 1;
    const { copies, failed } = stun.schedule(plan.purpose);
    const send = (): void => this.#actions.send(octets, plan, account.server);
    for (const after of copies) this.#alarms.set(`${plan.purpose} ${after}`, after, send);
    this.#alarms.set(`${plan.purpose} failed`, failed, () => this.#fail(plan.purpose));
    send();
  }

  /** STUN ends, or begins anew. */
  endAll(): void {
    this.#wasAsked = false;
    this.#number = 0;
    for (const purpose of [...this.#open.keys()]) this.end(purpose);
  }

  /** An answer has come, on this port; what is none to a request that waits is ignored. */
  hear(message: StunMessage, port: Plan["source"]): void {
    const { stun } = this.#device.seams;
    const transaction = [...this.#open.values()].find(({ id }) => stun.isAnswerTo(message.id, id));
    if (transaction === undefined) return;
    const { plan, account } = transaction;
    const { purpose, signed } = plan;
    if (message.type === BINDING_ERROR) {
      const credentials = account.username !== "" && account.password !== "";
      const next = stun.onError(errorCodeIn(message), { signed, credentials });
      if (next === "fail") this.#fail(purpose);
      else {
        this.#wasAsked = true;
        this.begin({ ...plan, signed: true }, account);
      }
      return;
    }
    const mapped = addressIn(message, MAPPED_ADDRESS);
    if (message.type !== BINDING_RESPONSE || mapped === undefined) return;
    if (!stun.believes(signed, integrityIn(message, account.password))) return;
    this.end(purpose);
    this.#actions.answered(purpose, mapped, port);
  }

  #octets({ plan, account, id }: Transaction): Buffer {
    const { stun } = this.#device.seams;
    const attributes: Attribute[] = [];
    const add = (type: number, value: Buffer | undefined): void => {
      if (value !== undefined) attributes.push({ type, value });
    };
    const text = (value: string | undefined): Buffer | undefined =>
      value === undefined ? undefined : Buffer.from(value, "utf8");
    const username = stun.username(plan);
    const responseAddress = stun.responseAddress(plan);
    add(RESPONSE_ADDRESS, responseAddress && encodeAddress(responseAddress));
    add(CONNECTION_REQUEST_BINDING, text(stun.connectionRequestBinding(plan)));
    add(BINDING_CHANGE, text(stun.bindingChange(plan)));
    add(USERNAME, username === undefined ? undefined : stun.usernameOctets(username));
    attributes.push(...stun.otherAttributes(plan));
    const sign = (over: Buffer): Buffer => stun.integrity(over, account.password);
    const message = { type: BINDING_REQUEST, id, attributes: stun.ordered(attributes) };
    return encodeMessage(message, stun.signs(plan) ? sign : undefined);
  }

  #fail(purpose: Purpose): void {
    this.end(purpose);
    this.#actions.failed(purpose);
  }

  /** Waits no more for the answer to a request for this purpose. */
  end(purpose: Purpose): void {
    this.#open.delete(purpose);
    this.#alarms.cancel(`${purpose} failed`);
    for (const after of this.#device.seams.stun.schedule(purpose).copies) this.#alarms.cancel(`${purpose} ${after}`);
  }
}

function integrityIn({ integrity }: StunMessage, password: string): "right" | "wrong" | "absent" {
  if (integrity === undefined) return "absent";
  return integrity.found.equals(integrityOf(integrity.over, password)) ? "right" : "wrong";
}
