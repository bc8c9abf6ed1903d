import { mutants } from "../simulator/mutants/index.ts";
import { startPhone } from "../simulator/phone.ts";
import type { Seams } from "../simulator/seams.ts";
import { addressText } from "./address.ts";
import { PHONE_HELP, type PhoneCommand, readPhoneCommand } from "./phone-flags.ts";
import { WRONG_USAGE, wrongUsage } from "./usage.ts";

// The simulated phone as a program of its own, on real sockets and in real time.

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The same phone, which says a line for each Inform that it sends. */
function told(seams: Seams): Seams {
  return {
    ...seams,
    inform: {
      ...seams.inform,
      ordered(events) {
        const ordered = seams.inform.ordered(events);
        say(`${new Date().toISOString().slice(11, 19)} Inform: ${ordered.map(({ code }) => code).join(", ")}`);
        return ordered;
      },
    },
  };
}

async function start({ acs, options, rebootEnds }: PhoneCommand & { readonly kind: "start" }): Promise<void> {
  const end = (): void => void phone.stop().finally(() => process.exit(0));
  const ends = rebootEnds ? { endsAtReboot: end } : {};
  const phone = await startPhone({ ...options, ...ends, seams: told(options.seams) });
  if (options.device === "generic") say(`USP controller ${options.usp?.controllerUrl ?? "none: name one with --usp-controller"}`);
  else {
    const address = addressText({ host: options.host ?? "127.0.0.1", port: phone.webPort });
    say(`Web interface  http://${address}/`);
    say(`ACS            ${acs ?? `none yet; examine the phone with: npm test -- --target=${address}`}`);
  }
  say("Ctrl-C ends the phone.");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
}

async function main(): Promise<number> {
  const command = readPhoneCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "help":
      say(PHONE_HELP);
      return 0;
    case "mutants":
      say(mutants.map(({ id, phone }) => `${id}\n    ${phone}`).join("\n"));
      return 0;
    case "wrong":
      process.stderr.write(wrongUsage(command));
      return WRONG_USAGE;
    case "start":
      await start(command);
      return 0;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Error && "syscall" in error)) throw error;
  process.stderr.write(`\nThe phone cannot start: ${error.message}\nAnother --port, --cr-port or --host may help.\n`);
  process.exitCode = 1;
}
