/** A datagram that looks like an HTTP request, taken apart. */
export interface UdpRequest {
  readonly method: string;
  readonly target: string;
  /** `HTTP/1.1`. */
  readonly version: string;
  /** How many Host fields it has. */
  readonly hosts: number;
  /** How many lines of its header are no field. */
  readonly broken: number;
  /** How many fields it has. */
  readonly fields: number;
  /** Octets behind its header. */
  readonly body: number;
  /** Arguments of its query string, empty where there are none. */
  readonly query: { readonly ts: string; readonly id: string; readonly un: string; readonly cn: string; readonly sig: string };
}

/** The last UDP connection request that was good. */
export interface UdpRecord {
  /** Its timestamp, in seconds since the Unix epoch. */
  readonly ts: number;
  readonly id: string;
}
