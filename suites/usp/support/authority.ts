import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { RequestOptions, UspReply } from "../../../harness/controller/controller.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type CertificateWishes, type KeyAndCertificate, makeCertificate } from "../../../harness/core/certificate.ts";
import { deletingMade, instancesOf, tidily } from "./instances.ts";
import { freshName, settings } from "./making.ts";
import { TRUST } from "./roles.ts";
import { withSecondEntry } from "./second-controller.ts";

const CERTIFICATES = "Device.LocalAgent.Certificate.";
const ADD = "Device.LocalAgent.AddCertificate()";

/** Milliseconds for an answer that must not come: longer than any agent takes for one that must. */
const SILENT = 10_000;

/** A new authority, which nobody believes yet. */
export const newAuthority = (bench: UspBench, issuer?: KeyAndCertificate): Promise<KeyAndCertificate> =>
  makeCertificate(bench.clock, {
    commonName: `${freshName(bench)} authority`,
    isAuthority: true,
    ...(issuer === undefined ? {} : { issuer }),
  });

/**
 * Makes the agent believe an authority in matters of controllers, which get `role` by that; not any more after `use`.
 * @throws Inconclusive `precondition` when the agent does not take it
 */
export async function withAuthority<T>(
  bench: UspBench,
  authority: KeyAndCertificate,
  role: string | undefined,
  use: () => Promise<T>,
): Promise<T> {
  const { controller } = bench;
  const before = await instancesOf(controller, CERTIFICATES);
  const reply = await controller.operate(ADD, { Alias: freshName(bench), Certificate: authority.cert });
  const [path] = (await instancesOf(controller, CERTIFICATES)).filter((one) => !before.includes(one));
  if (path === undefined)
    throw new Inconclusive("precondition", `${ADD} of an authority's certificate: the agent gave ${reply.summary.value}`);
  try {
    return await deletingMade(controller, async ({ add }) => {
      const values = { Enable: "true", Credential: path.slice(0, -1), AllowedUses: "MTP-and-USP" };
      await add(`${TRUST}Credential.`, settings({ ...values, ...(role === undefined ? {} : { Role: role.slice(0, -1) }) }));
      return use();
    });
  } finally {
    await tidily(() => controller.operate(`${path}Delete()`));
  }
}

/** What became of a controller that shows a certificate. */
export interface Shown {
  /** Whether the agent opened a WebSocket to it. */
  readonly came: boolean;
  /** What came back to its Get; absent when it could not send one. */
  readonly reply: UspReply | undefined;
}

export interface ShowingOptions {
  /** Fields of its certificate besides names and issuer. */
  readonly valid?: CertificateWishes["valid"];
  /** EndpointID in its certificate, where that is not its own. */
  readonly namedFor?: string;
  /** Whoever has signed its certificate; without one it has signed it itself. */
  readonly issuer?: KeyAndCertificate;
  /** Certificates that it shows besides its own, in PEM. */
  readonly besides?: string;
  /** AssignedRole, as `withSecondController` has it. */
  readonly roles?: string;
  /** What it asks the agent; default a Get. @param itself makes it this controller's */
  ask?(itself: RequestOptions): Promise<UspReply>;
}

/**
 * Plays a second controller that shows a certificate, and asks the agent for something as that one.
 * @param use is done as the first controller, as long as the entry is there
 */
export async function showing<T>(
  bench: UspBench,
  { valid, namedFor, issuer, besides = "", roles, ask }: ShowingOptions,
  use: (path: string) => Promise<T>,
): Promise<Shown & { readonly seen: T }> {
  const { controller, clock, websocket } = bench;
  const endpointId = `self::${freshName(bench)}`;
  const host = new URL(websocket.url).hostname.replace(/^\[|\]$/g, "");
  const { key, cert } = await makeCertificate(clock, {
    commonName: host,
    names: [
      { type: "url", value: `urn:bbf:usp:id:${namedFor ?? endpointId}` },
      { type: /^[\d.]+$|:/.test(host) ? "ip" : "dns", value: host },
    ],
    ...(issuer === undefined ? {} : { issuer }),
    ...(valid === undefined ? {} : { valid }),
  });
  const server = await websocket.listen({ tls: { key, cert: `${cert}\n${besides}` } });
  try {
    const options = { endpointId, url: server.url, ...(roles === undefined ? {} : { roles }) };
    return await withSecondEntry(bench, options, async ({ path, itself, opened }) => {
      const connection = await opened();
      const asked = ask ?? ((as: RequestOptions) => controller.get(["Device.LocalAgent.EndpointID"], 0, as));
      const reply = connection === undefined ? undefined : await asked({ ...itself, within: SILENT });
      await connection?.close();
      // It cannot come again.
      await server.close();
      return { came: connection !== undefined, reply, seen: await use(path) };
    });
  } finally {
    await server.close();
  }
}
