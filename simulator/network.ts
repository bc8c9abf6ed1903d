/** Where datagrams come from and go to. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export interface SocketOptions {
  /** Port to listen on; 0 takes any. */
  readonly port: number;
  /** A multicast group that is heard besides. */
  readonly group?: string;
  /**
   * Called for each datagram. Must not throw.
   * @param to address that it was sent to: what tells a broadcast from a unicast
   */
  received(data: Buffer, from: Endpoint, to: string): void;
}

/** A UDP socket. What cannot be sent is lost, as on any network. */
export interface DatagramSocket {
  readonly port: number;
  /** To an address, to 255.255.255.255, or to a multicast group. Never throws. */
  send(data: Buffer, to: Endpoint): void;
  close(): void;
}

/** Something that UDP sockets can be opened on. Handed in by whoever wires a run. */
export interface Network {
  /** @throws Error with the code of the system, EADDRINUSE or EACCES */
  open(options: SocketOptions): Promise<DatagramSocket>;
}

/** What a phone puts on its interface when it has been given an address. */
export interface InterfaceAddress {
  readonly address: string;
  /** Length of the network's prefix, in bits. */
  readonly prefix: number;
  readonly router?: string;
}

/** The phone's interface of a LAN. Without an address it can send to 255.255.255.255 from 0.0.0.0, and hear what is sent there. */
export interface LanPort extends Network {
  /** Its hardware address, `02:00:00:00:00:02`. */
  readonly mac: string;
  /** Gives it this address, or takes the one it has. */
  configure(address: InterfaceAddress | undefined): Promise<void>;
}
