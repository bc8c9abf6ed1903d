import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { demandingReply } from "../../harness/stun/answer.ts";
import type { HeardStun, StunReply } from "../../harness/stun/stun.ts";
import {
  about,
  endpointOf,
  firstRequest,
  hasBindingChange,
  isBindingRequest,
  listen,
  missing,
  NAT,
  needs,
  PERIOD,
  type StunSettings,
  tell,
  withStun,
} from "./support/stun.ts";

/** Lengths are multiples of four: whether what is shorter is filled up is for another case. */
const CREDENTIALS = { username: "assay-cpe-01", password: "Stun-0123456" };
const SETTINGS: StunSettings = { STUNUsername: CREDENTIALS.username, STUNPassword: CREDENTIALS.password };

/** An address that only an answer with a wrong MESSAGE-INTEGRITY gives. */
const FORGED = { address: "203.0.113.99", port: 9 };

const isAuthenticated = ({ message }: HeardStun): boolean => message.has("MESSAGE-INTEGRITY");

/** Milliseconds for the request that a 401 asks for, and for two periods. */
const RESENT = 10_000;
const TWO_PERIODS = 2.5 * PERIOD * 1000;

/** Has the phone use STUN with the credentials, behind the NAT, at a server that answers so. */
async function withCredentials<T>(
  bench: CwmpBench,
  answer: (request: HeardStun) => StunReply,
  work: () => Promise<T>,
): Promise<T> {
  const { stun } = bench;
  stun.credentials = CREDENTIALS;
  stun.nat(NAT);
  stun.answers(answer);
  return withStun(bench, SETTINGS, work);
}

const demanding = (request: HeardStun): StunReply => demandingReply(request, CREDENTIALS);

/** Whether the phone takes an address from a response whose MESSAGE-INTEGRITY is like this. */
const forged = (id: string, title: string, requirement: string, integrity: "wrong" | "none") =>
  cwmpCase({
    id,
    title,
    proves: [requirement],
    references: ["STN-007"],
    needs,
    waits: 25,
    drive: (bench) => {
      const forging = (request: HeardStun): StunReply =>
        isAuthenticated(request) ? { kind: "response", mapped: FORGED, integrity } : { kind: "error", code: 401 };
      return withCredentials(bench, forging, async () => {
        if ((await bench.stun.next(bench.patience.contact, isAuthenticated)) === undefined)
          throw new Inconclusive("precondition", "the phone sends no Binding Request with MESSAGE-INTEGRITY after a 401");
        // Copies of the request, which the phone sends for want of a right answer, are answered alike.
        await listen(bench, 2_000);
        const deceived = await tell(bench);
        // Whether its own MESSAGE-INTEGRITY is right is for another case.
        bench.stun.answers((request) => (isAuthenticated(request) ? { kind: "response" } : { kind: "error", code: 401 }));
        await bench.stun.next(TWO_PERIODS, isAuthenticated);
        await bench.stun.next(TWO_PERIODS, isAuthenticated);
        // A right response is taken: what kept the phone from the other one was its MESSAGE-INTEGRITY.
        const told = await tell(bench);
        if (told.address.value === deceived.address.value)
          throw new Inconclusive("control-failed", "the phone takes no address from a right response either");
        return deceived;
      });
    },
    *judge({ address }) {
      const seen = endpointOf(address.value);
      yield holds(requirement, address.value !== undefined && seen?.address !== FORGED.address, {
        expected: "UDPConnectionRequestAddress without the address of that response",
        actual: address.value,
        where: address.where,
      });
    },
  });

/** None of the requests has MESSAGE-INTEGRITY. */
function* unsigned(requirement: string, requests: readonly HeardStun[]): Iterable<Finding> {
  for (const request of requests)
    yield about(
      requirement,
      request,
      !isAuthenticated(request),
      "no MESSAGE-INTEGRITY",
      isAuthenticated(request) ? "one" : "none",
    );
}

