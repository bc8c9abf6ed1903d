import { X509Certificate } from "node:crypto";
import type { Device } from "../device.ts";
import { octetsIn } from "./certificates.ts";
import type { UspModel } from "./model.ts";
import { CREDENTIAL_TABLE, TRUST } from "./schema-trust.ts";
import { hasRoles, rolesIn } from "./trust.ts";

/** An entry of the table of credentials, and the certificate that it is about. */
interface Credential {
  readonly certificate: X509Certificate;
  readonly roles: readonly string[];
}

/**
 * Whether a controller is believed that shows this chain, its own certificate first; if so, it has from then on the roles that it
 * inherits by it (TR-369 "Checking a Certificate", "Determining the Role").
 * @param controller its object, `Device.LocalAgent.Controller.2.`
 */
export function believes(device: Device, model: UspModel, controller: string, chain: readonly X509Certificate[]): boolean {
  const [own] = chain;
  if (!hasRoles(model) || own === undefined) return true;
  const { usp } = device.seams;
  const name = `URI:urn:bbf:usp:id:${model.value(`${controller}EndpointID`)}`;
  const authorities = credentials(device, model).filter(({ certificate }) => chain.some((one) => hasSigned(certificate, one)));
  const facts = {
    isInTime: isInTime(own, device.clock.now()),
    isNamed: (own.subjectAltName ?? "").split(", ").includes(name),
    isSigned: authorities.length > 0,
    isFirstUseAllowed: model.isOn(`${TRUST}TOFUAllowed`),
  };
  if (!usp.believesCertificate(facts)) return false;
  const nearest = chain.flatMap((one) => authorities.filter(({ certificate }) => hasSigned(certificate, one)));
  const roles = usp.inherited([...new Set(nearest)].map((one) => one.roles));
  model.set(`${controller}InheritedRole`, roles.join(","));
  return true;
}

function credentials(device: Device, model: UspModel): readonly Credential[] {
  return model.instances(CREDENTIAL_TABLE).flatMap((number) => {
    const path = `${CREDENTIAL_TABLE}${number}.`;
    const octets = octetsIn(device, `${model.value(`${path}Credential`).replace(/\.$/, "")}.`);
    if (!model.isOn(`${path}Enable`) || octets.length === 0) return [];
    return { certificate: new X509Certificate(octets), roles: rolesIn(model.value(`${path}Role`)) };
  });
}

const hasSigned = (authority: X509Certificate, one: X509Certificate): boolean =>
  one.checkIssued(authority) && one.verify(authority.publicKey);

const isInTime = ({ validFrom, validTo }: X509Certificate, now: number): boolean =>
  Date.parse(validFrom) <= now && now <= Date.parse(validTo);
