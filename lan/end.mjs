// One end of a LAN: a program inside a network namespace that opens UDP sockets there for the program that started it, since Node cannot
// enter a namespace by itself. It is plain JavaScript because it has to be up in an instant. Commands come in on standard input and
// answers leave on standard output, a JSON object a line (lan/end.ts is the other side); datagrams are in hexadecimal. When the input
// ends, so does this program, and with its last process the namespace vanishes with all that is in it.

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { closeSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** Room for datagrams that nobody has read yet, in octets; the kernel cuts it down to what it allows. */
const RECEIVE_BUFFER = 4 * 1024 * 1024;

/** The namespace's own switches: an interface hears what comes from anywhere, and answers ARP for its own address alone. */
const SWITCHES = { rp_filter: "0", arp_ignore: "1" };

/** @type {Map<number, import("node:dgram").Socket[]>} */
const sockets = new Map();

/** @param {Readonly<Record<string, unknown>>} message */
function tell(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** @param {number} id @param {Error & { code?: string }} error */
function tellFailure(id, error) {
  tell({ kind: "failed", id, code: error.code ?? "", message: error.message });
}

/**
 * Opens a socket that hears what is sent to anybody, and where `own` is given a second one that hears what is sent to that address
 * alone: the kernel prefers it, and Node has no other way to tell the one from the other.
 * @param {{ id: number, port: number, group?: string, own?: string }} command
 */
async function open({ id, port, group, own }) {
  const pair = [];
  try {
    const everything = await bound(port, undefined, own !== undefined);
    pair.push(everything);
    if (group !== undefined) everything.addMembership(group);
    if (own !== undefined) pair.push(await bound(everything.address().port, own, true));
    sockets.set(id, pair);
    hear(id, everything, group ?? "255.255.255.255");
    if (pair[1] !== undefined) hear(id, pair[1], own);
    tell({ kind: "done", id, port: everything.address().port });
  } catch (error) {
    for (const socket of pair) socket.close();
    tellFailure(id, error);
  }
}

/** @param {number} port @param {string | undefined} address @param {boolean} reuseAddr */
function bound(port, address, reuseAddr) {
  // All are addresses, so that nothing has to be looked up, and a datagram has left before the next command is read.
  const lookup = (name, _family, found) => found(null, name, 4);
  const socket = createSocket({ type: "udp4", reuseAddr, lookup });
  return new Promise((resolve, reject) => {
    socket.once("error", (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, address, () => {
      try {
        socket.setBroadcast(true);
        socket.setRecvBufferSize(RECEIVE_BUFFER);
        socket.setMulticastLoopback(false);
        socket.setMulticastTTL(255);
      } catch (error) {
        socket.emit("error", error);
        return;
      }
      // What the network answers about a datagram, such as that nobody listens, does not end a socket.
      socket.removeAllListeners("error").on("error", () => {});
      resolve(socket);
    });
  });
}

/** @param {number} id @param {import("node:dgram").Socket} socket @param {string} to */
function hear(id, socket, to) {
  socket.on("message", (data, { address, port }) => {
    tell({ kind: "received", socket: id, address, port, to, data: data.toString("hex") });
  });
}

/** @param {{ id: number, socket: number, address: string, port: number, data: string }} command */
function send({ id, socket, address, port, data }) {
  const through = sockets.get(socket)?.[0];
  try {
    if (through === undefined) throw new Error("closed");
    through.send(Buffer.from(data, "hex"), port, address, (error) => {
      if (error) tellFailure(id, error);
      else tell({ kind: "done", id });
    });
  } catch (error) {
    tellFailure(id, error);
  }
}

/** @param {{ id: number, socket: number }} command */
function close({ id, socket }) {
  for (const one of sockets.get(socket) ?? []) one.close();
  sockets.delete(socket);
  tell({ kind: "done", id });
}

/** Lines for ip(8), all of them or, after the first that fails, no more. @param {{ id: number, lines: readonly string[] }} command */
function ip({ id, lines }) {
  const child = spawn("ip", ["-batch", "-"], { stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  child.once("error", (error) => tellFailure(id, error));
  child.once("close", (code) => {
    if (code === 0) tell({ kind: "done", id });
    else if (code !== null) tellFailure(id, new Error(said.trim()));
  });
  child.stdin.on("error", () => {});
  child.stdin.end(`${lines.join("\n")}\n`);
}

/** Sets the switches, for the interfaces that come after. @param {{ id: number }} command */
function prepare({ id }) {
  for (const which of ["all", "default"]) {
    for (const [name, value] of Object.entries(SWITCHES)) {
      try {
        writeFileSync(`/proc/sys/net/ipv4/conf/${which}/${name}`, value);
      } catch {
        // Read-only in some containers. What the switches are by default serves as well, unless the machine has set them otherwise.
      }
    }
  }
  tell({ kind: "done", id });
}

const commands = { open, send, close, ip, prepare };

// The end of the phone is started in here, in a namespace below this one, and talks to the program outside by descriptors 3 and 4. Neither
// outlives the other, and this one goes last.
let leave = () => process.exit(0);
if (process.argv[2] === "with-phone") {
  const phone = spawn("unshare", ["--net", process.execPath, import.meta.filename], { stdio: [3, 4, 2] });
  closeSync(3);
  closeSync(4);
  phone.once("error", leave).once("exit", leave);
  leave = () => {};
}

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const command = JSON.parse(line);
  commands[command.kind](command);
});
lines.once("close", leave);
process.stdout.on("error", () => process.exit(0));
tell({ kind: "ready", pid: process.pid });
