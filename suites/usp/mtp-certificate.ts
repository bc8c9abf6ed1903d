import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { newAuthority, type Shown, showing, withAuthority } from "./support/authority.ts";
import { TRUST } from "./support/roles.ts";

/** USP versions of a controller, as GetSupportedProtocol tells them. */
const VERSIONS = "1.0,1.1,1.2,1.3,1.4";

/** A controller that shows a certificate asks which versions the agent speaks; the agent believes it, where it has to be told whom. */
async function asking(bench: UspBench): Promise<Shown> {
  const { controller, agent } = bench;
  const issuer = await newAuthority(bench);
  const show = (): Promise<Shown> =>
    showing(bench, { issuer, ask: (itself) => controller.getSupportedProtocol(VERSIONS, itself) }, async () => {});
  const isTold = agent.supports("Device.LocalAgent.AddCertificate()") && agent.creates(`${TRUST}Credential.`);
  return isTold ? withAuthority(bench, issuer, undefined, show) : show();
}

/** Certificates at the MTP (TR-369 "Securing MTPs"). */
export const mtpCertificateCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mtp.certificate",
    title: "speaks over TLS with a controller that shows it a good certificate",
    proves: ["TR-369:R-WS.22"],
    references: ["TP-469 4.1"],
    needs: ["usp-add-controller", "usp-websocket"],
    mtp: "websocket",
    drive: asking,
    *judge({ came, reply }) {
      // What it answers is another case's business.
      yield holds("TR-369:R-WS.22", came && reply?.kind !== "closed", {
        expected: "a WebSocket over TLS, and GetSupportedProtocol over it",
        actual: reply?.summary.value ?? (came ? "a connection without answer" : "no connection"),
        where: reply?.summary.where ?? "a server with TLS",
      });
    },
  }),
];
