import { createSocket, type Socket } from "node:dgram";
import type { DatagramSocket, Endpoint, Network, SocketOptions } from "../harness/core/network.ts";
import { type BusyClock, InFlight } from "./in-flight.ts";

/**
 * The UDP sockets of this machine, at one of its addresses. Datagrams between two sockets of one such network keep virtual time from
 * moving until they have arrived; those to and from others are none of its business.
 */
export function hostNetwork(clock: BusyClock, address = "127.0.0.1"): Network {
  const flights = new InFlight(clock);
  const listening = new Set<number>();
  return {
    address,
    async open(options) {
      const done = clock.busy();
      try {
        const socket = await bound(options, address);
        const { port } = socket.address();
        listening.add(port);
        socket.on("message", (data, from) => {
          if (!listening.has(port)) return;
          const flight = from.address === address ? flights.arrived(from.port, port, data) : undefined;
          options.received(data, { address: from.address, port: from.port }, flight?.to.address ?? options.group ?? address);
          flight?.end();
        });
        return opened(socket, port);
      } finally {
        done();
      }
    },
  };

  function opened(socket: Socket, port: number): DatagramSocket {
    let open = true;
    const leaving = new Set<Promise<boolean>>();
    const launch = (data: Buffer, to: Endpoint) => {
      const left = new Promise<boolean>((resolve) => {
        if (!open) throw new Error("closed");
        socket.send(data, to.port, to.address, (error) => resolve(error === null));
      }).catch(() => false);
      leaving.add(left);
      void left.then(() => leaving.delete(left));
      return left;
    };
    return {
      port,
      send(data, to) {
        if (!open) return;
        flights.send(
          { from: port, to, data },
          () => launch(data, to),
          () => to.address === address && listening.has(to.port),
        );
      },
      close() {
        if (!open) return;
        open = false;
        listening.delete(port);
        flights.closed(port);
        const closed = clock.busy();
        // What has been sent before leaves all the same.
        void Promise.all(leaving).then(() => socket.close(closed));
      },
    };
  }
}

/** @throws Error with the code of the system */
function bound({ port, group }: SocketOptions, address: string): Promise<Socket> {
  const socket = createSocket("udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", (error) => {
      socket.close();
      reject(error);
    });
    // A group is heard only by who listens at every address.
    socket.bind(port, group === undefined ? address : undefined, () => {
      if (group !== undefined) socket.addMembership(group, address);
      socket.setBroadcast(true);
      // What the network answers about a datagram does not end a socket.
      socket.removeAllListeners("error").on("error", () => {});
      resolve(socket);
    });
  });
}
