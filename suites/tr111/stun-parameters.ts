import { parameterNames, parameterValues } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { STUN_PORT } from "../../harness/stun/service.ts";
import { showAlive } from "../support/alive.ts";
import { isResponse } from "../support/answers.ts";
import { keepingAttributes, notificationOf } from "../support/attributes.ts";
import { needs, STUN_PARAMETERS, tell, withStun } from "./support/stun.ts";

/** Everything that the profile UDPConnReq:1 has, and whether an ACS may write it (TR-111 2.2.4.2, Tables 7 and 8). */
const PROFILE: readonly (readonly [string, boolean, string])[] = [
  ["UDPConnectionRequestAddress", false, "string"],
  ["NATDetected", false, "boolean"],
  ...Object.entries(STUN_PARAMETERS).map(([name, type]) => [name, true, type] as const),
];

/** What a phone that does not do Part 2 claims. */
const without = ["without-udp-connection-request"] as const;

/** Milliseconds in which a phone that has just been told to use STUN would have tried. */
const TRIED = 30_000;

const full = ({ phone }: CwmpBench, name: string): string => phone.path(`ManagementServer.${name}`);

export const stunParametersCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.stun.parameters",
    title: "has the parameters of the profile UDPConnReq:1, with their types and access",
    proves: ["TR-111:2.2.4.2#present", "TR-111:2.2.4.2#writable", "TR-111:2.2.4#types"],
    references: ["STN-010"],
    needs,
    async drive(bench) {
      const session = await bench.acs.session();
      const names = await session.getParameterNames(bench.phone.path("ManagementServer."), true);
      const there = PROFILE.map(([name]) => full(bench, name)).filter((name) => parameterNames(names).has(name));
      const values = await session.getParameterValues(there);
      await session.end();
      return { names, values, profile: PROFILE.map(([name, writable, type]) => ({ name: full(bench, name), writable, type })) };
    },
    *judge({ names, values, profile }) {
      for (const { name, writable, type } of profile) {
        const found = parameterNames(names).get(name);
        const where = found?.where ?? names.summary.where;
        yield holds("TR-111:2.2.4.2#present", found !== undefined, {
          expected: name,
          actual: found === undefined ? "absent" : "so",
          where,
        });
        if (found === undefined) continue;
        const expected = `${name} ${writable ? "writable" : "read-only"}`;
        yield holds("TR-111:2.2.4.2#writable", found.writable === writable, { expected, actual: found.writable, where });
        const value = parameterValues(values).get(name);
        yield same("TR-111:2.2.4#types", { value: value?.type, where: value?.where ?? values.summary.where }, type);
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.password-hidden",
    title: "gives an empty text for STUNPassword",
    proves: ["TR-111:2.2.4#password-hidden"],
    needs,
    drive: (bench) =>
      withStun(bench, { STUNEnable: false, STUNPassword: "Stun-0123456" }, async () => {
        const session = await bench.acs.session();
        const name = full(bench, "STUNPassword");
        const reply = await session.getParameterValues([name]);
        await session.end();
        const found = parameterValues(reply).get(name);
        return { value: found?.value, where: found?.where ?? reply.summary.where };
      }),
    *judge(seen) {
      yield same("TR-111:2.2.4#password-hidden", seen, "");
    },
  }),
  cwmpCase({
    id: "tr111.stun.notifiable",
    title: "takes active and passive notification for every parameter of STUN",
    proves: ["TR-111:2.2.4.1#notification"],
    references: ["STN-011"],
    needs,
    drive: (bench) => {
      const names = PROFILE.map(([name]) => full(bench, name));
      return keepingAttributes(bench, names, async (session) => {
        const tries = [];
        for (const notification of [2, 1]) {
          const set = await session.setParameterAttributes(names.map((name) => ({ name, notification })));
          tries.push({ notification, set, read: await session.getParameterAttributes(names) });
        }
        return { tries, names };
      });
    },
    *judge({ tries, names }) {
      for (const { notification, set, read } of tries) {
        const taken = isResponse(set, "SetParameterAttributes");
        const { value: actual, where } = set.summary;
        const expected = `SetParameterAttributesResponse to Notification ${notification}`;
        yield holds("TR-111:2.2.4.1#notification", taken, { expected, actual, where });
        if (taken) for (const name of names) yield same("TR-111:2.2.4.1#notification", notificationOf(read, name), notification);
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.absent-parameters",
    title: "has no parameters of STUN, or none with effect, where it claims none of it",
    proves: ["TR-111:2.2.4#not-claimed"],
    needs: without,
    waits: TRIED / 1000,
    async drive(bench) {
      const { acs, stun, phone } = bench;
      const name = full(bench, "STUNEnable");
      const session = await acs.session();
      const set = await session.setParameterValues([
        { name: full(bench, "STUNServerAddress"), value: stun.address },
        { name: full(bench, "STUNServerPort"), value: String(stun.port), type: "unsignedInt" },
        { name, value: "1", type: "boolean" },
      ]);
      await session.end();
      const tried = await stun.next(TRIED);
      // A phone that takes parameters without a meaning keeps them: they go back with the baseline.
      await showAlive(bench);
      return { tried, set, name, known: phone.has(name), told: phone.has(name) ? await tell(bench) : undefined };
    },
    *judge({ tried, set, name, known, told }) {
      yield holds("TR-111:2.2.4#not-claimed", tried === undefined, {
        expected: "no Binding Request",
        actual: tried === undefined ? "none" : tried.message.name,
        where: tried?.message.where ?? set.summary.where,
      });
      const quiet = !known || set.kind === "fault" || !/^(1|true)$/.test(told?.natDetected.value ?? "");
      yield holds("TR-111:2.2.4#not-claimed", quiet && (known || set.kind === "fault"), {
        expected: `a fault for ${name}, or the parameter without effect`,
        actual: set.summary.value,
        where: set.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.never-sent",
    title: "never sends a STUN packet where it claims no part of this",
    proves: ["TR-111:2.2.4#never-sent"],
    // On a LAN of its own the port of STUN is ours to listen at; on this machine anybody may have it.
    needs: [...without, "lan"],
    passive: true,
    async drive(bench) {
      const { recording, stun } = bench;
      if (!stun.listensAt.some(({ port }) => port === STUN_PORT))
        throw new Inconclusive("precondition", `port ${STUN_PORT}, where STUN would come, could not be listened at`);
      await showAlive(bench);
      const sent = recording.datagrams.filter(({ from, content }) => from === "phone" && content.kind === "stun");
      return { sent: sent.map(({ where }) => where), last: recording.exchanges.at(-1)?.where ?? "no message" };
    },
    *judge({ sent, last }) {
      yield holds("TR-111:2.2.4#never-sent", sent.length === 0, {
        expected: "no STUN packet in the whole run",
        actual: sent.length === 0 ? "none" : `${sent.length}`,
        where: sent[0] ?? `the whole run, last ${last}`,
      });
    },
  }),
];
