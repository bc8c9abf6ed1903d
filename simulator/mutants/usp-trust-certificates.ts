import type { CertificateFacts } from "../usp/trust-seams.ts";
import type { Mutant } from "./mutant.ts";

/** A phone that takes one thing about certificates for given. */
const credulous = (given: Partial<CertificateFacts>, facts: Pick<Mutant, "id" | "phone" | "breaks" | "caught">): Mutant => ({
  ...facts,
  rig: "generic",
  change: ({ usp }) => ({ usp: { believesCertificate: (seen) => usp.believesCertificate({ ...seen, ...given }) } }),
});

/** Phones that go wrong with the certificates of controllers (TR-369 "Analysis of Controller Certificates"). */
export const uspTrustCertificatesMutants: readonly Mutant[] = [
  credulous(
    { isInTime: true },
    {
      id: "usp-trust-any-date",
      phone: "A phone that does not look at the dates of a controller's certificate.",
      breaks: "TR-369:R-SEC.20",
      caught: {
        "usp.trust.certificate-expired": ["TR-369:R-SEC.20", "TR-369:R-MTP.3"],
        "usp.trust.certificate-early": ["TR-369:R-SEC.20", "TR-369:R-MTP.3"],
      },
    },
  ),
  credulous(
    { isNamed: true },
    {
      id: "usp-trust-any-name",
      phone: "A phone that does not look for the Endpoint ID in a controller's certificate.",
      breaks: "TR-369:R-SEC.3",
      caught: {
        "usp.trust.certificate-of-another": ["TR-369:R-SEC.0a", "TR-369:R-SEC.3"],
        "usp.trust.role-not-inherited": ["TR-369:R-SEC.4"],
      },
    },
  ),
  credulous(
    { isFirstUseAllowed: true },
    {
      id: "usp-trust-any-authority",
      phone: "A phone that takes the certificates of any authority although it may not.",
      breaks: "TR-369:R-SEC.2",
      caught: { "usp.trust.certificate-unknown": ["TR-369:R-SEC.2", "TR-369:R-MTP.4"] },
    },
  ),
  {
    id: "usp-trust-nothing-inherited",
    phone: "A phone whose controllers inherit no roles.",
    breaks: "TR-369:SEC#inherited",
    caught: {
      "usp.trust.role-inherited": ["TR-369:SEC#inherited"],
      "usp.trust.role-of-nearest": ["TR-369:R-SEC.25"],
    },
    rig: "generic",
    change: () => ({ usp: { inherited: () => [] } }),
  },
  {
    id: "usp-trust-all-inherited",
    phone: "A phone whose controllers inherit the roles of all authorities in their chain.",
    breaks: "TR-369:R-SEC.25",
    caught: { "usp.trust.role-of-nearest": ["TR-369:R-SEC.25"] },
    rig: "generic",
    change: () => ({ usp: { inherited: (roles) => roles.flat() } }),
  },
];
