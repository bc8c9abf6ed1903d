import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import type { UdpConnectionRequest } from "../../harness/stun/connection-request.ts";
import { needs, withBinding } from "./support/stun.ts";
import { accepted, type Change, ignored, ignoring, request, requested, showListening } from "./support/udp-connection-request.ts";

/** Seconds by which a timestamp that must not be recorded is ahead. */
const AHEAD = 30;

interface Ignoring {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references?: readonly string[];
  /** What is wrong with it, behind `a connection request`. */
  readonly what: string;
  readonly change: (right: UdpConnectionRequest) => Change;
}

/** A connection request with one thing wrong, after which no session comes. */
const refusing = ({ id, title, requirement, references = ["STN-014"], what, change }: Ignoring): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `tr111.udp-connection-request.${id}`,
    title,
    proves: [requirement],
    references,
    needs,
    waits: 31,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        // The phone has accepted one before: what is wrong is all that is different.
        await showListening(bench, outside);
        const right = request(bench, outside);
        return ignoring(bench, outside, { ...right, ...change(right) });
      }),
    *judge(seen) {
      yield ignored(requirement, what, seen);
    },
  });

/** A connection request that has one argument as the accepted one before it had. */
const repeating = ({
  argument,
  id,
  title,
  requirement,
  what,
}: Omit<Ignoring, "change"> & { readonly argument: "ts" | "id" }): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `tr111.udp-connection-request.${id}`,
    title,
    proves: [requirement],
    references: ["STN-013"],
    needs,
    waits: 31,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        const right = request(bench, outside);
        await requested(bench, outside, right);
        return ignoring(bench, outside, { ...request(bench, outside), [argument]: right[argument] });
      }),
    *judge(seen) {
      yield ignored(requirement, what, seen);
    },
  });

const lacking = (argument: "ts" | "id" | "un" | "sig"): AnyCase<CwmpBench> =>
  refusing({
    id: `without-${argument}`,
    title: `ignores a connection request without the argument ${argument}`,
    requirement: `TR-111:2.2.1.4#without-${argument}`,
    what: `without ${argument}`,
    // What is not there is nothing in the text that is signed, too.
    change: () => ({
      order: (["ts", "id", "un", "cn", "sig"] as const).filter((name) => name !== argument),
      ...(argument === "sig" ? {} : { [argument]: "" }),
    }),
  });

export const udpConnectionRequestRefusedCases: readonly AnyCase<CwmpBench>[] = [
  refusing({
    id: "method",
    title: "ignores a connection request whose method is not GET",
    requirement: "TR-111:2.2.1.4#method",
    what: "with the method POST",
    change: () => ({ method: "POST" }),
  }),
  refusing({
    id: "no-version",
    title: "ignores a connection request without a version of HTTP",
    requirement: "TR-111:2.2.1.4#http-version",
    what: "without a version of HTTP",
    change: () => ({ version: "" }),
  }),
  refusing({
    id: "no-host",
    title: "ignores a connection request without Host, which HTTP 1.1 asks for",
    requirement: "TR-111:2.2.1.4#http-host",
    what: "without Host",
    change: () => ({ fields: [] }),
  }),
  refusing({
    id: "broken-field",
    title: "ignores a connection request with a line in its header that is no field",
    requirement: "TR-111:2.2.1.4#http-field",
    what: "with a header line that has no colon",
    change: ({ authority }) => ({ fields: [`Host: ${authority}`, "this is no field"] }),
  }),
  refusing({
    id: "username",
    title: "ignores a connection request with another user name",
    requirement: "TR-111:2.2.1.4#username",
    what: "with another un, signed rightly",
    change: ({ un }) => ({ un: `${un}x` }),
  }),
  refusing({
    id: "signature",
    title: "ignores a connection request with a wrong signature",
    requirement: "TR-111:2.2.1.4#signature",
    what: "with another octet at the end of sig",
    change: () => ({ sig: (right) => `${right.slice(0, -2)}${right.endsWith("00") ? "01" : "00"}` }),
  }),
  refusing({
    id: "password",
    title: "ignores a connection request that is signed with another password",
    requirement: "TR-111:2.2.1.4#password",
    what: "signed with another password",
    change: ({ password }) => ({ password: `${password}x` }),
  }),
  ...(["ts", "id", "un", "sig"] as const).map(lacking),
  repeating({
    argument: "ts",
    id: "same-timestamp",
    title: "ignores a connection request with the timestamp of the last one",
    requirement: "TR-111:2.2.1.4#timestamp-equal",
    what: "with the timestamp of the one before",
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.lower-timestamp",
    title: "ignores a connection request with a timestamp lower than that of the last one",
    proves: ["TR-111:2.2.1.4#timestamp-lower"],
    references: ["STN-013"],
    needs,
    waits: 31,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        const { ts } = request(bench, outside);
        await showListening(bench, outside);
        return ignoring(bench, outside, { ...request(bench, outside), ts });
      }),
    *judge(seen) {
      yield ignored("TR-111:2.2.1.4#timestamp-lower", "with a lower timestamp than the one before", seen);
    },
  }),
  repeating({
    argument: "id",
    id: "same-id",
    title: "ignores a connection request with the message id of the last one",
    requirement: "TR-111:2.2.1.4#message-id",
    what: "with the message id of the one before",
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.older-id",
    title: "accepts a message id that it has seen, but not in the last connection request",
    proves: ["TR-111:2.2.1.4#older-message-id"],
    references: ["STN-013"],
    needs,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        const oldest = request(bench, outside);
        await requested(bench, outside, oldest);
        await showListening(bench, outside);
        return requested(bench, outside, { ...request(bench, outside), id: oldest.id });
      }),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#older-message-id", seen);
    },
  }),
  cwmpCase({
    id: "tr111.udp-connection-request.timestamp-not-recorded",
    title: "keeps no timestamp of a connection request that it has ignored",
    proves: ["TR-111:2.2.1.4#timestamp-of-ignored"],
    references: ["STN-013"],
    needs,
    waits: 31,
    drive: (bench) =>
      withBinding(bench, {}, async ({ outside }) => {
        await showListening(bench, outside);
        const wrong = request(bench, outside, { sig: () => "00".repeat(20) });
        bench.stun.connectionRequest(outside, { ...wrong, ts: Number(wrong.ts) + AHEAD });
        const unknown = request(bench, outside);
        bench.stun.connectionRequest(outside, { ...unknown, un: `${unknown.un}x`, ts: Number(unknown.ts) + AHEAD });
        return requested(bench, outside, request(bench, outside));
      }),
    *judge(seen) {
      yield accepted("TR-111:2.2.1.4#timestamp-of-ignored", seen);
    },
  }),
];
