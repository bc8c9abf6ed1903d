import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { isSame, shown } from "../../harness/stun/nat.ts";
import { showAlive } from "../support/alive.ts";
import {
  about,
  changeStun,
  endpointOf,
  firstRequest,
  isBindingRequest,
  listen,
  NAT,
  needs,
  PERIOD,
  tell,
  tellsAddress,
  tellsNat,
  withBinding,
  withStun,
} from "./support/stun.ts";

/** Milliseconds in which two Binding Requests come at least, with the usual period. */
const TWO_PERIODS = 2.5 * PERIOD * 1000;

/** Milliseconds between two requests from which on they are none of the same transaction: RFC 3489 9.3 gives one up after 9.5 s. */
const ANOTHER = 9_600;

/** An answer that nobody asked for. */
const ELSEWHERE = { address: "203.0.113.99", port: 9 };

/** Whether the phone sees that addresses are translated, when the NAT is like this. */
const translated = (id: string, what: string, nat: { readonly address?: string; readonly firstPort?: number }) =>
  cwmpCase({
    id,
    title: `detects a NAT that translates ${what} alone`,
    proves: ["TR-111:2.2.1.1#translation"],
    references: ["STN-010"],
    needs,
    drive: (bench) => withBinding(bench, { nat }, () => tell(bench)),
    *judge(told) {
      yield tellsNat("TR-111:2.2.1.1#translation", told, true);
    },
  });

