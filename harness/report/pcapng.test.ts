import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Recording } from "../trace/recording.ts";
import { pcapng } from "./pcapng.ts";
import { Redactor } from "./redact.ts";

const at = Date.UTC(2026, 0, 1, 12);
const body = `<a>${"long ".repeat(800)}</a>`;

function recorded(): Recording {
  const recording = new Recording();
  recording.startCase("cwmp.x.y");
  const cwmp = recording.connection({
    purpose: "cwmp",
    tls: false,
    openedBy: "phone",
    harness: { address: "127.0.0.1", port: 47011 },
    phone: { address: "::ffff:127.0.0.1", port: 50123 },
    openedAt: at,
  });
  const request = `POST /acs HTTP/1.1\r\nHost: h\r\nAuthorization: Basic dXNlcjpzZWNyZXQ=\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  // Cut inside the credentials: the mask has to see both halves.
  cwmp.received(at + 2, Buffer.from(request.slice(0, 62)));
  cwmp.received(at + 3, Buffer.from(request.slice(62)));
  cwmp.sent(at + 5, Buffer.from("HTTP/1.1 204 No Content\r\n\r\n"));
  // Virtual time stands still between two exchanges: their order is that of the recording.
  cwmp.received(at + 5, Buffer.from("POST /again HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"));
  cwmp.sent(at + 5, Buffer.from("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
  cwmp.closed(at + 9, "phone");
  const call = recording.connection({
    purpose: "connection-request",
    tls: false,
    openedBy: "harness",
    harness: { address: "fe80::1", port: 50999 },
    phone: { address: "fe80::2", port: 7547 },
    openedAt: at + 4,
  });
  call.sent(at + 6, Buffer.from("GET /tr069 HTTP/1.1\r\nHost: h\r\n\r\n"));
  call.received(at + 7, Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  return recording;
}

test("tshark follows the streams, finds the HTTP messages whole and every checksum right", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-pcapng-"));
  const file = join(folder, "capture.pcapng");
  const trace = recorded().ofCase("cwmp.x.y");
  writeFileSync(file, pcapng(trace, new Redactor(), "cwmp.x.y"));
  const tshark = (...args: string[]): string[] =>
    execFileSync("tshark", ["-r", file, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
      .trimEnd()
      .split("\n");
  try {
    execFileSync("tshark", ["--version"], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    context.skip("tshark is not installed");
  }
  const checks = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
  expect(
    tshark("-Y", "http and ip", "-T", "fields", "-E", "separator=;", "-e", "http.request.uri", "-e", "http.response.code"),
  ).toEqual(["/acs;", ";204", "/again;", ";404"]);
  expect(tshark("-Y", "http.authorization", "-T", "fields", "-e", "http.authorization")).toEqual(["Basic ****************"]);
  expect(tshark("-Y", "http.content_length > 100", "-T", "fields", "-e", "http.content_length")).toEqual([String(body.length)]);
  expect(tshark(...checks, "-Y", "tcp.checksum.status != 1 or ip.checksum.status == 0 or tcp.analysis.flags")).toEqual([""]);
  expect(tshark("-Y", "ipv6", "-T", "fields", "-e", "ipv6.src")[0]).toBe("fe80::1");
  rmSync(folder, { recursive: true });
});
