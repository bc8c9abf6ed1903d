import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Device } from "../device.ts";
import { isBasic, parseCredentials, randomHex, verifyDigest } from "../http/digest.ts";
import { writeSettings } from "./settings-file.ts";
import type { User } from "./user.ts";

export interface WebServer {
  readonly port: number;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Done once the page is sent. */
  afterwards?(): void;
}

const REALM = "snom";

/** Largest file that can be uploaded, in octets; the vendor's phones have the same limit. */
const LARGEST_UPLOAD = 524_288;

/** The phone's web interface: the pages through which it is set up, and those that show what it holds. */
export async function startWebServer(device: Device, user: User, host: string, port: number): Promise<WebServer> {
  const sockets = new Set<Socket>();
  const nonce = randomHex(device.random, 16);
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_UPLOAD) chunks.push(chunk);
    });
    request.on("end", () => {
      const body = size > LARGEST_UPLOAD ? undefined : Buffer.concat(chunks);
      send(response, pageFor(device, user, request, body, nonce));
    });
    request.on("error", () => request.destroy());
  });
  server.on("connection", (socket: Socket) => {
    device.clock.watch(socket);
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function send(response: ServerResponse, page: Page): void {
  response.sendDate = false;
  response.writeHead(page.status, {
    "Content-Type": page.type,
    "Content-Length": Buffer.byteLength(page.body),
    ...page.fields,
  });
  response.end(page.body);
  // Also when nobody waits for the page any more: the phone has taken the order.
  response.once("close", () => page.afterwards?.());
}

function pageFor(device: Device, user: User, request: IncomingMessage, body: Buffer | undefined, nonce: string): Page {
  const { state, seams, model } = device;
  if (body === undefined) return text(413, "The file is too large.");
  if (!seams.web.admits(state.settings.http_user ?? "", fits(device, request))) return challenge(device, nonce);
  const url = new URL(request.url ?? "/", "http://phone");
  // A form may come as a query or as the body of a POST.
  const form = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const query = form ? new URLSearchParams(body.toString("utf8")) : url.searchParams;
  switch (url.pathname) {
    case "/":
    case "/index.htm":
      return html(`<h1>${model.valueOf("Device.DeviceInfo.ModelName")}</h1><p>Simulated phone of CPE Assay.</p>`);
    case "/dummy.htm":
      if (seams.web.saves(query)) user.saveSettings(savedSettings(device, query));
      return html("<p>Saved.</p>");
    case "/advanced_update.htm":
      return updatePage(device, user, query);
    case "/settings.xml": {
      const shown = Object.entries(state.settings).filter(([name]) => seams.web.shows(name));
      return { status: 200, type: "text/xml; charset=utf-8", body: writeSettings(Object.fromEntries(shown)) };
    }
    case "/param_map":
      return request.method === "POST" ? takeParamMap(user, request, body) : text(200, state.paramMap);
    case "/log.htm":
      return text(200, device.running.log.join("\n"));
    default:
      return text(seams.web.unknownPage(), "There is no such page.");
  }
}

function updatePage(device: Device, user: User, query: URLSearchParams): Page {
  const { seams } = device;
  // The page is sent first: the phone is gone for a while then.
  if (seams.web.reboots(query)) return { ...html("<p>Rebooting.</p>"), afterwards: () => user.reboot() };
  if (seams.web.resets(query)) return { ...html("<p>Resetting to factory state.</p>"), afterwards: () => user.factoryReset() };
  return html("<p>Update: load a param_map by POST to /param_map.</p>");
}

function savedSettings({ seams }: Device, query: URLSearchParams): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const [name, value] of query)
    if (name !== "settings" && name !== "store_settings") settings.set(name, seams.web.savedValue(name, value));
  return settings;
}

/** The map may come as the body itself or as the first file of a form. */
function takeParamMap(user: User, request: IncomingMessage, body: Buffer): Page {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(request.headers["content-type"] ?? "")?.[1];
  const content = boundary === undefined ? body : firstPart(body, boundary);
  if (content === undefined) return text(400, "There is no file in the form.");
  const reason = user.loadParamMap(content.toString("utf8"));
  return reason === undefined ? html("<p>Loaded.</p>") : text(400, `This is no param_map: ${reason}.`);
}

function firstPart(body: Buffer, boundary: string): Buffer | undefined {
  const head = body.indexOf("\r\n\r\n");
  const end = body.indexOf(`\r\n--${boundary}`, head);
  return head < 0 || end < 0 ? undefined : body.subarray(head + 4, end);
}

function fits({ state }: Device, { method = "", url: target = "", headers }: IncomingMessage): boolean {
  const { http_user: username = "", http_pass: password = "", http_scheme: scheme } = state.settings;
  const given = headers.authorization === undefined ? undefined : parseCredentials(headers.authorization);
  if (given === undefined) return false;
  if (scheme === "on") return verifyDigest(given, { username, password, realm: REALM, method, target });
  return isBasic(given, { username, password });
}

function challenge({ state }: Device, nonce: string): Page {
  const value =
    state.settings.http_scheme === "on"
      ? `Digest realm="${REALM}", qop="auth", algorithm=MD5, nonce="${nonce}"`
      : `Basic realm="${REALM}"`;
  return { ...text(401, "Who are you?"), fields: { "WWW-Authenticate": value } };
}

const html = (content: string): Page => ({
  status: 200,
  type: "text/html; charset=utf-8",
  body: `<!DOCTYPE html><html><head><title>Phone</title></head><body>${content}</body></html>`,
});

const text = (status: number, body: string): Page => ({ status, type: "text/plain; charset=utf-8", body });