export const stunCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.stun.enabled",
    title: "sends Binding Requests to the STUN server that its parameters name",
    proves: ["TR-111:2.2.1.1#binding-requests", "RFC-3489:11.1#form"],
    references: ["STN-001"],
    needs,
    waits: 25,
    drive: (bench) =>
      withStun(bench, {}, async () => {
        const { stun, patience } = bench;
        await stun.next(patience.contact, isBindingRequest);
        await listen(bench, TWO_PERIODS);
        return { heard: stun.heard, server: shown(stun) };
      }),
    *judge({ heard, server }) {
      yield holds("TR-111:2.2.1.1#binding-requests", heard.some(isBindingRequest), {
        expected: `Binding Requests to ${server}`,
        actual: heard.length === 0 ? "no datagram" : `${heard.filter(isBindingRequest).length} of ${heard.length} datagrams`,
        where: heard.at(-1)?.message.where ?? "no datagram",
      });
      for (const one of heard) {
        const [problem] = one.message.problems;
        const { name } = one.message;
        yield about(
          "RFC-3489:11.1#form",
          one,
          isBindingRequest(one) && problem === undefined,
          "a well-formed Binding Request",
          problem === undefined ? name : `${name}, octet ${problem.offset}: ${problem.text} (${problem.clause})`,
        );
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.disabled",
    title: "sends no Binding Request once STUNEnable is false",
    proves: ["TR-111:2.2.4#stun-disabled"],
    references: ["STN-001"],
    needs,
    waits: 50,
    drive: (bench) =>
      withStun(bench, {}, async () => {
        const last = await firstRequest(bench);
        await changeStun(bench, { STUNEnable: false });
        return { last, later: await listen(bench, 2 * TWO_PERIODS) };
      }),
    *judge({ last, later }) {
      yield holds("TR-111:2.2.4#stun-disabled", later.length === 0, {
        expected: `nothing in ${(2 * TWO_PERIODS) / 1000} s`,
        actual: later.length === 0 ? "nothing" : `${later.length} datagrams`,
        where: (later[0] ?? last).message.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.default-server",
    title: "takes the host of the ACS URL for the STUN server when it is told none",
    proves: ["TR-111:2.2.1.1#default-server"],
    references: ["STN-002"],
    needs,
    async drive(bench) {
      const { acs, stun, patience } = bench;
      if (new URL(acs.url).hostname !== stun.address)
        throw new Inconclusive("precondition", `the STUN server is at ${stun.address}, which is not the host of ${acs.url}`);
      // That it uses STUN at all is for the case before.
      await withStun(bench, {}, () => firstRequest(bench));
      const before = stun.heard.length;
      return withStun(bench, { STUNServerAddress: "" }, async () => {
        await stun.next(patience.contact, isBindingRequest);
        const first = stun.heard.slice(before).find(isBindingRequest);
        await showAlive(bench);
        return { first, server: shown(stun) };
      });
    },
    *judge({ first, server }) {
      yield holds("TR-111:2.2.1.1#default-server", first !== undefined, {
        expected: `a Binding Request to ${server}`,
        actual: first === undefined ? "none" : "so",
        where: first?.message.where ?? "no datagram",
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.server-changed",
    title: "goes over to another STUN server when its parameters name one",
    proves: ["TR-111:2.2.1.1#server-changed"],
    references: ["STN-001"],
    needs,
    waits: 25,
    drive: (bench) =>
      withStun(bench, {}, async () => {
        const { stun, patience } = bench;
        const before = await firstRequest(bench);
        const port = await stun.furtherPort();
        await changeStun(bench, { STUNServerPort: port });
        const first = await stun.next(patience.contact, (heard) => isBindingRequest(heard) && heard.port === port);
        const later = await listen(bench, TWO_PERIODS);
        return { before, port, first, left: later.find((heard) => heard.port !== port) };
      }),
    *judge({ before, port, first, left }) {
      const right = first !== undefined && left === undefined;
      yield holds("TR-111:2.2.1.1#server-changed", right, {
        expected: `Binding Requests to port ${port} alone`,
        actual: right ? "so" : first === undefined ? "none there" : `some to port ${left?.port}`,
        where: (left ?? first ?? before).message.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.transaction-ids",
    title: "gives each Binding Request a transaction id of its own",
    proves: ["RFC-3489:11.1#transaction-id"],
    needs,
    waits: 50,
    drive: (bench) =>
      withStun(bench, {}, async () => {
        const first = await firstRequest(bench);
        return [first, ...(await listen(bench, 2 * TWO_PERIODS))].filter(isBindingRequest);
      }),
    *judge(requests) {
      for (const request of requests) {
        const same = requests.find(
          ({ at, message }) => request.at - at > ANOTHER && message.transactionId === request.message.transactionId,
        );
        const actual = same === undefined ? "so" : `that of ${same.message.where}`;
        yield about("RFC-3489:11.1#transaction-id", request, same === undefined, "a transaction id not used before", actual);
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.unasked-response",
    title: "takes no address from a response to a request that it has not made",
    proves: ["RFC-3489:11.1#unasked-response"],
    needs,
    waits: 25,
    drive: (bench) =>
      withBinding(bench, {}, async () => {
        const { stun } = bench;
        const before = await tell(bench);
        stun.answers(() => ({ kind: "response", mapped: ELSEWHERE, transactionId: Buffer.alloc(16, 0x5a) }));
        if ((await stun.next(TWO_PERIODS, isBindingRequest)) === undefined)
          throw new Inconclusive("precondition", "the phone sends no further Binding Request");
        // Copies of the request, which the phone sends for want of an answer, are answered alike.
        await listen(bench, ANOTHER);
        return { before, after: await tell(bench) };
      }),
    *judge({ before, after: { address } }) {
      yield holds("RFC-3489:11.1#unasked-response", address.value === before.address.value, {
        expected: `UDPConnectionRequestAddress ${before.address.value}, as before`,
        actual: address.value,
        where: address.where,
      });
    },
  }),
  translated("tr111.stun.address-translated", "the address", { address: NAT.address }),
  translated("tr111.stun.port-translated", "the port", { firstPort: NAT.firstPort }),
  cwmpCase({
    id: "tr111.stun.no-nat",
    title: "detects that there is no NAT, and tells its own address",
    proves: ["TR-111:2.2.1.3#no-nat", "TR-111:2.2.1.3#local-address"],
    references: ["STN-010"],
    needs,
    drive: (bench) => withBinding(bench, { nat: undefined }, async ({ inside }) => ({ told: await tell(bench), inside })),
    *judge({ told, inside }) {
      yield tellsNat("TR-111:2.2.1.3#no-nat", told, false);
      yield tellsAddress("TR-111:2.2.1.3#local-address", told, inside);
    },
  }),
  cwmpCase({
    id: "tr111.stun.nat-gone",
    title: "detects that a NAT is there no longer",
    proves: ["TR-111:2.2.1.1#determined-again"],
    references: ["STN-010"],
    needs,
    waits: 25,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        const before = await tell(bench);
        const known = endpointOf(before.address.value);
        if (known === undefined || !isSame(known, outside))
          throw new Inconclusive(
            "precondition",
            `the phone does not tell its public address ${shown(outside)} in the first place`,
          );
        bench.stun.nat(undefined);
        const untranslated = await bench.stun.next(
          TWO_PERIODS,
          (heard) => isBindingRequest(heard) && isSame(heard.seen, heard.source),
        );
        if (untranslated === undefined) throw new Inconclusive("precondition", "the phone sends no further Binding Request");
        return { before, told: await tell(bench) };
      }),
    // What it tells in its place is for the case before.
    *judge({ before, told: { address } }) {
      yield holds("TR-111:2.2.1.1#determined-again", address.value !== before.address.value, {
        expected: `UDPConnectionRequestAddress without the public address ${before.address.value}`,
        actual: address.value,
        where: address.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.nat-not-detected-when-disabled",
    title: "tells no NAT and its own address once STUNEnable is false",
    proves: ["TR-111:2.2.4#nat-detected-disabled", "TR-111:2.2.4#local-address-disabled"],
    references: ["STN-010"],
    needs,
    drive: (bench) =>
      withBinding(bench, {}, async ({ inside }) => {
        await changeStun(bench, { STUNEnable: false });
        return { told: await tell(bench), inside };
      }),
    *judge({ told, inside }) {
      yield tellsNat("TR-111:2.2.4#nat-detected-disabled", told, false);
      // It is the one that STUN went out from: the phone listens at one port all the time (2.2.1.4).
      yield tellsAddress("TR-111:2.2.4#local-address-disabled", told, inside);
    },
  }),
];
