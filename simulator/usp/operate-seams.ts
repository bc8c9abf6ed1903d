/** How commands are run (TR-369 "Defined Operations Mechanism"). */
export const operateSeams = {
  /** Whether Operate is answered (R-OPR.4). */
  answersOperate(sendResp: boolean): boolean {
    return sendResp;
  },
  /** Code of a command that lacks a mandatory argument (R-OPR.5); undefined to run it all the same. */
  missingArgument(_name: string): number | undefined {
    return 7027;
  },
  /** Code of a command that has an argument which it does not know (R-OPR.6): undefined, it is ignored. */
  unknownArgument(_name: string): number | undefined {
    return undefined;
  },
  /** Code of a command with an argument that has no value of its type. */
  wrongArgument(_name: string): number | undefined {
    return 7027;
  },
  /** Code of an asynchronous command that is under way already, with the same key. */
  sameRequest(): number {
    return 7005;
  },
  /** Whether an asynchronous command ends those of the same name that run (R-OPR.3). */
  cancelsRunning(): boolean {
    return false;
  },
  /** Whether an asynchronous command has an instance in the Request table while it runs (R-OPR.0). */
  keepsRequest(): boolean {
    return true;
  },
  /** Whether the instance goes when the command has ended (R-OPR.0); `code` is that of its failure. */
  removesRequest(_code: number | undefined): boolean {
    return true;
  },
  /** Whether Cancel() ends a command. */
  cancels(_name: string): boolean {
    return true;
  },
  /** Code of a command that was cancelled. */
  cancelledCode(): number {
    return 7023;
  },
  /** Whether the end of an asynchronous command is notified. */
  tellsCompletion(_name: string): boolean {
    return true;
  },
  /** How long a timer runs, in milliseconds. */
  timerDelay(seconds: number): number {
    return seconds * 1000;
  },
  /** Commands that a search path matches and that are run, by the objects that they belong to (R-OPR.2). */
  operated(objects: readonly string[]): readonly string[] {
    return objects;
  },
  /** Keys of the reboots that the ACS is told it has asked for; what a controller asks for is none of them. */
  rebootsOfAcs(keys: readonly string[], _commandKey: string): readonly string[] {
    return keys;
  },
  /** Whether a command that restarts the agent does so. */
  obeys(_command: string): boolean {
    return true;
  },
};
