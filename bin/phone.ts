import { openOwnInterface } from "../lan/own.ts";
import { mutants } from "../simulator/mutants/index.ts";
import type { LanPort } from "../simulator/network.ts";
import { startPhone } from "../simulator/phone.ts";
import type { Seams } from "../simulator/seams.ts";
import { addressText } from "./address.ts";
import { PHONE_HELP, type PhoneCommand, readPhoneCommand } from "./phone-flags.ts";
import { WRONG_USAGE, wrongUsage } from "./usage.ts";

// The simulated phone as a program of its own, on real sockets and in real time.

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const sayNow = (line: string): void => say(`${new Date().toISOString().slice(11, 19)} ${line}`);

/** The same phone, which says a line for each Inform that it sends. */
function told(seams: Seams): Seams {
  return {
    ...seams,
    inform: {
      ...seams.inform,
      ordered(events) {
        const ordered = seams.inform.ordered(events);
        sayNow(`Inform: ${ordered.map(({ code }) => code).join(", ")}`);
        return ordered;
      },
    },
  };
}

/** Its interface cannot be had; the message says why. */
class WithoutInterface extends Error {}

type Own = Awaited<ReturnType<typeof openOwnInterface>>;

/** The same interface, which says a line for each address that it is given. */
const toldOf = (own: Own): LanPort => ({
  ...own,
  async configure(given) {
    await own.configure(given);
    if (given !== undefined) sayNow(`Address: ${given.address}/${given.prefix}`);
  },
});

async function start({ acs, options, rebootEnds }: PhoneCommand & { readonly kind: "start" }, own?: Own): Promise<void> {
  const stop = async (): Promise<void> => {
    await phone.stop();
    await own?.stop();
  };
  const end = (): void => void stop().finally(() => process.exit(0));
  const ends = rebootEnds ? { endsAtReboot: end } : {};
  const lan = own === undefined ? {} : { lan: toldOf(own) };
  const phone = await startPhone({ ...options, ...ends, ...lan, seams: told(options.seams) });
  const { host = "127.0.0.1" } = options;
  const address = addressText({ host: own === undefined ? host : "ADDRESS", port: phone.webPort });
  if (own !== undefined) say("ADDRESS        the one that DHCP gives it; that is said below");
  if (options.device === "generic") say(`USP controller ${options.usp?.controllerUrl ?? "none: name one with --usp-controller"}`);
  if (options.device === "snom") {
    say(`Web interface  http://${address}/`);
    say(`ACS            ${acs ?? `none yet; examine the phone with: npm test -- --target=${address}`}`);
  }
  if (options.device === "cwmp") say(`ACS            ${acs ?? "none yet; it asks DHCP for one"}`);
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
      if (command.lan === undefined) await start(command);
      else await startOn(command.lan, command);
      return 0;
  }
}

/** The phone's own interface is given back where the phone does not start. */
async function startOn(name: string, command: PhoneCommand & { readonly kind: "start" }): Promise<void> {
  const own = await openOwnInterface(name).catch((error: Error) => {
    throw new WithoutInterface(error.message);
  });
  try {
    await start(command, own);
  } catch (error) {
    await own.stop();
    throw error;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof WithoutInterface) process.stderr.write(`\nThe phone cannot start: ${error.message}\n`);
  else if (error instanceof Error && "syscall" in error)
    process.stderr.write(`\nThe phone cannot start: ${error.message}\nAnother --port, --cr-port or --host may help.\n`);
  else throw error;
  process.exitCode = 1;
}
