import type { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import { download, upload } from "../http/fetch.ts";
import type { Transfer } from "../state.ts";
import { fileFor, install } from "./files.ts";
import type { Arg } from "./soap.ts";

/** What transfers ask of the rest of the phone. */
export interface TransferSurroundings {
  inSession(): boolean;
  /** Performs a change of settings, and sees to what follows from it. */
  change(action: () => void): void;
  /** Calls `action` now, or when the session that is going on is over. */
  whenIdle(action: () => void): void;
  /** A transfer has ended, well or not. */
  ended(transfer: Transfer): void;
}

/** Downloads and uploads that the ACS has asked for (TR-069 A.3.2.8, A.4.1.5). They are part of the state, and done one after the other. */
export class Transfers {
  readonly #device: Device;
  readonly #alarms: Alarms;
  readonly #around: TransferSurroundings;
  /** Which start of the phone a running transfer belongs to; a later one does not want to hear of it. */
  #life = 0;
  #busy = false;

  constructor(device: Device, alarms: Alarms, around: TransferSurroundings) {
    this.#device = device;
    this.#alarms = alarms;
    this.#around = around;
  }

  /** Takes up what was left when the phone went off. */
  boot(): void {
    const { state, seams } = this.#device;
    state.transfers = seams.transfer.keptAtBoot(state.transfers);
    this.#life += 1;
    this.#busy = false;
    this.goOn();
  }

  off(): void {
    this.#life += 1;
  }

  get isFull(): boolean {
    const open = this.#device.state.transfers.filter(({ step }) => step !== "done");
    return open.length >= this.#device.seams.transfer.queueLimit();
  }

  add(transfer: Omit<Transfer, "id" | "step">): void {
    const { state } = this.#device;
    state.lastTransfer += 1;
    state.transfers = [...state.transfers, { ...transfer, id: state.lastTransfer, step: "waiting" }];
    this.goOn();
  }

  /** Begins the next transfer that is due, or sees to it that this happens in time. */
  goOn(): void {
    const { state, clock, seams } = this.#device;
    if (this.#busy || !seams.transfer.mayBegin(this.#around.inSession())) return;
    const waiting = state.transfers.filter(({ step }) => step === "waiting");
    const now = clock.now();
    const next = seams.transfer.nextOf(waiting.filter(({ due }) => due <= now));
    const first = Math.min(...waiting.map(({ due }) => due));
    if (next !== undefined) this.#begin(next);
    else if (waiting.length > 0) this.#alarms.set("transfer", first - now, () => this.goOn());
  }

  #begin(transfer: Transfer): void {
    this.#busy = true;
    const life = this.#life;
    const running = this.#replace({ ...transfer, step: "running", startTime: this.#device.clock.now() });
    const work = running.direction === "download" ? this.#download(running) : this.#upload(running);
    void work.then((finish) => {
      if (life === this.#life) this.#around.whenIdle(() => this.#finish(running, finish));
    });
  }

  async #download(transfer: Transfer): Promise<() => Outcome> {
    const { clock, trust, hosts, seams, random } = this.#device;
    const { url, username, password } = transfer;
    const came = await download({ clock, trust, hosts, seams: seams.transfer, url, username, password, random });
    if (came.kind === "failed") return () => failed(seams.transfer.faultCode(came.code), came.text);
    const kind = seams.transfer.downloadKind(transfer.fileType) ?? "log";
    return () => {
      const installed = install(this.#device, kind, came.content, (action) => this.#around.change(action));
      if (installed.kind === "corrupt") return failed(seams.transfer.corruptFault(), installed.reason);
      return { faultCode: 0, faultString: "", needsReboot: installed.needsReboot };
    };
  }

  async #upload(transfer: Transfer): Promise<() => Outcome> {
    const { clock, trust, hosts, seams, random } = this.#device;
    const { url, username, password } = transfer;
    const file = fileFor(this.#device, seams.transfer.uploadKind(transfer.fileType) ?? "log");
    const sent = await upload({ clock, trust, hosts, seams: seams.transfer, url, username, password, random, ...file });
    if (sent.kind === "failed") return () => failed(seams.transfer.faultCode(sent.code), sent.text);
    return () => ({ faultCode: 0, faultString: "", needsReboot: false });
  }

  #finish(transfer: Transfer, finish: () => Outcome): void {
    const { seams, clock } = this.#device;
    const { needsReboot, faultCode, faultString } = finish();
    this.#busy = false;
    if (faultCode !== 0 && seams.transfer.retries(transfer)) {
      this.#replace({ ...transfer, step: "waiting", due: clock.now() + 10_000 });
    } else {
      this.#around.ended(this.#replace({ ...transfer, step: "done", completeTime: clock.now(), faultCode, faultString }));
    }
    this.#device.save();
    if (needsReboot) this.#device.restart();
    else this.goOn();
  }

  #replace(transfer: Transfer): Transfer {
    const { state } = this.#device;
    state.transfers = state.transfers.map((other) => (other.id === transfer.id ? transfer : other));
    return transfer;
  }

  /** What is to be reported to the ACS, one TransferComplete each. */
  reports(): readonly Transfer[] {
    const { state, seams } = this.#device;
    return state.transfers.filter(({ step }) => step === "done").flatMap((transfer) => seams.transfer.reports(transfer));
  }

  /** Arguments of TransferComplete (TR-069 A.3.3.2). */
  reportArgs(transfer: Transfer): readonly Arg[] {
    const seams = this.#device.seams.transfer;
    return [
      { name: "CommandKey", text: seams.completeCommandKey(transfer) },
      {
        name: "FaultStruct",
        children: [
          { name: "FaultCode", text: String(transfer.faultCode ?? 0) },
          { name: "FaultString", text: seams.completeFaultString(transfer) },
        ],
      },
      { name: "StartTime", text: seams.completeTime(transfer.startTime) },
      { name: "CompleteTime", text: seams.completeTime(transfer.completeTime) },
    ];
  }

  /** The ACS knows of it; nothing more is owed. */
  reported(transfer: Transfer): void {
    const { state } = this.#device;
    state.transfers = state.transfers.filter(({ id }) => id !== transfer.id);
  }
}

interface Outcome {
  readonly faultCode: number;
  readonly faultString: string;
  readonly needsReboot: boolean;
}

const failed = (faultCode: number, text: string): Outcome => ({ faultCode, faultString: text.slice(0, 256), needsReboot: false });
