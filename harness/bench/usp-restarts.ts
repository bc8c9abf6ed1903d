import type { RunningController } from "../controller/usp-controller.ts";
import type { Driver } from "../phone/driver.ts";
import type { UspRecordLog } from "../trace/usp.ts";

/** Milliseconds in which a device that was told to start anew goes away. */
const GOES_WITHIN = 30_000;

export interface RestartOptions {
  readonly controller: RunningController;
  readonly driver: Pick<Driver, "startAgain">;
  note(text: string): void;
}

/**
 * Helps a device back that a case has told to reboot: for some agents that is their end. What helps is the driver's; it begins when the
 * device has gone. (Cases that reset a device have it provisioned again themselves.)
 *
 * @returns to be told of every record
 */
export function helpingBack({ controller, driver, note }: RestartOptions): (log: UspRecordLog) => void {
  const help = async (): Promise<void> => {
    try {
      if ((await controller.current?.closed(GOES_WITHIN)) !== undefined) await driver.startAgain?.();
    } catch (error) {
      note(error instanceof Error ? error.message : String(error));
    }
  };
  return ({ from, record }) => {
    if (from === "agent" || driver.startAgain === undefined) return;
    if (record.message?.at("request/operate/command").value === "Device.Reboot()") void help();
  };
}
