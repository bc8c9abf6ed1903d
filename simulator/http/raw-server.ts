import { type AddressInfo, createServer, type Socket } from "node:net";

/** A request as the raw server of a test heard it. */
export interface HeardRequest {
  readonly head: string;
  readonly body: string;
  /** Counts the connections from 1. */
  readonly connection: number;
}

export interface RawServer {
  readonly port: number;
  readonly heard: readonly HeardRequest[];
  stop(): Promise<void>;
}

/** For tests: answers the requests that come, over whatever connections, one after the other by `script`. What is past its end stays unanswered. */
export async function startRawServer(script: readonly ((socket: Socket, request: HeardRequest) => void)[]): Promise<RawServer> {
  const heard: HeardRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    let octets = "";
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      octets += data.toString("latin1");
      for (;;) {
        const [, head, rest = ""] = /^([\s\S]*?\r\n)\r\n([\s\S]*)$/.exec(octets) ?? [];
        if (head === undefined) return;
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
        if (rest.length < length) return;
        octets = rest.slice(length);
        const request = { head, body: rest.slice(0, length), connection };
        heard.push(request);
        script[heard.length - 1]?.(socket, request);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An answer with this status, header lines and body, framed by Content-Length. */
export const answer =
  (status: number, lines: readonly string[] = [], body = "") =>
  (socket: Socket): void => {
    socket.write([`HTTP/1.1 ${status} Status`, ...lines, `Content-Length: ${body.length}`, "", body].join("\r\n"));
  };

/** These octets, as they are. */
export const octets =
  (text: string) =>
  (socket: Socket): void => {
    socket.write(text, "latin1");
  };
