import type { Mutant } from "./mutant.ts";

/** Devices that go wrong with certificates that they are given (TR-181 Device.LocalAgent.AddCertificate). */
export const uspCertificateMutants: readonly Mutant[] = [
  {
    id: "usp-certificate-forgotten",
    rig: "generic",
    phone: "A phone that answers AddCertificate() and forgets the certificate.",
    breaks: "TP-469:9.2#listed",
    caught: { "usp.certificate.added": ["TP-469:9.2#listed"] },
    change: () => ({ usp: { keepsCertificate: () => false } }),
  },
  {
    id: "usp-certificate-other-alias",
    rig: "generic",
    phone: "A phone that gives certificates an alias of its own.",
    breaks: "TP-469:9.2#listed",
    caught: { "usp.certificate.added": ["TP-469:9.2#listed"] },
    change: () => ({ usp: { certificateAlias: () => "" } }),
  },
  {
    id: "usp-certificate-refused",
    rig: "generic",
    phone: "A phone that takes no text for a certificate.",
    breaks: "TP-469:9.2#added",
    caught: { "usp.certificate.added": ["TP-469:9.2#added", "TP-469:9.2#listed"] },
    change: () => ({ usp: { isCertificate: () => false } }),
  },
  {
    id: "usp-certificate-anything",
    rig: "generic",
    phone: "A phone that takes every text for a certificate.",
    breaks: "TP-469:9.2#broken",
    caught: { "usp.certificate.broken": ["TP-469:9.2#broken"] },
    change: () => ({ usp: { isCertificate: () => true } }),
  },
  {
    id: "usp-certificate-stays",
    rig: "generic",
    phone: "A phone that answers Delete() of a certificate and keeps it.",
    breaks: "TP-469:9.2#deleted",
    caught: { "usp.certificate.added": ["TP-469:9.2#deleted"] },
    change: () => ({ usp: { deletesCertificate: () => false } }),
  },
  {
    id: "usp-certificate-distrusted",
    rig: "generic",
    phone: "A phone that believes no certificate, whoever has signed it.",
    breaks: "TP-469:9.2#believed",
    caught: {
      "usp.certificate.believed": ["TP-469:9.2#believed"],
      "usp.mtp.certificate": ["TR-369:R-WS.22"],
      "usp.trust.role-inherited": ["TR-369:SEC#inherited"],
      "usp.trust.role-of-nearest": ["TR-369:R-SEC.25"],
    },
    change: () => ({ usp: { believesCertificate: () => false } }),
  },
  {
    id: "usp-certificate-short-number",
    rig: "generic",
    phone: "A phone that shows eight digits of the serial number of a certificate.",
    breaks: "TP-469:9.2#serial-number",
    caught: { "usp.certificate.added": ["TP-469:9.2#serial-number"] },
    change: () => ({ usp: { serialNumber: (text) => text.slice(0, 8) } }),
  },
  {
    id: "usp-certificate-cut-fingerprint",
    rig: "generic",
    phone: "A phone that tells the first sixteen octets of a fingerprint.",
    breaks: "TP-469:9.2#fingerprint",
    caught: { "usp.certificate.fingerprint": ["TP-469:9.2#fingerprint"] },
    change: () => ({ usp: { fingerprint: (digest) => digest.slice(0, 47) } }),
  },
];
