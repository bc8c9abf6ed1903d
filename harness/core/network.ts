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

/** Something that UDP sockets can be opened on: an interface of a LAN, or this machine. Handed in by whoever wires a run. */
export interface Network {
  /** Address under which the phone reaches us here. */
  readonly address: string;
  /** @throws Error with the code of the system, EADDRINUSE or EACCES */
  open(options: SocketOptions): Promise<DatagramSocket>;
}

/** The gateway's interface of a LAN that nobody is on but the phone, or, in a lab, of one that the user has named. */
export interface GatewayPort extends Network {
  /** Its hardware address, `02:00:00:00:00:01`. */
  readonly mac: string;
  /** Length of the network's prefix, in bits. */
  readonly prefix: number;
  /** Address that the phone is to have on this LAN. */
  readonly phoneAddress: string;
  /** Hardware address of the only client that may be answered; absent where nobody else can be on the LAN. */
  readonly onlyClient?: string;
  /** From now on datagrams to `address` go to this hardware address, without asking for it: a client without an address cannot tell. */
  know(address: string, mac: string): Promise<void>;
}