export const stunIntegrityCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.stun.integrity-demanded",
    title: "resends its Binding Request with USERNAME and MESSAGE-INTEGRITY after a 401",
    proves: ["TR-111:2.2.1.1#resent-after-401", "TR-111:2.2.1.1#resent-username", "RFC-3489:11.2.8#integrity"],
    references: ["STN-006"],
    needs,
    drive: (bench) =>
      withCredentials(bench, demanding, async () => {
        const first = await firstRequest(bench);
        return { first, resent: await bench.stun.next(RESENT, isAuthenticated) };
      }),
    *judge({ first, resent }) {
      if (resent === undefined) {
        yield missing("TR-111:2.2.1.1#resent-after-401", "a Binding Request with MESSAGE-INTEGRITY", first);
        return;
      }
      const { message } = resent;
      yield about("TR-111:2.2.1.1#resent-after-401", resent, isBindingRequest(resent), "a Binding Request", message.name);
      const username = message.at("USERNAME").value?.trimEnd();
      const right = username === CREDENTIALS.username;
      yield about("TR-111:2.2.1.1#resent-username", resent, right, `USERNAME ${CREDENTIALS.username}`, username);
      const integrity = message.integrity(CREDENTIALS.password);
      yield about("RFC-3489:11.2.8#integrity", resent, integrity === "valid", "a valid MESSAGE-INTEGRITY", integrity);
    },
  }),
  cwmpCase({
    id: "tr111.stun.integrity-not-by-itself",
    title: "sends no MESSAGE-INTEGRITY that no 401 has asked for",
    proves: ["TR-111:2.2.1.1#integrity-on-demand"],
    references: ["STN-006"],
    needs,
    waits: 35,
    drive: (bench) => {
      // The server asks once, and never again.
      let asked = false;
      const once = (request: HeardStun): StunReply => {
        const first = !asked && !isAuthenticated(request);
        asked = true;
        return first ? { kind: "error", code: 401 } : { kind: "response" };
      };
      return withCredentials(bench, once, async () => {
        const first = await firstRequest(bench);
        const resent = await bench.stun.next(RESENT, isAuthenticated);
        const later = (await listen(bench, TWO_PERIODS)).filter(({ message }) => {
          const { transactionId } = message;
          return transactionId !== resent?.message.transactionId;
        });
        if (later.length === 0) throw new Inconclusive("precondition", "the phone sends no further Binding Request");
        return [first, ...later];
      });
    },
    judge: (requests) => unsigned("TR-111:2.2.1.1#integrity-on-demand", requests),
  }),
  cwmpCase({
    id: "tr111.stun.no-integrity-without-username",
    title: "sends no MESSAGE-INTEGRITY when it has no STUNUsername, not even after a 401",
    proves: ["TR-111:2.2.4#no-username"],
    references: ["STN-006"],
    needs,
    waits: 25,
    drive: (bench) => {
      bench.stun.answers(demanding);
      return withStun(bench, { STUNPassword: CREDENTIALS.password }, async () => {
        await firstRequest(bench);
        await listen(bench, TWO_PERIODS);
        return bench.stun.heard.filter(isBindingRequest);
      });
    },
    judge: (requests) => unsigned("TR-111:2.2.4#no-username", requests),
  }),
  forged(
    "tr111.stun.bad-integrity",
    "discards a response with a wrong MESSAGE-INTEGRITY to a request that had one",
    "TR-111:2.2.1.1#bad-integrity-discarded",
    "wrong",
  ),
  forged(
    "tr111.stun.missing-integrity",
    "discards a response without MESSAGE-INTEGRITY to a request that had one",
    "TR-111:2.2.1.1#missing-integrity-discarded",
    "none",
  ),
  cwmpCase({
    id: "tr111.stun.binding-change-authenticated",
    title: "resends a request with BINDING-CHANGE as it was, but signed, after a 401",
    proves: ["TR-111:2.2.2.2.1#change-authenticated"],
    references: ["STN-004", "STN-006"],
    needs,
    drive: (bench) => {
      // As the STUN-based approach has it: integrity is asked for where the binding has changed, and nowhere else.
      const onChange = (request: HeardStun): StunReply =>
        hasBindingChange(request) && !isAuthenticated(request) ? { kind: "error", code: 401 } : { kind: "response" };
      return withCredentials(bench, onChange, async () => {
        await firstRequest(bench);
        const change = await bench.stun.next(RESENT, hasBindingChange);
        if (change === undefined) throw new Inconclusive("precondition", "the phone tells of no new binding by BINDING-CHANGE");
        return { change, resent: await bench.stun.next(RESENT, isAuthenticated) };
      });
    },
    *judge({ change, resent }) {
      const requirement = "TR-111:2.2.2.2.1#change-authenticated";
      if (resent === undefined) {
        yield missing(requirement, "a Binding Request with MESSAGE-INTEGRITY", change);
        return;
      }
      const { message } = resent;
      const kept = hasBindingChange(resent) && message.has("CONNECTION-REQUEST-BINDING");
      yield about(requirement, resent, kept, "BINDING-CHANGE and CONNECTION-REQUEST-BINDING in it", kept ? "so" : "not both");
      const integrity = message.integrity(CREDENTIALS.password);
      yield about(requirement, resent, integrity === "valid", "a valid MESSAGE-INTEGRITY", integrity);
    },
  }),
];
