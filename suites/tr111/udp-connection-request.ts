import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { encodeStun } from "../../harness/wire/stun-write.ts";
import { CONNECTION_REQUEST, showAccepting, succeeded } from "../support/connection-requests.ts";
import { rebooted } from "../support/reboots.ts";
import { askHarmless, harmlessName, told } from "../support/sessions.ts";
import { demand } from "../support/steps.ts";
import { type Binding, changeStun, isBindingRequest, listen, needs, withBinding } from "./support/stun.ts";
import { accepted, type Change, request, requested, SILENT, showListening } from "./support/udp-connection-request.ts";

/** Milliseconds in which an answer to a datagram would have come. */
const ANSWERED = 5_000;

interface Accepting {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references?: readonly string[];
  readonly change: Change;
}

/** A connection request that differs from the usual one in something that makes no difference. */
const accepting = ({ id, title, requirement, references = ["STN-012"], change }: Accepting): AnyCase<CwmpBench> =>
  cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    needs,
    drive: (bench) => withBinding(bench, {}, ({ outside }) => requested(bench, outside, request(bench, outside, change))),
    *judge(seen) {
      yield accepted(requirement, seen);
    },
  });

/** Octets that are neither a STUN response nor a connection request. */
const GARBAGE: readonly Buffer[] = [
  Buffer.alloc(0),
  Buffer.from([0]),
  Buffer.from("GET", "latin1"),
  Buffer.from("\r\n\r\n", "latin1"),
  Buffer.alloc(1_400, 0xff),
  // A Binding Response that says more octets than there are, and one with an attribute that runs out.
  Buffer.from(`01010040${"00".repeat(16)}0001`, "hex"),
  Buffer.from(`01010004${"00".repeat(16)}0001ffff`, "hex"),
  // A Binding Request: the phone is no server.
  encodeStun({ name: "BindingRequest", transactionId: Buffer.alloc(16, 1), attributes: [] }),
  Buffer.from(`GET http://${"a".repeat(1_000)}`, "latin1"),
];

