import type { DeviceKind } from "../device-kind.ts";
import { addressData, type DhcpOption, encodeMessage, OPTION } from "./message.ts";
import type { DhcpSeams } from "./seams.ts";
import { BROADBAND_FORUM, type DeviceIdentity, type DhcpStep } from "./sending-seams.ts";

/** What a request says of the phone. */
export interface About {
  readonly kind: DeviceKind;
  readonly identity: DeviceIdentity;
  readonly mac: string;
  /** What other parts of the phone want to say. */
  readonly others: readonly DhcpOption[];
}

/** What a request is about. */
export interface Asking {
  readonly step: DhcpStep;
  readonly xid: number;
  /** Since the phone began to ask, in seconds. */
  readonly secs: number;
  /** The address that is asked for, or that the phone has; empty for none. */
  readonly address: string;
  /** The server that is meant; empty for any. */
  readonly server: string;
}

/** Steps at which the phone has an address that it may use. */
const ADDRESSED: ReadonlySet<DhcpStep> = new Set(["renewal", "rebinding", "inform"]);

/** The octets of a request. */
export function makeRequest(seams: DhcpSeams, about: About, asking: Asking): Buffer {
  const { step, xid, secs, address } = asking;
  const hasAddress = ADDRESSED.has(step);
  const header = seams.header(
    {
      op: 1,
      xid,
      secs: Math.min(Math.floor(secs), 0xff_ff),
      broadcast: seams.wantsBroadcast(hasAddress),
      ciaddr: hasAddress ? address : "0.0.0.0",
      yiaddr: "0.0.0.0",
      mac: about.mac,
    },
    step,
  );
  const options = seams.arranged(optionsOf(seams, about, asking), step);
  return seams.padded(encodeMessage(header, Buffer.concat(options.map((option) => seams.optionOctets(option)))));
}

function optionsOf(seams: DhcpSeams, { kind, identity, mac, others }: About, asking: Asking): readonly DhcpOption[] {
  const { step } = asking;
  const address = seams.requestedAddress(step, asking.address);
  const server = seams.serverIdentifier(step, asking.server);
  const vendorClass = seams.vendorClass(step, kind, identity.productClass);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(seams.maximumSize());
  const said = seams.identity(identity, step);
  const optional: readonly (readonly [number, Buffer | undefined])[] = [
    [OPTION.messageType, Buffer.of(seams.messageType(step))],
    [OPTION.maximumSize, size],
    [OPTION.requestedAddress, address === undefined ? undefined : addressData(address)],
    [OPTION.server, server === undefined ? undefined : addressData(server)],
    [OPTION.parameterRequestList, Buffer.from(seams.parameterRequestList(step, kind))],
    [OPTION.vendorClass, vendorClass === "" ? undefined : Buffer.from(vendorClass)],
    [OPTION.clientIdentifier, seams.clientIdentifier(mac)],
    [OPTION.vendorIdentifying, said.length === 0 ? undefined : seams.vendorIdentifying(blockOf(seams, said), step)],
  ];
  return [...optional.flatMap(([code, data]) => (data === undefined ? [] : [{ code, data }])), ...others];
}

function blockOf(seams: DhcpSeams, said: readonly DhcpOption[]): Buffer {
  const data = Buffer.concat(said.map((one) => seams.subOption(one)));
  return Buffer.concat([seams.enterpriseOctets(BROADBAND_FORUM), Buffer.of(seams.blockLength(data)), data]);
}
