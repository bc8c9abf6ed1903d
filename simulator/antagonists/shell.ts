import { Agent, createServer, request, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import type { Clock } from "../clock.ts";

/** What the ACS said last, as an antagonist sees it. `body` is `""` for an empty answer. */
export interface Heard {
  readonly status: number;
  readonly body: string;
  /** Local name of the SOAP body's first element, `""` when there is none. */
  readonly method: string;
  /** Counts the POSTs of this session; the Inform is number 1. */
  readonly turn: number;
}

/** What an antagonist does next: a POST with this body, nothing at all for ever, or hanging up. */
export type Move =
  | { readonly kind: "post"; readonly body: string | Buffer }
  | { readonly kind: "mute" }
  | { readonly kind: "hang-up" };

export type Script = (heard: Heard) => Move;

export interface RunningAntagonist {
  readonly webPort: number;
  stop(): Promise<void>;
}

const ENVELOPE_NAMESPACES =
  'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/" ' +
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
  'xmlns:cwmp="urn:dslforum-org:cwmp-1-0"';

/** An envelope around `content`, with the ID of the message it answers when that can be found. */
export function envelope(content: string, answering = ""): string {
  const id = /ID[^>]*>([^<]*)</.exec(answering)?.[1];
  const header = id === undefined ? "" : `<soap:Header><cwmp:ID soap:mustUnderstand="1">${id}</cwmp:ID></soap:Header>`;
  return `<soap:Envelope ${ENVELOPE_NAMESPACES}>${header}<soap:Body>${content}</soap:Body></soap:Envelope>`;
}

function inform(connectionRequestPort: number, now: number): string {
  const parameters = [
    ["DeviceSummary", "Device:1.1[](Baseline:1)"],
    ["DeviceInfo.HardwareVersion", "1"],
    ["DeviceInfo.SoftwareVersion", "1.0"],
    ["ManagementServer.ConnectionRequestURL", `http://127.0.0.1:${connectionRequestPort}/go`],
    ["ManagementServer.ParameterKey", ""],
    ["LAN.IPAddress", "127.0.0.1"],
  ].map(
    ([name, value]) =>
      `<ParameterValueStruct><Name>Device.${name}</Name><Value xsi:type="xsd:string">${value}</Value></ParameterValueStruct>`,
  );
  return envelope(
    "<cwmp:Inform><DeviceId><Manufacturer>Nobody</Manufacturer><OUI>001122</OUI><ProductClass>Antagonist</ProductClass>" +
      '<SerialNumber>1</SerialNumber></DeviceId><Event enc:arrayType="cwmp:EventStruct[1]"><EventStruct>' +
      "<EventCode>6 CONNECTION REQUEST</EventCode><CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes>" +
      `<CurrentTime>${new Date(now).toISOString().slice(0, 19)}Z</CurrentTime><RetryCount>0</RetryCount>` +
      `<ParameterList enc:arrayType="cwmp:ParameterValueStruct[${parameters.length}]">${parameters.join("")}</ParameterList></cwmp:Inform>`,
  );
}

function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * A device that can be pointed to an ACS and asked for sessions like a phone, sends one right Inform, and from then on only
 * follows `script`. Nothing it does may earn a pass.
 */
export async function startScripted(clock: Clock, script: Script): Promise<RunningAntagonist> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    if (sockets.has(socket)) return; // a kept connection is told again with each request
    clock.watch(socket);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  };
  let acsUrl = "";
  let talking = false;

  const contact = (): void => {
    if (talking || acsUrl === "") return;
    talking = true;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const finish = (): void => {
      talking = false;
      agent.destroy();
    };
    const post = (body: string | Buffer, turn: number): void => {
      const octets = Buffer.from(body);
      const headers = octets.length === 0 ? {} : { "Content-Type": "text/xml; charset=utf-8", SOAPAction: "" };
      const sent = request(acsUrl, { method: "POST", agent, headers: { ...headers, "Content-Length": octets.length } });
      sent.on("socket", keep);
      sent.on("error", finish);
      sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("error", finish);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const method = /Body[^>]*>\s*<(?:[\w-]+:)?([\w.-]+)/.exec(text)?.[1] ?? "";
          if (response.statusCode === 204 || text === "") return finish();
          const move = script({ status: response.statusCode ?? 0, body: text, method, turn });
          if (move.kind === "post") post(move.body, turn + 1);
          else if (move.kind === "hang-up") finish();
        });
      });
      sent.end(octets);
    };
    post(inform((ears.address() as AddressInfo).port, clock.now()), 1);
  };

  const ears = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (asked, answer) => {
    asked.resume();
    answer.writeHead(200, { "Content-Length": 0 }).end(() => contact());
  });
  const web = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (asked, answer) => {
    asked.resume();
    const url = new URL(asked.url ?? "/", "http://antagonist");
    acsUrl = url.searchParams.get("tr69_acs_url") ?? acsUrl;
    const page =
      url.pathname === "/settings.xml" ? '<settings><phone-settings e="2"></phone-settings></settings>' : "<html></html>";
    answer.writeHead(200, { "Content-Type": "text/html", "Content-Length": page.length }).end(page, () => {
      if (url.searchParams.has("tr69_acs_url")) contact();
    });
  });
  for (const server of [ears, web]) server.on("connection", keep);
  await listen(ears);
  const webPort = await listen(web);
  return {
    webPort,
    async stop() {
      for (const socket of sockets) socket.destroy();
      ears.close();
      web.close();
    },
  };
}

/** A device that accepts TCP connections on its web port and treats each as `treat` says. */
export async function startBareTcp(clock: Clock, treat: (socket: Socket) => void): Promise<RunningAntagonist> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    clock.watch(socket);
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
    treat(socket);
  });
  const webPort = await listen(server);
  return {
    webPort,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
