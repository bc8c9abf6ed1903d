import type { Device } from "../device.ts";
import type { CommandHandlers } from "./commands.ts";
import type { UspModel } from "./model.ts";
import type { CommandOutcome } from "./operate.ts";
import { CONTROLLER_TABLE } from "./schema.ts";
import { CHALLENGE_TABLE, TRUST } from "./schema-trust.ts";
import { rolesIn } from "./trust.ts";

/** A challenge that waits for its answer. */
interface Asked {
  readonly challenge: string;
  readonly originator: string;
  readonly until: number;
}

/** Seconds for an answer when the controller does not say. */
const USUAL_EXPIRATION = 600;
const FAILED = 7022;
const INVALID_ARGUMENTS = 7027;

/** Challenges by which a controller earns a role (TR-369 "Challenges"). What is not answered is forgotten when the agent starts again. */
export class Challenges {
  readonly #device: Device;
  readonly #model: UspModel;
  readonly #asked = new Map<string, Asked>();
  /** Wrong answers in a row, by path of the challenge, and until when no more are taken. */
  readonly #failures = new Map<string, { readonly count: number; readonly lockedUntil: number }>();
  #last = 0;

  constructor(device: Device, model: UspModel) {
    this.#device = device;
    this.#model = model;
  }

  readonly handlers: CommandHandlers = {
    "Device.LocalAgent.ControllerTrust.RequestChallenge()": ({ input }, run) => {
      const { clock } = this.#device;
      const challenge = `${(input.ChallengeRef ?? "").replace(/\.$/, "")}.`;
      if (!challenge.startsWith(CHALLENGE_TABLE) || !this.#model.has(challenge)) return run.failed(INVALID_ARGUMENTS);
      if (!this.#model.isOn(`${challenge}Enable`)) return run.failed(FAILED);
      this.#last += 1;
      const id = String(this.#last);
      const until = clock.now() + Number(input.RequestExpiration ?? USUAL_EXPIRATION) * 1000;
      this.#asked.set(id, { challenge, originator: run.originator, until });
      const value = (name: string): string => this.#model.value(challenge + name);
      return run.done({
        Instruction: value("Instruction"),
        InstructionType: value("InstructionType"),
        ValueType: value("ValueType"),
        ChallengeID: id,
      });
    },
    "Device.LocalAgent.ControllerTrust.ChallengeResponse()": ({ input }, run) => {
      const asked = this.#asked.get(input.ChallengeID ?? "");
      const isKnown = asked !== undefined && asked.originator === run.originator && asked.until >= this.#device.clock.now();
      if (!isKnown) return run.failed(INVALID_ARGUMENTS);
      this.#asked.delete(input.ChallengeID ?? "");
      return this.#answered(asked, Buffer.from(input.Value ?? "", "base64"), run);
    },
  };

  boot(): void {
    this.#asked.clear();
    this.#failures.clear();
  }

  #answered(
    { challenge, originator }: Asked,
    given: Buffer,
    run: { done(): CommandOutcome; failed(code: number): CommandOutcome },
  ): CommandOutcome {
    const { clock, seams } = this.#device;
    const now = clock.now();
    const failures = this.#failures.get(challenge);
    if (failures !== undefined && failures.lockedUntil > now) return run.failed(FAILED);
    const value = (name: string): string => this.#model.value(challenge + name);
    if (seams.usp.meetsChallenge(Buffer.from(value("Value"), "base64"), given)) {
      this.#failures.delete(challenge);
      this.#elevate(originator, rolesIn(value("Role")));
      return run.done();
    }
    // A lockout that is over makes a fresh start.
    const before =
      failures === undefined || (Number.isFinite(failures.lockedUntil) && failures.lockedUntil > 0) ? 0 : failures.count;
    const count = before + 1;
    const isLocked = seams.usp.locksOut(count, Number(value("Retries")));
    const lockedUntil = isLocked ? now + seams.usp.lockout(Number(value("LockoutPeriod"))) : 0;
    this.#failures.set(challenge, { count, lockedUntil });
    return run.failed(FAILED);
  }

  #elevate(originator: string, gained: readonly string[]): void {
    const all = this.#model.instances(CONTROLLER_TABLE).map((number) => `${CONTROLLER_TABLE}${number}.`);
    const controller = all.find((path) => this.#model.value(`${path}EndpointID`) === originator);
    if (controller === undefined) return;
    const assigned = rolesIn(this.#model.value(`${controller}AssignedRole`));
    const untrusted = rolesIn(this.#model.value(`${TRUST}UntrustedRole`));
    const roles = this.#device.seams.usp.elevated(assigned, untrusted, gained);
    this.#model.set(`${controller}AssignedRole`, roles.join(","));
  }
}
