import { lookup } from "node:dns/promises";
import { connect } from "node:net";

/** What is found where a phone should be. `reason` is a sentence without its full stop. */
export type Knock =
  | { readonly kind: "open" }
  /** The host may be there, but nothing answers: the run is made, and comes to nothing. */
  | { readonly kind: "nobody"; readonly reason: string }
  /** There is no such host, or no way to it: a mistake in the command. */
  | { readonly kind: "nowhere"; readonly reason: string };

/** Real milliseconds for a phone in the same network, or behind a slow tunnel, to accept a connection. */
const PATIENCE = 5_000;

/** Opens a TCP connection and closes it again. Nothing is sent. */
export function knock(host: string, port: number, patience = PATIENCE): Promise<Knock> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (found: Knock): void => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(patience, () => end({ kind: "nobody", reason: `no answer within ${patience / 1000} s` }));
    socket.once("connect", () => end({ kind: "open" }));
    socket.once("error", (error: NodeJS.ErrnoException) => end(fromError(error)));
  });
}

/** Whether the host's name has an address; for a device that offers nothing to connect to. */
export async function resolves(host: string): Promise<Knock> {
  try {
    await lookup(host);
    return { kind: "open" };
  } catch (error) {
    return fromError(error as NodeJS.ErrnoException);
  }
}

const NOWHERE: Readonly<Record<string, string>> = {
  ENOTFOUND: "no such name is known",
  EAI_AGAIN: "the name server does not answer",
  EHOSTUNREACH: "there is no way to that host",
  ENETUNREACH: "there is no way to that network",
  EADDRNOTAVAIL: "it is no address that one can connect to",
  EINVAL: "it is no address that one can connect to",
};

function fromError({ code = "", message }: NodeJS.ErrnoException): Knock {
  const nowhere = NOWHERE[code];
  if (nowhere !== undefined) return { kind: "nowhere", reason: nowhere };
  return {
    kind: "nobody",
    reason: code === "ECONNREFUSED" ? "connection refused" : `connection failed, ${code === "" ? message : code}`,
  };
}
