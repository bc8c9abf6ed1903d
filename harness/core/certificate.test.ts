import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { makeCertificate } from "./certificate.ts";
import { realClock } from "./clock.ts";

test("a certificate has the names and dates that were wished for, and is signed by its issuer", async () => {
  const authority = await makeCertificate(realClock, { commonName: "authority", isAuthority: true });
  const made = await makeCertificate(realClock, {
    commonName: "controller.example",
    names: [
      { type: "url", value: "urn:bbf:usp:id:self::a" },
      { type: "ip", value: "127.0.0.1" },
    ],
    issuer: authority,
    valid: [-20, -10],
  });
  const [one, issuer] = [new X509Certificate(made.cert), new X509Certificate(authority.cert)];
  expect(one.subjectAltName).toBe("URI:urn:bbf:usp:id:self::a, IP Address:127.0.0.1");
  expect(one.checkIssued(issuer) && one.verify(issuer.publicKey)).toBe(true);
  expect([issuer.ca, one.ca]).toEqual([true, false]);
  expect(Date.parse(one.validTo)).toBeLessThan(realClock.now());
  expect(one.serialNumber).not.toBe(issuer.serialNumber);
});
