import { type ConnectionRequestSeams, connectionRequestSeams } from "./cwmp/connection-request-seams.ts";
import { type EventSeams, eventSeams } from "./cwmp/event-seams.ts";
import { type HttpSeams, httpSeams } from "./cwmp/http-seams.ts";
import { type InformSeams, informSeams } from "./cwmp/inform-seams.ts";
import { type RetrySeams, retrySeams } from "./cwmp/retry-seams.ts";
import { type RpcSeams, rpcSeams } from "./cwmp/rpc-seams.ts";
import { type SessionSeams, sessionSeams } from "./cwmp/session-seams.ts";
import { type SoapSeams, soapSeams } from "./cwmp/soap-seams.ts";
import { type TransferSeams, transferSeams } from "./cwmp/transfer-seams.ts";
import { type ModelSeams, modelSeams } from "./data-model/seams.ts";
import { type DhcpSeams, dhcpSeams } from "./dhcp/seams.ts";
import { type DnsSeams, dnsSeams } from "./dns/seams.ts";
import { type ProvisioningSeams, provisioningSeams } from "./provisioning/seams.ts";
import { type StunSeams, stunSeams } from "./stun/seams.ts";
import { type UspAgentSeams, uspAgentSeams } from "./usp/seams.ts";
import { type VendorSeams, vendorSeams } from "./vendor-methods/seams.ts";
import { type WebSeams, webSeams } from "./web/seams.ts";

/**
 * Every behaviour of the phone that a mutant may replace, as records of functions by area. Seams hold no state: what they
 * decide on is handed to them, and what they decide is their result.
 */
export interface Seams {
  readonly http: HttpSeams;
  readonly soap: SoapSeams;
  readonly inform: InformSeams;
  readonly session: SessionSeams;
  readonly events: EventSeams;
  readonly rpc: RpcSeams;
  readonly model: ModelSeams;
  readonly connectionRequest: ConnectionRequestSeams;
  readonly retry: RetrySeams;
  readonly transfer: TransferSeams;
  readonly web: WebSeams;
  readonly provisioning: ProvisioningSeams;
  readonly vendor: VendorSeams;
  readonly usp: UspAgentSeams;
  readonly dhcp: DhcpSeams;
  readonly dns: DnsSeams;
  readonly stun: StunSeams;
}

/** The phone that does everything right. */
export const reference: Seams = {
  http: httpSeams,
  soap: soapSeams,
  inform: informSeams,
  session: sessionSeams,
  events: eventSeams,
  rpc: rpcSeams,
  model: modelSeams,
  connectionRequest: connectionRequestSeams,
  retry: retrySeams,
  transfer: transferSeams,
  web: webSeams,
  provisioning: provisioningSeams,
  vendor: vendorSeams,
  usp: uspAgentSeams,
  dhcp: dhcpSeams,
  dns: dnsSeams,
  stun: stunSeams,
};
