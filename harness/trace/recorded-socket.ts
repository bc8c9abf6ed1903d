import type { Clock } from "../core/clock.ts";
import type { DatagramSocket, Endpoint, Network } from "../core/network.ts";
import type { DatagramContent, DatagramRecord } from "./datagram.ts";
import type { Recording } from "./recording.ts";

/** Makes the place of a datagram from what it turns out to be: `datagram #12 (DHCPREQUEST)`. */
export type DatagramName = (what: string) => string;

export interface RecordedSocketOptions {
  /** Port to listen on; 0 takes any. */
  readonly port: number;
  /** A multicast group that is heard besides. */
  readonly group?: string;
  /** Reads what came, or is sent. Never throws. What it hands to `name` last names the datagram. */
  decode(octets: Buffer, name: DatagramName): DatagramContent;
  /** Called for each datagram that came, once it is recorded. */
  received(record: DatagramRecord): void;
  /** True for a datagram that is none of the phone's: it is then not recorded, and nobody is told. */
  drops?(octets: Buffer, from: Endpoint): boolean;
}

/** A UDP socket that everything sent and received on is recorded of. */
export interface RecordedSocket {
  readonly port: number;
  /** To an address, to 255.255.255.255, or to a multicast group. Never throws; what cannot be sent is lost. */
  send(octets: Buffer, to: Endpoint): DatagramRecord;
  close(): void;
}

/**
 * Opens a socket between the phone and us.
 * @throws Error with the code of the system, EADDRINUSE or EACCES
 */
export async function openRecorded(
  network: Network,
  { clock, recording }: { readonly clock: Clock; readonly recording: Recording },
  { port, group, decode, received, drops }: RecordedSocketOptions,
): Promise<RecordedSocket> {
  const record = (from: DatagramRecord["from"], octets: Buffer, source: Endpoint, destination: Endpoint): DatagramRecord =>
    recording.datagram((number) => {
      let where = `datagram #${number}`;
      const content = decode(octets, (what) => {
        where = `datagram #${number} (${what})`;
        return where;
      });
      return { at: clock.now(), from, source, destination, octets, content, where };
    });
  const socket: DatagramSocket = await network.open({
    port,
    ...(group === undefined ? {} : { group }),
    received(octets, from, to) {
      if (drops?.(octets, from) === true) return;
      received(record("phone", octets, from, { address: to, port: socket.port }));
    },
  });
  return {
    port: socket.port,
    send(octets, to) {
      const sent = record("harness", octets, { address: network.address, port: socket.port }, to);
      socket.send(octets, to);
      return sent;
    },
    close: () => socket.close(),
  };
}