export const udpConnectionRequestCases: readonly AnyCase<CwmpBench>[] = [
  accepting({
    id: "tr111.udp-connection-request.accepted",
    title: "opens a session for a connection request that comes through its NAT binding",
    requirement: "TR-111:2.2.1.4#accepted",
    change: {},
  }),
  accepting({
    id: "tr111.udp-connection-request.lower-case-signature",
    title: "accepts a signature in small letters",
    requirement: "TR-111:2.2.2.3#signature-case",
    references: ["STN-014"],
    change: { sig: (right) => right.toLowerCase() },
  }),
  accepting({
    id: "tr111.udp-connection-request.body",
    title: "ignores the body of a connection request",
    requirement: "TR-111:2.2.1.4#body",
    references: ["STN-014"],
    change: { body: "ts=1&id=1&un=nobody&cn=x&sig=00" },
  }),
  accepting({
    id: "tr111.udp-connection-request.order",
    title: "takes the arguments of a connection request in any order",
    requirement: "TR-111:2.2.2.3#order",
    change: { order: ["sig", "cn", "un", "id", "ts"] },
  }),
  accepting({
    id: "tr111.udp-connection-request.encoding",
    title: "reads the arguments of a connection request as a form encodes them",
    requirement: "TR-111:2.2.2.3#encoding",
    change: { cn: "a b+c&d=e%2F" },
  }),
  accepting({
    id: "tr111.udp-connection-request.scheme",
    title: "takes a connection request whose scheme is HTTP in capitals",
    requirement: "TR-111:2.2.2.3#scheme",
    change: { scheme: "HTTP" },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.fields",
    title: "takes a connection request with further header fields",
    proves: ["TR-111:2.2.1.4#fields"],
    references: ["STN-012"],
    needs,
    drive: (bench) =>
      withBinding(bench, {}, ({ outside }) => {
        const usual = request(bench, outside);
        const fields = [`Host: ${usual.authority}`, "Content-Length: 0", "User-Agent: assay", "X-Assay: a:b"];
        return requested(bench, outside, { ...usual, fields });
      }),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#fields", seen);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.copies",
    title: "opens one session for three copies of a connection request",
    proves: ["TR-111:2.2.1.4#copies"],
    references: ["STN-015"],
    needs,
    waits: 31,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        const right = request(bench, outside);
        const seen = await requested(bench, outside, right, 3);
        if (seen.session === undefined) throw new Inconclusive("precondition", "no session follows three copies");
        bench.stun.connectionRequest(outside, right);
        const second = await bench.acs.silence(SILENT, { event: CONNECTION_REQUEST });
        await second?.end();
        return { seen, second };
      }),
    *judge({ seen, second }) {
      yield holds("TR-111:2.2.1.4#copies", second === undefined, {
        expected: "one session for four copies",
        actual: second === undefined ? "one" : "a second one",
        where: second?.inform.where ?? seen.sent.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.no-response",
    title: "answers connection requests with no datagram",
    proves: ["TR-111:2.2.2.3#no-response"],
    references: ["STN-012"],
    needs,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside, first }) => {
        const wrong = bench.stun.connectionRequest(outside, request(bench, outside, { sig: () => "00".repeat(20) }));
        const heard = [...(await listen(bench, ANSWERED))];
        const { sent, session } = await requested(bench, outside, request(bench, outside));
        if (session === undefined) throw new Inconclusive("control-failed", `no session follows ${sent.where}`);
        heard.push(...bench.stun.heard.filter(({ at }) => at >= sent.at), ...(await listen(bench, ANSWERED)));
        return { answers: heard.filter((one) => !isBindingRequest(one)), first, wrong };
      }),
    *judge({ answers, wrong }) {
      yield holds("TR-111:2.2.2.3#no-response", answers.length === 0, {
        expected: "no datagram but Binding Requests",
        actual: answers[0] === undefined ? "none" : JSON.stringify(answers[0].record.octets.toString("latin1", 0, 40)),
        where: answers[0]?.record.where ?? wrong.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.garbage",
    title: "tells STUN from connection requests, and is not disturbed by what is neither",
    proves: ["TR-111:2.2.1.4#told-apart", "TR-111:2.2.1.4#stun-after-garbage"],
    references: ["STN-017"],
    needs,
    waits: 25,
    drive: (bench) =>
      withBinding(bench, {}, async ({ first, outside }) => {
        for (const octets of GARBAGE) bench.stun.send(outside, octets);
        const seen = await requested(bench, outside, request(bench, outside));
        return { seen, first, later: (await listen(bench, 25_000)).filter(isBindingRequest) };
      }),
    *judge({ seen, first, later }) {
      yield accepted("TR-111:2.2.1.4#told-apart", seen);
      yield holds("TR-111:2.2.1.4#stun-after-garbage", later.length > 0, {
        expected: "further Binding Requests",
        actual: later.length > 0 ? "so" : "none",
        where: (later[0] ?? first).message.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.tcp",
    title: "goes on listening for connection requests over TCP",
    proves: ["TR-111:2.2.1.4#tcp"],
    references: ["STN-016"],
    needs: [...needs, "connection-request"],
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        await showListening(bench, outside);
        const answer = await bench.phone.connectionRequest();
        if (answer.accepted) await showAccepting(bench);
        return answer;
      }),
    *judge(answer) {
      yield succeeded("TR-111:2.2.1.4#tcp", answer);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.without-nat",
    title: "listens for connection requests when it is behind no NAT",
    proves: ["TR-111:2.2.1.4#without-nat"],
    references: ["STN-016"],
    needs,
    drive: (bench) => withBinding(bench, { nat: undefined }, ({ inside }) => requested(bench, inside, request(bench, inside))),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#without-nat", seen);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.stun-disabled",
    title: "listens for connection requests at its port when STUN is disabled",
    proves: ["TR-111:2.2.1.4#stun-disabled"],
    references: ["STN-016"],
    needs,
    drive: (bench) =>
      withBinding(bench, {}, async ({ inside }) => {
        await changeStun(bench, { STUNEnable: false });
        bench.stun.nat(undefined);
        return requested(bench, inside, request(bench, inside));
      }),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#stun-disabled", seen);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.during-session",
    title: "goes on with its session when a connection request comes",
    proves: ["TR-111:2.2.1.4#session-kept"],
    references: ["STN-012"],
    needs,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }: Binding) => {
        const { acs, phone, stun } = bench;
        const session = await acs.session();
        stun.connectionRequest(outside, request(bench, outside));
        const reply = await askHarmless(session, phone);
        const after = await askHarmless(session, phone);
        await session.end();
        // It may open another one now, or have refused to (TR-069 3.2.2).
        const next = await acs.silence(ANSWERED);
        await next?.end();
        return { replies: [reply, after], name: harmlessName(phone) };
      }),
    *judge({ replies, name }) {
      for (const reply of replies) yield told("TR-111:2.2.1.4#session-kept", reply, name);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.password-changed",
    title: "goes by the ConnectionRequestPassword that it has at the moment",
    proves: ["TR-111:2.2.1.4#password-changed"],
    references: ["STN-014"],
    needs: [...needs, "connection-request"],
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        const { acs, phone } = bench;
        const { username, password } = phone.connectionRequestCredentials;
        const name = phone.path("ManagementServer.ConnectionRequestPassword");
        const other = "Case-0123456789";
        const session = await acs.session();
        const set = await session.setParameterValues([{ name, value: other }]);
        await session.end();
        demand(set, "SetParameterValues", `setting ${name}`);
        const seen = await requested(bench, outside, request(bench, outside, { un: username, password: other }));
        // Whatever the phone makes of its new password: it has to get the old one back.
        const come = (): Promise<unknown> => phone.connectionRequest({ username, password: other });
        const back = await acs.session({ trigger: come, within: 3 * SILENT });
        demand(await back.setParameterValues([{ name, value: password }]), "SetParameterValues", `setting ${name} back`);
        await back.end();
        return seen;
      }),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#password-changed", seen);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.after-reboot",
    title: "listens for connection requests after a reboot, with a timestamp as it had",
    proves: ["TR-111:2.2.1.4#after-reboot"],
    references: ["STN-013"],
    needs: [...needs, "reboot"],
    disturbs: "reboot",
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        // Without a session for it, the same is true of the one after the reboot, and is told then.
        await requested(bench, outside, request(bench, outside));
        const booted = await rebooted(bench, await bench.acs.session());
        await booted.end();
        const { clock, patience, stun } = bench;
        const since = clock.now();
        // Its address may be another one now.
        const heard = await stun.next(patience.contact, (one) => isBindingRequest(one) && one.at >= since);
        if (heard === undefined) throw new Inconclusive("precondition", "the phone sends no Binding Request after its reboot");
        return requested(bench, heard.seen, request(bench, heard.seen));
      }),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#after-reboot", seen);
    },
  }),
];
